/**
 * Asking for scores, ranks and numbers of members.
 *
 * @module
 */
import { argument, type CommandContext, type CommandDefinition, defineCommand, oneKey } from "../../server/api/mod.ts";
import { parseMemberBound, parseScoreBound, rangeByMember, rangeByScore } from "./bounds.ts";
import { zsetType } from "./zset_type.ts";

/** Scores, ranks, counts. */
export const readCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZSCORE",
    summary: "Get the score associated with the given member in a sorted set",
    since: "1.2.0",
    group: "sorted-set",
    complexity: "O(1)",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("member")],
    run: zscore,
  }),
  defineCommand({
    name: "ZMSCORE",
    summary: "Get the score associated with the given members in a sorted set",
    since: "6.2.0",
    group: "sorted-set",
    complexity: "O(N) where N is the number of members being requested.",
    arity: -3,
    flags: ["readonly", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("member", { multiple: true })],
    run: zmscore,
  }),
  defineCommand({
    name: "ZCARD",
    summary: "Get the number of members in a sorted set",
    since: "1.2.0",
    group: "sorted-set",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0)],
    run: zcard,
  }),
  defineCommand({
    name: "ZCOUNT",
    summary: "Count the members in a sorted set with scores within the given values",
    since: "2.0.0",
    group: "sorted-set",
    complexity: "O(log(N)) with N being the number of elements in the sorted set.",
    arity: 4,
    flags: ["readonly", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.double("min"), argument.double("max")],
    run: zcount,
  }),
  defineCommand({
    name: "ZLEXCOUNT",
    summary: "Count the number of members in a sorted set between a given lexicographical range",
    since: "2.8.9",
    group: "sorted-set",
    complexity: "O(log(N)) with N being the number of elements in the sorted set.",
    arity: 4,
    flags: ["readonly", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("min"), argument.string("max")],
    run: zlexcount,
  }),
  defineCommand({
    name: "ZRANK",
    summary: "Determine the index of a member in a sorted set",
    since: "2.0.0",
    group: "sorted-set",
    complexity: "O(log(N))",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("member")],
    run: zrank,
  }),
  defineCommand({
    name: "ZREVRANK",
    summary: "Determine the index of a member in a sorted set, with scores ordered from high to low",
    since: "2.0.0",
    group: "sorted-set",
    complexity: "O(log(N))",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("member")],
    run: zrevrank,
  }),
];

function zscore({ args, db, reply }: CommandContext): void {
  const zset = db.read(args.key(1), zsetType);
  if (zset !== null && zset.find(args.buffer, args.start(2), args.size(2))) reply.double(zset.score);
  else reply.null();
}

function zmscore({ args, db, reply }: CommandContext): void {
  const zset = db.read(args.key(1), zsetType);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    if (zset !== null && zset.find(args.buffer, args.start(i), args.size(i))) reply.double(zset.score);
    else reply.null();
  }
}

function zcard({ args, db, reply }: CommandContext): void {
  reply.integer(db.read(args.key(1), zsetType)?.count ?? 0);
}

function zcount({ args, db, reply }: CommandContext): void {
  const min = parseScoreBound(args, 2);
  const max = parseScoreBound(args, 3);
  const zset = db.read(args.key(1), zsetType);
  if (zset === null) return reply.integer(0);
  const { from, to } = rangeByScore(zset, min, max);
  reply.integer(to - from);
}

function zlexcount({ args, db, reply }: CommandContext): void {
  const min = parseMemberBound(args, 2);
  const max = parseMemberBound(args, 3);
  const zset = db.read(args.key(1), zsetType);
  if (zset === null) return reply.integer(0);
  const { from, to } = rangeByMember(zset, min, max);
  reply.integer(to - from);
}

function zrank({ args, db, reply }: CommandContext): void {
  const zset = db.read(args.key(1), zsetType);
  if (zset !== null && zset.find(args.buffer, args.start(2), args.size(2))) reply.integer(zset.rank);
  else reply.null();
}

function zrevrank({ args, db, reply }: CommandContext): void {
  const zset = db.read(args.key(1), zsetType);
  if (zset !== null && zset.find(args.buffer, args.start(2), args.size(2))) reply.integer(zset.count - 1 - zset.rank);
  else reply.null();
}
