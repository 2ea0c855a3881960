/**
 * Quicklist: a list of strings as a chain of listpacks, in the very nodes that the RDB format knows.
 *
 *     root  [ elements | limit of a node: 16 bits, compress depth: 16 bits | first node | last node | nodes ]
 *     node  [ previous | next | its listpack or plain block | elements, or -1 for a plain one ]
 *     plain [ bytes: 4 | one element, too large for a listpack ]
 *
 * Most lists are short. One that is a single node with the usual limit is its listpack alone (form `SINGLE`), without root
 * and node; it becomes a chain (form `CHAIN`) with its second node, and a single one again with the last but one gone.
 *
 * When a node is full, what follows a split, which nodes are joined again: all of it is what Redis does, because it shows in
 * `DUMP`. A limit from -1 to -5 is one of bytes, 0 and above one of elements. Removing never joins nodes.
 *
 * What an element needs is allocated before the list is changed. A split that memory ends after leaves the same elements in
 * other nodes; nodes that could be joined stay apart where there is no memory for it.
 *
 * A quicklist is a cursor too: `seek` and `step` choose an element, which `element` shows. Any change but those through the
 * cursor invalidates it.
 *
 * @module
 */
import { copyBytes } from "../base/copy.ts";
import type { Int64 } from "../base/number.ts";
import { type Heap, HeapExhaustedError } from "../heap/heap.ts";
import { byteOf, type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { BytesElement, type ElementView, integerSpelled } from "./element.ts";
import { Listpack, LISTPACK_EMPTY_BYTES } from "./listpack.ts";

/** The forms, as the encodings of a value's root. */
export const SINGLE = 0;
export const CHAIN = 1;

// Words of the root.
const COUNT = 0;
const OPTIONS = 1;
const FIRST = 2;
const LAST = 3;
const NODES = 4;
const ROOT_BYTES = 20;

// Words of a node.
const PREVIOUS = 0;
const NEXT = 1;
const PACK = 2;
const ELEMENTS = 3;
const NODE_BYTES = 16;
/** In place of the number of elements: one, which is not in a listpack. */
const PLAIN = -1;
/** A plain block begins with its length. */
const PLAIN_HEADER_BYTES = 4;

/** Stands for the one node of a single list; no ref is odd at the end of a segment. */
const ONLY: Ref = -1;
/** The position of a plain node's element. */
const PLAIN_POSITION = 1;

/** Bytes of a node for the limits from -1 on. */
const NODE_BYTES_MAX = [4096, 8192, 16384, 32768, 65536];
/** Where elements are counted, a node has no more bytes either. */
const COUNTED_NODE_BYTES_MAX = 8192;
/** What an element takes beside its bytes, estimated. */
const ELEMENT_OVERHEAD_BYTES = 8;
/** The limit of single lists. */
const SINGLE_LIMIT = -2;
const LIMIT_MIN = -5;
const LIMIT_MAX = 32767;
const COMPRESS_DEPTH_MAX = 65535;

/** Elements of so many bytes get a node of their own, outside of listpacks, unless somebody says otherwise. */
export const PLAIN_BYTES_MIN: number = 2 ** 30;

/** Where a list is rooted. */
export interface ListRoot {
  root: Ref;
  /** `SINGLE` or `CHAIN`. */
  encoding: number;
}

/** A quicklist, opened at a root, with a cursor. */
export class Quicklist {
  /** Elements of so many bytes get a node of their own. */
  plainBytesMin = PLAIN_BYTES_MIN;
  #root!: ListRoot;
  #single = true;
  #ref: Ref = 0;
  /** The words of the root's segment, and where the root's own begin. */
  #words: Int32Array = new Int32Array(0);
  #at = 0;
  readonly #pack: Listpack;
  readonly #other: Listpack;
  readonly #plain = new BytesElement();

  // The cursor: a node, whether it is a plain one, else its listpack is open, and the position of an element in it.
  #node: Ref = 0;
  #isPlainHere = false;
  #position = 0;

  // What `isHere` compares with.
  #wanted: Uint8Array = new Uint8Array(0);
  #wantedStart = 0;
  #wantedSize = 0;
  #wantedInteger: Int64 = NaN;

  constructor(readonly heap: Heap) {
    this.#pack = new Listpack(heap);
    this.#other = new Listpack(heap);
  }

  /** Opens the list at a root. */
  open(root: ListRoot): this {
    this.#root = root;
    this.#single = root.encoding === SINGLE;
    this.#locate(root.root);
    this.#node = 0;
    this.#position = 0;
    if (this.#single) this.#pack.open(this.#ref);
    return this;
  }

  /** Makes an empty list at a root, with the limits that it will keep, and opens it. */
  create(root: ListRoot, limit: number, compressDepth: number): this {
    const kept = Math.max(LIMIT_MIN, Math.min(LIMIT_MAX, limit));
    if (kept === SINGLE_LIMIT && compressDepth === 0) {
      root.root = Listpack.create(this.heap);
      root.encoding = SINGLE;
      return this.open(root);
    }
    const ref = this.#newRoot((kept & 0xffff) | (Math.min(compressDepth, COMPRESS_DEPTH_MAX) << 16));
    root.root = ref;
    root.encoding = CHAIN;
    return this.open(root);
  }

  /** Number of elements. */
  get count(): number {
    return this.#single ? this.#pack.count : this.#rootWord(COUNT);
  }

  /** Number of nodes. */
  get nodes(): number {
    return this.#single ? 1 : this.#rootWord(NODES);
  }

  /** The most that a node holds: of bytes from -1 to -5, of elements from 0 on. */
  get limit(): number {
    return this.#single ? SINGLE_LIMIT : (this.#rootWord(OPTIONS) << 16) >> 16;
  }

  /** Nodes at each end that would not be compressed; 0: none would be. No node ever is. */
  get compressDepth(): number {
    return this.#single ? 0 : this.#rootWord(OPTIONS) >>> 16;
  }

  /** Bytes of all listpacks and plain elements. */
  get contentBytes(): number {
    let bytes = 0;
    for (let node = this.#end(true); node !== 0; node = this.#next(node, true)) {
      bytes += this.#bytesOf(node);
    }
    return bytes;
  }

  // The ends.

  /** Adds an element, whose bytes must not lie in this list. */
  push(atFront: boolean, source: Uint8Array, start: number, size: number): void {
    const node = this.#end(atFront);
    if (this.#takes(node, size)) {
      const pack = this.#pack;
      pack.insert(atFront ? pack.first() : 0, source, start, size);
      this.#packChanged(node, 1);
    } else this.#addNode(node, !atFront, this.#newContent(source, start, size), this.#elementsOfNew(size));
    this.#node = 0;
  }

  /** Shows the element at an end; null for an empty list. Good until the list changes. */
  peek(atFront: boolean): ElementView | null {
    return this.seekEnd(atFront) ? this.element : null;
  }

  /** Removes the element at an end, of a list that is not empty. */
  pop(atFront: boolean): void {
    const node = this.#end(atFront);
    if (node === 0) return;
    if (this.#elements(node) <= 1) this.#removeNode(node);
    else {
      const pack = this.#node === node ? this.#pack : this.#openPack(node);
      pack.remove(atFront ? pack.first() : pack.last());
      this.#packChanged(node, -1);
    }
    this.#node = 0;
  }

  // The cursor.

  /** Chooses the element at an index, negative from the end; whether there is one. */
  seek(index: number): boolean {
    const count = this.count;
    let left = index < 0 ? index + count : index;
    this.#node = 0;
    if (left < 0 || left >= count) return false;
    const forward = left * 2 < count;
    if (!forward) left = count - 1 - left;
    let node = this.#end(forward);
    while (true) {
      const elements = this.#elements(node);
      if (left < elements) break;
      left -= elements;
      node = this.#next(node, forward);
    }
    this.#enter(node);
    this.#position = this.#isPlainHere ? PLAIN_POSITION : this.#pack.at(forward ? left : -1 - left);
    return true;
  }

  /** Chooses the element at an end; whether there is one. */
  seekEnd(atFront: boolean): boolean {
    const node = this.#end(atFront);
    this.#node = 0;
    if (node === 0) return false;
    this.#enter(node);
    this.#position = this.#endPosition(atFront);
    return this.#position !== 0;
  }

  /** Chooses the next element, or the one before; whether there is one. */
  step(forward: boolean): boolean {
    const pack = this.#pack;
    if (!this.#isPlainHere) {
      this.#position = forward ? pack.next(this.#position) : pack.previous(this.#position);
      if (this.#position !== 0) return true;
    }
    return this.#enterNext(forward);
  }

  /** The chosen element, until the list changes or another is chosen. */
  get element(): ElementView {
    if (!this.#isPlainHere) return this.#pack.read(this.#position);
    const block = this.#nodeWord(this.#node, PACK);
    const { i32, u8 } = this.heap.segments[block >>> SEGMENT_SHIFT];
    const plain = this.#plain;
    plain.bytes = u8;
    plain.start = byteOf(block) + PLAIN_HEADER_BYTES;
    plain.length = i32[wordOf(block)];
    return plain;
  }

  /** Says what {@linkcode Quicklist.isHere} looks for. */
  look(source: Uint8Array, start: number, size: number): void {
    this.#wanted = source;
    this.#wantedStart = start;
    this.#wantedSize = size;
    this.#wantedInteger = integerSpelled(source, start, size);
  }

  /** Whether the chosen element is what is looked for. */
  isHere(): boolean {
    const size = this.#wantedSize;
    if (!this.#isPlainHere) {
      return this.#pack.matches(this.#position, this.#wanted, this.#wantedStart, size, this.#wantedInteger);
    }
    const { bytes, start, length } = this.element;
    if (length !== size) return false;
    for (let i = 0; i < size; i++) if (bytes[start + i] !== this.#wanted[this.#wantedStart + i]) return false;
    return true;
  }

  /** Visits `count` elements from the chosen one on. */
  forEachHere(count: number, visit: (element: ElementView) => void): void {
    for (let left = count; left > 0;) {
      if (this.#isPlainHere) {
        visit(this.element);
        left--;
      } else {
        const pack = this.#pack;
        for (let position = this.#position; left > 0 && position !== 0; left--) {
          visit(pack.read(position));
          position = pack.next(position);
        }
      }
      if (left > 0 && !this.#enterNext(true)) return;
    }
  }

  /** Removes the chosen element and chooses the one behind it, or before it; whether there is one. */
  removeHere(forward: boolean): boolean {
    const node = this.#node;
    if (this.#elements(node) <= 1) {
      const next = this.#next(node, forward);
      this.#removeNode(node);
      if (next === 0) {
        this.#node = 0;
        return false;
      }
      this.#enter(this.#single ? ONLY : next);
      this.#position = this.#endPosition(forward);
      return true;
    }
    const pack = this.#pack;
    const before = forward ? 0 : pack.previous(this.#position);
    const behind = pack.remove(this.#position);
    this.#packChanged(node, -1);
    this.#position = forward ? behind : before;
    return this.#position !== 0 || this.#enterNext(forward);
  }

  /** Puts another element in the place of the chosen one; its bytes must not lie in this list. */
  replaceHere(source: Uint8Array, start: number, size: number): void {
    const node = this.#node;
    const isLarge = size >= this.plainBytesMin;
    if (!this.#isPlainHere && !isLarge) {
      this.#pack.replace(this.#position, source, start, size);
      this.#packChanged(node, 0);
    } else if (this.#isPlainHere && isLarge) {
      const block = this.#newPlain(source, start, size);
      this.heap.free(this.#nodeWord(node, PACK));
      this.#setNodeWord(node, PACK, block);
    } else {
      const kept = this.#node = this.#chained(node);
      this.insertHere(true, source, start, size);
      if (this.#elements(kept) <= 1) this.#removeNode(kept);
      else {
        const pack = this.#openPack(kept);
        pack.remove(pack.last());
        this.#packChanged(kept, -1);
      }
    }
    this.#node = 0;
  }

  /** Inserts an element, whose bytes must not lie in this list, behind the chosen one, or before it. */
  insertHere(behind: boolean, source: Uint8Array, start: number, size: number): void {
    const node = this.#node;
    const pack = this.#pack;
    const atEnd = this.#isPlainHere || this.#position === this.#endPosition(!behind);
    const isLarge = size >= this.plainBytesMin;
    const neighbour = this.#next(node, behind);
    if (this.#takes(node, size)) {
      pack.insert(behind ? pack.next(this.#position) : this.#position, source, start, size);
      this.#packChanged(node, 1);
    } else if (!atEnd) this.#insertBetween(behind, isLarge, source, start, size);
    else if (!isLarge && this.#takes(neighbour, size)) {
      pack.insert(behind ? pack.first() : 0, source, start, size);
      this.#packChanged(neighbour, 1);
    } else this.#addNode(node, behind, this.#newContent(source, start, size), this.#elementsOfNew(size));
    this.#node = 0;
  }

  /** Removes so many elements from an index on, which is not negative. */
  removeRange(index: number, count: number): void {
    let left = Math.min(count, this.count - index);
    if (left <= 0 || !this.seek(index)) return;
    let node = this.#node;
    let position = this.#position;
    while (left > 0) {
      const elements = this.#elements(node);
      const next = this.#next(node, true);
      if (elements <= left && (this.#isPlain(node) || position === this.#openPack(node).first())) {
        this.#removeNode(node);
        left -= elements;
      } else {
        const pack = this.#openPack(node);
        const before = pack.count;
        pack.remove(position, left);
        const removed = before - pack.count;
        this.#packChanged(node, -removed);
        left -= removed;
      }
      if (left <= 0) break;
      node = this.#single ? ONLY : next;
      position = this.#isPlain(node) ? PLAIN_POSITION : this.#openPack(node).first();
    }
    this.#node = 0;
  }

  // Nodes as they are saved.

  /** Visits the nodes in order: their bytes, and whether they are plain. */
  forEachNode(visit: (isPlain: boolean, bytes: Uint8Array, start: number, size: number) => void): void {
    for (let node = this.#end(true); node !== 0; node = this.#next(node, true)) {
      const ref = this.#packOf(node);
      const { u8, i32 } = this.heap.segments[ref >>> SEGMENT_SHIFT];
      if (this.#isPlain(node)) visit(true, u8, byteOf(ref) + PLAIN_HEADER_BYTES, i32[wordOf(ref)]);
      else visit(false, u8, byteOf(ref), this.#openPack(node).totalBytes);
    }
  }

  /** Adds a node at the end: a listpack's bytes, which are good and hold an element, or those of a plain element. */
  appendNode(isPlain: boolean, bytes: Uint8Array): void {
    const content = isPlain ? this.#newPlain(bytes, 0, bytes.length) : Listpack.from(this.heap, bytes);
    const elements = isPlain ? PLAIN : this.#other.open(content).count;
    if (this.#single && !isPlain && this.#pack.totalBytes === LISTPACK_EMPTY_BYTES) {
      this.heap.free(this.#ref);
      this.#setRoot(content, SINGLE);
      this.#pack.open(content);
    } else this.#addNode(this.#end(false), true, content, elements);
  }

  // All of it.

  /** A copy at another root. */
  copy(target: ListRoot): void {
    const { heap } = this;
    if (this.#single) {
      const copy = heap.allocate(this.#pack.totalBytes);
      heap.copy(this.#ref, copy, this.#pack.totalBytes);
      target.root = copy;
      target.encoding = SINGLE;
      return;
    }
    target.root = this.#newRoot(this.#rootWord(OPTIONS));
    target.encoding = CHAIN;
    const list = new Quicklist(heap).open(target);
    for (let node = this.#end(true); node !== 0; node = this.#next(node, true)) {
      const bytes = this.#bytesOf(node) + (this.#isPlain(node) ? PLAIN_HEADER_BYTES : 0);
      const copy = heap.allocate(bytes);
      heap.copy(this.#packOf(node), copy, bytes);
      list.#addNode(list.#end(false), true, copy, this.#nodeWord(node, ELEMENTS));
    }
  }

  /** Frees all of it. */
  release(): void {
    this.releasePart(Infinity);
  }

  /** Frees up to so many nodes, of a list that is only opened again to go on with it; true when nothing is left. */
  releasePart(nodesMax: number): boolean {
    const { heap } = this;
    if (!this.#single) {
      let node = this.#rootWord(FIRST);
      for (let left = nodesMax; node !== 0 && left > 0; left--) {
        const next = this.#nodeWord(node, NEXT);
        heap.free(this.#nodeWord(node, PACK));
        heap.free(node);
        node = next;
      }
      this.#setRootWord(FIRST, node);
      if (node !== 0) return false;
    }
    heap.free(this.#ref);
    return true;
  }

  /** Reports all blocks. */
  visitBlocks(visit: BlockVisitor): void {
    visit(this.#ref);
    if (this.#single) return;
    for (let node = this.#rootWord(FIRST); node !== 0; node = this.#nodeWord(node, NEXT)) {
      visit(node);
      visit(this.#nodeWord(node, PACK));
    }
  }

  /** Bytes of all blocks, by those of `samples` nodes; 0: of all. */
  memoryUsage(samples: number): number {
    const own = this.heap.blockBytes(this.#ref);
    if (this.#single) return own;
    let bytes = 0;
    let sampled = 0;
    for (let node = this.#rootWord(FIRST); node !== 0; node = this.#nodeWord(node, NEXT)) {
      if (samples !== 0 && sampled === samples) break;
      bytes += this.heap.blockBytes(node) + this.heap.blockBytes(this.#nodeWord(node, PACK));
      sampled++;
    }
    return own + (sampled === 0 ? 0 : Math.round(bytes / sampled * this.nodes));
  }

  // Whether nodes have room.

  /** Whether a node takes an element of so many bytes; if so, its listpack is open. */
  #takes(node: Ref, size: number): boolean {
    if (node === 0 || this.#isPlain(node) || size >= this.plainBytesMin) return false;
    const { totalBytes } = this.#openPack(node);
    if (this.#single && totalBytes === LISTPACK_EMPTY_BYTES) return true;
    const bytes = totalBytes + size + ELEMENT_OVERHEAD_BYTES;
    const limit = this.limit;
    if (limit < 0) return bytes <= NODE_BYTES_MAX[-1 - limit];
    return bytes <= COUNTED_NODE_BYTES_MAX && this.#elements(node) < limit;
  }

  /** Whether two nodes fit into one. */
  #fitTogether(one: Ref, other: Ref): boolean {
    if (one === 0 || other === 0 || this.#isPlain(one) || this.#isPlain(other)) return false;
    const bytes = this.#bytesOf(one) + this.#bytesOf(other) - LISTPACK_EMPTY_BYTES;
    const limit = this.limit;
    if (limit < 0) return bytes <= NODE_BYTES_MAX[-1 - limit];
    return bytes <= COUNTED_NODE_BYTES_MAX && this.#elements(one) + this.#elements(other) <= limit;
  }

  // Changing nodes.

  /** Splits the chosen node beside the chosen element and puts a new one between the halves. */
  #insertBetween(behind: boolean, isLarge: boolean, source: Uint8Array, start: number, size: number): void {
    const plain = isLarge ? this.#newPlain(source, start, size) : 0;
    let node: Ref;
    let half: Ref;
    try {
      node = this.#chained(this.#node);
      half = this.#split(node, behind);
    } catch (error) {
      if (plain !== 0) this.heap.free(plain);
      throw error;
    }
    if (isLarge) return this.#addNode(node, behind, plain, PLAIN);
    const pack = this.#openPack(half);
    pack.insert(behind ? pack.first() : 0, source, start, size);
    this.#packChanged(half, 1);
    this.#joinAround(node);
  }

  /** Moves what is behind the chosen element, or before it, to a new node beside its own; the new one. */
  #split(node: Ref, behind: boolean): Ref {
    const { heap } = this;
    const pack = this.#openPack(node);
    const position = behind ? pack.next(this.#position) : this.#position;
    const half = heap.allocate(NODE_BYTES);
    try {
      // The part that is at the back of the listpack is the one that gets another block.
      const tail = pack.split(position);
      const moved = this.#other.open(tail).count;
      const left = this.#nodeWord(node, ELEMENTS) - moved;
      this.#fillNode(half, behind ? tail : pack.ref, behind ? moved : left);
      this.#setNodeWord(node, PACK, behind ? pack.ref : tail);
      this.#setNodeWord(node, ELEMENTS, behind ? left : moved);
    } catch (error) {
      heap.free(half);
      throw error;
    }
    this.#link(half, node, behind);
    return half;
  }

  /** Joins the nodes around one with each other where they fit into one, as Redis does after a split. */
  #joinAround(center: Ref): void {
    try {
      const previous = this.#next(center, false);
      const next = this.#next(center, true);
      const beforePrevious = previous === 0 ? 0 : this.#next(previous, false);
      const behindNext = next === 0 ? 0 : this.#next(next, true);
      if (this.#fitTogether(previous, beforePrevious)) this.#join(beforePrevious, previous);
      if (this.#fitTogether(next, behindNext)) this.#join(next, behindNext);
      let target = center;
      const before = this.#next(center, false);
      if (this.#fitTogether(center, before)) target = this.#join(before, center);
      const behind = this.#next(target, true);
      if (this.#fitTogether(target, behind)) this.#join(target, behind);
    } catch (error) {
      if (!(error instanceof HeapExhaustedError)) throw error;
    }
    this.#becomeSingle();
  }

  /** Moves the elements of a node into the one before it, which is returned. */
  #join(node: Ref, following: Ref): Ref {
    const pack = this.#openPack(node);
    const other = this.#other.open(this.#nodeWord(following, PACK));
    pack.join(other);
    this.#setNodeWord(node, PACK, pack.ref);
    this.#setNodeWord(node, ELEMENTS, this.#nodeWord(node, ELEMENTS) + this.#nodeWord(following, ELEMENTS));
    this.#unlink(following);
    this.heap.free(other.ref);
    this.heap.free(following);
    return node;
  }

  /** Makes what a new node holds: a listpack of one element, or a plain block. */
  #newContent(source: Uint8Array, start: number, size: number): Ref {
    if (size >= this.plainBytesMin) return this.#newPlain(source, start, size);
    const pack = this.#other.open(Listpack.create(this.heap));
    try {
      pack.insert(0, source, start, size);
    } catch (error) {
      this.heap.free(pack.ref);
      throw error;
    }
    return pack.ref;
  }

  #elementsOfNew(size: number): number {
    return size >= this.plainBytesMin ? PLAIN : 1;
  }

  #newPlain(source: Uint8Array, start: number, size: number): Ref {
    const block = this.heap.allocate(PLAIN_HEADER_BYTES + size);
    const { i32, u8 } = this.heap.segments[block >>> SEGMENT_SHIFT];
    i32[wordOf(block)] = size;
    copyBytes(source, start, u8, byteOf(block) + PLAIN_HEADER_BYTES, size);
    return block;
  }

  #newRoot(options: number): Ref {
    const ref = this.heap.allocate(ROOT_BYTES);
    const { i32 } = this.heap.segments[ref >>> SEGMENT_SHIFT];
    const at = wordOf(ref);
    i32.fill(0, at, at + NODES + 1);
    i32[at + OPTIONS] = options;
    return ref;
  }

  /** Adds a node with its content beside one (0: to the empty list); the content is freed where memory ends. */
  #addNode(beside: Ref, behind: boolean, content: Ref, elements: number): void {
    const { heap } = this;
    try {
      const node = this.#single ? this.#chained(ONLY) : beside;
      const added = heap.allocate(NODE_BYTES);
      if (!this.#isPlain(node) && node !== 0) this.#shrinkToFit(node);
      this.#fillNode(added, content, elements);
      this.#link(added, node, behind);
      this.#setRootWord(COUNT, this.#rootWord(COUNT) + (elements === PLAIN ? 1 : elements));
    } catch (error) {
      heap.free(content);
      throw error;
    }
  }

  #fillNode(node: Ref, content: Ref, elements: number): void {
    const { i32 } = this.heap.segments[node >>> SEGMENT_SHIFT];
    const at = wordOf(node);
    i32[at + PACK] = content;
    i32[at + ELEMENTS] = elements;
  }

  /** Puts a node into the chain, behind another or before it; 0: into the empty chain. */
  #link(node: Ref, beside: Ref, behind: boolean): void {
    const neighbour = beside === 0 ? 0 : this.#next(beside, behind);
    this.#setNodeWord(node, behind ? PREVIOUS : NEXT, beside);
    this.#setNodeWord(node, behind ? NEXT : PREVIOUS, neighbour);
    if (beside === 0) this.#setRootWord(behind ? FIRST : LAST, node);
    else this.#setNodeWord(beside, behind ? NEXT : PREVIOUS, node);
    if (neighbour === 0) this.#setRootWord(behind ? LAST : FIRST, node);
    else this.#setNodeWord(neighbour, behind ? PREVIOUS : NEXT, node);
    this.#setRootWord(NODES, this.#rootWord(NODES) + 1);
  }

  #unlink(node: Ref): void {
    const previous = this.#nodeWord(node, PREVIOUS);
    const next = this.#nodeWord(node, NEXT);
    if (previous === 0) this.#setRootWord(FIRST, next);
    else this.#setNodeWord(previous, NEXT, next);
    if (next === 0) this.#setRootWord(LAST, previous);
    else this.#setNodeWord(next, PREVIOUS, previous);
    this.#setRootWord(NODES, this.#rootWord(NODES) - 1);
  }

  /** Removes a node with all its elements. The only node of a single list stays, empty. */
  #removeNode(node: Ref): void {
    if (this.#single) {
      const pack = this.#pack;
      pack.remove(pack.first(), pack.count);
      this.#packChanged(ONLY, 0);
      return;
    }
    const content = this.#nodeWord(node, PACK);
    this.#setRootWord(COUNT, this.#rootWord(COUNT) - this.#elements(node));
    this.#unlink(node);
    this.heap.free(content);
    this.heap.free(node);
    this.#becomeSingle();
  }

  /** A node gives its unused room back once elements are added elsewhere. */
  #shrinkToFit(node: Ref): void {
    const pack = this.#other.open(this.#nodeWord(node, PACK));
    pack.shrinkToFit();
    this.#setNodeWord(node, PACK, pack.ref);
  }

  /** Makes a chain of a single list; the node that stands for what was open. */
  #chained(node: Ref): Ref {
    if (!this.#single) return node;
    const { heap } = this;
    const count = this.#pack.count;
    const root = this.#newRoot(SINGLE_LIMIT & 0xffff);
    if (count === 0) {
      heap.free(this.#ref);
      this.#setRoot(root, CHAIN);
      return 0;
    }
    let only: Ref;
    try {
      only = heap.allocate(NODE_BYTES);
    } catch (error) {
      heap.free(root);
      throw error;
    }
    const pack = this.#ref;
    this.#fillNode(only, pack, count);
    this.#setRoot(root, CHAIN);
    this.#link(only, 0, true);
    this.#setRootWord(COUNT, count);
    this.#node = only;
    return only;
  }

  /** Makes a single list of a chain that could be one. */
  #becomeSingle(): void {
    if (this.#single || this.#rootWord(NODES) !== 1 || this.#rootWord(OPTIONS) !== (SINGLE_LIMIT & 0xffff)) return;
    const node = this.#rootWord(FIRST);
    if (this.#isPlain(node)) return;
    const pack = this.#nodeWord(node, PACK);
    this.heap.free(node);
    this.heap.free(this.#ref);
    this.#setRoot(pack, SINGLE);
    this.#pack.open(pack);
  }

  #locate(ref: Ref): void {
    this.#ref = ref;
    this.#words = this.heap.segments[ref >>> SEGMENT_SHIFT].i32;
    this.#at = wordOf(ref);
  }

  #setRoot(ref: Ref, encoding: number): void {
    this.#locate(ref);
    this.#single = encoding === SINGLE;
    this.#root.root = ref;
    this.#root.encoding = encoding;
  }

  // Reaching nodes.

  #end(atFront: boolean): Ref {
    if (this.#single) return ONLY;
    return this.#rootWord(atFront ? FIRST : LAST);
  }

  #next(node: Ref, forward: boolean): Ref {
    return this.#single ? 0 : this.#nodeWord(node, forward ? NEXT : PREVIOUS);
  }

  #packOf(node: Ref): Ref {
    return this.#single ? this.#ref : this.#nodeWord(node, PACK);
  }

  #isPlain(node: Ref): boolean {
    return !this.#single && node !== 0 && this.#nodeWord(node, ELEMENTS) === PLAIN;
  }

  #elements(node: Ref): number {
    return this.#single ? this.#pack.count : Math.abs(this.#nodeWord(node, ELEMENTS));
  }

  /** Bytes of a node's listpack or plain element. */
  #bytesOf(node: Ref): number {
    if (this.#single) return this.#pack.totalBytes;
    const ref = this.#nodeWord(node, PACK);
    return this.heap.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref)] >>> 0;
  }

  /** The position in the cursor's node. */
  #endPosition(atFront: boolean): number {
    if (this.#isPlainHere) return PLAIN_POSITION;
    return atFront ? this.#pack.first() : this.#pack.last();
  }

  /** Opens the listpack of a node. */
  #openPack(node: Ref): Listpack {
    return this.#single ? this.#pack : this.#pack.open(this.#nodeWord(node, PACK));
  }

  #enter(node: Ref): void {
    this.#node = node;
    this.#isPlainHere = this.#isPlain(node);
    if (!this.#isPlainHere) this.#openPack(node);
  }

  #enterNext(forward: boolean): boolean {
    const node = this.#next(this.#node, forward);
    if (node === 0) {
      this.#node = 0;
      return false;
    }
    this.#enter(node);
    this.#position = this.#endPosition(forward);
    return true;
  }

  /** The open listpack of a node has changed, by so many elements; it may have moved. */
  #packChanged(node: Ref, change: number): void {
    const { ref } = this.#pack;
    if (this.#single) {
      if (ref !== this.#ref) this.#setRoot(ref, SINGLE);
      return;
    }
    const { heap } = this;
    const { i32 } = heap.segments[node >>> SEGMENT_SHIFT];
    const at = wordOf(node);
    heap.willWrite(node, NODE_BYTES);
    heap.willWrite(this.#ref, ROOT_BYTES);
    i32[at + PACK] = ref;
    i32[at + ELEMENTS] += change;
    this.#words[this.#at + COUNT] += change;
  }

  #rootWord(word: number): number {
    return this.#words[this.#at + word];
  }

  #setRootWord(word: number, value: number): void {
    this.heap.willWrite(this.#ref, ROOT_BYTES);
    this.#words[this.#at + word] = value;
  }

  #nodeWord(node: Ref, word: number): number {
    return this.heap.segments[node >>> SEGMENT_SHIFT].i32[wordOf(node) + word];
  }

  #setNodeWord(node: Ref, word: number, value: number): void {
    this.heap.willWrite(node, NODE_BYTES);
    this.heap.segments[node >>> SEGMENT_SHIFT].i32[wordOf(node) + word] = value;
  }
}
