/**
 * Numbers to sort by, as C's `strtod` reads them: blanks may stand before, nothing behind; an empty text is 0.
 *
 * @module
 */
import { beforeNul, parseExactInteger, parseFloat64 } from "../../server/api/mod.ts";

/** The number that bytes spell; NaN where they spell none, or one that no double is near. */
export function scoreOf(bytes: Uint8Array, first: number, size: number): number {
  const integer = Number(parseExactInteger(bytes, first, size));
  if (integer === integer) return integer;
  const end = first + beforeNul(bytes.subarray(first, first + size)).length;
  if (end === first) return 0;
  let start = first;
  while (start < end && isBlank(bytes[start])) start++;
  const score = parseFloat64(bytes, start, end - start);
  if (score === 0 && hasDigitAboveZero(bytes, start, end)) return NaN;
  return Math.abs(score) === Infinity && !spellsInfinity(bytes, start) ? NaN : score;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function spellsInfinity(bytes: Uint8Array, start: number): boolean {
  const first = bytes[start] === 0x2b || bytes[start] === 0x2d ? start + 1 : start;
  return (bytes[first] | 0x20) === 0x69;
}

/** Whether there is one before the exponent. */
function hasDigitAboveZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end && (bytes[i] | 0x20) !== 0x65 && (bytes[i] | 0x20) !== 0x70; i++) {
    if (bytes[i] >= 0x31 && bytes[i] <= 0x39) return true;
  }
  return false;
}
