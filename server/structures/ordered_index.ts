/**
 * The order of a large sorted set: a counted B+ tree over elements (see scored_element.ts), by score, then by member.
 *
 *     leaf   [ entries | next leaf | previous leaf | – | score: 8 bytes × 84 | element × 84 ]
 *     inner  [ children | – | – | – | score × 50 | element × 50 | elements below × 50 | child × 50 ]
 *
 * Nodes have 1 KiB. Scores stand in the nodes, so a search by score touches a few cache lines of each level and no element;
 * members are looked at only where scores are equal. A child's separator is the first entry below it (that of the first
 * child says nothing), and always refers to an element that is there. The counts give an element's rank and the element at
 * a rank in one descent.
 *
 * Nodes that become nearly empty are joined with a neighbour where both fit into three quarters of one; a node without
 * neighbour lives on until it is empty. Adding at either end leaves full leaves behind, so a set that is loaded in order takes
 * 13 bytes per element here, one that is filled at random about 18.
 *
 * Nodes are allocated beyond the heap's limit: whoever adds an element has allocated the element before.
 *
 * @module
 */
import { assert } from "../base/assert.ts";
import { copyBytes, moveBytes } from "../base/copy.ts";
import type { Heap } from "../heap/heap.ts";
import { byteOf, doubleOf, type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { compareElements, compareElementTo } from "./scored_element.ts";

const HEADER_BYTES = 16;
const ROOT = 0;
const HEIGHT = 1;
const COUNT = 2;

const NODE_BYTES = 1024;
/** In words: how many entries or children, and a leaf's neighbours. */
const SIZE = 0;
const NEXT = 1;
const PREVIOUS = 2;
/** In doubles. */
const SCORES = 2;
const LEAF_ENTRIES = 84;
const LEAF_REFS = 4 + LEAF_ENTRIES * 2;
const INNER_CHILDREN = 50;
const INNER_REFS = 4 + INNER_CHILDREN * 2;
const INNER_COUNTS = INNER_REFS + INNER_CHILDREN;
const INNER_NODES = INNER_COUNTS + INNER_CHILDREN;
const HEIGHT_MAX = 16;

const NO_WORDS = new Int32Array(0);
const NO_DOUBLES = new Float64Array(0);

// The way from the root to the leaf of the last search: inner nodes and the child taken in each.
const pathNodes = new Int32Array(HEIGHT_MAX);
const pathSlots = new Int32Array(HEIGHT_MAX);

/** An index, opened on its header block, with a cursor on one entry. */
export class OrderedIndex {
  #header: Ref = 0;
  #root: Ref = 0;
  /** Levels of inner nodes. */
  #height = 0;
  #count = 0;
  #leaf: Ref = 0;
  #slot = 0;
  // The leaf, ready to be walked through: its words, where they begin, its doubles, how many entries it has.
  #words: Int32Array = NO_WORDS;
  #word = 0;
  #doubles: Float64Array = NO_DOUBLES;
  #size = 0;

  constructor(readonly heap: Heap) {}

  /** Makes an empty index; its header block. */
  static create(heap: Heap): Ref {
    const header = heap.allocateBeyond(HEADER_BYTES);
    const root = createNode(heap);
    const words = heap.segments[header >>> SEGMENT_SHIFT].i32;
    const at = wordOf(header);
    words[at + ROOT] = root;
    words[at + HEIGHT] = 0;
    words[at + COUNT] = 0;
    return header;
  }

  /** Opens an index by its header block. */
  open(header: Ref): this {
    const words = this.heap.segments[header >>> SEGMENT_SHIFT].i32;
    const at = wordOf(header);
    this.#header = header;
    this.#root = words[at + ROOT];
    this.#height = words[at + HEIGHT];
    this.#count = words[at + COUNT];
    return this;
  }

  /** Number of elements. */
  get count(): number {
    return this.#count;
  }

  // Changing.

  /** Adds an element that is not in the index. */
  insert(score: number, element: Ref): void {
    this.#descend(score, element);
    for (let level = 0; level < this.#height; level++) this.#addToCount(level, 1);
    const leaf = this.#leaf;
    const slot = this.#slot;
    const { i32 } = this.heap.segments[leaf >>> SEGMENT_SHIFT];
    const size = i32[wordOf(leaf) + SIZE];
    if (size < LEAF_ENTRIES) this.#putEntry(leaf, slot, score, element);
    else this.#splitLeaf(leaf, slot, score, element);
    this.#setShape(this.#root, this.#height, this.#count + 1);
  }

  /** Takes an element out, by the score that it was added with. */
  remove(score: number, element: Ref): void {
    this.#find(score, element);
    this.#removeFound();
  }

  /** Gives an element another score. */
  update(score: number, element: Ref, newScore: number): void {
    this.#find(score, element);
    const leaf = this.#leaf;
    const slot = this.#slot;
    const { i32, f64 } = this.heap.segments[leaf >>> SEGMENT_SHIFT];
    const stays = slot > 0 && slot < i32[wordOf(leaf) + SIZE] - 1 &&
      this.#entryIsBelow(leaf, slot - 1, newScore, element) && !this.#entryIsBelow(leaf, slot + 1, newScore, element);
    if (stays) {
      this.heap.willWrite(leaf, NODE_BYTES);
      f64[doubleOf(leaf) + SCORES + slot] = newScore;
      return;
    }
    this.#removeFound();
    this.insert(newScore, element);
  }

  /** Takes out the element at a rank, `0 ≤ rank < count`, which costs no comparison; it is the caller's then. */
  takeAt(rank: number): Ref {
    this.seek(rank);
    const { element } = this;
    this.#removeFound();
    return element;
  }

  // Ranks.

  /** How many elements come before one that is in the index. */
  rankOf(score: number, element: Ref): number {
    this.#find(score, element);
    return this.#rankOfPath();
  }

  /** How many elements have a lower score; with `inclusive`, a lower one or this. */
  countBelow(score: number, inclusive: boolean): number {
    const { segments } = this.heap;
    let node = this.#root;
    let below = 0;
    for (let level = 0; level < this.#height; level++) {
      const { i32, f64 } = segments[node >>> SEGMENT_SHIFT];
      const word = wordOf(node);
      const slot = scoresBelow(f64, doubleOf(node) + SCORES, 1, i32[word + SIZE], score, inclusive) - 1;
      for (let i = 0; i < slot; i++) below += i32[word + INNER_COUNTS + i];
      node = i32[word + INNER_NODES + slot];
    }
    const { i32, f64 } = segments[node >>> SEGMENT_SHIFT];
    return below + scoresBelow(f64, doubleOf(node) + SCORES, 0, i32[wordOf(node) + SIZE], score, inclusive);
  }

  /**
   * How many elements have a member below some bytes; with `inclusive`, below them or equal. Means something where all scores
   * are the same.
   */
  countBelowMember(source: Uint8Array, start: number, size: number, inclusive: boolean): number {
    const { heap } = this;
    const limit = inclusive ? 1 : 0;
    let node = this.#root;
    let below = 0;
    for (let level = 0; level < this.#height; level++) {
      const { i32 } = heap.segments[node >>> SEGMENT_SHIFT];
      const word = wordOf(node);
      let low = 1;
      let high = i32[word + SIZE];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (compareElementTo(heap, i32[word + INNER_REFS + middle], source, start, size) < limit) low = middle + 1;
        else high = middle;
      }
      for (let i = 0; i < low - 1; i++) below += i32[word + INNER_COUNTS + i];
      node = i32[word + INNER_NODES + low - 1];
    }
    const { i32 } = heap.segments[node >>> SEGMENT_SHIFT];
    const word = wordOf(node);
    let low = 0;
    let high = i32[word + SIZE];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareElementTo(heap, i32[word + LEAF_REFS + middle], source, start, size) < limit) low = middle + 1;
      else high = middle;
    }
    return below + low;
  }

  // Walking.

  /** Puts the cursor on the element at a rank, `0 ≤ rank < count`. */
  seek(rank: number): void {
    let node = this.#root;
    let left = rank;
    for (let level = 0; level < this.#height; level++) {
      const { i32 } = this.heap.segments[node >>> SEGMENT_SHIFT];
      const word = wordOf(node);
      let slot = 0;
      for (; left >= i32[word + INNER_COUNTS + slot]; slot++) left -= i32[word + INNER_COUNTS + slot];
      pathNodes[level] = node;
      pathSlots[level] = slot;
      node = i32[word + INNER_NODES + slot];
    }
    this.#stand(node, left);
  }

  /** The element under the cursor. */
  get element(): Ref {
    return this.#words[this.#word + LEAF_REFS + this.#slot];
  }

  /** The score under the cursor. */
  get score(): number {
    return this.#doubles[(this.#word >>> 1) + SCORES + this.#slot];
  }

  /** Moves the cursor on; false, and no move, at the end. */
  next(): boolean {
    if (this.#slot + 1 < this.#size) this.#slot++;
    else {
      const next = this.#words[this.#word + NEXT];
      if (next === 0) return false;
      this.#stand(next, 0);
    }
    return true;
  }

  /** Moves the cursor back; false, and no move, at the beginning. */
  previous(): boolean {
    if (this.#slot > 0) this.#slot--;
    else {
      const previous = this.#words[this.#word + PREVIOUS];
      if (previous === 0) return false;
      this.#stand(previous, this.#sizeOf(previous) - 1);
    }
    return true;
  }

  // Blocks.

  /** Frees all blocks; the elements are the caller's. */
  release(): void {
    while (this.freePart(Infinity));
    this.heap.free(this.#header);
    this.#header = 0;
  }

  /**
   * Frees nodes of about so many elements, of an index that nobody will search again; false when none is left but the
   * header.
   */
  freePart(elementsMax: number): boolean {
    let left = elementsMax;
    while (this.#root !== 0 && left > 0) left -= this.#freeLastLeaf();
    this.#setShape(this.#root, this.#height, this.#count);
    return this.#root !== 0;
  }

  /** Reports the index's own blocks to the verifier. */
  visitBlocks(visit: BlockVisitor): void {
    visit(this.#header);
    if (this.#root !== 0) this.#visitNode(this.#root, this.#height, visit);
  }

  /** Bytes of the index's own blocks. */
  get ownBytes(): number {
    let bytes = 0;
    this.visitBlocks((ref) => bytes += this.heap.blockBytes(ref));
    return bytes;
  }

  #visitNode(node: Ref, height: number, visit: BlockVisitor): void {
    visit(node);
    if (height === 0) return;
    const { i32 } = this.heap.segments[node >>> SEGMENT_SHIFT];
    const word = wordOf(node);
    for (let i = 0; i < i32[word + SIZE]; i++) this.#visitNode(i32[word + INNER_NODES + i], height - 1, visit);
  }

  /** Frees the last leaf, and the nodes above that have no child then; how many elements it had. */
  #freeLastLeaf(): number {
    let node = this.#root;
    for (let level = 0; level < this.#height; level++) {
      const { i32 } = this.heap.segments[node >>> SEGMENT_SHIFT];
      pathNodes[level] = node;
      node = i32[wordOf(node) + INNER_NODES + i32[wordOf(node) + SIZE] - 1];
    }
    const elements = this.#sizeOf(node);
    this.heap.free(node);
    for (let level = this.#height - 1; level >= 0; level--) {
      const parent = pathNodes[level];
      const size = this.#sizeOf(parent) - 1;
      if (size > 0) {
        this.#setSize(parent, size);
        return elements;
      }
      this.heap.free(parent);
    }
    this.#root = 0;
    this.#height = 0;
    return elements;
  }

  // Searching.

  /** Finds where an element is or belongs: leaf, slot, and the way there. */
  #descend(score: number, element: Ref): void {
    const { segments } = this.heap;
    let node = this.#root;
    for (let level = 0; level < this.#height; level++) {
      const { i32, f64 } = segments[node >>> SEGMENT_SHIFT];
      const word = wordOf(node);
      const scores = doubleOf(node) + SCORES;
      let low = 1;
      let high = i32[word + SIZE];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const separator = f64[scores + middle];
        if (
          separator < score ||
          (separator === score && compareElements(this.heap, i32[word + INNER_REFS + middle], element) <= 0)
        ) low = middle + 1;
        else high = middle;
      }
      pathNodes[level] = node;
      pathSlots[level] = low - 1;
      node = i32[word + INNER_NODES + low - 1];
    }
    let low = 0;
    let high = this.#sizeOf(node);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entryIsBelow(node, middle, score, element)) low = middle + 1;
      else high = middle;
    }
    this.#stand(node, low);
  }

  #stand(leaf: Ref, slot: number): void {
    const { i32, f64 } = this.heap.segments[leaf >>> SEGMENT_SHIFT];
    this.#leaf = leaf;
    this.#slot = slot;
    this.#words = i32;
    this.#word = wordOf(leaf);
    this.#doubles = f64;
    this.#size = i32[this.#word + SIZE];
  }

  #find(score: number, element: Ref): void {
    this.#descend(score, element);
    assert(this.element === element && this.#slot < this.#size, "an element is not in its ordered index");
  }

  #entryIsBelow(leaf: Ref, slot: number, score: number, element: Ref): boolean {
    const { i32, f64 } = this.heap.segments[leaf >>> SEGMENT_SHIFT];
    const own = f64[doubleOf(leaf) + SCORES + slot];
    return own < score ||
      (own === score && compareElements(this.heap, i32[wordOf(leaf) + LEAF_REFS + slot], element) < 0);
  }

  #rankOfPath(): number {
    let rank = this.#slot;
    for (let level = 0; level < this.#height; level++) {
      const node = pathNodes[level];
      const { i32 } = this.heap.segments[node >>> SEGMENT_SHIFT];
      const counts = wordOf(node) + INNER_COUNTS;
      for (let i = 0; i < pathSlots[level]; i++) rank += i32[counts + i];
    }
    return rank;
  }

  // Growing.

  #putEntry(leaf: Ref, slot: number, score: number, element: Ref): void {
    const { i32, f64 } = this.heap.segments[leaf >>> SEGMENT_SHIFT];
    const size = i32[wordOf(leaf) + SIZE];
    this.heap.willWrite(leaf, NODE_BYTES);
    moveEntries(this.heap, leaf, slot, leaf, slot + 1, size - slot);
    f64[doubleOf(leaf) + SCORES + slot] = score;
    i32[wordOf(leaf) + LEAF_REFS + slot] = element;
    i32[wordOf(leaf) + SIZE] = size + 1;
  }

  #splitLeaf(leaf: Ref, slot: number, score: number, element: Ref): void {
    const { heap } = this;
    const fresh = createNode(heap);
    const { i32: neighbours } = heap.segments[leaf >>> SEGMENT_SHIFT];
    const next = neighbours[wordOf(leaf) + NEXT];
    const isFirst = neighbours[wordOf(leaf) + PREVIOUS] === 0;
    const kept = splitPlace(slot, isFirst, next === 0);
    moveEntries(heap, leaf, kept, fresh, 0, LEAF_ENTRIES - kept);
    this.#setSize(fresh, LEAF_ENTRIES - kept);
    this.#setSize(leaf, kept);
    this.#link(leaf, fresh);
    this.#link(fresh, next);
    if (slot > kept || kept === LEAF_ENTRIES) this.#putEntry(fresh, slot - kept, score, element);
    else this.#putEntry(leaf, slot, score, element);
    const { i32, f64 } = heap.segments[fresh >>> SEGMENT_SHIFT];
    const separator = i32[wordOf(fresh) + LEAF_REFS];
    this.#attach(this.#height - 1, fresh, f64[doubleOf(fresh) + SCORES], separator, this.#sizeOf(fresh));
  }

  /** Makes a new node the right neighbour of the one that the way leads to below a level. */
  #attach(level: number, fresh: Ref, score: number, separator: Ref, count: number): void {
    if (level < 0) return this.#raise(fresh, score, separator, count);
    const { heap } = this;
    const node = pathNodes[level];
    const slot = pathSlots[level] + 1;
    const { i32 } = heap.segments[node >>> SEGMENT_SHIFT];
    heap.willWrite(node, NODE_BYTES);
    i32[wordOf(node) + INNER_COUNTS + slot - 1] -= count;
    if (i32[wordOf(node) + SIZE] < INNER_CHILDREN) return putChild(heap, node, slot, score, separator, count, fresh);
    const right = createNode(heap);
    const kept = this.#isLastChild(level) ? INNER_CHILDREN : INNER_CHILDREN >>> 1;
    moveChildren(heap, node, kept, right, 0, INNER_CHILDREN - kept);
    this.#setSize(right, INNER_CHILDREN - kept);
    this.#setSize(node, kept);
    if (slot > kept || kept === INNER_CHILDREN) putChild(heap, right, slot - kept, score, separator, count, fresh);
    else putChild(heap, node, slot, score, separator, count, fresh);
    const { i32: words, f64 } = heap.segments[right >>> SEGMENT_SHIFT];
    const word = wordOf(right);
    let below = 0;
    for (let i = 0; i < words[word + SIZE]; i++) below += words[word + INNER_COUNTS + i];
    this.#attach(level - 1, right, f64[doubleOf(right) + SCORES], words[word + INNER_REFS], below);
  }

  /** Whether the way takes the last child at a level and at all above. */
  #isLastChild(level: number): boolean {
    for (; level >= 0; level--) if (pathSlots[level] !== this.#sizeOf(pathNodes[level]) - 1) return false;
    return true;
  }

  #raise(fresh: Ref, score: number, separator: Ref, count: number): void {
    assert(this.#height < HEIGHT_MAX, "an ordered index is too high");
    const root = createNode(this.heap);
    putChild(this.heap, root, 0, 0, 0, this.#count + 1 - count, this.#root);
    putChild(this.heap, root, 1, score, separator, count, fresh);
    this.#root = root;
    this.#height++;
  }

  // Shrinking.

  /** Takes out the entry of the last search. */
  #removeFound(): void {
    for (let level = 0; level < this.#height; level++) this.#addToCount(level, -1);
    const leaf = this.#leaf;
    if (this.#slot === 0) this.#replaceSeparator();
    const size = this.#sizeOf(leaf) - 1;
    this.heap.willWrite(leaf, NODE_BYTES);
    moveEntries(this.heap, leaf, this.#slot + 1, leaf, this.#slot, size - this.#slot);
    this.#setSize(leaf, size);
    this.#joinUpwards();
    this.#setShape(this.#root, this.#height, this.#count - 1);
  }

  /** The first entry of the leaf goes: the separator that refers to it becomes the entry behind. */
  #replaceSeparator(): void {
    let level = this.#height - 1;
    while (level >= 0 && pathSlots[level] === 0) level--;
    if (level < 0) return;
    const removed = this.#leaf;
    if (!this.next()) return;
    const node = pathNodes[level];
    const slot = pathSlots[level];
    const { i32, f64 } = this.heap.segments[node >>> SEGMENT_SHIFT];
    this.heap.willWrite(node, NODE_BYTES);
    f64[doubleOf(node) + SCORES + slot] = this.score;
    i32[wordOf(node) + INNER_REFS + slot] = this.element;
    this.#stand(removed, 0);
  }

  /** Joins what became small with a neighbour, from the leaf of the last search upwards. */
  #joinUpwards(): void {
    let node = this.#leaf;
    for (let level = this.#height - 1; level >= 0; level--) {
      const isLeaf = level === this.#height - 1;
      const capacity = isLeaf ? LEAF_ENTRIES : INNER_CHILDREN;
      const size = this.#sizeOf(node);
      if (size > capacity >>> 2) break;
      const parent = pathNodes[level];
      if (this.#sizeOf(parent) === 1) {
        if (size > 0) break;
        if (isLeaf) this.#unlink(node);
        this.heap.free(node);
        this.#setSize(parent, 0);
      } else if (!this.#join(parent, Math.max(0, pathSlots[level] - 1), isLeaf, size === 0)) break;
      node = parent;
    }
    this.#lower();
  }

  /** Joins a child with the one behind it, where both fit well into one; they must, where one is empty. */
  #join(parent: Ref, slot: number, isLeaf: boolean, mustJoin: boolean): boolean {
    const { heap } = this;
    const { i32, f64 } = heap.segments[parent >>> SEGMENT_SHIFT];
    const word = wordOf(parent);
    const left = i32[word + INNER_NODES + slot];
    const right = i32[word + INNER_NODES + slot + 1];
    const leftSize = this.#sizeOf(left);
    const rightSize = this.#sizeOf(right);
    const capacity = isLeaf ? LEAF_ENTRIES : INNER_CHILDREN;
    if (!mustJoin && leftSize + rightSize > capacity * 0.75) return false;
    heap.willWrite(left, NODE_BYTES);
    if (isLeaf) {
      moveEntries(heap, right, 0, left, leftSize, rightSize);
      this.#unlink(right);
    } else if (rightSize > 0) {
      moveChildren(heap, right, 0, left, leftSize, rightSize);
      const target = heap.segments[left >>> SEGMENT_SHIFT];
      target.f64[doubleOf(left) + SCORES + leftSize] = f64[doubleOf(parent) + SCORES + slot + 1];
      target.i32[wordOf(left) + INNER_REFS + leftSize] = i32[word + INNER_REFS + slot + 1];
    }
    this.#setSize(left, leftSize + rightSize);
    heap.free(right);
    const size = i32[word + SIZE] - 1;
    heap.willWrite(parent, NODE_BYTES);
    i32[word + INNER_COUNTS + slot] += i32[word + INNER_COUNTS + slot + 1];
    moveChildren(heap, parent, slot + 2, parent, slot + 1, size - slot - 1);
    i32[word + SIZE] = size;
    return true;
  }

  /** Removes levels that have a single node. */
  #lower(): void {
    while (this.#height > 0) {
      const root = this.#root;
      const size = this.#sizeOf(root);
      if (size > 1) return;
      const { i32 } = this.heap.segments[root >>> SEGMENT_SHIFT];
      this.#root = size === 1 ? i32[wordOf(root) + INNER_NODES] : createNode(this.heap);
      this.#height = size === 1 ? this.#height - 1 : 0;
      this.heap.free(root);
    }
  }

  #unlink(leaf: Ref): void {
    const { i32 } = this.heap.segments[leaf >>> SEGMENT_SHIFT];
    const previous = i32[wordOf(leaf) + PREVIOUS];
    const next = i32[wordOf(leaf) + NEXT];
    if (previous !== 0) this.#link(previous, next);
    else this.#setNeighbour(next, PREVIOUS, 0);
  }

  /** Makes two leaves neighbours; the right one may be none. */
  #link(left: Ref, right: Ref): void {
    this.#setNeighbour(left, NEXT, right);
    if (right !== 0) this.#setNeighbour(right, PREVIOUS, left);
  }

  #setNeighbour(leaf: Ref, which: number, neighbour: Ref): void {
    if (leaf === 0) return;
    this.heap.willWrite(leaf, HEADER_BYTES);
    this.heap.segments[leaf >>> SEGMENT_SHIFT].i32[wordOf(leaf) + which] = neighbour;
  }

  #sizeOf(node: Ref): number {
    return this.heap.segments[node >>> SEGMENT_SHIFT].i32[wordOf(node) + SIZE];
  }

  #setSize(node: Ref, size: number): void {
    this.heap.willWrite(node, HEADER_BYTES);
    this.heap.segments[node >>> SEGMENT_SHIFT].i32[wordOf(node) + SIZE] = size;
  }

  #addToCount(level: number, change: number): void {
    const node = pathNodes[level];
    this.heap.willWrite(node, NODE_BYTES);
    this.heap.segments[node >>> SEGMENT_SHIFT].i32[wordOf(node) + INNER_COUNTS + pathSlots[level]] += change;
  }

  #setShape(root: Ref, height: number, count: number): void {
    this.#count = count;
    this.heap.willWrite(this.#header, HEADER_BYTES);
    const { i32 } = this.heap.segments[this.#header >>> SEGMENT_SHIFT];
    const at = wordOf(this.#header);
    i32[at + ROOT] = root;
    i32[at + HEIGHT] = height;
    i32[at + COUNT] = count;
  }
}

/** How many entries of a full leaf stay: half, but at either end of the index those that a run of insertions leaves behind. */
function splitPlace(slot: number, isFirst: boolean, isLast: boolean): number {
  if (isLast && slot === LEAF_ENTRIES) return LEAF_ENTRIES;
  return isFirst && slot === 0 ? 0 : LEAF_ENTRIES >>> 1;
}

function createNode(heap: Heap): Ref {
  const node = heap.allocateBeyond(NODE_BYTES);
  heap.segments[node >>> SEGMENT_SHIFT].i32.fill(0, wordOf(node), wordOf(node) + 4);
  return node;
}

/** Among the scores from `low` to `high`, the first that is not below (with `inclusive`: that is above). */
function scoresBelow(
  scores: Float64Array,
  base: number,
  low: number,
  high: number,
  score: number,
  inclusive: boolean,
): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    const own = scores[base + middle];
    if (own < score || (inclusive && own === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Moves entries within a leaf or to another one. Sizes are the caller's to set. */
function moveEntries(heap: Heap, from: Ref, fromSlot: number, to: Ref, toSlot: number, count: number): void {
  if (count === 0) return;
  const source = doubleOf(from) + SCORES + fromSlot;
  const target = doubleOf(to) + SCORES + toSlot;
  moveBetween(heap, from, source << 3, to, target << 3, count << 3);
  moveWords(heap, from, LEAF_REFS + fromSlot, to, LEAF_REFS + toSlot, count);
}

/** The same for the children of inner nodes. */
function moveChildren(heap: Heap, from: Ref, fromSlot: number, to: Ref, toSlot: number, count: number): void {
  if (count === 0) return;
  const source = doubleOf(from) + SCORES + fromSlot;
  const target = doubleOf(to) + SCORES + toSlot;
  moveBetween(heap, from, source << 3, to, target << 3, count << 3);
  moveWords(heap, from, INNER_REFS + fromSlot, to, INNER_REFS + toSlot, count);
  moveWords(heap, from, INNER_COUNTS + fromSlot, to, INNER_COUNTS + toSlot, count);
  moveWords(heap, from, INNER_NODES + fromSlot, to, INNER_NODES + toSlot, count);
}

function moveWords(heap: Heap, from: Ref, fromWord: number, to: Ref, toWord: number, count: number): void {
  moveBetween(heap, from, byteOf(from) + (fromWord << 2), to, byteOf(to) + (toWord << 2), count << 2);
}

function moveBetween(heap: Heap, from: Ref, fromByte: number, to: Ref, toByte: number, size: number): void {
  const source = heap.segments[from >>> SEGMENT_SHIFT].u8;
  const target = heap.segments[to >>> SEGMENT_SHIFT].u8;
  if (source === target) moveBytes(source, fromByte, toByte, size);
  else copyBytes(source, fromByte, target, toByte, size);
}

function putChild(
  heap: Heap,
  node: Ref,
  slot: number,
  score: number,
  separator: Ref,
  count: number,
  child: Ref,
): void {
  const { i32, f64 } = heap.segments[node >>> SEGMENT_SHIFT];
  const word = wordOf(node);
  const size = i32[word + SIZE];
  heap.willWrite(node, NODE_BYTES);
  moveChildren(heap, node, slot, node, slot + 1, size - slot);
  f64[doubleOf(node) + SCORES + slot] = score;
  i32[word + INNER_REFS + slot] = separator;
  i32[word + INNER_COUNTS + slot] = count;
  i32[word + INNER_NODES + slot] = child;
  i32[word + SIZE] = size + 1;
}
