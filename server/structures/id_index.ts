/**
 * An ordered index from stream ids to refs: the nodes of a stream, the entries that wait for a consumer's word.
 *
 * A B+ tree in the heap. Ids mostly come in ascending order and go from the front, so a leaf that is full at the end is not
 * halved but followed by a new one, and a leaf is freed when it is empty; leaves in between are not joined.
 *
 *     header [ root | height, 0 where the root is a leaf | count ]
 *     node   [ count: 16 bits, room: 16 bits | previous leaf | next leaf | 0 | (id: 4 words, ref)… ]
 *
 * An inner node's ids are lower bounds of its children; that of the first child is not looked at.
 *
 * @module
 */
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { ID_WORDS, StreamId } from "./stream_id.ts";

const HEADER_BYTES = 12;
const ROOT = 0;
const HEIGHT = 1;
const COUNT = 2;

const SHAPE = 0;
const PREVIOUS = 1;
const NEXT = 2;
const FIRST = 4;
const ITEM_WORDS = ID_WORDS + 1;
const NODE_HEADER_BYTES = 16;
const ITEM_BYTES = 20;
/** Items of a full node, which makes 1,276 bytes. */
const ROOM_MAX = 63;
const ROOM_MIN = 2;
const HEIGHT_MAX = 12;

/** The way to the leaf that was searched last: the nodes, and the place of the child in each. For one operation. */
const path = new Int32Array(HEIGHT_MAX);
const places = new Int32Array(HEIGHT_MAX);

/** An index, opened on its header, with a cursor over its items. */
export class IdIndex {
  #header: Ref = 0;
  #root: Ref = 0;
  #height = 0;
  #count = 0;

  // The cursor.
  #leaf: Ref = 0;
  #place = 0;
  #words: Int32Array = NOTHING;
  #at = 0;

  constructor(readonly heap: Heap) {}

  /** Makes an empty index; its header. */
  static create(heap: Heap): Ref {
    const header = heap.allocateBeyond(HEADER_BYTES);
    const words = heap.segments[header >>> SEGMENT_SHIFT].i32;
    const at = wordOf(header);
    words[at + ROOT] = newNode(heap, ROOM_MIN);
    words[at + HEIGHT] = 0;
    words[at + COUNT] = 0;
    return header;
  }

  open(header: Ref): this {
    const words = this.heap.segments[header >>> SEGMENT_SHIFT].i32;
    const at = wordOf(header);
    this.#header = header;
    this.#root = words[at + ROOT];
    this.#height = words[at + HEIGHT];
    this.#count = words[at + COUNT];
    return this;
  }

  get header(): Ref {
    return this.#header;
  }

  get count(): number {
    return this.#count;
  }

  /** The ref of an id, 0 where it is not there. */
  find(id: StreamId): Ref {
    this.#descend(id);
    return this.#isAt(id) ? this.value : 0;
  }

  /** Adds an id that is not there. */
  insert(id: StreamId, ref: Ref): void {
    this.#descend(id);
    this.#insertInto(this.#height, id, ref);
    this.#setCount(this.#count + 1);
  }

