/**
 * The commands of transactions.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  keyRange,
  ReplyError,
} from "../../server/api/mod.ts";
import { queues } from "./queue.ts";
import { watchedKeys } from "./watched_keys.ts";

const NESTED_MULTI = new ReplyError("ERR MULTI calls can not be nested");
const WATCH_INSIDE = new ReplyError("ERR WATCH inside MULTI is not allowed");
const EXEC_WITHOUT_MULTI = new ReplyError("ERR EXEC without MULTI");
const DISCARD_WITHOUT_MULTI = new ReplyError("ERR DISCARD without MULTI");
const SPOILED = new ReplyError("EXECABORT Transaction discarded because of previous errors.");

/** The commands of this file. */
export const transactionCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "DISCARD",
    summary: "Discard all commands issued after MULTI",
    since: "2.0.0",
    group: "transactions",
    complexity: "O(N), when N is the number of queued commands",
    arity: 1,
    flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
    categories: ["transaction"],
    run: discard,
  }),
  defineCommand({
    name: "EXEC",
    summary: "Execute all commands issued after MULTI",
    since: "1.2.0",
    group: "transactions",
    complexity: "Depends on commands in the transaction",
    arity: 1,
    flags: ["noscript", "loading", "stale", "skip_slowlog"],
    categories: ["transaction"],
    runsQueue: true,
    run: exec,
  }),
  defineCommand({
    name: "MULTI",
    summary: "Mark the start of a transaction block",
    since: "1.2.0",
    group: "transactions",
    complexity: "O(1)",
    arity: 1,
    flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
    categories: ["transaction"],
    run: multi,
  }),
  defineCommand({
    name: "UNWATCH",
    summary: "Forget about all watched keys",
    since: "2.2.0",
    group: "transactions",
    complexity: "O(1)",
    arity: 1,
    flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
    categories: ["transaction"],
    run: unwatch,
  }),
  defineCommand({
    name: "WATCH",
    summary: "Watch the given keys to determine execution of the MULTI/EXEC block",
    since: "2.2.0",
    group: "transactions",
    complexity: "O(1) for every key.",
    arity: -2,
    flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
    categories: ["transaction"],
    keys: [keyRange({ first: 1, last: -1 }, "RO")],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: watch,
  }),
];

function multi(context: CommandContext): void {
  if (!context.state(queues).begin(context.client)) throw NESTED_MULTI;
  context.reply.ok();
}

/**
 * The watched keys are let go before anything runs, so that what the transaction itself changes is not looked at. An error
 * in one of the commands is its reply, and the others run all the same.
 */
function exec(context: CommandContext): void {
  const { client, reply } = context;
  const queue = context.state(queues).of(client);
  if (queue === undefined) throw EXEC_WITHOUT_MULTI;
  const watched = context.state(watchedKeys);
  const changed = watched.haveChanged(client);
  watched.forget(client);
  context.propagateNothing();
  try {
    if (queue.spoiled) throw SPOILED;
    if (changed) return reply.nullArray();
    reply.array(queue.lines.length);
    for (const line of queue.lines) context.run(line);
  } finally {
    context.state(queues).end(client);
  }
}

function discard(context: CommandContext): void {
  if (!context.state(queues).end(context.client)) throw DISCARD_WITHOUT_MULTI;
  context.state(watchedKeys).forget(context.client);
  context.reply.ok();
}

function watch(context: CommandContext): void {
  const { args, client, db, reply } = context;
  if (client.queuedCount >= 0) throw WATCH_INSIDE;
  const watched = context.state(watchedKeys);
  for (let i = 1; i < args.count; i++) watched.add(client, db, args.bytes(i));
  reply.ok();
}

function unwatch(context: CommandContext): void {
  context.state(watchedKeys).forget(context.client);
  context.reply.ok();
}
