/**
 * What a sub-command of `DEBUG` is. They are no sub-commands in `COMMAND`'s sense: `DEBUG` parses them itself, as in
 * Redis, so they have no arity, flags or documentation of their own.
 *
 * @module
 */
import type { CommandContext } from "../../api/context.ts";
import type { Arguments } from "../../protocol/arguments.ts";

export interface DebugSubcommand {
  /** Upper case. */
  readonly name: string;
  /** Least and most words behind the name. */
  readonly words: readonly [min: number, max: number];
  /** Lines of `DEBUG HELP`: the syntax, then explanations without indentation. */
  readonly help: readonly [syntax: string, ...explanation: string[]];
  /** Argument 2 is the first behind the name. */
  run(context: CommandContext): void;
}

/** Whether an argument is a number other than zero, as C's `atoi` reads it. */
export function isOn(args: Arguments, i: number): boolean {
  return (parseInt(args.text(i), 10) || 0) !== 0;
}
