/**
 * Walking through the keys: `KEYS` all at once, `SCAN` in steps.
 * Source: https://redis.io/docs/latest/commands/scan/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import type { Database } from "../api/database.ts";
import { globMatch, isLiteral } from "../base/glob.ts";
import { ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";
import { Key } from "../structures/key.ts";

const BAD_CURSOR = new ReplyError("ERR invalid cursor");
const COUNT_INITIAL = 10;
/** Buckets looked at for each element asked for, so that a sparse table does not hold the server up. */
const BUCKETS_PER_ELEMENT = 10;
const CURSOR_MAX = 2n ** 64n - 1n;

/** The commands of this file. */
export const scanCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "KEYS",
    summary: "Find all keys matching the given pattern",
    since: "1.0.0",
    group: "generic",
    complexity:
      "O(N) with N being the number of keys in the database, under the assumption that the key names in the database and the given pattern have limited length.",
    arity: 2,
    flags: ["readonly"],
    categories: ["keyspace", "dangerous"],
    tips: ["request_policy:all_shards", "nondeterministic_output_order"],
    arguments: [argument.pattern("pattern")],
    run: keys,
  }),
  defineCommand({
    name: "SCAN",
    summary: "Incrementally iterate the keys space",
    since: "2.8.0",
    group: "generic",
    complexity:
      "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.",
    arity: -2,
    flags: ["readonly"],
    categories: ["keyspace"],
    tips: ["nondeterministic_output", "request_policy:special"],
    arguments: [
      argument.integer("cursor"),
      argument.pattern("pattern", { token: "MATCH", optional: true }),
      argument.integer("count", { token: "COUNT", optional: true }),
      argument.string("type", { token: "TYPE", since: "6.0.0", optional: true }),
    ],
    history: [["6.0.0", "Added the `TYPE` subcommand."]],
    run: scan,
  }),
];

function keys({ args, db, reply, nowMs }: CommandContext): void {
  const pattern = args.bytes(1);
  const mark = reply.arrayLater();
  let count = 0;
  if (isLiteral(pattern)) {
    if (db.peek(args.key(1)) !== 0) {
      reply.bulk(pattern);
      count = 1;
    }
    return reply.close(mark, count);
  }
  const all = pattern.length === 1 && pattern[0] === 0x2a;
  let position = 0;
  do {
    position = db.scan(position, (entry) => {
      const deadlineMs = db.deadlineOf(entry);
      if (deadlineMs >= 0 && deadlineMs <= nowMs) return;
      const name = db.keyOf(entry);
      if (!all && !globMatch(pattern, name)) return;
      reply.bulk(name);
      count++;
    });
  } while (position !== 0);
  reply.close(mark, count);
}

/** What `SCAN` asks for. */
interface ScanRequest {
  readonly position: number;
  readonly count: number;
  readonly pattern: Uint8Array | null;
  readonly type: string | null;
}

function parseScan({ args }: CommandContext): ScanRequest {
  const position = parseCursor(args.text(1));
  let count = COUNT_INITIAL;
  let pattern: Uint8Array | null = null;
  let type: string | null = null;
  for (let i = 2; i < args.count; i += 2) {
    if (i + 1 >= args.count) throw SYNTAX_ERROR;
    if (args.is(i, "COUNT")) {
      count = args.integer(i + 1);
      if (count < 1) throw SYNTAX_ERROR;
    } else if (args.is(i, "MATCH")) pattern = args.bytes(i + 1);
    else if (args.is(i, "TYPE")) type = args.text(i + 1).toLowerCase();
    else throw SYNTAX_ERROR;
  }
  return { position, count, pattern, type };
}

/** Positions are below 2^48; what is beyond cannot have come from here and ends the walk. */
function parseCursor(text: string): number {
  if (!/^([+-]?[0-9]+)?$/.test(text) || BigInt(text) > CURSOR_MAX) throw BAD_CURSOR;
  return Number(BigInt.asUintN(48, BigInt(text)));
}

function scan(context: CommandContext): void {
  const { db, reply } = context;
  const { count, pattern, type, position } = parseScan(context);
  const found: Uint8Array[] = [];
  let next = position;
  let met = 0;
  for (let buckets = 0; buckets < count * BUCKETS_PER_ELEMENT && met < count;) {
    const names: Uint8Array[] = [];
    next = db.scan(next, (entry) => {
      met++;
      names.push(db.keyOf(entry));
    });
    // A lookup may remove an expired key, so it waits until the bucket has been read.
    for (const name of names) if (matches(db, name, pattern, type)) found.push(name);
    buckets++;
    if (next === 0) break;
  }
  reply.array(2);
  reply.integerText(next);
  reply.array(found.length);
  for (const name of found) reply.bulk(name);
}

function matches(db: Database, name: Uint8Array, pattern: Uint8Array | null, type: string | null): boolean {
  if (pattern !== null && !globMatch(pattern, name)) return false;
  if (type === null) return db.peek(Key.of(name)) !== 0;
  const entry = db.lookupUntouched(Key.of(name));
  return entry !== 0 && db.typeOf(entry).name === type;
}
