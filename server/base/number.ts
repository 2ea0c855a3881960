/**
 * Numbers as they travel in the protocol: decimal text to 64-bit integers and doubles and back, straight from and to
 * bytes. Strict as Redis is: no blanks, no plus sign, no leading zeros.
 *
 * JavaScript numbers are exact up to 2^53. Most arguments are far below, so there are three readings of a 64-bit integer:
 * `parseInteger`, a number that is rounded beyond 2^53 and good for limits and comparisons; `parseInt64`, exact, always a
 * bigint; and `parseExactInteger`, exact, a bigint only where it must be.
 *
 * @module
 */

/** Longest text of a 64-bit integer. */
const INT64_DIGITS_MAX = 19;
/** Binary places of a number with 18 decimal digits of which the last is 5: 5^25 has as many digits. */
const HALFWAY_PLACES_MAX = 25;
/** Up to so many digits, sign and point make a number that is exact without its point. */
const SIMPLE_BYTES_MAX = 16;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
/** From here on a sum of digits may stand for more than `INT64_MAX`; three roundings make it too small by up to 2,500. */
const NEAR_INT64_MAX = 9223372036854770000;

/** The integer that the bytes spell; NaN when they spell no 64-bit integer. Rounded beyond 2^53. */
export function parseInteger(bytes: Uint8Array, start: number, length: number): number {
  let at = start;
  const end = start + length;
  const negative = length > 1 && bytes[at] === 0x2d;
  if (negative) at++;
  const digits = end - at;
  if (digits === 0 || digits > INT64_DIGITS_MAX) return NaN;
  let value = bytes[at] - 0x30;
  if (value === 0) return digits === 1 && !negative ? 0 : NaN;
  if (value < 0 || value > 9) return NaN;
  while (++at < end) {
    const digit = bytes[at] - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  if (value >= NEAR_INT64_MAX && parseInt64(bytes, start, length) === null) return NaN;
  return negative ? -value : value;
}

/** The exact integer that the bytes spell; null when they spell no 64-bit integer. */
export function parseInt64(bytes: Uint8Array, start: number, length: number): bigint | null {
  if (length === 0 || length > INT64_DIGITS_MAX + 1) return null;
  let text = "";
  for (let i = start; i < start + length; i++) text += String.fromCharCode(bytes[i]);
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) return null;
  const value = BigInt(text);
  return value > INT64_MAX || value < INT64_MIN ? null : value;
}

/** A 64-bit integer, exact: a number up to 2^53, a bigint beyond. */
export type Int64 = number | bigint;

/** The exact integer that the bytes spell; NaN when they spell no 64-bit integer. */
export function parseExactInteger(bytes: Uint8Array, start: number, length: number): Int64 {
  const value = parseInteger(bytes, start, length);
  return value !== value || Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : parseInt64(bytes, start, length)!;
}

/** The sum; null when it is no 64-bit integer. */
export function addInt64(a: Int64, b: Int64): Int64 | null {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Math.abs(sum) <= Number.MAX_SAFE_INTEGER) return sum;
  }
  return toInt64(BigInt(a) + BigInt(b));
}

/** An integer in the form of {@linkcode Int64}; null when it has more than 64 bits. */
export function toInt64(value: bigint): Int64 | null {
  if (!fitsInt64(value)) return null;
  const number = Number(value);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : value;
}

/** The sum as integers of 64 bits have it that are not looked after: beyond the largest comes the smallest. */
export function addInt64Wrapping(a: Int64, b: Int64): Int64 {
  return addInt64(a, b) ?? toInt64(BigInt.asIntN(64, BigInt(a) + BigInt(b)))!;
}

/** Whether a result is still a 64-bit integer. */
export function fitsInt64(value: bigint): boolean {
  return value <= INT64_MAX && value >= INT64_MIN;
}

/**
 * The double that the bytes spell, as C's `strtod` reads it when all bytes must be used: decimal, hexadecimal, `inf`,
 * `infinity`, in any case; NaN for everything else, `nan` included.
 */
export function parseFloat64(bytes: Uint8Array, start: number, length: number): number {
  if (length === 0 || length > 255) return NaN;
  const simple = simpleDecimal(bytes, start, length);
  if (simple === simple) return simple;
  let text = "";
  for (let i = start; i < start + length; i++) text += String.fromCharCode(bytes[i]);
  return textToFloat64(text);
}

