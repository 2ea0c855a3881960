/**
 * Freeing in the background: large values and whole databases that were unlinked, freed in slices of about a millisecond
 * between requests, because there is no second thread that could change the heap.
 *
 * How long it takes to free an element depends on its type, and on whether V8 has compiled the code for that yet: before, it takes
 * ten times as long. So a job begins with few elements between two looks at the clock.
 *
 * @module
 */
import type { Heap } from "../heap/heap.ts";
import type { Ref } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import type { Database, Tables } from "./database.ts";

const SLICE_MS = 1;
/** What is freed between two looks at the clock: as many elements as take about so long, from the least on. */
const STEP_MS = 0.2;
const ELEMENTS_PER_STEP_MIN = 32;
const ELEMENTS_PER_STEP_MAX = 512;
/** An entry, and a segment of a table, counts as so many elements. */
const ELEMENTS_PER_ENTRY = 8;

type Job =
  | { readonly kind: "entry"; readonly db: Database; readonly entry: Ref }
  | { readonly kind: "tables"; readonly db: Database; readonly tables: Tables; position: number; isDrained: boolean };

export class LazyFree {
  /** Entries freed so far, as `INFO` shows it. */
  freedObjects = 0;
  #pendingObjects = 0;
  #jobs: Job[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #elementsPerStep = ELEMENTS_PER_STEP_MIN;

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
    this.#add({ kind: "tables", db, tables, position: 0, isDrained: false });
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
    let nowMs = performance.now();
    const endMs = nowMs + SLICE_MS;
    while (this.#jobs.length > 0 && nowMs < endMs) {
      const sinceMs = nowMs;
      this.#step();
      nowMs = performance.now();
      this.#adapt(nowMs - sinceMs);
    }
    if (this.#jobs.length > 0) this.#timer = setTimeout(() => this.#slice(), 0);
  }

  #adapt(tookMs: number): void {
    if (tookMs > STEP_MS) this.#elementsPerStep = Math.max(ELEMENTS_PER_STEP_MIN, this.#elementsPerStep >>> 1);
    else if (tookMs < STEP_MS / 2) this.#elementsPerStep = Math.min(ELEMENTS_PER_STEP_MAX, this.#elementsPerStep * 2);
  }

  #step(): void {
    const job = this.#jobs[0];
    if (job.kind === "entry") {
      if (job.db.freeCarrierPart(job.entry, this.#elementsPerStep)) this.#finish(1);
    } else if (this.#stepTables(job)) this.#finish(0);
  }

  /** Frees some entries of detached tables; whether that was all. */
  #stepTables(job: Job & { kind: "tables" }): boolean {
    const { entries } = job.tables;
    const entriesMax = this.#elementsPerStep / ELEMENTS_PER_ENTRY;
    if (job.isDrained) return this.#releaseTables(job.tables, entriesMax);
    const before = entries.count;
    do {
      job.position = entries.drain(job.position, (entry) => job.db.freeEntry(entry));
    } while (job.position !== 0 && before - entries.count < entriesMax);
    this.#pendingObjects -= before - entries.count;
    this.freedObjects += before - entries.count;
    job.isDrained = job.position === 0;
    return false;
  }

  /** Frees some segments of tables whose entries are gone; whether that was all. */
  #releaseTables({ entries, volatile }: Tables, segmentsMax: number): boolean {
    return volatile.releasePart(segmentsMax) && entries.releasePart(segmentsMax);
  }

  #finish(objects: number): void {
    this.#jobs.shift();
    this.#pendingObjects -= objects;
    this.freedObjects += objects;
    this.#elementsPerStep = ELEMENTS_PER_STEP_MIN;
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
