/**
 * Asking when a key expires. Being asked does not count as an access of the key.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type Int64,
  oneKey,
} from "../../server/api/mod.ts";

/** `TTL`, `EXPIRETIME`, and both in milliseconds. */
export const remainingTimeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "TTL",
    summary: "Get the time to live for a key in seconds",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [argument.key("key", 0)],
    history: [["2.8.0", "Added the -2 reply."]],
    run: ttl,
  }),
  defineCommand({
    name: "PTTL",
    summary: "Get the time to live for a key in milliseconds",
    since: "2.6.0",
    group: "generic",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [argument.key("key", 0)],
    history: [["2.8.0", "Added the -2 reply."]],
    run: pttl,
  }),
  defineCommand({
    name: "EXPIRETIME",
    summary: "Get the expiration Unix timestamp for a key",
    since: "7.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0)],
    run: expiretime,
  }),
  defineCommand({
    name: "PEXPIRETIME",
    summary: "Get the expiration Unix timestamp for a key in milliseconds",
    since: "7.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0)],
    run: pexpiretime,
  }),
];

/** The key does not exist. */
const NO_KEY = -2;

function ttl(context: CommandContext): void {
  context.reply.integer(inSeconds(remainingMs(context)));
}

function pttl(context: CommandContext): void {
  context.reply.integer(remainingMs(context));
}

function expiretime(context: CommandContext): void {
  context.reply.integer(inSeconds(deadlineMs(context)));
}

function pexpiretime(context: CommandContext): void {
  context.reply.integer(deadlineMs(context));
}

function deadlineMs({ args, db }: CommandContext): Int64 {
  const entry = db.lookupUntouched(args.key(1));
  return entry === 0 ? NO_KEY : db.exactDeadlineOf(entry);
}

function remainingMs(context: CommandContext): Int64 {
  const deadline = deadlineMs(context);
  if (deadline < 0) return deadline;
  if (typeof deadline === "bigint") return deadline - BigInt(context.nowMs);
  return Math.max(0, deadline - context.nowMs);
}

/** Rounded to the nearest second; what is no time stays as it is. */
function inSeconds(milliseconds: Int64): Int64 {
  if (typeof milliseconds === "bigint") return (milliseconds + 500n) / 1000n;
  return milliseconds < 0 ? milliseconds : Math.floor((milliseconds + 500) / 1000);
}
