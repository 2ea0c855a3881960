/**
 * Commands on keys, whatever their type: removing, renaming, copying, looking.
 * Source: https://redis.io/docs/latest/commands/?group=generic
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { keyEvent } from "../api/events.ts";
import { keyAt, keyRange, oneKey } from "../api/keys.ts";
import { lazyfreeLazyUserDel } from "../config/options/memory.ts";
import type { Database } from "../keyspace/database.ts";
import { NO_SUCH_KEY, ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";
import { Key } from "../structures/key.ts";
import { databaseOf, SAME_OBJECT } from "./databases.ts";

const BAD_WAIT_TIMEOUT = new ReplyError("ERR timeout is not an integer or out of range");
const NEGATIVE_TIMEOUT = new ReplyError("ERR timeout is negative");
const delEvent = keyEvent("generic", "del");
const renameFromEvent = keyEvent("generic", "rename_from");
const renameToEvent = keyEvent("generic", "rename_to");
const copyToEvent = keyEvent("generic", "copy_to");

/** A random key is drawn so often before an expired one is accepted. */
const RANDOM_TRIES = 100;

/** The commands of this file. */
export const keyCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "COPY",
    summary: "Copy a key",
    since: "6.2.0",
    group: "generic",
    complexity: "O(N) worst case for collections, where N is the number of nested items. O(1) for string values.",
    arity: -3,
    flags: ["write", "denyoom"],
    categories: ["keyspace"],
    keys: [oneKey("RO", "access"), keyAt(2, "OW", "update")],
    arguments: [
      argument.key("source", 0),
      argument.key("destination", 1),
      argument.integer("destination-db", { token: "DB", optional: true }),
      argument.token("replace", "REPLACE", { optional: true }),
    ],
    run: copy,
  }),
  defineCommand({
    name: "DEL",
    summary: "Delete a key",
    since: "1.0.0",
    group: "generic",
    complexity:
      "O(N) where N is the number of keys that will be removed. When a key to remove holds a value other than a string, the individual complexity for this key is O(M) where M is the number of elements in the list, set, sorted set or hash. Removing a single key that holds a string value is O(1).",
    arity: -2,
    flags: ["write"],
    categories: ["keyspace"],
    keys: [keyRange({ first: 1, last: -1 }, "RM", "delete")],
    tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: (context) => remove(context, context.config.get(lazyfreeLazyUserDel)),
  }),
  defineCommand({
    name: "EXISTS",
    summary: "Determine if a key exists",
    since: "1.0.0",
    group: "generic",
    complexity: "O(N) where N is the number of keys to check.",
    arity: -2,
    flags: ["readonly", "fast"],
    categories: ["keyspace"],
    keys: [keyRange({ first: 1, last: -1 }, "RO")],
    tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
    arguments: [argument.key("key", 0, { multiple: true })],
    history: [["3.0.3", "Accepts multiple `key` arguments."]],
    run: exists,
  }),
  defineCommand({
    name: "RANDOMKEY",
    summary: "Return a random key from the keyspace",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 1,
    flags: ["readonly"],
    categories: ["keyspace"],
    tips: ["request_policy:all_shards", "nondeterministic_output"],
    run: randomKey,
  }),
  defineCommand({
    name: "RENAME",
    summary: "Rename a key",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 3,
    flags: ["write"],
    categories: ["keyspace"],
    keys: [oneKey("RW", "access", "delete"), keyAt(2, "OW", "update")],
    arguments: [argument.key("key", 0), argument.key("newkey", 1)],
    run: (context) => rename(context, true),
  }),
  defineCommand({
    name: "RENAMENX",
    summary: "Rename a key, only if the new key does not exist",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 3,
    flags: ["write", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RW", "access", "delete"), keyAt(2, "OW", "insert")],
    arguments: [argument.key("key", 0), argument.key("newkey", 1)],
    history: [["3.2.0", "The command no longer returns an error when source and destination names are the same."]],
    run: (context) => rename(context, false),
  }),
  defineCommand({
    name: "TOUCH",
    summary: "Alters the last access time of a key(s). Returns the number of existing keys specified.",
    since: "3.2.1",
    group: "generic",
    complexity: "O(N) where N is the number of keys that will be touched.",
    arity: -2,
    flags: ["readonly", "fast"],
    categories: ["keyspace"],
    keys: [keyRange({ first: 1, last: -1 }, "RO")],
    tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: touch,
  }),
  defineCommand({
    name: "TYPE",
    summary: "Determine the type stored at key",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0)],
    run: typeOfKey,
  }),
  defineCommand({
    name: "UNLINK",
    summary: "Delete a key asynchronously in another thread. Otherwise it is just as DEL, but non blocking.",
    since: "4.0.0",
    group: "generic",
    complexity:
      "O(1) for each key removed regardless of its size. Then the command does O(N) work in a different thread in order to reclaim memory, where N is the number of allocations the deleted objects where composed of.",
    arity: -2,
    flags: ["write", "fast"],
    categories: ["keyspace"],
    keys: [keyRange({ first: 1, last: -1 }, "RM", "delete")],
    tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: (context) => remove(context, true),
  }),
  defineCommand({
    name: "WAIT",
    summary:
      "Wait for the synchronous replication of all the write commands sent in the context of the current connection",
    since: "3.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 3,
    flags: ["noscript"],
    categories: ["connection"],
    tips: ["request_policy:all_shards", "response_policy:agg_min"],
    arguments: [argument.integer("numreplicas"), argument.integer("timeout")],
    run: wait,
  }),
];

