/**
 * Byte strings as entries hold them: an integer, bytes inline behind the key, or bytes in a block of their own.
 *
 * `ByteString` is a cursor: opened on an entry, it reads; the keyspace makes room and places new values. It is good until
 * the next change of the keyspace.
 *
 * @module
 */
import { copyBytes } from "../base/copy.ts";
import type { Int64 } from "../base/number.ts";
import type { Heap } from "../heap/heap.ts";
import { byteOf, type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import { entryInlineByte, entryIntegerWord, entryValueWord, FORM_INLINE, FORM_INTEGER } from "./entry.ts";
import { writeInt64 } from "./words.ts";

const TWO_32 = 4294967296;
/** In a separate block the bytes follow the word of their length. */
export const SEPARATE_HEADER_BYTES = 4;

/** A value that is a string of bytes, where it stands in memory; an integer has no bytes there. */
export class ByteString {
  /** The memory that holds the bytes; not for an integer. */
  bytes: Uint8Array = EMPTY;
  /** Index of the first byte. */
  start = 0;
  /** Number of bytes; of an integer, of its decimal digits with the sign. */
  length = 0;
  /** Whether the value is held as an integer. */
  isInteger = false;
  #words: Int32Array = new Int32Array(0);
  #word = 0;
  #heap: Heap | null = null;
  #block: Ref = 0;

  /** Opens the value of an entry of one of the byte-string forms. */
  open(heap: Heap, entry: Ref, form: number): this {
    this.#heap = heap;
    if (form === FORM_INTEGER) {
      this.isInteger = true;
      this.#block = entry;
      this.#words = heap.segments[entry >>> SEGMENT_SHIFT].i32;
      this.#word = entryIntegerWord(heap, entry);
      this.length = -1;
      return this;
    }
    this.isInteger = false;
    const inline = form === FORM_INLINE;
    const block = inline ? entry : entryValueWord(heap, entry);
    const segment = heap.segments[block >>> SEGMENT_SHIFT];
    this.#block = block;
    this.bytes = segment.u8;
    this.start = inline ? entryInlineByte(heap, entry) : byteOf(block) + SEPARATE_HEADER_BYTES;
    this.length = inline ? entryValueWord(heap, entry) : segment.i32[wordOf(block)];
    return this;
  }

  /** The integer, when it is held as one; rounded beyond 2^53. */
  get integer(): number {
    return this.#words[this.#word + 1] * TWO_32 + (this.#words[this.#word] >>> 0);
  }

  /** The integer, exact, when it is held as one. */
  get int64(): bigint {
    return BigInt.asIntN(64, (BigInt(this.#words[this.#word + 1]) << 32n) | BigInt(this.#words[this.#word] >>> 0));
  }

  /** The integer as a number where that is exact, else as a bigint. */
  get exactInteger(): Int64 {
    const value = this.integer;
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : this.int64;
  }

  /** Overwrites the integer, where the value is held as one. */
  writeInteger(value: Int64): void {
    this.#heap!.willWrite(this.#block + ((this.#word - wordOf(this.#block)) >>> 1), 16);
    writeInt64(this.#words, this.#word, value);
  }

  /** Overwrites bytes from index `at`; they must lie within `length`. */
  write(at: number, source: Uint8Array, start: number, size: number): void {
    const first = this.start + at;
    this.#heap!.willWrite(this.#block + ((first - byteOf(this.#block)) >>> 3), size + 8);
    copyBytes(source, start, this.bytes, first, size);
  }

  /** Overwrites bytes from index `at` with one value. */
  fill(at: number, size: number, value: number): void {
    const first = this.start + at;
    this.#heap!.willWrite(this.#block + ((first - byteOf(this.#block)) >>> 3), size + 8);
    this.bytes.fill(value, first, first + size);
  }

  /** A copy of the bytes; of an integer, its decimal digits. */
  toBytes(): Uint8Array<ArrayBuffer> {
    if (this.isInteger) return encoder.encode(String(this.exactInteger));
    return new Uint8Array(this.bytes.subarray(this.start, this.start + this.length));
  }

  /** Makes an integer's digits readable as bytes, so that `bytes`, `start` and `length` hold for every value. */
  spell(): this {
    if (!this.isInteger) return this;
    this.bytes = this.toBytes();
    this.start = 0;
    this.length = this.bytes.length;
    return this;
  }
}

const EMPTY = new Uint8Array(0);
const encoder = new TextEncoder();
