/**
 * A stream: entries of fields and values under ascending ids, packed into nodes.
 * Source: https://redis.io/docs/latest/develop/data-types/streams/
 *
 * A node is a listpack in the form that the RDB format has, found through an {@linkcode IdIndex} by its *master id*, the id of
 * its first entry:
 *
 *     node   [ entries | deleted entries | master fields | field… | 0 ] entry…
 *     entry  [ flags | ms - master ms | seq - master seq | (fields | field, value…) or values… | elements of the entry ]
 *
 * An entry with the fields of the master, which is what streams mostly have, leaves them out (`SAME_FIELDS`). A deleted entry
 * is marked; a node goes when its last entry is deleted by name or lies wholly beyond a trim. The number at an entry's end leads a walk backwards to its begin.
 *
 * Costs: appending writes to the last node alone; finding an id is a search in the index and a walk through one node.
 *
 * @module
 */
import type { Int64 } from "../base/number.ts";
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import type { ElementView } from "./element.ts";
import { IdIndex } from "./id_index.ts";
import { Listpack, LISTPACK_EMPTY_BYTES } from "./listpack.ts";
import { StreamGroups } from "./stream_groups.ts";
import { StreamId } from "./stream_id.ts";
import { readInt64, writeInt64 } from "./words.ts";

// The root block.
const ROOT_BYTES = 56;
const NODES = 0;
const GROUPS = 1;
const LENGTH = 2;
const LAST_ID = 4;
const MAX_DELETED_ID = 8;
const ENTRIES_ADDED = 12;

const DELETED = 1;
const SAME_FIELDS = 2;
/** Room of a new node where `stream-node-max-bytes` asks for more or sets no limit. */
const NODE_ROOM_BYTES_MAX = 4096;
/** Elements of an entry beside its fields and values: flags, two differences. */
const ENTRY_HEAD = 3;

/** Strings by their places: fields and values of an entry to append. */
export interface StringList {
  readonly buffer: Uint8Array;
  start(i: number): number;
  size(i: number): number;
}

/** How much to trim; see {@linkcode Stream.trim}. */
export interface TrimLimits {
  /** Entries to keep, or -1. */
  readonly lengthMax: number;
  /** Entries with smaller ids go, or null. */
  readonly idMin: StreamId | null;
  /** Whole nodes only. */
  readonly approximate: boolean;
  /** Most entries to take out; 0: any number. */
  readonly removedMax: number;
}

/** What a stream needs to move about in itself. */
interface Cursors {
  readonly heap: Heap;
  readonly nodes: IdIndex;
  readonly pack: Listpack;
  readonly id: StreamId;
}

function newCursors(heap: Heap): Cursors {
  return { heap, nodes: new IdIndex(heap), pack: new Listpack(heap), id: new StreamId() };
}

/** Spares most streams cursors of their own. A cache: nothing depends on what it holds. */
const shared: { cursors: Cursors | null } = { cursors: null };

/** A stream, opened on its root block. */
export class Stream {
  #words: Int32Array;
  #at: number;
  readonly #nodes: IdIndex;
  readonly #pack: Listpack;
  readonly #id: StreamId;

  constructor(readonly heap: Heap, readonly root: Ref, cursors: Cursors = newCursors(heap)) {
    this.#words = heap.segments[root >>> SEGMENT_SHIFT].i32;
    this.#at = wordOf(root);
    this.#nodes = cursors.nodes.open(this.#words[this.#at + NODES]);
    this.#pack = cursors.pack;
    this.#id = cursors.id;
  }

  /** Opens a stream with the cursors of the one that was opened so before, which must not be used any more. */
  static open(heap: Heap, root: Ref): Stream {
    if (shared.cursors?.heap !== heap) shared.cursors = newCursors(heap);
    return new Stream(heap, root, shared.cursors);
  }

  /** Makes an empty stream; its root block. */
  static create(heap: Heap): Ref {
    const root = heap.allocate(ROOT_BYTES);
    const words = heap.segments[root >>> SEGMENT_SHIFT].i32;
    const at = wordOf(root);
    words.fill(0, at, at + ROOT_BYTES / 4);
    words[at + NODES] = IdIndex.create(heap);
    return root;
  }

