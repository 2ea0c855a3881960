/**
 * Random members.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  oneKey,
  type Random,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { replyPair, replyPairs } from "./replies.ts";
import type { SortedSet } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

const OUT_OF_RANGE = new ReplyError("ERR value is out of range");
const BELOW_RANGE = new ReplyError(
  "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807",
);
const INT64_MIN = -(2n ** 63n);
/** With scores, twice as many elements must be countable. */
const PAIRS_MAX = 2 ** 62;
/** Where at least one of so many is wanted, all are walked over. */
const WALK_FRACTION = 3;

/** Random members. */
export const randomCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZRANDMEMBER",
    summary: "Get one or multiple random elements from a sorted set",
    since: "6.2.0",
    group: "sorted-set",
    complexity: "O(N) where N is the number of elements returned",
    arity: -2,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.block("options", [
        argument.integer("count"),
        argument.token("withscores", "WITHSCORES", { optional: true }),
      ], { optional: true }),
    ],
    run: zrandmember,
  }),
];

function zrandmember(context: CommandContext): void {
  const { args, db, random, reply } = context;
  if (args.count > 2) return replySeveral(context);
  const zset = db.read(args.key(1), zsetType);
  if (zset === null) return reply.null();
  zset.goToRandom(random);
  reply.element(zset.member);
}

function replySeveral({ args, db, random, reply }: CommandContext): void {
  const exact = args.exactInteger(2);
  if (exact === INT64_MIN) throw BELOW_RANGE;
  const asked = Number(exact);
  if (args.count > 4 || (args.count === 4 && !args.is(3, "WITHSCORES"))) throw SYNTAX_ERROR;
  const withScores = args.count === 4;
  if (withScores && Math.abs(asked) >= PAIRS_MAX) throw OUT_OF_RANGE;
  const zset = db.read(args.key(1), zsetType);
  if (zset === null || asked === 0) return reply.array(0);
  const count = asked < 0 ? -asked : Math.min(asked, zset.count);
  if (withScores) replyPairs(reply, count);
  else reply.array(count);
  const replyOne = () => {
    if (withScores) replyPair(reply, zset);
    else reply.element(zset.member);
  };
  if (asked < 0) {
    for (let left = count; left > 0; left--) {
      zset.goToRandom(random);
      replyOne();
    }
  } else if (zset.table === null || count * WALK_FRACTION > zset.count) walkAndChoose(zset, random, count, replyOne);
  else chooseRanks(zset, random, count, replyOne);
}

/** Each element is taken with the probability that makes all choices equally likely; all of them come as from Redis. */
function walkAndChoose(zset: SortedSet, random: Random, count: number, visit: () => void): void {
  let wanted = count;
  zset.seek(zset.count - 1);
  for (let left = zset.count; wanted > 0; left--) {
    if (wanted === left || random.below(left) < wanted) {
      visit();
      wanted--;
    }
    zset.previous();
  }
}

/** Chooses different ranks, by Floyd's algorithm. */
function chooseRanks(zset: SortedSet, random: Random, count: number, visit: () => void): void {
  const chosen = new Set<number>();
  for (let limit = zset.count - count; limit < zset.count; limit++) {
    const rank = random.below(limit + 1);
    chosen.add(chosen.has(rank) ? limit : rank);
  }
  for (const rank of chosen) {
    zset.seek(rank);
    visit();
  }
}
