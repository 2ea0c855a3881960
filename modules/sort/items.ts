/**
 * What is sorted: copies of elements, and what they are compared by, in arrays instead of objects. An item is an index into
 * them; its bytes and those of its weight lie in one buffer. So a thousand elements cost no thousand objects, and the arrays
 * serve the next command, too.
 *
 * @module
 */
import {
  BytesElement,
  compareBytes,
  copyBytes,
  type ElementView,
  INTEGER_TEXT_BYTES_MAX,
  ReplyError,
  spellInteger,
} from "../../server/api/mod.ts";
import type { Comparer } from "./comparer.ts";

const BYTES_MAX = 2 ** 31 - 1;
const TOO_MANY_BYTES = new ReplyError(`ERR what is to be sorted is longer than ${BYTES_MAX} bytes`);
/** More than this is not kept for the next command. */
const KEPT_BYTES_MAX = 1024 * 1024;
const KEPT_ITEMS_MAX = 16384;
/** Stands for the place of a weight that does not exist. */
const MISSING = -1;

/** Items, added one after another. */
export class Items implements Comparer {
  /** Number of items. */
  count = 0;
  /** The numbers that items are compared by. */
  scores: Float64Array = new Float64Array(INITIAL_ITEMS);
  /** The items in the order in which they were added, for somebody to change. */
  order: Int32Array = new Int32Array(INITIAL_ITEMS);
  /** Room for as many. */
  spareOrder: Int32Array = new Int32Array(INITIAL_ITEMS);
  /** Whether bytes are compared rather than numbers. */
  alpha = false;
  descending = false;
  #bytes: Uint8Array = new Uint8Array(INITIAL_ITEMS * 16);
  #used = 0;
  #starts = new Int32Array(INITIAL_ITEMS);
  #ends = new Int32Array(INITIAL_ITEMS);
  #weightStarts = new Int32Array(INITIAL_ITEMS);
  #weightEnds = new Int32Array(INITIAL_ITEMS);
  readonly #view = new BytesElement();

  /** Whether the arrays are small enough to be kept. */
  get isSmall(): boolean {
    return this.#bytes.length <= KEPT_BYTES_MAX && this.#starts.length <= KEPT_ITEMS_MAX;
  }

  /** Forgets all items. */
  clear(): void {
    this.count = 0;
    this.#used = 0;
  }

  /** Adds a copy of an element, which is its own weight; an integer is its own score. */
  add(element: ElementView): void {
    const item = this.count;
    if (item === this.#starts.length) this.#growArrays();
    const start = this.#used;
    this.#append(element);
    this.order[item] = item;
    this.#starts[item] = this.#weightStarts[item] = start;
    this.#ends[item] = this.#weightEnds[item] = this.#used;
    this.scores[item] = element.isInteger ? Number(element.exactInteger) : NaN;
    this.count++;
  }

  /** The bytes of an item; good until the next call. */
  element(item: number): ElementView {
    return this.#show(this.#starts[item], this.#ends[item]);
  }

  /** The bytes that an item is compared by, null where they do not exist; good until the next call. */
  weight(item: number): ElementView | null {
    const start = this.#weightStarts[item];
    return start === MISSING ? null : this.#show(start, this.#weightEnds[item]);
  }

  /** Gives an item a copy of some bytes as its weight, or none. */
  setWeight(item: number, weight: ElementView | null): void {
    this.#weightStarts[item] = weight === null ? MISSING : this.#used;
    if (weight !== null) this.#append(weight);
    this.#weightEnds[item] = this.#used;
  }

  /** Ends each weight before its first zero byte. */
  cutWeightsAtZero(): void {
    // Weights lie in the order of their items, so one way through the bytes is enough.
    let zero = this.#bytes.indexOf(0);
    for (let item = 0; zero >= 0 && zero < this.#used && item < this.count; item++) {
      const start = this.#weightStarts[item];
      if (start === MISSING) continue;
      if (zero < start) zero = this.#bytes.indexOf(0, start);
      if (zero >= 0 && zero < this.#weightEnds[item]) this.#weightEnds[item] = zero;
    }
  }

  /** Items of one score are ordered by their bytes; weights that do not exist come first. */
  compare(a: number, b: number): number {
    let order: number;
    if (this.alpha) order = this.#compareWeights(a, b);
    else {
      const scoreA = this.scores[a];
      const scoreB = this.scores[b];
      order = scoreA < scoreB ? -1 : scoreA > scoreB ? 1 : this.#compareElements(a, b);
    }
    return this.descending ? -order : order;
  }

  #compareElements(a: number, b: number): number {
    const startA = this.#starts[a];
    const startB = this.#starts[b];
    return compareBytes(this.#bytes, startA, this.#ends[a] - startA, this.#bytes, startB, this.#ends[b] - startB);
  }

  #compareWeights(a: number, b: number): number {
    const startA = this.#weightStarts[a];
    const startB = this.#weightStarts[b];
    if (startA === MISSING || startB === MISSING) return startA === startB ? 0 : startA === MISSING ? -1 : 1;
    const sizeA = this.#weightEnds[a] - startA;
    return compareBytes(this.#bytes, startA, sizeA, this.#bytes, startB, this.#weightEnds[b] - startB);
  }

  #show(start: number, end: number): ElementView {
    const view = this.#view;
    view.bytes = this.#bytes;
    view.start = start;
    view.length = end - start;
    return view;
  }

  #append(element: ElementView): void {
    if (element.isInteger) {
      const size = spellInteger(element.exactInteger, digits);
      this.#reserve(size);
      copyBytes(digits, 0, this.#bytes, this.#used, size);
      this.#used += size;
    } else {
      const { length } = element;
      this.#reserve(length);
      copyBytes(element.bytes, element.start, this.#bytes, this.#used, length);
      this.#used += length;
    }
  }

  #reserve(size: number): void {
    const needed = this.#used + size;
    if (needed <= this.#bytes.length) return;
    if (needed > BYTES_MAX) throw TOO_MANY_BYTES;
    const larger = new Uint8Array(Math.min(needed * 2, BYTES_MAX));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }

  #growArrays(): void {
    this.order = grown(this.order);
    this.spareOrder = grown(this.spareOrder);
    this.#starts = grown(this.#starts);
    this.#ends = grown(this.#ends);
    this.#weightStarts = grown(this.#weightStarts);
    this.#weightEnds = grown(this.#weightEnds);
    const scores = new Float64Array(this.scores.length * 2);
    scores.set(this.scores);
    this.scores = scores;
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

const INITIAL_ITEMS = 64;
const digits = new Uint8Array(INTEGER_TEXT_BYTES_MAX);
