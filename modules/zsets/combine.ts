/**
 * Union, intersection and difference of sorted sets and plain sets, whose members count with score 1.
 *
 * Results are gathered in a set under no key, which is then replied or stored. Sums depend on the order in which they are
 * made, so sources are taken as Redis takes them: the smallest first, but for differences.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  type Database,
  defineCommand,
  type ElementView,
  type Key,
  type KeyEvent,
  keyEvent,
  keyNumber,
  oneKey,
  ReplyError,
  SYNTAX_ERROR,
  type ValueRoot,
  WRONG_TYPE,
} from "../../server/api/mod.ts";
import { setType } from "../sets/set_type.ts";
import { scoreArgument } from "./add.ts";
import { replyPair, replyPairs } from "./replies.ts";
import { SortedSet } from "./sorted_set.ts";
import { storeResult } from "./store.ts";
import { zsetType } from "./zset_type.ts";

const BAD_WEIGHT = new ReplyError("ERR weight value is not a float");
const BAD_LIMIT = new ReplyError("ERR LIMIT can't be negative");

/** Union, intersection, difference. */
export const combineCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZUNION",
    summary: "Add multiple sorted sets",
    since: "6.2.0",
    group: "sorted-set",
    complexity:
      "O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.",
    arity: -3,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [keyNumber(1, "RO", "access")],
    arguments: [
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.integer("weight", { token: "WEIGHTS", optional: true, multiple: true }),
      argument.oneOf("aggregate", [
        argument.token("sum", "SUM"),
        argument.token("min", "MIN"),
        argument.token("max", "MAX"),
      ], { token: "AGGREGATE", optional: true }),
      argument.token("withscores", "WITHSCORES", { optional: true }),
    ],
    run: zunion,
  }),
  defineCommand({
    name: "ZINTER",
    summary: "Intersect multiple sorted sets",
    since: "6.2.0",
    group: "sorted-set",
    complexity:
      "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.",
    arity: -3,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [keyNumber(1, "RO", "access")],
    arguments: [
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.integer("weight", { token: "WEIGHTS", optional: true, multiple: true }),
      argument.oneOf("aggregate", [
        argument.token("sum", "SUM"),
        argument.token("min", "MIN"),
        argument.token("max", "MAX"),
      ], { token: "AGGREGATE", optional: true }),
      argument.token("withscores", "WITHSCORES", { optional: true }),
    ],
    run: zinter,
  }),
  defineCommand({
    name: "ZDIFF",
    summary: "Subtract multiple sorted sets",
    since: "6.2.0",
    group: "sorted-set",
    complexity:
      "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.",
    arity: -3,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [keyNumber(1, "RO", "access")],
    arguments: [
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.token("withscores", "WITHSCORES", { optional: true }),
    ],
    run: zdiff,
  }),
  defineCommand({
    name: "ZUNIONSTORE",
    summary: "Add multiple sorted sets and store the resulting sorted set in a new key",
    since: "2.0.0",
    group: "sorted-set",
    complexity:
      "O(N)+O(M log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.",
    arity: -4,
    flags: ["write", "denyoom"],
    categories: ["sortedset"],
    keys: [oneKey("OW", "update"), keyNumber(2, "RO", "access")],
    arguments: [
      argument.key("destination", 0),
      argument.integer("numkeys"),
      argument.key("key", 1, { multiple: true }),
      argument.integer("weight", { token: "WEIGHTS", optional: true, multiple: true }),
      argument.oneOf("aggregate", [
        argument.token("sum", "SUM"),
        argument.token("min", "MIN"),
        argument.token("max", "MAX"),
      ], { token: "AGGREGATE", optional: true }),
    ],
    run: zunionstore,
  }),
  defineCommand({
    name: "ZINTERSTORE",
    summary: "Intersect multiple sorted sets and store the resulting sorted set in a new key",
    since: "2.0.0",
    group: "sorted-set",
    complexity:
      "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.",
    arity: -4,
    flags: ["write", "denyoom"],
    categories: ["sortedset"],
    keys: [oneKey("OW", "update"), keyNumber(2, "RO", "access")],
    arguments: [
      argument.key("destination", 0),
      argument.integer("numkeys"),
      argument.key("key", 1, { multiple: true }),
      argument.integer("weight", { token: "WEIGHTS", optional: true, multiple: true }),
      argument.oneOf("aggregate", [
        argument.token("sum", "SUM"),
        argument.token("min", "MIN"),
        argument.token("max", "MAX"),
      ], { token: "AGGREGATE", optional: true }),
    ],
    run: zinterstore,
  }),
  defineCommand({
    name: "ZDIFFSTORE",
    summary: "Subtract multiple sorted sets and store the resulting sorted set in a new key",
    since: "6.2.0",
    group: "sorted-set",
    complexity:
      "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.",
    arity: -4,
    flags: ["write", "denyoom"],
    categories: ["sortedset"],
    keys: [oneKey("OW", "update"), keyNumber(2, "RO", "access")],
    arguments: [
      argument.key("destination", 0),
      argument.integer("numkeys"),
      argument.key("key", 1, { multiple: true }),
    ],
    run: zdiffstore,
  }),
  defineCommand({
    name: "ZINTERCARD",
    summary: "Intersect multiple sorted sets and return the cardinality of the result",
    since: "7.0.0",
    group: "sorted-set",
    complexity:
      "O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted sets.",
    arity: -3,
    flags: ["readonly"],
    categories: ["sortedset"],
    keys: [keyNumber(1, "RO", "access")],
    arguments: [
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.integer("limit", { token: "LIMIT", optional: true }),
    ],
    run: zintercard,
  }),
];

