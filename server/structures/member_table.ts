/**
 * Byte strings, many of them, each once: a hash table of blocks that hold one each.
 *
 *     block  [ bytes: 4 | the string ]
 *
 * `member` shows the string that is visited or was chosen, until the table changes. What a change needs is allocated before
 * anything is changed.
 *
 * @module
 */
import type { Random } from "../base/random.ts";
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { BytesElement, type ElementView } from "./element.ts";
import { ELEMENTS_PER_FREED_SEGMENT, HashTable, SEGMENT_SLOTS } from "./hash_table.ts";
import type { Key } from "./key.ts";

const LENGTH = 0;
const CONTENT = 1;
const HEADER_BYTES = CONTENT * 4;
const NO_REFS = new Int32Array(0);

/** A table of members, opened on its header block. */
export class MemberTable {
  readonly #member = new BytesElement();
  readonly #table: HashTable;
  /** The member that is shown. */
  #shown: Ref = 0;
  // A walk: the members of the present segment, and the place of the next one.
  #refs: Int32Array = NO_REFS;
  #at = 0;
  #end = 0;
  #place = 0;

  constructor(readonly heap: Heap) {
    this.#table = new HashTable(heap, LENGTH, CONTENT);
  }

  /** Makes an empty table; its header block. */
  static create(heap: Heap): Ref {
    return HashTable.create(heap);
  }

  /** Opens a table by its header block. */
  open(header: Ref): this {
    this.#table.open(header);
    return this;
  }

  /** The header block. */
  get header(): Ref {
    return this.#table.header;
  }

  /** Number of members. */
  get count(): number {
    return this.#table.count;
  }

  /** Whether a member is there. */
  has(key: Key): boolean {
    return this.#table.find(key) !== 0;
  }

  /** Adds a member; whether it is new. */
  add(key: Key): boolean {
    if (this.#table.find(key) !== 0) return false;
    const ref = this.heap.allocate(HEADER_BYTES + key.length);
    const segment = this.heap.segments[ref >>> SEGMENT_SHIFT];
    const at = wordOf(ref);
    segment.i32[at + LENGTH] = key.length;
    key.writeTo(segment.i32, at + CONTENT, segment.u8);
    this.#table.insert(key.hash, ref);
    return true;
  }

  /** Removes a member; whether it was there. */
  remove(key: Key): boolean {
    const ref = this.#table.find(key);
    if (ref === 0) return false;
    this.#table.remove();
    this.heap.free(ref);
    return true;
  }

  /** Removes the member that {@linkcode MemberTable.random} chose. */
  removeShown(): void {
    this.#table.findElement(this.#table.hashOf(this.#shown), this.#shown);
    this.#table.remove();
    this.heap.free(this.#shown);
  }

  /** Shows a fair random member; the table must not be empty. */
  random(random: Random): ElementView {
    return this.show(this.#table.random(random));
  }

  /** What tells the member that is shown from all others. */
  get shown(): Ref {
    return this.#shown;
  }

  /** Points a key at the member that is shown. */
  loadShown(key: Key): Key {
    const { i32, u8 } = this.heap.segments[this.#shown >>> SEGMENT_SHIFT];
    const at = wordOf(this.#shown);
    return key.loadWords(u8, i32, at + CONTENT, i32[at + LENGTH]);
  }

  /** Visits the members of one position, for {@linkcode MemberTable.show}; the position after it. 0 begins and ends. */
  scan(position: number, visit: (ref: Ref) => void): number {
    return this.#table.scan(position, visit);
  }

  /** Begins a walk over all members. The table must not change meanwhile. */
  rewind(): void {
    if (this.#refs === NO_REFS) this.#refs = new Int32Array(SEGMENT_SLOTS);
    this.#at = 0;
    this.#end = 0;
    this.#place = 0;
  }

  /** Shows the next member of the walk, null at the end. */
  next(): ElementView | null {
    while (this.#at === this.#end) {
      if (this.#place < 0) return null;
      this.#at = 0;
      this.#end = this.#table.elementsAt(this.#place, this.#refs);
      this.#place = this.#table.placeAfter(this.#place);
    }
    return this.show(this.#refs[this.#at++]);
  }

  /** A copy of the table; `rooted` is told its header before it is filled, so that it can be freed where memory ends. */
  copy(rooted: (header: Ref) => void): void {
    const { heap } = this;
    const header = HashTable.create(heap);
    rooted(header);
    const target = new HashTable(heap, LENGTH, CONTENT).open(header);
    this.#table.forEach((ref) => {
      const bytes = HEADER_BYTES + this.show(ref).length;
      const copy = heap.allocate(bytes);
      heap.copy(ref, copy, bytes);
      target.insert(target.hashOf(copy), copy);
    });
  }

  /** Frees all of it. */
  release(): void {
    this.#table.forEach((ref) => this.heap.free(ref));
    this.#table.release();
  }

  /** Frees about so many members of a table that is only opened again to go on with it; true when all of it is gone. */
  releasePart(membersMax: number): boolean {
    if (this.#table.drainPart(membersMax, (ref) => this.heap.free(ref))) return false;
    return this.#table.releasePart(Math.ceil(membersMax / ELEMENTS_PER_FREED_SEGMENT));
  }

  /** Reports all blocks. */
  visitBlocks(visit: BlockVisitor): void {
    this.#table.visitBlocks(visit);
    this.#table.forEach(visit);
  }

  /** Bytes of all blocks, by those of about `samples` members; 0: of all. */
  memoryUsage(samples: number): number {
    let bytes = 0;
    let sampled = 0;
    const visit = (ref: Ref) => {
      bytes += this.heap.blockBytes(ref);
      sampled++;
    };
    if (samples === 0 || samples >= this.count) this.#table.forEach(visit);
    else for (let position = 0; sampled < samples;) position = this.#table.scan(position, visit);
    return this.#table.ownBytes + (sampled === 0 ? 0 : Math.round(bytes / sampled * this.count));
  }

  /** Shows a member by what {@linkcode MemberTable.shown} told. */
  show(ref: Ref): ElementView {
    const { i32, u8 } = this.heap.segments[ref >>> SEGMENT_SHIFT];
    const at = wordOf(ref);
    const member = this.#member;
    this.#shown = ref;
    if (member.bytes !== u8) member.bytes = u8;
    member.start = (at + CONTENT) << 2;
    member.length = i32[at + LENGTH];
    return member;
  }
}
