/** What says in which order two items come. @module */

/** Knows items by their indexes. */
export interface Comparer {
  /** Below 0: `a` comes first; above 0: `b` does. */
  compare(a: number, b: number): number;
}
