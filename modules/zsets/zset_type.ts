/**
 * The sorted set type: how sorted sets are saved, loaded, copied and described.
 *
 * @module
 */
import {
  CorruptValueError,
  defineType,
  encodeText,
  formatFloat64,
  type Heap,
  isListpack,
  parseFloat64,
  type ValueInput,
  type ValueRoot,
  ziplistElements,
} from "../../server/api/mod.ts";
import { SortedSet } from "./sorted_set.ts";

// Opcodes of the RDB format.
const OPCODE_TEXT_SCORES = 3;
const OPCODE_SKIPLIST = 5;
const OPCODE_ZIPLIST = 12;
const OPCODE_LISTPACK = 17;

// In place of the length of a score that is text.
const TEXT_NAN = 253;
const TEXT_INFINITY = 254;
const TEXT_MINUS_INFINITY = 255;

/** Pairs in one command of a rewritten AOF. */
const PAIRS_PER_COMMAND = 64;

/** A cache: the cursor that was opened last. */
const last: { set: SortedSet | null } = { set: null };

function cursorOn(heap: Heap): SortedSet {
  if (last.set?.heap !== heap) last.set = new SortedSet(heap);
  return last.set;
}

/** Sorted sets. What it opens is one cursor for all; see {@linkcode SortedSet.own}. */
export const zsetType = defineType<SortedSet>({
  name: "zset",
  storage: "heap",
  encodings: ["listpack", "skiplist"],
  open: (root) => cursorOn(root.heap).open(root),
  create: (root) => cursorOn(root.heap).create(root),
  free: (zset) => zset.release(),
  freeEffort: (zset) => zset.pack !== null ? 1 : zset.count,
  freePart: (zset, elementsMax) => zset.releasePart(elementsMax),
  copy: (zset, target) => zset.copy(target),
  visitBlocks(zset, visit) {
    if (zset.pack !== null) visit(zset.pack.ref);
    else zset.table!.visitBlocks(visit);
  },
  memoryUsage: (zset, samples) => zset.memoryUsage(samples),
  digestNumber: 3,
  digest(zset, output) {
    forEachElement(zset, () => {
      output.unorderedGroup(zset.memberBytes(), encodeText(formatFloat64(zset.score)));
    });
  },
  rewriteAof(zset, key, output) {
    const words: (Uint8Array | string)[] = [];
    forEachElement(zset, () => {
      words.push(formatFloat64(zset.score), zset.memberBytes());
      if (words.length === PAIRS_PER_COMMAND * 2) output.command("ZADD", key, ...words.splice(0));
    });
    if (words.length > 0) output.command("ZADD", key, ...words);
  },
  rdb: {
    opcodes: [OPCODE_SKIPLIST, OPCODE_TEXT_SCORES, OPCODE_ZIPLIST, OPCODE_LISTPACK],
    opcodeOf: (zset) => zset.pack !== null ? OPCODE_LISTPACK : OPCODE_SKIPLIST,
    save(zset, output) {
      const { pack, count } = zset;
      if (pack !== null) return output.string(pack.bytes, pack.base, pack.totalBytes);
      output.length(count);
      zset.seek(count - 1);
      for (let left = count; left > 0; left--) {
        const { bytes, start, length } = zset.member;
        output.string(bytes, start, length);
        output.double(zset.score);
        zset.previous();
      }
    },
    load(opcode, input, target) {
      const zset = cursorOn(target.heap);
      if (opcode === OPCODE_LISTPACK) {
        const bytes = input.string();
        if (!isListpack(bytes)) throw new CorruptValueError("no listpack");
        checkPack(zset.createFrom(target, bytes));
      } else if (opcode === OPCODE_ZIPLIST) loadZiplist(zset, input, target);
      else loadPairs(zset.createTable(target), input, opcode === OPCODE_TEXT_SCORES);
    },
  },
});

function forEachElement(zset: SortedSet, visit: () => void): void {
  zset.seek(0);
  for (let left = zset.count; left > 0; left--) {
    visit();
    zset.next();
  }
}

/** Accepts a set that was made of foreign bytes. */
function checkPack(zset: SortedSet): void {
  if (!zset.isSound()) throw new CorruptValueError("no sorted set is in the listpack");
  zset.expand();
}

function loadZiplist(zset: SortedSet, input: ValueInput, target: ValueRoot): void {
  const elements = ziplistElements(input.string());
  if (elements === null) throw new CorruptValueError("no ziplist");
  zset.create(target);
  const pack = zset.pack!;
  for (const element of elements) {
    const text = element instanceof Uint8Array ? element : encodeText(String(element));
    pack.insert(0, text, 0, text.length);
    target.root = pack.ref;
  }
  checkPack(zset);
}

function loadPairs(zset: SortedSet, input: ValueInput, scoresAreText: boolean): void {
  const count = input.length();
  if (count === 0) throw new CorruptValueError("a sorted set has no member");
  for (let left = count; left > 0; left--) {
    const member = input.string();
    const score = scoresAreText ? textScore(input) : input.double();
    if (Number.isNaN(score)) throw new CorruptValueError("a score is not a number");
    if (zset.find(member, 0, member.length)) throw new CorruptValueError("a sorted set has a member twice");
    zset.add(member, 0, member.length, score);
  }
  zset.compact();
}

function textScore(input: ValueInput): number {
  const [length] = input.raw(1);
  if (length === TEXT_NAN) return NaN;
  if (length === TEXT_INFINITY) return Infinity;
  if (length === TEXT_MINUS_INFINITY) return -Infinity;
  return parseFloat64(input.raw(length), 0, length);
}
