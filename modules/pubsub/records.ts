/**
 * Records of a few 32-bit integers each, known by a number from 1 on; 0 is none.
 *
 * They stand in typed arrays of some thousand records, so that a million of them is no work for the garbage collector, and
 * more room is one more array: nothing that is there moves, however many there are. What is freed is used again first.
 *
 * @module
 */

const RECORDS_LOG2 = 12;
const RECORDS = 1 << RECORDS_LOG2;
const MASK = RECORDS - 1;

export class Records {
  /** Records in use. */
  count = 0;
  /** One more than the highest number that was ever in use. */
  end = 1;
  #segments: Int32Array[] = [];
  #firstFree = 0;

  /** @param width integers of a record; the first is not the user's while the record is free. */
  constructor(readonly width: number) {}

  get(record: number, field: number): number {
    return this.#segments[record >>> RECORDS_LOG2][(record & MASK) * this.width + field];
  }

  set(record: number, field: number, value: number): void {
    this.#segments[record >>> RECORDS_LOG2][(record & MASK) * this.width + field] = value;
  }

  /** A record of zeros. */
  take(): number {
    this.count++;
    const free = this.#firstFree;
    if (free === 0) return this.#append();
    this.#firstFree = this.get(free, 0);
    this.set(free, 0, 0);
    return free;
  }

  /** Gives a record back. */
  give(record: number): void {
    this.count--;
    if (this.count === 0) return this.#reset();
    for (let field = 1; field < this.width; field++) this.set(record, field, 0);
    this.set(record, 0, this.#firstFree);
    this.#firstFree = record;
  }

  #append(): number {
    const record = this.end++;
    if (record >>> RECORDS_LOG2 === this.#segments.length) this.#segments.push(new Int32Array(RECORDS * this.width));
    return record;
  }

  /** Nothing is in use: the memory goes, but for the first part. */
  #reset(): void {
    this.#segments.length = 1;
    this.#segments[0].fill(0, 0, Math.min(this.end, RECORDS) * this.width);
    this.#firstFree = 0;
    this.end = 1;
  }
}
