/**
 * The ends of ranges: by score (`1.5`, `(1.5`, `-inf`) and by member (`[a`, `(a`, `-`, `+`), and the ranks that they stand for.
 *
 * @module
 */
import { type Arguments, compareBytes, parseFloat64, ReplyError } from "../../server/api/mod.ts";
import type { SortedSet } from "./sorted_set.ts";

const BAD_SCORE = new ReplyError("ERR min or max is not a float");
const BAD_MEMBER = new ReplyError("ERR min or max not valid string range item");

const PARENTHESIS = 0x28;
const BRACKET = 0x5b;
const PLUS = 0x2b;
const MINUS = 0x2d;
const LOWEST = -1;
const HIGHEST = 1;

/** An end by score. */
export interface ScoreBound {
  readonly score: number;
  readonly exclusive: boolean;
}

/** An end by member. */
export interface MemberBound {
  /** -1 below all members, 1 above all, 0: at the bytes. */
  readonly place: number;
  readonly bytes: Uint8Array;
  readonly exclusive: boolean;
}

/** Elements from one rank up to another, which does not belong to them. */
export interface RankRange {
  readonly from: number;
  readonly to: number;
}

const NOTHING: RankRange = { from: 0, to: 0 };

/** Reads an end by score, as C's `strtod` reads numbers: blanks in front and nothing at all are allowed. */
export function parseScoreBound(args: Arguments, i: number): ScoreBound {
  const { buffer } = args;
  let start = args.start(i);
  const end = endOfText(buffer, start, args.size(i));
  if (start === end) return { score: 0, exclusive: false };
  const exclusive = buffer[start] === PARENTHESIS;
  if (exclusive) start++;
  if (start === end) return { score: 0, exclusive };
  while (start < end && isBlank(buffer[start])) start++;
  const score = parseFloat64(buffer, start, end - start);
  if (Number.isNaN(score)) throw BAD_SCORE;
  return { score, exclusive };
}

/** Where a text ends for C: before its first NUL. */
function endOfText(bytes: Uint8Array, start: number, size: number): number {
  let end = start;
  while (end < start + size && bytes[end] !== 0) end++;
  return end;
}

/** Reads an end by member. */
export function parseMemberBound(args: Arguments, i: number): MemberBound {
  const bytes = args.view(i);
  const first = bytes[0];
  if (bytes.length === 1 && (first === PLUS || first === MINUS)) {
    return { place: first === PLUS ? HIGHEST : LOWEST, bytes, exclusive: false };
  }
  if (first !== PARENTHESIS && first !== BRACKET) throw BAD_MEMBER;
  return { place: 0, bytes: bytes.subarray(1), exclusive: first === PARENTHESIS };
}

/** The ranks of the elements between two scores. */
export function rangeByScore(zset: SortedSet, min: ScoreBound, max: ScoreBound): RankRange {
  if (min.score > max.score || (min.score === max.score && (min.exclusive || max.exclusive))) return NOTHING;
  const from = zset.countBelow(min.score, min.exclusive);
  if (from === zset.count) return NOTHING;
  return { from, to: Math.max(from, zset.countBelow(max.score, !max.exclusive)) };
}

/**
 * The ranks of the elements between two members. It has a meaning where all scores are the same; where they are not, a
 * listpack is walked from the end that the caller will begin at, as Redis does.
 */
export function rangeByMember(zset: SortedSet, min: MemberBound, max: MemberBound, fromEnd = false): RankRange {
  if (isEmptyRange(min, max) || !hasPart(zset, min, max)) return NOTHING;
  if (zset.table === null) return fromEnd ? walkBackwards(zset, min, max) : walkForwards(zset, min, max);
  const from = countBelowBound(zset, min, min.exclusive);
  return { from, to: Math.max(from, countBelowBound(zset, max, !max.exclusive)) };
}

function isEmptyRange(min: MemberBound, max: MemberBound): boolean {
  if (min.place !== 0 || max.place !== 0) return min.place > max.place || (min.place === max.place && min.place !== 0);
  const order = compareBytes(min.bytes, 0, min.bytes.length, max.bytes, 0, max.bytes.length);
  return order > 0 || (order === 0 && (min.exclusive || max.exclusive));
}

function countBelowBound(zset: SortedSet, { place, bytes }: MemberBound, inclusive: boolean): number {
  if (place !== 0) return place === LOWEST ? 0 : zset.count;
  return zset.table!.index.countBelowMember(bytes, 0, bytes.length, inclusive);
}

function walkForwards(zset: SortedSet, min: MemberBound, max: MemberBound): RankRange {
  const { count } = zset;
  let from = 0;
  zset.seek(0);
  for (; from < count && !isAbove(zset, min); from++) zset.next();
  let to = from;
  for (; to < count && isBelow(zset, max); to++) zset.next();
  return { from, to };
}

function walkBackwards(zset: SortedSet, min: MemberBound, max: MemberBound): RankRange {
  const { count } = zset;
  let to = count;
  zset.seek(count - 1);
  for (; to > 0 && !isBelow(zset, max); to--) zset.previous();
  let from = to;
  for (; from > 0 && isAbove(zset, min); from--) zset.previous();
  return { from, to };
}

/** Whether the last element is not below and the first is not above the range. */
function hasPart(zset: SortedSet, min: MemberBound, max: MemberBound): boolean {
  zset.seek(zset.count - 1);
  if (!isAbove(zset, min)) return false;
  zset.seek(0);
  return isBelow(zset, max);
}

function isAbove(zset: SortedSet, { place, bytes, exclusive }: MemberBound): boolean {
  if (place !== 0) return place === LOWEST;
  const order = zset.compareMember(bytes, 0, bytes.length);
  return order > 0 || (order === 0 && !exclusive);
}

function isBelow(zset: SortedSet, { place, bytes, exclusive }: MemberBound): boolean {
  if (place !== 0) return place === HIGHEST;
  const order = zset.compareMember(bytes, 0, bytes.length);
  return order < 0 || (order === 0 && !exclusive);
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
