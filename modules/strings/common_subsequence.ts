/**
 * The longest common subsequence of two byte strings: the most bytes that both contain in the same order.
 *
 * The table of the classic algorithm has a length for each pair of prefixes, of which one row is enough to go on. The way
 * back through it needs to know of each pair only whether it leads up or left, which is one bit: a thirty-second of the
 * table. Where both lead to the same length, it goes left, as Redis does, or other runs of equal length would be found.
 *
 * Both take O(N×M) time; `commonLength` O(M) memory, `commonRuns` O(N×M) bits.
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
  return fillTable(a, b, null);
}

/** The runs that the longest common subsequence consists of, the last one first. */
export function commonRuns(a: Uint8Array, b: Uint8Array): CommonRun[] {
  const rowBytes = (b.length + 7) >>> 3;
  const upwards = new Uint8Array(a.length * rowBytes);
  fillTable(a, b, upwards);
  const runs: CommonRun[] = [];
  for (let i = a.length, j = b.length; i > 0 && j > 0;) {
    let length = 0;
    while (i > 0 && j > 0 && a[i - 1] === b[j - 1]) i--, j--, length++;
    if (length > 0) runs.push({ atA: i, atB: j, length });
    else if ((upwards[(i - 1) * rowBytes + ((j - 1) >>> 3)] & (1 << ((j - 1) & 7))) !== 0) i--;
    else j--;
  }
  return runs;
}

/** Computes the table; marks the pairs from which the way back leads to a shorter prefix of `a`. */
function fillTable(a: Uint8Array, b: Uint8Array, upwards: Uint8Array | null): number {
  const row = new Int32Array(b.length + 1);
  const rowBytes = (b.length + 7) >>> 3;
  for (let i = 0; i < a.length; i++) {
    const byte = a[i];
    let diagonal = 0;
    let length = 0;
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1];
      if (byte === b[j]) length = diagonal + 1;
      else if (above > length) {
        length = above;
        if (upwards !== null) upwards[i * rowBytes + (j >>> 3)] |= 1 << (j & 7);
      }
      diagonal = above;
      row[j + 1] = length;
    }
  }
  return row[b.length];
}
