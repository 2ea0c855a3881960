/** Addresses to listen on. @module */
import { defineOption, type Option, OptionError, type OptionKind } from "../option.ts";

const ADDRESSES_MAX = 16;
const ALL_INTERFACES: readonly string[] = ["*", "-::*"];

const kind: OptionKind<readonly string[], readonly string[]> = {
  words: "many",
  initial: () => ALL_INTERFACES,
  read(words) {
    if (words.length > ADDRESSES_MAX) throw new OptionError("Too many bind addresses specified.");
    return words.length === 1 && words[0] === "" ? [] : words;
  },
  value: (exact) => exact,
  format: (exact) => exact.join(" "),
  lines(exact) {
    const text = kind.format(exact);
    return text === kind.format(ALL_INTERFACES) ? [] : [{ text: text === "" ? '""' : text, required: true }];
  },
};

/** Addresses to listen on; one that begins with `-` may be missing on this machine. None: no TCP at all. */
export const bind: Option<readonly string[]> = defineOption("bind", kind, { live: true });
