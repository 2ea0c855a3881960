/**
 * The elements of large sorted sets: one block each, found through a hash table by member and through an ordered index by
 * score and member.
 *
 *     block  [ score: 8 bytes | member's length: 4 bytes | member ]
 *
 * The order of sorted sets is by score, then by the members' bytes. Members that begin alike are common (`user:1000`), so two
 * blocks are compared four bytes at a time.
 *
 * @module
 */
import { copyBytes } from "../base/copy.ts";
import type { Heap } from "../heap/heap.ts";
import { byteOf, doubleOf, type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BytesElement } from "./element.ts";
import { HashTable } from "./hash_table.ts";

const LENGTH_WORD = 2;
const MEMBER_WORD = 3;
const MEMBER_BYTE = MEMBER_WORD * 4;
const SCORE_BYTES = 8;

/** Makes an element. Nothing refers to it yet. */
export function createScoredElement(heap: Heap, score: number, source: Uint8Array, start: number, size: number): Ref {
  const ref = heap.allocate(MEMBER_BYTE + size);
  const segment = heap.segments[ref >>> SEGMENT_SHIFT];
  segment.f64[doubleOf(ref)] = score;
  segment.i32[wordOf(ref) + LENGTH_WORD] = size;
  copyBytes(source, start, segment.u8, byteOf(ref) + MEMBER_BYTE, size);
  return ref;
}

/** A cursor for tables of such elements. */
export function scoredElementTable(heap: Heap): HashTable {
  return new HashTable(heap, LENGTH_WORD, MEMBER_WORD);
}

/** An element's score. */
export function elementScore(heap: Heap, ref: Ref): number {
  return heap.segments[ref >>> SEGMENT_SHIFT].f64[doubleOf(ref)];
}

/** Changes an element's score; an index that holds the element is the caller's to change too. */
export function setElementScore(heap: Heap, ref: Ref, score: number): void {
  heap.willWrite(ref, SCORE_BYTES);
  heap.segments[ref >>> SEGMENT_SHIFT].f64[doubleOf(ref)] = score;
}

/** Shows the member of an element, good until the heap changes. */
export function showMember(heap: Heap, ref: Ref, view: BytesElement): BytesElement {
  const segment = heap.segments[ref >>> SEGMENT_SHIFT];
  if (view.bytes !== segment.u8) view.bytes = segment.u8;
  view.start = byteOf(ref) + MEMBER_BYTE;
  view.length = segment.i32[wordOf(ref) + LENGTH_WORD];
  return view;
}

/** Orders two elements by their members: negative, 0 or positive. */
export function compareElements(heap: Heap, a: Ref, b: Ref): number {
  if (a === b) return 0;
  const first = heap.segments[a >>> SEGMENT_SHIFT];
  const second = heap.segments[b >>> SEGMENT_SHIFT];
  const firstWord = wordOf(a) + MEMBER_WORD;
  const secondWord = wordOf(b) + MEMBER_WORD;
  const firstLength = first.i32[firstWord - 1];
  const secondLength = second.i32[secondWord - 1];
  const common = firstLength < secondLength ? firstLength : secondLength;
  const words = common >>> 2;
  for (let i = 0; i < words; i++) {
    const x = first.i32[firstWord + i];
    const y = second.i32[secondWord + i];
    if (x !== y) return firstDifference(x, y);
  }
  for (let i = words << 2; i < common; i++) {
    const difference = first.u8[(firstWord << 2) + i] - second.u8[(secondWord << 2) + i];
    if (difference !== 0) return difference;
  }
  return firstLength - secondLength;
}

/** The same for an element and some bytes. */
export function compareElementTo(heap: Heap, ref: Ref, source: Uint8Array, start: number, size: number): number {
  const { u8, i32 } = heap.segments[ref >>> SEGMENT_SHIFT];
  return compareBytes(u8, byteOf(ref) + MEMBER_BYTE, i32[wordOf(ref) + LENGTH_WORD], source, start, size);
}

/** Orders two byte strings as `memcmp` does, the shorter of two that begin alike first. */
export function compareBytes(
  a: Uint8Array,
  aStart: number,
  aSize: number,
  b: Uint8Array,
  bStart: number,
  bSize: number,
): number {
  const common = aSize < bSize ? aSize : bSize;
  for (let i = 0; i < common; i++) {
    const difference = a[aStart + i] - b[bStart + i];
    if (difference !== 0) return difference;
  }
  return aSize - bSize;
}

/** Orders two little-endian words that are not equal by their bytes. */
function firstDifference(x: number, y: number): number {
  const bits = x ^ y;
  const shift = (31 - Math.clz32(bits & -bits)) & 24;
  return ((x >>> shift) & 0xff) - ((y >>> shift) & 0xff);
}
