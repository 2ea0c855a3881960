/**
 * Entries of the keyspace: one heap block that holds a key, its deadline, its access stamp and its value or the way to it.
 *
 *     word 0   kind: 8 bits | access stamp (LRU seconds or LFU minutes and counter): 24 bits
 *     word 1   key length: 30 bits | deadline flag: bit 30
 *     word 2   value word: length of inline bytes, ref of a root block, or index of an object
 *     [2 words deadline, Unix milliseconds, low word first]
 *     key, then inline bytes right behind it, or an inline integer (2 words, low first) at the next word
 *
 * A *kind* is a type with an encoding; its *form* says what follows the key. The functions here are the only place that
 * knows the layout. A 16-byte key with a 64-byte value takes 92 bytes.
 *
 * @module
 */
import { type Int64, toInt64 } from "../base/number.ts";
import type { Heap } from "../heap/heap.ts";
import { byteOf, type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import { KEY_LENGTH_MASK, KEY_SHIFTED_FLAG } from "./hash_table.ts";
import type { Key } from "./key.ts";

/** Where an element of the keyspace's tables keeps the length of its key. */
export const ENTRY_LENGTH_WORD = 1;
/** Where the key begins, in an entry without deadline. */
export const ENTRY_KEY_WORD = 3;

const VALUE_WORD = 2;
const DEADLINE_WORD = 3;
const DEADLINE_WORDS = 2;
const HEADER_BYTES = 12;
const TWO_32 = 4294967296;

/** A 64-bit integer behind the key. */
export const FORM_INTEGER = 0;
/** Bytes behind the key. */
export const FORM_INLINE = 1;
/** Bytes in a block of their own: a word with the length, then the bytes. */
export const FORM_SEPARATE = 2;
/** A root block in the heap, opened by the type. */
export const FORM_ROOT = 3;
/** A JavaScript object of the type. */
export const FORM_OBJECT = 4;

/** Bytes of an entry with so long a key and so many bytes of inline value. */
export function entryBytes(keyBytes: number, inlineBytes: number, hasDeadline: boolean): number {
  return HEADER_BYTES + (hasDeadline ? 4 * DEADLINE_WORDS : 0) + keyBytes + inlineBytes;
}

/** Bytes that an inline integer takes behind a key: up to three to the next word, and eight. */
export function inlineIntegerBytes(keyBytes: number): number {
  return 8 + ((4 - (keyBytes & 3)) & 3);
}

/** Writes header and key of a new entry; the deadline, if it has one, is still to be set. */
export function initEntry(heap: Heap, ref: Ref, kind: number, access: number, key: Key, hasDeadline: boolean): void {
  const segment = heap.segments[ref >>> SEGMENT_SHIFT];
  const at = wordOf(ref);
  segment.i32[at] = kind | (access << 8);
  segment.i32[at + ENTRY_LENGTH_WORD] = key.length | (hasDeadline ? KEY_SHIFTED_FLAG : 0);
  segment.i32[at + VALUE_WORD] = 0;
  key.writeTo(segment.i32, at + (hasDeadline ? ENTRY_KEY_WORD + DEADLINE_WORDS : ENTRY_KEY_WORD), segment.u8);
}

/** Type and encoding, as an index into the server's kinds. */
export function entryKind(heap: Heap, ref: Ref): number {
  return heap.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref)] & 0xff;
}

export function setEntryKind(heap: Heap, ref: Ref, kind: number): void {
  heap.willWrite(ref, 4);
  const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
  const at = wordOf(ref);
  words[at] = (words[at] & ~0xff) | kind;
}

/** The 24 bits of LRU or LFU. */
export function entryAccess(heap: Heap, ref: Ref): number {
  return heap.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref)] >>> 8;
}

export function setEntryAccess(heap: Heap, ref: Ref, access: number): void {
  const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
  const at = wordOf(ref);
  const word = (words[at] & 0xff) | (access << 8);
  if (words[at] === word) return;
  heap.willWrite(ref, 4);
  words[at] = word;
}

export function entryValueWord(heap: Heap, ref: Ref): number {
  return heap.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref) + VALUE_WORD];
}

