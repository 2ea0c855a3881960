/**
 * The removal of due keys that nobody asks for.
 *
 * There is no list of keys by deadline; it would cost memory and time for every key. Instead a few keys are looked at, and
 * as long as many of those are due, a few more. So at any time no more than about a tenth of the keys that have a deadline
 * are due and still take memory, at a cost that follows the number of due keys, not the number of keys.
 *
 * The walk goes on where it stopped, bucket by bucket, through one database after the other. It never takes longer than a
 * slice of about a millisecond, however many keys fall due at once; then it rests three times as long, and goes on. Twice
 * that many keys are looked at, and more time is taken, as `active-expire-effort` grows from 1 to 10.
 * Source: https://redis.io/docs/latest/commands/expire/#how-redis-expires-keys
 *
 * @module
 */
import { activeExpireEffort, type Database, type EntryRef, Key, type ModuleHost } from "../../server/api/mod.ts";

/** Weight of the newest sample in the estimates that `INFO` shows. */
const STALE_WEIGHT = 0.05;
const TTL_WEIGHT = 0.02;
/** Empty buckets that are passed before a sample counts as taken. */
const BUCKETS_PER_KEY_MAX = 20;

/** How much is done at one time. */
interface Effort {
  readonly keysPerSample: number;
  readonly sliceMsMax: number;
  /** Share of the time that slices may take, in percent. */
  readonly busyPercentMax: number;
  /** Share of due keys in a sample up to which the rest is left to the next cycle, in percent. */
  readonly stalePercentMax: number;
}

function effortOf(level: number): Effort {
  const extra = level - 1;
  return {
    keysPerSample: 20 + 5 * extra,
    sliceMsMax: 1 + 0.25 * extra,
    busyPercentMax: 25 + 2 * extra,
    stalePercentMax: 10 - extra,
  };
}

/** The cycle of one server. */
export class ActiveCycle {
  readonly #host: ModuleHost;
  /** Where in each database the walk goes on. */
  readonly #positions: number[] = [];
  #nextDatabase = 0;
  /** Whether a further slice is on its way. */
  #resting = false;

  // The sample that is being taken.
  readonly #due: Uint8Array[] = [];
  readonly #key = new Key();
  #db!: Database;
  #sampled = 0;
  #ttlSumMs = 0;

  constructor(host: ModuleHost) {
    this.#host = host;
  }

  /** Begins a cycle, unless one is under way. */
  run(): void {
    if (!this.#resting) this.#slice();
  }

  #slice(): void {
    const { activeExpiry, config, isReplica, mayExpire, isApplying } = this.#host;
    if (!activeExpiry.enabled || isReplica || !mayExpire || isApplying) return;
    const effort = effortOf(config.get(activeExpireEffort));
    const startMs = performance.now();
    const finished = this.#walkDatabases(effort, startMs + effort.sliceMsMax);
    const spentMs = performance.now() - startMs;
    activeExpiry.spentMs += spentMs;
    this.#host.noteLatency("expire-cycle", spentMs);
    if (finished) return;
    activeExpiry.timeCapReachedCount++;
    this.#resting = true;
    this.#host.after(spentMs * (100 / effort.busyPercentMax - 1), () => {
      this.#resting = false;
      this.#slice();
    });
  }

  /** Visits each database once; false when the time was up before. */
  #walkDatabases(effort: Effort, endMs: number): boolean {
    const { databaseCount, activeExpiry } = this.#host;
    let sampled = 0;
    let expired = 0;
    let finished = true;
    for (let visited = 0; visited < databaseCount && finished; visited++) {
      const db = this.#host.database(this.#nextDatabase)!;
      while (db.volatileSize > 0) {
        const removed = this.#sample(db, effort.keysPerSample);
        sampled += this.#sampled;
        expired += removed;
        finished = performance.now() < endMs;
        if (!finished || removed * 100 <= this.#sampled * effort.stalePercentMax) break;
      }
      // Out of time, it is this database's turn again.
      if (finished) this.#nextDatabase = (this.#nextDatabase + 1) % databaseCount;
    }
    const stalePercent = sampled === 0 ? 0 : expired * 100 / sampled;
    activeExpiry.stalePercent += STALE_WEIGHT * (stalePercent - activeExpiry.stalePercent);
    return finished;
  }

  /** Looks at so many keys of a database, removes the due ones, and tells how many these were. */
  #sample(db: Database, keys: number): number {
    this.#db = db;
    this.#sampled = 0;
    this.#ttlSumMs = 0;
    this.#due.length = 0;
    let position = this.#positions[db.index] ?? 0;
    for (let buckets = 0; this.#sampled < keys && buckets < keys * BUCKETS_PER_KEY_MAX; buckets++) {
      position = db.scanVolatile(position, this.#look);
      if (position === 0) break;
    }
    this.#positions[db.index] = position;
    for (const bytes of this.#due) this.#host.expire(db, this.#key.load(bytes, 0, bytes.length));
    this.#estimateTtl(db, this.#sampled - this.#due.length);
    return this.#due.length;
  }

  readonly #look = (entry: EntryRef): void => {
    this.#sampled++;
    const ttlMs = this.#db.deadlineOf(entry) - this.#host.nowMs;
    if (ttlMs < 0) this.#due.push(this.#db.keyOf(entry));
    else this.#ttlSumMs += ttlMs;
  };

  #estimateTtl(db: Database, live: number): void {
    if (live === 0) return;
    const meanMs = this.#ttlSumMs / live;
    db.averageTtlMs = db.averageTtlMs === 0 ? meanMs : db.averageTtlMs + TTL_WEIGHT * (meanMs - db.averageTtlMs);
  }
}
