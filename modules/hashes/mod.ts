/**
 * Hashes: fields with values under one key.
 *
 * Read `hash_value.ts` first, then `write.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { counterCommands } from "./counters.ts";
import { hashType } from "./hash_type.ts";
import { hashMaxListpackEntries, hashMaxListpackValue } from "./hash_value.ts";
import { randomCommands } from "./random.ts";
import { readCommands } from "./read.ts";
import { scanCommands } from "./scan.ts";
import { writeCommands } from "./write.ts";

/** The hashes module. */
export default defineModule({
  name: "hashes",
  version: 1,
  api: 1,
  types: [hashType],
  options: [hashMaxListpackEntries, hashMaxListpackValue],
  commands: [...readCommands, ...writeCommands, ...counterCommands, ...randomCommands, ...scanCommands],
});
