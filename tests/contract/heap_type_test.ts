/**
 * The contract of data types on a type that is kept in the heap in blocks of its own: a ring of the last 80 byte strings
 * pushed to it, `small` while it has room for four, else `large`. What it proves is that a type needs no more than
 * `defineType` to live in the heap.
 *
 *     table    [ count | place of the oldest | refs of elements … ]
 *     element  [ length | bytes … ]
 *
 * @module
 */
import {
  type BlockVisitor,
  CorruptValueError,
  defineCommand,
  defineModule,
  defineType,
  keyEvent,
  oneKey,
  type Ref,
  type ValueRoot,
} from "../../server/api/mod.ts";
import { byteOf, SEGMENT_SHIFT, wordOf } from "../../server/heap/layout.ts";
import { testDataType } from "./data_type.ts";

const COUNT = 0;
const OLDEST = 1;
const HEADER_WORDS = 2;
const SMALL = 0;
const LARGE = 1;
const CAPACITIES = [4, 80];

class Ring {
  constructor(readonly root: ValueRoot) {}

  static create(root: ValueRoot, encoding: number): Ring {
    const { heap } = root;
    const table = heap.allocate((HEADER_WORDS + CAPACITIES[encoding]) * 4);
    const words = heap.segments[table >>> SEGMENT_SHIFT].i32;
    words[wordOf(table) + COUNT] = 0;
    words[wordOf(table) + OLDEST] = 0;
    root.root = table;
    root.encoding = encoding;
    return new Ring(root);
  }

  get count(): number {
    return this.#words[this.#at + COUNT];
  }

  push(bytes: Uint8Array): void {
    const { heap } = this.root;
    const element = heap.allocate(4 + bytes.length);
    const segment = heap.segments[element >>> SEGMENT_SHIFT];
    segment.i32[wordOf(element)] = bytes.length;
    segment.u8.set(bytes, byteOf(element) + 4);
    if (this.count === CAPACITIES[SMALL] && this.root.encoding === SMALL) this.#grow();
    if (this.count === CAPACITIES[this.root.encoding]) this.pop();
    this.#willWrite();
    this.#words[this.#slot(this.count)] = element;
    this.#words[this.#at + COUNT]++;
  }

  /** Drops the oldest element. */
  pop(): void {
    const element = this.#words[this.#slot(0)];
    this.#willWrite();
    this.#words[this.#at + OLDEST] = (this.#words[this.#at + OLDEST] + 1) % CAPACITIES[this.root.encoding];
    this.#words[this.#at + COUNT]--;
    this.root.heap.free(element);
  }

  *elements(): Generator<Uint8Array> {
    const { heap } = this.root;
    for (let i = 0; i < this.count; i++) {
      const element = this.#words[this.#slot(i)];
      const { i32, u8 } = heap.segments[element >>> SEGMENT_SHIFT];
      const start = byteOf(element) + 4;
      yield u8.slice(start, start + i32[wordOf(element)]);
    }
  }

  visitBlocks(visit: BlockVisitor): void {
    for (let i = 0; i < this.count; i++) visit(this.#words[this.#slot(i)]);
    visit(this.root.root);
  }

  free(): void {
    const blocks: Ref[] = [];
    this.visitBlocks((ref) => blocks.push(ref));
    blocks.forEach((ref) => this.root.heap.free(ref));
  }

  byteLength(): number {
    let bytes = 0;
    this.visitBlocks((ref) => bytes += this.root.heap.blockBytes(ref));
    return bytes;
  }

  get #words(): Int32Array {
    return this.root.heap.segments[this.root.root >>> SEGMENT_SHIFT].i32;
  }

