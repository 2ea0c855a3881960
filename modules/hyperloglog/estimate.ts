/**
 * How many elements there are, from how many registers have which rank.
 * Source: O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", https://arxiv.org/abs/1702.01284
 *
 * @module
 */
import { RANK_BITS, REGISTERS } from "./hash.ts";

/** 1 / (2 ln 2) */
const ALPHA = 0.721347520444481703680;

/** The estimate, by the number of registers of each rank. */
export function estimate(histogram: ArrayLike<number>): number {
  let z = REGISTERS * tau((REGISTERS - histogram[RANK_BITS + 1]) / REGISTERS);
  for (let rank = RANK_BITS; rank >= 1; rank--) z = (z + histogram[rank]) * 0.5;
  z += REGISTERS * sigma(histogram[0] / REGISTERS);
  return Math.round(ALPHA * REGISTERS * REGISTERS / z);
}

function sigma(x: number): number {
  if (x === 1) return Infinity;
  let y = 1;
  let z = x;
  let before: number;
  do {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  } while (before !== z);
  return z;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let y = 1;
  let z = 1 - x;
  let before: number;
  do {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  } while (before !== z);
  return z / 3;
}
