/**
 * The error replies that many commands share, word for word as Redis 7.0 sends them, and the exception that carries one.
 *
 * A handler throws a `ReplyError` before it has changed anything; the dispatcher takes back what the handler had
 * already written to the reply buffer and sends the error in its place. The shared ones are allocated once and have no
 * stack: throwing one costs about a microsecond.
 *
 * @module
 */

import { NamedError } from "../base/named_error.ts";

/** An error reply. `message` is the whole line after `-`: code, space, text. */
export class ReplyError extends NamedError {
  constructor(message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.name = "ReplyError";
  }
}

/** `WRONGTYPE …`: the key holds another type. */
export const WRONG_TYPE: ReplyError = new ReplyError(
  "WRONGTYPE Operation against a key holding the wrong kind of value",
);
/** The argument is no 64-bit integer. */
export const NOT_AN_INTEGER: ReplyError = new ReplyError("ERR value is not an integer or out of range");
/** The argument is no floating-point number. */
export const NOT_A_FLOAT: ReplyError = new ReplyError("ERR value is not a valid float");
/** An option that the command does not know, or a combination that it does not allow. */
export const SYNTAX_ERROR: ReplyError = new ReplyError("ERR syntax error");
/** The key does not exist, for commands that insist. */
export const NO_SUCH_KEY: ReplyError = new ReplyError("ERR no such key");
/** An index beyond the value. */
export const OUT_OF_RANGE: ReplyError = new ReplyError("ERR index out of range");
/** Over `maxmemory`, nothing evictable. */
export const OUT_OF_MEMORY: ReplyError = new ReplyError("OOM command not allowed when used memory > 'maxmemory'.");
/** A string would grow beyond `proto-max-bulk-len`. */
export const STRING_TOO_LONG: ReplyError = new ReplyError(
  "ERR string exceeds maximum allowed size (proto-max-bulk-len)",
);
