/**
 * Numbers in fields: whole ones of 64 bits, and decimal ones.
 *
 * `HINCRBYFLOAT` sends on the text of its result, so that no replica has to compute it again.
 *
 * @module
 */
import {
  addInt64,
  addLongDoubles,
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type ElementView,
  encodeText,
  formatLongDouble,
  type Int64,
  isFiniteLongDouble,
  keyEvent,
  type LongDouble,
  longDoubleOf,
  NOT_A_FLOAT,
  oneKey,
  parseExactInteger,
  parseLongDouble,
  ReplyError,
} from "../../server/api/mod.ts";
import { hashType } from "./hash_type.ts";
import type { HashValue } from "./hash_value.ts";

/** `HINCRBY` and `HINCRBYFLOAT`. */
export const counterCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "HINCRBY",
    summary: "Increment the integer value of a hash field by the given number",
    since: "2.0.0",
    group: "hash",
    complexity: "O(1)",
    arity: 4,
    flags: ["write", "denyoom", "fast"],
    categories: ["hash"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.string("field"), argument.integer("increment")],
    run: hincrby,
  }),
  defineCommand({
    name: "HINCRBYFLOAT",
    summary: "Increment the float value of a hash field by the given amount",
    since: "2.6.0",
    group: "hash",
    complexity: "O(1)",
    arity: 4,
    flags: ["write", "denyoom", "fast"],
    categories: ["hash"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.string("field"), argument.double("increment")],
    run: hincrbyfloat,
  }),
];

const hincrbyEvent = keyEvent("hash", "hincrby");
const hincrbyfloatEvent = keyEvent("hash", "hincrbyfloat");

const VALUE_NOT_AN_INTEGER = new ReplyError("ERR hash value is not an integer");
const VALUE_NOT_A_FLOAT = new ReplyError("ERR hash value is not a float");
const SUM_OVERFLOWS = new ReplyError("ERR increment or decrement would overflow");
const INCREMENT_NOT_FINITE = new ReplyError("ERR value is NaN or Infinity");
const SUM_NOT_FINITE = new ReplyError("ERR increment would produce NaN or Infinity");

function hincrby(context: CommandContext): void {
  const { args, db, reply } = context;
  const increment = args.exactInteger(3);
  const hash = db.write(args.key(1), hashType);
  const value = valueOf(context, hash);
  const sum = addInt64(value === null ? 0 : integerOf(value), increment);
  if (sum === null) throw SUM_OVERFLOWS;
  store(context, hash, encodeText(String(sum)));
  reply.integer(sum);
  db.changed(args.key(1), hincrbyEvent);
}

function integerOf({ bytes, exactInteger, isInteger, length, start }: ElementView): Int64 {
  if (isInteger) return exactInteger;
  const integer = parseExactInteger(bytes, start, length);
  if (integer !== integer) throw VALUE_NOT_AN_INTEGER;
  return integer;
}

function hincrbyfloat(context: CommandContext): void {
  const { args, db, reply } = context;
  const increment = parseLongDouble(args.buffer, args.start(3), args.size(3));
  if (increment === null) throw NOT_A_FLOAT;
  if (!isFiniteLongDouble(increment)) throw INCREMENT_NOT_FINITE;
  const hash = db.write(args.key(1), hashType);
  const value = valueOf(context, hash);
  const sum = addLongDoubles(value === null ? longDoubleOf(0) : longDoubleIn(value), increment);
  if (!isFiniteLongDouble(sum)) throw SUM_NOT_FINITE;
  const text = formatLongDouble(sum);
  const bytes = encodeText(text);
  store(context, hash, bytes);
  reply.text(text);
  db.changed(args.key(1), hincrbyfloatEvent);
  if (context.propagates) context.propagate("HSET", args.view(1), args.view(2), bytes);
}

function longDoubleIn({ bytes, exactInteger, isInteger, length, start }: ElementView): LongDouble {
  const value = isInteger ? longDoubleOf(exactInteger) : parseLongDouble(bytes, start, length);
  if (value === null) throw VALUE_NOT_A_FLOAT;
  return value;
}

function valueOf({ args }: CommandContext, hash: HashValue | null): ElementView | null {
  return hash === null ? null : hash.find(args.buffer, args.start(2), args.size(2));
}

/** Sets the field to the result; a hash that was not there is made, and is gone again where memory ends. */
function store({ args, db }: CommandContext, known: HashValue | null, value: Uint8Array): void {
  const key = args.key(1);
  const hash = known ?? db.upsert(key, hashType);
  try {
    hash.set(args.buffer, args.start(2), args.size(2), value, 0, value.length);
  } catch (error) {
    if (hash.count === 0) db.remove(key);
    throw error;
  }
}
