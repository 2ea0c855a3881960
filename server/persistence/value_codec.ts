/**
 * Values in the encodings of the RDB format, version 10: lengths, strings, doubles.
 *
 * A snapshot of millions of keys passes through here string by string: nothing is allocated for one on its way out, and on its
 * way in a view, or a part of a larger array where it was compressed.
 *
 * Source: https://rdb.fnordig.de/file_format.html
 *
 * @module
 */
import { CorruptValueError, type PayloadInput, type ValueOutput } from "../api/type.ts";
import { copyBytes, moveBytes } from "../base/copy.ts";
import { nativeBytes } from "../base/native_memory.ts";
import { parseInteger, spellInteger } from "../base/number.ts";
import { compress, expand } from "./lzf.ts";

const SIX_BITS = 0x00;
const FOURTEEN_BITS = 0x40;
const THIRTY_TWO_BITS = 0x80;
const SIXTY_FOUR_BITS = 0x81;
const INT8 = 0xc0;
const INT16 = 0xc1;
const INT32 = 0xc2;
const COMPRESSED = 0xc3;

/** Longest text that may be stored as an integer. */
const INTEGER_TEXT_MAX = 11;
/** Strings up to this length are not worth compressing. */
const COMPRESS_BYTES_MIN = 20;
/** What compression must save. */
const COMPRESS_GAIN_MIN = 4;
const TWO_32 = 4294967296;
const BUFFER_BYTES = 256;

// Scratch: nothing is in them between two calls.
const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);
const digits = new Uint8Array(20);

/** Takes bytes that are valid while it runs. */
export type ByteSink = (bytes: Uint8Array) => void;

/**
 * Writes into a buffer; when it is full, it grows, or its content goes to a sink. The buffer of a long run is best native: then
 * strings of a native heap are copied and compressed into it in one step.
 */
export class ValueWriter implements ValueOutput {
  #buffer: Uint8Array;
  #length = 0;
  readonly #sink: ByteSink | null;

  /** `compresses`: as `rdbcompression` says. */
  constructor(readonly compresses: boolean, buffer: Uint8Array = new Uint8Array(BUFFER_BYTES), sink?: ByteSink) {
    this.#buffer = buffer;
    this.#sink = sink ?? null;
  }

  /** What was written and not given to the sink; valid until more is written. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Gives what is left to the sink, or without one forgets it: the buffer begins anew. */
  flush(): void {
    if (this.#length > 0) this.#sink?.(this.bytes);
    this.#length = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  raw(bytes: Uint8Array): void {
    this.#append(bytes, 0, bytes.length);
  }

  length(value: number | bigint): void {
    if (typeof value === "bigint") {
      this.byte(SIXTY_FOUR_BITS);
      this.#bigEndian(Number(value >> 32n));
      this.#bigEndian(Number(value & 0xffffffffn));
    } else if (value < 64) this.byte(SIX_BITS | value);
    else if (value < 16384) {
      this.byte(FOURTEEN_BITS | (value >>> 8));
      this.byte(value & 0xff);
    } else if (value < TWO_32) {
      this.byte(THIRTY_TWO_BITS);
      this.#bigEndian(value >>> 0);
    } else {
      this.byte(SIXTY_FOUR_BITS);
      this.#bigEndian(Math.floor(value / TWO_32));
      this.#bigEndian(value % TWO_32);
    }
  }

  string(bytes: Uint8Array, start = 0, size: number = bytes.length - start): void {
    if (size <= INTEGER_TEXT_MAX && this.#shortInteger(parseInteger(bytes, start, size))) return;
    if (this.compresses && size > COMPRESS_BYTES_MIN && this.#compressed(bytes, start, size)) return;
    this.length(size);
    this.#append(bytes, start, size);
  }

  integerString(value: number | bigint): void {
    if (this.#shortInteger(Number(value))) return;
    const size = spellInteger(value, digits);
    this.length(size);
    this.#append(digits, 0, size);
  }

  double(value: number): void {
    float[0] = value;
    this.#append(floatBytes, 0, 8);
  }

  #shortInteger(value: number): boolean {
    if (value >= -128 && value <= 127) this.#littleEndian(INT8, value, 1);
    else if (value >= -32768 && value <= 32767) this.#littleEndian(INT16, value, 2);
    else if (value >= -2147483648 && value <= 2147483647) this.#littleEndian(INT32, value, 4);
    else return false;
    return true;
  }

  /** Compresses behind the room for the header, which is as long as its lengths; false when that gains too little. */
  #compressed(bytes: Uint8Array, start: number, size: number): boolean {
    const limit = size - COMPRESS_GAIN_MIN;
    const headBytesMax = 1 + lengthBytes(limit) + lengthBytes(size);
    if (this.#sink !== null && headBytesMax + limit > this.#buffer.length) {
      return this.#compressedApart(bytes, start, size);
    }
    this.#reserve(headBytesMax + limit);
    const at = this.#length + headBytesMax;
    const written = compress(bytes, start, size, this.#buffer, at, limit);
    if (written === 0) return false;
    this.#compressedHead(written, size);
    moveBytes(this.#buffer, at, this.#length, written);
    this.#length += written;
    return true;
  }

  /** The same of a string that is longer than the buffer. */
  #compressedApart(bytes: Uint8Array, start: number, size: number): boolean {
    const limit = size - COMPRESS_GAIN_MIN;
    const apart = nativeBytes(limit);
    const written = compress(bytes, start, size, apart, 0, limit);
    if (written === 0) return false;
    this.#compressedHead(written, size);
    this.#append(apart, 0, written);
    return true;
  }

  #compressedHead(written: number, size: number): void {
    this.byte(COMPRESSED);
    this.length(written);
    this.length(size);
  }

  #append(bytes: Uint8Array, start: number, size: number): void {
    let left = size;
    while (this.#sink !== null && left > this.#buffer.length - this.#length) {
      const part = this.#buffer.length - this.#length;
      copyBytes(bytes, start + size - left, this.#buffer, this.#length, part);
      this.#length += part;
      left -= part;
      this.flush();
    }
    this.#reserve(left);
    copyBytes(bytes, start + size - left, this.#buffer, this.#length, left);
    this.#length += left;
  }

  #littleEndian(type: number, value: number, bytes: number): void {
    this.#reserve(1 + bytes);
    this.#buffer[this.#length++] = type;
    for (let i = 0; i < bytes; i++) this.#buffer[this.#length++] = value >> (8 * i);
  }

  #bigEndian(value: number): void {
    this.#reserve(4);
    for (let shift = 24; shift >= 0; shift -= 8) this.#buffer[this.#length++] = value >>> shift;
  }

  /** Makes room; with a sink, for no more than the buffer is long. */
  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    if (this.#sink !== null) return this.flush();
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + bytes));
    larger.set(this.bytes);
    this.#buffer = larger;
  }
}

