/**
 * Blocks that carry a name, in the order of their names' bytes: the groups of a stream, the consumers of a group.
 *
 *     block [ count | room | ref… ]
 *
 * One sorted array: there are tens of them, seldom thousands, and they are listed more often than added.
 *
 * @module
 */
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";

const COUNT = 0;
const ROOM = 1;
const FIRST = 2;
const ROOM_MIN = 2;

/** An index, opened on its block. `lengthWord` says where in a named block the length of its name is; the name follows. */
export class NameIndex {
  /** The block; 0 for an index that has never had a name. Changes as the index grows. */
  ref: Ref;

  constructor(readonly heap: Heap, readonly lengthWord: number, ref: Ref) {
    this.ref = ref;
  }

  get count(): number {
    return this.ref === 0 ? 0 : this.#words(this.ref)[wordOf(this.ref) + COUNT];
  }

  at(i: number): Ref {
    return this.#words(this.ref)[wordOf(this.ref) + FIRST + i];
  }

  /** The named block, 0 where there is none. */
  find(name: Uint8Array, start: number, size: number): Ref {
    const place = this.#place(name, start, size);
    return place < this.count && this.#compare(this.at(place), name, start, size) === 0 ? this.at(place) : 0;
  }

  /** Adds a block whose name is not there. */
  insert(named: Ref, name: Uint8Array, start: number, size: number): void {
    const place = this.#place(name, start, size);
    const count = this.count;
    if (this.ref === 0 || count === this.#words(this.ref)[wordOf(this.ref) + ROOM]) this.#grow(count);
    const words = this.#words(this.ref);
    const at = wordOf(this.ref);
    this.heap.willWrite(this.ref, (FIRST + count + 1) * 4);
    words.copyWithin(at + FIRST + place + 1, at + FIRST + place, at + FIRST + count);
    words[at + FIRST + place] = named;
    words[at + COUNT] = count + 1;
  }

  /** Takes a block out. */
  remove(named: Ref): void {
    const count = this.count;
    const words = this.#words(this.ref);
    const at = wordOf(this.ref);
    const place = words.subarray(at + FIRST, at + FIRST + count).indexOf(named);
    this.heap.willWrite(this.ref, (FIRST + count) * 4);
    words.copyWithin(at + FIRST + place, at + FIRST + place + 1, at + FIRST + count);
    words[at + COUNT] = count - 1;
  }

  #place(name: Uint8Array, start: number, size: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.at(middle), name, start, size) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(named: Ref, name: Uint8Array, start: number, size: number): number {
    const { i32, u8 } = this.heap.segments[named >>> SEGMENT_SHIFT];
    const at = wordOf(named) + this.lengthWord;
    const length = i32[at];
    const own = (at + 1) << 2;
    for (let i = 0; i < Math.min(length, size); i++) {
      const difference = u8[own + i] - name[start + i];
      if (difference !== 0) return difference;
    }
    return length - size;
  }

  #grow(count: number): void {
    const room = Math.max(ROOM_MIN, count * 2);
    const larger = this.heap.allocate((FIRST + room) * 4);
    const words = this.#words(larger);
    const at = wordOf(larger);
    for (let i = 0; i < count; i++) words[at + FIRST + i] = this.at(i);
    words[at + COUNT] = count;
    words[at + ROOM] = room;
    if (this.ref !== 0) this.heap.free(this.ref);
    this.ref = larger;
  }

  #words(ref: Ref): Int32Array {
    return this.heap.segments[ref >>> SEGMENT_SHIFT].i32;
  }
}
