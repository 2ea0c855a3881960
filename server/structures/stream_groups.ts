/**
 * Consumer groups of a stream: what was delivered to whom and is not acknowledged yet.
 * Source: https://redis.io/docs/latest/develop/data-types/streams/#consumer-groups
 *
 *     group    [ last delivered id: 4 | entries read: 2, -1 unknown | pending index | consumers | name length | name ]
 *     consumer [ last seen, ms: 2 | pending index | name length | name ]
 *     pending  [ delivered, ms: 2 | deliveries: 2 | consumer ]
 *
 * A pending entry is in the index of its group and in that of its consumer; both are ordered by id.
 *
 * @module
 */
import { copyBytes } from "../base/copy.ts";
import type { Int64 } from "../base/number.ts";
import type { Heap } from "../heap/heap.ts";
import { byteOf, type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { IdIndex } from "./id_index.ts";
import { NameIndex } from "./name_index.ts";
import { StreamId } from "./stream_id.ts";
import { readInt64, writeInt64 } from "./words.ts";

const LAST_ID = 0;
const ENTRIES_READ = 4;
const GROUP_PENDING = 6;
const CONSUMERS = 7;
const GROUP_NAME = 8;

const SEEN = 0;
const CONSUMER_PENDING = 2;
const CONSUMER_NAME = 3;

const DELIVERED = 0;
const DELIVERIES = 2;
const CONSUMER = 4;
const PENDING_BYTES = 20;

/** The number of entries that a group has read is not known. */
export const ENTRIES_READ_UNKNOWN = -1;

/** A block with a name, new. */
function newNamed(heap: Heap, nameWord: number, name: Uint8Array, start: number, size: number): Ref {
  const ref = heap.allocate((nameWord + 1) * 4 + size);
  const { i32, u8 } = heap.segments[ref >>> SEGMENT_SHIFT];
  i32.fill(0, wordOf(ref), wordOf(ref) + nameWord);
  i32[wordOf(ref) + nameWord] = size;
  copyBytes(name, start, u8, byteOf(ref) + (nameWord + 1) * 4, size);
  return ref;
}

function nameOf(heap: Heap, nameWord: number, ref: Ref): Uint8Array {
  const { i32, u8 } = heap.segments[ref >>> SEGMENT_SHIFT];
  const first = byteOf(ref) + (nameWord + 1) * 4;
  return u8.subarray(first, first + i32[wordOf(ref) + nameWord]);
}

/** The groups of a stream. */
export class StreamGroups {
  readonly #index: NameIndex;

  /** `moved` keeps the index's block when it has changed. */
  constructor(readonly heap: Heap, ref: Ref, readonly moved: (ref: Ref) => void) {
    this.#index = new NameIndex(heap, GROUP_NAME, ref);
  }

  get count(): number {
    return this.#index.count;
  }

  at(i: number): StreamGroup {
    return new StreamGroup(this.heap, this.#index.at(i));
  }

  find(name: Uint8Array, start = 0, size: number = name.length): StreamGroup | null {
    const ref = this.#index.find(name, start, size);
    return ref === 0 ? null : new StreamGroup(this.heap, ref);
  }

  /** Adds a group whose name is not there. */
  create(name: Uint8Array, lastId: StreamId, entriesRead: Int64): StreamGroup {
    const { heap } = this;
    const ref = newNamed(heap, GROUP_NAME, name, 0, name.length);
    const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
    const at = wordOf(ref);
    lastId.store(words, at + LAST_ID);
    writeInt64(words, at + ENTRIES_READ, entriesRead);
    words[at + GROUP_PENDING] = IdIndex.create(heap);
    const index = this.#index.ref;
    this.#index.insert(ref, name, 0, name.length);
    if (this.#index.ref !== index) this.moved(this.#index.ref);
    return new StreamGroup(heap, ref);
  }

  remove(group: StreamGroup): void {
    this.#index.remove(group.ref);
    group.freePart(Infinity);
  }

  /** Frees about so many pending entries, and everything with the last; whether that is done. */
  freePart(entriesMax: number): boolean {
    for (let left = entriesMax; this.count > 0; left--) {
      const group = this.at(this.count - 1);
      if (left <= 0 || !group.freePart(left)) return false;
      this.#index.remove(group.ref);
    }
    this.heap.free(this.#index.ref);
    this.moved(0);
    return true;
  }

  copyTo(target: StreamGroups): void {
    for (let i = 0; i < this.count; i++) {
      const group = this.at(i);
      group.copyTo(target.create(group.name.slice(), group.readLastId(new StreamId()), group.entriesRead));
    }
  }

  visitBlocks(visit: BlockVisitor): void {
    for (let i = 0; i < this.count; i++) this.at(i).visitBlocks(visit);
    visit(this.#index.ref);
  }
}

/** A group. */
export class StreamGroup {
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #consumers: NameIndex;
  #pending: IdIndex | null = null;

  constructor(readonly heap: Heap, readonly ref: Ref) {
    this.#words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
    this.#at = wordOf(ref);
    this.#consumers = new NameIndex(heap, CONSUMER_NAME, this.#words[this.#at + CONSUMERS]);
  }

  /** Its bytes in the heap: good until the next change. */
  get name(): Uint8Array {
    return nameOf(this.heap, GROUP_NAME, this.ref);
  }

  readLastId(into: StreamId): StreamId {
    return into.load(this.#words, this.#at + LAST_ID);
  }

  setLastId(id: StreamId): void {
    this.#willWrite();
    id.store(this.#words, this.#at + LAST_ID);
  }

  get entriesRead(): Int64 {
    return readInt64(this.#words, this.#at + ENTRIES_READ);
  }

  set entriesRead(count: Int64) {
    this.#willWrite();
    writeInt64(this.#words, this.#at + ENTRIES_READ, count);
  }

  /** What nobody has acknowledged, by id; the refs are understood by {@linkcode StreamGroup.deliveryOf} and the like. */
  get pending(): IdIndex {
    return (this.#pending ??= new IdIndex(this.heap)).open(this.#words[this.#at + GROUP_PENDING]);
  }

  get consumerCount(): number {
    return this.#consumers.count;
  }

  consumerAt(i: number): StreamConsumer {
    return new StreamConsumer(this.heap, this.#consumers.at(i));
  }

  findConsumer(name: Uint8Array, start = 0, size: number = name.length): StreamConsumer | null {
    const ref = this.#consumers.find(name, start, size);
    return ref === 0 ? null : new StreamConsumer(this.heap, ref);
  }

  createConsumer(name: Uint8Array, seenMs: number): StreamConsumer {
    const { heap } = this;
    const ref = newNamed(heap, CONSUMER_NAME, name, 0, name.length);
    const words = heap.segments[ref >>> SEGMENT_SHIFT].i32;
    writeInt64(words, wordOf(ref) + SEEN, seenMs);
    words[wordOf(ref) + CONSUMER_PENDING] = IdIndex.create(heap);
    const index = this.#consumers.ref;
    this.#consumers.insert(ref, name, 0, name.length);
    if (this.#consumers.ref !== index) {
      this.#willWrite();
      this.#words[this.#at + CONSUMERS] = this.#consumers.ref;
    }
    return new StreamConsumer(heap, ref);
  }

  /** Removes a consumer with all that it has pending; how many. */
  removeConsumer(consumer: StreamConsumer): number {
    const { count } = consumer.pending;
    const id = new StreamId();
    while (consumer.pending.first()) this.acknowledge(consumer.pending.readId(id), consumer);
    this.#consumers.remove(consumer.ref);
    consumer.release();
    return count;
  }

  // Pending entries.

  /** The pending entry of an id, 0 where there is none. */
  findPending(id: StreamId): Ref {
    return this.pending.find(id);
  }

  /** Notes that an entry was delivered to a consumer; it must not be pending. */
  addPending(id: StreamId, consumer: StreamConsumer, deliveredMs: Int64, deliveries: Int64): Ref {
    const ref = this.heap.allocate(PENDING_BYTES);
    const words = this.heap.segments[ref >>> SEGMENT_SHIFT].i32;
    writeInt64(words, wordOf(ref) + DELIVERED, deliveredMs);
    writeInt64(words, wordOf(ref) + DELIVERIES, deliveries);
    words[wordOf(ref) + CONSUMER] = consumer.ref;
    this.pending.insert(id, ref);
    consumer.pending.insert(id, ref);
    return ref;
  }

  /** Gives a pending entry to another consumer. */
  movePending(id: StreamId, pending: Ref, consumer: StreamConsumer): void {
    const owner = this.consumerOf(pending);
    if (owner.ref === consumer.ref) return;
    owner.pending.remove(id);
    this.heap.willWrite(pending, PENDING_BYTES);
    this.heap.segments[pending >>> SEGMENT_SHIFT].i32[wordOf(pending) + CONSUMER] = consumer.ref;
    consumer.pending.insert(id, pending);
  }

  setDelivery(pending: Ref, deliveredMs: Int64, deliveries: Int64): void {
    this.heap.willWrite(pending, PENDING_BYTES);
    const words = this.heap.segments[pending >>> SEGMENT_SHIFT].i32;
    writeInt64(words, wordOf(pending) + DELIVERED, deliveredMs);
    writeInt64(words, wordOf(pending) + DELIVERIES, deliveries);
  }

  deliveredMsOf(pending: Ref): Int64 {
    return readInt64(this.heap.segments[pending >>> SEGMENT_SHIFT].i32, wordOf(pending) + DELIVERED);
  }

  deliveriesOf(pending: Ref): Int64 {
    return readInt64(this.heap.segments[pending >>> SEGMENT_SHIFT].i32, wordOf(pending) + DELIVERIES);
  }

  consumerOf(pending: Ref): StreamConsumer {
    const ref = this.heap.segments[pending >>> SEGMENT_SHIFT].i32[wordOf(pending) + CONSUMER];
    return new StreamConsumer(this.heap, ref);
  }

  /** Takes a pending entry out; whether it was there. `owner` spares the search for its consumer. */
  acknowledge(id: StreamId, owner?: StreamConsumer): boolean {
    const pending = this.pending.remove(id);
    if (pending === 0) return false;
    (owner ?? this.consumerOf(pending)).pending.remove(id);
    this.heap.free(pending);
    return true;
  }

  /** Frees about so many pending entries, and everything with the last; whether that is done. */
  freePart(entriesMax: number): boolean {
    const id = new StreamId();
    for (let left = entriesMax; this.pending.first(); left--) {
      if (left <= 0) return false;
      this.acknowledge(this.pending.readId(id));
    }
    while (this.consumerCount > 0) this.removeConsumer(this.consumerAt(this.consumerCount - 1));
    if (this.#consumers.ref !== 0) this.heap.free(this.#consumers.ref);
    this.pending.release();
    this.heap.free(this.ref);
    return true;
  }

  copyTo(target: StreamGroup): void {
    for (let i = 0; i < this.consumerCount; i++) {
      const consumer = this.consumerAt(i);
      target.createConsumer(consumer.name.slice(), Number(consumer.seenMs));
    }
    const id = new StreamId();
    for (let here = this.pending.first(); here; here = this.pending.next()) {
      const pending = this.pending.value;
      const owner = target.findConsumer(this.consumerOf(pending).name)!;
      target.addPending(this.pending.readId(id), owner, this.deliveredMsOf(pending), this.deliveriesOf(pending));
    }
  }

  visitBlocks(visit: BlockVisitor): void {
    this.pending.forEach(visit);
    this.pending.visitBlocks(visit);
    for (let i = 0; i < this.consumerCount; i++) this.consumerAt(i).visitBlocks(visit);
    if (this.#consumers.ref !== 0) visit(this.#consumers.ref);
    visit(this.ref);
  }

  #willWrite(): void {
    this.heap.willWrite(this.ref, GROUP_NAME * 4);
  }
}

/** A consumer. */
export class StreamConsumer {
  #pending: IdIndex | null = null;

  constructor(readonly heap: Heap, readonly ref: Ref) {}

  /** Its bytes in the heap: good until the next change. */
  get name(): Uint8Array {
    return nameOf(this.heap, CONSUMER_NAME, this.ref);
  }

  /** When it last asked for something. */
  get seenMs(): Int64 {
    return readInt64(this.#words, wordOf(this.ref) + SEEN);
  }

  set seenMs(ms: Int64) {
    this.heap.willWrite(this.ref, 8);
    writeInt64(this.#words, wordOf(this.ref) + SEEN, ms);
  }

  /** What it has not acknowledged, by id. */
  get pending(): IdIndex {
    return (this.#pending ??= new IdIndex(this.heap)).open(this.#words[wordOf(this.ref) + CONSUMER_PENDING]);
  }

  /** Frees the consumer, who has nothing pending. */
  release(): void {
    this.pending.release();
    this.heap.free(this.ref);
  }

  visitBlocks(visit: BlockVisitor): void {
    this.pending.visitBlocks(visit);
    visit(this.ref);
  }

  get #words(): Int32Array {
    return this.heap.segments[this.ref >>> SEGMENT_SHIFT].i32;
  }
}
