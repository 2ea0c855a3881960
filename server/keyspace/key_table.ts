/**
 * What a database needs of a table of entries, so that it can be one hash table or, in a cluster, one per hash slot.
 *
 * @module
 */
import { HASH_SLOTS, hashSlot } from "../base/crc16.ts";
import type { Random } from "../base/random.ts";
import type { Heap } from "../heap/heap.ts";
import type { Ref } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { ENTRY_KEY_WORD, ENTRY_LENGTH_WORD } from "../structures/entry.ts";
import { HashTable } from "../structures/hash_table.ts";
import type { Key } from "../structures/key.ts";

/** The part of {@linkcode HashTable} that databases use; see there. */
export interface KeyTable {
  readonly count: number;
  readonly capacity: number;
  readonly ownBytes: number;
  find(key: Key): Ref;
  findEntry(key: Key, ref: Ref): boolean;
  insertEntry(key: Key, ref: Ref): void;
  replace(ref: Ref): void;
  remove(): void;
  scan(position: number, visit: (ref: Ref) => void): number;
  drain(position: number, visit: (ref: Ref) => void): number;
  forEach(visit: (ref: Ref) => void): void;
  random(random: Random): Ref;
  sample(random: Random, count: number, visit: (ref: Ref) => void): void;
  release(): void;
  releasePart(segmentsMax: number): boolean;
  visitBlocks(visit: BlockVisitor): void;
}

/** All entries in one hash table. */
export class PlainKeyTable extends HashTable implements KeyTable {
  constructor(heap: Heap) {
    super(heap, ENTRY_LENGTH_WORD, ENTRY_KEY_WORD);
    this.open(HashTable.create(heap));
  }

  findEntry(key: Key, ref: Ref): boolean {
    return this.findElement(key.hash, ref);
  }

  insertEntry(key: Key, ref: Ref): void {
    this.insert(key.hash, ref);
  }
}

/**
 * One hash table for each cluster hash slot, made with the slot's first entry: the keys of a slot are counted and
 * enumerated without looking at others. A position holds the slot above the 32 bits of the table's own. A fair random
 * entry needs the slot in proportion to its count, which a tree of partial sums (Fenwick) finds in 14 steps.
 */
export class SlottedKeyTable implements KeyTable {
  #count = 0;
  readonly #headers = new Int32Array(HASH_SLOTS);
  readonly #sums = new Int32Array(HASH_SLOTS + 1);
  readonly #table: HashTable;
  #slot = 0;

  constructor(readonly heap: Heap) {
    this.#table = new HashTable(heap, ENTRY_LENGTH_WORD, ENTRY_KEY_WORD);
  }

  get count(): number {
    return this.#count;
  }

  get capacity(): number {
    let slots = 0;
    this.#forEachTable((table) => slots += table.capacity);
    return slots;
  }

  get ownBytes(): number {
    let bytes = 0;
    this.#forEachTable((table) => bytes += table.ownBytes);
    return bytes;
  }

  /** Number of keys in a slot. */
  countInSlot(slot: number): number {
    return this.#open(slot) ? this.#table.count : 0;
  }

  /** Visits the entries of a slot. `visit` must not change the table. */
  forEachInSlot(slot: number, visit: (ref: Ref) => void): void {
    if (this.#open(slot)) this.#table.forEach(visit);
  }

  find(key: Key): Ref {
    return this.#open(slotOf(key)) ? this.#table.find(key) : 0;
  }

  findEntry(key: Key, ref: Ref): boolean {
    return this.#open(slotOf(key)) && this.#table.findElement(key.hash, ref);
  }

  insertEntry(key: Key, ref: Ref): void {
    const slot = slotOf(key);
    if (!this.#open(slot)) {
      this.#headers[slot] = HashTable.create(this.heap);
      this.#open(slot);
    }
    this.#table.insert(key.hash, ref);
    this.#add(slot, 1);
  }

  replace(ref: Ref): void {
    this.#table.replace(ref);
  }

  remove(): void {
    this.#table.remove();
    this.#add(this.#slot, -1);
    if (this.#table.count > 0) return;
    this.#table.release();
    this.#headers[this.#slot] = 0;
  }

  scan(position: number, visit: (ref: Ref) => void): number {
    return this.#walk(position, (within) => this.#table.scan(within, visit));
  }

  drain(position: number, visit: (ref: Ref) => void): number {
    return this.#walk(position, (within) => {
      const before = this.#table.count;
      const next = this.#table.drain(within, visit);
      this.#add(this.#slot, this.#table.count - before);
      return next;
    });
  }

  /** One step within the table of the position's slot or of the next slot that has one. */
  #walk(position: number, step: (within: number) => number): number {
    let slot = Math.floor(position / 2 ** 32);
    while (slot < HASH_SLOTS && !this.#open(slot)) slot++;
    if (slot === HASH_SLOTS) return 0;
    const within = slot === Math.floor(position / 2 ** 32) ? position % 2 ** 32 : 0;
    const next = step(within);
    if (next > 0) return slot * 2 ** 32 + next;
    return slot + 1 < HASH_SLOTS ? (slot + 1) * 2 ** 32 : 0;
  }

  forEach(visit: (ref: Ref) => void): void {
    this.#forEachTable((table) => table.forEach(visit));
  }

  random(random: Random): Ref {
    if (this.#count === 0) return 0;
    this.#open(this.#slotAt(random.below(this.#count)));
    return this.#table.random(random);
  }

  sample(random: Random, count: number, visit: (ref: Ref) => void): void {
    if (this.#count === 0) return;
    this.#open(this.#slotAt(random.below(this.#count)));
    this.#table.sample(random, count, visit);
  }

  releasePart(segmentsMax: number): boolean {
    let left = segmentsMax;
    for (let slot = 0; slot < HASH_SLOTS; slot++) {
      if (!this.#open(slot)) continue;
      if (left-- === 0) return false;
      this.#table.release();
      this.#headers[slot] = 0;
    }
    return true;
  }

  release(): void {
    this.#forEachTable((table) => table.release());
    this.#headers.fill(0);
    this.#sums.fill(0);
    this.#count = 0;
  }

  visitBlocks(visit: BlockVisitor): void {
    this.#forEachTable((table) => table.visitBlocks(visit));
  }

  #open(slot: number): boolean {
    const header = this.#headers[slot];
    if (header === 0) return false;
    this.#slot = slot;
    this.#table.open(header);
    return true;
  }

  #forEachTable(visit: (table: HashTable) => void): void {
    for (let slot = 0; slot < HASH_SLOTS; slot++) if (this.#open(slot)) visit(this.#table);
  }

  #add(slot: number, difference: number): void {
    this.#count += difference;
    for (let i = slot + 1; i <= HASH_SLOTS; i += i & -i) this.#sums[i] += difference;
  }

  /** The slot of the n-th entry. */
  #slotAt(n: number): number {
    let slot = 0;
    for (let step = HASH_SLOTS; step > 0; step >>= 1) {
      if (slot + step <= HASH_SLOTS && this.#sums[slot + step] <= n) {
        slot += step;
        n -= this.#sums[slot];
      }
    }
    return slot;
  }
}

function slotOf(key: Key): number {
  return hashSlot(key.buffer, key.start, key.length);
}
