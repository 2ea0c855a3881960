/**
 * The hash type: how hashes are saved, loaded, copied and described.
 *
 * @module
 */
import {
  CorruptValueError,
  decodeText,
  defineType,
  elementBytes,
  type Heap,
  isListpack,
  keyEvent,
  Listpack,
  type ValueInput,
  type ValueRoot,
  ziplistElements,
} from "../../server/api/mod.ts";
import { HashValue, PAIRS } from "./hash_value.ts";
import { zipmapElements } from "./zipmap.ts";

// Opcodes of the RDB format.
const OPCODE_TABLE = 4;
const OPCODE_ZIPMAP = 9;
const OPCODE_ZIPLIST = 13;
const OPCODE_LISTPACK = 16;

/** Pairs in one command of a rewritten AOF. */
const PAIRS_PER_COMMAND = 64;
/** Up to so many fields are compared each with each; beyond, a set of texts is cheaper. */
const COMPARED_FIELDS_MAX = 32;

/** Fields got values. */
export const hsetEvent = keyEvent("hash", "hset");
/** Fields were removed. */
export const hdelEvent = keyEvent("hash", "hdel");

/** A cache: the cursor that was opened last. */
const last: { value: HashValue | null } = { value: null };

function cursorOn(heap: Heap): HashValue {
  if (last.value?.heap !== heap) last.value = new HashValue(heap);
  return last.value;
}

/** Hashes. */
export const hashType = defineType<HashValue>({
  name: "hash",
  storage: "heap",
  encodings: ["listpack", "hashtable"],
  open: (root) => cursorOn(root.heap).open(root),
  opensOne: true,
  create: (root) => cursorOn(root.heap).create(root),
  free: (hash) => hash.release(),
  freeEffort: (hash) => hash.pack !== null ? 1 : hash.count,
  freePart: (hash, elementsMax) => hash.releasePart(elementsMax),
  copy: (hash, target) => hash.copy(target),
  visitBlocks: (hash, visit) => hash.visitBlocks(visit),
  memoryUsage: (hash, samples) => hash.memoryUsage(samples),
  hashTable: (hash) => hash.table,
  digestNumber: 4,
  digest(hash, output) {
    let field: Uint8Array | null = null;
    hash.forEach(PAIRS, (element) => {
      if (field === null) field = elementBytes(element);
      else {
        output.unorderedGroup(field, elementBytes(element));
        field = null;
      }
    });
  },
  rewriteAof(hash, key, output) {
    const words: Uint8Array[] = [];
    hash.forEach(PAIRS, (element) => {
      words.push(elementBytes(element));
      if (words.length === PAIRS_PER_COMMAND * 2) output.command("HMSET", key, ...words.splice(0));
    });
    if (words.length > 0) output.command("HMSET", key, ...words);
  },
  rdb: {
    opcodes: [OPCODE_TABLE, OPCODE_ZIPMAP, OPCODE_ZIPLIST, OPCODE_LISTPACK],
    opcodeOf: (hash) => hash.pack !== null ? OPCODE_LISTPACK : OPCODE_TABLE,
    save(hash, output) {
      const { pack } = hash;
      if (pack !== null) return output.string(pack.bytes, pack.base, pack.totalBytes);
      output.length(hash.count);
      hash.forEach(PAIRS, ({ bytes, start, length }) => output.string(bytes, start, length));
    },
    load(opcode, input, target) {
      if (opcode === OPCODE_LISTPACK) loadPack(input.string(), target);
      else if (opcode === OPCODE_ZIPLIST) loadZiplist(input.string(), target);
      else if (opcode === OPCODE_ZIPMAP) loadZipmap(input.string(), target);
      else loadPairs(input, target);
    },
  },
});

function loadPairs(input: ValueInput, target: ValueRoot): void {
  const hash = cursorOn(target.heap).create(target);
  let left = input.length();
  if (left === 0) throw new CorruptValueError("a hash has no field");
  for (; left > 0; left--) {
    const field = input.string();
    add(hash, field, input.string());
  }
}

function loadZipmap(bytes: Uint8Array, target: ValueRoot): void {
  const hash = cursorOn(target.heap).create(target);
  const elements = zipmapElements(bytes);
  if (elements === null || elements.length === 0) throw new CorruptValueError("no zipmap of fields and values");
  for (let i = 0; i < elements.length; i += 2) add(hash, elements[i], elements[i + 1]);
}

function add(hash: HashValue, field: Uint8Array, value: Uint8Array): void {
  const isNew = hash.set(field, 0, field.length, value, 0, value.length);
  if (!isNew) throw new CorruptValueError("a field is there twice");
}

function loadZiplist(bytes: Uint8Array, target: ValueRoot): void {
  const elements = ziplistElements(bytes);
  if (elements === null) throw new CorruptValueError("no ziplist");
  const pack = new Listpack(target.heap).open(Listpack.create(target.heap));
  target.root = pack.ref;
  for (const element of elements) {
    if (element instanceof Uint8Array) pack.insert(0, element, 0, element.length);
    else pack.insertInteger(0, element);
    target.root = pack.ref;
  }
  check(pack);
  cursorOn(target.heap).open(target).convertWhereLong();
}

function loadPack(bytes: Uint8Array, target: ValueRoot): void {
  if (!isListpack(bytes)) throw new CorruptValueError("no listpack");
  target.root = Listpack.from(target.heap, bytes);
  check(new Listpack(target.heap).open(target.root));
  cursorOn(target.heap).open(target).convertWhereLong();
}

/** Throws where a listpack does not consist of pairs whose fields are distinct. */
function check(pack: Listpack): void {
  const { count } = pack;
  if (count === 0 || count % 2 === 1) throw new CorruptValueError("no pairs of fields and values");
  const isTwice = count > COMPARED_FIELDS_MAX * 2 ? isAnyTwice(pack) : isAnyFoundAgain(pack);
  if (isTwice) throw new CorruptValueError("a field is there twice");
}

function isAnyTwice(pack: Listpack): boolean {
  const seen = new Set<string>();
  for (let position = pack.first(); position !== 0; position = pack.next(pack.next(position))) {
    const text = decodeText(elementBytes(pack.read(position)));
    if (seen.has(text)) return true;
    seen.add(text);
  }
  return false;
}

function isAnyFoundAgain(pack: Listpack): boolean {
  for (let position = pack.first(); position !== 0;) {
    const field = elementBytes(pack.read(position));
    position = pack.next(pack.next(position));
    if (pack.find(position, field, 0, field.length, 1) !== 0) return true;
  }
  return false;
}
