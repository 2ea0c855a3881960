/**
 * Listpack: strings and integers packed one after the other, in one heap block, in the very bytes that the RDB format knows.
 * Source: https://github.com/antirez/listpack/blob/master/listpack.md
 *
 *     block    [ total bytes: 4 | elements: 2, 65535 = count them | element… | 0xff ]
 *     element  [ encoding and length | bytes | back length: 1 to 5 bytes, read from its end ]
 *
 * An element is addressed by its position, the distance of its first byte from the block's start; 0 is none. Small hashes,
 * sorted sets, the nodes of lists and streams are listpacks: nothing is leaner, every search is a walk.
 *
 * The block is as large as its size class, so most insertions move bytes and allocate nothing. A change may move the block:
 * whoever keeps its ref takes it from `ref` afterwards. What a change needs is allocated before anything is changed. Bytes
 * that are put in must not lie in this listpack.
 *
 * @module
 */
import { assert } from "../base/assert.ts";
import { copyBytes, moveBytes } from "../base/copy.ts";
import type { Int64 } from "../base/number.ts";
import type { Heap } from "../heap/heap.ts";
import { byteOf, type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import { type ElementView, integerSpelled } from "./element.ts";

const HEADER_BYTES = 6;
const END = 0xff;
/** The header counts up to here. */
const COUNT_UNKNOWN = 0xffff;
/** Bytes of an empty listpack. */
export const LISTPACK_EMPTY_BYTES: number = HEADER_BYTES + 1;

// Encodings of an element's first byte.
const SMALL_STRING = 0x80;
const INTEGER_13 = 0xc0;
const STRING_12 = 0xe0;
const STRING_32 = 0xf0;
const INTEGER_16 = 0xf1;
const INTEGER_24 = 0xf2;
const INTEGER_32 = 0xf3;
const INTEGER_64 = 0xf4;

/** Bytes that an element takes before its back length: of a string. */
function stringBytes(size: number): number {
  return size < 64 ? 1 + size : size < 4096 ? 2 + size : 5 + size;
}

/** The same of an integer. */
function integerBytes(value: Int64): number {
  if (typeof value === "bigint") return 9;
  if (value >= 0 && value <= 127) return 1;
  if (value >= -4096 && value <= 4095) return 2;
  if (value >= -32768 && value <= 32767) return 3;
  if (value >= -8388608 && value <= 8388607) return 4;
  return value >= -2147483648 && value <= 2147483647 ? 5 : 9;
}

function backLengthBytes(bytes: number): number {
  return bytes < 128 ? 1 : bytes < 16384 ? 2 : bytes < 2097152 ? 3 : bytes < 268435456 ? 4 : 5;
}

/** Bytes by which a listpack grows when a string is added. */
export function listpackElementBytes(source: Uint8Array, start: number, size: number): number {
  const integer = integerSpelled(source, start, size);
  const bytes = integer === integer ? integerBytes(integer) : stringBytes(size);
  return bytes + backLengthBytes(bytes);
}

/** Bytes by which a listpack grows when an integer is added. */
export function listpackIntegerBytes(value: Int64): number {
  return integerBytes(value) + 1;
}

/** A listpack, opened on its block, with a cursor that shows the element last read. */
export class Listpack implements ElementView {
  /** The block. */
  ref: Ref = 0;
  isInteger = false;
  exactInteger: Int64 = 0;
  /** The heap segment's bytes. */
  bytes: Uint8Array = NOTHING;
  start = 0;
  length = 0;

  /** The segment's words: the block's first one is the total. */
  #words: Int32Array = NO_WORDS;
  /** Where the block begins in `bytes`. */
  #base = 0;
  #totalBytes = 0;

  constructor(readonly heap: Heap) {}

  /** Makes an empty listpack; its block. */
  static create(heap: Heap, roomBytes: number = LISTPACK_EMPTY_BYTES): Ref {
    const ref = heap.allocate(Math.max(roomBytes, LISTPACK_EMPTY_BYTES));
    const { u8 } = heap.segments[ref >>> SEGMENT_SHIFT];
    const at = byteOf(ref);
    u8[at] = LISTPACK_EMPTY_BYTES;
    u8.fill(0, at + 1, at + HEADER_BYTES);
    u8[at + HEADER_BYTES] = END;
    return ref;
  }

  /** Makes a block of bytes for which {@linkcode isListpack} holds. */
  static from(heap: Heap, bytes: Uint8Array): Ref {
    const ref = heap.allocate(bytes.length);
    copyBytes(bytes, 0, heap.segments[ref >>> SEGMENT_SHIFT].u8, byteOf(ref), bytes.length);
    return ref;
  }

  /** Opens a block. */
  open(ref: Ref): this {
    const { u8, i32 } = this.heap.segments[ref >>> SEGMENT_SHIFT];
    this.ref = ref;
    this.bytes = u8;
    this.#words = i32;
    this.#base = byteOf(ref);
    this.#totalBytes = i32[wordOf(ref)] >>> 0;
    return this;
  }

  /** Bytes of all of it, header and end included. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  /** Where its first byte is in `bytes`. */
  get base(): number {
    return this.#base;
  }

  /** Number of elements; a walk where there are 65,535 and more. */
  get count(): number {
    const count = this.bytes[this.#base + 4] | (this.bytes[this.#base + 5] << 8);
    if (count !== COUNT_UNKNOWN) return count;
    let counted = 0;
    for (let position = this.first(); position !== 0; position = this.next(position)) counted++;
    return counted;
  }

  // Walking. Positions are of elements; 0 is none.

  /** The first element. */
  first(): number {
    return this.#totalBytes === LISTPACK_EMPTY_BYTES ? 0 : HEADER_BYTES;
  }

  /** The last element. */
  last(): number {
    return this.previous(this.#totalBytes - 1);
  }

  /** The element behind one. */
  next(position: number): number {
    const next = position + this.#elementBytes(position);
    return next === this.#totalBytes - 1 ? 0 : next;
  }

  /** The element before one. */
  previous(position: number): number {
    if (position <= HEADER_BYTES) return 0;
    const bytes = backLength(this.bytes, this.#base + position - 1);
    return position - bytes - backLengthBytes(bytes);
  }

  /** The element with an index; negative ones count from the end. */
  at(index: number): number {
    const count = this.bytes[this.#base + 4] | (this.bytes[this.#base + 5] << 8);
    if (count !== COUNT_UNKNOWN) {
      if (index >= count || index < -count) return 0;
      if (index >= 0 && index > count >> 1) index -= count;
      else if (index < 0 && -index > count >> 1) index += count;
    }
    let position = index < 0 ? this.last() : this.first();
    if (index < 0) { for (; position !== 0 && index < -1; index++) position = this.previous(position); }
    else for (; position !== 0 && index > 0; index--) position = this.next(position);
    return position;
  }

  /** Shows the element at a position. */
  read(position: number): this {
    const { bytes } = this;
    const at = this.#base + position;
    const first = bytes[at];
    if (first < 0x80) {
      this.isInteger = true;
      this.exactInteger = first;
    } else if (first < INTEGER_13) {
      this.isInteger = false;
      this.start = at + 1;
      this.length = first & 0x3f;
    } else if (first >= STRING_12 && first <= STRING_32) {
      const long = first === STRING_32;
      this.isInteger = false;
      this.start = at + (long ? 5 : 2);
      this.length = long ? wordAt(bytes, at + 1) : ((first & 0x0f) << 8) | bytes[at + 1];
    } else {
      this.isInteger = true;
      this.exactInteger = integerAt(bytes, at);
    }
    return this;
  }

  /** The element at a position, when it is an integer; NaN for strings. Rounded beyond 2^53. */
  integerAt(position: number): number {
    const at = this.#base + position;
    const first = this.bytes[at];
    if (first < 0x80) return first;
    if (first < INTEGER_13 || (first >= STRING_12 && first <= STRING_32)) return NaN;
    return Number(integerAt(this.bytes, at));
  }

  /** Whether the element at a position is this string. */
  equals(position: number, source: Uint8Array, start: number, size: number): boolean {
    return this.matches(position, source, start, size, integerSpelled(source, start, size));
  }

  /** Whether the element at a position is a string of which it is known which integer it spells; NaN: none. */
  matches(position: number, source: Uint8Array, start: number, size: number, integer: Int64): boolean {
    const { bytes } = this;
    const at = this.#base + position;
    const first = bytes[at];
    let from = at + 1;
    if (first < 0x80) return integer === first;
    if (first < INTEGER_13) {
      if ((first & 0x3f) !== size) return false;
    } else if (first >= STRING_12 && first <= STRING_32) {
      const long = first === STRING_32;
      if ((long ? wordAt(bytes, at + 1) : ((first & 0x0f) << 8) | bytes[at + 1]) !== size) return false;
      from = at + (long ? 5 : 2);
    } else return integer === integer && integer === integerAt(bytes, at);
    for (let i = 0; i < size; i++) if (bytes[from + i] !== source[start + i]) return false;
    return true;
  }

  /**
   * The first element from `position` on that is this string; after each that is not, `skip` elements are passed by. 0 where
   * there is none.
   */
  find(position: number, source: Uint8Array, start: number, size: number, skip = 0): number {
    const integer = integerSpelled(source, start, size);
    while (position !== 0) {
      if (this.matches(position, source, start, size, integer)) return position;
      position = this.next(position);
      for (let left = skip; left > 0 && position !== 0; left--) position = this.next(position);
    }
    return 0;
  }

  // Changing.

  /** Makes room for so many more bytes, so that adding up to there allocates nothing. */
  reserve(bytes: number): void {
    const total = this.#totalBytes + bytes;
    if (total > this.heap.blockBytes(this.ref)) this.#opened(this.heap.resize(this.ref, this.#totalBytes, total));
  }

  /** Moves to the smallest block that holds it. */
  shrinkToFit(): void {
    if (this.heap.blockBytesFor(this.#totalBytes) < this.heap.blockBytes(this.ref)) this.#move();
  }

  /** Puts a string before the element at a position, or at the end for 0; its position. Kept as an integer where it spells one. */
  insert(before: number, source: Uint8Array, start: number, size: number): number {
    return this.#put(before, 0, source, start, size, integerSpelled(source, start, size));
  }

  /** The same for an integer. */
  insertInteger(before: number, value: Int64): number {
    return this.#put(before, 0, NOTHING, 0, 0, value);
  }

  /** Puts a string in the place of the element at a position. */
  replace(position: number, source: Uint8Array, start: number, size: number): void {
    this.#put(position, this.#elementBytes(position), source, start, size, integerSpelled(source, start, size));
  }

  /** The same for an integer. */
  replaceInteger(position: number, value: Int64): void {
    this.#put(position, this.#elementBytes(position), NOTHING, 0, 0, value);
  }

  /** Takes out `count` elements from a position on; the position of the one behind them. */
  remove(position: number, count = 1): number {
    let end = position;
    let removed = 0;
    for (; removed < count && end !== this.#totalBytes - 1; removed++) end += this.#elementBytes(end);
    const total = this.#totalBytes - (end - position);
    this.heap.willWrite(this.ref, this.#totalBytes);
    moveBytes(this.bytes, this.#base + end, this.#base + position, this.#totalBytes - end);
    this.#setTotal(total);
    this.#addCount(-removed);
    this.#shrink();
    return position === total - 1 ? 0 : position;
  }

  /** Adds all elements of another listpack at the end, or at the front. */
  join(other: Listpack, atFront = false): void {
    const added = other.#totalBytes - LISTPACK_EMPTY_BYTES;
    const count = other.count;
    const at = atFront ? HEADER_BYTES : this.#totalBytes - 1;
    this.#open(at, at, added);
    copyBytes(other.bytes, other.#base + HEADER_BYTES, this.bytes, this.#base + at, added);
    this.#addCount(count);
  }

  /** A new block with the elements from a position on, which leave this one. */
  split(position: number): Ref {
    const moved = this.#totalBytes - 1 - position;
    let count = 0;
    for (let at = position; at !== 0; at = this.next(at)) count++;
    const tail = new Listpack(this.heap).open(Listpack.create(this.heap, moved + LISTPACK_EMPTY_BYTES));
    tail.#open(HEADER_BYTES, HEADER_BYTES, moved);
    copyBytes(this.bytes, this.#base + position, tail.bytes, tail.#base + HEADER_BYTES, moved);
    tail.#addCount(count);
    this.remove(position, count);
    return tail.ref;
  }

  /** Replaces `oldBytes` of elements at a position by a new one. */
  #put(before: number, oldBytes: number, source: Uint8Array, start: number, size: number, integer: Int64): number {
    const position = before === 0 ? this.#totalBytes - 1 : before;
    const isInteger = integer === integer;
    const content = isInteger ? integerBytes(integer) : stringBytes(size);
    const element = content + backLengthBytes(content);
    this.#open(position, position + oldBytes, element);
    const { bytes } = this;
    const at = this.#base + position;
    if (isInteger) writeInteger(bytes, at, integer, content);
    else writeString(bytes, at, source, start, size);
    writeBackLength(bytes, at + content, content);
    if (oldBytes === 0) this.#addCount(1);
    return position;
  }

  /** Makes the bytes between two positions `size` bytes long, their contents arbitrary. */
  #open(from: number, to: number, size: number): void {
    const total = this.#totalBytes + size - (to - from);
    assert(total < 2 ** 32, "listpack is longer than its header can say");
    const growth = total - this.#totalBytes;
    if (total > this.heap.blockBytes(this.ref)) this.#opened(this.heap.resize(this.ref, this.#totalBytes, total));
    this.heap.willWrite(this.ref, Math.max(total, this.#totalBytes));
    if (growth !== 0) {
      moveBytes(this.bytes, this.#base + to, this.#base + to + growth, this.#totalBytes - to);
      this.#setTotal(total);
      if (growth < 0) this.#shrink();
    }
  }

  /** Moves to a smaller block where a quarter of this one is not needed. */
  #shrink(): void {
    if (this.heap.blockBytesFor(this.#totalBytes) <= this.heap.blockBytes(this.ref) * 0.75) this.#move();
  }

  #move(): void {
    const { heap, ref } = this;
    const total = this.#totalBytes;
    const moved = heap.allocateBeyond(total);
    heap.copy(ref, moved, total);
    heap.free(ref);
    this.#opened(moved);
  }

  #opened(ref: Ref): void {
    if (ref === this.ref) return;
    const { u8, i32 } = this.heap.segments[ref >>> SEGMENT_SHIFT];
    this.ref = ref;
    this.bytes = u8;
    this.#words = i32;
    this.#base = byteOf(ref);
  }

  #setTotal(bytes: number): void {
    this.#totalBytes = bytes;
    this.#words[wordOf(this.ref)] = bytes;
  }

  /** Counts on; the block is ready to be written. */
  #addCount(change: number): void {
    const at = this.#base + 4;
    let count = this.bytes[at] | (this.bytes[at + 1] << 8);
    if (count === COUNT_UNKNOWN && change > 0) return;
    count = count === COUNT_UNKNOWN ? this.count : count + change;
    if (count > COUNT_UNKNOWN) count = COUNT_UNKNOWN;
    this.bytes[at] = count;
    this.bytes[at + 1] = count >>> 8;
  }

  #elementBytes(position: number): number {
    const content = contentBytes(this.bytes, this.#base + position);
    return content + backLengthBytes(content);
  }
}

/** Whether bytes are a listpack, each element checked. */
export function isListpack(bytes: Uint8Array): boolean {
  if (bytes.length < LISTPACK_EMPTY_BYTES || wordAt(bytes, 0) !== bytes.length) return false;
  const end = bytes.length - 1;
  if (bytes[end] !== END) return false;
  let count = 0;
  let at = HEADER_BYTES;
  for (; at < end; count++) {
    const first = bytes[at];
    const header = first === STRING_32 ? 5 : first >= STRING_12 && first < STRING_32 ? 2 : 1;
    if (first > INTEGER_64 || at + header >= end) return false;
    const content = contentBytes(bytes, at);
    const next = at + content + backLengthBytes(content);
    if (next > end || backLength(bytes, next - 1) !== content) return false;
    at = next;
  }
  const stated = bytes[4] | (bytes[5] << 8);
  return at === end && (stated === COUNT_UNKNOWN || stated === count);
}

/** Bytes of the element's encoding, length and content. */
function contentBytes(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first < 0x80) return 1;
  if (first < INTEGER_13) return 1 + (first & 0x3f);
  if (first < STRING_12) return 2;
  if (first < STRING_32) return 2 + (((first & 0x0f) << 8) | bytes[at + 1]);
  if (first === STRING_32) return 5 + wordAt(bytes, at + 1);
  return first === INTEGER_64 ? 9 : first - INTEGER_16 + 3;
}

function integerAt(bytes: Uint8Array, at: number): Int64 {
  const first = bytes[at];
  if (first < 0x80) return first;
  if (first < STRING_12) return ((((first & 0x1f) << 8) | bytes[at + 1]) << 19) >> 19;
  if (first === INTEGER_16) return ((bytes[at + 1] << 16) | (bytes[at + 2] << 24)) >> 16;
  if (first === INTEGER_24) return ((bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >> 8;
  const low = wordAt(bytes, at + 1);
  if (first === INTEGER_32) return low | 0;
  const high = wordAt(bytes, at + 5) | 0;
  const value = high * 4294967296 + low;
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : (BigInt(high) << 32n) | BigInt(low);
}

function writeInteger(bytes: Uint8Array, at: number, value: Int64, content: number): void {
  if (content === 1) bytes[at] = value as number;
  else if (content === 2) {
    bytes[at] = INTEGER_13 | (((value as number) >> 8) & 0x1f);
    bytes[at + 1] = value as number;
  } else if (content <= 5) {
    bytes[at] = INTEGER_16 + content - 3;
    for (let i = 1, rest = value as number; i < content; i++, rest >>= 8) bytes[at + i] = rest;
  } else {
    bytes[at] = INTEGER_64;
    const exact = BigInt(value);
    const low = Number(BigInt.asUintN(32, exact));
    const high = Number(BigInt.asIntN(32, exact >> 32n));
    for (let i = 0; i < 4; i++) {
      bytes[at + 1 + i] = low >>> (8 * i);
      bytes[at + 5 + i] = high >> (8 * i);
    }
  }
}

function writeString(bytes: Uint8Array, at: number, source: Uint8Array, start: number, size: number): void {
  let from = at + 1;
  if (size < 64) bytes[at] = SMALL_STRING | size;
  else if (size < 4096) {
    bytes[at] = STRING_12 | (size >>> 8);
    bytes[at + 1] = size;
    from = at + 2;
  } else {
    bytes[at] = STRING_32;
    for (let i = 0; i < 4; i++) bytes[at + 1 + i] = size >>> (8 * i);
    from = at + 5;
  }
  copyBytes(source, start, bytes, from, size);
}

/** Seven bits a byte, the highest first; all but the first have their top bit set, so it can be read from its end. */
function writeBackLength(bytes: Uint8Array, at: number, length: number): void {
  const last = at + backLengthBytes(length) - 1;
  for (let i = last; i > at; i--, length >>>= 7) bytes[i] = (length & 127) | 128;
  bytes[at] = length;
}

/** Reads a back length that ends at `at`. */
function backLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] < 128) return bytes[at];
  let value = 0;
  for (let shift = 0; shift <= 28; shift += 7, at--) {
    value += (bytes[at] & 127) * 2 ** shift;
    if ((bytes[at] & 128) === 0) break;
  }
  return value;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

const NOTHING = new Uint8Array(0);
const NO_WORDS = new Int32Array(0);
