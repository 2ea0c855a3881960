/**
 * The block sizes that the allocator hands out: every multiple of 8 up to 256 bytes, then eight sizes to each doubling up
 * to 128 KiB, so that rounding up never costs more than an eighth. Larger blocks are runs of whole units.
 *
 * Blocks of a class are carved from spans: runs of units long enough that the unused tail is at most about 3 %.
 *
 * @module
 */
import { UNIT_BYTES } from "./layout.ts";

/** Largest block that comes from a span. */
export const CLASS_BYTES_MAX = 131072;
/** Number of classes; class 0 is unused. */
export const CLASS_COUNT = 105;

/** Block size of each class, in bytes. */
export const classBytes: Int32Array = new Int32Array(CLASS_COUNT);
/** Length of a span of each class, in units. */
export const classUnits: Int32Array = new Int32Array(CLASS_COUNT);
/** Blocks in a span of each class. */
export const classBlocks: Int32Array = new Int32Array(CLASS_COUNT);

/** The class of the smallest block that holds so many bytes, `1 ≤ bytes ≤ CLASS_BYTES_MAX`. */
export function classOf(bytes: number): number {
  if (bytes <= 256) return (bytes + 7) >>> 3;
  const last = bytes - 1;
  const exponent = 31 - Math.clz32(last);
  return 33 + ((exponent - 8) << 3) + ((last >>> (exponent - 3)) & 7);
}

for (let c = 1; c < CLASS_COUNT; c++) {
  const step = c - 33;
  classBytes[c] = c <= 32 ? c * 8 : ((step & 7) + 9) << ((step >>> 3) + 5);
  const bytes = classBytes[c];
  const unitsMin = Math.max(bytes <= 2048 ? 4 : 1, Math.ceil(bytes / UNIT_BYTES));
  let best = unitsMin;
  for (let units = unitsMin; units < unitsMin + 16; units++) {
    if (waste(units, bytes) < waste(best, bytes) - 0.005) best = units;
    if (waste(best, bytes) <= 0.03) break;
  }
  classUnits[c] = best;
  classBlocks[c] = Math.floor((best * UNIT_BYTES) / bytes);
}

function waste(units: number, bytes: number): number {
  const span = units * UNIT_BYTES;
  return (span % bytes) / span;
}