/** How many bytes a length below 2^32 takes. */
function lengthBytes(value: number): number {
  return value < 64 ? 1 : value < 16384 ? 2 : 5;
}

/** Longest string that a compressed byte may stand for. */
const EXPANSION_MAX = 264;
/** Longer strings that are not there as they are get an array of their own. */
const MADE_BYTES_MAX = 4096;
/** Shorter ones share arrays up to this length. */
const MADE_AT_ONCE_BYTES_MAX = 64 * 1024;
/** Block of a long run. */
const READ_BYTES = 1024 * 1024;
const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What a long run of values is read from: a file, a connection. */
export interface ByteSource {
  /** Fills an array from its beginning with as many bytes as are there now; how many, at least one but at the end. */
  read(target: Uint8Array): number;
  /** Told of all bytes that were taken, in order, before they go: for their sum. */
  taken(bytes: Uint8Array, start: number, end: number): void;
}

/**
 * Reads what {@linkcode ValueWriter}, or Redis, has written. Throws {@linkcode CorruptValueError}.
 *
 * From a source, bytes are read into two native blocks in turn; a string longer than a block gets memory of its own as the
 * source delivers it, so that a damaged length costs no more than what is there. Strings are views of that memory: they stay
 * until the next but one is read.
 */
export class ValueReader implements PayloadInput {
  #bytes: Uint8Array;
  #at: number;
  #end: number;
  readonly #source: ByteSource | null;
  /** Up to where the source has been told what was taken. */
  #told: number;
  /** Bytes that were taken before those in `#bytes`. */
  #before = 0;
  readonly #blocks: Uint8Array[];
  #block = 0;
  /** Strings that do not stand in the bytes as they are, one behind the other. */
  #made = NO_BYTES;
  #madeBytes = 0;