function remove({ args, db, reply }: CommandContext, lazily: boolean): void {
  let removed = 0;
  for (let i = 1; i < args.count; i++) {
    const key = args.key(i);
    if (db.peek(key) === 0) continue;
    db.remove(key, lazily);
    db.changed(key, delEvent);
    removed++;
  }
  reply.integer(removed);
}

function exists({ args, db, reply }: CommandContext): void {
  let count = 0;
  for (let i = 1; i < args.count; i++) if (db.lookupUntouched(args.key(i)) !== 0) count++;
  reply.integer(count);
}

function touch({ args, db, reply }: CommandContext): void {
  let count = 0;
  for (let i = 1; i < args.count; i++) if (db.lookup(args.key(i)) !== 0) count++;
  reply.integer(count);
}

function typeOfKey({ args, db, reply }: CommandContext): void {
  const entry = db.lookupUntouched(args.key(1));
  reply.status(entry === 0 ? "none" : db.typeOf(entry).name);
}

function randomKey({ db, reply }: CommandContext): void {
  for (let tries = 0; tries < RANDOM_TRIES; tries++) {
    const entry = db.random();
    if (entry === 0) break;
    const name = db.keyOf(entry);
    if (db.peek(Key.of(name)) !== 0) return reply.bulk(name);
  }
  reply.null();
}

function rename({ args, db, reply }: CommandContext, overwrites: boolean): void {
  const from = args.key(1);
  const to = args.key(2);
  if (db.lookupForWrite(from) === 0) throw NO_SUCH_KEY;
  const same = sameBytes(from, to);
  if (!overwrites && (same || db.lookupForWrite(to) !== 0)) return reply.integer(0);
  if (!same) {
    db.rename(from, to);
    db.changed(from, renameFromEvent, 0);
    db.changed(to, renameToEvent);
  }
  if (overwrites) reply.ok();
  else reply.integer(1);
}

/** What `COPY` asks for. */
interface CopyRequest {
  readonly target: Database;
  readonly replaces: boolean;
}

function parseCopy(context: CommandContext): CopyRequest {
  const { args } = context;
  let target = context.db;
  let replaces = false;
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, "REPLACE")) replaces = true;
    else if (args.is(i, "DB") && i + 1 < args.count) {
      target = databaseOf(context, ++i);
    } else throw SYNTAX_ERROR;
  }
  return { target: target as Database, replaces };
}

function copy(context: CommandContext): void {
  const { args, db, reply } = context;
  const { target, replaces } = parseCopy(context);
  const from = args.key(1);
  const to = args.key(2);
  if (target === db && sameBytes(from, to)) throw SAME_OBJECT;
  if (db.lookup(from) === 0) return reply.integer(0);
  if (!replaces && target.lookupForWrite(to) !== 0) return reply.integer(0);
  db.copy(from, to, target);
  target.changed(to, copyToEvent);
  reply.integer(1);
}

/** There are no replicas to wait for: the time passes. */
function wait(context: CommandContext): void {
  const { args, reply } = context;
  const replicas = args.integer(1);
  const timeoutMs = args.integer(2, BAD_WAIT_TIMEOUT);
  if (timeoutMs < 0) throw NEGATIVE_TIMEOUT;
  if (replicas <= 0 || !context.mayBlock) return reply.integer(0);
  context.block({
    keys: [],
    timeoutMs,
    onReady: () => false,
    onTimeout: (later) => later.reply.integer(0),
  });
}

function sameBytes(a: Key, b: Key): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a.buffer[a.start + i] !== b.buffer[b.start + i]) return false;
  return true;
}
