/**
 * Freeing in the background: large values and whole databases that were unlinked, freed in slices of about a millisecond
 * between requests, because there is no second thread that could change the heap.
 *
 * @module
 */
import type { Heap } from "../heap/heap.ts";
import type { Ref } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import type { Database, Tables } from "./database.ts";

const SLICE_MS = 1;
/** Entries freed between two looks at the clock. */
const ENTRIES_PER_STEP = 64;
/** Elements of one value freed between two looks at the clock. */
const ELEMENTS_PER_STEP = 512;

type Job =
  | { readonly kind: "entry"; readonly db: Database; readonly entry: Ref }
  | { readonly kind: "tables"; readonly db: Database; readonly tables: Tables; position: number };

export class LazyFree {
  /** Entries freed so far, as `INFO` shows it. */
  freedObjects = 0;
  #pendingObjects = 0;
  #jobs: Job[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly heap: Heap) {}

  /** Entries that wait to be freed. */
  get pendingObjects(): number {
    return this.#pendingObjects;
  }

  /** Frees an entry with its value later. */
  addEntry(db: Database, entry: Ref): void {
    this.#pendingObjects++;
    this.#add({ kind: "entry", db, entry });
  }

  /** Frees tables that were detached from a database, with all their entries, later. */
  addTables(db: Database, tables: Tables): void {
    this.#pendingObjects += tables.entries.count;
    this.#add({ kind: "tables", db, tables, position: 0 });
  }

  /** Frees all that waits, now. */
  drain(): void {
    while (this.#jobs.length > 0) this.#step();
    this.#stopTimer();
  }

  /** Forgets all that waits: the heap was reset. */
  forget(): void {
    this.#jobs = [];
    this.freedObjects += this.#pendingObjects;
    this.#pendingObjects = 0;
    this.#stopTimer();
  }

  /** Reports what waits to the verifier. */
  visitBlocks(visit: BlockVisitor): void {
    for (const job of this.#jobs) {
      if (job.kind === "entry") {
        job.db.visitCarrier(job.entry, visit);
        continue;
      }
      job.tables.entries.visitBlocks(visit);
      job.tables.volatile.visitBlocks(visit);
      job.tables.entries.forEach((entry) => job.db.visitCarrier(entry, visit));
    }
  }

  #add(job: Job): void {
    this.#jobs.push(job);
    this.#timer ??= setTimeout(() => this.#slice(), 0);
  }

  #slice(): void {
    this.#timer = undefined;
    const end = performance.now() + SLICE_MS;
    while (this.#jobs.length > 0 && performance.now() < end) this.#step();
    if (this.#jobs.length > 0) this.#timer = setTimeout(() => this.#slice(), 0);
  }

  #step(): void {
    const job = this.#jobs[0];
    if (job.kind === "entry") {
      if (job.db.freeCarrierPart(job.entry, ELEMENTS_PER_STEP)) this.#finish(1);
    } else if (this.#stepTables(job)) this.#finish(0);
  }

  /** Frees some entries of detached tables; whether that was all. */
  #stepTables(job: Job & { kind: "tables" }): boolean {
    const { entries, volatile } = job.tables;
    const before = entries.count;
    do {
      job.position = entries.drain(job.position, (entry) => job.db.freeEntry(entry));
    } while (job.position !== 0 && before - entries.count < ENTRIES_PER_STEP);
    this.#pendingObjects -= before - entries.count;
    this.freedObjects += before - entries.count;
    if (job.position !== 0) return false;
    entries.release();
    volatile.release();
    return true;
  }

  #finish(objects: number): void {
    this.#jobs.shift();
    this.#pendingObjects -= objects;
    this.freedObjects += objects;
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