  /** Reads from `start` to before `end`, and then from the source if there is one, in blocks as long as `bytes`. */
  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length, source: ByteSource | null = null) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#source = source;
    this.#told = start;
    this.#blocks = [bytes];
  }

  /** Reads from a source alone. */
  static of(source: ByteSource, blockBytesMin: number = READ_BYTES): ValueReader {
    return new ValueReader(nativeBytes(blockBytesMin), 0, 0, source);
  }

  get atEnd(): boolean {
    return this.#at >= this.#end && !this.#fill(1);
  }

  /** Place of the next byte, from the beginning of the first array. */
  get offset(): number {
    return this.#before + this.#at;
  }

  /** Tells the source of what was taken up to here. */
  settle(): void {
    if (this.#told < this.#at) this.#source?.taken(this.#bytes, this.#told, this.#at);
    this.#told = this.#at;
  }

  byte(): number {
    const at = this.#skip(1);
    return this.#bytes[at];
  }

  /** The next bytes as they are. */
  take(count: number): Uint8Array {
    const at = this.#skip(count);
    return this.#bytes.subarray(at, at + count);
  }

  length(): number {
    return Number(this.exactLength());
  }

  string(): Uint8Array {
    const first = this.byte();
    const length = this.#lengthFrom(first);
    if (length >= 0) return this.take(length);
    switch (first) {
      case INT8:
        return this.#integerText(1);
      case INT16:
        return this.#integerText(2);
      case INT32:
        return this.#integerText(4);
      case COMPRESSED: {
        const compressedLength = this.length();
        const expandedLength = this.length();
        return this.#expanded(this.#skip(compressedLength), compressedLength, expandedLength);
      }
    }
    throw new CorruptValueError("unknown encoding of a string");
  }

  exactLength(): number | bigint {
    const first = this.byte();
    if (first !== SIXTY_FOUR_BITS) {
      const length = this.#lengthFrom(first);
      if (length < 0) throw new CorruptValueError("an encoded string stands in place of a length");
      return length;
    }
    const exact = (BigInt(this.#bigEndian()) << 32n) | BigInt(this.#bigEndian());
    return exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : exact;
  }

  double(): number {
    const at = this.#skip(8);
    for (let i = 0; i < 8; i++) floatBytes[i] = this.#bytes[at + i];
    return float[0];
  }

  raw(count: number): Uint8Array {
    return this.take(count);
  }

  /** A length by its first byte, or -1 for the special encodings of strings. */
  #lengthFrom(first: number): number {
    switch (first & 0xc0) {
      case SIX_BITS:
        return first;
      case FOURTEEN_BITS:
        return ((first & 0x3f) << 8) | this.byte();
    }
    if (first === THIRTY_TWO_BITS) return this.#bigEndian();
    if (first === SIXTY_FOUR_BITS) return this.#bigEndian() * TWO_32 + this.#bigEndian();
    if (first >= 0xc0) return -1;
    throw new CorruptValueError("unknown encoding of a length");
  }

  #bigEndian(): number {
    const at = this.#skip(4);
    const bytes = this.#bytes;
    return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
  }

  #integerText(size: number): Uint8Array {
    const at = this.#skip(size);
    let value = 0;
    for (let i = 0; i < size; i++) value |= this.#bytes[at + i] << (8 * i);
    const unused = 32 - 8 * size;
    const length = spellInteger((value << unused) >> unused, digits);
    const to = this.#make(length);
    for (let i = 0; i < length; i++) this.#made[to + i] = digits[i];
    return this.#made.subarray(to, to + length);
  }

  #expanded(at: number, size: number, length: number): Uint8Array {
    if (length > size * EXPANSION_MAX) throw new CorruptValueError("a compressed string states too much");
    try {
      if (length > MADE_BYTES_MAX) {
        const own = new Uint8Array(length);
        expand(this.#bytes, at, size, own, 0, length);
        return own;
      }
      const to = this.#make(length);
      expand(this.#bytes, at, size, this.#made, to, length);
      return this.#made.subarray(to, to + length);
    } catch (error) {
      throw new CorruptValueError((error as RangeError).message);
    }
  }

  /** Room for a short string in `#made`: where it begins. */
  #make(length: number): number {
    if (length > this.#made.length - this.#madeBytes) {
      this.#made = new Uint8Array(Math.min(MADE_AT_ONCE_BYTES_MAX, Math.max(length, 4 * this.#made.length)));
      this.#madeBytes = 0;
    }
    this.#madeBytes += length;
    return this.#madeBytes - length;
  }

  /** Where the next bytes are. */
  #skip(count: number): number {
    if (!(count <= this.#end - this.#at) && !this.#fill(count)) throw new CorruptValueError("unexpected end of data");
    this.#at += count;
    return this.#at - count;
  }

  /** Reads until so many bytes are there in one piece; false when the source ends before. */
  #fill(count: number): boolean {
    if (this.#source === null) return false;
    if (this.#at + count > this.#bytes.length) this.#turn(count);
    while (this.#end - this.#at < count) {
      if (this.#end === this.#bytes.length) this.#bytes = this.#moved(nativeBytes(Math.min(count, 2 * this.#end)));
      const size = this.#source.read(this.#bytes.subarray(this.#end));
      if (size === 0) return false;
      this.#end += size;
    }
    return true;
  }

  /** Goes on in the other block, or in memory of its own for more than that holds. */
  #turn(count: number): void {
    this.settle();
    const blockBytes = this.#blocks[0].length;
    const isLong = count > blockBytes;
    if (!isLong) this.#block ^= 1;
    const target = isLong ? nativeBytes(2 * blockBytes) : this.#blocks[this.#block] ??= nativeBytes(blockBytes);
    this.#bytes = this.#moved(target);
    this.#before += this.#at;
    this.#end -= this.#at;
    this.#at = this.#told = 0;
  }

  /** The array, with what is not yet taken at its beginning. */
  #moved(target: Uint8Array): Uint8Array {
    target.set(this.#bytes.subarray(this.#at, this.#end));
    return target;
  }
}
