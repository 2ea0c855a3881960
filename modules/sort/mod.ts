/**
 * Sorting the elements of lists, sets and sorted sets.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { sortCommands } from "./sort.ts";

/** The sort module. */
export default defineModule({
  name: "sort",
  version: 1,
  api: 1,
  requires: ["strings", "hashes", "lists", "sets", "zsets"],
  commands: sortCommands,
});
