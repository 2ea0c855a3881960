/**
 * Taking members out from either end, at once or as soon as there are some.
 *
 * Those that take from the first key that has any are sent on as `ZPOPMIN` or `ZPOPMAX` of that key and number, so that the
 * same is taken out elsewhere.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  type Database,
  defineCommand,
  delEvent,
  type Key,
  keyEvent,
  keyNumber,
  keyRange,
  oneKey,
  ReplyError,
  type ReplyWriter,
  SYNTAX_ERROR,
  timeoutArgument,
} from "../../server/api/mod.ts";
import type { SortedSet } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

const NOT_POSITIVE = new ReplyError("ERR value is out of range, must be positive");
const BAD_KEY_COUNT = new ReplyError("ERR numkeys should be greater than 0");
const BAD_COUNT = new ReplyError("ERR count should be greater than 0");

/** One end of sorted sets. */
interface End {
  readonly isMax: boolean;
  readonly command: string;
  readonly event: ReturnType<typeof keyEvent>;
}

const MIN: End = { isMax: false, command: "ZPOPMIN", event: keyEvent("sortedSet", "zpopmin") };
const MAX: End = { isMax: true, command: "ZPOPMAX", event: keyEvent("sortedSet", "zpopmax") };

/** Taking members out. */
export const popCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZPOPMIN",
    summary: "Remove and return members with the lowest scores in a sorted set",
    since: "5.0.0",
    group: "sorted-set",
    complexity:
      "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.",
    arity: -2,
    flags: ["write", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "access", "delete")],
    arguments: [argument.key("key", 0), argument.integer("count", { optional: true })],
    run: zpopmin,
  }),
  defineCommand({
    name: "ZPOPMAX",
    summary: "Remove and return members with the highest scores in a sorted set",
    since: "5.0.0",
    group: "sorted-set",
    complexity:
      "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.",
    arity: -2,
    flags: ["write", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "access", "delete")],
    arguments: [argument.key("key", 0), argument.integer("count", { optional: true })],
    run: zpopmax,
  }),
  defineCommand({
    name: "ZMPOP",
    summary: "Remove and return members with scores in a sorted set",
    since: "7.0.0",
    group: "sorted-set",
    complexity:
      "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.",
    arity: -4,
    flags: ["write"],
    categories: ["sortedset"],
    keys: [keyNumber(1, "RW", "access", "delete")],
    arguments: [
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.oneOf("where", [argument.token("min", "MIN"), argument.token("max", "MAX")]),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    run: zmpop,
  }),
  defineCommand({
    name: "BZPOPMIN",
    summary:
      "Remove and return the member with the lowest score from one or more sorted sets, or block until one is available",
    since: "5.0.0",
    group: "sorted-set",
    complexity: "O(log(N)) with N being the number of elements in the sorted set.",
    arity: -3,
    flags: ["write", "noscript", "blocking", "fast"],
    categories: ["sortedset"],
    keys: [keyRange({ first: 1, last: -2 }, "RW", "access", "delete")],
    arguments: [argument.key("key", 0, { multiple: true }), argument.double("timeout")],
    history: [["6.0.0", "`timeout` is interpreted as a double instead of an integer."]],
    run: bzpopmin,
  }),
  defineCommand({
    name: "BZPOPMAX",
    summary:
      "Remove and return the member with the highest score from one or more sorted sets, or block until one is available",
    since: "5.0.0",
    group: "sorted-set",
    complexity: "O(log(N)) with N being the number of elements in the sorted set.",
    arity: -3,
    flags: ["write", "noscript", "blocking", "fast"],
    categories: ["sortedset"],
    keys: [keyRange({ first: 1, last: -2 }, "RW", "access", "delete")],
    arguments: [argument.key("key", 0, { multiple: true }), argument.double("timeout")],
    history: [["6.0.0", "`timeout` is interpreted as a double instead of an integer."]],
    run: bzpopmax,
  }),
  defineCommand({
    name: "BZMPOP",
    summary: "Remove and return members with scores in a sorted set or block until one is available",
    since: "7.0.0",
    group: "sorted-set",
    complexity:
      "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.",
    arity: -5,
    flags: ["write", "blocking"],
    categories: ["sortedset"],
    keys: [keyNumber(2, "RW", "access", "delete")],
    arguments: [
      argument.double("timeout"),
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.oneOf("where", [argument.token("min", "MIN"), argument.token("max", "MAX")]),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    run: bzmpop,
  }),
];

function zpopmin(context: CommandContext): void {
  popOneKey(context, MIN);
}

function zpopmax(context: CommandContext): void {
  popOneKey(context, MAX);
}

function bzpopmin(context: CommandContext): void {
  popOrWait(context, MIN);
}

function bzpopmax(context: CommandContext): void {
  popOrWait(context, MAX);
}

function popOneKey(context: CommandContext, end: End): void {
  const { args, db, reply } = context;
  if (args.count > 3) throw SYNTAX_ERROR;
  const hasCount = args.count === 3;
  const asked = hasCount ? args.integer(2, NOT_POSITIVE) : 1;
  if (asked < 0) throw NOT_POSITIVE;
  const key = args.key(1);
  const zset = db.write(key, zsetType);
  if (zset === null || asked === 0) return reply.array(0);
  const count = Math.min(asked, zset.count);
  const isNested = hasCount && reply.version >= 3;
  reply.array(isNested ? count : count * 2);
  begin(db, key, zset, end);
  for (let left = count; left > 0; left--) {
    if (isNested) reply.array(2);
    replyNext(reply, zset, end);
  }
  take(context, key, zset, end, count);
}

/** Several keys and how many members are wanted of the first that has any. */
interface MultiplePop {
  readonly firstKey: number;
  readonly keyCount: number;
  readonly end: End;
  readonly count: number;
}

function zmpop(context: CommandContext): void {
  const query = readMultiplePop(context.args, 1);
  if (!popFirstKey(context, query)) context.reply.nullArray();
}

function bzmpop(context: CommandContext): void {
  const { args, reply } = context;
  const query = readMultiplePop(args, 2);
  const timeoutMs = timeoutArgument(args, 1);
  if (popFirstKey(context, query)) return;
  if (!context.mayBlock) return reply.nullArray();
  context.block({
    keys: keysOf(args, query.firstKey, query.keyCount),
    timeoutMs,
    onReady: (ready, key) => popReady(ready, key, (zset) => popMultiple(ready, key, zset, query)),
    onTimeout: (late) => late.reply.nullArray(),
  });
}

function readMultiplePop(args: Arguments, at: number): MultiplePop {
  const keyCount = args.integer(at, BAD_KEY_COUNT);
  if (keyCount < 1) throw BAD_KEY_COUNT;
  const where = at + keyCount + 1;
  if (where >= args.count) throw SYNTAX_ERROR;
  const end = args.is(where, "MIN") ? MIN : args.is(where, "MAX") ? MAX : null;
  if (end === null) throw SYNTAX_ERROR;
  let count = 0;
  for (let i = where + 1; i < args.count; i += 2) {
    if (count !== 0 || !args.is(i, "COUNT") || i + 1 >= args.count) throw SYNTAX_ERROR;
    count = args.integer(i + 1, BAD_COUNT);
    if (count < 1) throw BAD_COUNT;
  }
  return { firstKey: at + 1, keyCount, end, count: count || 1 };
}

function popFirstKey(context: CommandContext, query: MultiplePop): boolean {
  const { args, db } = context;
  for (let i = query.firstKey; i < query.firstKey + query.keyCount; i++) {
    const zset = db.write(args.key(i), zsetType);
    if (zset === null) continue;
    popMultiple(context, args.key(i), zset, query);
    return true;
  }
  return false;
}

function popMultiple(context: CommandContext, key: Key, zset: SortedSet, query: MultiplePop): void {
  const { db, reply } = context;
  const { end } = query;
  const count = Math.min(query.count, zset.count);
  reply.array(2);
  reply.bulk(key.buffer, key.start, key.length);
  reply.array(count);
  begin(db, key, zset, end);
  for (let left = count; left > 0; left--) {
    reply.array(2);
    replyNext(reply, zset, end);
  }
  take(context, key, zset, end, count);
  if (context.propagates) context.propagate(end.command, key.toBytes(), count);
}

function popOrWait(context: CommandContext, end: End): void {
  const { args, db, reply } = context;
  const last = args.count - 1;
  const timeoutMs = timeoutArgument(args, last);
  for (let i = 1; i < last; i++) {
    const zset = db.write(args.key(i), zsetType);
    if (zset !== null) return popSingle(context, args.key(i), zset, end);
  }
  if (!context.mayBlock) return reply.nullArray();
  context.block({
    keys: keysOf(args, 1, last - 1),
    timeoutMs,
    onReady: (ready, key) => popReady(ready, key, (zset) => popSingle(ready, key, zset, end)),
    onTimeout: (late) => late.reply.nullArray(),
  });
}

function popSingle(context: CommandContext, key: Key, zset: SortedSet, end: End): void {
  const { db, reply } = context;
  reply.array(3);
  reply.bulk(key.buffer, key.start, key.length);
  begin(db, key, zset, end);
  replyNext(reply, zset, end);
  take(context, key, zset, end, 1);
  if (context.propagates) context.propagate(end.command, key.toBytes());
}

/** Serves a client that has waited, where the key holds a sorted set now. */
function popReady({ db }: CommandContext, key: Key, pop: (zset: SortedSet) => void): boolean {
  const entry = db.lookupForWrite(key);
  if (entry === 0 || db.typeOf(entry) !== zsetType) return false;
  pop(db.write(key, zsetType)!);
  return true;
}

function keysOf(args: Arguments, first: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => args.bytes(first + i));
}

/** Tells of the event, which a client that listens to it itself gets before the elements, and goes to the end. */
function begin(db: Database, key: Key, zset: SortedSet, { isMax, event }: End): void {
  db.notify(key, event);
  zset.seek(isMax ? zset.count - 1 : 0);
}

/** Replies the element that the cursor stands on, and goes on from its end. */
function replyNext(reply: ReplyWriter, zset: SortedSet, { isMax }: End): void {
  reply.element(zset.member);
  reply.double(zset.walkedScore);
  if (isMax) zset.previous();
  else zset.next();
}

/** Takes out so many elements from one end, and tells of it, but for the event. */
function take(context: CommandContext, key: Key, zset: SortedSet, { isMax }: End, count: number): void {
  const { db } = context;
  const size = zset.count;
  if (count < size) zset.removeRange(isMax ? size - count : 0, isMax ? size : count);
  else db.remove(key);
  context.addDirty(count);
  db.touched(key);
  if (count === size) db.notify(key, delEvent);
}
