/**
 * Ids in arguments.
 *
 * @module
 */
import { type Arguments, parseUnsigned, ReplyError, StreamId } from "../../server/api/mod.ts";

/** An argument that should be an id is none. */
const BAD_ID = new ReplyError("ERR Invalid stream ID specified as stream command argument");
const BAD_START = new ReplyError("ERR invalid start ID for the interval");
const BAD_END = new ReplyError("ERR invalid end ID for the interval");

const DASH = 0x2d;
const PLUS = 0x2b;
/** Longest text of an id that is looked at. */
const ID_BYTES_MAX = 127;
const STAR = 0x2a;
const OPEN_PARENTHESIS = 0x28;
const WORD_MAX = 0xffffffff;

/** What stands for the sequence number where an id has none. */
export type MissingSequence = "zero" | "max";

/** Reads an id, `ms` or `ms-seq`. Throws {@linkcode BAD_ID}. */
export function readId(args: Arguments, i: number, into: StreamId, missing: MissingSequence = "zero"): StreamId {
  if (!parseId(args.buffer, args.start(i), args.size(i), into, missing)) throw BAD_ID;
  return into;
}

/** Reads an id or `-` or `+`, the smallest and the largest. Throws {@linkcode BAD_ID}. */
export function readBound(
  args: Arguments,
  i: number,
  into: StreamId,
  missing: MissingSequence = "zero",
): StreamId {
  const only = args.size(i) === 1 ? args.buffer[args.start(i)] : 0;
  if (only === DASH) return into.clear();
  if (only === PLUS) return into.set(StreamId.max());
  return readId(args, i, into, missing);
}

/** Reads the first id of an interval; `(` before it leaves it out. */
export function readStart(args: Arguments, i: number, into: StreamId): StreamId {
  if (!isExclusive(args, i)) return readBound(args, i, into, "zero");
  readExclusive(args, i, into, "zero");
  if (!into.increment()) throw BAD_START;
  return into;
}

/** Reads the last id of an interval; `(` before it leaves it out. */
export function readEnd(args: Arguments, i: number, into: StreamId): StreamId {
  if (!isExclusive(args, i)) return readBound(args, i, into, "max");
  readExclusive(args, i, into, "max");
  if (!into.decrement()) throw BAD_END;
  return into;
}

/** What the id of a new entry leaves to the server. */
export type AutomaticPart = "all" | "sequence" | "none";

/** Reads the id of a new entry: `*`, `ms-*` or an id. */
export function readNewId(args: Arguments, i: number, into: StreamId): AutomaticPart {
  const start = args.start(i);
  if (args.size(i) === 1 && args.buffer[start] === STAR) return "all";
  const size = idBytes(args.buffer, start, args.size(i));
  if (size > 2 && args.buffer[start + size - 1] === STAR && args.buffer[start + size - 2] === DASH) {
    if (!parseId(args.buffer, start, size - 2, into, "zero") || args.view(i).indexOf(DASH) !== size - 2) throw BAD_ID;
    return "sequence";
  }
  readId(args, i, into);
  return "none";
}

/** How many of the bytes are the id: a NUL byte ends it. */
function idBytes(bytes: Uint8Array, start: number, size: number): number {
  for (let i = 0; i < size; i++) if (bytes[start + i] === 0) return i;
  return size;
}

function isExclusive(args: Arguments, i: number): boolean {
  return args.size(i) > 1 && args.buffer[args.start(i)] === OPEN_PARENTHESIS;
}

function readExclusive(args: Arguments, i: number, into: StreamId, missing: MissingSequence): void {
  if (!parseId(args.buffer, args.start(i) + 1, args.size(i) - 1, into, missing)) throw BAD_ID;
}

function parseId(bytes: Uint8Array, start: number, given: number, into: StreamId, missing: MissingSequence): boolean {
  if (given > ID_BYTES_MAX) return false;
  const size = idBytes(bytes, start, given);
  let dash = start;
  while (dash < start + size && bytes[dash] !== DASH) dash++;
  if (!parseUnsigned(bytes, start, dash - start, (high, low) => into.setMs(high, low))) return false;
  if (dash === start + size) {
    const word = missing === "max" ? WORD_MAX : 0;
    into.setSeq(word, word);
    return true;
  }
  return parseUnsigned(bytes, dash + 1, start + size - dash - 1, (high, low) => into.setSeq(high, low));
}
