/**
 * Parameters that take one of a few words, or some of them.
 *
 * @module
 */
import { defineOption, oneLine, type Option, OptionError, type OptionKind, type OptionTraits } from "./option.ts";

/** What a parameter with a choice of words may say about itself. */
export interface EnumOptionSpec<V extends string> extends OptionTraits {
  /** All words, in the order in which a refusal lists them. */
  readonly values: readonly V[];
  readonly initial: NoInfer<V>;
  /** Words that mean the same as another one, by which they are printed. */
  readonly synonyms?: Readonly<Partial<Record<V, NoInfer<V>>>>;
}

/**
 * Defines a parameter that is one of some words, in any case.
 *
 * @example
 * ```ts
 * import { enumOption } from "./enum_option.ts";
 *
 * const fsync = enumOption("appendfsync", { values: ["everysec", "always", "no"], initial: "everysec", live: true });
 * console.assert(fsync.kind.read(["ALWAYS"], "no", false) === "always");
 * ```
 */
export function enumOption<const V extends string>(name: string, spec: EnumOptionSpec<V>): Option<V> {
  const kind: OptionKind<V, V> = {
    words: "one",
    initial: () => spec.initial,
    read([word]) {
      const found = findWord(spec.values, word);
      return spec.synonyms?.[found] ?? found;
    },
    value: (exact) => exact,
    format: (exact) => exact,
    lines: (exact) => oneLine(kind, exact, exact),
  };
  return defineOption(name, kind, spec);
}

/** What a parameter that combines words may say about itself. */
export interface FlagsOptionSpec<V extends string> extends OptionTraits {
  /** The word for no flag at all; it is also the initial value. */
  readonly none: string;
  /** The flags, in the order in which they are printed. */
  readonly values: readonly V[];
  /** Throws {@linkcode OptionError} where flags do not go together. */
  readonly check?: (flags: readonly NoInfer<V>[]) => void;
}

/** Defines a parameter that is a set of words, or one word for the empty set. */
export function flagsOption<const V extends string>(name: string, spec: FlagsOptionSpec<V>): Option<readonly V[]> {
  const kind: OptionKind<readonly V[], readonly V[]> = {
    words: "many",
    initial: () => [],
    read(words) {
      const all = [spec.none, ...spec.values];
      const given = new Set((words.length === 0 ? [""] : words).map((word) => findWord(all, word)));
      const flags = spec.values.filter((flag) => given.has(flag));
      spec.check?.(flags);
      return flags;
    },
    value: (exact) => exact,
    format: (exact) => exact.length === 0 ? spec.none : exact.join(" "),
    lines: (exact) => oneLine(kind, exact, kind.format(exact)),
  };
  return defineOption(name, kind, spec);
}

function findWord<V extends string>(values: readonly V[], word: string): V {
  const wanted = word.toLowerCase();
  const found = values.find((value) => value === wanted);
  if (found === undefined) {
    throw new OptionError(`argument(s) must be one of the following: ${values.join(", ")}`);
  }
  return found;
}
