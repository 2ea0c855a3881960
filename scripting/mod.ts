/**
 * Scripts in Lua: `EVAL`, `EVALSHA`, `SCRIPT`.
 *
 * @module
 */
import { defineModule } from "../server/api/mod.ts";
import { scriptingCommands } from "./commands.ts";

/** The scripting module. */
export default defineModule({ name: "scripting", version: 1, api: 1, commands: scriptingCommands });