  /** Puts another ref in the place of an id's; whether the id was there. */
  replace(id: StreamId, ref: Ref): boolean {
    this.#descend(id);
    if (!this.#isAt(id)) return false;
    this.heap.willWrite(this.#leaf + ((this.#at + ID_WORDS - wordOf(this.#leaf)) >>> 1), 8);
    this.#words[this.#at + ID_WORDS] = ref;
    return true;
  }

  /** Takes an id out; its ref, 0 where it was not there. */
  remove(id: StreamId): Ref {
    this.#descend(id);
    if (!this.#isAt(id)) return 0;
    const ref = this.value;
    this.#removeFrom(this.#height);
    this.#setCount(this.#count - 1);
    return ref;
  }

  // The cursor. Each move tells whether it stands on an item.

  first(): boolean {
    let node = this.#root;
    for (let level = 0; level < this.#height; level++) node = this.#childAt(node, 0);
    return this.#stand(node, 0);
  }

  last(): boolean {
    let node = this.#root;
    for (let level = 0; level < this.#height; level++) node = this.#childAt(node, this.#countOf(node) - 1);
    return this.#stand(node, this.#countOf(node) - 1);
  }

  /** To the first item whose id is not below. */
  seek(id: StreamId): boolean {
    this.#descend(id);
    return this.#place < this.#countOf(this.#leaf) ? true : this.next();
  }

  /** To the last item whose id is not above. */
  seekBack(id: StreamId): boolean {
    this.#descend(id);
    return this.#isAt(id) ? true : this.previous();
  }

  next(): boolean {
    if (this.#place + 1 < this.#countOf(this.#leaf)) return this.#stand(this.#leaf, this.#place + 1);
    const next = this.#wordsOf(this.#leaf)[wordOf(this.#leaf) + NEXT];
    return next !== 0 && this.#stand(next, 0);
  }

  previous(): boolean {
    if (this.#place > 0) return this.#stand(this.#leaf, this.#place - 1);
    const previous = this.#wordsOf(this.#leaf)[wordOf(this.#leaf) + PREVIOUS];
    return previous !== 0 && this.#stand(previous, this.#countOf(previous) - 1);
  }

  /** The ref of the item that the cursor stands on. */
  get value(): Ref {
    return this.#words[this.#at + ID_WORDS];
  }

  /** Its id. */
  readId(into: StreamId): StreamId {
    return into.load(this.#words, this.#at);
  }

  /** Visits every ref in order. */
  forEach(visit: (ref: Ref) => void): void {
    for (let here = this.first(); here; here = this.next()) visit(this.value);
  }

  /** Frees the index's own blocks. */
  release(): void {
    this.visitBlocks((ref) => this.heap.free(ref));
  }

  /** Reports its own blocks, children before their parents. */
  visitBlocks(visit: BlockVisitor): void {
    this.#visitNode(this.#root, this.#height, visit);
    visit(this.#header);
  }

  #visitNode(node: Ref, height: number, visit: BlockVisitor): void {
    if (height > 0) {
      const count = this.#countOf(node);
      for (let place = 0; place < count; place++) this.#visitNode(this.#childAt(node, place), height - 1, visit);
    }
    visit(node);
  }

  /** Goes to the leaf where an id is or would be, and stands on the first item that is not below it, which may be the end. */
  #descend(id: StreamId): void {
    let node = this.#root;
    for (let level = 0; level < this.#height; level++) {
      const place = this.#search(node, id, true) - 1;
      path[level] = node;
      places[level] = place;
      node = this.#childAt(node, place);
    }
    path[this.#height] = node;
    const place = this.#search(node, id, false);
    places[this.#height] = place;
    this.#stand(node, place);
  }

  /** How many of a leaf's items are below an id; of an inner node, how many children may hold what is not above it. */
  #search(node: Ref, id: StreamId, inner: boolean): number {
    const words = this.#wordsOf(node);
    const first = wordOf(node) + FIRST;
    let low = inner ? 1 : 0;
    let high = words[wordOf(node) + SHAPE] & 0xffff;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareWords(words, first + middle * ITEM_WORDS, id);
      if (order < 0 || (inner && order === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isAt(id: StreamId): boolean {
    return this.#place < this.#countOf(this.#leaf) && compareWords(this.#words, this.#at, id) === 0;
  }

  #stand(leaf: Ref, place: number): boolean {
    this.#leaf = leaf;
    this.#place = place;
    this.#words = this.#wordsOf(leaf);
    this.#at = wordOf(leaf) + FIRST + place * ITEM_WORDS;
    return place >= 0 && place < this.#countOf(leaf);
  }

  /** Adds an item at the place of the path in the node of a level: to an inner node behind the child that was taken. */
  #insertInto(level: number, id: StreamId, ref: Ref): void {
    const place = places[level] + (level === this.#height ? 0 : 1);
    const count = this.#countOf(path[level]);
    if (count === ROOM_MAX) return this.#splitAndInsert(level, place, id, ref);
    if (count === this.#roomOf(path[level])) this.#enlarge(level);
    this.#writeItem(path[level], place, id, ref);
  }

  /** Moves the upper half of a full node to a new right neighbour, or nothing where the new item is the last. */
  #splitAndInsert(level: number, place: number, id: StreamId, ref: Ref): void {
    const left = path[level];
    const kept = place === ROOM_MAX ? ROOM_MAX : ROOM_MAX >>> 1;
    const moved = ROOM_MAX - kept;
    const right = newNode(this.heap, moved === 0 ? ROOM_MIN : ROOM_MAX);
    const from = this.#wordsOf(left);
    const to = this.#wordsOf(right);
    const first = wordOf(right) + FIRST;
    const source = wordOf(left) + FIRST + kept * ITEM_WORDS;
    for (let i = 0; i < moved * ITEM_WORDS; i++) to[first + i] = from[source + i];
    to[wordOf(right) + SHAPE] += moved;
    this.heap.willWrite(left, NODE_HEADER_BYTES);
    from[wordOf(left) + SHAPE] -= moved;
    if (level === this.#height) this.#linkLeaf(right, left, from[wordOf(left) + NEXT]);
    if (place >= kept) this.#writeItem(right, place - kept, id, ref);
    else this.#writeItem(left, place, id, ref);
    const bound = new StreamId().load(to, first);
    if (level > 0) this.#insertInto(level - 1, bound, right);
    else this.#growRoot(bound, right);
  }

  #growRoot(bound: StreamId, right: Ref): void {
    const root = newNode(this.heap, ROOM_MIN);
    this.#writeItem(root, 0, bound, this.#root);
    this.#writeItem(root, 1, bound, right);
    this.#setRoot(root, this.#height + 1);
  }

  #writeItem(node: Ref, place: number, id: StreamId, ref: Ref): void {
    const words = this.#wordsOf(node);
    const base = wordOf(node);
    const count = words[base + SHAPE] & 0xffff;
    this.heap.willWrite(node, NODE_HEADER_BYTES + (count + 1) * ITEM_BYTES);
    const at = base + FIRST + place * ITEM_WORDS;
    words.copyWithin(at + ITEM_WORDS, at, base + FIRST + count * ITEM_WORDS);
    words[base + SHAPE]++;
    id.store(words, at);
    words[at + ID_WORDS] = ref;
  }

  /** Moves a node to a larger block. */
  #enlarge(level: number): void {
    const old = path[level];
    const room = this.#roomOf(old);
    const larger = newNode(this.heap, Math.min(ROOM_MAX, room * 2));
    const words = this.#wordsOf(larger);
    const at = wordOf(larger);
    const shape = words[at + SHAPE];
    this.heap.copy(old, larger, NODE_HEADER_BYTES + room * ITEM_BYTES);
    words[at + SHAPE] = (shape & ~0xffff) | room;
    if (level === this.#height) this.#linkLeaf(larger, words[at + PREVIOUS], words[at + NEXT]);
    if (level === 0) this.#setRoot(larger, this.#height);
    else this.#setChild(path[level - 1], places[level - 1], larger);
    path[level] = larger;
    this.heap.free(old);
  }

  /** Takes the item at the path's place out of the node of a level. */
  #removeFrom(level: number): void {
    const node = path[level];
    const words = this.#wordsOf(node);
    const base = wordOf(node);
    const count = words[base + SHAPE] & 0xffff;
    if (count === 1 && level > 0) {
      if (level === this.#height) this.#unlinkLeaf(node);
      this.#removeFrom(level - 1);
      this.heap.free(node);
      return;
    }
    this.heap.willWrite(node, NODE_HEADER_BYTES + count * ITEM_BYTES);
    const at = base + FIRST + places[level] * ITEM_WORDS;
    words.copyWithin(at, at + ITEM_WORDS, base + FIRST + count * ITEM_WORDS);
    words[base + SHAPE]--;
    while (this.#height > 0 && this.#countOf(this.#root) === 1) {
      const root = this.#root;
      this.#setRoot(this.#childAt(root, 0), this.#height - 1);
      this.heap.free(root);
    }
  }

  /** Puts a leaf between two others. */
  #linkLeaf(leaf: Ref, previous: Ref, next: Ref): void {
    const words = this.#wordsOf(leaf);
    words[wordOf(leaf) + PREVIOUS] = previous;
    words[wordOf(leaf) + NEXT] = next;
    if (previous !== 0) this.#setLink(previous, NEXT, leaf);
    if (next !== 0) this.#setLink(next, PREVIOUS, leaf);
  }

  #unlinkLeaf(leaf: Ref): void {
    const words = this.#wordsOf(leaf);
    const previous = words[wordOf(leaf) + PREVIOUS];
    const next = words[wordOf(leaf) + NEXT];
    if (previous !== 0) this.#setLink(previous, NEXT, next);
    if (next !== 0) this.#setLink(next, PREVIOUS, previous);
  }

  #setLink(leaf: Ref, link: number, to: Ref): void {
    this.heap.willWrite(leaf, NODE_HEADER_BYTES);
    this.#wordsOf(leaf)[wordOf(leaf) + link] = to;
  }

  #setChild(node: Ref, place: number, child: Ref): void {
    const at = FIRST + place * ITEM_WORDS + ID_WORDS;
    this.heap.willWrite(node + (at >>> 1), 8);
    this.#wordsOf(node)[wordOf(node) + at] = child;
  }

  #setRoot(root: Ref, height: number): void {
    this.#root = root;
    this.#height = height;
    this.heap.willWrite(this.#header, HEADER_BYTES);
    const words = this.#wordsOf(this.#header);
    words[wordOf(this.#header) + ROOT] = root;
    words[wordOf(this.#header) + HEIGHT] = height;
  }

  #setCount(count: number): void {
    this.#count = count;
    this.heap.willWrite(this.#header, HEADER_BYTES);
    this.#wordsOf(this.#header)[wordOf(this.#header) + COUNT] = count;
  }

  #wordsOf(ref: Ref): Int32Array {
    return this.heap.segments[ref >>> SEGMENT_SHIFT].i32;
  }

  #countOf(node: Ref): number {
    return this.#wordsOf(node)[wordOf(node) + SHAPE] & 0xffff;
  }

  #roomOf(node: Ref): number {
    return this.#wordsOf(node)[wordOf(node) + SHAPE] >>> 16;
  }

  #childAt(node: Ref, place: number): Ref {
    return this.#wordsOf(node)[wordOf(node) + FIRST + place * ITEM_WORDS + ID_WORDS];
  }
}

function newNode(heap: Heap, room: number): Ref {
  const node = heap.allocateBeyond(NODE_HEADER_BYTES + room * ITEM_BYTES);
  const words = heap.segments[node >>> SEGMENT_SHIFT].i32;
  const at = wordOf(node);
  words[at + SHAPE] = room << 16;
  words[at + PREVIOUS] = words[at + NEXT] = words[at + NEXT + 1] = 0;
  return node;
}

function compareWords(words: Int32Array, at: number, id: StreamId): number {
  return (words[at] >>> 0) - id.msHigh || (words[at + 1] >>> 0) - id.msLow || (words[at + 2] >>> 0) - id.seqHigh ||
    (words[at + 3] >>> 0) - id.seqLow;
}

const NOTHING = new Int32Array(0);
