/**
 * Numbers in strings: whole ones of 64 bits, which are changed where they lie, and decimal ones.
 *
 * `INCRBYFLOAT` stores and sends on the text of its result, so that no replica has to compute it again.
 *
 * @module
 */
import {
  addInt64,
  addLongDoubles,
  argument,
  type ByteString,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  formatLongDouble,
  type Int64,
  isFiniteLongDouble,
  KEEP_DEADLINE,
  keyEvent,
  type LongDouble,
  longDoubleOf,
  NOT_A_FLOAT,
  NOT_AN_INTEGER,
  oneKey,
  parseExactInteger,
  parseLongDouble,
  ReplyError,
} from "../../server/api/mod.ts";
import { stringType } from "./string_type.ts";

/** `INCR` and its family. */
export const counterCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "INCR",
    summary: "Increment the integer value of a key by one",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    arity: 2,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0)],
    run: incr,
  }),
  defineCommand({
    name: "DECR",
    summary: "Decrement the integer value of a key by one",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    arity: 2,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0)],
    run: decr,
  }),
  defineCommand({
    name: "INCRBY",
    summary: "Increment the integer value of a key by the given amount",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    arity: 3,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.integer("increment")],
    run: incrby,
  }),
  defineCommand({
    name: "DECRBY",
    summary: "Decrement the integer value of a key by the given number",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    arity: 3,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.integer("decrement")],
    run: decrby,
  }),
  defineCommand({
    name: "INCRBYFLOAT",
    summary: "Increment the float value of a key by the given amount",
    since: "2.6.0",
    group: "string",
    complexity: "O(1)",
    arity: 3,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.double("increment")],
    run: incrbyfloat,
  }),
];

const incrbyEvent = keyEvent("string", "incrby");
const incrbyfloatEvent = keyEvent("string", "incrbyfloat");

const SUM_OVERFLOWS = new ReplyError("ERR increment or decrement would overflow");
const DECREMENT_OVERFLOWS = new ReplyError("ERR decrement would overflow");
const SUM_NOT_FINITE = new ReplyError("ERR increment would produce NaN or Infinity");
const INT64_MIN = -(2n ** 63n);
const encoder = new TextEncoder();

function incr(context: CommandContext): void {
  add(context, 1);
}

function decr(context: CommandContext): void {
  add(context, -1);
}

function incrby(context: CommandContext): void {
  add(context, context.args.exactInteger(2));
}

function decrby(context: CommandContext): void {
  const decrement = context.args.exactInteger(2);
  if (decrement === INT64_MIN) throw DECREMENT_OVERFLOWS;
  add(context, -decrement);
}

function add({ args, db, reply }: CommandContext, increment: Int64): void {
  const key = args.key(1);
  const value = db.writeBytes(key, stringType);
  const sum = addInt64(value === null ? 0 : integerOf(value), increment);
  if (sum === null) throw SUM_OVERFLOWS;
  if (value !== null && value.isInteger) value.writeInteger(sum);
  else db.setInteger(key, stringType, sum, KEEP_DEADLINE);
  db.changed(key, incrbyEvent);
  reply.integer(sum);
}

function integerOf(value: ByteString): Int64 {
  if (value.isInteger) return value.exactInteger;
  const integer = parseExactInteger(value.bytes, value.start, value.length);
  if (integer !== integer) throw NOT_AN_INTEGER;
  return integer;
}

function incrbyfloat(context: CommandContext): void {
  const { args, db, reply } = context;
  const key = args.key(1);
  const value = db.writeBytes(key, stringType);
  const old = value === null ? longDoubleOf(0) : longDoubleIn(value);
  const increment = parseLongDouble(args.buffer, args.start(2), args.size(2));
  if (old === null || increment === null) throw NOT_A_FLOAT;
  const sum = addLongDoubles(old, increment);
  if (!isFiniteLongDouble(sum)) throw SUM_NOT_FINITE;
  const text = formatLongDouble(sum);
  const bytes = encoder.encode(text);
  db.setBytes(key, stringType, bytes, 0, bytes.length, KEEP_DEADLINE);
  db.changed(key, incrbyfloatEvent);
  context.propagate("SET", args.view(1), bytes, "KEEPTTL");
  reply.text(text);
}

function longDoubleIn(value: ByteString): LongDouble | null {
  return value.isInteger ? longDoubleOf(value.exactInteger) : parseLongDouble(value.bytes, value.start, value.length);
}
