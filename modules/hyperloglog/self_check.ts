/**
 * What `PFSELFTEST` does: the registers keep what they are given, and the estimates are as good as they must be.
 *
 * @module
 */
import { estimate } from "./estimate.ts";
import { INDEX_BITS, placeOf, REGISTERS } from "./hash.ts";
import { denseRank, HEADER_BYTES, Sketch, visitRuns } from "./sketch.ts";

const ELEMENTS_MAX = 100_000;
/** The standard error is 0.81 %; an estimate off by so many of them is a mistake. */
const STANDARD_ERRORS_MAX = 6;

/** What is wrong; null: nothing. */
export function selfTest(): string | null {
  const dense = new Sketch().clear();
  const sparse = new Sketch().clear();
  dense.toDense();
  const element = new Uint8Array(8);
  for (let i = 1, checkpoint = 1; i <= ELEMENTS_MAX; i++) {
    new DataView(element.buffer).setUint32(0, Math.imul(i, 0x9e3779b1));
    const place = placeOf(element, 0, element.length);
    const index = place & (REGISTERS - 1);
    const rank = place >>> INDEX_BITS;
    dense.raise(index, rank, 0);
    if (denseRank(dense.bytes, HEADER_BYTES, index) < rank) return `register ${index} does not keep its rank`;
    if (i <= REGISTERS / 4) sparse.raise(index, rank, Infinity);
    if (i === REGISTERS / 4 && !areAlike(dense, sparse)) return "sparse and dense registers differ";
    if (i !== checkpoint) continue;
    const error = Math.abs(estimate(histogramOf(dense)) - i);
    if (error > Math.ceil(i * STANDARD_ERRORS_MAX * 0.0081)) return `the estimate of ${i} elements is off by ${error}`;
    checkpoint *= 10;
  }
  return null;
}

function histogramOf(dense: Sketch): Int32Array {
  const histogram = new Int32Array(64);
  for (let i = 0; i < REGISTERS; i++) histogram[denseRank(dense.bytes, HEADER_BYTES, i)]++;
  return histogram;
}

function areAlike(dense: Sketch, sparse: Sketch): boolean {
  let alike = true;
  const isWhole = visitRuns(sparse.bytes, 0, sparse.length, (first, registers, rank) => {
    for (let i = first; i < first + registers; i++) alike &&= denseRank(dense.bytes, HEADER_BYTES, i) === rank;
  });
  return isWhole && alike;
}
