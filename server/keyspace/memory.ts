/**
 * Memory: what is used, exactly, and eviction when it is more than `maxmemory`.
 *
 * Used memory is the sum of live heap blocks and of the buffers that connections hold. Evicting looks for a victim among
 * `maxmemory-samples` entries of each database and keeps the best candidates of earlier rounds in a pool of sixteen, which
 * is what makes sampling come close to true LRU or LFU.
 * Source: https://redis.io/docs/latest/develop/reference/eviction/
 *
 * @module
 */
import type { Random } from "../base/random.ts";
import { loadEntryKey } from "../structures/entry.ts";
import { Key } from "../structures/key.ts";
import type { Database } from "./database.ts";
import type { Keyspace } from "./keyspace.ts";

const POOL_SIZE = 16;
/** Entries removed between two looks at the clock. */
const EVICTIONS_PER_LOOK = 16;

/** Policies, taken apart. */
export interface EvictionPolicy {
  /** How to choose; `none` refuses writes instead. */
  readonly by: "none" | "lru" | "lfu" | "ttl" | "random";
  /** Only entries with a deadline. */
  readonly volatileOnly: boolean;
}

/** Reads a value of `maxmemory-policy`. */
export function evictionPolicy(name: string): EvictionPolicy {
  if (name === "noeviction") return { by: "none", volatileOnly: false };
  const [keys, by] = name.split("-");
  return { by: by as EvictionPolicy["by"], volatileOnly: keys === "volatile" };
}

/** A candidate: the higher its score, the better to evict. */
interface Candidate {
  readonly score: number;
  readonly db: Database;
  readonly key: Uint8Array;
}

export class Memory {
  /** 0: no limit. */
  bytesMax = 0;
  samples = 5;
  policy: EvictionPolicy = { by: "none", volatileOnly: false };
  /** How long one call of {@linkcode Memory.makeRoom} may evict, in milliseconds. */
  evictionMsMax = 0.5;
  lazily = false;
  peakBytes = 0;
  /** What was used when the server held nothing yet. */
  startupBytes = 0;
  /** For how long memory has been over its limit, in milliseconds, as of the last cron; 0: it is not. */
  exceededForMs = 0;
  /** Bytes of connections' buffers, as of the last cron. */
  bufferBytes = 0;
  /** Removes a victim with all the effects of an eviction, filled in from above. */
  evict: (db: Database, key: Key) => void = () => {};
  /** Told how far over the limit memory is, before anything is evicted. */
  pressure: (overBytes: number) => void = () => {};
  /** Told how long a round of evictions took. */
  evicted: (milliseconds: number) => void = () => {};

  #pool: Candidate[] = [];
  #nextDatabase = 0;

  constructor(readonly keyspace: Keyspace, readonly random: Random) {}

  /** Whether nothing may be evicted, while `CLIENT PAUSE` lasts; what is in use is not held against anybody then. */
  paused = false;

  /** Bytes in use. */
  get usedBytes(): number {
    const used = this.keyspace.heap.usedBytes + this.bufferBytes;
    if (used > this.peakBytes) this.peakBytes = used;
    return used;
  }

  /** Evicts until memory is within the limit. False where it still is not and nothing more can be evicted. */
  makeRoom(): boolean {
    if (this.bytesMax === 0 || this.paused || this.usedBytes <= this.bytesMax) return true;
    this.pressure(this.usedBytes - this.bytesMax);
    if (this.policy.by === "none") return this.usedBytes <= this.bytesMax;
    const start = performance.now();
    const enough = this.#evictUntil(start + this.evictionMsMax);
    this.evicted(performance.now() - start);
    return enough;
  }

  /** Forgets candidates; after a change of the policy their scores mean nothing. */
  forgetCandidates(): void {
    this.#pool = [];
  }

  /** False where there is nothing left to evict; what is still over the limit at the end of the time is evicted later. */
  #evictUntil(end: number): boolean {
    for (let evicted = 1; this.usedBytes > this.bytesMax; evicted++) {
      if (!this.#evictOne()) return false;
      if (evicted % EVICTIONS_PER_LOOK !== 0 || performance.now() < end) continue;
      setTimeout(() => this.makeRoom(), 0);
      return true;
    }
    return true;
  }

  #evictOne(): boolean {
    const victim = this.policy.by === "random" ? this.#randomVictim() : this.#bestVictim();
    if (victim === null) return false;
    this.evict(victim.db, Key.of(victim.key));
    return true;
  }

  #randomVictim(): Candidate | null {
    const { databases } = this.keyspace;
    for (let i = 0; i < databases.length; i++) {
      const db = databases[this.#nextDatabase++ % databases.length];
      if (this.#eligible(db) === 0) continue;
      const entry = this.policy.volatileOnly ? db.randomVolatile() : db.random();
      return { score: 0, db, key: db.keyOf(entry) };
    }
    return null;
  }

  /** Fills the pool by samples of each database and takes the best that still exists. */
  #bestVictim(): Candidate | null {
    while (true) {
      let eligible = 0;
      for (const db of this.keyspace.databases) {
        const count = this.#eligible(db);
        eligible += count;
        if (count > 0) this.#sample(db);
      }
      if (eligible === 0) return null;
      while (this.#pool.length > 0) {
        const best = this.#pool.pop()!;
        const entry = best.db.find(Key.of(best.key));
        if (entry !== 0 && (!this.policy.volatileOnly || best.db.deadlineOf(entry) >= 0)) return best;
      }
    }
  }

  #eligible(db: Database): number {
    return this.policy.volatileOnly ? db.volatileSize : db.size;
  }

  #sample(db: Database): void {
    const key = new Key();
    db.sample(this.samples, this.policy.volatileOnly, (entry) => {
      const score = this.#score(db, entry);
      const full = this.#pool.length >= POOL_SIZE;
      if (full && score <= this.#pool[0].score) return;
      loadEntryKey(this.keyspace.heap, entry, key);
      const bytes = key.toBytes();
      if (this.#pool.some((other) => other.db === db && sameBytes(other.key, bytes))) return;
      if (full) this.#pool.shift();
      const at = this.#pool.findIndex((other) => other.score > score);
      this.#pool.splice(at < 0 ? this.#pool.length : at, 0, { score, db, key: bytes });
    });
  }

  #score(db: Database, entry: number): number {
    switch (this.policy.by) {
      case "lru":
        return db.idleSeconds(entry);
      case "lfu":
        return 255 - db.frequency(entry);
      default:
        return -db.deadlineOf(entry);
    }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
