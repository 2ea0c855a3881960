/**
 * One bit.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  keyEvent,
  oneKey,
  ReplyError,
} from "../../server/api/mod.ts";
import { stringType } from "../strings/string_type.ts";
import { BAD_OFFSET, checkOffset, openBits } from "./bit_string.ts";

/** `SETBIT` and `GETBIT`. */
export const singleBitCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "SETBIT",
    summary: "Sets or clears the bit at offset in the string value stored at key",
    since: "2.2.0",
    group: "bitmap",
    complexity: "O(1)",
    arity: 4,
    flags: ["write", "denyoom"],
    categories: ["bitmap"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.integer("offset"), argument.integer("value")],
    run: setbit,
  }),
  defineCommand({
    name: "GETBIT",
    summary: "Returns the bit value at offset in the string value stored at key",
    since: "2.2.0",
    group: "bitmap",
    complexity: "O(1)",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["bitmap"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.integer("offset")],
    run: getbit,
  }),
];

/** Bits of a string were set. */
export const setbitEvent = keyEvent("string", "setbit");

const BAD_BIT = new ReplyError("ERR bit is not an integer or out of range");

function setbit(context: CommandContext): void {
  const { args, db, reply } = context;
  const offset = checkOffset(context, args.integer(2, BAD_OFFSET));
  const bit = args.integer(3, BAD_BIT);
  if (bit !== 0 && bit !== 1) throw BAD_BIT;
  const key = args.key(1);
  const at = Math.floor(offset / 8);
  const { value, grown } = openBits(context, key, at + 1);
  const shift = 7 - (offset & 7);
  const byte = value.bytes[value.start + at];
  const old = (byte >> shift) & 1;
  if (grown || old !== bit) {
    value.fill(at, 1, (byte & ~(1 << shift)) | (bit << shift));
    db.changed(key, setbitEvent);
  }
  reply.integer(old);
}

function getbit(context: CommandContext): void {
  const { args, db, reply } = context;
  const offset = checkOffset(context, args.integer(2, BAD_OFFSET));
  const value = db.readBytes(args.key(1), stringType)?.spell();
  const at = Math.floor(offset / 8);
  if (value === undefined || at >= value.length) return reply.integer(0);
  reply.integer((value.bytes[value.start + at] >> (7 - (offset & 7))) & 1);
}
