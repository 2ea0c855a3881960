/**
 * Geospatial indexes: sorted sets whose scores are places on earth.
 *
 * Read `geohash.ts` first, then `shape.ts` and `search.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { placeCommands } from "./places.ts";
import { searchCommands } from "./search.ts";

/** The geo module. */
export default defineModule({
  name: "geo",
  version: 1,
  api: 1,
  requires: ["zsets"],
  commands: [...placeCommands, ...searchCommands],
});
