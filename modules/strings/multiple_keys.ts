/**
 * Commands over any number of keys. They walk over their arguments and keep nothing of them, however many there are.
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
import { replyValue, setEvent, storeArgument, stringType } from "./string_type.ts";

/** `MGET`, `MSET` and `MSETNX`. */
export const multipleKeyCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "MGET",
    summary: "Get the values of all the given keys",
    since: "1.0.0",
    group: "string",
    complexity: "O(N) where N is the number of keys to retrieve.",
    arity: -2,
    flags: ["readonly", "fast"],
    categories: ["string"],
    keys: [keyRange({ first: 1, last: -1 }, "RO", "access")],
    tips: ["request_policy:multi_shard"],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: mget,
  }),
  defineCommand({
    name: "MSET",
    summary: "Set multiple keys to multiple values",
    since: "1.0.1",
    group: "string",
    complexity: "O(N) where N is the number of keys to set.",
    arity: -3,
    flags: ["write", "denyoom"],
    categories: ["string"],
    keys: [keyRange({ first: 1, last: -1, step: 2 }, "OW", "update")],
    tips: ["request_policy:multi_shard", "response_policy:all_succeeded"],
    arguments: [argument.block("key_value", [argument.key("key", 0), argument.string("value")], { multiple: true })],
    run: mset,
  }),
  defineCommand({
    name: "MSETNX",
    summary: "Set multiple keys to multiple values, only if none of the keys exist",
    since: "1.0.1",
    group: "string",
    complexity: "O(N) where N is the number of keys to set.",
    arity: -3,
    flags: ["write", "denyoom"],
    categories: ["string"],
    keys: [keyRange({ first: 1, last: -1, step: 2 }, "OW", "insert")],
    tips: ["request_policy:multi_shard", "response_policy:agg_min"],
    arguments: [argument.block("key_value", [argument.key("key", 0), argument.string("value")], { multiple: true })],
    run: msetnx,
  }),
];

const MSET_WITHOUT_VALUE = new ReplyError("ERR wrong number of arguments for 'mset' command");
const MSETNX_WITHOUT_VALUE = new ReplyError("ERR wrong number of arguments for 'msetnx' command");

function mget({ args, db, reply }: CommandContext): void {
  reply.array(args.count - 1);
  for (let i = 1; i < args.count; i++) {
    const entry = db.lookup(args.passingKey(i));
    replyValue(reply, entry === 0 ? null : db.bytesOf(entry, stringType));
  }
}

function mset(context: CommandContext): void {
  if (context.args.count % 2 === 0) throw MSET_WITHOUT_VALUE;
  storePairs(context);
  context.reply.ok();
}

function msetnx(context: CommandContext): void {
  const { args, db, reply } = context;
  if (args.count % 2 === 0) throw MSETNX_WITHOUT_VALUE;
  for (let i = 1; i < args.count; i += 2) {
    if (db.lookupForWrite(args.passingKey(i)) !== 0) return reply.integer(0);
  }
  storePairs(context);
  reply.integer(1);
}

function storePairs({ args, db }: CommandContext): void {
  for (let i = 1; i < args.count; i += 2) {
    const key = args.passingKey(i);
    storeArgument(db, key, args, i + 1);
    db.changed(key, setEvent);
  }
}