/** A number of few digits without exponent: digits and power of ten are exact, so their quotient is rounded once. Else NaN. */
function simpleDecimal(bytes: Uint8Array, start: number, length: number): number {
  if (length > SIMPLE_BYTES_MAX) return NaN;
  const end = start + length;
  const negative = bytes[start] === 0x2d;
  let digits = 0;
  let scale = 0;
  for (let i = negative ? start + 1 : start; i < end; i++) {
    const digit = bytes[i] - 0x30;
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      scale *= 10;
    } else if (digit === -2 && scale === 0 && i > start && i + 1 < end && bytes[i - 1] !== 0x2d) scale = 1;
    else return NaN;
  }
  if (negative && length === 1) return NaN;
  const value = scale > 1 ? digits / scale : digits;
  return negative ? -value : value;
}

/** {@linkcode parseFloat64} of a text. */
export function textToFloat64(text: string): number {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const special = /^([+-]?)inf(inity)?$/i.exec(text);
  if (special) return special[1] === "-" ? -Infinity : Infinity;
  const hexadecimal = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?$/i.exec(text);
  if (!hexadecimal || hexadecimal[2].length + hexadecimal[3].length === 0) return NaN;
  const [, sign, whole, fraction, exponent] = hexadecimal;
  const mantissa = Number(BigInt("0x" + whole + fraction));
  const value = mantissa * 2 ** (Number(exponent ?? 0) - 4 * fraction.length);
  return sign === "-" ? -value : value;
}

/** A double as C's `%.17g` prints it, with `inf`, `-inf` and `nan` by name. */
export function formatFloat64(value: number): string {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? "-0" : String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e17) return String(BigInt(value));
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  if (Number.isNaN(value)) return "nan";
  const text = value.toExponential(16);
  const end = text.indexOf("e");
  const exponent = Number(text.slice(end + 1));
  const mantissa = roundedToEven(value, text.slice(0, end));
  if (exponent < -4 || exponent >= 17) {
    const sign = exponent < 0 ? "-" : "+";
    return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const sign = value < 0 ? "-" : "";
  const digits = mantissa.replace("-", "").replace(".", "");
  if (exponent < 0) return trimZeros(`${sign}0.${"0".repeat(-exponent - 1)}${digits}`);
  return trimZeros(`${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`);
}

/**
 * Where a value lies half-way between two texts of 17 digits, JavaScript rounds up and C to the even one. Only a value of so
 * few binary places can.
 */
function roundedToEven(value: number, mantissa: string): string {
  if (!Number.isInteger(value * 2 ** HALFWAY_PLACES_MAX)) return mantissa;
  const exact = value.toExponential(40);
  const rest = exact.slice(mantissa.length, exact.indexOf("e"));
  const isEven = exact.charCodeAt(mantissa.length - 1) % 2 === 0;
  return isEven && /^50*$/.test(rest) ? exact.slice(0, mantissa.length) : mantissa;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Decimal digits of a non-negative whole number below 2^53. */
export function digitCount(value: number): number {
  let digits = 1;
  for (let end = 10; value >= end; end *= 10) digits++;
  return digits;
}

/** Writes the decimal digits of an integer, with its sign; how many bytes that are, up to 20. */
export function spellInteger(value: Int64, target: Uint8Array): number {
  if (typeof value === "bigint") return ASCII.encodeInto(String(value), target).written;
  let rest = Math.abs(value);
  const size = digitCount(rest) + (value < 0 ? 1 : 0);
  let at = size;
  while (rest > INT32_MAX) {
    const quotient = Math.floor(rest / 10);
    target[--at] = 0x30 + (rest - quotient * 10);
    rest = quotient;
  }
  // Among 32-bit integers, a division by ten is a multiplication.
  let small = rest | 0;
  do {
    const quotient = (small / 10) | 0;
    target[--at] = 0x30 + (small - quotient * 10);
    small = quotient;
  } while (small > 0);
  if (value < 0) target[0] = 0x2d;
  return size;
}

const INT32_MAX = 2 ** 31 - 1;
const ASCII = new TextEncoder();
