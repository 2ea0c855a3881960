/**
 * The commands that wait until there is an element.
 *
 * Where there is one at once they are what their plain forms are. Else the client waits for its keys; who has waited longest
 * is served first, after the command that made the key a list. What a served client takes counts as no change of its own,
 * except for `BLMPOP`, and is sent to AOF and replicas as the plain form.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type Key,
  keyAt,
  keyNumber,
  keyRange,
  oneKey,
  type Quicklist,
  timeoutArgument,
} from "../../server/api/mod.ts";
import { listType } from "./list_type.ts";
import { type Move, moveElement, RIGHT_TO_LEFT } from "./move.ts";
import { parseMultiplePop, popFromFirst, popMany, popped } from "./pop.ts";
import { isLeft } from "./sides.ts";

/** The blocking commands. */
export const waitingCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "BLPOP",
    summary: "Remove and get the first element in a list, or block until one is available",
    since: "2.0.0",
    group: "list",
    complexity: "O(N) where N is the number of provided keys.",
    arity: -3,
    flags: ["write", "noscript", "blocking"],
    categories: ["list"],
    keys: [keyRange({ first: 1, last: -2 }, "RW", "access", "delete")],
    arguments: [argument.key("key", 0, { multiple: true }), argument.double("timeout")],
    history: [["6.0.0", "`timeout` is interpreted as a double instead of an integer."]],
    run: blpop,
  }),
  defineCommand({
    name: "BRPOP",
    summary: "Remove and get the last element in a list, or block until one is available",
    since: "2.0.0",
    group: "list",
    complexity: "O(N) where N is the number of provided keys.",
    arity: -3,
    flags: ["write", "noscript", "blocking"],
    categories: ["list"],
    keys: [keyRange({ first: 1, last: -2 }, "RW", "access", "delete")],
    arguments: [argument.key("key", 0, { multiple: true }), argument.double("timeout")],
    history: [["6.0.0", "`timeout` is interpreted as a double instead of an integer."]],
    run: brpop,
  }),
  defineCommand({
    name: "BLMPOP",
    summary: "Pop elements from a list, or block until one is available",
    since: "7.0.0",
    group: "list",
    complexity: "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
    arity: -5,
    flags: ["write", "blocking"],
    categories: ["list"],
    keys: [keyNumber(2, "RW", "access", "delete")],
    arguments: [
      argument.double("timeout"),
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.oneOf("where", [argument.token("left", "LEFT"), argument.token("right", "RIGHT")]),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    run: blmpop,
  }),
  defineCommand({
    name: "BLMOVE",
    summary: "Pop an element from a list, push it to another list and return it; or block until one is available",
    since: "6.2.0",
    group: "list",
    complexity: "O(1)",
    arity: 6,
    flags: ["write", "denyoom", "noscript", "blocking"],
    categories: ["list"],
    keys: [oneKey("RW", "access", "delete"), keyAt(2, "RW", "insert")],
    arguments: [
      argument.key("source", 0),
      argument.key("destination", 1),
      argument.oneOf("wherefrom", [argument.token("left", "LEFT"), argument.token("right", "RIGHT")]),
      argument.oneOf("whereto", [argument.token("left", "LEFT"), argument.token("right", "RIGHT")]),
      argument.double("timeout"),
    ],
    run: blmove,
  }),
  defineCommand({
    name: "BRPOPLPUSH",
    summary: "Pop an element from a list, push it to another list and return it; or block until one is available",
    since: "2.2.0",
    group: "list",
    complexity: "O(1)",
    deprecated: { since: "6.2.0", replacedBy: "`BLMOVE` with the `RIGHT` and `LEFT` arguments" },
    arity: 4,
    flags: ["write", "denyoom", "noscript", "blocking"],
    categories: ["list"],
    keys: [oneKey("RW", "access", "delete"), keyAt(2, "RW", "insert")],
    arguments: [argument.key("source", 0), argument.key("destination", 1), argument.double("timeout")],
    history: [["6.0.0", "`timeout` is interpreted as a double instead of an integer."]],
    run: brpoplpush,
  }),
];

