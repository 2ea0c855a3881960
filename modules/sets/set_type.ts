/**
 * The set type: how sets are saved, loaded, copied and described.
 *
 * For modules that work on sets beside their own values: `db.read(key, setType)` opens one; keep it with `own()` where more
 * than one is open. Its members are walked without an object for each by `set.forEach((member) => …)`, where `member` is an
 * `ElementView`; `set.hasElement(element)` asks for an element of any structure.
 *
 * @module
 */
import {
  CorruptValueError,
  defineType,
  elementBytes,
  type Heap,
  Intset,
  isIntset,
  isListpack,
  Listpack,
  type ValueInput,
  type ValueRoot,
} from "../../server/api/mod.ts";
import { setMaxIntsetEntries } from "./options.ts";
import { INTSET, SetValue, TABLE } from "./set_value.ts";

// Opcodes of the RDB format.
const OPCODE_TABLE = 2;
const OPCODE_INTSET = 11;
/** Written by Redis 7.2 and later. */
const OPCODE_LISTPACK = 20;

/** Members in one command of a rewritten AOF. */
const MEMBERS_PER_COMMAND = 64;

/** A cache: the cursor that was opened last. */
const last: { value: SetValue | null } = { value: null };

function cursorOn(heap: Heap): SetValue {
  if (last.value?.heap !== heap) last.value = new SetValue(heap);
  return last.value;
}

/** Sets. */
export const setType = defineType<SetValue>({
  name: "set",
  storage: "heap",
  encodings: ["intset", "hashtable"],
  open: (root) => cursorOn(root.heap).open(root),
  create: (root) => cursorOn(root.heap).create(root),
  free: (set) => set.release(),
  freeEffort: (set) => set.intset !== null ? 1 : set.count,
  freePart: (set, elementsMax) => set.releasePart(elementsMax),
  copy: (set, target) => set.copy(target),
  visitBlocks: (set, visit) => set.visitBlocks(visit),
  memoryUsage: (set, samples) => set.memoryUsage(samples),
  digestNumber: 2,
  digest: (set, output) => set.forEach((member) => output.unordered(elementBytes(member))),
  rewriteAof(set, key, output) {
    const members: Uint8Array[] = [];
    set.forEach((member) => {
      members.push(elementBytes(member));
      if (members.length === MEMBERS_PER_COMMAND) output.command("SADD", key, ...members.splice(0));
    });
    if (members.length > 0) output.command("SADD", key, ...members);
  },
  rdb: {
    opcodes: [OPCODE_TABLE, OPCODE_INTSET, OPCODE_LISTPACK],
    opcodeOf: (set) => set.intset !== null ? OPCODE_INTSET : OPCODE_TABLE,
    save(set, output) {
      const { intset } = set;
      if (intset !== null) return output.string(intset.bytes, intset.base, intset.totalBytes);
      output.length(set.count);
      set.forEach(({ bytes, start, length }) => output.string(bytes, start, length));
    },
    load(opcode, input, target) {
      if (opcode === OPCODE_INTSET) loadIntset(input.string(), target);
      else if (opcode === OPCODE_LISTPACK) loadListpack(input.string(), target);
      else loadMembers(input, target);
    },
  },
});

function loadIntset(bytes: Uint8Array, target: ValueRoot): void {
  if (!isIntset(bytes)) throw new CorruptValueError("no intset");
  target.root = Intset.from(target.heap, bytes);
  target.encoding = INTSET;
  cursorOn(target.heap).open(target).limitIntset();
}

function loadListpack(bytes: Uint8Array, target: ValueRoot): void {
  const { heap } = target;
  if (!isListpack(bytes)) throw new CorruptValueError("no listpack");
  const set = cursorOn(heap).create(target);
  const pack = new Listpack(heap).open(Listpack.from(heap, bytes));
  try {
    for (let position = pack.first(); position !== 0; position = pack.next(position)) {
      if (!set.addElement(pack.read(position))) throw new CorruptValueError("a member is there twice");
    }
  } finally {
    heap.free(pack.ref);
  }
  if (set.count === 0) throw new CorruptValueError("a set has no member");
}

function loadMembers(input: ValueInput, target: ValueRoot): void {
  const count = input.length();
  if (count === 0) throw new CorruptValueError("a set has no member");
  const isLarge = count > target.config.get(setMaxIntsetEntries);
  const set = cursorOn(target.heap).create(target, isLarge ? TABLE : INTSET);
  for (let left = count; left > 0; left--) {
    const member = input.string();
    if (!set.add(member, 0, member.length)) throw new CorruptValueError("a member is there twice");
  }
}
