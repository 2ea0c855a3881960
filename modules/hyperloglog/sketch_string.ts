/**
 * HyperLogLogs as values of keys: strings whose bytes are a sketch.
 *
 * @module
 */
import { type ByteString, type CommandContext, type Key, ReplyError } from "../../server/api/mod.ts";
import { stringType } from "../strings/string_type.ts";
import { isSketch, Sketch } from "./sketch.ts";

/** The registers are not all there, or too many. */
export const CORRUPTED = new ReplyError("INVALIDOBJ Corrupted HLL object detected");
const NO_SKETCH = new ReplyError("WRONGTYPE Key is not a valid HyperLogLog string value.");

/** A scratch copy: what it holds is good until the next is loaded. */
const scratch = new Sketch();

/** The string of a key, for reading; null where there is none. Throws where it is no HyperLogLog. */
export function readSketch({ db }: CommandContext, key: Key): ByteString | null {
  return checked(db.readBytes(key, stringType));
}

/** The same, for changing it. */
export function writeSketch({ db }: CommandContext, key: Key): ByteString | null {
  return checked(db.writeBytes(key, stringType));
}

/** A copy to be changed; another one takes its place. */
export function loadSketch({ bytes, start, length }: ByteString): Sketch {
  return scratch.load(bytes, start, length);
}

/** A HyperLogLog of no element, to be changed. */
export function emptySketch(): Sketch {
  return scratch.clear();
}

/** Makes a HyperLogLog the value of a key; a deadline stays. */
export function storeSketch(context: CommandContext, key: Key, sketch: Sketch): void {
  openForWriting(context, key, sketch.length).write(0, sketch.bytes, 0, sketch.length);
}

/** The string of a key, with another length, as one of its own. */
export function openForWriting({ db }: CommandContext, key: Key, length: number): ByteString {
  return db.resizeBytes(key, stringType, length);
}

/** Makes the string of a key one that is changed in place, although it is not: `OBJECT ENCODING` tells. */
export function makeOwn(context: CommandContext, key: Key, { length }: ByteString): void {
  if (length <= stringType.shortBytesMax) openForWriting(context, key, length);
}

function checked(value: ByteString | null): ByteString | null {
  if (value === null) return null;
  const { bytes, start, length } = value.spell();
  if (!isSketch(bytes, start, length)) throw NO_SKETCH;
  return value;
}
