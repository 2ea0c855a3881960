/**
 * Putting members into sets, taking them out, asking for them.
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
  keyAt,
  keyEvent,
  oneKey,
} from "../../server/api/mod.ts";
import { setType } from "./set_type.ts";
import type { SetValue } from "./set_value.ts";

/** `SADD`, `SREM`, `SMOVE`, and the commands that ask for members. */
export const memberCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "SADD",
    summary: "Add one or more members to a set",
    since: "1.0.0",
    group: "set",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
    arity: -3,
    flags: ["write", "denyoom", "fast"],
    categories: ["set"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("member", { multiple: true })],
    history: [["2.4.0", "Accepts multiple `member` arguments."]],
    run: sadd,
  }),
  defineCommand({
    name: "SREM",
    summary: "Remove one or more members from a set",
    since: "1.0.0",
    group: "set",
    complexity: "O(N) where N is the number of members to be removed.",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["set"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.string("member", { multiple: true })],
    history: [["2.4.0", "Accepts multiple `member` arguments."]],
    run: srem,
  }),
  defineCommand({
    name: "SMOVE",
    summary: "Move a member from one set to another",
    since: "1.0.0",
    group: "set",
    complexity: "O(1)",
    arity: 4,
    flags: ["write", "fast"],
    categories: ["set"],
    keys: [oneKey("RW", "access", "delete"), keyAt(2, "RW", "insert")],
    arguments: [argument.key("source", 0), argument.key("destination", 1), argument.string("member")],
    run: smove,
  }),
  defineCommand({
    name: "SISMEMBER",
    summary: "Determine if a given value is a member of a set",
    since: "1.0.0",
    group: "set",
    complexity: "O(1)",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["set"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0), argument.string("member")],
    run: sismember,
  }),
  defineCommand({
    name: "SMISMEMBER",
    summary: "Returns the membership associated with the given elements for a set",
    since: "6.2.0",
    group: "set",
    complexity: "O(N) where N is the number of elements being checked for membership",
    arity: -3,
    flags: ["readonly", "fast"],
    categories: ["set"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("member", { multiple: true })],
    run: smismember,
  }),
  defineCommand({
    name: "SCARD",
    summary: "Get the number of members in a set",
    since: "1.0.0",
    group: "set",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["set"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0)],
    run: scard,
  }),
  defineCommand({
    name: "SMEMBERS",
    summary: "Get all the members in a set",
    since: "1.0.0",
    group: "set",
    complexity: "O(N) where N is the set cardinality.",
    arity: 2,
    flags: ["readonly"],
    categories: ["set"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output_order"],
    arguments: [argument.key("key", 0)],
    run: smembers,
  }),
];

const saddEvent = keyEvent("set", "sadd");
const sremEvent = keyEvent("set", "srem");

function sadd({ args, db, reply }: CommandContext): void {
  const key = args.key(1);
  const set = db.upsert(key, setType);
  let added = 0;
  try {
    added = addAll(set, args);
  } catch (error) {
    if (set.count === 0) db.remove(key);
    throw error;
  }
  if (added > 0) db.changed(key, saddEvent, added);
  reply.integer(added);
}

/** Adds all members, or none where memory ends; how many are new. */
function addAll(set: SetValue, args: Arguments): number {
  if (args.count === 3) return set.add(args.buffer, args.start(2), args.size(2)) ? 1 : 0;
  const added: number[] = [];
  try {
    for (let i = 2; i < args.count; i++) if (set.add(args.buffer, args.start(i), args.size(i))) added.push(i);
  } catch (error) {
    for (const i of added) set.remove(args.buffer, args.start(i), args.size(i));
    throw error;
  }
  return added.length;
}

function srem({ args, db, reply }: CommandContext): void {
  const key = args.key(1);
  const set = db.write(key, setType);
  if (set === null) return reply.integer(0);
  let removed = 0;
  for (let i = 2; i < args.count; i++) if (set.remove(args.buffer, args.start(i), args.size(i))) removed++;
  if (removed > 0) {
    const isEmpty = set.count === 0;
    if (isEmpty) db.remove(key);
    db.changed(key, sremEvent, removed);
    if (isEmpty) db.notify(key, delEvent);
  }
  reply.integer(removed);
}

/** The member is put into the one set before it leaves the other, so that it is lost in neither where memory ends. */
function smove({ args, db, reply }: CommandContext): void {
  const from = args.key(1);
  const to = args.key(2);
  const found = db.write(from, setType);
  if (found === null) return reply.integer(0);
  const isMember = found.has(args.buffer, args.start(3), args.size(3));
  const { root } = found;
  const known = db.write(to, setType);
  if (!isMember || known?.root.root === root.root) return reply.integer(isMember ? 1 : 0);
  const target = known ?? db.upsert(to, setType);
  let isNew = false;
  try {
    isNew = target.add(args.buffer, args.start(3), args.size(3));
  } catch (error) {
    if (target.count === 0) db.remove(to);
    throw error;
  }
  const source = setType.open(root);
  source.remove(args.buffer, args.start(3), args.size(3));
  const isEmpty = source.count === 0;
  if (isEmpty) db.remove(from);
  db.changed(from, sremEvent);
  if (isEmpty) db.notify(from, delEvent);
  if (isNew) db.changed(to, saddEvent);
  reply.integer(1);
}

function sismember({ args, db, reply }: CommandContext): void {
  const set = db.read(args.key(1), setType);
  reply.integer(set !== null && set.has(args.buffer, args.start(2), args.size(2)) ? 1 : 0);
}

function smismember({ args, db, reply }: CommandContext): void {
  const set = db.read(args.key(1), setType);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    reply.integer(set !== null && set.has(args.buffer, args.start(i), args.size(i)) ? 1 : 0);
  }
}

function scard({ args, db, reply }: CommandContext): void {
  reply.integer(db.read(args.key(1), setType)?.count ?? 0);
}

function smembers({ args, db, reply }: CommandContext): void {
  const set = db.read(args.key(1), setType);
  reply.set(set?.count ?? 0);
  set?.forEach((member) => reply.element(member));
}
