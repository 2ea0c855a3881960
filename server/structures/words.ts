/**
 * 64-bit integers in the words of a block, low word first.
 *
 * @module
 */
import { fitsInt64, type Int64 } from "../base/number.ts";

const TWO_32 = 4294967296;

/** The integer at a word, exact. */
export function readInt64(words: Int32Array, at: number): Int64 {
  const value = words[at + 1] * TWO_32 + (words[at] >>> 0);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  return (BigInt(words[at + 1]) << 32n) | BigInt(words[at] >>> 0);
}

/** Writes an integer. Throws `RangeError` where it has more than 64 bits. */
export function writeInt64(words: Int32Array, at: number, value: Int64): void {
  if (typeof value === "bigint") {
    if (!fitsInt64(value)) throw new RangeError("not a 64-bit integer");
    words[at] = Number(BigInt.asIntN(32, value));
    words[at + 1] = Number(BigInt.asIntN(32, value >> 32n));
  } else {
    words[at] = value | 0;
    words[at + 1] = Math.floor(value / TWO_32);
  }
}
