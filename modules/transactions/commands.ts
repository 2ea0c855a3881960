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
import { type Queue, queues } from "./queue.ts";
import { watchedKeys, watchers } from "./watched_keys.ts";

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
  if (!context.client.state(queues).begin(context)) throw NESTED_MULTI;
  context.reply.ok();
}

/**
 * The watched keys are let go before anything runs, so that what the transaction itself changes is not looked at. An error
 * in one of the commands is its reply, and the others run all the same.
 */
function exec(context: CommandContext): void {
  const { client, reply } = context;
  const queue = client.state(queues);
  if (!queue.isOpen) throw EXEC_WITHOUT_MULTI;
  const { watcher } = queue;
  const changed = watcher.hasChanged;
  watcher.forget();
  context.propagateNothing();
  if (!queue.isSpoiled && !changed) {
    if (!client.silent) reply.array(queue.lines.length);
    return runLines(context, queue, 0);
  }
  const { isSpoiled } = queue;
  queue.end();
  if (isSpoiled) throw SPOILED;
  reply.nullArray();
}

/** Runs what is queued, from a line on; where one takes several turns, the others follow when it has ended. */
function runLines(context: CommandContext, queue: Queue, from: number): void {
  const { lines } = queue;
  for (let i = from; i < lines.length; i++) {
    if (context.run(lines[i])) continue;
    queue.isRunning = true;
    return context.continueLater((context) => runLines(context, queue, i + 1));
  }
  queue.isRunning = false;
  queue.end();
}

function discard(context: CommandContext): void {
  const queue = context.client.state(queues);
  if (!queue.end()) throw DISCARD_WITHOUT_MULTI;
  queue.watcher.forget();
  context.reply.ok();
}

function watch(context: CommandContext): void {
  const { args, client, db, reply } = context;
  if (client.queuedCount >= 0) throw WATCH_INSIDE;
  const watcher = client.state(watchers);
  const watched = context.state(watchedKeys);
  for (let i = 1; i < args.count; i++) watched.add(watcher, db, args.passingKey(i));
  reply.ok();
}

function unwatch(context: CommandContext): void {
  context.client.knownState(watchers)?.forget();
  context.reply.ok();
}
