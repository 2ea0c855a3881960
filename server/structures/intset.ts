/**
 * Intset: integers in ascending order, in one heap block, in the very bytes that the RDB format knows.
 * Source: https://rdb.fnordig.de/file_format.html#intset-encoding
 *
 *     block  [ bytes of a value: 4 | values: 4 | value… ]
 *
 * All values have the width of the widest that was ever added: 2, 4 or 8 bytes. A search is binary; a change moves what lies
 * behind it. A change may move the block: whoever keeps its ref takes it from `ref` afterwards. What a change needs is
 * allocated before anything is changed.
 *
 * @module
 */
import { copyBytes, moveBytes } from "../base/copy.ts";
import type { Int64 } from "../base/number.ts";
import type { Heap } from "../heap/heap.ts";
import { byteOf, type Ref, SEGMENT_SHIFT } from "../heap/layout.ts";
import type { ElementView } from "./element.ts";
import { readInt64, writeInt64 } from "./words.ts";

const HEADER_BYTES = 8;
const INT16 = 2;
const INT32 = 4;
const INT64 = 8;

/** An intset, opened on its block, with a cursor that shows the value last read. */
export class Intset implements ElementView {
  /** The block. */
  ref: Ref = 0;
  /** Number of values. */
  count = 0;
  readonly isInteger = true;
  exactInteger: Int64 = 0;
  /** The heap segment's bytes; the values are not spelled there. */
  bytes: Uint8Array = NOTHING;
  readonly start = 0;
  readonly length = 0;

  #words: Int32Array = new Int32Array(0);
  /** Where the block begins in `bytes`. */
  #base = 0;
  /** Bytes of a value. */
  #width = INT16;

  constructor(readonly heap: Heap) {}

  /** Makes an empty intset; its block. */
  static create(heap: Heap): Ref {
    const ref = heap.allocate(HEADER_BYTES);
    writeHeader(heap, ref, INT16, 0);
    return ref;
  }

  /** Makes a block of bytes for which {@linkcode isIntset} holds. */
  static from(heap: Heap, bytes: Uint8Array): Ref {
    const ref = heap.allocate(bytes.length);
    copyBytes(bytes, 0, heap.segments[ref >>> SEGMENT_SHIFT].u8, byteOf(ref), bytes.length);
    return ref;
  }

  /** Opens a block. */
  open(ref: Ref): this {
    const segment = this.heap.segments[ref >>> SEGMENT_SHIFT];
    this.ref = ref;
    this.bytes = segment.u8;
    this.#words = segment.i32;
    this.#base = byteOf(ref);
    const word = this.#base >>> 2;
    this.#width = this.#words[word];
    this.count = this.#words[word + 1];
    return this;
  }

  /** Bytes of all of it, header included. */
  get totalBytes(): number {
    return HEADER_BYTES + this.count * this.#width;
  }

  /** Where its first byte is in `bytes`. */
  get base(): number {
    return this.#base;
  }

