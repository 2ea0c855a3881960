/**
 * The built-in modules, in the order in which they are registered.
 *
 * @module
 */
import { defineModule, type ModuleDefinition } from "../api/module.ts";
import { commandOn } from "./command.ts";
import { connectionModule } from "./connection.ts";
import { databaseCommands } from "./databases.ts";
import { dumpCommands } from "./dump.ts";
import { keyCommands } from "./keys.ts";
import { objectCommands } from "./object.ts";
import { scanCommands } from "./scan.ts";
import type { ServerParts } from "./parts.ts";

/** What every server has. */
export function builtinModules(parts: ServerParts): ModuleDefinition[] {
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
    defineModule({ name: "introspection", version: 1, api: 1, commands: [commandOn(parts.table)] }),
  ];
}
