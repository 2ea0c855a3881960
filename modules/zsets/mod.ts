/**
 * Sorted sets: members with scores, in the order of the scores.
 *
 * Read `sorted_set.ts` first, then `add.ts` and `range.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { addCommands } from "./add.ts";
import { combineCommands } from "./combine.ts";
import { popCommands } from "./pop.ts";
import { randomCommands } from "./random.ts";
import { rangeCommands } from "./range.ts";
import { readCommands } from "./read.ts";
import { removeCommands } from "./remove.ts";
import { scanCommands } from "./scan.ts";
import { zsetMaxListpackEntries, zsetMaxListpackValue } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

/** The sorted sets module. */
export default defineModule({
  name: "zsets",
  version: 1,
  api: 1,
  requires: ["sets"],
  types: [zsetType],
  options: [zsetMaxListpackEntries, zsetMaxListpackValue],
  commands: [
    ...addCommands,
    ...readCommands,
    ...rangeCommands,
    ...removeCommands,
    ...popCommands,
    ...randomCommands,
    ...scanCommands,
    ...combineCommands,
  ],
});
