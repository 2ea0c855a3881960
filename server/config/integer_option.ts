/**
 * Parameters that are integers: counts, milliseconds, memory sizes, shares of a memory limit, octal permissions.
 *
 * @module
 */
import { defineOption, oneLine, type Option, OptionError, type OptionKind, type OptionTraits } from "./option.ts";
import { formatMemory, INT64_MAX, INT64_MIN, parseDecimal, parseMemory, parseOctal } from "./integer_text.ts";

const PERCENT_MAX = 100n;

/** How the integer is spelled: `memory` takes units, `memory-or-percent` is negative for a percentage. */
export type IntegerForm = "decimal" | "memory" | "memory-or-percent" | "octal";

/** What an integer parameter may say about itself. Limits are inclusive. */
export interface IntegerOptionSpec extends OptionTraits {
  readonly initial: number | bigint;
  readonly min?: number | bigint;
  readonly max?: number | bigint;
  readonly form?: IntegerForm;
  /** Silently brings an accepted value into these bounds. */
  readonly clamp?: { readonly min: number; readonly max: number };
}

/**
 * Defines an integer parameter. The server reads it as a number, rounded beyond 2^53; printed it is exact.
 *
 * @example
 * ```ts
 * import { integerOption } from "./integer_option.ts";
 *
 * const maxMemory = integerOption("maxmemory", { initial: 0, min: 0, form: "memory", live: true });
 * console.assert(maxMemory.kind.value(maxMemory.kind.read(["100mb"], 0n, false)) === 104857600);
 * ```
 */
export function integerOption(name: string, spec: IntegerOptionSpec): Option<number> {
  const form = spec.form ?? "decimal";
  const min = BigInt(spec.min ?? INT64_MIN);
  const max = BigInt(spec.max ?? INT64_MAX);
  const kind: OptionKind<number, bigint> = {
    words: "one",
    initial: () => BigInt(spec.initial),
    read: ([word]) => clamp(checkRange(readInteger(word, form), min, max, form), spec.clamp),
    value: Number,
    format: (exact) => formatInteger(exact, form),
    lines: (exact) => oneLine(kind, exact, isMemory(exact, form) ? formatMemory(exact) : kind.format(exact)),
  };
  return defineOption(name, kind, spec);
}

function readInteger(word: string, form: IntegerForm): bigint {
  switch (form) {
    case "decimal":
      return parseDecimal(word) ?? refuse("argument couldn't be parsed into an integer");
    case "octal":
      return parseOctal(word) ?? refuse("argument couldn't be parsed as an octal number");
    case "memory":
      return parseMemory(word) ?? refuse("argument must be a memory value");
    case "memory-or-percent":
      return readMemoryOrPercent(word) ?? refuse("argument must be a memory or percent value");
  }
}

/** A percentage is kept as a negative number, which a size beyond 2^63 thereby becomes as well, as in Redis. */
function readMemoryOrPercent(word: string): bigint | null {
  if (!word.endsWith("%")) {
    const bytes = parseMemory(word);
    return bytes === null ? null : BigInt.asIntN(64, bytes);
  }
  const percent = parseDecimal(word.slice(0, -1));
  return percent === null || percent < 0n ? null : -percent;
}

function checkRange(value: bigint, min: bigint, max: bigint, form: IntegerForm): bigint {
  if (form === "memory-or-percent" && value < 0n) {
    if (-value > PERCENT_MAX) refuse(`percentage argument must be less or equal to ${PERCENT_MAX}`);
  } else if (value < min || value > max) {
    const radix = form === "octal" ? 8 : 10;
    refuse(`argument must be between ${min.toString(radix)} and ${max.toString(radix)} inclusive`);
  }
  return value;
}

function clamp(value: bigint, bounds: IntegerOptionSpec["clamp"]): bigint {
  if (bounds === undefined) return value;
  if (value < bounds.min) return BigInt(bounds.min);
  return value > bounds.max ? BigInt(bounds.max) : value;
}

function formatInteger(value: bigint, form: IntegerForm): string {
  if (form === "memory-or-percent" && value < 0n) return `${-value}%`;
  return value.toString(form === "octal" ? 8 : 10);
}

function isMemory(value: bigint, form: IntegerForm): boolean {
  return form === "memory" || (form === "memory-or-percent" && value >= 0n);
}

function refuse(reason: string): never {
  throw new OptionError(reason);
}
