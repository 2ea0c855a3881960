/**
 * Builders for the key specifications that commands use, so that a definition says where its keys are in one line.
 *
 * Positions are those of the whole command line: 0 is the command's name, of a sub-command 1 is the sub-command's. A
 * negative position counts from the end: -1 is the last argument. The vocabulary is that of
 * https://redis.io/docs/latest/develop/reference/key-specs/.
 *
 * @module
 */
import type { KeyFlag, KeySpec } from "./command.ts";

/** A run of arguments that are keys: `first` and `last` are positions, every `step`-th argument is a key. */
export interface KeyRange {
  readonly first: number;
  readonly last: number;
  readonly step?: number;
}

/** The arguments after a keyword that are keys. */
export interface KeysAfterKeyword {
  /** Position where the search for the keyword begins; negative: backwards from there. */
  readonly startFrom: number;
  /** Position of the last key, counted from the first one (0: a single key) or, where negative, from the end. */
  readonly last?: number;
  /** With a negative `last`: only this fraction of the rest is keys (2: the first half). */
  readonly limit?: number;
}

/** One key, the first argument. */
export function oneKey(...flags: KeyFlag[]): KeySpec {
  return keyAt(1, ...flags);
}

/** One key at `position`. */
export function keyAt(position: number, ...flags: KeyFlag[]): KeySpec {
  return { flags, begin: { index: position }, find: { lastKey: 0, step: 1, limit: 0 } };
}

/** Several keys between two positions, as in `DEL key [key ...]` or `MSET key value [key value ...]`. */
export function keyRange({ first, last, step = 1 }: KeyRange, ...flags: KeyFlag[]): KeySpec {
  const lastKey = last < 0 ? last : last - first;
  return { flags, begin: { index: first }, find: { lastKey, step, limit: 0 } };
}

/** A count of keys at `position` and the keys behind it, as in `ZDIFF numkeys key [key ...]`. */
export function keyNumber(position: number, ...flags: KeyFlag[]): KeySpec {
  return { flags, begin: { index: position }, find: { keyNumIndex: 0, firstKey: 1, step: 1 } };
}

/** Keys behind a keyword, as in `XREAD STREAMS key [key ...] id [id ...]`. */
export function keysAfter(
  keyword: string,
  { startFrom, last = 0, limit = 0 }: KeysAfterKeyword,
  ...flags: KeyFlag[]
): KeySpec {
  return { flags, begin: { keyword, startFrom }, find: { lastKey: last, step: 1, limit } };
}

/** Keys that no rule can find; the command brings its own `findKeys`, where they can be found at all. */
export function unknownKeys(...flags: KeyFlag[]): KeySpec {
  return { flags, begin: "unknown", find: "unknown" };
}
