/**
 * A hash index over records: chains of those whose hashes lead to the same bucket.
 *
 * There is never a rehash of everything. Buckets come and go one at a time (linear hashing): with each record that is one too
 * many, the next bucket in turn is split in two, and when there are far too few the last two are joined again.
 *
 * @module
 */
import { Records } from "./records.ts";

const BUCKETS_MIN = 16;

export class Chains {
  readonly #records: Records;
  readonly #hashField: number;
  readonly #nextField: number;
  /** A bucket's record is its number plus one; its field is the first record of the chain. */
  readonly #buckets = new Records(1);
  /** The power of two that the number of buckets is at, or on its way from. */
  #round = BUCKETS_MIN;
  #bucketCount = 0;
  #count = 0;

  /** @param hashField which field of a record has its hash; `nextField` is the index's own. */
  constructor(records: Records, hashField: number, nextField: number) {
    this.#records = records;
    this.#hashField = hashField;
    this.#nextField = nextField;
    while (this.#bucketCount < BUCKETS_MIN) this.#appendBucket();
  }

  /** The first record of the chain that those with this hash are in; 0: none. */
  first(hash: number): number {
    return this.#buckets.get(this.#bucketOf(hash), 0);
  }

  /** The next record of a chain; it may have another hash. */
  next(record: number): number {
    return this.#records.get(record, this.#nextField);
  }

  /** Adds a record whose hash is set. */
  add(record: number): void {
    this.#link(record);
    if (++this.#count > this.#bucketCount) this.#split();
  }

  /** Takes a record out. */
  remove(record: number): void {
    const bucket = this.#bucketOf(this.#records.get(record, this.#hashField));
    const next = this.next(record);
    let previous = this.#buckets.get(bucket, 0);
    if (previous === record) this.#buckets.set(bucket, 0, next);
    else {
      while (this.next(previous) !== record) previous = this.next(previous);
      this.#records.set(previous, this.#nextField, next);
    }
    if (--this.#count < this.#bucketCount >>> 2 && this.#bucketCount > BUCKETS_MIN) this.#join();
  }

  #bucketOf(hash: number): number {
    const wide = hash & (2 * this.#round - 1);
    return (wide < this.#bucketCount ? wide : hash & (this.#round - 1)) + 1;
  }

  #link(record: number): void {
    const bucket = this.#bucketOf(this.#records.get(record, this.#hashField));
    this.#records.set(record, this.#nextField, this.#buckets.get(bucket, 0));
    this.#buckets.set(bucket, 0, record);
  }

  #appendBucket(): void {
    this.#buckets.take();
    this.#bucketCount++;
  }

  #split(): void {
    if (this.#bucketCount === 2 * this.#round) this.#round *= 2;
    const old = this.#bucketCount - this.#round + 1;
    this.#appendBucket();
    this.#relink(old);
  }

  #join(): void {
    if (this.#bucketCount === this.#round) this.#round /= 2;
    const last = this.#bucketCount;
    const chain = this.#buckets.get(last, 0);
    this.#bucketCount--;
    this.#buckets.give(last);
    this.#linkAll(chain);
  }

  /** Puts the records of a bucket's chain where they belong now. */
  #relink(bucket: number): void {
    const chain = this.#buckets.get(bucket, 0);
    this.#buckets.set(bucket, 0, 0);
    this.#linkAll(chain);
  }

  #linkAll(chain: number): void {
    for (let record = chain; record !== 0;) {
      const next = this.next(record);
      this.#link(record);
      record = next;
    }
  }
}
