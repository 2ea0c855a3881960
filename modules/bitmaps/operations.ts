/**
 * Strings combined bit by bit.
 *
 * Shorter strings count as if zeros followed them. What is stored is computed aside: the destination may be one of them.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type ByteString,
  type CommandContext,
  type CommandDefinition,
  copyBytes,
  defineCommand,
  delEvent,
  keyAt,
  keyRange,
  lazyfreeLazyServerDel,
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
const OPERATIONS = ["AND", "OR", "XOR", "NOT"] as const;
type Operation = typeof OPERATIONS[number];

function bitop({ args, config, db, reply }: CommandContext): void {
  const operation = operationAt(args, 1);
  if (operation === "NOT" && args.count > 4) throw NOT_TAKES_ONE;
  let length = 0;
  for (let i = 3; i < args.count; i++) {
    length = Math.max(length, db.readBytes(args.key(i), stringType)?.spell().length ?? 0);
  }
  const key = args.key(2);
  if (length > 0) {
    const result = wordsFor(scratch.result, length);
    const operand = wordsFor(scratch.operand, length);
    for (let i = 3; i < args.count; i++) {
      load(i === 3 ? result : operand, entryBytes(db, args, i));
      if (i > 3) combine(operation, result, operand);
    }
    if (operation === "NOT") { for (let i = 0; i < result.length; i++) result[i] = ~result[i]; }
    db.setBytes(key, stringType, bytesOf(result), 0, length);
    db.resizeBytes(key, stringType, length);
    db.changed(key, setEvent);
  } else if (db.remove(key, config.get(lazyfreeLazyServerDel))) db.changed(key, delEvent);
  reply.integer(length);
}

function operationAt(args: Arguments, i: number): Operation {
  for (const operation of OPERATIONS) if (args.is(i, operation)) return operation;
  throw SYNTAX_ERROR;
}

/** The string of a key that has been looked up before. */
function entryBytes(db: CommandContext["db"], args: Arguments, i: number): ByteString | null {
  const entry = db.peek(args.key(i));
  return entry === 0 ? null : db.bytesOf(entry, stringType);
}

function load(words: Int32Array, value: ByteString | null): void {
  const { bytes, start, length } = value?.spell() ?? NOTHING;
  const target = bytesOf(words);
  copyBytes(bytes, start, target, 0, length);
  target.fill(0, length);
}

/** Words for so many bytes, in a scratch buffer where they fit. */
function wordsFor(kept: Int32Array, length: number): Int32Array {
  const words = Math.ceil(length / 4);
  return words <= kept.length ? kept.subarray(0, words) : new Int32Array(words);
}

function bytesOf(words: Int32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function combine(operation: Operation, result: Int32Array, operand: Int32Array): void {
  const { length } = result;
  if (operation === "AND") { for (let i = 0; i < length; i++) result[i] &= operand[i]; }
  else if (operation === "OR") { for (let i = 0; i < length; i++) result[i] |= operand[i]; }
  else for (let i = 0; i < length; i++) result[i] ^= operand[i];
}

const SCRATCH_WORDS = 4096;
const scratch = { result: new Int32Array(SCRATCH_WORDS), operand: new Int32Array(SCRATCH_WORDS) };
const NOTHING = { bytes: new Uint8Array(0), start: 0, length: 0 };
