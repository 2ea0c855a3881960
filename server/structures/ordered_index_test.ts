import { assertEquals } from "@std/assert";
import { Random } from "../base/random.ts";
import { Heap } from "../heap/heap.ts";
import type { Ref } from "../heap/layout.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { BytesElement } from "./element.ts";
import { OrderedIndex } from "./ordered_index.ts";
import { compareBytes, createScoredElement, setElementScore, showMember } from "./scored_element.ts";

interface Entry {
  score: number;
  readonly member: Uint8Array;
  readonly ref: Ref;
}

const SPECIAL = [-Infinity, Infinity, 0, -0, 1e-300, 2 ** 53];

function order(a: Entry, b: Entry): number {
  return a.score < b.score ? -1 : a.score > b.score ? 1 : memberOrder(a, b);
}

function memberOrder({ member: a }: Entry, { member: b }: Entry): number {
  return compareBytes(a, 0, a.length, b, 0, b.length);
}

class Bench {
  readonly heap = new Heap();
  readonly random: Random;
  readonly index: OrderedIndex;
  readonly entries: Entry[] = [];
  readonly #names = new Set<string>();

  constructor(seed: number) {
    this.random = new Random(seed);
    this.index = new OrderedIndex(this.heap);
    this.index.open(OrderedIndex.create(this.heap));
  }

  score(): number {
    return this.random.below(10) === 0 ? SPECIAL[this.random.below(SPECIAL.length)] : this.random.below(40) - 20;
  }

