/**
 * Parameters that are any text.
 *
 * @module
 */
import { defineOption, oneLine, type Option, type OptionKind, type OptionTraits } from "./option.ts";
import { quote } from "./quoting.ts";

/** What a text parameter may say about itself. */
export interface StringOptionSpec extends OptionTraits {
  /** Empty unless given. */
  readonly initial?: string;
  /**
   * Whether an empty text is a value of its own, which a rewritten file spells out. Otherwise it means "not set", and
   * the parameter leaves the file.
   */
  readonly emptyIsValue?: boolean;
  /** Throws `OptionError` where a text will not do. */
  readonly check?: (text: string) => void;
}

/**
 * Defines a text parameter; not set, it reads as an empty text.
 *
 * @example
 * ```ts
 * import { stringOption } from "./string_option.ts";
 *
 * const masterUser = stringOption("masteruser", { live: true, sensitive: true });
 * console.assert(masterUser.kind.format(masterUser.kind.initial()) === "");
 * ```
 */
export function stringOption(name: string, spec: StringOptionSpec = {}): Option<string> {
  const kind: OptionKind<string, string> = {
    words: "one",
    initial: () => spec.initial ?? "",
    read([word]) {
      spec.check?.(word);
      return word;
    },
    value: (exact) => exact,
    format: (exact) => exact,
    lines: (exact) => exact === "" && !spec.emptyIsValue ? [] : oneLine(kind, exact, quote(exact)),
  };
  return defineOption(name, kind, spec);
}
