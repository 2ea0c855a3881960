/**
 * A database: a table of entries and, for those with a deadline, a second one of the same entries.
 *
 * An entry moves in memory when it gets a longer value or a deadline; then its slot in one or both tables is given the new
 * ref. A refs that a method returned is therefore good until the next change.
 *
 * Expiry is a matter of policy and comes from a module: here a passed deadline only means that the policy is asked.
 *
 * @module
 */
import { type Database as DatabaseApi, type EntryRef, KEEP_DEADLINE, NO_DEADLINE } from "../api/database.ts";
import type { KeyEvent } from "../api/events.ts";
import type { AnyType, BytesTypeDefinition, HeapTypeDefinition, ObjectTypeDefinition, ValueRoot } from "../api/type.ts";
import type { Int64 } from "../base/number.ts";
import { assert } from "../base/assert.ts";
import { copyBytes } from "../base/copy.ts";
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { WRONG_TYPE } from "../protocol/errors.ts";
import { ByteString, SEPARATE_HEADER_BYTES } from "../structures/byte_string.ts";
import {
  copyEntryDeadline,
  copyEntryKey,
  entryAccess,
  entryBytes,
  entryDeadline,
  entryExactDeadline,
  entryHasDeadline,
  entryInlineByte,
  entryIntegerWord,
  entryKeyLength,
  entryKind,
  entryValueWord,
  FORM_INLINE,
  FORM_INTEGER,
  FORM_OBJECT,
  FORM_ROOT,
  FORM_SEPARATE,
  initEntry,
  inlineIntegerBytes,
  loadEntryKey,
  setEntryAccess,
  setEntryDeadline,
  setEntryKind,
  setEntryValueWord,
} from "../structures/entry.ts";
import { Key } from "../structures/key.ts";
import { writeInt64 } from "../structures/words.ts";
import { EntryRoot } from "./entry_root.ts";
import { type KeyTable, SlottedKeyTable } from "./key_table.ts";
import type { Keyspace } from "./keyspace.ts";
import { BYTES_INTEGER, BYTES_LONG, BYTES_SEPARATE, BYTES_SHORT } from "./kinds.ts";

/** Longer byte strings get a block of their own, so that key and deadline can change without copying them. */
const INLINE_BYTES_MAX = 8192;
/** A growing string gets twice the room, up to so much more. */
const GROWTH_BYTES_MAX = 1024 * 1024;
/** Values with more elements are freed in the background when freed lazily. */
const LAZY_FREE_EFFORT_MIN = 64;
/** A value with more elements is freed in the background whoever removes it, because nobody should wait for that. */
const EAGER_FREE_EFFORT_MAX = 65536;

/** The tables of a database; `SWAPDB` exchanges them. */
export interface Tables {
  readonly entries: KeyTable;
  readonly volatile: KeyTable;
}

export class Database implements DatabaseApi {
  /** Mean time to live that the last expiry cycles saw, in milliseconds. */
  averageTtlMs = 0;
  #entries: KeyTable;
  #volatile: KeyTable;
  readonly #cursor = new ByteString();
  /** By their first kind, the roots of types that open one value at a time. */
  readonly #roots: EntryRoot[] = [];
  readonly #heap: Heap;

  constructor(readonly keyspace: Keyspace, readonly index: number) {
    this.#heap = keyspace.heap;
    this.#entries = keyspace.newTable();
    this.#volatile = keyspace.newTable();
  }

  get size(): number {
    return this.#entries.count;
  }

  get volatileSize(): number {
    return this.#volatile.count;
  }

