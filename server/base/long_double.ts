/**
 * The 80-bit `long double` of x86 C compilers, as far as `INCRBYFLOAT` and `HINCRBYFLOAT` show it: decimal text in, a sum,
 * decimal text out. Redis computes in that type and prints 17 decimals, so nothing narrower gives the same digits.
 *
 * A value is an integer of at most 64 bits times a power of two. Reading and adding are exact in big integers and then
 * rounded once, to nearest, ties to even, which is what the hardware and the C library do; there is no table of powers and
 * no error to analyse. The sign of zero is not kept: Redis prints both zeros as `0`.
 *
 * A sum of everyday numbers takes about 3 µs; one near the end of the range, with its 4933 digits, about 50 µs.
 * Source: https://gitlab.com/x86-psABIs/x86-64-ABI (the type), ISO C17 7.22.1.3 (the text).
 *
 * @module
 */
import { assert } from "./assert.ts";
import type { Int64 } from "./number.ts";

/** `significand × 2^exponent`; out of range (infinite, or no number at all) when the exponent is `Infinity`. */
export interface LongDouble {
  /** Signed, less than 2^64 in size. */
  readonly significand: bigint;
  readonly exponent: number;
}

/** Longest text that is read. */
const TEXT_BYTES_MAX = 5119;
const SIGNIFICAND_BITS = 64;
/** Of the smallest denormal number. */
const EXPONENT_MIN = -16445;
/** Of the largest number. */
const EXPONENT_MAX = 16320;
/** Decimal exponents of the leading digit beyond which a number certainly overflows or vanishes. */
const DECIMAL_EXPONENT_MAX = 4935;
const DECIMAL_EXPONENT_MIN = -4970;
const DECIMALS = 17;

const ZERO: LongDouble = { significand: 0n, exponent: 0 };
const OUT_OF_RANGE: LongDouble = { significand: 0n, exponent: Infinity };

const DECIMAL = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i;
const HEXADECIMAL = /^([+-]?)0x(?:([0-9a-f]+)\.?([0-9a-f]*)|\.([0-9a-f]+))(?:p([+-]?\d+))?$/i;
const INFINITE = /^[+-]?inf(inity)?$/i;

/**
 * The number that the bytes spell, as C's `strtold` reads them when all must be used: decimal, hexadecimal, infinite, in
 * any case. Null for everything else, and for numbers too large or too small for the type.
 */
export function parseLongDouble(bytes: Uint8Array, start: number, length: number): LongDouble | null {
  if (length === 0 || length > TEXT_BYTES_MAX) return null;
  let text = "";
  for (let i = start; i < start + length; i++) text += String.fromCharCode(bytes[i]);
  const decimal = DECIMAL.exec(text);
  if (decimal) return readDecimal(decimal);
  const hexadecimal = HEXADECIMAL.exec(text);
  if (hexadecimal) return readHexadecimal(hexadecimal);
  return INFINITE.test(text) ? OUT_OF_RANGE : null;
}

/** A 64-bit integer; always exact. */
export function longDoubleOf(value: Int64): LongDouble {
  return { significand: BigInt(value), exponent: 0 };
}

/** Whether it is a number within the range. */
export function isFiniteLongDouble({ exponent }: LongDouble): boolean {
  return exponent !== Infinity;
}

/** The sum; out of range when it is too large, or when one of the two already was. */
export function addLongDoubles(a: LongDouble, b: LongDouble): LongDouble {
  if (!isFiniteLongDouble(a) || !isFiniteLongDouble(b)) return OUT_OF_RANGE;
  const exponent = Math.min(a.exponent, b.exponent);
  const sum = (a.significand << BigInt(a.exponent - exponent)) + (b.significand << BigInt(b.exponent - exponent));
  const size = rounded(sum < 0n ? -sum : sum, 1n, exponent);
  return sum < 0n ? negated(size) : size;
}

/** The number as Redis prints it: rounded to 17 decimals, without trailing zeros, never in exponential form. */
export function formatLongDouble(value: LongDouble): string {
  assert(isFiniteLongDouble(value), "only finite numbers have digits");
  const { significand, exponent } = value;
  const size = significand < 0n ? -significand : significand;
  const sign = significand < 0n ? "-" : "";
  if (exponent >= 0) return sign + (size << BigInt(exponent));
  const scaled = dividedToEven(size * 10n ** BigInt(DECIMALS), 1n << BigInt(-exponent));
  if (scaled === 0n) return "0";
  const digits = String(scaled).padStart(DECIMALS + 1, "0");
  const decimals = digits.slice(-DECIMALS).replace(/0+$/, "");
  return sign + digits.slice(0, -DECIMALS) + (decimals === "" ? "" : `.${decimals}`);
}

function readDecimal([, sign, whole = "", fraction = "", onlyFraction = "", power = "0"]: string[]): LongDouble | null {
  const decimals = fraction + onlyFraction;
  const digits = (whole + decimals).replace(/^0+/, "");
  if (digits === "") return ZERO;
  const scale = Number(power) - decimals.length;
  const leading = digits.length + scale;
  if (leading > DECIMAL_EXPONENT_MAX || leading < DECIMAL_EXPONENT_MIN) return null;
  const number = BigInt(digits);
  return signed(
    sign,
    scale < 0 ? rounded(number, 10n ** BigInt(-scale), 0) : rounded(number * 10n ** BigInt(scale), 1n, 0),
  );
}

function readHexadecimal([, sign, whole = "", fraction = "", onlyFraction = "", power = "0"]: string[]) {
  const decimals = fraction + onlyFraction;
  const number = BigInt(`0x${whole}${decimals}`);
  if (number === 0n) return ZERO;
  const exponent = Number(power) - 4 * decimals.length;
  // Beyond this no text of the greatest length comes back into the range.
  if (Math.abs(exponent) > 50_000) return null;
  return signed(sign, rounded(number, 1n, exponent));
}

/** The number read, or null where it did not fit: too large, or not zero and yet rounded to it. */
function signed(sign: string, size: LongDouble): LongDouble | null {
  if (!isFiniteLongDouble(size) || size.significand === 0n) return null;
  return sign === "-" ? negated(size) : size;
}

function negated({ significand, exponent }: LongDouble): LongDouble {
  return { significand: -significand, exponent };
}

/** The number of the type that is nearest to `numerator / denominator × 2^exponent`, which is not negative. */
function rounded(numerator: bigint, denominator: bigint, exponent: number): LongDouble {
  if (numerator === 0n) return ZERO;
  let drop = bitLength(numerator) - bitLength(denominator) - SIGNIFICAND_BITS;
  // The quotient has one bit more or less than the difference of the lengths says.
  if (
    (drop < 0 ? numerator << BigInt(-drop) : numerator) >= (denominator << BigInt(SIGNIFICAND_BITS + Math.max(drop, 0)))
  ) {
    drop++;
  }
  drop = Math.max(drop, EXPONENT_MIN - exponent);
  let significand = drop < 0
    ? dividedToEven(numerator << BigInt(-drop), denominator)
    : dividedToEven(numerator, denominator << BigInt(drop));
  if (significand >> BigInt(SIGNIFICAND_BITS) !== 0n) {
    significand >>= 1n;
    drop++;
  }
  return exponent + drop > EXPONENT_MAX ? OUT_OF_RANGE : { significand, exponent: exponent + drop };
}

/** The quotient rounded to nearest, ties to even. */
function dividedToEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) << 1n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

function bitLength(value: bigint): number {
  const hexadecimal = value.toString(16);
  return hexadecimal.length * 4 - 4 + (32 - Math.clz32(parseInt(hexadecimal[0], 16)));
}
