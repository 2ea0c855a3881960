/**
 * Puts a range of an ordered array in its place and cares little about the rest: quicksort that leaves out what lies beside
 * the range. In it, equal items do not keep their order, and clients see in which they come: so the pivots and exchanges are
 * those of the well-known function.
 * Source: J. Bentley, M. D. McIlroy, "Engineering a Sort Function", Software: Practice and Experience 23 (1993)
 *
 * @module
 */

type Compare<T> = (a: T, b: T) => number;

/** Shorter parts are sorted by insertion. */
const INSERTION_MAX = 6;
/** Of longer ones the pivot is a median of nine. */
const MEDIAN_OF_THREE_MAX = 40;

/** Orders an array so that the items from index `first` to `last` are those of the sorted array. */
export function partialSort<T>(items: T[], compare: Compare<T>, first: number, last: number): void {
  sortPart(items, compare, 0, items.length, first, last);
}

function sortPart<T>(items: T[], compare: Compare<T>, from: number, count: number, first: number, last: number): void {
  if (count <= INSERTION_MAX) return insertionSort(items, compare, from, count);
  swap(items, from, pivotOf(items, compare, from, count));
  // Equal to the pivot, less, not looked at, greater, equal.
  const end = from + count;
  let equalLow = from + 1;
  let low = from + 1;
  let high = end - 1;
  let equalHigh = end - 1;
  while (true) {
    for (let order; low <= high && (order = compare(items[low], items[from])) <= 0; low++) {
      if (order === 0) swap(items, equalLow++, low);
    }
    for (let order; low <= high && (order = compare(items[high], items[from])) >= 0; high--) {
      if (order === 0) swap(items, high, equalHigh--);
    }
    if (low > high) break;
    swap(items, low++, high--);
  }
  const less = low - equalLow;
  const greater = equalHigh - high;
  swapRuns(items, from, low - Math.min(equalLow - from, less), Math.min(equalLow - from, less));
  const moved = Math.min(greater, end - equalHigh - 1);
  swapRuns(items, low, end - moved, moved);
  if (less > 1 && meets(from, less, first, last)) sortPart(items, compare, from, less, first, last);
  if (greater > 1 && meets(end - greater, greater, first, last)) {
    sortPart(items, compare, end - greater, greater, first, last);
  }
}

function meets(from: number, count: number, first: number, last: number): boolean {
  const end = from + count - 1;
  return !((first < from && last < from) || (first > end && last > end));
}

function insertionSort<T>(items: T[], compare: Compare<T>, from: number, count: number): void {
  for (let i = from + 1; i < from + count; i++) {
    for (let at = i; at > from && compare(items[at - 1], items[at]) > 0; at--) swap(items, at, at - 1);
  }
}

function pivotOf<T>(items: T[], compare: Compare<T>, from: number, count: number): number {
  let middle = from + (count >> 1);
  if (count === INSERTION_MAX + 1) return middle;
  let low = from;
  let high = from + count - 1;
  if (count > MEDIAN_OF_THREE_MAX) {
    const step = count >> 3;
    low = median(items, compare, low, low + step, low + 2 * step);
    middle = median(items, compare, middle - step, middle, middle + step);
    high = median(items, compare, high - 2 * step, high - step, high);
  }
  return median(items, compare, low, middle, high);
}

function median<T>(items: T[], compare: Compare<T>, a: number, b: number, c: number): number {
  if (compare(items[a], items[b]) < 0) {
    if (compare(items[b], items[c]) < 0) return b;
    return compare(items[a], items[c]) < 0 ? c : a;
  }
  if (compare(items[b], items[c]) > 0) return b;
  return compare(items[a], items[c]) < 0 ? a : c;
}

function swap<T>(items: T[], a: number, b: number): void {
  const item = items[a];
  items[a] = items[b];
  items[b] = item;
}

function swapRuns<T>(items: T[], a: number, b: number, count: number): void {
  for (let i = 0; i < count; i++) swap(items, a + i, b + i);
}