  get tables(): Tables {
    return { entries: this.#entries, volatile: this.#volatile };
  }

  set tables(tables: Tables) {
    this.#entries = tables.entries;
    this.#volatile = tables.volatile;
  }

  // Finding.

  lookup(key: Key): EntryRef {
    const entry = this.#findLive(key);
    if (entry === 0) {
      this.keyspace.missed(this, key);
      return 0;
    }
    this.keyspace.hits++;
    this.keyspace.touch(entry);
    return entry;
  }

  lookupUntouched(key: Key): EntryRef {
    const entry = this.#findLive(key);
    if (entry === 0) this.keyspace.missed(this, key);
    else this.keyspace.hits++;
    return entry;
  }

  lookupForWrite(key: Key): EntryRef {
    const entry = this.#findLive(key);
    if (entry !== 0) this.keyspace.touch(entry);
    return entry;
  }

  peek(key: Key): EntryRef {
    return this.#findLive(key);
  }

  find(key: Key): EntryRef {
    return this.#entries.find(key);
  }

  readBytes(key: Key, type: BytesTypeDefinition): ByteString | null {
    const entry = this.lookup(key);
    return entry === 0 ? null : this.#openBytes(entry, type);
  }

  writeBytes(key: Key, type: BytesTypeDefinition): ByteString | null {
    const entry = this.lookupForWrite(key);
    return entry === 0 ? null : this.#openBytes(entry, type);
  }

  read<V>(key: Key, type: HeapTypeDefinition<V>): V | null;
  read<V extends object>(key: Key, type: ObjectTypeDefinition<V>): V | null;
  read<V extends object>(key: Key, type: HeapTypeDefinition<V> | ObjectTypeDefinition<V>): V | null {
    const entry = this.lookup(key);
    return entry === 0 ? null : this.#open(entry, type);
  }

  write<V>(key: Key, type: HeapTypeDefinition<V>): V | null;
  write<V extends object>(key: Key, type: ObjectTypeDefinition<V>): V | null;
  write<V extends object>(key: Key, type: HeapTypeDefinition<V> | ObjectTypeDefinition<V>): V | null {
    const entry = this.lookupForWrite(key);
    return entry === 0 ? null : this.#open(entry, type);
  }

  upsert<V>(key: Key, type: HeapTypeDefinition<V>): V;
  upsert<V extends object>(key: Key, type: ObjectTypeDefinition<V>): V;
  upsert<V extends object>(key: Key, type: HeapTypeDefinition<V> | ObjectTypeDefinition<V>): V {
    const entry = this.lookupForWrite(key);
    if (entry !== 0) return this.#open(entry, type);
    if (type.storage === "object") {
      const value = type.create();
      this.setObject(key, type, value);
      return value;
    }
    return this.build(key, type, NO_DEADLINE, (root) => type.create(root));
  }

  // Storing.

  setBytes(
    key: Key,
    type: BytesTypeDefinition,
    source: Uint8Array,
    start: number,
    size: number,
    deadlineMs: Int64 = NO_DEADLINE,
  ): void {
    const first = this.keyspace.kinds.firstOf(type);
    if (size > INLINE_BYTES_MAX) {
      this.#placeSeparate(key, first, this.#separateBlock(source, start, size, size), deadlineMs);
      return;
    }
    const entry = this.#place(key, first + (size <= type.shortBytesMax ? BYTES_SHORT : BYTES_LONG), size, deadlineMs);
    const segment = this.#heap.segments[entry >>> SEGMENT_SHIFT];
    segment.i32[wordOf(entry) + 2] = size;
    copyBytes(source, start, segment.u8, entryInlineByte(this.#heap, entry), size);
  }

  setInteger(key: Key, type: BytesTypeDefinition, value: Int64, deadlineMs: Int64 = NO_DEADLINE): void {
    const kind = this.keyspace.kinds.firstOf(type) + BYTES_INTEGER;
    const entry = this.#place(key, kind, inlineIntegerBytes(key.length), deadlineMs);
    writeInt64(this.#heap.segments[entry >>> SEGMENT_SHIFT].i32, entryIntegerWord(this.#heap, entry), value);
  }

  buildBytes(
    key: Key,
    type: BytesTypeDefinition,
    size: number,
    fill: (bytes: Uint8Array, start: number) => void,
    deadlineMs: Int64 = NO_DEADLINE,
  ): void {
    const block = this.#separateBlock(EMPTY, 0, 0, size);
    const { u8 } = this.#heap.segments[block >>> SEGMENT_SHIFT];
    const start = (wordOf(block) << 2) + SEPARATE_HEADER_BYTES;
    let isPlaced = false;
    try {
      fill(u8, start);
      isPlaced = size > INLINE_BYTES_MAX;
      if (isPlaced) this.#placeSeparate(key, this.keyspace.kinds.firstOf(type), block, deadlineMs);
      else this.setBytes(key, type, u8, start, size, deadlineMs);
    } finally {
      if (!isPlaced) this.#heap.free(block);
    }
  }

  resizeBytes(key: Key, type: BytesTypeDefinition, length: number): ByteString {
    const old = this.lookupForWrite(key);
    const first = this.keyspace.kinds.firstOf(type);
    if (old === 0) {
      this.#placeZeros(key, first, length);
      return this.#cursor.open(this.#heap, this.#entries.find(key), this.#formOf(this.#entries.find(key)));
    }
    const value = this.#openBytes(old, type);
    if (value.isInteger) {
      const digits = value.toBytes();
      this.setBytes(key, type, digits, 0, digits.length, KEEP_DEADLINE);
      return this.resizeBytes(key, type, length);
    }
    const oldLength = value.length;
    const separate = this.#formOf(old) === FORM_SEPARATE;
    if (separate) this.#resizeSeparate(old, oldLength, length);
    else if (length > INLINE_BYTES_MAX) {
      const block = this.#separateBlock(value.bytes, value.start, oldLength, length);
      this.#placeSeparate(key, first, block, KEEP_DEADLINE);
    } else this.#resizeInline(key, old, first + BYTES_LONG, oldLength, length);
    const entry = this.#entries.find(key);
    const cursor = this.#cursor.open(this.#heap, entry, this.#formOf(entry));
    if (length > oldLength) cursor.fill(oldLength, length - oldLength, 0);
    return cursor;
  }

  newRoot(): ValueRoot {
    return { heap: this.#heap, config: this.keyspace.config, root: 0, encoding: 0 };
  }

  adopt<V>(key: Key, type: HeapTypeDefinition<V>, root: ValueRoot, deadlineMs: Int64 = NO_DEADLINE): void {
    this.build(key, type, deadlineMs, (target) => {
      target.root = root.root;
      target.encoding = root.encoding;
    });
  }

  setObject<V extends object>(
    key: Key,
    type: ObjectTypeDefinition<V>,
    value: V,
    deadlineMs: Int64 = NO_DEADLINE,
  ): void {
    const entry = this.#place(key, this.keyspace.kinds.firstOf(type), 0, deadlineMs);
    setEntryValueWord(this.#heap, entry, this.keyspace.objects.add(value));
  }

  /**
   * Makes an entry for a value in the heap, over whatever was there; `fill` builds the value at the root. Where it throws,
   * nothing is left of either.
   */
  build<V, R>(key: Key, type: HeapTypeDefinition<V>, deadlineMs: Int64, fill: (root: ValueRoot) => R): R {
    const kind = this.keyspace.kinds.firstOf(type);
    const root = this.#newRoot(this.#place(key, kind, 0, deadlineMs), kind);
    setEntryValueWord(this.#heap, root.entry, 0);
    try {
      return fill(root);
    } catch (error) {
      this.remove(key);
      throw error;
    }
  }

  // Removing, moving.

  remove(key: Key, lazily = false): boolean {
    const entry = this.#entries.find(key);
    if (entry === 0) return false;
    this.#entries.remove();
    this.#forgetDeadline(key, entry);
    this.#releaseValue(entry, lazily);
    this.#heap.free(entry);
    return true;
  }

  rename(from: Key, to: Key, target: Database = this): void {
    const entry = this.#entries.find(from);
    const hasDeadline = entryHasDeadline(this.#heap, entry);
    const moved = this.#movedEntry(entry, to, hasDeadline);
    if (hasDeadline) copyEntryDeadline(this.#heap, entry, moved);
    target.remove(to);
    this.#entries.find(from);
    this.#entries.remove();
    this.#forgetDeadline(from, entry);
    this.#heap.free(entry);
    target.#entries.find(to);
    target.#entries.insertEntry(to, moved);
    if (hasDeadline) target.#volatile.insertEntry(to, moved);
    this.keyspace.created(target, to);
  }

  copy(from: Key, to: Key, target: Database): boolean {
    const entry = this.#findLive(from);
    if (entry === 0) return false;
    const { type, form } = this.#kindOf(entry);
    const deadlineMs = entryExactDeadline(this.#heap, entry);
    target.remove(to);
    switch (form) {
      case FORM_ROOT:
        this.#copyRoot(entry, type as HeapTypeDefinition<unknown>, to, target, deadlineMs);
        break;
      case FORM_OBJECT: {
        const objectType = type as ObjectTypeDefinition<object>;
        const value = this.keyspace.objects.get(entryValueWord(this.#heap, entry));
        target.setObject(to, objectType, objectType.copy(value), deadlineMs);
        break;
      }
      default:
        this.#copyBytes(entry, type as BytesTypeDefinition, to, target, deadlineMs);
    }
    return true;
  }

  /** Empties the database. The tables are gone at once; what they held is freed by the job returned. */
  detach(): Tables {
    const old = this.tables;
    this.#entries = this.keyspace.newTable();
    this.#volatile = this.keyspace.newTable();
    this.averageTtlMs = 0;
    return old;
  }

  /** Frees an entry that is in no table any more. */
  freeEntry(entry: EntryRef): void {
    this.#releaseValue(entry, false);
    this.#heap.free(entry);
  }

  /** Frees about so many elements of a value that waits in the background; with the last, its carrier, and true. */
  freeCarrierPart(carrier: EntryRef, elementsMax: number): boolean {
    const kind = this.#kindOf(carrier);
    const type = kind.type as HeapTypeDefinition<unknown>;
    const value = type.open(this.#rootOf(carrier, type, kind.id - kind.encodingIndex));
    if (type.freePart !== undefined && !type.freePart(value, elementsMax)) return false;
    if (type.freePart === undefined) type.free(value);
    this.#heap.free(carrier);
    return true;
  }

  // About an entry.

  typeOf(entry: EntryRef): AnyType {
    return this.#kindOf(entry).type;
  }

  encodingOf(entry: EntryRef): string {
    return this.#kindOf(entry).encoding;
  }

  bytesOf(entry: EntryRef, type: BytesTypeDefinition): ByteString | null {
    const kind = this.#kindOf(entry);
    return kind.type === type ? this.#cursor.open(this.#heap, entry, kind.form) : null;
  }

  integerOf(entry: EntryRef): number | null {
    const { form } = this.#kindOf(entry);
    return form === FORM_INTEGER ? this.#cursor.open(this.#heap, entry, form).integer : null;
  }

  deadlineOf(entry: EntryRef): number {
    return entryDeadline(this.#heap, entry);
  }

  exactDeadlineOf(entry: EntryRef): Int64 {
    return entryExactDeadline(this.#heap, entry);
  }

  setDeadline(key: Key, deadlineMs: Int64): void {
    let entry = this.#entries.find(key);
    if (!entryHasDeadline(this.#heap, entry)) {
      const moved = this.#movedEntry(entry, key, true);
      this.#entries.replace(moved);
      this.#volatile.insertEntry(key, moved);
      this.#heap.free(entry);
      entry = moved;
    }
    setEntryDeadline(this.#heap, entry, deadlineMs);
  }

  clearDeadline(key: Key): boolean {
    const entry = this.#entries.find(key);
    if (entry === 0 || !entryHasDeadline(this.#heap, entry)) return false;
    const moved = this.#movedEntry(entry, key, false);
    this.#entries.replace(moved);
    this.#forgetDeadline(key, entry);
    this.#heap.free(entry);
    return true;
  }

  idleSeconds(entry: EntryRef): number {
    return this.keyspace.idleSeconds(entry);
  }

  frequency(entry: EntryRef): number {
    return this.keyspace.frequency(entry);
  }

  setIdleSeconds(entry: EntryRef, seconds: number): void {
    this.keyspace.setIdleSeconds(entry, seconds);
  }

  setFrequency(entry: EntryRef, frequency: number): void {
    this.keyspace.setFrequency(entry, frequency);
  }

  memoryUsage(entry: EntryRef, samples: number): number {
    const { type, form } = this.#kindOf(entry);
    const own = this.#heap.blockBytes(entry);
    const word = entryValueWord(this.#heap, entry);
    if (form === FORM_SEPARATE) return own + this.#heap.blockBytes(word);
    if (form === FORM_ROOT || form === FORM_OBJECT) {
      const valueType = type as HeapTypeDefinition<unknown> | ObjectTypeDefinition<object>;
      const value = this.#open(entry, valueType as ObjectTypeDefinition<object>);
      return own + (valueType as ObjectTypeDefinition<object>).memoryUsage(value, samples);
    }
    return own;
  }

  keyOf(entry: EntryRef): Uint8Array<ArrayBuffer> {
    return copyEntryKey(this.#heap, entry);
  }

  /** Opens the value of an entry, whatever its type, to be passed to that type's own functions. */
  valueOf(entry: EntryRef): unknown {
    const { type, form } = this.#kindOf(entry);
    if (form === FORM_ROOT || form === FORM_OBJECT) return this.#open(entry, type as ObjectTypeDefinition<object>);
    return this.#cursor.open(this.#heap, entry, form);
  }

  // Walking.

  scan(position: number, visit: (entry: EntryRef) => void): number {
    return this.#entries.scan(position, visit);
  }

  scanVolatile(position: number, visit: (entry: EntryRef) => void): number {
    return this.#volatile.scan(position, visit);
  }

  random(): EntryRef {
    return this.#entries.random(this.keyspace.random);
  }

  /** A fair random entry among those with a deadline; 0 when there is none. */
  randomVolatile(): EntryRef {
    return this.#volatile.random(this.keyspace.random);
  }

  sample(count: number, volatileOnly: boolean, visit: (entry: EntryRef) => void): void {
    (volatileOnly ? this.#volatile : this.#entries).sample(this.keyspace.random, count, visit);
  }

  /** How many keys of a cluster hash slot there are; the keyspace must be kept by slot. */
  countInSlot(slot: number): number {
    return this.#slotted().countInSlot(slot);
  }

  /** Visits the entries of a cluster hash slot. `visit` must not change the database. */
  forEachInSlot(slot: number, visit: (entry: EntryRef) => void): void {
    this.#slotted().forEachInSlot(slot, visit);
  }

  #slotted(): SlottedKeyTable {
    assert(this.#entries instanceof SlottedKeyTable, "the keyspace is not kept by hash slot");
    return this.#entries;
  }

  /** Reports all blocks of the database, and that its two tables agree, to the verifier. */
  visitBlocks(visit: BlockVisitor, problem: (text: string) => void): void {
    this.#entries.visitBlocks(visit);
    this.#volatile.visitBlocks(visit);
    let withDeadline = 0;
    const key = new Key();
    const entries: Ref[] = [];
    this.#entries.forEach((entry) => entries.push(entry));
    for (const entry of entries) {
      visit(entry);
      this.#visitValueBlocks(entry, visit);
      if (!entryHasDeadline(this.#heap, entry)) continue;
      withDeadline++;
      loadEntryKey(this.#heap, entry, key);
      if (!this.#volatile.findEntry(key, entry)) problem(`db${this.index}: an entry's deadline is not indexed`);
    }
    if (withDeadline !== this.#volatile.count) problem(`db${this.index}: deadlines are indexed that no entry has`);
    if (entries.length !== this.#entries.count) problem(`db${this.index}: the count of entries is wrong`);
  }

  // Effects.

  changed(key: Key, event: KeyEvent, changes = 1): void {
    this.keyspace.dirty += changes;
    this.keyspace.signal(this, key, event);
  }

  notify(key: Key, event: KeyEvent): void {
    this.keyspace.notify(this, key, event);
  }

  wake(key: Key): void {
    for (const listener of this.keyspace.wakeListeners) listener(this, key);
  }

  touched(key: Key): void {
    this.keyspace.touched(this, key);
  }

  /** The entry of a key; where its deadline has passed, what the expiry policy leaves of it. */
  #findLive(key: Key): EntryRef {
    const entry = this.#entries.find(key);
    if (entry === 0 || !this.#isDue(entry)) return entry;
    // The policy may have searched the table, and what was found must be the last search.
    return this.keyspace.expired(this, key, entry) ? 0 : this.#entries.find(key);
  }

  /** The live entry of a key; a due one that the policy hides but leaves in place, as on a replica, is removed. */
  #findToReplace(key: Key): EntryRef {
    const entry = this.#entries.find(key);
    if (entry === 0 || !this.#isDue(entry)) return entry;
    if (!this.keyspace.expired(this, key, entry)) return this.#entries.find(key);
    this.remove(key);
    return 0;
  }

  /** An entry lives to the end of the millisecond of its deadline. */
  #isDue(entry: EntryRef): boolean {
    return entryHasDeadline(this.#heap, entry) && entryDeadline(this.#heap, entry) < this.keyspace.clock.nowMs;
  }

  #kindOf(entry: EntryRef) {
    return this.keyspace.kinds.all[entryKind(this.#heap, entry)]!;
  }

  #formOf(entry: EntryRef): number {
    return this.#kindOf(entry).form;
  }

  #openBytes(entry: EntryRef, type: BytesTypeDefinition): ByteString {
    const kind = this.#kindOf(entry);
    if (kind.type !== type) throw WRONG_TYPE;
    return this.#cursor.open(this.#heap, entry, kind.form);
  }

  #open<V extends object>(entry: EntryRef, type: HeapTypeDefinition<V> | ObjectTypeDefinition<V>): V {
    const kind = this.#kindOf(entry);
    if (kind.type !== type) throw WRONG_TYPE;
    if (type.storage === "object") return this.keyspace.objects.get(entryValueWord(this.#heap, entry)) as V;
    return type.open(this.#rootOf(entry, type, kind.id - kind.encodingIndex));
  }

  /**
   * Makes an entry for a key with room for `inlineBytes` of value, over whatever was there: in place where the block has
   * the right size. Value word and inline bytes are the caller's to write; the block is ready for it.
   */
  #place(key: Key, kind: number, inlineBytes: number, deadlineMs: Int64): EntryRef {
    const heap = this.#heap;
    const old = this.#findToReplace(key);
    if (old === 0) return this.#placeNew(key, kind, inlineBytes, deadlineMs);
    const hadDeadline = entryHasDeadline(heap, old);
    const hasDeadline = deadlineMs >= 0 || (hadDeadline && deadlineMs === KEEP_DEADLINE);
    const bytes = entryBytes(key.length, inlineBytes, hasDeadline);
    const stamp = this.keyspace.overwriteStamp(old);
    if (hadDeadline === hasDeadline && heap.blockBytes(old) === heap.blockBytesFor(bytes)) {
      this.#releaseValue(old, false);
      heap.willWrite(old, bytes);
      setEntryKind(heap, old, kind);
      setEntryAccess(heap, old, stamp);
      if (deadlineMs >= 0) setEntryDeadline(heap, old, deadlineMs);
      return old;
    }
    const entry = heap.allocate(bytes);
    this.#releaseValue(old, false);
    initEntry(heap, entry, kind, stamp, key, hasDeadline);
    if (deadlineMs >= 0) setEntryDeadline(heap, entry, deadlineMs);
    else if (hasDeadline) copyEntryDeadline(heap, old, entry);
    this.#entries.replace(entry);
    if (!hadDeadline && hasDeadline) this.#volatile.insertEntry(key, entry);
    else if (hasDeadline) this.#replaceVolatile(key, old, entry);
    else if (hadDeadline) this.#forgetDeadline(key, old);
    heap.free(old);
    return entry;
  }

  #placeNew(key: Key, kind: number, inlineBytes: number, deadlineMs: Int64): EntryRef {
    const heap = this.#heap;
    const hasDeadline = deadlineMs >= 0;
    const entry = heap.allocate(entryBytes(key.length, inlineBytes, hasDeadline));
    initEntry(heap, entry, kind, this.keyspace.newStamp(), key, hasDeadline);
    this.#entries.insertEntry(key, entry);
    if (hasDeadline) {
      setEntryDeadline(heap, entry, deadlineMs);
      this.#volatile.insertEntry(key, entry);
    }
    this.keyspace.created(this, key);
    return entry;
  }

  /** Makes an entry for a key whose value is a block of its own; the block is freed where that fails. */
  #placeSeparate(key: Key, firstKind: number, block: Ref, deadlineMs: Int64): EntryRef {
    try {
      const entry = this.#place(key, firstKind + BYTES_SEPARATE, 0, deadlineMs);
      setEntryValueWord(this.#heap, entry, block);
      return entry;
    } catch (error) {
      this.#heap.free(block);
      throw error;
    }
  }

  #placeZeros(key: Key, first: number, length: number): void {
    const inline = length <= INLINE_BYTES_MAX;
    let entry: EntryRef;
    if (inline) {
      entry = this.#place(key, first + BYTES_LONG, length, KEEP_DEADLINE);
      setEntryValueWord(this.#heap, entry, length);
    } else entry = this.#placeSeparate(key, first, this.#separateBlock(EMPTY, 0, 0, length), KEEP_DEADLINE);
    const value = this.#cursor.open(this.#heap, entry, inline ? FORM_INLINE : FORM_SEPARATE);
    value.fill(0, length, 0);
  }

  #resizeInline(key: Key, old: EntryRef, kind: number, oldLength: number, length: number): void {
    const heap = this.#heap;
    const hasDeadline = entryHasDeadline(heap, old);
    const bytes = entryBytes(key.length, length, hasDeadline);
    let entry = old;
    if (heap.blockBytes(old) !== heap.blockBytesFor(bytes)) {
      entry = heap.allocate(bytes);
      heap.copy(old, entry, entryBytes(key.length, Math.min(oldLength, length), hasDeadline));
      this.#entries.replace(entry);
      if (hasDeadline) this.#replaceVolatile(key, old, entry);
      heap.free(old);
    }
    setEntryKind(heap, entry, kind);
    setEntryValueWord(heap, entry, length);
  }

  #resizeSeparate(entry: EntryRef, oldLength: number, length: number): void {
    const heap = this.#heap;
    let block = entryValueWord(heap, entry);
    const capacity = heap.blockBytes(block) - SEPARATE_HEADER_BYTES;
    if (length > capacity || length < capacity / 4) {
      const room = length > oldLength ? length + Math.min(length, GROWTH_BYTES_MAX) : length;
      block = heap.resize(block, SEPARATE_HEADER_BYTES + oldLength, SEPARATE_HEADER_BYTES + room);
      setEntryValueWord(heap, entry, block);
    }
    heap.willWrite(block, SEPARATE_HEADER_BYTES);
    heap.segments[block >>> SEGMENT_SHIFT].i32[wordOf(block)] = length;
  }

  /** A block of its own for `length` bytes, the first `size` of them copied. */
  #separateBlock(source: Uint8Array, start: number, size: number, length: number): Ref {
    const heap = this.#heap;
    const block = heap.allocate(SEPARATE_HEADER_BYTES + length);
    const segment = heap.segments[block >>> SEGMENT_SHIFT];
    segment.i32[wordOf(block)] = length;
    copyBytes(source, start, segment.u8, (wordOf(block) << 2) + SEPARATE_HEADER_BYTES, Math.min(size, length));
    return block;
  }

  /** A copy of an entry under another key or with another room for a deadline; the value is then the copy's. */
  #movedEntry(entry: EntryRef, key: Key, hasDeadline: boolean): EntryRef {
    const heap = this.#heap;
    const kind = entryKind(heap, entry);
    const form = this.keyspace.kinds.all[kind]!.form;
    const valueWord = entryValueWord(heap, entry);
    const inlineBytes = form === FORM_INLINE ? valueWord : form === FORM_INTEGER ? inlineIntegerBytes(key.length) : 0;
    const moved = heap.allocate(entryBytes(key.length, inlineBytes, hasDeadline));
    initEntry(heap, moved, kind, entryAccess(heap, entry), key, hasDeadline);
    setEntryValueWord(heap, moved, valueWord);
    const from = heap.segments[entry >>> SEGMENT_SHIFT];
    const to = heap.segments[moved >>> SEGMENT_SHIFT];
    if (form === FORM_INLINE) {
      copyBytes(from.u8, entryInlineByte(heap, entry), to.u8, entryInlineByte(heap, moved), valueWord);
    } else if (form === FORM_INTEGER) {
      const fromWord = entryIntegerWord(heap, entry);
      const toWord = entryIntegerWord(heap, moved);
      to.i32[toWord] = from.i32[fromWord];
      to.i32[toWord + 1] = from.i32[fromWord + 1];
    }
    return moved;
  }

  /** A root to open a value at. */
  #rootOf<V>(entry: EntryRef, type: HeapTypeDefinition<V>, firstKind: number): EntryRoot {
    if (type.opensOne !== true) return this.#newRoot(entry, firstKind);
    const root = this.#roots[firstKind] ??= this.#newRoot(entry, firstKind);
    return root.at(entry);
  }

  /** A root that nobody else moves, as the one of a value that is built while another is read. */
  #newRoot(entry: EntryRef, firstKind: number): EntryRoot {
    return new EntryRoot(this.#heap, this.keyspace.config, entry, firstKind);
  }

  #copyRoot(entry: EntryRef, type: HeapTypeDefinition<unknown>, to: Key, target: Database, deadlineMs: Int64): void {
    const first = this.keyspace.kinds.firstOf(type);
    target.build(to, type, deadlineMs, (root) => type.copy(type.open(this.#rootOf(entry, type, first)), root));
  }

  #copyBytes(entry: EntryRef, type: BytesTypeDefinition, to: Key, target: Database, deadlineMs: Int64): void {
    const value = this.#cursor.open(this.#heap, entry, this.#formOf(entry));
    if (value.isInteger) return target.setInteger(to, type, value.exactInteger, deadlineMs);
    const isLong = this.#kindOf(entry).encodingIndex === BYTES_LONG;
    target.setBytes(to, type, value.bytes, value.start, value.length, deadlineMs);
    // A string that was changed in place stays a long one, however short it is.
    if (isLong) setEntryKind(this.#heap, target.#entries.find(to), this.keyspace.kinds.firstOf(type) + BYTES_LONG);
  }

  #replaceVolatile(key: Key, old: EntryRef, entry: EntryRef): void {
    this.#volatile.findEntry(key, old);
    this.#volatile.replace(entry);
  }

  #forgetDeadline(key: Key, entry: EntryRef): void {
    if (entryHasDeadline(this.#heap, entry) && this.#volatile.findEntry(key, entry)) this.#volatile.remove();
  }

  #releaseValue(entry: EntryRef, lazily: boolean): void {
    const { type, form } = this.#kindOf(entry);
    if (form <= FORM_INLINE) return;
    const heap = this.#heap;
    const word = entryValueWord(heap, entry);
    if (form === FORM_SEPARATE) heap.free(word);
    else if (form === FORM_OBJECT) {
      const objectType = type as ObjectTypeDefinition<object>;
      const value = this.keyspace.objects.remove(word);
      objectType.free?.(value);
    } else this.#releaseRoot(entry, type as HeapTypeDefinition<unknown>, lazily);
  }

  #releaseRoot(entry: EntryRef, type: HeapTypeDefinition<unknown>, lazily: boolean): void {
    if (entryValueWord(this.#heap, entry) === 0) return;
    const value = type.open(this.#rootOf(entry, type, this.keyspace.kinds.firstOf(type)));
    const effort = type.freeEffort?.(value) ?? 1;
    if (effort <= (lazily ? LAZY_FREE_EFFORT_MIN : EAGER_FREE_EFFORT_MAX)) return type.free(value);
    // The background gets an entry of its own, so that the value keeps a root.
    const carrier = this.#heap.allocateBeyond(entryBytes(0, 0, false));
    initEntry(this.#heap, carrier, entryKind(this.#heap, entry), 0, NO_KEY, false);
    setEntryValueWord(this.#heap, carrier, entryValueWord(this.#heap, entry));
    this.keyspace.lazyFree.addEntry(this, carrier);
  }

  #visitValueBlocks(entry: EntryRef, visit: BlockVisitor): void {
    const { type, form } = this.#kindOf(entry);
    if (form === FORM_SEPARATE) visit(entryValueWord(this.#heap, entry));
    if (form !== FORM_ROOT) return;
    const heapType = type as HeapTypeDefinition<unknown>;
    const root = this.#rootOf(entry, heapType, this.keyspace.kinds.firstOf(type));
    heapType.visitBlocks(heapType.open(root), visit);
  }

  /** Reports an entry that waits to be freed. */
  visitCarrier(entry: EntryRef, visit: BlockVisitor): void {
    visit(entry);
    this.#visitValueBlocks(entry, visit);
  }

  /** Length of an entry's key in bytes. */
  keyLengthOf(entry: EntryRef): number {
    return entryKeyLength(this.#heap, entry);
  }
}

const NO_KEY = new Key();
const EMPTY = new Uint8Array(0);
