/**
 * HyperLogLogs: how many different elements there were, in 12 KiB and with an error of 0.81 %.
 *
 * Read `sketch.ts` first, then `count.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { countCommands } from "./count.ts";
import { debugCommands } from "./debug.ts";
import { hllSparseMaxBytes } from "./options.ts";

/** The HyperLogLog module. */
export default defineModule({
  name: "hyperloglog",
  version: 1,
  api: 1,
  requires: ["strings"],
  options: [hllSparseMaxBytes],
  commands: [...countCommands, ...debugCommands],
});
