/**
 * Strings combined bit by bit.
 *
 * Shorter strings count as if zeros followed them. The result is a new string, as the destination may be one of them.
 *
 * @module
 */
import {
  allocateNative,
  argument,
  type Arguments,
  BLOCK_BYTES,
  type CommandContext,
  type CommandDefinition,
  copyBytes,
  defineCommand,
  delEvent,
  keyAt,
  keyRange,
  lazyfreeLazyServerDel,
  nativeCombines,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { setEvent, stringType } from "../strings/string_type.ts";

/** `BITOP`. */
export const operationCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "BITOP",
    summary: "Perform bitwise operations between strings",
    since: "2.6.0",
    group: "bitmap",
    complexity: "O(N)",
    arity: -4,
    flags: ["write", "denyoom"],
    categories: ["bitmap"],
    keys: [keyAt(2, "OW", "update"), keyRange({ first: 3, last: -1 }, "RO", "access")],
    arguments: [argument.string("operation"), argument.key("destkey", 0), argument.key("key", 1, { multiple: true })],
    run: bitop,
  }),
];

const NOT_TAKES_ONE = new ReplyError("ERR BITOP NOT must be called with a single source key.");
type Operation = "and" | "or" | "xor" | "not";

function bitop(context: CommandContext): void {
  const { args, config, db, reply } = context;
  const operation = operationAt(args, 1);
  if (operation === "not" && args.count > 4) throw NOT_TAKES_ONE;
  let length = 0;
  for (let i = 3; i < args.count; i++) {
    length = Math.max(length, db.readBytes(args.key(i), stringType)?.spell().length ?? 0);
  }
  const key = args.key(2);
  if (length > 0) {
    const operands = operandsOf(context);
    db.buildBytes(key, stringType, length, (bytes, start) => combine(operation, operands, bytes, start, length));
    // As a C server says: a string that is changed in place, though it is not.
    if (length <= stringType.shortBytesMax) db.resizeBytes(key, stringType, length);
    db.changed(key, setEvent);
  } else if (db.remove(key, config.get(lazyfreeLazyServerDel))) db.changed(key, delEvent);
  reply.integer(length);
}

function operationAt(args: Arguments, i: number): Operation {
  if (args.is(i, "AND")) return "and";
  if (args.is(i, "OR")) return "or";
  if (args.is(i, "XOR")) return "xor";
  if (args.is(i, "NOT")) return "not";
  throw SYNTAX_ERROR;
}

/** Where the bytes of a string are. */
interface Operand {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
}

/** The strings of the keys, which have been looked up before. */
function operandsOf({ args, db }: CommandContext): Operand[] {
  const operands: Operand[] = [];
  for (let i = 3; i < args.count; i++) {
    const entry = db.peek(args.key(i));
    const { bytes, start, length } = (entry === 0 ? null : db.bytesOf(entry, stringType)?.spell()) ?? NOTHING;
    operands.push({ bytes, start, length });
  }
  return operands;
}

/** Writes the result, of so many bytes, to a place that is none of the operands'. */
function combine(
  operation: Operation,
  operands: readonly Operand[],
  target: Uint8Array,
  start: number,
  size: number,
): void {
  for (let at = 0; at < size; at += PART_BYTES) {
    combinePart(operation, operands, at, { bytes: target, start: start + at, length: Math.min(PART_BYTES, size - at) });
  }
}

/** The same of the bytes from index `at` on. */
function combinePart(operation: Operation, operands: readonly Operand[], at: number, target: Operand): void {
  const [first, ...others] = operands.map((operand) => partOf(operand, at, target.length));
  if (operation === "not") return change(operation, target, first, first, first.length);
  if (others.length === 0) copyRest(first, 0, target);
  let known = first;
  for (const other of others) {
    const both = Math.min(known.length, other.length);
    change(operation, target, known, other, both);
    if (operation === "and") target.bytes.fill(0, target.start + both, target.start + target.length);
    else copyRest(known.length > both ? known : other, both, target);
    known = target;
  }
}

function partOf({ bytes, start, length }: Operand, at: number, size: number): Operand {
  return { bytes, start: start + at, length: Math.min(Math.max(length - at, 0), size) };
}

/** Copies what a string has from an index on, and zeros behind it. */
function copyRest({ bytes, start, length }: Operand, from: number, target: Operand): void {
  if (bytes !== target.bytes || start !== target.start) {
    copyBytes(bytes, start + from, target.bytes, target.start + from, length - from);
  }
  if (length < target.length) target.bytes.fill(0, target.start + length, target.start + target.length);
}

/** Sets the first `size` bytes by those of two strings, which may be the target itself; with `not`, by the first alone. */
function change(operation: Operation, target: Operand, first: Operand, second: Operand, size: number): void {
  const blocksEnd = size - size % BLOCK_BYTES;
  if (blocksEnd > 0) {
    const native = nativeCombines(target.bytes.buffer, first.bytes.buffer, second.bytes.buffer);
    if (native === null) return changeAside(operation, target, first, second, size);
    const at = target.bytes.byteOffset + target.start;
    const firstAt = first.bytes.byteOffset + first.start;
    native[operation](at, at + blocksEnd, firstAt, second.bytes.byteOffset + second.start);
  }
  for (let i = blocksEnd; i < size; i++) {
    const a = first.bytes[first.start + i];
    const b = second.bytes[second.start + i];
    target.bytes[target.start + i] = operation === "and"
      ? a & b
      : operation === "or"
      ? a | b
      : operation === "xor"
      ? a ^ b
      : ~a;
  }
}

/** The same where one of the memories is none that can be worked on at once. */
function changeAside(operation: Operation, target: Operand, first: Operand, second: Operand, size: number): void {
  copyBytes(first.bytes, first.start, one.bytes, 0, size);
  copyBytes(second.bytes, second.start, two.bytes, 0, size);
  change(operation, one, one, two, size);
  copyBytes(one.bytes, 0, target.bytes, target.start, size);
}

/** Longer strings are combined in parts, which the processor's cache can hold. */
const PART_BYTES = 1024 * 1024;
const memory = allocateNative(2 * PART_BYTES);
const one: Operand = { bytes: new Uint8Array(memory, 0, PART_BYTES), start: 0, length: PART_BYTES };
const two: Operand = { bytes: new Uint8Array(memory, PART_BYTES, PART_BYTES), start: 0, length: PART_BYTES };
const NOTHING: Operand = { bytes: new Uint8Array(0), start: 0, length: 0 };
