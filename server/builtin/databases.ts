/**
 * Commands on whole databases.
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { keyEvent } from "../api/events.ts";
import { oneKey } from "../api/keys.ts";
import { lazyfreeLazyUserFlush } from "../config/options/memory.ts";
import type { Database } from "../keyspace/database.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import { ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";

const BAD_DATABASE_INDEX = new ReplyError("ERR DB index is out of range");
const BEYOND_INT32 = new ReplyError("ERR value is out of range, value must between -2147483648 and 2147483647");
/** Source and target are the same key. */
export const SAME_OBJECT = new ReplyError("ERR source and destination objects are the same");
const BAD_FIRST_INDEX = new ReplyError("ERR invalid first DB index");
const BAD_SECOND_INDEX = new ReplyError("ERR invalid second DB index");
const moveFromEvent = keyEvent("generic", "move_from");
const moveToEvent = keyEvent("generic", "move_to");

/** The commands of this file. */
export function databaseCommands(keyspace: Keyspace): readonly CommandDefinition[] {
  return [
    defineCommand({
      name: "DBSIZE",
      summary: "Return the number of keys in the selected database",
      since: "1.0.0",
      group: "server",
      complexity: "O(1)",
      arity: 1,
      flags: ["readonly", "fast"],
      categories: ["keyspace"],
      tips: ["request_policy:all_shards", "response_policy:agg_sum"],
      run: ({ db, reply }) => reply.integer(db.size),
    }),
    defineCommand({
      name: "FLUSHALL",
      summary: "Remove all keys from all databases",
      since: "1.0.0",
      group: "server",
      complexity: "O(N) where N is the total number of keys in all databases",
      arity: -1,
      flags: ["write"],
      categories: ["keyspace", "dangerous"],
      tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
      arguments: [
        argument.oneOf("async", [
          argument.token("async", "ASYNC", { since: "4.0.0" }),
          argument.token("sync", "SYNC", { since: "6.2.0" }),
        ], { optional: true }),
      ],
      history: [
        ["4.0.0", "Added the `ASYNC` flushing mode modifier."],
        ["6.2.0", "Added the `SYNC` flushing mode modifier."],
      ],
      run: (context) => flush(context, keyspace, keyspace.databases),
    }),
    defineCommand({
      name: "FLUSHDB",
      summary: "Remove all keys from the current database",
      since: "1.0.0",
      group: "server",
      complexity: "O(N) where N is the number of keys in the selected database",
      arity: -1,
      flags: ["write"],
      categories: ["keyspace", "dangerous"],
      tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
      arguments: [
        argument.oneOf("async", [
          argument.token("async", "ASYNC", { since: "4.0.0" }),
          argument.token("sync", "SYNC", { since: "6.2.0" }),
        ], { optional: true }),
      ],
      history: [
        ["4.0.0", "Added the `ASYNC` flushing mode modifier."],
        ["6.2.0", "Added the `SYNC` flushing mode modifier."],
      ],
      run: (context) => flush(context, keyspace, [context.db as Database]),
    }),
    defineCommand({
      name: "MOVE",
      summary: "Move a key to another database",
      since: "1.0.0",
      group: "generic",
      complexity: "O(1)",
      arity: 3,
      flags: ["write", "fast"],
      categories: ["keyspace"],
      keys: [oneKey("RW", "access", "update")],
      arguments: [argument.key("key", 0), argument.integer("db")],
      run: move,
    }),
    defineCommand({
      name: "SWAPDB",
      summary: "Swaps two Redis databases",
      since: "4.0.0",
      group: "server",
      complexity: "O(N) where N is the count of clients watching or blocking on keys from both databases.",
      arity: 3,
      flags: ["write", "fast"],
      categories: ["keyspace", "dangerous"],
      arguments: [argument.integer("index1"), argument.integer("index2")],
      run: (context) => swap(context, keyspace),
    }),
  ];
}

/** The database that an argument names by its index. */
export function databaseOf(context: CommandContext, i: number): Database {
  const index = context.args.integer(i);
  if (index !== (index | 0)) throw BEYOND_INT32;
  const db = context.database(index);
  if (db === null) throw BAD_DATABASE_INDEX;
  return db as Database;
}

function flush(context: CommandContext, keyspace: Keyspace, databases: readonly Database[]): void {
  const { args, config, reply } = context;
  let lazily = config.get(lazyfreeLazyUserFlush);
  if (args.count > 2) throw SYNTAX_ERROR;
  if (args.count === 2) {
    if (args.is(1, "ASYNC")) lazily = true;
    else if (args.is(1, "SYNC")) lazily = false;
    else throw SYNTAX_ERROR;
  }
  context.addDirty(keyspace.flush(databases, lazily));
  context.propagateVerbatim();
  reply.ok();
}

function move(context: CommandContext): void {
  const { args, db, reply } = context;
  const target = databaseOf(context, 2);
  if (target === db) throw SAME_OBJECT;
  const key = args.key(1);
  if (db.lookupForWrite(key) === 0 || target.lookupForWrite(key) !== 0) return reply.integer(0);
  db.rename(key, key, target);
  db.changed(key, moveFromEvent, 0);
  target.changed(key, moveToEvent);
  reply.integer(1);
}

function swap(context: CommandContext, keyspace: Keyspace): void {
  const { args, reply } = context;
  const first = keyspace.databases[args.integer(1, BAD_FIRST_INDEX)];
  const second = keyspace.databases[args.integer(2, BAD_SECOND_INDEX)];
  if (first === undefined || second === undefined) throw BAD_DATABASE_INDEX;
  if (first !== second) keyspace.swap(first, second);
  context.addDirty(1);
  reply.ok();
}
