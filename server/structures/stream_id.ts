/**
 * The id of a stream entry: two unsigned 64-bit integers, milliseconds and a sequence number, each held as two words, so
 * that nothing is rounded and nothing allocated. Ids are ordered by the first, then by the second.
 *
 * @module
 */
import type { Int64 } from "../base/number.ts";

const TWO_32 = 4294967296;
const WORD_MAX = 0xffffffff;
/** Words that an id takes. */
export const ID_WORDS = 4;
/** Bytes that an id takes. */
export const ID_BYTES = 16;
/** Bytes of the longest id's text. */
export const ID_TEXT_BYTES_MAX = 41;
/** High words below this make numbers that are exact. */
const SAFE_HIGH = 0x200000;
/** Digits that a number is exact with. */
const SAFE_DIGITS = 15;
/** Numbers that are written are taken apart here: both parts have 31 bits. */
const LOW_DIGITS = 9;
const LOW_PART = 1e9;
const UINT64_MAX = 2n ** 64n - 1n;
const INT64_MAGNITUDE_MAX = 2n ** 63n;

/** An id that can be changed. */
export class StreamId {
  msHigh = 0;
  msLow = 0;
  seqHigh = 0;
  seqLow = 0;

  /** The largest id. */
  static max(): StreamId {
    return new StreamId().setMs(WORD_MAX, WORD_MAX).setSeq(WORD_MAX, WORD_MAX);
  }

  set(other: StreamId): this {
    return this.setMs(other.msHigh, other.msLow).setSeq(other.seqHigh, other.seqLow);
  }

  clear(): this {
    return this.setMs(0, 0).setSeq(0, 0);
  }

  setMs(high: number, low: number): this {
    this.msHigh = high;
    this.msLow = low;
    return this;
  }

  setSeq(high: number, low: number): this {
    this.seqHigh = high;
    this.seqLow = low;
    return this;
  }

  /** Sets the milliseconds from a whole number up to 2^53. */
  setTime(ms: number): this {
    return this.setMs(Math.floor(ms / TWO_32), ms % TWO_32);
  }

  get isZero(): boolean {
    return (this.msHigh | this.msLow | this.seqHigh | this.seqLow) === 0;
  }

  /** Negative, 0 or positive. */
  compare(other: StreamId): number {
    return this.msHigh - other.msHigh || this.msLow - other.msLow || this.seqHigh - other.seqHigh ||
      this.seqLow - other.seqLow;
  }

  /** The next id; false, and unchanged, where there is none. */
  increment(): boolean {
    if (this.seqLow !== WORD_MAX) this.seqLow++;
    else if (this.seqHigh !== WORD_MAX) this.setSeq(this.seqHigh + 1, 0);
    else if (this.msLow !== WORD_MAX) this.setMs(this.msHigh, this.msLow + 1).setSeq(0, 0);
    else if (this.msHigh !== WORD_MAX) this.setMs(this.msHigh + 1, 0).setSeq(0, 0);
    else return false;
    return true;
  }

  /** The id before; false, and unchanged, where there is none. */
  decrement(): boolean {
    if (this.seqLow !== 0) this.seqLow--;
    else if (this.seqHigh !== 0) this.setSeq(this.seqHigh - 1, WORD_MAX);
    else if (this.msLow !== 0) this.setMs(this.msHigh, this.msLow - 1).setSeq(WORD_MAX, WORD_MAX);
    else if (this.msHigh !== 0) this.setMs(this.msHigh - 1, WORD_MAX).setSeq(WORD_MAX, WORD_MAX);
    else return false;
    return true;
  }

  /** From four words. */
  load(words: Int32Array, at: number): this {
    return this.setMs(words[at] >>> 0, words[at + 1] >>> 0).setSeq(words[at + 2] >>> 0, words[at + 3] >>> 0);
  }

  /** To four words. */
  store(words: Int32Array, at: number): void {
    words[at] = this.msHigh;
    words[at + 1] = this.msLow;
    words[at + 2] = this.seqHigh;
    words[at + 3] = this.seqLow;
  }

