import { assert, assertEquals } from "@std/assert";
import { Random } from "../base/random.ts";
import { Heap, HeapExhaustedError } from "../heap/heap.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { elementBytes } from "./element.ts";
import { CHAIN, type ListRoot, Quicklist, SINGLE } from "./quicklist.ts";

const STEPS = 4000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

class Bench {
  readonly root: ListRoot = { root: 0, encoding: 0 };
  readonly list: Quicklist;
  model: string[] = [];

  constructor(readonly heap: Heap, limit: number, plainBytesMin: number) {
    this.list = new Quicklist(heap);
    this.list.plainBytesMin = plainBytesMin;
    this.list.create(this.root, limit, 0);
  }

  get elements(): string[] {
    const elements: string[] = [];
    this.open().seekEnd(true);
    this.list.forEachHere(this.list.count, (element) => elements.push(decoder.decode(elementBytes(element))));
    return elements;
  }

  open(): Quicklist {
    return this.list.open(this.root);
  }

  check(): void {
    assertEquals(this.open().count, this.model.length);
    assertEquals(this.elements, this.model);
    const { problems } = verifyHeap(this.heap, (visit) => this.open().visitBlocks(visit));
    assertEquals(problems, []);
  }
}

function anyText(random: Random): string {
  const sizes = [0, 1, 3, 20, 70, 200, 900, 4000];
  if (random.below(4) === 0) return String(random.below(2000) - 1000);
  return String.fromCharCode(97 + random.below(5)).repeat(sizes[random.below(sizes.length)]);
}

/** Does the same to the list and to the model. */
function change(bench: Bench, random: Random): void {
  const { model } = bench;
  const list = bench.open();
  const text = anyText(random);
  const bytes = encoder.encode(text);
  const index = random.below(model.length + 1);
  switch (random.below(9)) {
    case 0:
    case 1:
      list.push(true, bytes, 0, bytes.length);
      return void model.unshift(text);
    case 2:
    case 3:
      list.push(false, bytes, 0, bytes.length);
      return void model.push(text);
    case 4: {
      const atFront = random.below(2) === 0;
      const shown = list.peek(atFront);
      assertEquals(shown && decoder.decode(elementBytes(shown)), (atFront ? model[0] : model.at(-1)) ?? null);
      list.pop(atFront);
      return void (atFront ? model.shift() : model.pop());
    }
    case 5: {
      assertEquals(list.seek(index), index < model.length);
      if (index >= model.length) return;
      const behind = random.below(2) === 0;
      list.insertHere(behind, bytes, 0, bytes.length);
      return void model.splice(behind ? index + 1 : index, 0, text);
    }
    case 6: {
      if (index >= model.length) return;
      assert(list.seek(index - model.length));
      list.replaceHere(bytes, 0, bytes.length);
      model[index] = text;
      return;
    }
    case 7: {
      const count = random.below(8);
      list.removeRange(index, count);
      return void model.splice(index, count);
    }
    case 8: {
      if (model.length === 0) return;
      const forward = random.below(2) === 0;
      const wanted = model[random.below(model.length)];
      const wantedBytes = encoder.encode(wanted);
      list.look(wantedBytes, 0, wantedBytes.length);
      let there = list.seekEnd(forward);
      while (there) there = list.isHere() ? list.removeHere(forward) : list.step(forward);
      bench.model = model.filter((element) => element !== wanted);
    }
  }
}

for (const limit of [-2, -1, -5, 0, 1, 4, 100]) {
  for (const plainBytesMin of [2 ** 30, 60]) {
    Deno.test(`quicklist: nodes of ${limit}, plain from ${plainBytesMin} bytes on, against a model`, () => {
      const random = new Random(limit + plainBytesMin);
      const heap = new Heap();
      const bench = new Bench(heap, limit, plainBytesMin);
      for (let step = 0; step < STEPS; step++) {
        change(bench, random);
        if (step % 50 === 0) bench.check();
        // Once in a while it is emptied, so that it grows anew.
        if (step % 1000 === 999) {
          bench.open().removeRange(0, bench.model.length);
          bench.model = [];
        }
      }
      bench.check();
      const copy: ListRoot = { root: 0, encoding: 0 };
      bench.open().copy(copy);
      bench.open().release();
      bench.root.root = copy.root;
      bench.root.encoding = copy.encoding;
      bench.check();
      while (!bench.open().releasePart(3));
      assertEquals(heap.liveBlocks, 0);
    });
  }
}

Deno.test("quicklist: a list of one usual node is its listpack alone", () => {
  const heap = new Heap();
  const bench = new Bench(heap, -2, 2 ** 30);
  const element = encoder.encode("x".repeat(1000));
  for (let i = 0; i < 8; i++) bench.list.push(false, element, 0, 1000);
  assertEquals([bench.root.encoding, heap.liveBlocks, bench.list.nodes], [SINGLE, 1, 1]);
  bench.list.push(false, element, 0, 1000);
  assertEquals([bench.root.encoding, bench.list.nodes], [CHAIN, 2]);
  bench.list.pop(false);
  assertEquals([bench.root.encoding, heap.liveBlocks, bench.list.nodes], [SINGLE, 1, 1]);
});

Deno.test("quicklist: where memory ends, the elements are those that were there", () => {
  const random = new Random(3);
  const heap = new Heap(300_000);
  const bench = new Bench(heap, -2, 500);
  let refused = 0;
  for (let step = 0; step < STEPS; step++) {
    const before = [...bench.model];
    try {
      change(bench, random);
    } catch (error) {
      assert(error instanceof HeapExhaustedError);
      bench.model = before;
      refused++;
    }
    if (step % 20 === 0) bench.check();
  }
  bench.check();
  assert(refused > 100, `${refused} changes were refused`);
});
