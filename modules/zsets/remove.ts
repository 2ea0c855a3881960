/**
 * Removing members: by name, rank, score or range of names.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  type Database,
  defineCommand,
  delEvent,
  type Key,
  type KeyEvent,
  keyEvent,
  oneKey,
} from "../../server/api/mod.ts";
import { parseMemberBound, parseScoreBound, rangeByMember, rangeByScore, type RankRange } from "./bounds.ts";
import { rangeByRank } from "./range.ts";
import type { SortedSet } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

const zremEvent = keyEvent("sortedSet", "zrem");
const zremrangebyrankEvent = keyEvent("sortedSet", "zremrangebyrank");
const zremrangebyscoreEvent = keyEvent("sortedSet", "zremrangebyscore");
const zremrangebylexEvent = keyEvent("sortedSet", "zremrangebylex");

/** Removing members. */
export const removeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZREM",
    summary: "Remove one or more members from a sorted set",
    since: "1.2.0",
    group: "sorted-set",
    complexity:
      "O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to be removed.",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.string("member", { multiple: true })],
    history: [["2.4.0", "Accepts multiple elements."]],
    run: zrem,
  }),
  defineCommand({
    name: "ZREMRANGEBYRANK",
    summary: "Remove all members in a sorted set within the given indexes",
    since: "2.0.0",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.",
    arity: 4,
    flags: ["write"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.integer("start"), argument.integer("stop")],
    run: zremrangebyrank,
  }),
  defineCommand({
    name: "ZREMRANGEBYSCORE",
    summary: "Remove all members in a sorted set within the given scores",
    since: "1.2.0",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.",
    arity: 4,
    flags: ["write"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.double("min"), argument.double("max")],
    run: zremrangebyscore,
  }),
  defineCommand({
    name: "ZREMRANGEBYLEX",
    summary: "Remove all members in a sorted set between the given lexicographical range",
    since: "2.8.9",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.",
    arity: 4,
    flags: ["write"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.string("min"), argument.string("max")],
    run: zremrangebylex,
  }),
];

function zrem({ args, db, reply }: CommandContext): void {
  const key = args.key(1);
  const zset = db.write(key, zsetType);
  if (zset === null) return reply.integer(0);
  let removed = 0;
  for (let i = 2; i < args.count && zset.count > 0; i++) {
    if (!zset.find(args.buffer, args.start(i), args.size(i))) continue;
    zset.removeFound();
    removed++;
  }
  if (removed > 0) tellRemoved(db, key, zset, zremEvent, removed);
  reply.integer(removed);
}

function zremrangebyrank(context: CommandContext): void {
  const start = context.args.integer(2);
  const stop = context.args.integer(3);
  removeRange(context, zremrangebyrankEvent, (zset) => rangeByRank(zset.count, start, stop));
}

function zremrangebyscore(context: CommandContext): void {
  const min = parseScoreBound(context.args, 2);
  const max = parseScoreBound(context.args, 3);
  removeRange(context, zremrangebyscoreEvent, (zset) => rangeByScore(zset, min, max));
}

function zremrangebylex(context: CommandContext): void {
  const min = parseMemberBound(context.args, 2);
  const max = parseMemberBound(context.args, 3);
  removeRange(context, zremrangebylexEvent, (zset) => rangeByMember(zset, min, max));
}

function removeRange(
  { args, db, reply }: CommandContext,
  event: KeyEvent,
  rangeOf: (zset: SortedSet) => RankRange,
): void {
  const key = args.key(1);
  const zset = db.write(key, zsetType);
  if (zset === null) return reply.integer(0);
  const { from, to } = rangeOf(zset);
  if (from < to) {
    const isEmptied = to - from === zset.count;
    if (!isEmptied) zset.removeRange(from, to);
    tellRemoved(db, key, zset, event, to - from, isEmptied);
  }
  reply.integer(to - from);
}

/** Tells that members were removed; a set without members (or with none but those that are removed) goes. */
function tellRemoved(
  db: Database,
  key: Key,
  zset: SortedSet,
  event: KeyEvent,
  removed: number,
  isEmpty: boolean = zset.count === 0,
): void {
  if (isEmpty) db.remove(key);
  db.changed(key, event, removed);
  if (isEmpty) db.notify(key, delEvent);
}
