/**
 * One integer of 1 to 64 bits within a string: reading it, writing it, and what becomes of a value that has too many bits.
 *
 * Fields of up to 32 bits are worked on as numbers; wider ones are two of those, and bigints where they must be.
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

/** The value of a field in `length` bytes from `start`; what lies behind them is 0. */
export function readField(bytes: Uint8Array, start: number, length: number, { signed, bits, offset }: Field): Int64 {
  if (bits <= NARROW_BITS_MAX) {
    const value = readBits(bytes, start, length, offset, bits);
    return signed && value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }
  const high = readBits(bytes, start, length, offset, bits - 32);
  const low = readBits(bytes, start, length, offset + bits - 32, 32);
  const value = (BigInt(high) << 32n) | BigInt(low);
  return canonical(signed ? BigInt.asIntN(bits, value) : value);
}

/** Writes a field that lies within the string; the value fits. */
export function writeField(target: ByteString, { bits, offset }: Field, value: Int64): void {
  if (bits <= NARROW_BITS_MAX) return writeBits(target, offset, bits, unsigned(Number(value), bits));
  const exact = BigInt.asUintN(bits, BigInt(value));
  writeBits(target, offset, bits - 32, Number(exact >> 32n));
  writeBits(target, offset + bits - 32, 32, Number(exact & 0xffffffffn));
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
  const max = maxOf(field);
  const min = !signed ? 0 : bits <= NARROW_BITS_MAX ? -(2 ** (bits - 1)) : canonical(-(2n ** BigInt(bits - 1)));
  if (value >= min && value <= max) return value;
  if (overflow === "FAIL") return null;
  if (overflow === "SAT") return value < min ? min : max;
  const exact = BigInt(value);
  return canonical(signed ? BigInt.asIntN(bits, exact) : BigInt.asUintN(bits, exact));
}

function maxOf({ signed, bits }: Field): Int64 {
  const valueBits = signed ? bits - 1 : bits;
  return bits <= NARROW_BITS_MAX ? 2 ** valueBits - 1 : canonical(2n ** BigInt(valueBits) - 1n);
}

function canonical(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function unsigned(value: number, bits: number): number {
  return value < 0 ? value + 2 ** bits : value;
}

/** Up to 32 bits lie in up to five bytes: 40 bits, which a number takes. */
function readBits(bytes: Uint8Array, start: number, length: number, offset: number, bits: number): number {
  const first = Math.floor(offset / 8);
  const span = offset % 8 + bits;
  let value = 0;
  for (let i = first; i * 8 < first * 8 + span; i++) value = value * 256 + (i < length ? bytes[start + i] : 0);
  return Math.floor(value / 2 ** ((8 - span % 8) % 8)) % 2 ** bits;
}

function writeBits(target: ByteString, offset: number, bits: number, value: number): void {
  const first = Math.floor(offset / 8);
  const span = offset % 8 + bits;
  const count = Math.ceil(span / 8);
  const shift = 2 ** (count * 8 - span);
  const all = readBits(target.bytes, target.start, target.length, first * 8, Math.min(count * 8, 32));
  const old = count > 4 ? all * 256 + target.bytes[target.start + first + 4] : all;
  let fresh = old + (value - Math.floor(old / shift) % 2 ** bits) * shift;
  for (let i = count - 1; i >= 0; i--) {
    scratch[i] = fresh % 256;
    fresh = Math.floor(fresh / 256);
  }
  target.write(first, scratch, 0, count);
}

const scratch = new Uint8Array(5);
