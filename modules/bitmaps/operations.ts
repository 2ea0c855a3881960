/**
 * Strings combined bit by bit.
 *
 * Shorter strings count as if zeros followed them. What is stored is computed aside: the destination may be one of them.
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
    db.setBytes(key, stringType, combined(operation, operandsOf(context), length), 0, length);
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

/** The result: the first `length` of some bytes, which are good until the next call. */
function combined(operation: Operation, operands: readonly Operand[], length: number): Uint8Array {
  if (length <= PART_BYTES) {
    combinePart(operation, operands, 0, length);
    return part;
  }
  const result = new Uint8Array(length);
  for (let at = 0; at < length; at += PART_BYTES) {
    const size = Math.min(PART_BYTES, length - at);
    combinePart(operation, operands, at, size);
    copyBytes(part, 0, result, at, size);
  }
  return result;
}

/** Combines `size` bytes from index `at` into {@linkcode part}. */
function combinePart(operation: Operation, operands: readonly Operand[], at: number, size: number): void {
  for (let i = 0; i < operands.length; i++) {
    const { bytes, start, length } = operands[i];
    const here = Math.min(Math.max(length - at, 0), size);
    if (i > 0 || operation === "not") change(operation, bytes, start + at, here);
    else copyBytes(bytes, start + at, part, 0, here);
    // The zeros behind a string change nothing but where they are the first, or `AND` takes them.
    if (here < size && (i === 0 || operation === "and")) part.fill(0, here, size);
  }
}

/** Changes the first `size` bytes of {@linkcode part} by others; with `not`, to them. */
function change(operation: Operation, source: Uint8Array, start: number, size: number): void {
  const blocksEnd = size - size % BLOCK_BYTES;
  let rest = 0;
  if (blocksEnd > 0) {
    const native = nativeCombines(part.buffer, source.buffer);
    if (native === null) {
      copyBytes(source, start, other, 0, size);
      return change(operation, other, 0, size);
    }
    native[operation](part.byteOffset, part.byteOffset + blocksEnd, source.byteOffset + start);
    rest = blocksEnd;
  }
  for (let i = rest; i < size; i++) {
    const byte = source[start + i];
    part[i] = operation === "and"
      ? part[i] & byte
      : operation === "or"
      ? part[i] | byte
      : operation === "xor"
      ? part[i] ^ byte
      : ~byte;
  }
}

/** Longer strings are combined in parts, which the processor's cache can hold. */
const PART_BYTES = 1024 * 1024;
const memory = allocateNative(2 * PART_BYTES);
const part = new Uint8Array(memory, 0, PART_BYTES);
const other = new Uint8Array(memory, PART_BYTES, PART_BYTES);
const NOTHING: Operand = { bytes: new Uint8Array(0), start: 0, length: 0 };
