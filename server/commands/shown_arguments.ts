/**
 * Arguments as they may be shown to others than their sender, in the slow log and to `MONITOR`: passwords are replaced.
 *
 * @module
 */
import type { Arguments } from "../protocol/arguments.ts";

/** A request to look at. */
export interface ShownArguments {
  readonly count: number;
  /** A copy of an argument, or what stands in its place. */
  bytes(i: number): Uint8Array;
}

const REDACTED = new TextEncoder().encode("(redacted)");

/** The arguments of a request without those at the positions of `secrets`. */
export function showArguments(args: Arguments, secrets: readonly number[] | null): ShownArguments {
  if (secrets === null) return args;
  return { count: args.count, bytes: (i) => secrets.includes(i) ? REDACTED : args.bytes(i) };
}
