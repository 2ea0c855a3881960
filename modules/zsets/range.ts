/**
 * Ranges: by rank, by score or by member, upwards or downwards, replied or stored. One function reads the options of all
 * these commands and finds the ranks of what is asked for; the rest is a walk.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  keyAt,
  keyEvent,
  oneKey,
  ReplyError,
  type ReplyWriter,
  type ScoredTable,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import {
  type MemberBound,
  parseMemberBound,
  parseScoreBound,
  rangeByMember,
  rangeByScore,
  type RankRange,
  type ScoreBound,
} from "./bounds.ts";
import { replyPair, replyPairs } from "./replies.ts";
import { SortedSet, zsetMaxListpackEntries } from "./sorted_set.ts";
import { storeResult } from "./store.ts";
import { zsetType } from "./zset_type.ts";

const LIMIT_BY_RANK = new ReplyError(
  "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX",
);
const SCORES_BY_MEMBER = new ReplyError("ERR syntax error, WITHSCORES not supported in combination with BYLEX");

const zrangestoreEvent = keyEvent("sortedSet", "zrangestore");

/** Ranges of members. */
export const rangeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZRANGE",
    summary: "Return a range of members in a sorted set",
    since: "1.2.0",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.",
    arity: -4,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("start"),
      argument.string("stop"),
      argument.oneOf("sortby", [argument.token("byscore", "BYSCORE"), argument.token("bylex", "BYLEX")], {
        since: "6.2.0",
        optional: true,
      }),
      argument.token("rev", "REV", { since: "6.2.0", optional: true }),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        since: "6.2.0",
        optional: true,
      }),
      argument.token("withscores", "WITHSCORES", { optional: true }),
    ],
    history: [["6.2.0", "Added the `REV`, `BYSCORE`, `BYLEX` and `LIMIT` options."]],
    run: zrange,
  }),
  defineCommand({
    name: "ZREVRANGE",
    summary: "Return a range of members in a sorted set, by index, with scores ordered from high to low",
    since: "1.2.0",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.",
    deprecated: { since: "6.2.0", replacedBy: "`ZRANGE` with the `REV` argument" },
    arity: -4,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.integer("start"),
      argument.integer("stop"),
      argument.token("withscores", "WITHSCORES", { optional: true }),
    ],
    run: zrevrange,
  }),
  defineCommand({
    name: "ZRANGEBYSCORE",
    summary: "Return a range of members in a sorted set, by score",
    since: "1.0.5",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
    deprecated: { since: "6.2.0", replacedBy: "`ZRANGE` with the `BYSCORE` argument" },
    arity: -4,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.double("min"),
      argument.double("max"),
      argument.token("withscores", "WITHSCORES", { since: "2.0.0", optional: true }),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      }),
    ],
    history: [["2.0.0", "Added the `WITHSCORES` modifier."]],
    run: zrangebyscore,
  }),
  defineCommand({
    name: "ZREVRANGEBYSCORE",
    summary: "Return a range of members in a sorted set, by score, with scores ordered from high to low",
    since: "2.2.0",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
    deprecated: { since: "6.2.0", replacedBy: "`ZRANGE` with the `REV` and `BYSCORE` arguments" },
    arity: -4,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.double("max"),
      argument.double("min"),
      argument.token("withscores", "WITHSCORES", { optional: true }),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      }),
    ],
    history: [["2.1.6", "`min` and `max` can be exclusive."]],
    run: zrevrangebyscore,
  }),
  defineCommand({
    name: "ZRANGEBYLEX",
    summary: "Return a range of members in a sorted set, by lexicographical range",
    since: "2.8.9",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
    deprecated: { since: "6.2.0", replacedBy: "`ZRANGE` with the `BYLEX` argument" },
    arity: -4,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("min"),
      argument.string("max"),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      }),
    ],
    run: zrangebylex,
  }),
  defineCommand({
    name: "ZREVRANGEBYLEX",
    summary:
      "Return a range of members in a sorted set, by lexicographical range, ordered from higher to lower strings.",
    since: "2.8.9",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
    deprecated: { since: "6.2.0", replacedBy: "`ZRANGE` with the `REV` and `BYLEX` arguments" },
    arity: -4,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("max"),
      argument.string("min"),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      }),
    ],
    run: zrevrangebylex,
  }),
  defineCommand({
    name: "ZRANGESTORE",
    summary: "Store a range of members from sorted set into another key",
    since: "6.2.0",
    group: "sorted-set",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements stored into the destination key.",
    arity: -5,
    flags: ["write", "denyoom"],
    categories: ["sortedset"],
    keys: [oneKey("OW", "update"), keyAt(2, "RO", "access")],
    arguments: [
      argument.key("dst", 0),
      argument.key("src", 1),
      argument.string("min"),
      argument.string("max"),
      argument.oneOf("sortby", [argument.token("byscore", "BYSCORE"), argument.token("bylex", "BYLEX")], {
        optional: true,
      }),
      argument.token("rev", "REV", { optional: true }),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      }),
    ],
    run: zrangestore,
  }),
];

