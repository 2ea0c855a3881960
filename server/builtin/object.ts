/**
 * `OBJECT`: how a value is kept.
 * Source: https://redis.io/docs/latest/commands/object/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import type { Database, EntryRef } from "../api/database.ts";
import { replyHelp } from "../api/help.ts";
import { keyAt } from "../api/keys.ts";
import { maxmemoryPolicy } from "../config/options/memory.ts";
import { ReplyError } from "../protocol/errors.ts";

const NOT_LFU = new ReplyError(
  "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between " +
    "policies at runtime LRU and LFU data will take some time to adjust.",
);
const IS_LFU = new ReplyError(
  "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between policies at " +
    "runtime LRU and LFU data will take some time to adjust.",
);
/** Redis shares the objects of these integers, and counts their references so. */
const SHARED_INTEGERS = 10000;
const SHARED_REFERENCES = 2147483647;

const HELP = [
  "ENCODING <key>",
  "    Return the kind of internal representation used in order to store the value",
  "    associated with a <key>.",
  "FREQ <key>",
  "    Return the access frequency index of the <key>. The returned integer is",
  "    proportional to the logarithm of the recent access frequency of the key.",
  "IDLETIME <key>",
  "    Return the idle time of the <key>, that is the approximated number of",
  "    seconds elapsed since the last access to the key.",
  "REFCOUNT <key>",
  "    Return the number of references of the value associated with the specified",
  "    <key>.",
];

/** The command of this file. */
export const objectCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "OBJECT",
    summary: "A container for object introspection commands",
    since: "2.2.3",
    group: "generic",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "ENCODING",
        summary: "Inspect the internal encoding of a Redis object",
        since: "2.2.3",
        complexity: "O(1)",
        arity: 3,
        flags: ["readonly"],
        categories: ["keyspace"],
        keys: [keyAt(2, "RO")],
        tips: ["nondeterministic_output"],
        arguments: [argument.key("key", 0)],
        run: encoding,
      },
      {
        name: "FREQ",
        summary: "Get the logarithmic access frequency counter of a Redis object",
        since: "4.0.0",
        complexity: "O(1)",
        arity: 3,
        flags: ["readonly"],
        categories: ["keyspace"],
        keys: [keyAt(2, "RO")],
        tips: ["nondeterministic_output"],
        arguments: [argument.key("key", 0)],
        run: frequency,
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "6.2.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        categories: ["keyspace"],
        run: ({ reply }) => replyHelp(reply, "OBJECT", HELP),
      },
      {
        name: "IDLETIME",
        summary: "Get the time since a Redis object was last accessed",
        since: "2.2.3",
        complexity: "O(1)",
        arity: 3,
        flags: ["readonly"],
        categories: ["keyspace"],
        keys: [keyAt(2, "RO")],
        tips: ["nondeterministic_output"],
        arguments: [argument.key("key", 0)],
        run: idleTime,
      },
      {
        name: "REFCOUNT",
        summary: "Get the number of references to the value of the key",
        since: "2.2.3",
        complexity: "O(1)",
        arity: 3,
        flags: ["readonly"],
        categories: ["keyspace"],
        keys: [keyAt(2, "RO")],
        tips: ["nondeterministic_output"],
        arguments: [argument.key("key", 0)],
        run: references,
      },
    ],
  }),
];

/** The entry of the key; 0 where it is missing and null has been replied. */
function find({ args, db, reply }: CommandContext): EntryRef {
  const entry = db.peek(args.key(2));
  if (entry === 0) reply.null();
  return entry;
}

function encoding(context: CommandContext): void {
  const entry = find(context);
  if (entry !== 0) context.reply.text(context.db.encodingOf(entry));
}

function references(context: CommandContext): void {
  const entry = find(context);
  if (entry !== 0) context.reply.integer(referenceCount(context.db, entry));
}

/** How many references Redis would count to the value of an entry. */
export function referenceCount(db: Database, entry: EntryRef): number {
  const value = db.integerOf(entry);
  return value !== null && value >= 0 && value < SHARED_INTEGERS ? SHARED_REFERENCES : 1;
}

function idleTime(context: CommandContext): void {
  const entry = find(context);
  if (entry === 0) return;
  if (context.config.get(maxmemoryPolicy).endsWith("lfu")) throw IS_LFU;
  context.reply.integer(context.db.idleSeconds(entry));
}

function frequency(context: CommandContext): void {
  const entry = find(context);
  if (entry === 0) return;
  if (!context.config.get(maxmemoryPolicy).endsWith("lfu")) throw NOT_LFU;
  context.reply.integer(context.db.frequency(entry));
}
