/**
 * Scripts in Lua: `EVAL`, `EVALSHA`, `SCRIPT`; libraries of functions: `FUNCTION`, `FCALL`.
 *
 * @module
 */
import { defineModule } from "../server/api/mod.ts";
import { scriptingCommands } from "./commands.ts";
import { functionCommands } from "./functions/commands.ts";
import { memoryInfo } from "./info.ts";

/** The scripting module. */
export default defineModule({
  name: "scripting",
  version: 1,
  api: 1,
  commands: [...scriptingCommands, ...functionCommands],
  info: [memoryInfo],
});
