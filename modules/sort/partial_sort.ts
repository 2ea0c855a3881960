/**
 * Puts a range of an ordered array in its place and cares little about the rest: quicksort that leaves out what lies beside
 * the range. In it, equal items do not keep their order, and clients see in which they come: so the pivots and exchanges are
 * those of the well-known function.
 * Source: J. Bentley, M. D. McIlroy, "Engineering a Sort Function", Software: Practice and Experience 23 (1993)
 *
 * @module
 */
import type { Comparer } from "./comparer.ts";

/** Shorter parts are sorted by insertion. */
const INSERTION_MAX = 6;
/** Of longer ones the pivot is a median of nine. */
const MEDIAN_OF_THREE_MAX = 40;

/** Orders the first `count` indexes of items so that those from place `first` to `last` are as in the sorted array. */
export function partialSort(order: Int32Array, count: number, items: Comparer, first: number, last: number): void {
  sortPart(order, items, 0, count, first, last);
}

function sortPart(order: Int32Array, items: Comparer, from: number, count: number, first: number, last: number): void {
  if (count <= INSERTION_MAX) return insertionSort(order, items, from, count);
  swap(order, from, pivotOf(order, items, from, count));
  // Equal to the pivot, less, not looked at, greater, equal.
  const end = from + count;
  let equalLow = from + 1;
  let low = from + 1;
  let high = end - 1;
  let equalHigh = end - 1;
  while (true) {
    for (let difference; low <= high && (difference = items.compare(order[low], order[from])) <= 0; low++) {
      if (difference === 0) swap(order, equalLow++, low);
    }
    for (let difference; low <= high && (difference = items.compare(order[high], order[from])) >= 0; high--) {
      if (difference === 0) swap(order, high, equalHigh--);
    }
    if (low > high) break;
    swap(order, low++, high--);
  }
  const less = low - equalLow;
  const greater = equalHigh - high;
  swapRuns(order, from, low - Math.min(equalLow - from, less), Math.min(equalLow - from, less));
  const moved = Math.min(greater, end - equalHigh - 1);
  swapRuns(order, low, end - moved, moved);
  if (less > 1 && meets(from, less, first, last)) sortPart(order, items, from, less, first, last);
  if (greater > 1 && meets(end - greater, greater, first, last)) {
    sortPart(order, items, end - greater, greater, first, last);
  }
}

function meets(from: number, count: number, first: number, last: number): boolean {
  const end = from + count - 1;
  return !((first < from && last < from) || (first > end && last > end));
}

function insertionSort(order: Int32Array, items: Comparer, from: number, count: number): void {
  for (let i = from + 1; i < from + count; i++) {
    for (let at = i; at > from && items.compare(order[at - 1], order[at]) > 0; at--) swap(order, at, at - 1);
  }
}

function pivotOf(order: Int32Array, items: Comparer, from: number, count: number): number {
  let middle = from + (count >> 1);
  if (count === INSERTION_MAX + 1) return middle;
  let low = from;
  let high = from + count - 1;
  if (count > MEDIAN_OF_THREE_MAX) {
    const step = count >> 3;
    low = median(order, items, low, low + step, low + 2 * step);
    middle = median(order, items, middle - step, middle, middle + step);
    high = median(order, items, high - 2 * step, high - step, high);
  }
  return median(order, items, low, middle, high);
}

function median(order: Int32Array, items: Comparer, a: number, b: number, c: number): number {
  if (items.compare(order[a], order[b]) < 0) {
    if (items.compare(order[b], order[c]) < 0) return b;
    return items.compare(order[a], order[c]) < 0 ? c : a;
  }
  if (items.compare(order[b], order[c]) > 0) return b;
  return items.compare(order[a], order[c]) < 0 ? a : c;
}

function swap(order: Int32Array, a: number, b: number): void {
  const item = order[a];
  order[a] = order[b];
  order[b] = item;
}

function swapRuns(order: Int32Array, a: number, b: number, count: number): void {
  for (let i = 0; i < count; i++) swap(order, a + i, b + i);
}
