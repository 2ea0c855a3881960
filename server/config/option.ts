/**
 * What a configuration parameter is. A definition is the only source of everything the server says about the parameter:
 * how its words are read, what `CONFIG GET` prints, what `CONFIG REWRITE` writes, when it may be changed.
 *
 * A value lives in two forms. The *exact* form is what was set, in full width (64-bit integers are bigints), and is what
 * gets printed; the *value* is what the server reads on its hot path (a number). Both are kept in arrays under the
 * option's `index`, so reading costs one array access.
 *
 * Beyond a new kind of value, nobody needs this file: `booleanOption`, `integerOption`, `enumOption`, `flagsOption` and
 * `stringOption` define parameters in one line.
 *
 * @module
 */
import { NamedError } from "../base/named_error.ts";

/** Why a value is refused, in Redis's words and without prefix: `argument must be 'yes' or 'no'`. */
export class OptionError extends NamedError {
  override name = "OptionError";
}

/** Refusal of a line or a call that has too many words or too few. */
export const WRONG_NUMBER_OF_ARGUMENTS = "wrong number of arguments";

/** One line of a rewritten configuration file, without the parameter's name. */
export interface OptionLine {
  readonly text: string;
  /** Whether it is worth a new line; otherwise it only takes the place of an older one. */
  readonly required: boolean;
}

/** A kind of value: how words become it and how it becomes words. `E` is the exact form, `T` the value. */
export interface OptionKind<T, E> {
  /** Whether a value is exactly one word, or any number of them, which `CONFIG SET` takes as one text. */
  readonly words: "one" | "many";
  /** The exact form before anything is set. */
  initial(): E;
  /**
   * Reads the words of one line. With `accumulate`, they add to what earlier lines of the same file gave.
   * Throws {@linkcode OptionError}.
   */
  read(words: readonly string[], current: E, accumulate: boolean): E;
  /** What the server works with. */
  value(exact: E): T;
  /** What `CONFIG GET` prints. Two exact forms are the same when this is. */
  format(exact: E): string;
  /** What `CONFIG REWRITE` writes; no line where it removes the parameter from the file. */
  lines(exact: E): readonly OptionLine[];
}

/** What may be said about any parameter beside its name and kind. */
export interface OptionTraits {
  /** Older names. */
  readonly aliases?: readonly string[];
  /** Whether `CONFIG SET` may change it; otherwise it is fixed once the server has started. */
  readonly live?: boolean;
  /** Left out of `CONFIG GET` with a pattern. */
  readonly hidden?: boolean;
  /** Its value is never shown in the slow log or to `MONITOR`. */
  readonly sensitive?: boolean;
  /** `CONFIG SET` asks `enable-protected-configs` first. */
  readonly protected?: boolean;
  /** Not to be changed while the dataset is being loaded. */
  readonly refusedWhileLoading?: boolean;
  /** Setting the same value again is a change as well: the file that it names may have another content. */
  readonly volatile?: boolean;
}

/** A parameter whose value the server reads as a `T`. */
export interface Option<T> extends Required<OptionTraits> {
  /** Unique in the process, dense from zero. */
  readonly index: number;
  readonly name: string;
  readonly kind: OptionKind<T, unknown>;
}

const NUMBERING: unique symbol = Symbol.for("redeno.option.numbering");

/**
 * Definitions number themselves; which of them a server has is the state of its `Config`. The count belongs to the process,
 * since a third-party module may bring a copy of this file along, and numbers of two counts would be the same.
 */
const numbering = (globalThis as { [NUMBERING]?: { next: number } })[NUMBERING] ??= { next: 0 };

/** Defines a parameter of any kind. */
export function defineOption<T, E>(name: string, kind: OptionKind<T, E>, traits: OptionTraits = {}): Option<T> {
  return {
    index: numbering.next++,
    name,
    kind: kind as OptionKind<T, unknown>,
    aliases: traits.aliases ?? [],
    live: traits.live ?? false,
    hidden: traits.hidden ?? false,
    sensitive: traits.sensitive ?? false,
    protected: traits.protected ?? false,
    refusedWhileLoading: traits.refusedWhileLoading ?? false,
    volatile: traits.volatile ?? false,
  };
}

/** The one line of most kinds: written where it differs from the initial value. */
export function oneLine<T, E>(kind: OptionKind<T, E>, exact: E, text: string): readonly OptionLine[] {
  return [{ text, required: kind.format(exact) !== kind.format(kind.initial()) }];
}
