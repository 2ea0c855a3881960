/**
 * What the commands have in common that run scripts and functions: after the name, how many keys follow, the keys, the rest.
 *
 * @module
 */
import { argument, keyNumber } from "../server/api/mod.ts";

/** The documented arguments behind the script's or function's name. */
export const keysAndArguments = [
  argument.integer("numkeys"),
  argument.key("key", 0, { optional: true, multiple: true }),
  argument.string("arg", { optional: true, multiple: true }),
] as const;

/** Keys that may be used in any way. */
export const keysInAnyUse = {
  ...keyNumber(2, "RW", "access", "update"),
  notes: "We cannot tell how the keys will be used so we assume the worst, RW and UPDATE",
} as const;

/** Keys that may be read in any way. */
export const keysInAnyReading = {
  ...keyNumber(2, "RO", "access"),
  notes: "We cannot tell how the keys will be used so we assume the worst, RO and ACCESS",
} as const;
