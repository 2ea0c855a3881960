/**
 * Merge sort, in which equal items keep their order, as they do in C's `qsort` on Linux.
 *
 * `Array.sort` would do, too, but that it calls the comparison from outside of compiled code, which costs more than to compare.
 *
 * @module
 */
import type { Comparer } from "./comparer.ts";

/** Runs of so many items are sorted by insertion. */
const RUN_ITEMS = 6;

/** Orders the first `count` indexes of items; `spare` has room for as many. */
export function stableSort(order: Int32Array, spare: Int32Array, count: number, items: Comparer): void {
  for (let from = 0; from < count; from += RUN_ITEMS) {
    insertionSort(order, from, Math.min(from + RUN_ITEMS, count), items);
  }
  let source = order;
  let target = spare;
  for (let width = RUN_ITEMS; width < count; width *= 2) {
    for (let from = 0; from < count; from += width * 2) {
      merge(source, target, from, Math.min(from + width, count), Math.min(from + width * 2, count), items);
    }
    const merged = target;
    target = source;
    source = merged;
  }
  if (source !== order) { for (let i = 0; i < count; i++) order[i] = source[i]; }
}

function insertionSort(order: Int32Array, from: number, end: number, items: Comparer): void {
  for (let i = from + 1; i < end; i++) {
    const item = order[i];
    let at = i;
    for (; at > from && items.compare(order[at - 1], item) > 0; at--) order[at] = order[at - 1];
    order[at] = item;
  }
}

/** Merges the runs from `from` to before `middle` and on to before `end`. */
function merge(
  source: Int32Array,
  target: Int32Array,
  from: number,
  middle: number,
  end: number,
  items: Comparer,
): void {
  let low = from;
  let high = middle;
  if (middle < end && items.compare(source[middle - 1], source[middle]) > 0) {
    for (let at = from; at < end; at++) {
      if (low < middle && (high >= end || items.compare(source[low], source[high]) <= 0)) target[at] = source[low++];
      else target[at] = source[high++];
    }
  } else for (let at = from; at < end; at++) target[at] = source[at];
}
