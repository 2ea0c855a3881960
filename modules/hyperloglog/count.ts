/**
 * Adding elements, estimating how many there are, putting several HyperLogLogs together.
 *
 * An estimate is kept in the string that it was made from until the next change; since that is a change of the string,
 * `PFCOUNT` is sent on to AOF and replicas, though it only reads.
 *
 * @module
 */
import {
  argument,
  type ByteString,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  keyEvent,
  keyRange,
  oneKey,
} from "../../server/api/mod.ts";
import { estimate } from "./estimate.ts";
import { INDEX_BITS, placeOf, RANK_BITS, REGISTERS } from "./hash.ts";
import { hllSparseMaxBytes } from "./options.ts";
import {
  DENSE,
  denseRank,
  ENCODING_AT,
  ESTIMATE_AT,
  HEADER_BYTES,
  runBytes,
  runRank,
  runRegisters,
  setDenseRank,
  type Sketch,
  sparseRank,
  STALE,
  STALE_AT,
  visitRuns,
} from "./sketch.ts";
import {
  CORRUPTED,
  emptySketch,
  loadSketch,
  makeOwn,
  openForWriting,
  readSketch,
  storeSketch,
  writeSketch,
} from "./sketch_string.ts";

/** `PFADD`, `PFCOUNT`, `PFMERGE`. */
export const countCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "PFADD",
    summary: "Adds the specified elements to the specified HyperLogLog.",
    since: "2.8.9",
    group: "hyperloglog",
    complexity: "O(1) to add every element.",
    arity: -2,
    flags: ["write", "denyoom", "fast"],
    categories: ["hyperloglog"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("element", { optional: true, multiple: true })],
    run: pfadd,
  }),
  defineCommand({
    name: "PFCOUNT",
    summary: "Return the approximated cardinality of the set(s) observed by the HyperLogLog at key(s).",
    since: "2.8.9",
    group: "hyperloglog",
    complexity:
      "O(1) with a very small average constant time when called with a single key. O(N) with N being the number of keys, and much bigger constant times, when called with multiple keys.",
    arity: -2,
    flags: ["readonly", "may_replicate"],
    categories: ["hyperloglog"],
    keys: [{
      ...keyRange({ first: 1, last: -1 }, "RW", "access"),
      notes: "RW because it may change the internal representation of the key, and propagate to replicas",
    }],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: pfcount,
  }),
  defineCommand({
    name: "PFMERGE",
    summary: "Merge N different HyperLogLogs into a single one.",
    since: "2.8.9",
    group: "hyperloglog",
    complexity: "O(N) to merge N HyperLogLogs, but with high constant times.",
    arity: -2,
    flags: ["write", "denyoom"],
    categories: ["hyperloglog"],
    keys: [oneKey("RW", "access", "insert"), keyRange({ first: 2, last: -1 }, "RO", "access")],
    arguments: [argument.key("destkey", 0), argument.key("sourcekey", 1, { multiple: true })],
    run: pfmerge,
  }),
];

/** Elements were added. */
const pfaddEvent = keyEvent("string", "pfadd");

function pfadd(context: CommandContext): void {
  const { args, config, db, reply } = context;
  const key = args.key(1);
  const value = writeSketch(context, key);
  const firstAt = value === null ? 2 : firstAbove(context, value);
  if (value !== null && firstAt === args.count) {
    makeOwn(context, key, value);
    return reply.integer(0);
  }
  if (value !== null && isDense(value)) return raiseDense(context, firstAt, value.length);
  const sketch = value === null ? emptySketch() : loadSketch(value);
  const bytesMax = config.get(hllSparseMaxBytes);
  let changes = value === null ? 1 : 0;
  for (let i = firstAt; i < args.count; i++) {
    const place = placeOf(args.buffer, args.start(i), args.size(i));
    const raised = sketch.raise(place & (REGISTERS - 1), place >>> INDEX_BITS, bytesMax);
    if (raised === null) throw CORRUPTED;
    if (raised) changes++;
  }
  sketch.invalidate();
  storeSketch(context, key, sketch);
  db.changed(key, pfaddEvent, changes);
  reply.integer(1);
}

