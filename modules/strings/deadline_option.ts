/**
 * The words of `SET` and `GETEX` that say when the key shall expire: `EX`, `PX`, `EXAT`, `PXAT`, each with a time.
 *
 * @module
 */
import { type Arguments, type Int64, ReplyError, unixTimeMs } from "../../server/api/mod.ts";

/** How a time is given. */
export interface TimeForm {
  readonly word: string;
  readonly unitMs: 1 | 1000;
  /** Since 1970; otherwise from now. */
  readonly absolute: boolean;
}

export const SECONDS: TimeForm = { word: "EX", unitMs: 1000, absolute: false };
export const MILLISECONDS: TimeForm = { word: "PX", unitMs: 1, absolute: false };
const UNIX_SECONDS: TimeForm = { word: "EXAT", unitMs: 1000, absolute: true };
const UNIX_MILLISECONDS: TimeForm = { word: "PXAT", unitMs: 1, absolute: true };

const forms = [SECONDS, MILLISECONDS, UNIX_SECONDS, UNIX_MILLISECONDS];

/** The form that the word at a position names, if it does and an argument follows. */
export function timeFormAt(args: Arguments, i: number): TimeForm | null {
  if (i + 1 >= args.count) return null;
  for (const form of forms) if (args.is(i, form.word)) return form;
  return null;
}

/** The deadline that the argument at a position stands for, in Unix milliseconds. Throws `invalid` unless it is positive. */
export function deadlineFrom(args: Arguments, i: number, form: TimeForm, nowMs: number, invalid: ReplyError): Int64 {
  const time = args.exactInteger(i);
  const deadlineMs = time > 0 ? unixTimeMs(time, form.unitMs, form.absolute ? 0 : nowMs) : null;
  if (deadlineMs === null) throw invalid;
  return deadlineMs;
}

/** The error for a time that is not positive or too far away. */
export function invalidExpireTime(command: string): ReplyError {
  return new ReplyError(`ERR invalid expire time in '${command}' command`);
}
