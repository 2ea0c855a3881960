/**
 * A large sorted set: its elements by member, through a hash table, and by score, through an ordered index.
 *
 *     root   [ header of the table | header of the index ]
 *
 * Adding an element allocates its block first; what table and index then need is granted beyond the heap's limit. So either
 * all three know the element or none does.
 *
 * @module
 */
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { BytesElement, type ElementView } from "./element.ts";
import { ELEMENTS_PER_FREED_SEGMENT, HashTable } from "./hash_table.ts";
import type { Key } from "./key.ts";
import { OrderedIndex } from "./ordered_index.ts";
import {
  createScoredElement,
  elementScore,
  scoredElementTable,
  setElementScore,
  showMember,
} from "./scored_element.ts";

const ROOT_BYTES = 8;

/** A large sorted set, opened on its root block. */
export class ScoredTable {
  /** Elements by member. */
  readonly table: HashTable;
  /** Elements by score and member. */
  readonly index: OrderedIndex;
  #root: Ref = 0;
  readonly #member = new BytesElement();

  constructor(readonly heap: Heap) {
    this.table = scoredElementTable(heap);
    this.index = new OrderedIndex(heap);
  }

  /** Makes an empty one; its root block. */
  static create(heap: Heap): Ref {
    const root = heap.allocate(ROOT_BYTES);
    const words = heap.segments[root >>> SEGMENT_SHIFT].i32;
    words[wordOf(root)] = HashTable.create(heap);
    words[wordOf(root) + 1] = OrderedIndex.create(heap);
    return root;
  }

  /** Opens one by its root block. */
  open(root: Ref): this {
    const words = this.heap.segments[root >>> SEGMENT_SHIFT].i32;
    this.#root = root;
    this.table.open(words[wordOf(root)]);
    this.index.open(words[wordOf(root) + 1]);
    return this;
  }

  /** Number of elements. */
  get count(): number {
    return this.table.count;
  }

  /** Adds an element whose member is not in it. */
  add(member: Key, score: number): void {
    const element = createScoredElement(this.heap, score, member.buffer, member.start, member.length);
    this.table.insert(member.hash, element);
    this.index.insert(score, element);
  }

  /** Finds an element by its member; 0 where there is none. */
  find(member: Key): Ref {
    return this.table.find(member);
  }

  /** The member of an element, until the next call. */
  memberOf(element: Ref): ElementView {
    return showMember(this.heap, element, this.#member);
  }

  /** The score of an element. */
  scoreOf(element: Ref): number {
    return elementScore(this.heap, element);
  }

  /** How many elements come before one. */
  rankOf(element: Ref): number {
    return this.index.rankOf(this.scoreOf(element), element);
  }

  /** Gives an element another score. */
  setScore(element: Ref, score: number): void {
    this.index.update(this.scoreOf(element), element, score);
    setElementScore(this.heap, element, score);
  }

  /** Takes out the element that was just found by its member, and frees it. */
  removeFound(element: Ref): void {
    this.table.remove();
    this.index.remove(this.scoreOf(element), element);
    this.heap.free(element);
  }

  /** Takes out the element at a rank, and frees it. */
  removeAt(rank: number): void {
    const element = this.index.takeAt(rank);
    this.table.findElement(this.table.hashOf(element), element);
    this.table.remove();
    this.heap.free(element);
  }

  /** Frees everything. */
  release(): void {
    this.table.forEach((element) => this.heap.free(element));
    this.table.release();
    this.#releaseIndex();
  }

  /** Frees about so many elements, then nodes of as many, of a set that nobody will use again; true when nothing is left. */
  freePart(elementsMax: number): boolean {
    if (this.table.count > 0) {
      this.table.drainPart(elementsMax, (element) => this.heap.free(element));
      return false;
    }
    if (this.index.freePart(elementsMax)) return false;
    if (!this.table.releasePart(Math.ceil(elementsMax / ELEMENTS_PER_FREED_SEGMENT))) return false;
    this.#releaseIndex();
    return true;
  }

  /** Reports all blocks to the verifier. */
  visitBlocks(visit: BlockVisitor): void {
    visit(this.#root);
    this.table.visitBlocks(visit);
    this.index.visitBlocks(visit);
    this.table.forEach(visit);
  }

  #releaseIndex(): void {
    this.index.release();
    this.heap.free(this.#root);
    this.#root = 0;
  }
}
