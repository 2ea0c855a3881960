/**
 * Integers of 1 to 64 bits within strings, read, written and counted.
 *
 * All operations of a line are read before the first is done. Fields of up to 32 bits are numbers; wider ones need bigints.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type Int64,
  type KeyFinder,
  type KeyFlag,
  oneKey,
  parseExactInteger,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { stringType } from "../strings/string_type.ts";
import { BAD_OFFSET, checkOffset, openBits } from "./bit_string.ts";
import { type Field, fittedOperand, fittedTo, type Overflow, readField, sumOf, writeField } from "./field.ts";
import { setbitEvent } from "./single_bits.ts";

const READ: readonly KeyFlag[] = ["RO", "access"];
const READ_AND_STORED: readonly KeyFlag[] = ["RW", "access", "update"];

/** BITFIELD only reads its key as long as all of its operations are `GET` and `OVERFLOW`. */
const bitfieldKeys: KeyFinder = (args, found) => {
  let i = 2;
  while (i < args.count) {
    const left = args.count - i - 1;
    if (left >= 2 && args.is(i, "GET")) i += 3;
    else if (left >= 1 && args.is(i, "OVERFLOW")) i += 2;
    else return found(1, READ_AND_STORED);
  }
  found(1, READ);
};

/** `BITFIELD` and `BITFIELD_RO`. */
export const fieldCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "BITFIELD",
    summary: "Perform arbitrary bitfield integer operations on strings",
    since: "3.2.0",
    group: "bitmap",
    complexity: "O(1) for each subcommand specified",
    arity: -2,
    flags: ["write", "denyoom"],
    categories: ["bitmap"],
    keys: [{
      ...oneKey("RW", "access", "update", "variable_flags"),
      notes: "This command allows both access and modification of the key",
    }],
    findKeys: bitfieldKeys,
    arguments: [
      argument.key("key", 0),
      argument.oneOf("operation", [
        argument.block("encoding_offset", [argument.string("encoding"), argument.integer("offset")], { token: "GET" }),
        argument.block("write", [
          argument.oneOf("wrap_sat_fail", [
            argument.token("wrap", "WRAP"),
            argument.token("sat", "SAT"),
            argument.token("fail", "FAIL"),
          ], { token: "OVERFLOW", optional: true }),
          argument.oneOf("write_operation", [
            argument.block("encoding_offset_value", [
              argument.string("encoding"),
              argument.integer("offset"),
              argument.integer("value"),
            ], { token: "SET" }),
            argument.block("encoding_offset_increment", [
              argument.string("encoding"),
              argument.integer("offset"),
              argument.integer("increment"),
            ], { token: "INCRBY" }),
          ]),
        ]),
      ], { optional: true, multiple: true }),
    ],
    run: bitfield,
  }),
  defineCommand({
    name: "BITFIELD_RO",
    summary: "Perform arbitrary bitfield integer operations on strings. Read-only variant of BITFIELD",
    since: "6.0.0",
    group: "bitmap",
    complexity: "O(1) for each subcommand specified",
    arity: -2,
    flags: ["readonly", "fast"],
    categories: ["bitmap"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.block("encoding_offset", [argument.string("encoding"), argument.integer("offset")], {
        token: "GET",
        optional: true,
        multiple: true,
        multipleToken: true,
      }),
    ],
    run: bitfieldRo,
  }),
];

const BAD_OVERFLOW = new ReplyError("ERR Invalid OVERFLOW type specified");
const BAD_TYPE = new ReplyError(
  "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.",
);
const ONLY_GET = new ReplyError("ERR BITFIELD_RO only supports the GET subcommand");

const GET = 0;
const SET = 1;
const INCREMENT = 2;

interface Operation extends Field {
  readonly action: typeof GET | typeof SET | typeof INCREMENT;
  /** The value to set or to add. */
  readonly operand: Int64;
  readonly overflow: Overflow;
}

function bitfield(context: CommandContext): void {
  const operations = parseOperations(context);
  if (operations.every(({ action }) => action === GET)) readFields(context, operations);
  else changeFields(context, operations);
}

