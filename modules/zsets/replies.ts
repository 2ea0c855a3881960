/**
 * Members with their scores as replies: nested pairs in RESP3, one flat array in RESP2.
 *
 * @module
 */
import type { ReplyWriter } from "../../server/api/mod.ts";
import type { SortedSet } from "./sorted_set.ts";

/** Begins a reply of so many pairs. */
export function replyPairs(reply: ReplyWriter, count: number): void {
  reply.array(reply.version < 3 ? count * 2 : count);
}

/** One of them: the element that the cursor stands on. */
export function replyPair(reply: ReplyWriter, zset: SortedSet): void {
  if (reply.version >= 3) reply.array(2);
  reply.element(zset.member);
  reply.double(zset.score);
}
