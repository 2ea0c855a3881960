/**
 * Streams: append-only logs with consumer groups.
 *
 * Read `stream_type.ts` first, then `append.ts` and `read.ts`.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { appendCommands } from "./append.ts";
import { groupCommands } from "./groups.ts";
import { infoCommands } from "./info.ts";
import { pendingCommands } from "./pending.ts";
import { rangeCommands } from "./range.ts";
import { readCommands } from "./read.ts";
import { streamNodeMaxBytes, streamNodeMaxEntries, streamType } from "./stream_type.ts";

/** The streams module. */
export default defineModule({
  name: "streams",
  version: 1,
  api: 1,
  types: [streamType],
  options: [streamNodeMaxBytes, streamNodeMaxEntries],
  commands: [
    ...appendCommands,
    ...rangeCommands,
    ...readCommands,
    ...groupCommands,
    ...pendingCommands,
    ...infoCommands,
  ],
});