  /** From 16 bytes, the highest first, as the RDB format has it. */
  loadBytes(bytes: Uint8Array, at = 0): this {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, ID_BYTES);
    return this.setMs(view.getUint32(0), view.getUint32(4)).setSeq(view.getUint32(8), view.getUint32(12));
  }

  /** To 16 bytes. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(ID_BYTES);
    const view = new DataView(bytes.buffer);
    [this.msHigh, this.msLow, this.seqHigh, this.seqLow].forEach((word, i) => view.setUint32(4 * i, word));
    return bytes;
  }

  /** What has to be added to the milliseconds of `from` to get these, modulo 2^64. */
  msFrom(from: StreamId): Int64 {
    return difference(this.msHigh, this.msLow, from.msHigh, from.msLow);
  }

  /** The same of the sequence numbers. */
  seqFrom(from: StreamId): Int64 {
    return difference(this.seqHigh, this.seqLow, from.seqHigh, from.seqLow);
  }

  /** Adds differences, modulo 2^64. */
  add(ms: Int64, seq: Int64): this {
    const msSum = sum(this.msHigh, this.msLow, ms);
    const seqSum = sum(this.seqHigh, this.seqLow, seq);
    return this.setMs(msSum.high, msSum.low).setSeq(seqSum.high, seqSum.low);
  }

  /** Writes the text of the id, up to {@linkcode ID_TEXT_BYTES_MAX} bytes, to the end of an array; where it begins. */
  write(into: Uint8Array): number {
    if (this.msHigh >= SAFE_HIGH || this.seqHigh >= SAFE_HIGH) {
      const text = encoder.encode(this.toString());
      into.set(text, into.length - text.length);
      return into.length - text.length;
    }
    const dash = writeDigits(into, into.length, this.seqHigh * TWO_32 + this.seqLow) - 1;
    into[dash] = 0x2d;
    return writeDigits(into, dash, this.msHigh * TWO_32 + this.msLow);
  }

  toString(): string {
    return `${unsignedText(this.msHigh, this.msLow)}-${unsignedText(this.seqHigh, this.seqLow)}`;
  }
}

/** Writes the digits of a whole number up to `end`; where they begin. What has more than 31 bits is taken apart first. */
function writeDigits(into: Uint8Array, end: number, value: number): number {
  if (value <= 0x7fffffff) return writeSmall(into, end, value, 1);
  const high = Math.floor(value / LOW_PART);
  return writeSmall(into, writeSmall(into, end, value - high * LOW_PART, LOW_DIGITS), high, 1);
}

/** The same of 31 bits, with zeros before where there are fewer than `digitsMin`. */
function writeSmall(into: Uint8Array, end: number, value: number, digitsMin: number): number {
  let at = end;
  let rest = value | 0;
  do {
    const quotient = (rest / 10) | 0;
    into[--at] = 0x30 + rest - quotient * 10;
    rest = quotient;
  } while (rest > 0);
  while (end - at < digitsMin) into[--at] = 0x30;
  return at;
}

function difference(high: number, low: number, fromHigh: number, fromLow: number): Int64 {
  if (high === fromHigh) return low - fromLow;
  const exact = BigInt.asIntN(64, (BigInt(high - fromHigh) << 32n) + BigInt(low - fromLow));
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}

function sum(high: number, low: number, added: Int64): { high: number; low: number } {
  if (typeof added === "number" && low + added >= 0 && low + added < TWO_32) return { high, low: low + added };
  const exact = BigInt.asUintN(64, (BigInt(high) << 32n) + BigInt(low) + BigInt(added));
  return { high: Number(exact >> 32n), low: Number(exact & 0xffffffffn) };
}

/** The decimal digits of an unsigned integer of 64 bits. */
function unsignedText(high: number, low: number): string {
  return high < SAFE_HIGH ? String(high * TWO_32 + low) : String((BigInt(high) << 32n) | BigInt(low));
}

/**
 * Reads an unsigned integer of 64 bits, whose words go to `set`; false where the bytes spell none. Besides plain digits that
 * is whatever C's `strtoull` takes, but not a negative number as one would write it.
 */
export function parseUnsigned(
  bytes: Uint8Array,
  start: number,
  size: number,
  set: (high: number, low: number) => void,
): boolean {
  if (size === 0 || size > SAFE_DIGITS) return parseLenient(bytes, start, size, set);
  let value = 0;
  for (let i = 0; i < size; i++) {
    const digit = bytes[start + i] - 0x30;
    if (digit < 0 || digit > 9) return parseLenient(bytes, start, size, set);
    value = value * 10 + digit;
  }
  set(Math.floor(value / TWO_32), value % TWO_32);
  return true;
}

function parseLenient(
  bytes: Uint8Array,
  start: number,
  size: number,
  set: (high: number, low: number) => void,
): boolean {
  const text = latin1.decode(bytes.slice(start, start + size));
  const [, sign, digits] = /^[\t-\r ]*([+-]?)(\d+)$/.exec(text) ?? [];
  if (digits === undefined) return false;
  const magnitude = BigInt(digits);
  const isPlainNegative = text === `-${magnitude}` && magnitude > 0n && magnitude <= INT64_MAGNITUDE_MAX;
  if (magnitude > UINT64_MAX || isPlainNegative) return false;
  const value = sign === "-" ? BigInt.asUintN(64, -magnitude) : magnitude;
  set(Number(value >> 32n), Number(value & 0xffffffffn));
  return true;
}

const encoder = new TextEncoder();
const latin1 = new TextDecoder("latin1");