type Order = "rank" | "score" | "member";

/** What a command says by its name alone; null: the arguments say it. */
interface Form {
  readonly order: Order | null;
  readonly reverse: boolean | null;
  readonly stores: boolean;
}

/** What is asked for. `offset` and `count` are of what the range holds; a negative count is all. */
interface RangeQuery {
  order: Order;
  reverse: boolean;
  withScores: boolean;
  offset: number;
  count: number;
  // The two ends, in the order asked for.
  firstRank: number;
  lastRank: number;
  minScore: ScoreBound;
  maxScore: ScoreBound;
  minMember: MemberBound;
  maxMember: MemberBound;
}

const ANY_SCORE: ScoreBound = { score: 0, exclusive: false };
const ANY_MEMBER: MemberBound = { place: 0, bytes: new Uint8Array(0), exclusive: false };

/** The query of the command that runs: one for all, since an object for each costs as much as reading it. */
const query: RangeQuery = {
  order: "rank",
  reverse: false,
  withScores: false,
  offset: 0,
  count: 0,
  firstRank: 0,
  lastRank: 0,
  minScore: ANY_SCORE,
  maxScore: ANY_SCORE,
  minMember: ANY_MEMBER,
  maxMember: ANY_MEMBER,
};

const ZRANGE: Form = { order: null, reverse: null, stores: false };
const ZREVRANGE: Form = { order: "rank", reverse: true, stores: false };
const ZRANGEBYSCORE: Form = { order: "score", reverse: false, stores: false };
const ZREVRANGEBYSCORE: Form = { order: "score", reverse: true, stores: false };
const ZRANGEBYLEX: Form = { order: "member", reverse: false, stores: false };
const ZREVRANGEBYLEX: Form = { order: "member", reverse: true, stores: false };
const ZRANGESTORE: Form = { order: null, reverse: null, stores: true };

function zrange(context: CommandContext): void {
  replyRange(context, ZRANGE);
}

function zrevrange(context: CommandContext): void {
  replyRange(context, ZREVRANGE);
}

function zrangebyscore(context: CommandContext): void {
  replyRange(context, ZRANGEBYSCORE);
}

function zrevrangebyscore(context: CommandContext): void {
  replyRange(context, ZREVRANGEBYSCORE);
}

function zrangebylex(context: CommandContext): void {
  replyRange(context, ZRANGEBYLEX);
}

function zrevrangebylex(context: CommandContext): void {
  replyRange(context, ZREVRANGEBYLEX);
}

function replyRange({ args, db, reply }: CommandContext, form: Form): void {
  readQuery(args, 2, form);
  const zset = db.read(args.key(1), zsetType);
  if (zset === null) return reply.array(0);
  const { from, to } = ranksOf(zset);
  replyElements(reply, zset, from, to);
}

function zrangestore(context: CommandContext): void {
  const { args, db } = context;
  readQuery(args, 3, ZRANGESTORE);
  const zset = db.read(args.key(2), zsetType)?.own() ?? null;
  const { from, to } = zset === null ? { from: 0, to: 0 } : ranksOf(zset);
  storeResult(context, args.key(1), zrangestoreEvent, (root) => {
    // Only of ranks does Redis know before how many there will be; a listpack on the way loses the sign of a zero.
    const isLarge = query.order === "rank" && to - from > root.config.get(zsetMaxListpackEntries);
    const stored = new SortedSet(root.heap);
    if (isLarge) stored.createTable(root);
    else stored.create(root);
    // In the order that was asked for, which decides what is added to the listpack still.
    const { reverse } = query;
    for (let left = to - from; left > 0; left--) {
      if (left === to - from) zset!.seek(reverse ? to - 1 : from);
      else if (reverse) zset!.previous();
      else zset!.next();
      const { score } = zset!;
      stored.addElement(zset!.member, score);
    }
    return stored;
  });
}