  add(score: number): void {
    let member: Uint8Array;
    do {
      member = Uint8Array.from({ length: this.random.below(9) }, () => this.random.below(3) * 127);
    } while (this.#names.has(String(member)) && this.#names.size < 3000);
    if (this.#names.has(String(member))) return;
    this.#names.add(String(member));
    const ref = createScoredElement(this.heap, score, member, 0, member.length);
    this.index.insert(score, ref);
    this.entries.push({ score, member, ref });
  }

  remove(at: number): void {
    const [{ score, ref, member }] = this.entries.splice(at, 1);
    const rank = this.index.rankOf(score, ref);
    if (this.random.below(2) === 0) this.index.remove(score, ref);
    else assertEquals(this.index.takeAt(rank), ref);
    this.#names.delete(String(member));
    this.heap.free(ref);
  }

  update(at: number, score: number): void {
    const entry = this.entries[at];
    this.index.update(entry.score, entry.ref, score);
    setElementScore(this.heap, entry.ref, score);
    entry.score = score;
  }

  check(): void {
    const { index, entries } = this;
    entries.sort(order);
    assertEquals(index.count, entries.length);
    const seen: Ref[] = [];
    if (entries.length > 0) {
      index.seek(0);
      do seen.push(index.element); while (index.next());
    }
    assertEquals(seen, entries.map(({ ref }) => ref));
    const back: Ref[] = [];
    if (entries.length > 0) {
      index.seek(entries.length - 1);
      do back.push(index.element); while (index.previous());
    }
    assertEquals(back.reverse(), seen);
    for (let i = 0; i < 20 && entries.length > 0; i++) {
      const at = this.random.below(entries.length);
      const { score, ref } = entries[at];
      assertEquals(index.rankOf(score, ref), at);
      index.seek(at);
      assertEquals([index.element, index.score], [ref, score]);
      const limit = this.score();
      assertEquals(index.countBelow(limit, false), entries.filter((entry) => entry.score < limit).length);
      assertEquals(index.countBelow(limit, true), entries.filter((entry) => entry.score <= limit).length);
    }
    this.verify();
  }

  verify(): void {
    const { problems } = verifyHeap(this.heap, (visit) => {
      this.index.visitBlocks(visit);
      this.entries.forEach(({ ref }) => visit(ref));
    });
    assertEquals(problems, []);
  }
}

Deno.test("ordered index: random changes, checked against a sorted array", () => {
  const bench = new Bench(7);
  const { random } = bench;
  for (const [target, steps] of [[300, 1500], [3000, 12_000], [150, 8000], [2000, 6000], [0, 6000]]) {
    for (let step = 0; step < steps; step++) {
      const { length } = bench.entries;
      if (length > 0 && random.below(3) === 0) bench.update(random.below(length), bench.score());
      else if (random.below(length + target + 1) < target) bench.add(bench.score());
      else if (length > 0) bench.remove(random.below(length));
      if (step % 1000 === 0) bench.check();
    }
    bench.check();
  }
  while (bench.entries.length > 0) bench.remove(0);
  bench.check();
  bench.index.release();
  assertEquals(bench.heap.liveBlocks, 0);
});

Deno.test("ordered index: filled and emptied from either end", () => {
  for (const [upwards, fromStart] of [[true, true], [true, false], [false, true], [false, false]]) {
    const bench = new Bench(1);
    const COUNT = 9000;
    for (let i = 0; i < COUNT; i++) {
      const member = new TextEncoder().encode(`member:${i}`);
      const score = upwards ? i : -i;
      const ref = createScoredElement(bench.heap, score, member, 0, member.length);
      bench.index.insert(score, ref);
      bench.entries.push({ score, member, ref });
    }
    bench.check();
    for (let i = 0; i < COUNT; i++) {
      bench.remove(fromStart ? 0 : bench.entries.length - 1);
      if (i % 1500 === 0) bench.check();
    }
    bench.check();
    bench.index.release();
    assertEquals(bench.heap.liveBlocks, 0);
  }
});

Deno.test("ordered index: a set that is loaded in order takes 13 bytes per element", () => {
  for (const direction of [1, -1]) {
    const heap = new Heap();
    const index = new OrderedIndex(heap).open(OrderedIndex.create(heap));
    const element = createScoredElement(heap, 0, new Uint8Array(0), 0, 0);
    for (let i = 0; i < 100_000; i++) index.insert(i * direction, element);
    assertEquals(Math.ceil(index.ownBytes / 100_000), 13);
  }
});

Deno.test("ordered index: members in order where all scores are equal", () => {
  const bench = new Bench(11);
  for (let i = 0; i < 1500; i++) bench.add(1);
  bench.check();
  for (const text of ["", "\0", "\0\x7f", "\x7f\x7f\x7f", "b"]) {
    const bytes = new TextEncoder().encode(text);
    const limit = { score: 1, member: bytes, ref: 0 };
    const counts = [false, true].map((inclusive) => bench.index.countBelowMember(bytes, 0, bytes.length, inclusive));
    const expected = [0, 1].map((most) => bench.entries.filter((entry) => memberOrder(entry, limit) < most).length);
    assertEquals(counts, expected, JSON.stringify(text));
  }
  const shown = showMember(bench.heap, bench.entries[5].ref, new BytesElement());
  assertEquals(shown.bytes.slice(shown.start, shown.start + shown.length), bench.entries[5].member);
});

Deno.test("ordered index: freed in parts", () => {
  const bench = new Bench(5);
  for (let i = 0; i < 2500; i++) bench.add(bench.score());
  let parts = 1;
  for (; bench.index.freePart(200); parts++) bench.verify();
  assertEquals(parts > 8 && parts < 20, true, `${parts} parts`);
  bench.verify();
  bench.index.release();
  bench.entries.forEach(({ ref }) => bench.heap.free(ref));
  assertEquals(bench.heap.liveBlocks, 0);
});

Deno.test("ordered index: a frozen view does not see what changes later", () => {
  const bench = new Bench(3);
  for (let i = 0; i < 1200; i++) bench.add(bench.score());
  const before = new Map<Ref, Uint8Array>();
  bench.heap.forEachBlock((ref, bytes) => before.set(ref, new Uint8Array(bytes)));
  const view = bench.heap.freeze();
  for (const [ref, bytes] of before) view.read(ref, 0, bytes);
  for (let i = 0; i < 2000; i++) {
    if (bench.random.below(2) === 0) bench.add(bench.score());
    else bench.remove(bench.random.below(bench.entries.length));
    bench.update(bench.random.below(bench.entries.length), bench.score());
  }
  for (const [ref, bytes] of before) {
    const seen = new Uint8Array(bytes.length);
    view.read(ref, 0, seen);
    assertEquals(seen, bytes);
  }
  bench.heap.release(view);
});