export function setEntryValueWord(heap: Heap, ref: Ref, value: number): void {
  heap.willWrite(ref, HEADER_BYTES);
  heap.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref) + VALUE_WORD] = value;
}

export function entryHasDeadline(heap: Heap, ref: Ref): boolean {
  return (heap.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref) + ENTRY_LENGTH_WORD] & KEY_SHIFTED_FLAG) !== 0;
}

/** Unix milliseconds, or -1 without a deadline; rounded beyond 2^53. */
export function entryDeadline(heap: Heap, ref: Ref): number {
  const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
  const at = wordOf(ref);
  if ((words[at + ENTRY_LENGTH_WORD] & KEY_SHIFTED_FLAG) === 0) return -1;
  return words[at + DEADLINE_WORD + 1] * TWO_32 + (words[at + DEADLINE_WORD] >>> 0);
}

/** The same, exact. */
export function entryExactDeadline(heap: Heap, ref: Ref): Int64 {
  const deadlineMs = entryDeadline(heap, ref);
  if (deadlineMs <= Number.MAX_SAFE_INTEGER) return deadlineMs;
  const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
  const at = wordOf(ref) + DEADLINE_WORD;
  return toInt64((BigInt(words[at + 1]) << 32n) | BigInt(words[at] >>> 0))!;
}

/** Sets the deadline of an entry that has room for one; it is not negative. */
export function setEntryDeadline(heap: Heap, ref: Ref, deadlineMs: Int64): void {
  heap.willWrite(ref, HEADER_BYTES + 4 * DEADLINE_WORDS);
  const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
  const at = wordOf(ref) + DEADLINE_WORD;
  if (typeof deadlineMs === "number") {
    words[at] = deadlineMs | 0;
    words[at + 1] = Math.floor(deadlineMs / TWO_32);
  } else {
    words[at] = Number(BigInt.asIntN(32, deadlineMs));
    words[at + 1] = Number(deadlineMs >> 32n);
  }
}

/** Gives an entry the deadline of another one; both have room for it. */
export function copyEntryDeadline(heap: Heap, from: Ref, to: Ref): void {
  heap.willWrite(to, HEADER_BYTES + 4 * DEADLINE_WORDS);
  const source = heap.segments[from >>> SEGMENT_SHIFT].i32;
  const target = heap.segments[to >>> SEGMENT_SHIFT].i32;
  const fromWord = wordOf(from) + DEADLINE_WORD;
  const toWord = wordOf(to) + DEADLINE_WORD;
  target[toWord] = source[fromWord];
  target[toWord + 1] = source[fromWord + 1];
}

export function entryKeyLength(heap: Heap, ref: Ref): number {
  return heap.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref) + ENTRY_LENGTH_WORD] & KEY_LENGTH_MASK;
}

/** Index of the key's first byte in its segment's `u8`. */
function entryKeyByte(heap: Heap, ref: Ref): number {
  return byteOf(ref) + HEADER_BYTES + (entryHasDeadline(heap, ref) ? 4 * DEADLINE_WORDS : 0);
}

/** Loads an entry's key; good until the entry changes. */
export function loadEntryKey(heap: Heap, ref: Ref, key: Key): Key {
  return key.load(heap.segments[ref >>> SEGMENT_SHIFT].u8, entryKeyByte(heap, ref), entryKeyLength(heap, ref));
}

/** A copy of an entry's key. */
export function copyEntryKey(heap: Heap, ref: Ref): Uint8Array<ArrayBuffer> {
  const start = entryKeyByte(heap, ref);
  return new Uint8Array(heap.segments[ref >>> SEGMENT_SHIFT].u8.subarray(start, start + entryKeyLength(heap, ref)));
}

/** Index of the first inline byte in its segment's `u8`. */
export function entryInlineByte(heap: Heap, ref: Ref): number {
  return entryKeyByte(heap, ref) + entryKeyLength(heap, ref);
}

/** Index of the inline integer in its segment's `i32`. */
export function entryIntegerWord(heap: Heap, ref: Ref): number {
  return (entryInlineByte(heap, ref) + 3) >>> 2;
}
