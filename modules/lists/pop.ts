/**
 * Taking elements from the ends.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  delEvent,
  type Key,
  keyNumber,
  oneKey,
  type Quicklist,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { listType } from "./list_type.ts";
import { isLeft, popEvent } from "./sides.ts";

/** The commands that take elements from an end. */
export const popCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "LPOP",
    summary: "Remove and get the first elements in a list",
    since: "1.0.0",
    group: "list",
    complexity: "O(N) where N is the number of elements returned",
    arity: -2,
    flags: ["write", "fast"],
    categories: ["list"],
    keys: [oneKey("RW", "access", "delete")],
    arguments: [argument.key("key", 0), argument.integer("count", { since: "6.2.0", optional: true })],
    history: [["6.2.0", "Added the `count` argument."]],
    run: lpop,
  }),
  defineCommand({
    name: "RPOP",
    summary: "Remove and get the last elements in a list",
    since: "1.0.0",
    group: "list",
    complexity: "O(N) where N is the number of elements returned",
    arity: -2,
    flags: ["write", "fast"],
    categories: ["list"],
    keys: [oneKey("RW", "access", "delete")],
    arguments: [argument.key("key", 0), argument.integer("count", { since: "6.2.0", optional: true })],
    history: [["6.2.0", "Added the `count` argument."]],
    run: rpop,
  }),
  defineCommand({
    name: "LMPOP",
    summary: "Pop elements from a list",
    since: "7.0.0",
    group: "list",
    complexity: "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
    arity: -4,
    flags: ["write"],
    categories: ["list"],
    keys: [keyNumber(1, "RW", "access", "delete")],
    arguments: [
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.oneOf("where", [argument.token("left", "LEFT"), argument.token("right", "RIGHT")]),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    run: lmpop,
  }),
];

const NEGATIVE_COUNT = new ReplyError("ERR value is out of range, must be positive");
const NO_KEYS = new ReplyError("ERR numkeys should be greater than 0");
const NO_COUNT = new ReplyError("ERR count should be greater than 0");
const WRONG_LPOP = new ReplyError("ERR wrong number of arguments for 'lpop' command");
const WRONG_RPOP = new ReplyError("ERR wrong number of arguments for 'rpop' command");

function lpop(context: CommandContext): void {
  if (context.args.count > 3) throw WRONG_LPOP;
  pop(context, true);
}

function rpop(context: CommandContext): void {
  if (context.args.count > 3) throw WRONG_RPOP;
  pop(context, false);
}

function pop(context: CommandContext, left: boolean): void {
  const { args, db, reply } = context;
  const many = args.count === 3;
  const wanted = many ? args.integer(2, NEGATIVE_COUNT) : 1;
  if (wanted < 0) throw NEGATIVE_COUNT;
  const key = args.key(1);
  const list = db.write(key, listType);
  if (list === null) return many ? reply.nullArray() : reply.null();
  if (!many) {
    reply.element(list.peek(left)!);
    list.pop(left);
    return popped(context, key, list, left, 1, 1);
  }
  const count = Math.min(wanted, list.count);
  replyPopped(context, list, left, count);
  if (count > 0) popped(context, key, list, left, count, count);
}

/** Replies `count` elements, of which the list has as many, and removes them. */
function replyPopped({ reply }: CommandContext, list: Quicklist, left: boolean, count: number): void {
  reply.array(count);
  for (let i = 0; i < count; i++) {
    reply.element(list.peek(left)!);
    list.pop(left);
  }
}

/** Tells that elements were taken from a list, and removes an empty one. */
export function popped(
  { db }: CommandContext,
  key: Key,
  list: Quicklist,
  left: boolean,
  count: number,
  changes: number,
): void {
  const isEmpty = list.count === 0;
  if (isEmpty) db.remove(key);
  if (count > 0) db.changed(key, popEvent(left), changes);
  if (isEmpty) db.notify(key, delEvent);
}

/** What `LMPOP` and `BLMPOP` ask for: keys from `first` to `last`, a side, how many elements. */
export interface MultiplePop {
  readonly first: number;
  readonly last: number;
  readonly left: boolean;
  readonly count: number;
}

/** Reads the arguments from the number of keys on. */
export function parseMultiplePop(args: Arguments, at: number): MultiplePop {
  const keys = args.integer(at, NO_KEYS);
  if (keys <= 0) throw NO_KEYS;
  const last = at + keys;
  if (last + 1 >= args.count) throw SYNTAX_ERROR;
  const left = isLeft(args, last + 1);
  let count = 0;
  for (let i = last + 2; i < args.count; i += 2) {
    if (count > 0 || !args.is(i, "COUNT") || i + 1 >= args.count) throw SYNTAX_ERROR;
    count = args.integer(i + 1, NO_COUNT);
    if (count <= 0) throw NO_COUNT;
  }
  return { first: at + 1, last, left, count: count || 1 };
}

function lmpop(context: CommandContext): void {
  const request = parseMultiplePop(context.args, 1);
  if (!popFromFirst(context, request)) context.reply.nullArray();
}

/** Pops from the first of the keys that is a list; whether any is. */
export function popFromFirst(context: CommandContext, { first, last, left, count }: MultiplePop): boolean {
  const { args, db } = context;
  for (let i = first; i <= last; i++) {
    const key = args.passingKey(i);
    const list = db.write(key, listType);
    if (list === null) continue;
    popMany(context, key, list, left, count);
    return true;
  }
  return false;
}

/** Replies the key and up to `count` elements, removes those; AOF and replicas get `LPOP` or `RPOP` with their number. */
export function popMany(context: CommandContext, key: Key, list: Quicklist, left: boolean, count: number): void {
  const { reply } = context;
  const taken = Math.min(count, list.count);
  reply.array(2);
  reply.bulk(key.buffer, key.start, key.length);
  replyPopped(context, list, left, taken);
  popped(context, key, list, left, taken, taken);
  if (context.propagates) context.propagate(left ? "LPOP" : "RPOP", key.toBytes(), taken);
}
