/**
 * Adding members and changing scores.
 *
 * All scores are read before anything is done, so a wrong one leaves the set as it was. A result that is no number is found
 * on the way, as in Redis: what came before it in the same command stays.
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
  type Key,
  keyEvent,
  NOT_A_FLOAT,
  oneKey,
  parseExactInteger,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import type { SortedSet } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

const zaddEvent = keyEvent("sortedSet", "zadd");
const zincrEvent = keyEvent("sortedSet", "zincr");

const NX_AND_XX = new ReplyError("ERR XX and NX options at the same time are not compatible");
const GT_LT_AND_NX = new ReplyError("ERR GT, LT, and/or NX options at the same time are not compatible");
const ONE_INCREMENT = new ReplyError("ERR INCR option supports a single increment-element pair");
const NOT_A_NUMBER = new ReplyError("ERR resulting score is not a number (NaN)");

/** Adding members, changing scores. */
export const addCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "ZADD",
    summary: "Add one or more members to a sorted set, or update its score if it already exists",
    since: "1.2.0",
    group: "sorted-set",
    complexity: "O(log(N)) for each item added, where N is the number of elements in the sorted set.",
    arity: -4,
    flags: ["write", "denyoom", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.oneOf("condition", [argument.token("nx", "NX"), argument.token("xx", "XX")], {
        since: "3.0.2",
        optional: true,
      }),
      argument.oneOf("comparison", [argument.token("gt", "GT"), argument.token("lt", "LT")], {
        since: "6.2.0",
        optional: true,
      }),
      argument.token("change", "CH", { since: "3.0.2", optional: true }),
      argument.token("increment", "INCR", { since: "3.0.2", optional: true }),
      argument.block("score_member", [argument.double("score"), argument.string("member")], { multiple: true }),
    ],
    history: [
      ["2.4.0", "Accepts multiple elements."],
      ["3.0.2", "Added the `XX`, `NX`, `CH` and `INCR` options."],
      ["6.2.0", "Added the `GT` and `LT` options."],
    ],
    run: zadd,
  }),
  defineCommand({
    name: "ZINCRBY",
    summary: "Increment the score of a member in a sorted set",
    since: "1.2.0",
    group: "sorted-set",
    complexity: "O(log(N)) where N is the number of elements in the sorted set.",
    arity: 4,
    flags: ["write", "denyoom", "fast"],
    categories: ["sortedset"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.integer("increment"), argument.string("member")],
    run: zincrby,
  }),
];

const NX = 1;
const XX = 2;
const GT = 4;
const LT = 8;
const CH = 16;
const INCR = 32;
const NO_FLAGS = 0;

// What became of one member.
const NOTHING = 0;
const ADDED = 1;
const UPDATED = 2;
const REFUSED = 3;

function zadd(context: CommandContext): void {
  const { args } = context;
  let flags = NO_FLAGS;
  let at = 2;
  for (let flag = flagAt(args, at); flag !== 0; flag = at < args.count ? flagAt(args, at) : 0) {
    flags |= flag;
    at++;
  }
  const pairs = (args.count - at) / 2;
  if (pairs < 1 || !Number.isInteger(pairs)) throw SYNTAX_ERROR;
  if ((flags & NX) !== 0 && (flags & XX) !== 0) throw NX_AND_XX;
  const exclusive = ((flags & NX) !== 0 ? 1 : 0) + ((flags & GT) !== 0 ? 1 : 0) + ((flags & LT) !== 0 ? 1 : 0);
  if (exclusive > 1) throw GT_LT_AND_NX;
  if ((flags & INCR) !== 0 && pairs > 1) throw ONE_INCREMENT;
  // A single score is read when it is used; nothing comes before it.
  for (let i = at; i < args.count && pairs > 1; i += 2) scoreArgument(args, i);
  if ((flags & INCR) !== 0) increment(context, at, flags);
  else addPairs(context, at, flags);
}

function zincrby(context: CommandContext): void {
  // Redis reads the options of ZADD here too, after which there is no pair left.
  if (flagAt(context.args, 2) !== 0) throw SYNTAX_ERROR;
  increment(context, 2, INCR);
}

function flagAt(args: Arguments, i: number): number {
  const size = args.size(i);
  if (size < 2 || size > 4) return 0;
  if (args.is(i, "NX")) return NX;
  if (args.is(i, "XX")) return XX;
  if (args.is(i, "GT")) return GT;
  if (args.is(i, "LT")) return LT;
  if (args.is(i, "CH")) return CH;
  return args.is(i, "INCR") ? INCR : 0;
}

