/**
 * Random members, left in their set or taken out.
 *
 * AOF and replicas get the members that were taken, since chance does not repeat itself.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  delEvent,
  elementBytes,
  type Key,
  keyEvent,
  oneKey,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { setType } from "./set_type.ts";
import type { SetValue } from "./set_value.ts";

/** `SPOP` and `SRANDMEMBER`. */
export const randomCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "SPOP",
    summary: "Remove and return one or multiple random members from a set",
    since: "1.0.0",
    group: "set",
    complexity: "Without the count argument O(1), otherwise O(N) where N is the value of the passed count.",
    arity: -2,
    flags: ["write", "fast"],
    categories: ["set"],
    keys: [oneKey("RW", "access", "delete")],
    tips: ["nondeterministic_output"],
    arguments: [argument.key("key", 0), argument.integer("count", { since: "3.2.0", optional: true })],
    history: [["3.2.0", "Added the `count` argument."]],
    run: spop,
  }),
  defineCommand({
    name: "SRANDMEMBER",
    summary: "Get one or multiple random members from a set",
    since: "1.0.0",
    group: "set",
    complexity: "Without the count argument O(1), otherwise O(N) where N is the absolute value of the passed count.",
    arity: -2,
    flags: ["readonly"],
    categories: ["set"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [argument.key("key", 0), argument.integer("count", { since: "2.6.0", optional: true })],
    history: [["2.6.0", "Added the optional `count` argument."]],
    run: srandmember,
  }),
];

const spopEvent = keyEvent("set", "spop");

const COUNT_MIN = -(2n ** 63n);
const NOT_POSITIVE = new ReplyError("ERR value is out of range, must be positive");
const COUNT_OUT_OF_RANGE = new ReplyError(
  "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807",
);

function spop(context: CommandContext): void {
  const { args, db, reply } = context;
  if (args.count > 3) throw SYNTAX_ERROR;
  if (args.count === 3) return spopCount(context);
  const key = args.key(1);
  const set = db.write(key, setType);
  if (set === null) return reply.null();
  db.notify(key, spopEvent);
  popMembers(context, set, 1);
}

function spopCount(context: CommandContext): void {
  const { args, db, reply } = context;
  const count = args.integer(2, NOT_POSITIVE);
  if (count < 0) throw NOT_POSITIVE;
  const key = args.key(1);
  const set = db.write(key, setType);
  const size = set?.count ?? 0;
  if (set === null || count === 0) return reply.set(0);
  db.notify(key, spopEvent);
  reply.set(Math.min(count, size));
  if (count < size) return popMembers(context, set, count);
  set.forEach((member) => reply.element(member));
  db.remove(key);
  noteRemoval(context, key, size, true);
  if (context.propagates) context.propagate("DEL", args.view(1));
}

/** Takes out random members and replies them, one after the other. */
function popMembers(context: CommandContext, set: SetValue, count: number): void {
  const { args, db, propagates, random, reply } = context;
  const key = args.key(1);
  for (let left = count; left > 0; left--) {
    set.pop(random, (member) => {
      reply.element(member);
      if (propagates) context.propagateToEverybody("SREM", args.view(1), elementBytes(member));
    });
  }
  const isEmpty = set.count === 0;
  if (isEmpty) db.remove(key);
  noteRemoval(context, key, count, isEmpty);
}

/** Tells what the event has not told, which a client that listens to it itself gets before the members. */
function noteRemoval(context: CommandContext, key: Key, count: number, isEmpty: boolean): void {
  const { db } = context;
  context.addDirty(count);
  db.touched(key);
  if (isEmpty) db.notify(key, delEvent);
}

function srandmember(context: CommandContext): void {
  const { args, db, reply, random } = context;
  if (args.count > 3) throw SYNTAX_ERROR;
  if (args.count === 2) {
    const set = db.read(args.key(1), setType);
    if (set === null) reply.null();
    else reply.element(set.random(random));
    return;
  }
  const exact = args.exactInteger(2);
  if (exact === COUNT_MIN) throw COUNT_OUT_OF_RANGE;
  const count = Number(exact);
  const set = db.read(args.key(1), setType);
  if (set === null || count === 0) return reply.array(0);
  if (count < 0) return replyAny(context, set, -count);
  reply.array(Math.min(count, set.count));
  if (count >= set.count) set.forEach((member) => reply.element(member));
  else set.sample(random, count, (member) => reply.element(member));
}

/** Each member drawn from all. */
function replyAny({ reply, random }: CommandContext, set: SetValue, count: number): void {
  reply.array(count);
  for (let i = 0; i < count; i++) reply.element(set.random(random));
}
