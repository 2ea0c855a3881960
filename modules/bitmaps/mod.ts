/**
 * Bitmaps: strings as rows of bits.
 *
 * Read `bit_string.ts` first, then `single_bits.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { fieldCommands } from "./fields.ts";
import { operationCommands } from "./operations.ts";
import { searchCommands } from "./search.ts";
import { singleBitCommands } from "./single_bits.ts";

/** The bitmaps module. */
export default defineModule({
  name: "bitmaps",
  version: 1,
  api: 1,
  requires: ["strings"],
  commands: [...singleBitCommands, ...searchCommands, ...operationCommands, ...fieldCommands],
});
