/**
 * Parameters that are `yes` or `no`.
 *
 * @module
 */
import { defineOption, oneLine, type Option, OptionError, type OptionKind, type OptionTraits } from "./option.ts";

/**
 * Defines a parameter that is `yes` or `no`.
 *
 * @example
 * ```ts
 * import { booleanOption } from "./boolean_option.ts";
 *
 * const activeRehashing = booleanOption("activerehashing", { initial: true, live: true });
 * console.assert(activeRehashing.kind.format(true) === "yes");
 * ```
 */
export function booleanOption(name: string, spec: OptionTraits & { readonly initial: boolean }): Option<boolean> {
  const kind: OptionKind<boolean, boolean> = {
    words: "one",
    initial: () => spec.initial,
    read([word]) {
      const text = word.toLowerCase();
      if (text !== "yes" && text !== "no") throw new OptionError("argument must be 'yes' or 'no'");
      return text === "yes";
    },
    value: (exact) => exact,
    format: (exact) => exact ? "yes" : "no",
    lines: (exact) => oneLine(kind, exact, kind.format(exact)),
  };
  return defineOption(name, kind, spec);
}
