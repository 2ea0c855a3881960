/**
 * `LCS`: what two strings have in common, as text, as a length, or as the places where it is found.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  keyRange,
  protoMaxBulkLen,
  ReplyError,
  type ReplyWriter,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { commonLength, type CommonRun, commonRuns } from "./common_subsequence.ts";
import { stringType } from "./string_type.ts";

/** `LCS`. */
export const lcsCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "LCS",
    summary: "Find longest common substring",
    since: "7.0.0",
    group: "string",
    complexity: "O(N*M) where N and M are the lengths of s1 and s2, respectively",
    arity: -3,
    flags: ["readonly"],
    categories: ["string"],
    keys: [keyRange({ first: 1, last: 2 }, "RO", "access")],
    arguments: [
      argument.key("key1", 0),
      argument.key("key2", 0),
      argument.token("len", "LEN", { optional: true }),
      argument.token("idx", "IDX", { optional: true }),
      argument.integer("len", { token: "MINMATCHLEN", optional: true }),
      argument.token("withmatchlen", "WITHMATCHLEN", { optional: true }),
    ],
    run: lcs,
  }),
];

const NOT_STRINGS = new ReplyError("ERR The specified keys must contain string values");
const LENGTH_AND_INDEXES = new ReplyError(
  "ERR If you want both the length and indexes, please just use IDX.",
);
const TABLE_TOO_LARGE = new ReplyError(
  "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len",
);
/** Bytes that Redis takes for each pair of prefixes; the same pairs of strings are refused here. */
const TABLE_CELL_BYTES = 4;
const EMPTY = new Uint8Array(0);

/** What stands behind the keys. */
interface LcsOptions {
  readonly length: boolean;
  readonly indexes: boolean;
  readonly runLengths: boolean;
  readonly runLengthMin: number;
}

function lcs(context: CommandContext): void {
  const { args, config, db, reply } = context;
  // Looking up may remove what has expired, so it is over before the strings are looked at where they are.
  db.lookup(args.key(1));
  db.lookup(args.key(2));
  const a = stringAt(context, 1);
  const b = stringAt(context, 2);
  const options = readLcsOptions(args);
  const tableBytes = (a.length + 1) * (b.length + 1) * TABLE_CELL_BYTES;
  if (tableBytes > config.get(protoMaxBulkLen)) throw TABLE_TOO_LARGE;
  if (options.length) reply.integer(commonLength(a, b));
  else if (options.indexes) replyIndexes(reply, commonRuns(a, b), options);
  else replySubsequence(reply, a, commonRuns(a, b));
}

/** A view of the string of a key that has been looked up, empty where there is none. */
function stringAt({ args, db }: CommandContext, i: number): Uint8Array {
  const entry = db.peek(args.key(i));
  if (entry === 0) return EMPTY;
  const value = db.bytesOf(entry, stringType);
  if (value === null) throw NOT_STRINGS;
  const { bytes, start, length } = value.spell();
  return bytes.subarray(start, start + length);
}

function readLcsOptions(args: Arguments): LcsOptions {
  let length = false;
  let indexes = false;
  let runLengths = false;
  let runLengthMin = 0;
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, "IDX")) indexes = true;
    else if (args.is(i, "LEN")) length = true;
    else if (args.is(i, "WITHMATCHLEN")) runLengths = true;
    else if (args.is(i, "MINMATCHLEN") && i + 1 < args.count) runLengthMin = args.integer(++i);
    else throw SYNTAX_ERROR;
  }
  if (length && indexes) throw LENGTH_AND_INDEXES;
  return { length, indexes, runLengths, runLengthMin };
}

function replyIndexes(reply: ReplyWriter, runs: readonly CommonRun[], options: LcsOptions): void {
  const shown = runs.filter(({ length }) => length >= options.runLengthMin);
  reply.map(2);
  reply.text("matches");
  reply.array(shown.length);
  for (const { atA, atB, length } of shown) {
    reply.array(options.runLengths ? 3 : 2);
    replyRange(reply, atA, length);
    replyRange(reply, atB, length);
    if (options.runLengths) reply.integer(length);
  }
  reply.text("len");
  reply.integer(totalLength(runs));
}

function replyRange(reply: ReplyWriter, first: number, length: number): void {
  reply.array(2);
  reply.integer(first);
  reply.integer(first + length - 1);
}

function replySubsequence(reply: ReplyWriter, a: Uint8Array, runs: readonly CommonRun[]): void {
  reply.bulkHeader(totalLength(runs));
  for (const { atA, length } of runs.toReversed()) reply.part(a, atA, length);
  reply.endBulk();
}

function totalLength(runs: readonly CommonRun[]): number {
  return runs.reduce((sum, { length }) => sum + length, 0);
}