  /** The value with an index, from the smallest on. */
  at(index: number): Int64 {
    const at = this.#base + HEADER_BYTES + index * this.#width;
    if (this.#width === INT16) return ((this.bytes[at] | (this.bytes[at + 1] << 8)) << 16) >> 16;
    return this.#width === INT32 ? this.#words[at >>> 2] : readInt64(this.#words, at >>> 2);
  }

  /** Shows the value with an index. */
  read(index: number): this {
    this.exactInteger = this.at(index);
    return this;
  }

  /** Whether a value is there. */
  has(value: Int64): boolean {
    return this.find(value) >= 0;
  }

  /** Index of a value; where it is not there, -1 minus the index that it would have. */
  find(value: Int64): number {
    const last = this.count - 1;
    if (last < 0) return -1;
    if (value > this.at(last)) return -1 - this.count;
    if (value < this.at(0)) return -1;
    return this.#width === INT64 || typeof value === "bigint" ? this.#search(value) : this.#searchNarrow(value);
  }

  #search(value: Int64): number {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.at(middle);
      if (found === value) return middle;
      if (found < value) low = middle + 1;
      else high = middle - 1;
    }
    return -1 - low;
  }

  /** The same where all values have 16 or 32 bits. */
  #searchNarrow(value: number): number {
    const words = this.#words;
    const bytes = this.bytes;
    const isShort = this.#width === INT16;
    const first = this.#base + HEADER_BYTES;
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const at = first + (middle << (isShort ? 1 : 2));
      const found = isShort ? ((bytes[at] | (bytes[at + 1] << 8)) << 16) >> 16 : words[at >>> 2];
      if (found === value) return middle;
      if (found < value) low = middle + 1;
      else high = middle - 1;
    }
    return -1 - low;
  }

  /** Adds a value; whether it is new. */
  add(value: Int64): boolean {
    const width = widthOf(value);
    if (width > this.#width) {
      this.#widen(width, value);
      return true;
    }
    const found = this.find(value);
    if (found >= 0) return false;
    const index = -1 - found;
    const bytes = this.totalBytes;
    this.#opened(this.heap.resize(this.ref, bytes, bytes + this.#width));
    this.heap.willWrite(this.ref, bytes + this.#width);
    const at = this.#base + HEADER_BYTES + index * this.#width;
    moveBytes(this.bytes, at, at + this.#width, (this.count - index) * this.#width);
    this.#write(index, value);
    this.#setCount(this.count + 1);
    return true;
  }

  /** Removes a value; whether it was there. */
  remove(value: Int64): boolean {
    const index = this.find(value);
    if (index < 0) return false;
    this.removeAt(index);
    return true;
  }

  /** Removes the value with an index. */
  removeAt(index: number): void {
    const { heap } = this;
    heap.willWrite(this.ref, this.totalBytes);
    const at = this.#base + HEADER_BYTES + index * this.#width;
    moveBytes(this.bytes, at + this.#width, at, (this.count - index - 1) * this.#width);
    this.#setCount(this.count - 1);
    const bytes = this.totalBytes;
    if (heap.blockBytes(this.ref) === heap.blockBytesFor(bytes)) return;
    const moved = heap.allocateBeyond(bytes);
    heap.copy(this.ref, moved, bytes);
    heap.free(this.ref);
    this.#opened(moved);
  }

  /** Gives all values another width, and adds one that is too large for the old: it is then the smallest or the largest. */
  #widen(width: number, value: Int64): void {
    const old = new Intset(this.heap).open(this.ref);
    const { count } = old;
    this.#opened(this.heap.allocate(HEADER_BYTES + (count + 1) * width));
    writeHeader(this.heap, this.ref, width, count + 1);
    this.#width = width;
    this.count = count + 1;
    const first = value < 0 ? 1 : 0;
    for (let i = 0; i < count; i++) this.#write(first + i, old.at(i));
    this.#write(first === 1 ? 0 : count, value);
    this.heap.free(old.ref);
  }

  #write(index: number, value: Int64): void {
    const at = this.#base + HEADER_BYTES + index * this.#width;
    if (this.#width === INT16) {
      this.bytes[at] = value as number;
      this.bytes[at + 1] = (value as number) >> 8;
    } else if (this.#width === INT32) this.#words[at >>> 2] = value as number;
    else writeInt64(this.#words, at >>> 2, value);
  }

  #opened(ref: Ref): void {
    if (ref === this.ref) return;
    const segment = this.heap.segments[ref >>> SEGMENT_SHIFT];
    this.ref = ref;
    this.bytes = segment.u8;
    this.#words = segment.i32;
    this.#base = byteOf(ref);
  }

  #setCount(count: number): void {
    this.count = count;
    this.#words[(this.#base >>> 2) + 1] = count;
  }
}

/** Whether bytes are an intset that holds at least one value. */
export function isIntset(bytes: Uint8Array): boolean {
  if (bytes.length <= HEADER_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const width = view.getUint32(0, true);
  const count = view.getUint32(4, true);
  if (width !== INT16 && width !== INT32 && width !== INT64) return false;
  if (bytes.length !== HEADER_BYTES + count * width) return false;
  const at = (i: number): number | bigint => {
    const offset = HEADER_BYTES + i * width;
    if (width === INT16) return view.getInt16(offset, true);
    return width === INT32 ? view.getInt32(offset, true) : view.getBigInt64(offset, true);
  };
  for (let i = 1; i < count; i++) if (at(i - 1) >= at(i)) return false;
  return true;
}

function widthOf(value: Int64): number {
  if (value >= -32768 && value <= 32767) return INT16;
  return value >= -2147483648 && value <= 2147483647 ? INT32 : INT64;
}

function writeHeader(heap: Heap, ref: Ref, width: number, count: number): void {
  const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
  const at = byteOf(ref) >>> 2;
  words[at] = width;
  words[at + 1] = count;
}

const NOTHING = new Uint8Array(0);
