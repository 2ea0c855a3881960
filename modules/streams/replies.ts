/**
 * Entries and ids in replies.
 *
 * @module
 */
import type { ReplyWriter, StreamCursor, StreamId } from "../../server/api/mod.ts";

/** An id as a bulk string. */
export function replyId(reply: ReplyWriter, id: StreamId): void {
  reply.text(`${id}`);
}

/** The entry that a cursor stands on: its id, its fields and values. */
export function replyEntry(reply: ReplyWriter, cursor: StreamCursor): void {
  reply.array(2);
  replyId(reply, cursor.id);
  replyFields(reply, cursor);
}

/** The fields and values alone. */
export function replyFields(reply: ReplyWriter, cursor: StreamCursor): void {
  reply.array(2 * cursor.fields);
  for (let left = 2 * cursor.fields; left > 0; left--) reply.element(cursor.string());
}

/** The entries that a cursor still meets, up to `count` of them, -1 for all; how many. */
export function replyEntries(reply: ReplyWriter, cursor: StreamCursor, count: number): number {
  const mark = reply.arrayLater();
  let replied = 0;
  while (replied !== count && cursor.next()) {
    replyEntry(reply, cursor);
    replied++;
  }
  reply.close(mark, replied);
  return replied;
}
