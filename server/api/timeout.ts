/**
 * How long a client is willing to wait, as the blocking commands take it: seconds, with a fraction.
 *
 * @module
 */
import { parseLongDouble } from "../base/long_double.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { ReplyError } from "../protocol/errors.ts";

const NOT_A_TIMEOUT = new ReplyError("ERR timeout is not a float or out of range");
const TIMEOUT_NEGATIVE = new ReplyError("ERR timeout is negative");
/** From here on milliseconds overflow, and so are negative, in the C server. */
const TIMEOUT_MS_END = 2 ** 63;

/** An argument in seconds as milliseconds, rounded up; 0 waits forever. */
export function timeoutArgument(args: Arguments, i: number): number {
  const seconds = args.float(i, NOT_A_TIMEOUT);
  if (!Number.isFinite(seconds) && parseLongDouble(args.buffer, args.start(i), args.size(i)) === null) {
    throw NOT_A_TIMEOUT;
  }
  const milliseconds = Math.ceil(seconds * 1000);
  if (milliseconds < 0 || milliseconds >= TIMEOUT_MS_END) throw TIMEOUT_NEGATIVE;
  return Math.max(0, milliseconds);
}
