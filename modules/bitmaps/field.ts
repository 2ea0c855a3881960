/**
 * One integer of 1 to 64 bits within a string: reading it, writing it, and what becomes of a value that has too many bits.
 *
 * Fields of up to 32 bits are worked on as numbers; wider ones are two of those, and their values bigints where they must be.
 *
 * @module
 */
import type { ByteString, Int64 } from "../../server/api/mod.ts";

/** Where a field lies and how its bits are read. */
export interface Field {
  /** Two's complement; else never negative. */
  readonly signed: boolean;
  /** 1 to 64; unsigned to 63. */
  readonly bits: number;
  /** Of its first bit. */
  readonly offset: number;
}

/** What happens to a value that does not fit. */
export type Overflow = "WRAP" | "SAT" | "FAIL";

/** Widest field that is one number. */
const NARROW_BITS_MAX = 32;
const INT64_MAX = 2n ** 63n - 1n;
const TWO_32 = 2 ** 32;
/** Numbers are exact where their upper word is between this and its negative. */
const EXACT_HIGH_END = 2 ** 21;
/** Numbers that are exact fit into so many bits. */
const EXACT_BITS = 54;

/** Powers of two: to compute one takes longer than all else here. */
const POWERS = Float64Array.from({ length: 65 }, (_, i) => 2 ** i);

// Highest and lowest values by width.
const UNSIGNED_MAX = Array.from({ length: 65 }, (_, bits) => canonical(2n ** BigInt(bits) - 1n));
const SIGNED_MAX = Array.from({ length: 65 }, (_, bits) => canonical(2n ** BigInt(Math.max(0, bits - 1)) - 1n));
const SIGNED_MIN = Array.from({ length: 65 }, (_, bits) => canonical(-(2n ** BigInt(Math.max(0, bits - 1)))));

/** The value of a field in `length` bytes from `start`; what lies behind them is 0. */
export function readField(bytes: Uint8Array, start: number, length: number, { signed, bits, offset }: Field): Int64 {
  if (bits <= NARROW_BITS_MAX) {
    const value = readBits(bytes, start, length, offset, bits);
    return signed && value >= POWERS[bits - 1] ? value - POWERS[bits] : value;
  }
  const bare = readBits(bytes, start, length, offset, bits - 32);
  const low = readBits(bytes, start, length, offset + bits - 32, 32);
  const high = signed && bare >= POWERS[bits - 33] ? bare - POWERS[bits - 32] : bare;
  if (high > -EXACT_HIGH_END && high < EXACT_HIGH_END) return high * TWO_32 + low;
  return canonical((BigInt(high) << 32n) + BigInt(low));
}

/** Writes a field that lies within the string; the value fits. */
export function writeField(target: ByteString, { bits, offset }: Field, value: Int64): void {
  if (bits <= NARROW_BITS_MAX) return writeBits(target, offset, bits, unsigned(Number(value), bits));
  let high: number;
  let low: number;
  if (typeof value === "number") {
    high = Math.floor(value / TWO_32);
    low = value - high * TWO_32;
  } else {
    high = Number(value >> 32n);
    low = Number(value & 0xffffffffn);
  }
  writeBits(target, offset, bits - 32, unsigned(high, bits - 32));
  writeBits(target, offset + bits - 32, 32, low);
}

/** The sum, exact, whatever its size. */
export function sumOf(a: Int64, b: Int64): Int64 {
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a + b)) return a + b;
  return canonical(BigInt(a) + BigInt(b));
}

/** What a field gets for a value to set, which is of 64 bits: see {@linkcode fittedTo}. */
export function fittedOperand(field: Field, operand: Int64, overflow: Overflow): Int64 | null {
  if (operand >= 0) return fittedTo(field, operand, overflow);
  // Where there are no negative values, a negative one is a large one.
  if (!field.signed) return fittedTo(field, BigInt.asUintN(64, BigInt(operand)), overflow);
  const max = maxOf(field);
  // The distance to the highest value is one of 64 bits: from far enough below, a value seems to be above it.
  if (overflow === "SAT" && field.bits < 64 && BigInt(max) - BigInt(operand) > INT64_MAX) return max;
  return fittedTo(field, operand, overflow);
}

/** What a field gets for a value: the value where it fits, else what `overflow` makes of it; null: nothing. */
export function fittedTo(field: Field, value: Int64, overflow: Overflow): Int64 | null {
  const { signed, bits } = field;
  if (typeof value === "number" && bits >= EXACT_BITS && (signed || value >= 0)) return value;
  const max = maxOf(field);
  const min = signed ? SIGNED_MIN[bits] : 0;
  if (value >= min && value <= max) return value;
  if (overflow === "FAIL") return null;
  if (overflow === "SAT") return value < min ? min : max;
  const exact = BigInt(value);
  return canonical(signed ? BigInt.asIntN(bits, exact) : BigInt.asUintN(bits, exact));
}

function maxOf({ signed, bits }: Field): Int64 {
  return signed ? SIGNED_MAX[bits] : UNSIGNED_MAX[bits];
}

function canonical(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function unsigned(value: number, bits: number): number {
  return value < 0 ? value + POWERS[bits] : value;
}

/** Up to 32 bits lie in up to five bytes: 40 bits, which a number takes. */
function readBits(bytes: Uint8Array, start: number, length: number, offset: number, bits: number): number {
  const first = Math.floor(offset / 8);
  const end = first + (((offset & 7) + bits + 7) >>> 3);
  let value = first < length ? bytes[start + first] & (0xff >>> (offset & 7)) : 0;
  for (let i = first + 1; i < end; i++) value = value * 256 + (i < length ? bytes[start + i] : 0);
  return Math.floor(value / POWERS[-(offset + bits) & 7]);
}

/** The bytes from the last to the first; each gets what it has of the field. */
function writeBits(target: ByteString, offset: number, bits: number, value: number): void {
  const { bytes, start } = target;
  const first = Math.floor(offset / 8);
  const count = ((offset & 7) + bits + 7) >>> 3;
  let behind = -(offset + bits) & 7;
  let rest = value | 0;
  let left = bits;
  for (let i = count - 1; i >= 0; i--) {
    const here = Math.min(8 - behind, left);
    const mask = ((1 << here) - 1) << behind;
    scratch[i] = (bytes[start + first + i] & ~mask) | ((rest << behind) & mask);
    rest >>>= here;
    left -= here;
    behind = 0;
  }
  target.write(first, scratch, 0, count);
}

const scratch = new Uint8Array(5);