/** Position of the first element that changes a HyperLogLog; most change nothing, and then nothing is opened or copied. */
function firstAbove({ args }: CommandContext, value: ByteString): number {
  const { bytes, start, length } = value;
  const dense = isDense(value);
  for (let i = 2; i < args.count; i++) {
    const place = placeOf(args.buffer, args.start(i), args.size(i));
    const index = place & (REGISTERS - 1);
    const rank = dense ? denseRank(bytes, start + HEADER_BYTES, index) : sparseRank(bytes, start, length, index);
    if (rank < place >>> INDEX_BITS) return i;
  }
  return args.count;
}

/** Adds the elements from a position on, the first of which changes something: dense registers are raised where they are. */
function raiseDense(context: CommandContext, firstAt: number, length: number): void {
  const { args, db, reply } = context;
  const key = args.key(1);
  const value = openForWriting(context, key, length);
  let changes = 0;
  for (let i = firstAt; i < args.count; i++) {
    const place = placeOf(args.buffer, args.start(i), args.size(i));
    if (raiseInPlace(value, place & (REGISTERS - 1), place >>> INDEX_BITS)) changes++;
  }
  value.fill(STALE_AT, 1, value.bytes[value.start + STALE_AT] | STALE);
  db.changed(key, pfaddEvent, changes);
  reply.integer(1);
}

function raiseInPlace(value: ByteString, index: number, rank: number): boolean {
  const { bytes, start } = value;
  if (denseRank(bytes, start + HEADER_BYTES, index) >= rank) return false;
  const at = HEADER_BYTES + ((index * 6) >>> 3);
  // A register is in two bytes; behind the last there is none, and it needs only one.
  const size = Math.min(2, value.length - at);
  for (let i = 0; i < size; i++) scratch[i] = bytes[start + at + i];
  setDenseRank(scratch, 0, (index * 6) & 7, rank);
  value.write(at, scratch, 0, size);
  return true;
}

function pfcount(context: CommandContext): void {
  const { args, db, reply } = context;
  if (args.count > 2) return reply.integer(countTogether(context));
  const key = args.key(1);
  const value = readSketch(context, key);
  if (value === null) return reply.integer(0);
  const known = knownEstimate(value);
  if (known >= 0) {
    makeOwn(context, key, value);
    return reply.integer(known);
  }
  const count = estimate(histogramOf(value));
  keepEstimate(openForWriting(context, key, value.length), count);
  db.touched(key);
  context.addDirty(1);
  reply.integer(count);
}

/** The estimate that the string keeps; -1 where it is out of date. */
function knownEstimate({ bytes, start }: ByteString): number {
  if ((bytes[start + STALE_AT] & STALE) !== 0) return -1;
  let count = 0;
  for (let i = STALE_AT; i >= ESTIMATE_AT; i--) count = count * 256 + bytes[start + i];
  return count;
}

