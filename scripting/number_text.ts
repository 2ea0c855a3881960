/**
 * Numbers as C's `printf` writes them, which is how scripts, and replies made of what they return, show them.
 *
 * @module
 */

/** As many digits as JavaScript gives. */
const DIGITS_MAX = 100;
/** So many more than are shown tell whether a number is half-way between two. */
const EXACT_DIGITS = 25;

/** `%.<precision>g`, as in `%.17g`. Not-a-number is `-nan`, as calculations make it on the machines that Redis runs on. */
export function formatGeneral(value: number, precision: number, keepsZeros = false): string {
  if (!Number.isFinite(value)) return formatInfinite(value);
  const digits = precision === 0 ? 1 : precision;
  const [mantissa, exponentText] = exponential(value, digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= digits) {
    return `${keepsZeros ? mantissa : withoutZeros(mantissa)}e${exponentOf(exponent)}`;
  }
  const fixed = formatFixed(value, digits - 1 - exponent);
  return keepsZeros ? fixed : withoutZeros(fixed);
}

/** `%.<precision>e` */
export function formatExponential(value: number, precision: number): string {
  if (!Number.isFinite(value)) return formatInfinite(value);
  const [mantissa, exponent] = exponential(value, precision).split("e");
  return `${mantissa}e${exponentOf(Number(exponent))}`;
}

/** `%.<precision>f` */
export function formatFixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) return formatInfinite(value);
  const magnitude = Math.abs(value);
  const text = magnitude < 1e21
    ? halvesToEven(magnitude.toFixed(precision), magnitude.toFixed(Math.min(DIGITS_MAX, precision + EXACT_DIGITS)))
    : BigInt(magnitude) + (precision > 0 ? `.${"0".repeat(precision)}` : "");
  return signOf(value) + text;
}

function formatInfinite(value: number): string {
  return value !== value ? "-nan" : value > 0 ? "inf" : "-inf";
}

function signOf(value: number): string {
  return value < 0 || Object.is(value, -0) ? "-" : "";
}

function exponential(value: number, precision: number): string {
  const magnitude = Math.abs(value);
  const [mantissa, exponent] = magnitude.toExponential(precision).split("e");
  const [exact] = magnitude.toExponential(Math.min(DIGITS_MAX, precision + EXACT_DIGITS)).split("e");
  return `${signOf(value)}${halvesToEven(mantissa, exact)}e${exponent}`;
}

/** C rounds a number half-way between two to the even one, where JavaScript takes the larger. */
function halvesToEven(rounded: string, exact: string): string {
  const point = rounded.includes(".") ? rounded.length : rounded.length + 1;
  const below = exact.slice(0, rounded.length);
  if (below === rounded || !/^50*$/.test(exact.slice(point)) || exact.length < point) return rounded;
  return Number(below.at(-1)) % 2 === 0 ? below : rounded;
}

function exponentOf(exponent: number): string {
  return (exponent < 0 ? "-" : "+") + String(Math.abs(exponent)).padStart(2, "0");
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A number as C turns it into an integer of 64 bits: cut off, and the smallest one where it does not fit. */
export function toInt64(value: number): number | bigint {
  const whole = Math.trunc(value);
  if (Number.isSafeInteger(whole)) return whole + 0;
  return whole >= -(2 ** 63) && whole < 2 ** 63 ? BigInt(whole) : -(2n ** 63n);
}

/** An argument of a command, as a script's number becomes one. */
export function argumentText(value: number): string {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : formatGeneral(value, 17);
}
