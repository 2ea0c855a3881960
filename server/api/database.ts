/**
 * A database, as handlers see it: entries found by key, with what Redis does around them. Expired entries are not found;
 * a read counts a hit or a miss; an access refreshes the LRU or LFU stamp.
 *
 * @module
 */
import type { Int64 } from "../base/number.ts";
import type { Ref } from "../heap/layout.ts";
import type { ByteString } from "../structures/byte_string.ts";
import type { Key } from "../structures/key.ts";
import type { KeyEvent } from "./events.ts";
import type { AnyType, BytesTypeDefinition, HeapTypeDefinition, ObjectTypeDefinition, ValueRoot } from "./type.ts";

/** An entry, good until the next change of its database; 0 is none. Only the methods of `Database` understand it. */
export type EntryRef = Ref;

/** In place of a deadline: none. */
export const NO_DEADLINE = -1;
/** In place of a deadline: the one that the key has, if any. */
export const KEEP_DEADLINE = -2;

/** A database. Its methods with `Key` take one that `args.key(i)` gave, or `Key.of(bytes)`. */
export interface Database {
  /** As `SELECT` takes it. */
  readonly index: number;
  /** Number of entries, those included whose deadline has passed but that nobody has asked for since. */
  readonly size: number;
  /** Number of entries with a deadline. */
  readonly volatileSize: number;
  /** Mean time to live of entries with a deadline, in milliseconds, as estimated by whoever removes the due ones. */
  averageTtlMs: number;

  // Finding.

  /** For reading: counts a hit or miss, refreshes the access stamp. 0 when there is none. */
  lookup(key: Key): EntryRef;
  /** For writing: counts nothing. */
  lookupForWrite(key: Key): EntryRef;
  /** For looking at the key itself: counts a hit or miss, leaves the access stamp. */
  lookupUntouched(key: Key): EntryRef;
  /** As it stands: no hit or miss, no access stamp; expired entries are not found. */
  peek(key: Key): EntryRef;
  /** The byte string for reading, or null. Throws `WRONG_TYPE`. The cursor is the database's own: use it at once. */
  readBytes(key: Key, type: BytesTypeDefinition): ByteString | null;
  /** The byte string for writing in place, or null; see {@linkcode Database.resizeBytes}. Throws `WRONG_TYPE`. */
  writeBytes(key: Key, type: BytesTypeDefinition): ByteString | null;
  /** The value for reading, or null. Throws `WRONG_TYPE`. */
  read<V>(key: Key, type: HeapTypeDefinition<V>): V | null;
  read<V extends object>(key: Key, type: ObjectTypeDefinition<V>): V | null;
  /** The value for changing, or null. Throws `WRONG_TYPE`. */
  write<V>(key: Key, type: HeapTypeDefinition<V>): V | null;
  write<V extends object>(key: Key, type: ObjectTypeDefinition<V>): V | null;
  /** The value for changing, an empty one where there was none. Throws `WRONG_TYPE`. */
  upsert<V>(key: Key, type: HeapTypeDefinition<V>): V;
  upsert<V extends object>(key: Key, type: ObjectTypeDefinition<V>): V;

  /** As it stands, even where its deadline has passed, and nothing is done about that. */
  find(key: Key): EntryRef;

  // Storing. `deadlineMs` is Unix milliseconds, not negative, `NO_DEADLINE` (if it is left out) or `KEEP_DEADLINE`.

