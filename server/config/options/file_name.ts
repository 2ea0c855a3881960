/** Names of files that live in a directory that is configured elsewhere. @module */
import { OptionError } from "../option.ts";

/** Refuses a name that leads into another directory, on any system. */
export function refusePath(name: string, reason: string): void {
  if (/[/\\]/.test(name)) throw new OptionError(reason);
}

/** Refuses an empty name. */
export function refuseEmpty(name: string, reason: string): void {
  if (name === "") throw new OptionError(reason);
}
