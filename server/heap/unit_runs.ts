/**
 * Free units of the heap, kept as maximal runs: freeing joins a run with its free neighbours, so memory that was used
 * for small blocks can serve large ones later. Both ends of a run carry its length (boundary tags), and runs of about
 * the same length form a doubly linked list. Taking searches the smallest fitting list first, at the lowest cost in
 * untouched memory: the never-used rest of a segment is by far the longest run and thus taken last.
 *
 * @module
 */
import { assert } from "../base/assert.ts";
import { SEGMENT_UNITS } from "./layout.ts";

const EXACT_BINS = 64;
const BIN_COUNT = 64 + 11;
const NONE = -1;

export class UnitRuns {
  /** Free units. */
  freeUnits = 0;
  /** Run length at the first and the last unit of each free run; 0 elsewhere. */
  #length = new Int32Array(0);
  #next = new Int32Array(0);
  #previous = new Int32Array(0);
  readonly #heads = new Int32Array(BIN_COUNT).fill(NONE);

  /** Makes room for the units of so many segments. */
  reach(segments: number): void {
    if (this.#length.length >= segments * SEGMENT_UNITS) return;
    this.#length = enlarged(this.#length, segments);
    this.#next = enlarged(this.#next, segments);
    this.#previous = enlarged(this.#previous, segments);
  }

  /** Takes a run of `units`; its first unit, or -1 when none is long enough. */
  take(units: number): number {
    for (let bin = binOf(units); bin < BIN_COUNT; bin++) {
      for (let first = this.#heads[bin]; first !== NONE; first = this.#next[first]) {
        const length = this.#length[first];
        if (length < units) continue;
        this.#unlink(first, length);
        if (length > units) this.#link(first + units, length - units);
        return first;
      }
    }
    return NONE;
  }

  /** Gives a run back, joined with its neighbours; the whole free run's first unit. */
  give(first: number, units: number): number {
    let length = units;
    const segmentStart = first - (first % SEGMENT_UNITS);
    const segmentEnd = segmentStart + SEGMENT_UNITS;
    const after = first + units;
    if (after < segmentEnd && this.#length[after] > 0) {
      const afterLength = this.#length[after];
      this.#unlink(after, afterLength);
      length += afterLength;
    }
    if (first > segmentStart && this.#length[first - 1] > 0) {
      const beforeLength = this.#length[first - 1];
      first -= beforeLength;
      this.#unlink(first, beforeLength);
      length += beforeLength;
    }
    this.#link(first, length);
    return first;
  }

  /** Length of the free run that starts at a unit. */
  lengthAt(first: number): number {
    return this.#length[first];
  }

  /** Withdraws a whole free run, as when its segment is returned to the system. */
  withdraw(first: number): void {
    const length = this.#length[first];
    assert(length > 0, "withdrawn run is not free");
    this.#unlink(first, length);
  }

  /** Forgets all free runs: nothing is mapped any more. */
  clear(): void {
    this.#heads.fill(NONE);
    this.#length.fill(0);
    this.freeUnits = 0;
  }

  #link(first: number, length: number): void {
    this.#length[first] = length;
    this.#length[first + length - 1] = length;
    const bin = binOf(length);
    const head = this.#heads[bin];
    this.#next[first] = head;
    this.#previous[first] = NONE;
    if (head !== NONE) this.#previous[head] = first;
    this.#heads[bin] = first;
    this.freeUnits += length;
  }

  #unlink(first: number, length: number): void {
    const next = this.#next[first];
    const previous = this.#previous[first];
    if (next !== NONE) this.#previous[next] = previous;
    if (previous !== NONE) this.#next[previous] = next;
    else this.#heads[binOf(length)] = next;
    this.#length[first] = 0;
    this.#length[first + length - 1] = 0;
    this.freeUnits -= length;
  }
}

function binOf(length: number): number {
  return length < EXACT_BINS ? length : EXACT_BINS - 6 + (31 - Math.clz32(length));
}

function enlarged(array: Int32Array, segments: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(segments * SEGMENT_UNITS);
  larger.set(array);
  return larger;
}