  /** Stores a byte string, whatever was there before. */
  setBytes(
    key: Key,
    type: BytesTypeDefinition,
    source: Uint8Array,
    start: number,
    size: number,
    deadlineMs?: Int64,
  ): void;
  /** The same for a value that is an integer of 64 bits. */
  setInteger(key: Key, type: BytesTypeDefinition, value: Int64, deadlineMs?: Int64): void;
  /**
   * Stores a byte string of `size` bytes, all of which `fill` writes from index `start` of the bytes that it is given. Until then
   * the old value is there, and nothing may change. Where `fill` throws, nothing has.
   */
  buildBytes(
    key: Key,
    type: BytesTypeDefinition,
    size: number,
    fill: (bytes: Uint8Array, start: number) => void,
    deadlineMs?: Int64,
  ): void;
  /**
   * Gives a byte string (a new one, where there is none) another length, keeping its bytes and deadline; bytes beyond the
   * old length are zero. The cursor can be written through. Throws `WRONG_TYPE`.
   */
  resizeBytes(key: Key, type: BytesTypeDefinition, length: number): ByteString;
  /**
   * A root under no key, for a value that is built before it is known to become a key's (`type.create(db.newRoot())`): pass it
   * to {@linkcode Database.adopt}, or free the value.
   */
  newRoot(): ValueRoot;
  /** Stores a value built under no key, whatever was there before. Where memory ends, the value is still the caller's. */
  adopt<V>(key: Key, type: HeapTypeDefinition<V>, root: ValueRoot, deadlineMs?: Int64): void;
  /** Stores an object as the value of a key, whatever was there before. */
  setObject<V extends object>(key: Key, type: ObjectTypeDefinition<V>, value: V, deadlineMs?: Int64): void;

  // Removing, moving.

  /** Removes an entry and its value; large values are freed in the background where `lazily`. */
  remove(key: Key, lazily?: boolean): boolean;
  /** Moves an entry, with value, deadline and access stamp, over whatever `to` holds, which may be in another database. */
  rename(from: Key, to: Key, target?: Database): void;
  /** Copies an entry's value and deadline over whatever `to` holds. False where the source does not exist. */
  copy(from: Key, to: Key, target: Database): boolean;

  // About an entry.

  /** The type of its value. */
  typeOf(entry: EntryRef): AnyType;
  /** As `OBJECT ENCODING` reports it. */
  encodingOf(entry: EntryRef): string;
  /** The byte string of an entry, null where it is of another type. The cursor is the database's own: use it at once. */
  bytesOf(entry: EntryRef, type: BytesTypeDefinition): ByteString | null;
  /** The integer of a value that is held as one, else null. */
  integerOf(entry: EntryRef): number | null;
  /** Unix milliseconds, -1 without; rounded beyond 2^53. */
  deadlineOf(entry: EntryRef): number;
  /** The same, exact. */
  exactDeadlineOf(entry: EntryRef): Int64;
  /** Sets the deadline of an existing entry, Unix milliseconds, not negative. */
  setDeadline(key: Key, deadlineMs: Int64): void;
  /** Removes the deadline; whether there was one. */
  clearDeadline(key: Key): boolean;
  /** Seconds since the last access, by the LRU stamp. */
  idleSeconds(entry: EntryRef): number;
  /** The logarithmic access counter, by the LFU stamp, decayed to now. */
  frequency(entry: EntryRef): number;
  /** Sets the LRU stamp to so many seconds ago. */
  setIdleSeconds(entry: EntryRef, seconds: number): void;
  /** Sets the LFU counter. */
  setFrequency(entry: EntryRef, frequency: number): void;
  /** Bytes that the entry takes with everything that belongs to it. */
  memoryUsage(entry: EntryRef, samples: number): number;
  /** A copy of the entry's key. */
  keyOf(entry: EntryRef): Uint8Array<ArrayBuffer>;

  // Walking.

  /** Entries of one position and the position after it; 0 begins and ends. `visit` must not change the database. */
  scan(position: number, visit: (entry: EntryRef) => void): number;
  /** The same over the entries that have a deadline. */
  scanVolatile(position: number, visit: (entry: EntryRef) => void): number;
  /** A fair random entry; may be expired. 0 when empty. */
  random(): EntryRef;
  /** Entries near a random place; not independent of each other. */
  sample(count: number, volatileOnly: boolean, visit: (entry: EntryRef) => void): void;

  // Effects.

  /**
   * Tells that a key changed: counts `changes` as dirty, touches `WATCH` and client-side caches, publishes the event,
   * wakes clients that wait for the key. To be called once per changed key, after the change.
   */
  changed(key: Key, event: KeyEvent, changes?: number): void;
  /** Publishes an event without a change of the value. */
  notify(key: Key, event: KeyEvent): void;
  /** Wakes clients that wait for the key, which has changed for them alone. */
  wake(key: Key): void;
  /** Touches `WATCH` and client-side caches only. */
  touched(key: Key): void;
}
