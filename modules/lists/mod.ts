/**
 * Lists: elements in their order, taken and added at the ends.
 *
 * Read `list_type.ts` first, then `push.ts`; `waiting.ts` is about clients that wait for elements.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { changeCommands } from "./change.ts";
import { listCompressDepth, listMaxListpackSize, listType, quicklistPackedThreshold } from "./list_type.ts";
import { moveCommands } from "./move.ts";
import { popCommands } from "./pop.ts";
import { pushCommands } from "./push.ts";
import { readCommands } from "./read.ts";
import { waitingCommands } from "./waiting.ts";

/** The lists module. */
export default defineModule({
  name: "lists",
  version: 1,
  api: 1,
  types: [listType],
  options: [listMaxListpackSize, listCompressDepth, quicklistPackedThreshold],
  commands: [...pushCommands, ...popCommands, ...readCommands, ...changeCommands, ...moveCommands, ...waitingCommands],
});