  get #at(): number {
    return wordOf(this.root.root);
  }

  /** Index of the word that refers to the i-th element. */
  #slot(i: number): number {
    const place = (this.#words[this.#at + OLDEST] + i) % CAPACITIES[this.root.encoding];
    return this.#at + HEADER_WORDS + place;
  }

  #willWrite(): void {
    this.root.heap.willWrite(this.root.root, (HEADER_WORDS + CAPACITIES[this.root.encoding]) * 4);
  }

  #grow(): void {
    const { root, count } = this;
    const refs = Array.from({ length: count }, (_, i) => this.#words[this.#slot(i)]);
    const former = root.root;
    Ring.create(root, LARGE);
    this.#words.set([count, 0, ...refs], this.#at);
    root.heap.free(former);
  }
}

const ringType = defineType<Ring>({
  name: "test-ring",
  storage: "heap",
  encodings: ["small", "large"],
  open: (root) => new Ring(root),
  create: (root) => Ring.create(root, SMALL),
  free: (ring) => ring.free(),
  freeEffort: (ring) => ring.count,
  copy(ring, target) {
    const copy = Ring.create(target, ring.root.encoding);
    for (const element of ring.elements()) copy.push(element);
  },
  visitBlocks: (ring, visit) => ring.visitBlocks(visit),
  memoryUsage: (ring) => ring.byteLength(),
  digest(ring, output) {
    for (const element of ring.elements()) output.ordered(element);
  },
  rewriteAof(ring, key, output) {
    for (const element of ring.elements()) output.command("RING.PUSH", key, element);
  },
  rdb: {
    save(ring, output) {
      output.length(ring.count);
      for (const element of ring.elements()) output.string(element);
    },
    load(_version, input, target) {
      const count = input.length();
      if (count === 0 || count > CAPACITIES[LARGE]) throw new CorruptValueError("no ring has so many elements");
      const ring = Ring.create(target, SMALL);
      for (let i = 0; i < count; i++) ring.push(input.string());
    },
  },
});

const changedEvent = keyEvent("module", "ring.changed");
const about = { since: "1.0.0", group: "module", flags: ["write"], keys: [oneKey("RW", "update")] } as const;

const push = defineCommand({
  ...about,
  name: "RING.PUSH",
  summary: "Adds elements, and drops the oldest ones beyond 80.",
  arity: -3,
  run({ args, db, reply }) {
    const key = args.key(1);
    const ring = db.upsert(key, ringType);
    for (let i = 2; i < args.count; i++) ring.push(args.view(i));
    db.changed(key, changedEvent);
    reply.integer(ring.count);
  },
});

const pop = defineCommand({
  ...about,
  name: "RING.POP",
  summary: "Drops the oldest of two or more elements.",
  arity: 2,
  run({ args, db, reply }) {
    const key = args.key(1);
    const ring = db.write(key, ringType);
    if (ring === null || ring.count < 2) return reply.integer(0);
    ring.pop();
    db.changed(key, changedEvent);
    reply.integer(ring.count);
  },
});

const words = (count: number) => Array.from({ length: count }, (_, i) => `element ${i}`);
const pushed = (count: number) => (key: string) => words(count).map((word) => ["RING.PUSH", key, word]);
const change = (key: string) => [["RING.PUSH", key, "more"], ["RING.POP", key]];

testDataType({
  type: ringType,
  modules: [defineModule({ name: "ring", version: 1, api: 1, types: [ringType], commands: [push, pop] })],
  samples: [
    { name: "one element", encoding: "small", build: pushed(1), change },
    {
      name: "elements empty and of many units",
      encoding: "small",
      change,
      build: (key) => [["RING.PUSH", key, "", "x".repeat(100_000)]],
    },
    { name: "the most of a small one", encoding: "small", build: pushed(4), change: (key) => [["RING.POP", key]] },
    { name: "the fewest of a large one", encoding: "large", build: pushed(5), change },
    { name: "full, and gone round", encoding: "large", build: pushed(100), change },
    {
      name: "shrunk again",
      encoding: "large",
      loadedEncoding: "small",
      build: (key) => [...pushed(6)(key), ["RING.POP", key], ["RING.POP", key], ["RING.POP", key]],
      change,
    },
  ],
  moves: [{ build: pushed(4), from: "small", change: (key) => [["RING.PUSH", key, "fifth"]], to: "large" }],
});