function keepEstimate(value: ByteString, count: number): void {
  let rest = count;
  for (let i = ESTIMATE_AT; i <= STALE_AT; i++) {
    scratch[i - ESTIMATE_AT] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  value.write(ESTIMATE_AT, scratch, 0, 8);
}

/** How many registers have each rank; good until the next call. */
function histogramOf(value: ByteString): Int32Array {
  const { bytes, start, length } = value;
  counts.fill(0);
  if (isDense(value)) {
    // Three bytes are four registers.
    const end = start + length;
    for (let at = start + HEADER_BYTES; at < end; at += 3) {
      const four = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
      counts[four & 63]++;
      counts[SECOND + ((four >>> 6) & 63)]++;
      counts[THIRD + ((four >>> 12) & 63)]++;
      counts[FOURTH + (four >>> 18)]++;
    }
    return summedCounts();
  }
  const isWhole = visitRuns(bytes, start, length, (_first, registers, rank) => counts[rank] += registers);
  if (!isWhole) throw CORRUPTED;
  return summedCounts();
}

/** The same of ranks, most of which may be 0. */
function histogramOfRanks(): Int32Array {
  counts.fill(0);
  for (let i = 0; i < REGISTERS; i += 4) {
    if (ranksByFour[i >>> 2] === 0) counts[0] += 4;
    else {
      counts[ranks[i]]++;
      counts[SECOND + ranks[i + 1]]++;
      counts[THIRD + ranks[i + 2]]++;
      counts[FOURTH + ranks[i + 3]]++;
    }
  }
  return summedCounts();
}

function summedCounts(): Int32Array {
  for (let i = 0; i < RANKS; i++) counts[i] += counts[SECOND + i] + counts[THIRD + i] + counts[FOURTH + i];
  return counts;
}

/** The estimate of all elements of several keys. */
function countTogether(context: CommandContext): number {
  const { args } = context;
  ranks.fill(0);
  for (let i = 1; i < args.count; i++) {
    const value = readSketch(context, args.key(i));
    if (value !== null) raiseAll(value);
  }
  return estimate(histogramOfRanks());
}

/** Raises the ranks to those of a HyperLogLog. */
function raiseAll(value: ByteString): void {
  const { bytes, start, length } = value;
  if (isDense(value)) {
    for (let i = 0, at = start + HEADER_BYTES; i < REGISTERS; i += 4, at += 3) {
      const four = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
      if ((four & 63) > ranks[i]) ranks[i] = four & 63;
      if (((four >>> 6) & 63) > ranks[i + 1]) ranks[i + 1] = (four >>> 6) & 63;
      if (((four >>> 12) & 63) > ranks[i + 2]) ranks[i + 2] = (four >>> 12) & 63;
      if (four >>> 18 > ranks[i + 3]) ranks[i + 3] = four >>> 18;
    }
    return;
  }
  if (!raiseByRuns(bytes, start, length)) throw CORRUPTED;
}

/** The same by runs; false where they are not all registers. As `visitRuns`, without a call for each run. */
function raiseByRuns(bytes: Uint8Array, start: number, length: number): boolean {
  const end = start + length;
  let i = 0;
  for (let at = start + HEADER_BYTES; at < end;) {
    const registers = runRegisters(bytes, at, end);
    const rank = runRank(bytes[at]);
    at += runBytes(bytes[at]);
    if (i + registers > REGISTERS) return false;
    if (rank === 0) i += registers;
    else for (let left = registers; left > 0; left--, i++) if (rank > ranks[i]) ranks[i] = rank;
  }
  return i === REGISTERS;
}

function pfmerge(context: CommandContext): void {
  const { args, config, db, reply } = context;
  ranks.fill(0);
  let anyDense = false;
  for (let i = 1; i < args.count; i++) {
    const value = readSketch(context, args.key(i));
    if (value === null) continue;
    if (isDense(value)) anyDense = true;
    raiseAll(value);
  }
  const key = args.key(1);
  const value = writeSketch(context, key);
  const sketch = value === null ? emptySketch() : loadSketch(value);
  if (anyDense) sketch.setRanks(ranks);
  else raiseEach(sketch, config.get(hllSparseMaxBytes));
  sketch.invalidate();
  storeSketch(context, key, sketch);
  db.changed(key, pfaddEvent);
  reply.ok();
}

function raiseEach(sketch: Sketch, sparseBytesMax: number): void {
  for (let i = 0; i < REGISTERS; i++) {
    if (ranks[i] > 0 && sketch.raise(i, ranks[i], sparseBytesMax) === null) throw CORRUPTED;
  }
}

function isDense({ bytes, start }: ByteString): boolean {
  return bytes[start + ENCODING_AT] === DENSE;
}

/** Ranks that six bits can spell; beyond the highest rank that a hash has, none is ever counted. */
const RANKS = Math.max(64, RANK_BITS + 2);
// Four counts of each rank: in one alone, each of many equal ranks would wait until the one before is counted.
const SECOND = RANKS;
const THIRD = 2 * RANKS;
const FOURTH = 3 * RANKS;

// Scratch.
const counts = new Int32Array(4 * RANKS);
const ranks = new Uint8Array(REGISTERS);
const ranksByFour = new Int32Array(ranks.buffer);
const scratch = new Uint8Array(8);
