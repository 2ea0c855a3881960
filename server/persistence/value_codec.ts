/**
 * Values in the encodings of the RDB format, version 10: lengths, strings, doubles.
 * Source: https://rdb.fnordig.de/file_format.html
 *
 * @module
 */
import { CorruptValueError, type PayloadInput, type ValueOutput } from "../api/type.ts";
import { parseInteger } from "../base/number.ts";
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
const TWO_32 = 4294967296;

/** Writes into a growing buffer. */
export class ValueWriter implements ValueOutput {
  #buffer = new Uint8Array(256);
  #length = 0;

  /** `compresses`: as `rdbcompression` says. */
  constructor(readonly compresses: boolean) {}

  /** What was written. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
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
    if (size <= INTEGER_TEXT_MAX) {
      const value = parseInteger(bytes, start, size);
      if (this.#shortInteger(value)) return;
    }
    if (this.compresses && size > COMPRESS_BYTES_MIN) {
      const compressed = compress(bytes.subarray(start, start + size), size - 4);
      if (compressed !== null) {
        this.byte(COMPRESSED);
        this.length(compressed.length);
        this.length(size);
        return this.raw(compressed);
      }
    }
    this.length(size);
    this.raw(bytes.subarray(start, start + size));
  }

  integerString(value: number | bigint): void {
    if (this.#shortInteger(Number(value))) return;
    const digits = new TextEncoder().encode(String(value));
    this.length(digits.length);
    this.raw(digits);
  }

  double(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.raw(bytes);
  }

  #shortInteger(value: number): boolean {
    if (value >= -128 && value <= 127) this.#littleEndian(INT8, value, 1);
    else if (value >= -32768 && value <= 32767) this.#littleEndian(INT16, value, 2);
    else if (value >= -2147483648 && value <= 2147483647) this.#littleEndian(INT32, value, 4);
    else return false;
    return true;
  }

  #littleEndian(type: number, value: number, bytes: number): void {
    this.byte(type);
    for (let i = 0; i < bytes; i++) this.byte((value >> (8 * i)) & 0xff);
  }

  #bigEndian(value: number): void {
    for (let shift = 24; shift >= 0; shift -= 8) this.byte((value >>> shift) & 0xff);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + bytes));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}

/** Reads what {@linkcode ValueWriter}, or Redis, has written. Throws {@linkcode CorruptValueError}. */
export class ValueReader implements PayloadInput {
  #at: number;

  constructor(readonly bytes: Uint8Array, start = 0, readonly end: number = bytes.length) {
    this.#at = start;
  }

  get atEnd(): boolean {
    return this.#at >= this.end;
  }

  byte(): number {
    return this.take(1)[0];
  }

  /** The next bytes as they are. */
  take(count: number): Uint8Array {
    if (!(count <= this.end - this.#at)) throw new CorruptValueError("unexpected end of data");
    this.#at += count;
    return this.bytes.subarray(this.#at - count, this.#at);
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
        const compressed = this.take(compressedLength);
        if (expandedLength > compressedLength * 264) throw new CorruptValueError("a compressed string states too much");
        try {
          return expand(compressed, expandedLength);
        } catch (error) {
          throw new CorruptValueError((error as RangeError).message);
        }
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
    const bytes = new Uint8Array(this.take(8));
    return new DataView(bytes.buffer).getFloat64(0, true);
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
    const bytes = this.take(4);
    return ((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]) >>> 0;
  }

  #integerText(size: number): Uint8Array {
    const bytes = this.take(size);
    let value = 0;
    for (let i = 0; i < size; i++) value |= bytes[i] << (8 * i);
    const unused = 32 - 8 * size;
    return new TextEncoder().encode(String((value << unused) >> unused));
  }
}
