/**
 * How many of a script's or function's arguments are keys.
 *
 * @module
 */
import { type Arguments, ReplyError } from "../server/api/mod.ts";

const NEGATIVE_KEY_COUNT = new ReplyError("ERR Number of keys can't be negative");
const TOO_MANY_KEYS = new ReplyError("ERR Number of keys can't be greater than number of args");

/** The number of keys that the third word of a command line states, where there are so many words behind it. */
export function checkKeyCount(args: Arguments, count: number): number {
  if (count < 0) throw NEGATIVE_KEY_COUNT;
  if (count > args.count - 3) throw TOO_MANY_KEYS;
  return count;
}
