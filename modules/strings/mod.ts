/**
 * Strings: the type that keeps plain bytes, and the commands that work on it.
 *
 * Read `string_type.ts` first, then `set.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { counterCommands } from "./counters.ts";
import { getCommands } from "./get.ts";
import { lcsCommands } from "./lcs.ts";
import { multipleKeyCommands } from "./multiple_keys.ts";
import { rangeCommands } from "./ranges.ts";
import { setCommands } from "./set.ts";
import { stringType } from "./string_type.ts";

/** The strings module. */
export default defineModule({
  name: "strings",
  version: 1,
  api: 1,
  types: [stringType],
  commands: [
    ...getCommands,
    ...setCommands,
    ...multipleKeyCommands,
    ...rangeCommands,
    ...counterCommands,
    ...lcsCommands,
  ],
});
