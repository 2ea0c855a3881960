/**
 * Walking through a hash in steps. A listpack is small and replied at once, whatever the cursor.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type FieldTable,
  matchesElement,
  oneKey,
  parseScanCursor,
  parseScanOptions,
  type Ref,
  replyEmptyScan,
  type ReplyWriter,
  scanElements,
} from "../../server/api/mod.ts";
import { hashType } from "./hash_type.ts";
import { type HashValue, PAIRS } from "./hash_value.ts";

/** `HSCAN`. */
export const scanCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "HSCAN",
    summary: "Incrementally iterate hash fields and associated values",
    since: "2.8.0",
    group: "hash",
    complexity:
      "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection..",
    arity: -3,
    flags: ["readonly"],
    categories: ["hash"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.integer("cursor"),
      argument.pattern("pattern", { token: "MATCH", optional: true }),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    run: hscan,
  }),
];

function hscan({ args, db, reply }: CommandContext): void {
  const cursor = parseScanCursor(args, 2);
  const hash = db.read(args.key(1), hashType);
  if (hash === null) return replyEmptyScan(reply);
  const { count, pattern } = parseScanOptions(args, 3);
  reply.array(2);
  if (hash.table === null) replyPack(reply, hash, pattern);
  else replyPart(reply, hash.table, cursor, count, pattern);
}

function replyPack(reply: ReplyWriter, hash: HashValue, pattern: Uint8Array | null): void {
  reply.text("0");
  const mark = reply.arrayLater();
  let elements = 0;
  let isField = true;
  let isWanted = false;
  hash.forEach(PAIRS, (element) => {
    if (isField) isWanted = matchesElement(pattern, element);
    isField = !isField;
    if (!isWanted) return;
    reply.element(element);
    elements++;
  });
  reply.close(mark, elements);
}

function replyPart(
  reply: ReplyWriter,
  table: FieldTable,
  cursor: number,
  count: number,
  pattern: Uint8Array | null,
): void {
  const found: Ref[] = [];
  const next = scanElements(table, cursor, count, (ref) => {
    if (matchesElement(pattern, table.field)) found.push(ref);
  });
  reply.integerText(next);
  reply.array(found.length * 2);
  for (const ref of found) {
    table.show(ref);
    reply.element(table.field);
    reply.element(table.value);
  }
}
