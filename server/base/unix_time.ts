/**
 * Points in time as clients give them: in seconds or milliseconds, absolute or from now, with all 64 bits. A deadline is
 * kept in milliseconds, so what they give can be out of range.
 *
 * @module
 */
import { type Int64, toInt64 } from "./number.ts";

/** `time`, counted in units of `unitMs` from `baseMs`, in Unix milliseconds; null when 64 bits don't hold it. */
export function unixTimeMs(time: Int64, unitMs: 1 | 1000, baseMs: number): Int64 | null {
  if (typeof time === "number") {
    const sum = time * unitMs + baseMs;
    if (Math.abs(time) <= NEAR_MAX && Math.abs(sum) <= Number.MAX_SAFE_INTEGER) return sum;
  }
  const milliseconds = toInt64(BigInt(time) * BigInt(unitMs));
  return milliseconds === null ? null : toInt64(BigInt(milliseconds) + BigInt(baseMs));
}

/** Times up to this, a quarter of a million years, stay exact as numbers in either unit. */
const NEAR_MAX = Number.MAX_SAFE_INTEGER / 1000;
