/**
 * Finds the keys of a concrete command line by the command's key specifications, for ACL, cluster and `COMMAND GETKEYS`.
 * Source: https://redis.io/docs/latest/develop/reference/key-specs/
 *
 * A specification is brought into a form of plain numbers once, at registration; a search then costs a few comparisons
 * per key and allocates nothing. A line on which one specification makes no sense has no keys at all: its command will
 * answer with an error anyway.
 *
 * @module
 */
import type { KeyFinder, KeySpec } from "../api/command.ts";
import { parseInteger } from "../base/number.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { Flag, KeyUse, maskOf } from "./flags.ts";
import type { KeyPositions } from "./key_positions.ts";

/** Where the keys of a command are. */
export class KeySearch {
  readonly #specs: readonly CompiledSpec[];
  readonly #findKeys: KeyFinder | undefined;
  /** Whether a line of the command can have keys; channels (`not_key`) don't count. */
  readonly hasKeys: boolean;

  constructor(specs: readonly KeySpec[], findKeys?: KeyFinder) {
    this.#specs = specs.map(compile).filter((spec) => spec !== undefined);
    this.#findKeys = findKeys;
    this.hasKeys = findKeys !== undefined || specs.some((spec) => !spec.flags.includes("not_key"));
  }

  /** Puts the keys of a line into `keys` in place of what was there. Returns their number. */
  keysOf(line: Arguments, keys: KeyPositions): number {
    keys.clear();
    if (this.#findKeys !== undefined) this.#findKeys(line, keys.found);
    else this.#search(line, keys, false);
    return keys.count;
  }

  /** The same with what is routed like a key but is none: the channels of sharded publish and subscribe. */
  routedOf(line: Arguments, keys: KeyPositions): number {
    if (this.#findKeys !== undefined) return this.keysOf(line, keys);
    keys.clear();
    this.#search(line, keys, true);
    return keys.count;
  }

  #search(line: Arguments, keys: KeyPositions, withChannels: boolean): void {
    for (const spec of this.#specs) {
      if ((spec.use & KeyUse.not_key) !== 0 && !withChannels) continue;
      const begin = spec.keyword === undefined ? spec.begin : findKeyword(line, spec.keyword, spec.begin);
      if (begin < 0) continue;
      if (!addKeys(line, spec, begin, keys)) return keys.clear();
    }
  }
}

/** A specification as plain numbers. */
interface CompiledSpec {
  readonly use: number;
  readonly keyword: string | undefined;
  /** Position of the first word to look at; with a keyword, where to begin to look for it. */
  readonly begin: number;
  /** Distance from there to the count of keys; -1: no count, the keys are a range. */
  readonly countOffset: number;
  /** Distance from there to the first key. */
  readonly firstKey: number;
  readonly lastKey: number;
  readonly step: number;
  readonly limit: number;
}

function compile({ flags, begin, find }: KeySpec): CompiledSpec | undefined {
  if (begin === "unknown" || find === "unknown") return undefined;
  const byKeyword = "keyword" in begin;
  const byCount = "keyNumIndex" in find;
  return {
    use: maskOf(KeyUse, flags),
    keyword: byKeyword ? begin.keyword.toUpperCase() : undefined,
    begin: byKeyword ? begin.startFrom : begin.index,
    countOffset: byCount ? find.keyNumIndex : -1,
    firstKey: byCount ? find.firstKey : 0,
    lastKey: byCount ? 0 : find.lastKey,
    step: find.step,
    limit: byCount ? 0 : find.limit,
  };
}

/** The position behind the keyword, or -1. A negative `startFrom` counts from the end and searches backwards. */
function findKeyword(line: Arguments, keyword: string, startFrom: number): number {
  const { count } = line;
  const step = startFrom > 0 ? 1 : -1;
  const first = startFrom > 0 ? startFrom : count + startFrom;
  for (let i = first; i > 0 && i < count - 1; i += step) {
    if (line.is(i, keyword)) return i + 1;
  }
  return -1;
}

/** Adds the keys that one specification finds; false: the line makes no sense. */
function addKeys(line: Arguments, spec: CompiledSpec, begin: number, keys: KeyPositions): boolean {
  const { count } = line;
  const { step, use } = spec;
  const first = begin + spec.firstKey;
  let last: number;
  if (spec.countOffset >= 0) {
    if (begin + spec.countOffset >= count) return false;
    last = first + (numberOfKeys(line, begin + spec.countOffset) - 1) * step;
  } else if (spec.lastKey >= 0) last = begin + spec.lastKey;
  else if (spec.limit <= 1) last = count + spec.lastKey;
  else last = begin + Math.trunc((count - begin) / spec.limit) + spec.lastKey;
  if (first >= count || last >= count || last < first) return false;
  for (let position = first; position <= last; position += step) keys.add(position, use);
  return true;
}

/** A count of keys as the client wrote it; 0 where it is no number or more than the line has words. */
function numberOfKeys(line: Arguments, index: number): number {
  const number = parseInteger(line.buffer, line.start(index), line.size(index));
  return number < line.count ? number : 0;
}

/** First key, last key and step as `COMMAND INFO` prints them: all that clients older than key specs know. */
export interface LegacyKeyRange {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** The range that covers all keys with a fixed place; zeros where there are none. */
export function legacyKeyRange(specs: readonly KeySpec[]): LegacyKeyRange {
  let first = 0;
  let last = 0;
  let step = 0;
  for (const { begin, find } of specs) {
    if (begin === "unknown" || find === "unknown" || !("index" in begin) || !("lastKey" in find)) continue;
    const { index } = begin;
    const end = find.lastKey < 0 ? find.lastKey : index + find.lastKey;
    if (first === 0) [first, last, step] = [index, end, find.step];
    else {
      first = Math.min(first, index);
      last = end < 0 || last < 0 ? Math.min(end, last) : Math.max(end, last);
    }
  }
  return { first, last, step };
}

/** `movablekeys` where {@linkcode legacyKeyRange} doesn't tell all keys, else 0. */
export function movableKeysFlag(specs: readonly KeySpec[], findKeys: KeyFinder | undefined): number {
  if (specs.length === 0) return findKeys === undefined ? 0 : Flag.movablekeys;
  const fixed = specs.every(({ begin, find }) =>
    begin !== "unknown" && find !== "unknown" && "index" in begin && "lastKey" in find
  );
  return fixed ? 0 : Flag.movablekeys;
}
