/**
 * Walking through a collection in steps, as `SCAN`, `HSCAN`, `SSCAN` and `ZSCAN` do: their arguments, and the walk itself.
 * Source: https://redis.io/docs/latest/commands/scan/
 *
 * The cursor is a position of the hash table's walk, so nothing is remembered between the steps. A command reads its cursor
 * first, then looks its key up, then reads the options: in this order mistakes are answered.
 *
 * @module
 */
import { globMatch } from "../base/glob.ts";
import { encodeText } from "../base/text.ts";
import type { Ref } from "../heap/layout.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";
import type { ElementView } from "../structures/element.ts";

const BAD_CURSOR = new ReplyError("ERR invalid cursor");
const CURSOR_MAX = 2n ** 64n - 1n;
const COUNT_INITIAL = 10;
/** Buckets looked at for each element asked for, so that a sparse table does not hold the server up. */
const BUCKETS_PER_ELEMENT = 10;
const STAR = 0x2a;

/** What stands behind the cursor. */
export interface ScanOptions {
  /** Elements to look at, about. */
  readonly count: number;
  /** Glob pattern of what is wanted; null: all. */
  readonly pattern: Uint8Array | null;
  /** Name of the type that is wanted, lower case; null: all. */
  readonly type: string | null;
}

/** What can be walked through by positions: 0 begins and ends. `visit` must not change it. */
export interface Scannable {
  scan(position: number, visit: (ref: Ref) => void): number;
}

/** Reads a cursor. Positions are below 2^48; what is beyond cannot have come from here and ends the walk. */
export function parseScanCursor(args: Arguments, i: number): number {
  const text = args.text(i);
  if (!/^([+-]?[0-9]+)?$/.test(text) || BigInt(text) > CURSOR_MAX) throw BAD_CURSOR;
  return Number(BigInt.asUintN(48, BigInt(text)));
}

/** Reads the options from position `first` on. `TYPE` is for walks through keys. */
export function parseScanOptions(args: Arguments, first: number, knowsType = false): ScanOptions {
  let count = COUNT_INITIAL;
  let pattern: Uint8Array | null = null;
  let type: string | null = null;
  for (let i = first; i < args.count; i += 2) {
    if (i + 1 >= args.count) throw SYNTAX_ERROR;
    if (args.is(i, "COUNT")) {
      count = args.integer(i + 1);
      if (count < 1) throw SYNTAX_ERROR;
    } else if (args.is(i, "MATCH")) pattern = args.bytes(i + 1);
    else if (knowsType && args.is(i, "TYPE")) type = args.text(i + 1).toLowerCase();
    else throw SYNTAX_ERROR;
  }
  if (pattern?.length === 1 && pattern[0] === STAR) pattern = null;
  return { count, pattern, type };
}

/** Visits about `count` elements from a position on; the next position. */
export function scanElements(
  collection: Scannable,
  position: number,
  count: number,
  visit: (ref: Ref) => void,
): number {
  let next = position;
  let met = 0;
  const meet = (ref: Ref) => {
    met++;
    visit(ref);
  };
  for (let buckets = 0; buckets < count * BUCKETS_PER_ELEMENT && met < count; buckets++) {
    next = collection.scan(next, meet);
    if (next === 0) break;
  }
  return next;
}

/** Whether an element of a structure matches a pattern of {@linkcode ScanOptions}. */
export function matchesElement(pattern: Uint8Array | null, element: ElementView): boolean {
  if (pattern === null) return true;
  if (element.isInteger) return globMatch(pattern, encodeText(String(element.exactInteger)));
  return globMatch(pattern, element.bytes, false, element.start, element.length);
}

/** The reply of a walk through a key that does not exist. */
export function replyEmptyScan(reply: ReplyWriter): void {
  reply.array(2);
  reply.text("0");
  reply.array(0);
}