  /** Number of entries. */
  get length(): number {
    return Number(readInt64(this.#words, this.#at + LENGTH));
  }

  /** Number of nodes. */
  get nodeCount(): number {
    return this.#nodes.count;
  }

  /** Entries ever added. */
  get entriesAdded(): Int64 {
    return readInt64(this.#words, this.#at + ENTRIES_ADDED);
  }

  set entriesAdded(count: Int64) {
    this.#willWriteRoot();
    writeInt64(this.#words, this.#at + ENTRIES_ADDED, count);
  }

  /** The id of the newest entry ever. */
  readLastId(into: StreamId): StreamId {
    return into.load(this.#words, this.#at + LAST_ID);
  }

  setLastId(id: StreamId): void {
    this.#willWriteRoot();
    id.store(this.#words, this.#at + LAST_ID);
  }

  /** The largest id that was deleted by name. */
  readMaxDeletedId(into: StreamId): StreamId {
    return into.load(this.#words, this.#at + MAX_DELETED_ID);
  }

  setMaxDeletedId(id: StreamId): void {
    this.#willWriteRoot();
    id.store(this.#words, this.#at + MAX_DELETED_ID);
  }

  /** The id of the first entry, zero in an empty stream. */
  readFirstId(into: StreamId): StreamId {
    const cursor = new StreamCursor(this).range(ZERO, MAX, false);
    return cursor.next() ? into.set(cursor.id) : into.clear();
  }

  /** The id of the last entry, zero in an empty stream. */
  readLastEntryId(into: StreamId): StreamId {
    const cursor = new StreamCursor(this).range(ZERO, MAX, true);
    return cursor.next() ? into.set(cursor.id) : into.clear();
  }

  /** Its consumer groups. */
  get groups(): StreamGroups {
    return new StreamGroups(this.heap, this.#words[this.#at + GROUPS], (ref) => {
      this.#willWriteRoot();
      this.#words[this.#at + GROUPS] = ref;
    });
  }

  /** Whether it has consumer groups. */
  get hasGroups(): boolean {
    return this.#words[this.#at + GROUPS] !== 0;
  }

  /** The index of its nodes, for cursors. */
  get nodes(): Ref {
    return this.#nodes.header;
  }

  /**
   * Appends an entry with `fields` fields; field `i` is string `first + 2 * i` of the list, its value the one behind. The id
   * is larger than the last. A node is filled up to `nodeBytesMax` and `nodeEntriesMax`, where these are not 0.
   */
  append(
    id: StreamId,
    list: StringList,
    first: number,
    fields: number,
    nodeBytesMax: number,
    nodeEntriesMax: number,
  ): void {
    const pack = this.#pack;
    let added = 0;
    for (let i = 0; i < 2 * fields; i++) added += list.size(first + i);
    if (!this.#nodes.last() || this.#isFull(pack.open(this.#nodes.value), added, nodeBytesMax, nodeEntriesMax)) {
      this.#addNode(id, list, first, fields, nodeBytesMax);
    }
    const node = this.#nodes.value;
    const master = this.#nodes.readId(this.#id);
    const same = this.#hasMasterFields(list, first, fields);
    const end = pack.totalBytes;
    try {
      pack.insertInteger(0, same ? SAME_FIELDS : 0);
      pack.insertInteger(0, id.msFrom(master));
      pack.insertInteger(0, id.seqFrom(master));
      if (!same) pack.insertInteger(0, fields);
      for (let i = same ? 1 : 0; i < 2 * fields; i += same ? 2 : 1) {
        pack.insert(0, list.buffer, list.start(first + i), list.size(first + i));
      }
      pack.insertInteger(0, same ? fields + ENTRY_HEAD : 2 * fields + ENTRY_HEAD + 1);
      const entries = pack.first();
      pack.replaceInteger(entries, pack.integerAt(entries) + 1);
    } catch (error) {
      // Memory has ended within the entry: what is there of it is taken back.
      if (pack.totalBytes > end) pack.remove(end - 1, 2 * fields + ENTRY_HEAD + 2);
      this.#noteNode(node);
      if (pack.integerAt(pack.first()) === 0) this.#removeNode(master);
      throw error;
    }
    this.#noteNode(node);
    this.#willWriteRoot();
    id.store(this.#words, this.#at + LAST_ID);
    writeInt64(this.#words, this.#at + LENGTH, this.length + 1);
    const total = this.entriesAdded;
    writeInt64(
      this.#words,
      this.#at + ENTRIES_ADDED,
      typeof total === "number" ? total + 1 : BigInt.asIntN(64, total + 1n),
    );
  }

  /** Marks an entry as deleted; whether it was there. */
  remove(id: StreamId): boolean {
    const cursor = new StreamCursor(this).range(id, id, false);
    if (!cursor.next()) return false;
    if (this.#markDeleted(cursor.master, cursor.entry) === 0) this.#removeNode(cursor.master);
    return true;
  }

  /** Takes entries from the front; how many. */
  trim({ lengthMax, idMin, approximate, removedMax }: TrimLimits): number {
    let removed = 0;
    while (this.length > 0 && (lengthMax < 0 || this.length > lengthMax)) {
      this.#nodes.first();
      const master = this.#nodes.readId(new StreamId());
      const pack = this.#pack.open(this.#nodes.value);
      const entries = pack.integerAt(pack.first());
      if (removedMax > 0 && removed + entries > removedMax) break;
      const whole = lengthMax >= 0 ? this.length - entries >= lengthMax : this.#isBelow(master, idMin!);
      if (whole) {
        this.#setLength(this.length - entries);
        this.#removeNode(master);
        removed += entries;
        continue;
      }
      if (approximate) break;
      const cursor = new StreamCursor(this).range(ZERO, MAX, false);
      if (!cursor.next() || (idMin !== null && cursor.id.compare(idMin) >= 0)) break;
      this.#markDeleted(cursor.master, cursor.entry);
      removed++;
    }
    return removed;
  }

  /** Adds a node as it was saved; false where its bytes are none. Nodes come in ascending order. */
  addSavedNode(master: StreamId, bytes: Uint8Array): boolean {
    const ref = Listpack.from(this.heap, bytes);
    const pack = this.#pack.open(ref);
    const isAfter = !this.#nodes.last() || this.#nodes.readId(this.#id).compare(master) < 0;
    const entries = isAfter ? validNodeEntries(pack) : -1;
    if (entries < 0) {
      this.heap.free(ref);
      return false;
    }
    this.#nodes.insert(master, ref);
    this.#setLength(this.length + entries);
    return true;
  }

  /** Visits the nodes: master id and listpack. */
  forEachNode(visit: (master: StreamId, pack: Listpack) => void): void {
    const id = new StreamId();
    for (let here = this.#nodes.first(); here; here = this.#nodes.next()) {
      visit(this.#nodes.readId(id), this.#pack.open(this.#nodes.value));
    }
  }

  /** Frees about so many entries, and everything with the last; whether that is done. */
  freePart(entriesMax: number): boolean {
    let freed = 0;
    for (; freed < entriesMax && this.#nodes.first(); freed += NODE_EFFORT) {
      this.#removeNode(this.#nodes.readId(this.#id));
    }
    if (this.#nodes.count > 0) return false;
    if (this.hasGroups && !this.groups.freePart(entriesMax - freed)) return false;
    this.#nodes.release();
    this.heap.free(this.root);
    return true;
  }

  /** Copies everything to a new root block. */
  copyTo(setRoot: (root: Ref) => void): void {
    const { heap } = this;
    const root = Stream.create(heap);
    setRoot(root);
    const copy = new Stream(heap, root);
    const id = new StreamId();
    for (let here = this.#nodes.first(); here; here = this.#nodes.next()) {
      const pack = this.#pack.open(this.#nodes.value);
      const ref = heap.allocate(pack.totalBytes);
      heap.copy(pack.ref, ref, pack.totalBytes);
      copy.#nodes.insert(this.#nodes.readId(id), ref);
    }
    copy.#setLength(this.length);
    copy.setLastId(this.readLastId(id));
    copy.setMaxDeletedId(this.readMaxDeletedId(id));
    copy.entriesAdded = this.entriesAdded;
    if (this.hasGroups) this.groups.copyTo(copy.groups);
  }

  visitBlocks(visit: BlockVisitor): void {
    this.#nodes.forEach(visit);
    this.#nodes.visitBlocks(visit);
    if (this.hasGroups) this.groups.visitBlocks(visit);
    visit(this.root);
  }

  #isFull(pack: Listpack, added: number, bytesMax: number, entriesMax: number): boolean {
    if (bytesMax > 0 && pack.totalBytes + added >= bytesMax) return true;
    if (entriesMax === 0) return false;
    const first = pack.first();
    return pack.integerAt(first) + pack.integerAt(pack.next(first)) >= entriesMax;
  }

  #addNode(id: StreamId, list: StringList, first: number, fields: number, bytesMax: number): void {
    if (this.#nodes.last()) {
      const node = this.#nodes.value;
      this.#pack.open(node).shrinkToFit();
      this.#noteNode(node);
    }
    const room = this.#nodes.count === 0 ? LISTPACK_EMPTY_BYTES : Math.min(bytesMax, NODE_ROOM_BYTES_MAX);
    const pack = this.#pack.open(Listpack.create(this.heap, room));
    try {
      pack.insertInteger(0, 0);
      pack.insertInteger(0, 0);
      pack.insertInteger(0, fields);
      for (let i = 0; i < fields; i++) {
        pack.insert(0, list.buffer, list.start(first + 2 * i), list.size(first + 2 * i));
      }
      pack.insertInteger(0, 0);
    } catch (error) {
      this.heap.free(pack.ref);
      throw error;
    }
    this.#nodes.insert(id, pack.ref);
    this.#nodes.last();
  }

  #hasMasterFields(list: StringList, first: number, fields: number): boolean {
    const pack = this.#pack;
    let position = pack.next(pack.next(pack.first()));
    if (pack.integerAt(position) !== fields) return false;
    for (let i = 0; i < fields; i++) {
      position = pack.next(position);
      const field = first + 2 * i;
      if (!pack.equals(position, list.buffer, list.start(field), list.size(field))) return false;
    }
    return true;
  }

  /** Puts the moved block of a changed node in the place of the old. */
  #noteNode(old: Ref): void {
    if (this.#pack.ref === old) return;
    this.#nodes.replace(this.#nodes.readId(new StreamId()), this.#pack.ref);
  }

  /** Marks an entry; how many its node has left. */
  #markDeleted(master: StreamId, entry: number): number {
    this.#nodes.find(master);
    const node = this.#nodes.value;
    const pack = this.#pack.open(node);
    const first = pack.first();
    const left = pack.integerAt(first) - 1;
    pack.replaceInteger(entry, pack.integerAt(entry) | DELETED);
    pack.replaceInteger(first, left);
    const deleted = pack.next(first);
    pack.replaceInteger(deleted, pack.integerAt(deleted) + 1);
    this.#noteNode(node);
    this.#setLength(this.length - 1);
    return left;
  }

  #removeNode(master: StreamId): void {
    this.heap.free(this.#nodes.remove(master));
  }

  /** Whether all entries of a node, the deleted ones too, have smaller ids. */
  #isBelow(master: StreamId, idMin: StreamId): boolean {
    const end = StreamId.max();
    this.#nodes.find(master);
    if (this.#nodes.next()) this.#nodes.readId(end).decrement();
    const cursor = new StreamCursor(this, true).range(master, end, true);
    return !cursor.next() || cursor.id.compare(idMin) < 0;
  }

  #setLength(length: number): void {
    this.#willWriteRoot();
    writeInt64(this.#words, this.#at + LENGTH, length);
  }

  #willWriteRoot(): void {
    this.heap.willWrite(this.root, ROOT_BYTES);
  }
}

/** Entries of a node, for how long freeing it takes. */
const NODE_EFFORT = 16;

/** A walk over entries between two ids, both included. The stream must not change meanwhile. */
export class StreamCursor {
  /** The entry's id. */
  readonly id: StreamId = new StreamId();
  /** The id of its node. */
  readonly master: StreamId = new StreamId();
  /** Its position in the node. */
  entry = 0;
  /** Number of its fields. */
  fields = 0;

  readonly #nodes: IdIndex;
  readonly #pack: Listpack;
  readonly #from = new StreamId();
  readonly #to = new StreamId();
  #backwards = false;
  #hasNode = false;
  /** Where the walk goes on in the node: forwards the next entry, backwards the end of the one before; 0: next node. */
  #position = 0;
  /** Whether a walk forwards has still to pass by what was not read of the entry. */
  #isWithin = false;
  #same = false;
  #fieldPosition = 0;
  #stringPosition = 0;
  #stringIndex = 0;

  /** Deleted entries are passed by, unless asked for. */
  constructor(stream: Stream, readonly withDeleted: boolean = false) {
    this.#nodes = new IdIndex(stream.heap).open(stream.nodes);
    this.#pack = new Listpack(stream.heap);
  }

  /** Begins a walk. */
  range(from: StreamId, to: StreamId, backwards: boolean): this {
    this.#from.set(from);
    this.#to.set(to);
    this.#backwards = backwards;
    this.#isWithin = false;
    this.#hasNode = this.#nodes.seekBack(backwards ? to : from) || (!backwards && this.#nodes.first());
    if (this.#hasNode) this.#openNode();
    return this;
  }

  /** To the next entry; whether there is one. */
  next(): boolean {
    if (this.#isWithin) this.#leave();
    while (this.#hasNode) {
      if (this.#position === 0) {
        this.#hasNode = this.#backwards ? this.#nodes.previous() : this.#nodes.next();
        if (this.#hasNode) this.#openNode();
        continue;
      }
      const flags = this.#backwards ? this.#readBackwards() : this.#readForwards();
      if (this.#backwards ? this.id.compare(this.#from) < 0 : this.id.compare(this.#to) > 0) this.#hasNode = false;
      else if (((flags & DELETED) === 0 || this.withDeleted) && this.#isInRange()) return true;
      if (this.#isWithin) this.#leave();
    }
    return false;
  }

  /** The next string of the entry: its first field, the value of it, the second field… */
  string(): ElementView {
    const isField = (this.#stringIndex++ & 1) === 0;
    const pack = this.#pack;
    if (this.#same && isField) {
      const position = this.#fieldPosition;
      this.#fieldPosition = pack.next(position);
      return pack.read(position);
    }
    const position = this.#stringPosition;
    this.#stringPosition = pack.next(position);
    return pack.read(position);
  }

  #isInRange(): boolean {
    return this.id.compare(this.#from) >= 0 && this.id.compare(this.#to) <= 0;
  }

  #openNode(): void {
    const pack = this.#pack.open(this.#nodes.value);
    this.#nodes.readId(this.master);
    if (this.#backwards) this.#position = pack.last();
    else {
      let position = pack.next(pack.next(pack.first()));
      for (let left = pack.integerAt(position) + 2; left > 0; left--) position = pack.next(position);
      this.#position = position;
    }
  }

  #readForwards(): number {
    this.#isWithin = true;
    return this.#readHead(this.#position);
  }

  /** Passes by the strings that were not asked for, and the number at the entry's end. */
  #leave(): void {
    const pack = this.#pack;
    let position = this.#stringPosition;
    const all = 2 * this.fields;
    for (let i = this.#stringIndex; i < all; i++) if (!this.#same || (i & 1) === 1) position = pack.next(position);
    this.#position = pack.next(position);
    this.#isWithin = false;
  }

  #readBackwards(): number {
    const pack = this.#pack;
    let position = this.#position;
    // The end of the node's head is a zero: no entry ends so.
    const elements = pack.integerAt(position);
    for (let left = elements; left > 0; left--) position = pack.previous(position);
    const flags = this.#readHead(position);
    const before = pack.previous(position);
    this.#position = pack.integerAt(before) === 0 ? 0 : before;
    return flags;
  }

  /** Stands on an entry; its flags. */
  #readHead(entry: number): number {
    const pack = this.#pack;
    this.entry = entry;
    const flags = pack.integerAt(entry);
    let position = pack.next(entry);
    const ms = pack.read(position).exactInteger;
    position = pack.next(position);
    const seq = pack.read(position).exactInteger;
    this.id.set(this.master).add(ms, seq);
    position = pack.next(position);
    this.#same = (flags & SAME_FIELDS) !== 0;
    const masterFields = pack.next(pack.next(pack.first()));
    if (this.#same) {
      this.fields = pack.integerAt(masterFields);
      this.#fieldPosition = pack.next(masterFields);
    } else {
      this.fields = pack.integerAt(position);
      position = pack.next(position);
    }
    this.#stringPosition = position;
    this.#stringIndex = 0;
    return flags;
  }
}

/** The number of entries of a saved node, each checked; -1 where it is damaged. */
function validNodeEntries(pack: Listpack): number {
  let position = pack.first();
  const integer = () => {
    const value = position === 0 ? NaN : pack.integerAt(position);
    if (position !== 0) position = pack.next(position);
    return value;
  };
  const skip = (count: number) => {
    for (let left = count; left > 0 && position !== 0; left--) position = pack.next(position);
    return position !== 0;
  };
  const entries = integer();
  const deleted = integer();
  const masterFields = integer();
  if (!(entries >= 0 && deleted >= 0 && masterFields >= 0) || !skip(masterFields) || integer() !== 0) return -1;
  let valid = 0;
  let marked = 0;
  while (position !== 0) {
    const flags = integer();
    if (!(flags >= 0 && flags <= 3) || Number.isNaN(integer()) || Number.isNaN(integer())) return -1;
    const same = (flags & SAME_FIELDS) !== 0;
    const fields = same ? masterFields : integer();
    if (!(fields >= 0) || !skip(same ? fields : 2 * fields)) return -1;
    if (integer() !== (same ? fields + ENTRY_HEAD : 2 * fields + ENTRY_HEAD + 1)) return -1;
    if ((flags & DELETED) !== 0) marked++;
    else valid++;
  }
  return valid === entries && marked === deleted ? entries : -1;
}

const ZERO = new StreamId();
const MAX = StreamId.max();