function bitfieldRo(context: CommandContext): void {
  const operations = parseOperations(context);
  if (operations.some(({ action }) => action !== GET)) throw ONLY_GET;
  readFields(context, operations);
}

function parseOperations(context: CommandContext): Operation[] {
  const { args } = context;
  const operations: Operation[] = [];
  let overflow: Overflow = "WRAP";
  for (let i = 2; i < args.count;) {
    const left = args.count - i - 1;
    if (args.is(i, "OVERFLOW") && left >= 1) {
      overflow = overflowAt(args, i + 1);
      i += 2;
      continue;
    }
    const action = args.is(i, "GET") && left >= 2
      ? GET
      : args.is(i, "SET") && left >= 3
      ? SET
      : args.is(i, "INCRBY") && left >= 3
      ? INCREMENT
      : null;
    if (action === null) throw SYNTAX_ERROR;
    const { signed, bits } = fieldTypeAt(args, i + 1);
    const offset = offsetAt(context, i + 2, bits);
    const operand = action === GET ? 0 : args.exactInteger(i + 3);
    operations.push({ action, signed, bits, offset, operand, overflow });
    i += action === GET ? 3 : 4;
  }
  return operations;
}

function overflowAt(args: Arguments, i: number): Overflow {
  if (args.is(i, "WRAP")) return "WRAP";
  if (args.is(i, "SAT")) return "SAT";
  if (args.is(i, "FAIL")) return "FAIL";
  throw BAD_OVERFLOW;
}

/** `i8`, `u63`. */
function fieldTypeAt(args: Arguments, i: number): Pick<Field, "signed" | "bits"> {
  const first = args.buffer[args.start(i)];
  const signed = first === LOWER_I;
  const bits = Number(args.size(i) < 2 ? NaN : parseExactInteger(args.buffer, args.start(i) + 1, args.size(i) - 1));
  if ((!signed && first !== LOWER_U) || !(bits >= 1 && bits <= (signed ? 64 : 63))) throw BAD_TYPE;
  return { signed, bits };
}

const LOWER_I = 0x69;
const LOWER_U = 0x75;
const HASH = 0x23;

/** A bit, or with `#` a field counted from the start, in 64 bits. */
function offsetAt(context: CommandContext, i: number, bits: number): number {
  const { args } = context;
  const counted = args.size(i) > 0 && args.buffer[args.start(i)] === HASH ? 1 : 0;
  const offset = parseExactInteger(args.buffer, args.start(i) + counted, args.size(i) - counted);
  if (offset !== offset) throw BAD_OFFSET;
  return checkOffset(context, Number(counted === 0 ? offset : BigInt.asIntN(64, BigInt(offset) * BigInt(bits))));
}

function readFields({ args, db, reply }: CommandContext, operations: readonly Operation[]): void {
  const { bytes, start, length } = db.readBytes(args.key(1), stringType)?.spell() ?? NOTHING;
  reply.array(operations.length);
  for (const operation of operations) reply.integer(readField(bytes, start, length, operation));
}

function changeFields(context: CommandContext, operations: readonly Operation[]): void {
  const { args, db, reply } = context;
  const key = args.key(1);
  let bytesNeeded = 0;
  for (const { action, offset, bits } of operations) {
    if (action !== GET) bytesNeeded = Math.max(bytesNeeded, Math.floor((offset + bits - 1) / 8) + 1);
  }
  const { value, grown } = openBits(context, key, bytesNeeded);
  reply.array(operations.length);
  let changes = 0;
  for (const operation of operations) {
    const old = readField(value.bytes, value.start, value.length, operation);
    if (operation.action === GET) {
      reply.integer(old);
      continue;
    }
    const isSet = operation.action === SET;
    const result = isSet
      ? fittedOperand(operation, operation.operand, operation.overflow)
      : fittedTo(operation, sumOf(old, operation.operand), operation.overflow);
    if (result === null) reply.null();
    else {
      reply.integer(isSet ? old : result);
      if (result !== old) writeField(value, operation, result);
      if (grown || result !== old) changes++;
    }
  }
  if (changes > 0) db.changed(key, setbitEvent, changes);
}

const NOTHING = { bytes: new Uint8Array(0), start: 0, length: 0 };
