/**
 * Setting and removing fields.
 *
 * Where memory ends between two pairs, those before have been set: they are told, and the hash is there only if it has any.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  delEvent,
  oneKey,
  ReplyError,
} from "../../server/api/mod.ts";
import { hashType, hdelEvent, hsetEvent } from "./hash_type.ts";

/** The commands that set and remove fields. */
export const writeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "HSET",
    summary: "Set the string value of a hash field",
    since: "2.0.0",
    group: "hash",
    complexity:
      "O(1) for each field/value pair added, so O(N) to add N field/value pairs when the command is called with multiple field/value pairs.",
    arity: -4,
    flags: ["write", "denyoom", "fast"],
    categories: ["hash"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.block("field_value", [argument.string("field"), argument.string("value")], { multiple: true }),
    ],
    history: [["4.0.0", "Accepts multiple `field` and `value` arguments."]],
    run: hset,
  }),
  defineCommand({
    name: "HMSET",
    summary: "Set multiple hash fields to multiple values",
    since: "2.0.0",
    group: "hash",
    complexity: "O(N) where N is the number of fields being set.",
    deprecated: { since: "4.0.0", replacedBy: "`HSET` with multiple field-value pairs" },
    arity: -4,
    flags: ["write", "denyoom", "fast"],
    categories: ["hash"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.block("field_value", [argument.string("field"), argument.string("value")], { multiple: true }),
    ],
    run: hmset,
  }),
  defineCommand({
    name: "HSETNX",
    summary: "Set the value of a hash field, only if the field does not exist",
    since: "2.0.0",
    group: "hash",
    complexity: "O(1)",
    arity: 4,
    flags: ["write", "denyoom", "fast"],
    categories: ["hash"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("field"), argument.string("value")],
    run: hsetnx,
  }),
  defineCommand({
    name: "HDEL",
    summary: "Delete one or more hash fields",
    since: "2.0.0",
    group: "hash",
    complexity: "O(N) where N is the number of fields to be removed.",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["hash"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.string("field", { multiple: true })],
    history: [["2.4.0", "Accepts multiple `field` arguments."]],
    run: hdel,
  }),
];

const HSET_WITHOUT_VALUE = new ReplyError("ERR wrong number of arguments for 'hset' command");
const HMSET_WITHOUT_VALUE = new ReplyError("ERR wrong number of arguments for 'hmset' command");

function hset(context: CommandContext): void {
  if (context.args.count % 2 === 1) throw HSET_WITHOUT_VALUE;
  setPairs(context, false);
}

function hmset(context: CommandContext): void {
  if (context.args.count % 2 === 1) throw HMSET_WITHOUT_VALUE;
  setPairs(context, true);
}

/** Sets the pairs from the second argument on; replies how many fields are new, or just that it is done. */
function setPairs({ args, db, reply }: CommandContext, isOk: boolean): void {
  const key = args.key(1);
  const hash = db.upsert(key, hashType);
  let created = 0;
  let done = 0;
  try {
    for (let i = 2; i < args.count; i += 2, done++) {
      const isNew = hash.set(
        args.buffer,
        args.start(i),
        args.size(i),
        args.buffer,
        args.start(i + 1),
        args.size(i + 1),
      );
      if (isNew) created++;
    }
    if (isOk) reply.ok();
    else reply.integer(created);
  } finally {
    if (done > 0) db.changed(key, hsetEvent, done);
    else if (hash.count === 0) db.remove(key);
  }
}

function hsetnx(context: CommandContext): void {
  const { args, db, reply } = context;
  const hash = db.write(args.key(1), hashType);
  if (hash !== null && hash.has(args.buffer, args.start(2), args.size(2))) return reply.integer(0);
  setPairs(context, false);
}

function hdel({ args, db, reply }: CommandContext): void {
  const key = args.key(1);
  const hash = db.write(key, hashType);
  if (hash === null) return reply.integer(0);
  let removed = 0;
  for (let i = 2; i < args.count && hash.count > 0; i++) {
    if (hash.remove(args.buffer, args.start(i), args.size(i))) removed++;
  }
  const isEmpty = hash.count === 0;
  if (isEmpty) db.remove(key);
  if (removed > 0) db.changed(key, hdelEvent, removed);
  if (isEmpty) db.notify(key, delEvent);
  reply.integer(removed);
}
