import { assertEquals } from "@std/assert";
import { Random } from "../base/random.ts";
import { Heap } from "../heap/heap.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { Key } from "./key.ts";
import { ScoredTable } from "./scored_table.ts";

Deno.test("scored table: random changes, checked against a map", () => {
  const heap = new Heap();
  const random = new Random(9);
  const set = new ScoredTable(heap).open(ScoredTable.create(heap));
  const model = new Map<string, number>();
  const verify = () => {
    assertEquals(set.count, model.size);
    assertEquals(set.index.count, model.size);
    assertEquals(verifyHeap(heap, (visit) => set.visitBlocks(visit)).problems, []);
  };
  for (let step = 0; step < 6000; step++) {
    const name = `member:${random.below(2000)}`;
    const key = Key.of(name);
    const score = random.below(100);
    const element = set.find(key);
    assertEquals(element !== 0, model.has(name));
    if (element === 0) set.add(key, score);
    else {
      assertEquals(set.scoreOf(element), model.get(name)!);
      if (random.below(3) === 0) {
        if (random.below(2) === 0) set.removeFound(element);
        else set.removeAt(set.rankOf(element));
        model.delete(name);
        continue;
      }
      set.setScore(element, score);
    }
    model.set(name, score);
    if (step % 1000 === 0) verify();
  }
  const sorted = [...model].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  sorted.forEach(([name], rank) => assertEquals(set.rankOf(set.find(Key.of(name))), rank));
  verify();
  set.release();
  assertEquals(heap.liveBlocks, 0);
});

Deno.test("scored table: freed in parts", () => {
  const heap = new Heap();
  const root = ScoredTable.create(heap);
  const filled = new ScoredTable(heap).open(root);
  for (let i = 0; i < 3000; i++) filled.add(Key.of(`member:${i}`), i % 50);
  for (let done = false; !done;) {
    const set = new ScoredTable(heap).open(root);
    const before = heap.liveBlocks;
    done = set.freePart(100);
    assertEquals(before - heap.liveBlocks < 400, true);
    if (!done) assertEquals(verifyHeap(heap, (visit) => set.visitBlocks(visit)).problems, []);
  }
  assertEquals(heap.liveBlocks, 0);
});
