/**
 * Walking through the keys: `KEYS` all at once, `SCAN` in steps.
 * Source: https://redis.io/docs/latest/commands/scan/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { parseScanCursor, parseScanOptions, scanElements } from "../api/collection_scan.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import type { Database } from "../api/database.ts";
import { globMatch, isLiteral } from "../base/glob.ts";
import { Key } from "../structures/key.ts";

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

function scan({ args, db, reply }: CommandContext): void {
  const position = parseScanCursor(args, 1);
  const { count, pattern, type } = parseScanOptions(args, 2, true);
  const names: Uint8Array[] = [];
  const next = scanElements(db, position, count, (entry) => names.push(db.keyOf(entry)));
  // A lookup may remove an expired key, so it waits until the walk is over.
  const found = names.filter((name) => matches(db, name, pattern, type));
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
