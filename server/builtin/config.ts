/**
 * `CONFIG`: parameters read, changed and written back to the file, statistics begun anew.
 * Source: https://redis.io/docs/latest/commands/config-set/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import { ConfigSetError } from "../config/config.ts";
import { enableProtectedConfigs } from "../config/options/security.ts";
import { rewriteConfigFile } from "../config/rewrite.ts";
import { systemReason } from "../config/system_reason.ts";
import { ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";
import type { ServerParts } from "./parts.ts";
import { isAllowed } from "./protection.ts";
import { resetStatistics } from "./reset_statistics.ts";

const NO_CONFIG_FILE = new ReplyError("ERR The server is running without a config file");

/** The `CONFIG` command of a server. */
export function configCommand(parts: ServerParts): CommandDefinition {
  return defineCommand({
    name: "CONFIG",
    summary: "A container for server configuration commands",
    since: "2.0.0",
    group: "server",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "GET",
        summary: "Get the values of configuration parameters",
        since: "2.0.0",
        complexity: "O(N) when N is the number of configuration parameters provided",
        arity: -3,
        flags: ["admin", "noscript", "loading", "stale"],
        arguments: [argument.block("parameter", [argument.string("parameter")], { multiple: true })],
        history: [["7.0.0", "Added the ability to pass multiple pattern parameters in one call"]],
        run: get,
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        run: ({ reply }) => replyHelp(reply, "CONFIG", HELP),
      },
      {
        name: "RESETSTAT",
        summary: "Reset the stats returned by INFO",
        since: "2.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["admin", "noscript", "loading", "stale"],
        run({ reply }) {
          resetStatistics(parts);
          reply.ok();
        },
      },
      {
        name: "REWRITE",
        summary: "Rewrite the configuration file with the in memory configuration",
        since: "2.8.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["admin", "noscript", "loading", "stale"],
        run: (context) => rewrite(parts, context),
      },
      {
        name: "SET",
        summary: "Set configuration parameters to the given values",
        since: "2.0.0",
        complexity: "O(N) when N is the number of configuration parameters provided",
        arity: -4,
        flags: ["admin", "noscript", "loading", "stale"],
        tips: ["request_policy:all_nodes", "response_policy:all_succeeded"],
        arguments: [
          argument.block("parameter_value", [argument.string("parameter"), argument.string("value")], {
            multiple: true,
          }),
        ],
        history: [["7.0.0", "Added the ability to set multiple parameters in one call."]],
        run: (context) => set(parts, context),
      },
    ],
  });
}

function get({ args, config, reply }: CommandContext): void {
  const patterns = Array.from({ length: args.count - 2 }, (_, i) => args.text(i + 2));
  const matches = config.matching(patterns);
  reply.map(matches.length);
  for (const pair of matches) for (const text of pair) reply.text(text);
}

function set(parts: ServerParts, context: CommandContext): void {
  const { args, client, config, reply } = context;
  if (args.count % 2 !== 0) throw SYNTAX_ERROR;
  const settings: [string, string][] = [];
  for (let i = 2; i < args.count; i += 2) {
    const name = args.text(i);
    if (config.find(name)?.sensitive) context.redact(i + 1);
    settings.push([name, args.text(i + 1)]);
  }
  try {
    config.set(settings, { allowProtected: isAllowed(config.get(enableProtectedConfigs), client) });
  } catch (error) {
    if (!(error instanceof ConfigSetError)) throw error;
    logFailure(parts, error);
    throw new ReplyError(error.message);
  }
  reply.ok();
}

function logFailure({ log }: ServerParts, { notInForce, rollbackFailures }: ConfigSetError): void {
  if (notInForce === null) return;
  log.warning(
    `Failed applying new configuration. Possibly related to new ${notInForce} setting. Restoring previous settings.`,
  );
  for (const reason of rollbackFailures) log.warning(`Failed restoring failed CONFIG SET command: ${reason}`);
}

function rewrite({ config, directives, identity, log }: ServerParts, { reply }: CommandContext): void {
  if (identity.configFile === "") throw NO_CONFIG_FILE;
  try {
    rewriteConfigFile(identity.configFile, config, directives());
  } catch (error) {
    const reason = systemReason(error);
    log.warning(`CONFIG REWRITE failed: ${reason}`);
    throw new ReplyError(`ERR Rewriting config file: ${reason}`);
  }
  log.warning("CONFIG REWRITE executed with success.");
  reply.ok();
}

const HELP = [
  "GET <pattern>",
  "    Return parameters matching the glob-like <pattern> and their values.",
  "SET <directive> <value>",
  "    Set the configuration <directive> to <value>.",
  "RESETSTAT",
  "    Reset statistics reported by the INFO command.",
  "REWRITE",
  "    Rewrite the configuration file.",
];