function blpop(context: CommandContext): void {
  popOrWait(context, true);
}

function brpop(context: CommandContext): void {
  popOrWait(context, false);
}

function popOrWait(context: CommandContext, left: boolean): void {
  const { args, db } = context;
  const last = args.count - 2;
  const timeoutMs = timeoutArgument(args, last + 1);
  for (let i = 1; i <= last; i++) {
    const key = args.passingKey(i);
    const list = db.write(key, listType);
    if (list !== null) return popOne(context, key, list, left, 1);
  }
  if (!context.mayBlock) return context.reply.nullArray();
  wait(context, 1, last, timeoutMs, (served, key, list) => {
    popOne(served, key, list, left, 0);
    return true;
  });
}

/** Replies the key and an element, which is removed. */
function popOne(context: CommandContext, key: Key, list: Quicklist, left: boolean, changes: number): void {
  const { reply } = context;
  reply.array(2);
  reply.bulk(key.buffer, key.start, key.length);
  reply.element(list.peek(left)!);
  list.pop(left);
  popped(context, key, list, left, 1, changes);
  if (context.propagates) context.propagate(left ? "LPOP" : "RPOP", key.toBytes());
}

function blmpop(context: CommandContext): void {
  const { args } = context;
  const request = parseMultiplePop(args, 2);
  const timeoutMs = timeoutArgument(args, 1);
  if (popFromFirst(context, request)) return;
  if (!context.mayBlock) return context.reply.nullArray();
  wait(context, request.first, request.last, timeoutMs, (served, key, list) => {
    popMany(served, key, list, request.left, request.count);
    return true;
  });
}

function blmove(context: CommandContext): void {
  const { args } = context;
  const move = { fromLeft: isLeft(args, 3), toLeft: isLeft(args, 4) };
  const sides = [args.bytes(3), args.bytes(4)];
  moveOrWait(context, move, timeoutArgument(args, 5), (served, key, isServedLater) => {
    const [from, to] = isServedLater ? [sideName(move.fromLeft), sideName(move.toLeft)] : sides;
    served.propagate("LMOVE", key.toBytes(), served.args.view(2), from, to);
  });
}

function brpoplpush(context: CommandContext): void {
  moveOrWait(context, RIGHT_TO_LEFT, timeoutArgument(context.args, 3), (served, key) => {
    served.propagate("RPOPLPUSH", key.toBytes(), served.args.view(2));
  });
}

/** As Redis spells it for who was served after a wait. */
function sideName(left: boolean): string {
  return left ? "left" : "right";
}

function moveOrWait(
  context: CommandContext,
  move: Move,
  timeoutMs: number,
  propagate: (context: CommandContext, key: Key, isServedLater: boolean) => void,
): void {
  const key = context.args.key(1);
  if (moveElement(context, key, move, 1)) {
    if (context.propagates) propagate(context, key, false);
    return;
  }
  if (!context.mayBlock) return context.reply.null();
  wait(context, 1, 1, timeoutMs, (served, ready) => {
    if (!moveElement(served, ready, move, 0)) return false;
    if (served.propagates) propagate(served, ready, true);
    return true;
  });
}

/** Makes the client wait until one of its keys is a list; `serve` says whether that was what it waited for. */
function wait(
  context: CommandContext,
  first: number,
  last: number,
  timeoutMs: number,
  serve: (context: CommandContext, key: Key, list: Quicklist) => boolean,
): void {
  const keys: Uint8Array[] = [];
  for (let i = first; i <= last; i++) keys.push(context.args.bytes(i));
  context.block({
    keys,
    type: listType,
    timeoutMs,
    onReady: (served, key) => serve(served, key, served.db.write(key, listType)!),
    onTimeout: ({ reply }) => reply.nullArray(),
  });
}
