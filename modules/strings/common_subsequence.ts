/**
 * The longest common subsequence of two byte strings: the most bytes that both contain in the same order.
 *
 * The table of the classic algorithm has a length for each pair of prefixes. From one column to the next a length grows by one
 * or not at all, so one bit for each pair says it all, and a row follows from the row above for 32 pairs at once: a match that
 * the carry of an addition reaches moves the place where the length grows.
 * Source: M. Crochemore, C. S. Iliopoulos, Y. J. Pinzon, J. F. Reid, "A fast and practical bit-vector algorithm for the Longest
 * Common Subsequence problem", Information Processing Letters 80 (2001)
 *
 * The way back through the table goes left where both neighbours have the same length, as Redis does, or other runs of equal
 * length would be found. Where two bytes differ, the length grew if the neighbour above has the greater one.
 *
 * Both functions take O(N×M/32) time; `commonLength` O(M) memory for each different byte, `commonRuns` O(N×M) bits.
 *
 * @module
 */

/** Bytes that follow each other in both strings, with the index of the first in each. */
export interface CommonRun {
  readonly atA: number;
  readonly atB: number;
  readonly length: number;
}

/** The length of the longest common subsequence. */
export function commonLength(a: Uint8Array, b: Uint8Array): number {
  const words = wordsFor(b);
  const row = roomFor(kept.rows, words);
  fillRows(a, b, row, 0);
  let length = 0;
  for (let j = 0; j < b.length; j++) length += bitAt(row, 0, j);
  return length;
}

/** The runs that the longest common subsequence consists of, the last one first. */
export function commonRuns(a: Uint8Array, b: Uint8Array): CommonRun[] {
  const words = wordsFor(b);
  const rows = roomFor(kept.rows, (a.length + 1) * words);
  fillRows(a, b, rows, words);
  const runs: CommonRun[] = [];
  for (let i = a.length, j = b.length; i > 0 && j > 0;) {
    let length = 0;
    while (i > 0 && j > 0 && a[i - 1] === b[j - 1]) i--, j--, length++;
    if (length > 0) runs.push({ atA: i, atB: j, length });
    else if (bitAt(rows, i * words, j - 1) === 1) i--;
    else j--;
  }
  return runs;
}

function wordsFor(b: Uint8Array): number {
  return (b.length + 31) >>> 5;
}

function bitAt(rows: Int32Array, row: number, j: number): number {
  return (rows[row + (j >>> 5)] >>> (j & 31)) & 1;
}

/** Computes a row for each prefix of `a`, `step` words apart: bit `j` is 1 where the length grows with byte `j` of `b`. */
function fillRows(a: Uint8Array, b: Uint8Array, rows: Int32Array, step: number): void {
  const words = wordsFor(b);
  const { maskOf } = kept;
  const masks = matchesIn(a, b, maskOf);
  rows.fill(0, 0, words);
  for (let i = 0; i < a.length; i++) {
    const above = i * step;
    const row = above + step;
    const mask = maskOf[a[i]];
    let carry = 0;
    for (let w = 0; w < words; w++) {
      const open = ~rows[above + w];
      const moved = open & masks[mask + w];
      const sum = (open + moved + carry) | 0;
      carry = ((open & moved) | ((open | moved) & ~sum)) >>> 31;
      rows[row + w] = ~(sum | (open & ~moved));
    }
  }
}

/** Where in `b` each byte of `a` stands: a bit for each byte of `b`, from the word on that `maskOf` gets for the byte. */
function matchesIn(a: Uint8Array, b: Uint8Array, maskOf: Int32Array): Int32Array {
  const words = wordsFor(b);
  let used = 0;
  maskOf.fill(-1);
  for (let i = 0; i < a.length; i++) {
    if (maskOf[a[i]] >= 0) continue;
    maskOf[a[i]] = used;
    used += words;
  }
  const masks = roomFor(kept.masks, used);
  masks.fill(0, 0, used);
  for (let j = 0; j < b.length; j++) {
    const mask = maskOf[b[j]];
    if (mask >= 0) masks[mask + (j >>> 5)] |= 1 << (j & 31);
  }
  return masks;
}

function roomFor(kept: Int32Array, words: number): Int32Array {
  return words <= kept.length ? kept : new Int32Array(words);
}

const KEPT_WORDS = 4096;
/** Scratch: to make small arrays would cost more than to fill them. */
const kept = { rows: new Int32Array(KEPT_WORDS), masks: new Int32Array(KEPT_WORDS), maskOf: new Int32Array(256) };
