/**
 * The keyspace: all databases of a server over one heap, with what concerns them together: time and access stamps,
 * statistics, and the effects of a change. Policies (what expires, what is evicted, who is told) are filled in from above.
 *
 * @module
 */
import type { KeyEvent } from "../api/events.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import type { Config } from "../config/config.ts";
import { Heap } from "../heap/heap.ts";
import { type HeapReport, verifyHeap } from "../heap/verifier.ts";
import type { Ref } from "../heap/layout.ts";
import { entryAccess, setEntryAccess } from "../structures/entry.ts";
import type { Key } from "../structures/key.ts";
import { COUNTER_INITIAL, decayedCounter, idleSeconds, lfuStamp, lfuTouched, lruStamp } from "./access_stamp.ts";
import { Database } from "./database.ts";
import { type KeyTable, PlainKeyTable, SlottedKeyTable } from "./key_table.ts";
import { Kinds } from "./kinds.ts";
import { LazyFree } from "./lazy_free.ts";
import { ObjectStore } from "./object_store.ts";

/** Told of each changed key: `WATCH`, client-side caching, clients that wait for it. */
export type TouchListener = (db: Database, key: Key) => void;
/** Told of each key event: notifications, module hooks. */
export type EventListener = (db: Database, key: Key, event: KeyEvent) => void;
/** Told when whole databases are emptied or exchanged. */
export type DatabaseListener = (dbs: readonly Database[]) => void;

/** How a keyspace is made. */
export interface KeyspaceOptions {
  /** Parameters, as far as types ask for them. */
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly databaseCount: number;
  /** Upper bound of the heap; 0 for none. */
  readonly heapBytesMax: number;
  /** Whether keys are kept by cluster hash slot. */
  readonly slotted: boolean;
}

export class Keyspace {
  readonly config: Config;
  readonly heap: Heap;
  readonly kinds = new Kinds();
  readonly objects = new ObjectStore();
  readonly lazyFree: LazyFree;
  readonly databases: readonly Database[];
  readonly clock: Clock;
  readonly random: Random;

  // Statistics.
  hits = 0;
  misses = 0;
  expiredKeys = 0;
  readonly activeExpiry = { enabled: true, stalePercent: 0, timeCapReachedCount: 0, spentMs: 0 };
  evictedKeys = 0;
  /** Changes since the last save. */
  dirty = 0;

  // Access stamps.
  /** Whether stamps count frequency instead of recency. */
  lfu = false;
  lfuDecayMinutes = 1;
  lfuLogFactor = 10;
  /** Whether lookups refresh the stamp; off for clients that asked not to touch. */
  touching = true;

  // Ports, filled in from above.
  /** Decides about an entry whose deadline has passed: true where it is gone for whoever asked. */
  expired: (db: Database, key: Key, entry: Ref) => boolean = () => false;
  /** The events that accompany lookups and creation are published only while somebody listens to them. */
  missListener: ((db: Database, key: Key) => void) | null = null;
  createdListener: ((db: Database, key: Key) => void) | null = null;
  readonly touchListeners: TouchListener[] = [];
  readonly wakeListeners: TouchListener[] = [];
  readonly eventListeners: EventListener[] = [];
  readonly flushListeners: DatabaseListener[] = [];
  readonly swapListeners: DatabaseListener[] = [];

  readonly #slotted: boolean;

  constructor(options: KeyspaceOptions) {
    this.config = options.config;
    this.clock = options.clock;
    this.random = options.random;
    this.#slotted = options.slotted;
    this.heap = options.heapBytesMax > 0 ? new Heap(options.heapBytesMax) : new Heap();
    this.lazyFree = new LazyFree(this.heap);
    this.databases = Array.from({ length: options.databaseCount }, (_, index) => new Database(this, index));
  }

  /** An empty table of entries. */
  newTable(): KeyTable {
    return this.#slotted ? new SlottedKeyTable(this.heap) : new PlainKeyTable(this.heap);
  }

  /** Number of entries in all databases. */
  get size(): number {
    return this.databases.reduce((sum, db) => sum + db.size, 0);
  }

