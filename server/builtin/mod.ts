/**
 * The built-in modules, in the order in which they are registered.
 *
 * @module
 */
import { defineModule, type ModuleDefinition } from "../api/module.ts";
import { refuseWhileBusy } from "./busy.ts";
import { commandOn } from "./command.ts";
import { configCommand } from "./config.ts";
import { connectionModule } from "./connection.ts";
import { databaseCommands } from "./databases.ts";
import { debugCommand } from "./debug.ts";
import { dumpCommands } from "./dump.ts";
import { infoCommand } from "./info.ts";
import { keyCommands } from "./keys.ts";
import { latencyCommand } from "./latency.ts";
import { lolwutCommand } from "./lolwut.ts";
import { memoryCommand } from "./memory.ts";
import { moduleCommand } from "./module.ts";
import { monitorCommand } from "./monitor.ts";
import { objectCommands } from "./object.ts";
import type { ServerParts } from "./parts.ts";
import { protectCommands } from "./protection.ts";
import { roleCommands } from "./role.ts";
import { scanCommands } from "./scan.ts";
import { shutdownCommand } from "./shutdown.ts";
import { slowlogCommand } from "./slowlog.ts";
import { timeCommand } from "./time.ts";

/** What every server has. */
export function builtinModules(parts: ServerParts): ModuleDefinition[] {
  protectCommands(parts);
  refuseWhileBusy(parts);
  return [
    connectionModule(parts),
    defineModule({
      name: "keys",
      version: 1,
      api: 1,
      commands: [
        ...keyCommands,
        ...scanCommands,
        ...objectCommands,
        ...databaseCommands(parts.keyspace),
        ...dumpCommands,
      ],
    }),
    defineModule({
      name: "introspection",
      version: 1,
      api: 1,
      commands: [
        commandOn(parts.table),
        debugCommand(parts),
        infoCommand(parts),
        latencyCommand(parts),
        lolwutCommand,
        memoryCommand(parts),
        monitorCommand(parts),
        slowlogCommand(parts.slowLog),
        timeCommand(parts.keyspace.clock),
      ],
    }),
    defineModule({
      name: "administration",
      version: 1,
      api: 1,
      commands: [configCommand(parts), moduleCommand(parts), ...roleCommands(parts), shutdownCommand(parts)],
    }),
  ];
}
