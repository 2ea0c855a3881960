/**
 * Builders for the arguments that a command's documentation lists, as `COMMAND DOCS` prints them.
 *
 * They exist so that a definition reads like the command's syntax line: one call per argument, the name first, what is
 * unusual about it last. They only describe; no handler parses by them.
 *
 * @module
 */
import type { ArgumentSpec } from "./command.ts";

/** What may be said about any argument beside its name and type. */
export type ArgumentOptions = Omit<ArgumentSpec, "name" | "type" | "arguments">;

type ArgumentBuilder = (name: string, options?: ArgumentOptions) => ArgumentSpec;

type CompoundArgumentBuilder = (
  name: string,
  members: readonly ArgumentSpec[],
  options?: ArgumentOptions,
) => ArgumentSpec;

/**
 * One builder per argument type.
 *
 * @example
 * ```ts
 * import { argument } from "./argument.ts";
 *
 * // SET key value [NX | XX] [GET] [EX seconds | KEEPTTL]
 * const set = [
 *   argument.key("key", 0),
 *   argument.string("value"),
 *   argument.oneOf("condition", [argument.token("nx", "NX"), argument.token("xx", "XX")], { optional: true }),
 *   argument.token("get", "GET", { optional: true, since: "6.2.0" }),
 *   argument.oneOf("expiration", [
 *     argument.integer("seconds", { token: "EX" }),
 *     argument.token("keepttl", "KEEPTTL"),
 *   ], { optional: true }),
 * ];
 * console.assert(set.length === 5);
 * ```
 */
export const argument: {
  /** The name of a key; `keySpecIndex` says which of the command's key specs finds it. */
  readonly key: (name: string, keySpecIndex: number, options?: ArgumentOptions) => ArgumentSpec;
  /** Any bytes. */
  readonly string: ArgumentBuilder;
  /** A 64-bit integer. */
  readonly integer: ArgumentBuilder;
  /** A floating-point number. */
  readonly double: ArgumentBuilder;
  /** A glob-style pattern. */
  readonly pattern: ArgumentBuilder;
  /** A Unix timestamp, in the unit that the argument's name says. */
  readonly unixTime: ArgumentBuilder;
  /** A word that stands for itself, such as `NX`. */
  readonly token: (name: string, token: string, options?: ArgumentOptions) => ArgumentSpec;
  /** Exactly one of the members. */
  readonly oneOf: CompoundArgumentBuilder;
  /** All members, in this order. */
  readonly block: CompoundArgumentBuilder;
} = {
  key: (name, keySpecIndex, options) => ({ name, type: "key", keySpecIndex, ...options }),
  string: (name, options) => ({ name, type: "string", ...options }),
  integer: (name, options) => ({ name, type: "integer", ...options }),
  double: (name, options) => ({ name, type: "double", ...options }),
  pattern: (name, options) => ({ name, type: "pattern", ...options }),
  unixTime: (name, options) => ({ name, type: "unix-time", ...options }),
  token: (name, token, options) => ({ name, type: "pure-token", token, ...options }),
  oneOf: (name, members, options) => ({ name, type: "oneof", ...options, arguments: members }),
  block: (name, members, options) => ({ name, type: "block", ...options, arguments: members }),
};
