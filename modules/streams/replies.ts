/**
 * Entries and ids in replies.
 *
 * @module
 */
import { ID_TEXT_BYTES_MAX, type ReplyWriter, type StreamCursor, type StreamId } from "../../server/api/mod.ts";

/** An id as a bulk string. */
export function replyId(reply: ReplyWriter, id: StreamId): void {
  reply.bulk(idText, id.write(idText));
}

const idText = new Uint8Array(ID_TEXT_BYTES_MAX);

/** The entry that a cursor stands on: its id, its fields and values. */
export function replyEntry(reply: ReplyWriter, cursor: StreamCursor): void {
  reply.array(2);
  replyId(reply, cursor.id);
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
