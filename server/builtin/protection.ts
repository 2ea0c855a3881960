/**
 * What only some clients may do: `DEBUG`, `MODULE LOAD` and `UNLOAD`, protected parameters. Each has an option that says
 * `no`, `yes` or `local`, clients of this machine, and that no client can change.
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/management/security/
 *
 * @module
 */
import type { Client } from "../api/client.ts";
import type { Command } from "../commands/command.ts";
import { enableDebugCommand, enableModuleCommand } from "../config/options/security.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ServerParts } from "./parts.ts";

const LOOPBACK = /^(127\.0\.0\.1|\[::1\]):/;

/** Whether a client may do what an option with these values guards. */
export function isAllowed(who: "no" | "yes" | "local", client: Client): boolean {
  return who === "yes" || (who === "local" && isLocal(client));
}

/** Guards the `protected` commands of a server. */
export function protectCommands({ config, dispatcher }: ServerParts): void {
  const debugRefusal = refusalOf("DEBUG", "enable-debug-command");
  const moduleRefusal = refusalOf("MODULE", "enable-module-command");
  dispatcher.protection = (client, command: Command) => {
    const isModuleCommand = command.parent !== undefined;
    const who = config.get(isModuleCommand ? enableModuleCommand : enableDebugCommand);
    if (isAllowed(who, client)) return null;
    return isModuleCommand ? moduleRefusal : debugRefusal;
  };
}

/** Connections over a Unix socket have a path and port 0 in place of an address. */
function isLocal(client: Client): boolean {
  return client.internal || LOOPBACK.test(client.address) || client.localAddress.endsWith(":0");
}

function refusalOf(command: string, option: string): ReplyError {
  return new ReplyError(
    `ERR ${command} command not allowed. If the ${option} option is set to "local", you can run it from a local ` +
      "connection, otherwise you need to set this option in the configuration file, and then restart the server.",
  );
}
