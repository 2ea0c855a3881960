/**
 * Walking through a sorted set in steps.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  formatFloat64,
  type Listpack,
  matchesElement,
  oneKey,
  parseScanCursor,
  parseScanOptions,
  type Ref,
  replyEmptyScan,
  type ReplyWriter,
  scanElements,
} from "../../server/api/mod.ts";
import type { SortedSet } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

/** Walking in steps. */
export const scanCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZSCAN",
    summary: "Incrementally iterate sorted sets elements and associated scores",
    since: "2.8.0",
    group: "sorted-set",
    complexity:
      "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection..",
    arity: -3,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.integer("cursor"),
      argument.pattern("pattern", { token: "MATCH", optional: true }),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    run: zscan,
  }),
];

function zscan({ args, db, reply }: CommandContext): void {
  const cursor = parseScanCursor(args, 2);
  const zset = db.read(args.key(1), zsetType);
  if (zset === null) return replyEmptyScan(reply);
  const { count, pattern } = parseScanOptions(args, 3);
  reply.array(2);
  if (zset.pack !== null) replyAll(reply, zset.pack, pattern);
  else replyPart(reply, zset, cursor, count, pattern);
}

/** Scores are texts, in RESP3 too; here they are as the listpack holds them. */
function replyAll(reply: ReplyWriter, pack: Listpack, pattern: Uint8Array | null): void {
  reply.text("0");
  const mark = reply.arrayLater();
  let found = 0;
  for (let position = pack.first(); position !== 0;) {
    const score = pack.next(position);
    if (matchesElement(pattern, pack.read(position))) {
      reply.element(pack);
      reply.element(pack.read(score));
      found++;
    }
    position = pack.next(score);
  }
  reply.close(mark, found * 2);
}

function replyPart(
  reply: ReplyWriter,
  zset: SortedSet,
  cursor: number,
  count: number,
  pattern: Uint8Array | null,
): void {
  const found: Ref[] = [];
  const next = scanElements(zset.table!.table, cursor, count, (element) => {
    zset.goTo(element);
    if (matchesElement(pattern, zset.member)) found.push(element);
  });
  reply.integerText(next);
  reply.array(found.length * 2);
  for (const element of found) {
    zset.goTo(element);
    reply.element(zset.member);
    reply.text(formatFloat64(zset.score));
  }
}
