/**
 * The two ends of a list, as arguments name them.
 *
 * @module
 */
import { type Arguments, type KeyEvent, SYNTAX_ERROR } from "../../server/api/mod.ts";
import { lpopEvent, lpushEvent, rpopEvent, rpushEvent } from "./list_type.ts";

/** Whether an argument says `LEFT`; not `RIGHT`. Throws `SYNTAX_ERROR` on anything else. */
export function isLeft(args: Arguments, i: number): boolean {
  if (args.is(i, "LEFT")) return true;
  if (args.is(i, "RIGHT")) return false;
  throw SYNTAX_ERROR;
}

/** The event of adding at a side. */
export function pushEvent(left: boolean): KeyEvent {
  return left ? lpushEvent : rpushEvent;
}

/** The event of taking from a side. */
export function popEvent(left: boolean): KeyEvent {
  return left ? lpopEvent : rpopEvent;
}