  /** Empties databases; how many entries they had. Lazily: the tables are gone at once, the memory later. */
  flush(dbs: readonly Database[], lazily: boolean): number {
    const removed = dbs.reduce((sum, db) => sum + db.size, 0);
    for (const listener of this.flushListeners) listener(dbs);
    if (this.size === removed && this.objects.count === 0) this.#reset();
    else {
      for (const db of dbs) if (db.size > 0) this.lazyFree.addTables(db, db.detach());
      if (!lazily) this.lazyFree.drain();
    }
    return removed;
  }

  /** Exchanges the contents of two databases. */
  swap(a: Database, b: Database): void {
    [a.tables, b.tables] = [b.tables, a.tables];
    [a.averageTtlMs, b.averageTtlMs] = [b.averageTtlMs, a.averageTtlMs];
    for (const listener of this.swapListeners) listener([a, b]);
  }

  /** Checks that every block of the heap has exactly one owner and that the tables agree. */
  verify(): HeapReport {
    const problems: string[] = [];
    const report = verifyHeap(this.heap, (visit) => {
      for (const db of this.databases) db.visitBlocks(visit, (text) => problems.push(text));
      this.lazyFree.visitBlocks(visit);
    });
    return { ...report, problems: [...report.problems, ...problems] };
  }

  // Effects.

  /** A key changed. */
  signal(db: Database, key: Key, event: KeyEvent): void {
    const { touchListeners, eventListeners } = this;
    for (let i = 0; i < touchListeners.length; i++) touchListeners[i](db, key);
    for (let i = 0; i < eventListeners.length; i++) eventListeners[i](db, key, event);
  }

  /** Something happened to a key whose value did not change. */
  notify(db: Database, key: Key, event: KeyEvent): void {
    for (const listener of this.eventListeners) listener(db, key, event);
  }

  /** A key changed, without an event of its own. */
  touched(db: Database, key: Key): void {
    for (const listener of this.touchListeners) listener(db, key);
  }

  missed(db: Database, key: Key): void {
    this.misses++;
    if (this.missListener !== null) this.missListener(db, key);
  }

  created(db: Database, key: Key): void {
    if (this.createdListener !== null) this.createdListener(db, key);
  }

  // Access stamps.

  /** Refreshes the stamp of an entry that was asked for. While a view is frozen, reads must not copy units. */
  touch(entry: Ref): void {
    if (!this.touching || this.heap.frozen) return;
    const stamp = this.lfu
      ? lfuTouched(
        entryAccess(this.heap, entry),
        this.clock.nowMs,
        this.lfuDecayMinutes,
        this.lfuLogFactor,
        this.random,
      )
      : lruStamp(this.clock.nowMs);
    setEntryAccess(this.heap, entry, stamp);
  }

  /** Stamp of a new entry. */
  newStamp(): number {
    return this.lfu ? lfuStamp(this.clock.nowMs, COUNTER_INITIAL) : lruStamp(this.clock.nowMs);
  }

  /** Stamp of an entry whose value is overwritten: its frequency is kept. */
  overwriteStamp(entry: Ref): number {
    return this.lfu ? entryAccess(this.heap, entry) : lruStamp(this.clock.nowMs);
  }

  idleSeconds(entry: Ref): number {
    return idleSeconds(entryAccess(this.heap, entry), this.clock.nowMs);
  }

  frequency(entry: Ref): number {
    return decayedCounter(entryAccess(this.heap, entry), this.clock.nowMs, this.lfuDecayMinutes);
  }

  setIdleSeconds(entry: Ref, seconds: number): void {
    setEntryAccess(this.heap, entry, lruStamp(this.clock.nowMs - seconds * 1000));
  }

  setFrequency(entry: Ref, frequency: number): void {
    setEntryAccess(this.heap, entry, lfuStamp(this.clock.nowMs, frequency));
  }

  /** Everything is gone at once: the heap forgets all blocks, and the tables begin anew. */
  #reset(): void {
    this.lazyFree.forget();
    this.objects.clear();
    this.heap.reset();
    for (const db of this.databases) db.detach();
  }
}
