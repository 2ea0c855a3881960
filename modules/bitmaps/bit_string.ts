/**
 * What the bitmap commands share: offsets of bits, and strings made ready to have bits written.
 *
 * Bit 0 is the highest of the first byte.
 *
 * @module
 */
import {
  type ByteString,
  type CommandContext,
  type EntryRef,
  type Key,
  protoMaxBulkLen,
  ReplyError,
  WRONG_TYPE,
} from "../../server/api/mod.ts";
import { stringType } from "../strings/string_type.ts";

/** The offset is no integer, negative, or beyond the longest string. */
export const BAD_OFFSET = new ReplyError("ERR bit offset is not an integer or out of range");

/** Checks that a bit lies within the longest string that may be. */
export function checkOffset({ config, host }: CommandContext, offset: number): number {
  if (offset < 0 || (Math.floor(offset / 8) >= config.get(protoMaxBulkLen) && !host.isApplying)) throw BAD_OFFSET;
  return offset;
}

/** A string to write bits to. */
export interface WritableBits {
  /** Good until the next change of the keyspace. */
  readonly value: ByteString;
  /** Whether it had to be made longer, or made at all. */
  readonly grown: boolean;
}

/** Opens the string of a key for writing, at least `length` bytes long. It is then one of its own, as `OBJECT ENCODING` tells. */
export function openBits({ db }: CommandContext, key: Key, length: number): WritableBits {
  const entry = db.lookupForWrite(key);
  const oldLength = entry === 0 ? -1 : lengthOf(db, entry);
  if (oldLength >= length && db.encodingOf(entry) === RAW) {
    return { value: db.bytesOf(entry, stringType)!, grown: false };
  }
  return { value: db.resizeBytes(key, stringType, Math.max(length, oldLength)), grown: oldLength < length };
}

const RAW = stringType.encodings[2];

function lengthOf(db: CommandContext["db"], entry: EntryRef): number {
  const value = db.bytesOf(entry, stringType);
  if (value === null) throw WRONG_TYPE;
  return value.spell().length;
}
