/**
 * Counting bits and finding the first, within a range of bytes or bits.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type ByteString,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  oneKey,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { stringType } from "../strings/string_type.ts";
import { bitsOfWord, countBits, skipBytes } from "./words.ts";

/** `BITCOUNT` and `BITPOS`. */
export const searchCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "BITCOUNT",
    summary: "Count set bits in a string",
    since: "2.6.0",
    group: "bitmap",
    complexity: "O(N)",
    arity: -2,
    flags: ["readonly"],
    categories: ["bitmap"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.block("index", [
        argument.integer("start"),
        argument.integer("end"),
        argument.oneOf("index_unit", [argument.token("byte", "BYTE"), argument.token("bit", "BIT")], {
          since: "7.0.0",
          optional: true,
        }),
      ], { optional: true }),
    ],
    history: [["7.0.0", "Added the `BYTE|BIT` option."]],
    run: bitcount,
  }),
  defineCommand({
    name: "BITPOS",
    summary: "Find first bit set or clear in a string",
    since: "2.8.7",
    group: "bitmap",
    complexity: "O(N)",
    arity: -3,
    flags: ["readonly"],
    categories: ["bitmap"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.integer("bit"),
      argument.block("index", [
        argument.integer("start"),
        argument.block("end_index", [
          argument.integer("end"),
          argument.oneOf("index_unit", [argument.token("byte", "BYTE"), argument.token("bit", "BIT")], {
            since: "7.0.0",
            optional: true,
          }),
        ], { optional: true }),
      ], { optional: true }),
    ],
    history: [["7.0.0", "Added the `BYTE|BIT` option."]],
    run: bitpos,
  }),
];

const BAD_BIT = new ReplyError("ERR The bit argument must be 1 or 0.");

/** Which part of a string: from bit `first` to bit `last`; nothing where `first` is the greater. */
interface BitRange {
  readonly first: number;
  readonly last: number;
}

function bitcount({ args, db, reply }: CommandContext): void {
  const value = db.readBytes(args.key(1), stringType)?.spell();
  if (value === undefined) return reply.integer(0);
  if (args.count === 2) return reply.integer(countBits(value.bytes, value.start, value.start + value.length));
  if (args.count !== 4 && args.count !== 5) throw SYNTAX_ERROR;
  const start = args.integer(2);
  const end = args.integer(3);
  if (start < 0 && end < 0 && start > end) return reply.integer(0);
  const unit = args.count === 5 ? unitAt(args, 4) : 8;
  reply.integer(countRange(value, rangeOf(start, end, unit, value.length)));
}

/** Whole bytes at once; of the first and the last only their part. */
function countRange({ bytes, start }: ByteString, { first, last }: BitRange): number {
  if (first > last) return 0;
  const firstByte = start + Math.floor(first / 8);
  const lastByte = start + Math.floor(last / 8);
  const before = bytes[firstByte] & ~(0xff >> (first % 8));
  const behind = bytes[lastByte] & ((1 << (7 - last % 8)) - 1);
  return countBits(bytes, firstByte, lastByte + 1) - bitsOfWord(before) - bitsOfWord(behind);
}

function bitpos({ args, db, reply }: CommandContext): void {
  const bit = args.integer(2);
  if (bit !== 0 && bit !== 1) throw BAD_BIT;
  const value = db.readBytes(args.key(1), stringType)?.spell();
  if (value === undefined) return reply.integer(bit === 1 ? -1 : 0);
  if (args.count > 6) throw SYNTAX_ERROR;
  const start = args.count > 3 ? args.integer(3) : 0;
  const unit = args.count === 6 ? unitAt(args, 5) : 8;
  const endIsGiven = args.count > 4;
  const range = rangeOf(start, endIsGiven ? args.integer(4) : -1, unit, value.length);
  const found = findBit(value, range, bit);
  // What lies behind a string without a stated end counts as zeros.
  if (found < 0 && bit === 0 && !endIsGiven && range.first <= range.last) return reply.integer(value.length * 8);
  reply.integer(found);
}

/** The first bit of a range that has the value; -1 where none has. */
function findBit({ bytes, start }: ByteString, { first, last }: BitRange, bit: number): number {
  if (first > last) return -1;
  const other = bit === 1 ? 0 : 0xff;
  const firstByte = start + Math.floor(first / 8);
  const end = start + Math.floor(last / 8) + 1;
  let at = firstByte;
  let candidates = (bytes[at] ^ other) & (0xff >> (first % 8));
  if (candidates === 0) {
    at = skipBytes(bytes, firstByte + 1, end, other);
    if (at >= end) return -1;
    candidates = bytes[at] ^ other;
  }
  const found = (at - start) * 8 + Math.clz32(candidates) - 24;
  return found > last ? -1 : found;
}

/** Bits of the unit that an argument names. */
function unitAt(args: Arguments, i: number): number {
  if (args.is(i, "BIT")) return 1;
  if (args.is(i, "BYTE")) return 8;
  throw SYNTAX_ERROR;
}

/** From indexes in units of so many bits, those below zero counted from the end, to bits that the string has. */
function rangeOf(start: number, end: number, unit: number, bytes: number): BitRange {
  const units = bytes * 8 / unit;
  const first = Math.max(0, start < 0 ? units + start : start);
  const last = Math.min(Math.max(0, end < 0 ? units + end : end), units - 1);
  return { first: first * unit, last: last * unit + unit - 1 };
}
