/**
 * What scripts in their first line, and functions as they are registered, say of themselves.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/lua-api/#script_flags
 *
 * @module
 */
import type { CommandFlag } from "../server/api/mod.ts";

/** What is asked of them when a script runs. */
export interface ScriptFlags {
  /** Whether it says anything at all: without, a script is allowed more than with. */
  readonly declared: boolean;
  readonly noWrites: boolean;
  readonly allowOom: boolean;
  /** What a command that runs it is taken for; null: for what it is. */
  readonly commandFlags: readonly CommandFlag[] | null;
}

/** Of a script that says nothing. */
export const NO_FLAGS: ScriptFlags = { declared: false, noWrites: false, allowOom: false, commandFlags: null };

/** The names of all flags, in the order in which they are listed. */
export const FLAG_NAMES: readonly string[] = [
  "no-writes",
  "allow-oom",
  "allow-stale",
  "no-cluster",
  "allow-cross-slot-keys",
];

/** Whether a flag is called so. */
export function isFlag(name: string): boolean {
  return FLAG_NAMES.includes(name);
}

/** The flags of these names. */
export function flagsOf(names: readonly string[]): ScriptFlags {
  const noWrites = names.includes("no-writes");
  const allowOom = names.includes("allow-oom");
  const commandFlags: CommandFlag[] = names.includes("allow-stale") ? ["stale"] : [];
  if (!noWrites) commandFlags.push("write");
  if (!noWrites && !allowOom) commandFlags.push("denyoom");
  return { declared: true, noWrites, allowOom, commandFlags };
}