type Aggregate = (a: number, b: number) => number;

/** How members of several sources become those of the result. */
interface Operation {
  readonly name: string;
  readonly storeEvent: KeyEvent;
  readonly takesWeights: boolean;
  readonly combine: (sources: readonly Source[], aggregate: Aggregate, result: SortedSet) => void;
}

/** A sorted set or set to be combined; without members where the key does not exist. */
interface Source {
  readonly count: number;
  weight: number;
  forEach(visit: (member: ElementView, score: number) => void): void;
  /** NaN where it is no member. */
  scoreOf(member: ElementView): number;
}

/** What a command asks for beside its keys. */
interface Options {
  readonly aggregate: Aggregate;
  readonly withScores: boolean;
  /** 0: none. */
  readonly limit: number;
}

const UNION: Operation = {
  name: "zunion",
  storeEvent: keyEvent("sortedSet", "zunionstore"),
  takesWeights: true,
  combine: unite,
};
const INTERSECTION: Operation = {
  name: "zinter",
  storeEvent: keyEvent("sortedSet", "zinterstore"),
  takesWeights: true,
  combine: (sources, aggregate, result) => {
    forEachCommon(sources, aggregate, (member, score) => {
      result.addElement(member, score);
      return true;
    });
  },
};
const DIFFERENCE: Operation = {
  name: "zdiff",
  storeEvent: keyEvent("sortedSet", "zdiffstore"),
  takesWeights: false,
  combine: subtract,
};

function zunion(context: CommandContext): void {
  replyResult(context, UNION);
}

function zinter(context: CommandContext): void {
  replyResult(context, INTERSECTION);
}

function zdiff(context: CommandContext): void {
  replyResult(context, DIFFERENCE);
}

function zunionstore(context: CommandContext): void {
  replyStored(context, UNION);
}

function zinterstore(context: CommandContext): void {
  replyStored(context, INTERSECTION);
}

function zdiffstore(context: CommandContext): void {
  replyStored(context, DIFFERENCE);
}

function replyResult({ args, db, reply }: CommandContext, operation: Operation): void {
  const sources = readSources(args, db, 1, operation.name);
  const { aggregate, withScores } = readOptions(args, 2 + sources.length, sources, operation, false);
  const root = db.newRoot();
  const result = new SortedSet(root.heap);
  try {
    combine(operation, sources, aggregate, result, root);
    const { count } = result;
    if (withScores) replyPairs(reply, count);
    else reply.array(count);
    for (let rank = 0; rank < count; rank++) {
      if (rank === 0) result.seek(0);
      else result.next();
      if (withScores) replyPair(reply, result);
      else reply.element(result.member);
    }
  } finally {
    if (root.root !== 0) result.release();
  }
}

function replyStored(context: CommandContext, operation: Operation): void {
  const { args, db } = context;
  const sources = readSources(args, db, 2, `${operation.name}store`);
  const { aggregate } = readOptions(args, 3 + sources.length, sources, operation, true);
  storeResult(context, args.key(1), operation.storeEvent, (root) => {
    const result = new SortedSet(root.heap);
    combine(operation, sources, aggregate, result, root);
    result.compact();
    return result;
  });
}

function zintercard({ args, db, reply }: CommandContext): void {
  const sources = readSources(args, db, 1, "zintercard");
  const limit = readLimit(args, 2 + sources.length);
  let count = 0;
  forEachCommon(sources, sum, () => ++count !== limit);
  reply.integer(count);
}

function combine(
  operation: Operation,
  sources: readonly Source[],
  aggregate: Aggregate,
  result: SortedSet,
  root: ValueRoot,
): void {
  operation.combine(sources, aggregate, result.createTable(root));
}

function readSources(args: Arguments, db: Database, at: number, name: string): Source[] {
  const keyCount = args.integer(at);
  if (keyCount < 1) throw new ReplyError(`ERR at least 1 input key is needed for '${name}' command`);
  if (keyCount > args.count - at - 1) throw SYNTAX_ERROR;
  return Array.from({ length: keyCount }, (_, i) => openSource(db, args.passingKey(at + 1 + i)));
}

