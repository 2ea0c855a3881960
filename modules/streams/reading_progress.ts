/**
 * How far a group has read: how many of the entries ever added, as far as that can be known. Deletions in the middle make
 * it unknown, because nobody can tell any more how many entries lie before an id.
 * Source: https://redis.io/docs/latest/commands/xinfo-groups/ ("Consumer group lag")
 *
 * @module
 */
import {
  addInt64,
  addInt64Wrapping,
  ENTRIES_READ_UNKNOWN,
  type Int64,
  type Stream,
  type StreamGroup,
  StreamId,
} from "../../server/api/mod.ts";

/** Counts an entry that the group reads now, behind its last id. */
export function noteRead(stream: Stream, group: StreamGroup, id: StreamId): void {
  if (id.compare(group.readLastId(new StreamId())) <= 0) return;
  const read = group.entriesRead;
  if (read !== ENTRIES_READ_UNKNOWN && !hasDeletedFrom(stream, id)) group.entriesRead = addInt64(read, 1) ?? read;
  else if (stream.entriesAdded !== 0) group.entriesRead = entriesUpTo(stream, id);
}

/** Entries that the group has not read yet; null where that is unknown. */
export function lagOf(stream: Stream, group: StreamGroup): Int64 | null {
  const added = stream.entriesAdded;
  if (added === 0) return 0;
  const lastId = group.readLastId(new StreamId());
  const read = group.entriesRead !== ENTRIES_READ_UNKNOWN && !hasDeletedFrom(stream, lastId)
    ? group.entriesRead
    : entriesUpTo(stream, lastId);
  if (read === ENTRIES_READ_UNKNOWN) return null;
  return addInt64Wrapping(added, typeof read === "number" ? -read : -read);
}

/** How many entries were added up to an id, itself included; `ENTRIES_READ_UNKNOWN` where nobody knows. */
function entriesUpTo(stream: Stream, id: StreamId): Int64 {
  const added = stream.entriesAdded;
  if (added === 0) return 0;
  const lastId = stream.readLastId(new StreamId());
  if (stream.length === 0 && id.compare(lastId) < 1) return added;
  const maxDeleted = stream.readMaxDeletedId(new StreamId());
  const order = id.compare(lastId);
  if (order === 0) return added;
  if (order > 0) return ENTRIES_READ_UNKNOWN;
  const first = stream.readFirstId(new StreamId());
  if (!maxDeleted.isZero && maxDeleted.compare(first) >= 0) return ENTRIES_READ_UNKNOWN;
  const fromFirst = id.compare(first);
  const before = addInt64Wrapping(added, -stream.length);
  if (fromFirst < 0) return before;
  return fromFirst === 0 ? addInt64Wrapping(before, 1) : ENTRIES_READ_UNKNOWN;
}

/** Whether entries from an id on may have been deleted, with others left before them. */
function hasDeletedFrom(stream: Stream, id: StreamId): boolean {
  const maxDeleted = stream.readMaxDeletedId(new StreamId());
  if (stream.length === 0 || maxDeleted.isZero) return false;
  return stream.readFirstId(new StreamId()).compare(maxDeleted) <= 0 && id.compare(maxDeleted) <= 0;
}
