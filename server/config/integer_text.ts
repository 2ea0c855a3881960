/**
 * Integers as configuration spells them. Three spellings live side by side in Redis: strict decimal (most parameters),
 * memory sizes with a unit, and what C's `strtoll` takes (words of `save`, ports of `replicaof`, octal permissions). All
 * are 64 bits wide, beyond what a number holds exactly, so they are bigints here.
 *
 * @module
 */

export const INT64_MIN = -(2n ** 63n);
export const INT64_MAX = 2n ** 63n - 1n;
export const UINT64_MAX = 2n ** 64n - 1n;
export const INT32_MIN = -(2n ** 31n);
export const INT32_MAX = 2n ** 31n - 1n;
export const UINT32_MAX = 2n ** 32n - 1n;

const MEMORY_TEXT_CHARACTERS_MAX = 127;
const MEMORY_UNITS: ReadonlyMap<string, bigint> = new Map([
  ["gb", 1024n ** 3n],
  ["mb", 1024n ** 2n],
  ["kb", 1024n],
  ["g", 1000n ** 3n],
  ["m", 1000n ** 2n],
  ["k", 1000n],
  ["b", 1n],
  ["", 1n],
]);
const BINARY_UNITS = ["gb", "mb", "kb"];

/** Strict decimal: no blanks, no plus sign, no leading zeros; null where the text is no 64-bit integer. */
export function parseDecimal(text: string): bigint | null {
  if (text.length > 20 || !/^(0|-?[1-9][0-9]*)$/.test(text)) return null;
  const value = BigInt(text);
  return value >= INT64_MIN && value <= INT64_MAX ? value : null;
}

/**
 * A memory size: digits and a unit (`b`, `k`, `kb`, `m`, `mb`, `g`, `gb`, in any case); no digits are zero. As in Redis
 * the digits saturate at 2^64 - 1 and the product with the unit wraps around.
 */
export function parseMemory(text: string): bigint | null {
  const parts = /^([0-9]*)([a-z]*)$/i.exec(text);
  if (!parts || parts[1].length > MEMORY_TEXT_CHARACTERS_MAX) return null;
  const unit = MEMORY_UNITS.get(parts[2].toLowerCase());
  if (unit === undefined) return null;
  const digits = BigInt(parts[1]);
  return BigInt.asUintN(64, (digits > UINT64_MAX ? UINT64_MAX : digits) * unit);
}

/** A memory size in the largest unit that divides it, as `CONFIG REWRITE` spells it. */
export function formatMemory(bytes: bigint): string {
  const unit = bytes === 0n ? undefined : BINARY_UNITS.find((name) => bytes % MEMORY_UNITS.get(name)! === 0n);
  return unit === undefined ? String(bytes) : `${bytes / MEMORY_UNITS.get(unit)!}${unit}`;
}

/**
 * What `strtoll` makes of the text when it must use it up: leading blanks, a sign and leading zeros are fine, an empty
 * text is zero, a value beyond 64 bits saturates.
 */
export function parseLenient(text: string): bigint | null {
  const parts = /^(?:[ \t\n\v\f\r]*([+-]?)([0-9]+))?$/.exec(text);
  if (!parts) return null;
  const magnitude = BigInt(parts[2] ?? 0);
  const value = parts[1] === "-" ? -magnitude : magnitude;
  return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : value;
}

/** The same to the base eight, except that a value beyond 64 bits is refused. */
export function parseOctal(text: string): bigint | null {
  const parts = /^(?:[ \t\n\v\f\r]*([+-]?)([0-7]+))?$/.exec(text);
  if (!parts) return null;
  const magnitude = BigInt("0o" + (parts[2] ?? "0"));
  if (magnitude > INT64_MAX) return null;
  return parts[1] === "-" ? -magnitude : magnitude;
}
