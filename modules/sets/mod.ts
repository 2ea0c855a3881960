/**
 * Sets: distinct byte strings.
 *
 * Read `set_value.ts` first, then `members.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { algebraCommands } from "./algebra.ts";
import { memberCommands } from "./members.ts";
import { setMaxIntsetEntries } from "./options.ts";
import { randomCommands } from "./random.ts";
import { scanCommands } from "./scan.ts";
import { setType } from "./set_type.ts";

/** The sets module. */
export default defineModule({
  name: "sets",
  version: 1,
  api: 1,
  types: [setType],
  options: [setMaxIntsetEntries],
  commands: [...memberCommands, ...randomCommands, ...algebraCommands, ...scanCommands],
});