/** A score as an argument: as C's `strtod` reads it, but that nothing may be lost: `1e400` and `1e-400` are refused. */
export function scoreArgument(args: Arguments, i: number, error: ReplyError = NOT_A_FLOAT): number {
  const start = args.start(i);
  const size = args.size(i);
  const integer = parseExactInteger(args.buffer, start, size);
  if (integer === integer) return Number(integer);
  const value = args.float(i, error);
  if (value !== 0 && Math.abs(value) !== Infinity) return value;
  const text = args.text(i);
  const isExact = value === 0 ? /^[+-]?(0x[0.]*(p.*)?|[0.]*(e.*)?)$/i.test(text) : /inf/i.test(text);
  if (!isExact) throw error;
  return value;
}

function addPairs(context: CommandContext, first: number, flags: number): void {
  const { args, reply } = context;
  const key = args.key(1);
  let score = scoreArgument(args, first);
  const zset = setToChange(context.db, key, flags);
  if (zset === null) return reply.integer(0);
  let added = 0;
  let updated = 0;
  try {
    for (let i = first; i < args.count; i += 2) {
      if (i > first) score = scoreArgument(args, i);
      const outcome = put(zset, args, i + 1, score, flags);
      if (outcome === ADDED) added++;
      else if (outcome === UPDATED) updated++;
    }
    reply.integer((flags & CH) !== 0 ? added + updated : added);
  } finally {
    finish(context.db, key, zset, added + updated, false);
  }
}

/** An argument that is a member, and the score that it gets. */
export interface ScoredArgument {
  readonly member: number;
  readonly score: number;
}

/** How a command adds scores that it has made itself. */
export interface AddOptions {
  /** `XX` or `NX`; null: neither. */
  readonly mustExist: boolean | null;
  /** `CH`: members that got another score are counted too. */
  readonly countsChanges: boolean;
}

/** What `ZADD` does, for scores that are no arguments; replies as it does. Whether anything was changed. */
export function addScores(
  { args, db, reply }: CommandContext,
  elements: readonly ScoredArgument[],
  { mustExist, countsChanges }: AddOptions,
): boolean {
  const key = args.key(1);
  const flags = mustExist === null ? NO_FLAGS : mustExist ? XX : NX;
  const zset = setToChange(db, key, flags);
  if (zset === null) {
    reply.integer(0);
    return false;
  }
  let added = 0;
  let updated = 0;
  try {
    for (const { member, score } of elements) {
      const outcome = put(zset, args, member, score, flags);
      if (outcome === ADDED) added++;
      else if (outcome === UPDATED) updated++;
    }
    reply.integer(countsChanges ? added + updated : added);
  } finally {
    finish(db, key, zset, added + updated, false);
  }
  return added + updated > 0;
}

function increment({ args, db, reply }: CommandContext, at: number, flags: number): void {
  const key = args.key(1);
  const by = scoreArgument(args, at);
  const zset = setToChange(db, key, flags);
  if (zset === null) return reply.null();
  const exists = zset.find(args.buffer, args.start(at + 1), args.size(at + 1));
  const score = exists ? zset.score + by : by;
  let outcome = NOTHING;
  try {
    outcome = put(zset, args, at + 1, by, flags);
    if (outcome === REFUSED) reply.null();
    else reply.double(score);
  } finally {
    finish(db, key, zset, outcome === ADDED || outcome === UPDATED ? 1 : 0, true);
  }
}

/** Null where there is no set and none may be made. */
function setToChange(db: Database, key: Key, flags: number): SortedSet | null {
  return (flags & XX) !== 0 ? db.write(key, zsetType) : db.upsert(key, zsetType);
}

/** Gives the member at a position a score, as far as the flags let it. */
function put(zset: SortedSet, args: Arguments, i: number, given: number, flags: number): number {
  const { buffer } = args;
  const start = args.start(i);
  const size = args.size(i);
  let score = given;
  if (!zset.find(buffer, start, size)) {
    if ((flags & XX) !== 0) return REFUSED;
    zset.addMissing(buffer, start, size, score);
    return ADDED;
  }
  if ((flags & NX) !== 0) return REFUSED;
  const old = zset.score;
  if ((flags & INCR) !== 0) {
    score += old;
    if (Number.isNaN(score)) throw NOT_A_NUMBER;
  }
  if (((flags & LT) !== 0 && score >= old) || ((flags & GT) !== 0 && score <= old)) return REFUSED;
  if (score === old) return NOTHING;
  zset.setScore(buffer, start, size, score);
  return UPDATED;
}

/** Tells of what was done; a set that was made for nothing goes. */
function finish(db: Database, key: Key, zset: SortedSet, changes: number, isIncrement: boolean): void {
  if (changes > 0) db.changed(key, isIncrement ? zincrEvent : zaddEvent, changes);
  else if (zset.count === 0) db.remove(key);
}