function openSource(db: Database, key: Key): Source {
  const entry = db.lookup(key);
  if (entry === 0) return { count: 0, weight: 1, forEach() {}, scoreOf: () => NaN };
  const type = db.typeOf(entry);
  if (type === zsetType) return new SortedSource(db.write(key, zsetType)!.own());
  if (type !== setType) throw WRONG_TYPE;
  const set = db.write(key, setType)!.own();
  return {
    count: set.count,
    weight: 1,
    forEach: (visit) => set.forEach((member) => visit(member, 1)),
    scoreOf: (member) => set.hasElement(member) ? 1 : NaN,
  };
}

class SortedSource implements Source {
  weight = 1;
  readonly count: number;

  constructor(readonly zset: SortedSet) {
    this.count = zset.count;
  }

  forEach(visit: (member: ElementView, score: number) => void): void {
    const walker = this.zset.own();
    walker.seek(0);
    for (let left = this.count; left > 0; left--) {
      const { score } = walker;
      visit(walker.member, score);
      walker.next();
    }
  }

  scoreOf(member: ElementView): number {
    return this.zset.findElement(member) ? this.zset.score : NaN;
  }
}

function readOptions(
  args: Arguments,
  first: number,
  sources: readonly Source[],
  { takesWeights }: Operation,
  stores: boolean,
): Pick<Options, "aggregate" | "withScores"> {
  let aggregate: Aggregate = sum;
  let withScores = false;
  for (let i = first; i < args.count; i++) {
    const left = args.count - i - 1;
    if (takesWeights && left >= sources.length && args.is(i, "WEIGHTS")) {
      for (const source of sources) source.weight = scoreArgument(args, ++i, BAD_WEIGHT);
    } else if (takesWeights && left >= 1 && args.is(i, "AGGREGATE")) {
      aggregate = aggregateNamed(args, ++i);
    } else if (!stores && args.is(i, "WITHSCORES")) withScores = true;
    else throw SYNTAX_ERROR;
  }
  return { aggregate, withScores };
}

function readLimit(args: Arguments, first: number): number {
  let limit = 0;
  for (let i = first; i < args.count; i += 2) {
    if (i + 1 >= args.count || !args.is(i, "LIMIT")) throw SYNTAX_ERROR;
    limit = args.integer(i + 1, BAD_LIMIT);
    if (limit < 0) throw BAD_LIMIT;
  }
  return limit;
}

function aggregateNamed(args: Arguments, i: number): Aggregate {
  if (args.is(i, "SUM")) return sum;
  if (args.is(i, "MIN")) return minimum;
  if (args.is(i, "MAX")) return maximum;
  throw SYNTAX_ERROR;
}

/** The sum of opposite infinities counts as 0. */
function sum(a: number, b: number): number {
  const result = a + b;
  return Number.isNaN(result) ? 0 : result;
}

/** Of zeros of both signs the first one. */
function minimum(a: number, b: number): number {
  return b < a ? b : a;
}

/** Of zeros of both signs the first one. */
function maximum(a: number, b: number): number {
  return b > a ? b : a;
}

/** A score under its source's weight; 0 times infinity counts as 0. */
function weighted(score: number, weight: number): number {
  const result = score * weight;
  return Number.isNaN(result) ? 0 : result;
}

function smallestFirst(sources: readonly Source[]): Source[] {
  return [...sources].sort((a, b) => a.count - b.count);
}

function unite(sources: readonly Source[], aggregate: Aggregate, result: SortedSet): void {
  for (const source of smallestFirst(sources)) {
    source.forEach((member, score) => {
      const added = weighted(score, source.weight);
      if (!result.findElement(member)) return result.addElement(member, added);
      const old = result.score;
      const combined = aggregate(old, added);
      if (!Object.is(combined, old)) result.setScoreOfFound(combined);
    });
  }
}

/** Visits the members that all sources have, until `visit` returns false. */
function forEachCommon(
  sources: readonly Source[],
  aggregate: Aggregate,
  visit: (member: ElementView, score: number) => boolean,
): void {
  const [smallest, ...others] = smallestFirst(sources);
  let goesOn = true;
  smallest.forEach((member, ownScore) => {
    if (!goesOn) return;
    let score = weighted(ownScore, smallest.weight);
    for (const other of others) {
      const found = other.scoreOf(member);
      if (Number.isNaN(found)) return;
      // Infinity times 0 counts here as what it is, no number: a sum with it is 0, and it is neither smaller nor larger.
      score = aggregate(score, found * other.weight);
    }
    goesOn = visit(member, score);
  });
}

function subtract([first, ...others]: readonly Source[], _aggregate: Aggregate, result: SortedSet): void {
  first.forEach((member, score) => {
    if (others.every((other) => Number.isNaN(other.scoreOf(member)))) result.addElement(member, score);
  });
}