function readQuery(args: Arguments, first: number, form: Form): void {
  let { order, reverse } = form;
  let withScores = false;
  let offset = 0;
  let count = -1;
  let isLimited = false;
  for (let i = first + 2; i < args.count; i++) {
    const left = args.count - i - 1;
    if (!form.stores && args.is(i, "WITHSCORES")) withScores = true;
    else if (left >= 2 && args.is(i, "LIMIT")) {
      offset = args.integer(i + 1);
      count = args.integer(i + 2);
      isLimited = count !== -1;
      i += 2;
    } else if (reverse === null && args.is(i, "REV")) reverse = true;
    else if (order === null && args.is(i, "BYLEX")) order = "member";
    else if (order === null && args.is(i, "BYSCORE")) order = "score";
    else throw SYNTAX_ERROR;
  }
  order ??= "rank";
  reverse ??= false;
  if (isLimited && order === "rank") throw LIMIT_BY_RANK;
  if (withScores && order === "member") throw SCORES_BY_MEMBER;
  const swap = reverse && order !== "rank";
  const min = swap ? first + 1 : first;
  const max = swap ? first : first + 1;
  query.order = order;
  query.reverse = reverse;
  query.withScores = withScores;
  query.offset = offset;
  query.count = count;
  if (order === "rank") {
    query.firstRank = args.integer(min);
    query.lastRank = args.integer(max);
  } else if (order === "score") {
    query.minScore = parseScoreBound(args, min);
    query.maxScore = parseScoreBound(args, max);
  } else {
    query.minMember = parseMemberBound(args, min);
    query.maxMember = parseMemberBound(args, max);
  }
}

/** The ranks of what is asked for, counted upwards also where the walk goes down. */
function ranksOf(zset: SortedSet): RankRange {
  const { order, reverse, offset, count } = query;
  if (order === "rank") return rangeByRank(zset.count, query.firstRank, query.lastRank, reverse);
  const { from, to } = order === "score"
    ? rangeByScore(zset, query.minScore, query.maxScore)
    : rangeByMember(zset, query.minMember, query.maxMember, reverse);
  if (offset < 0 || offset >= to - from) return { from: 0, to: 0 };
  const taken = count < 0 ? to - from - offset : Math.min(count, to - from - offset);
  return reverse ? { from: to - offset - taken, to: to - offset } : { from: from + offset, to: from + offset + taken };
}

/** The ranks between two indexes, which count from the end where they are negative, and downwards with `reverse`. */
export function rangeByRank(count: number, start: number, stop: number, reverse = false): RankRange {
  const from = Math.max(0, start < 0 ? start + count : start);
  const to = Math.min(count, (stop < 0 ? stop + count : stop) + 1);
  if (from >= to) return { from: 0, to: 0 };
  return reverse ? { from: count - to, to: count - from } : { from, to };
}

function replyElements(reply: ReplyWriter, zset: SortedSet, from: number, to: number): void {
  const { reverse, withScores } = query;
  if (withScores) replyPairs(reply, to - from);
  else reply.array(to - from);
  if (from === to) return;
  if (!withScores && zset.table !== null) return replyMembers(reply, zset.table, from, to, reverse);
  zset.seek(reverse ? to - 1 : from);
  for (let left = to - from; left > 0; left--) {
    if (withScores) replyPair(reply, zset);
    else reply.element(zset.member);
    if (reverse) zset.previous();
    else zset.next();
  }
}

/** The members alone, of a table. */
function replyMembers(reply: ReplyWriter, table: ScoredTable, from: number, to: number, reverse: boolean): void {
  const { index } = table;
  index.seek(reverse ? to - 1 : from);
  for (let left = to - from; left > 0; left--) {
    const { bytes, start, length } = table.memberOf(index.element);
    reply.bulk(bytes, start, length);
    if (reverse) index.previous();
    else index.next();
  }
}
