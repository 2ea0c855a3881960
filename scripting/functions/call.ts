/**
 * `FCALL` and `FCALL_RO`.
 * Source: https://redis.io/docs/latest/commands/fcall/
 *
 * @module
 */
import {
  type Arguments,
  type CommandContext,
  type CommandFlag,
  type ModuleHost,
  ReplyError,
} from "../../server/api/mod.ts";
import { checkKeyCount } from "../key_count.ts";
import { functionsOf } from "./functions.ts";

const NO_FUNCTION = new ReplyError("ERR Function not found");
const BAD_KEY_COUNT = new ReplyError("ERR Bad number of keys provided");

/** `FCALL function numkeys [key …] [arg …]` */
export function fcall(context: CommandContext): void {
  call(context, false);
}

/** `FCALL_RO` */
export function fcallRo(context: CommandContext): void {
  call(context, true);
}

/** What both are taken for. */
export function functionFlags(line: Arguments, host: ModuleHost): readonly CommandFlag[] | null {
  return host.state(functionsOf).libraries.find(line, 1)?.commandFlags ?? null;
}

function call(context: CommandContext, readOnly: boolean): void {
  const { args } = context;
  const { interpreter, libraries } = context.state(functionsOf);
  const called = libraries.find(args, 1);
  if (called === undefined) throw NO_FUNCTION;
  interpreter.run(context, called, checkKeyCount(args, args.integer(2, BAD_KEY_COUNT)), readOnly);
}
