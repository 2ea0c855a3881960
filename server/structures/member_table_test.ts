import { assert, assertEquals } from "@std/assert";
import { Random } from "../base/random.ts";
import { Heap } from "../heap/heap.ts";
import type { Ref } from "../heap/layout.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { elementBytes, type ElementView } from "./element.ts";
import { Key } from "./key.ts";
import { MemberTable } from "./member_table.ts";

const textOf = (member: ElementView) => new TextDecoder().decode(elementBytes(member));

function contents(table: MemberTable): string[] {
  const texts: string[] = [];
  table.rewind();
  for (let member = table.next(); member !== null; member = table.next()) {
    texts.push(textOf(member));
    assertEquals(table.has(table.loadShown(new Key())), true);
  }
  return texts.sort();
}

function problemsOf(heap: Heap, ...tables: MemberTable[]): readonly string[] {
  return verifyHeap(heap, (visit) => tables.forEach((table) => table.visitBlocks(visit))).problems;
}

Deno.test("member table: behaves as a set of strings", () => {
  const heap = new Heap();
  const table = new MemberTable(heap).open(MemberTable.create(heap));
  const model = new Set<string>();
  const random = new Random(3);
  for (let step = 0; step < 5000; step++) {
    const text = "m".repeat(random.below(80)) + random.below(20);
    const key = Key.of(text);
    assertEquals(table.has(key), model.has(text));
    if (random.below(3) > 0) assertEquals(table.add(key), !model.has(text) && model.add(text) !== null);
    else assertEquals(table.remove(key), model.delete(text));
    assertEquals(table.count, model.size);
  }
  assertEquals(contents(table), [...model].sort());
  let scanned = 0;
  for (let position = table.scan(0, () => scanned++); position !== 0;) position = table.scan(position, () => scanned++);
  assertEquals(scanned, model.size);
  assertEquals(problemsOf(heap, table), []);
});

Deno.test("member table: a copy is its own, and all of it is freed, at once or in parts", () => {
  const heap = new Heap();
  const table = new MemberTable(heap).open(MemberTable.create(heap));
  for (let i = 0; i < 3000; i++) table.add(Key.of(`member ${i}`));
  assertEquals(table.memoryUsage(0), heap.usedBytes);
  assert(Math.abs(table.memoryUsage(10) - heap.usedBytes) < heap.usedBytes / 2);
  const copy = new MemberTable(heap);
  table.copy((header) => copy.open(header));
  copy.open(copy.header);
  assertEquals(contents(copy), contents(table));
  copy.remove(Key.of("member 7"));
  assertEquals([copy.count, table.count], [2999, 3000]);
  copy.release();
  assertEquals(problemsOf(heap, table), []);
  let parts = 0;
  let header: Ref = table.header;
  for (; !table.open(header).releasePart(100); header = table.header) {
    parts++;
    assertEquals(problemsOf(heap, table), []);
  }
  assert(parts > 5);
  assertEquals(heap.usedBytes, 0);
});

Deno.test("member table: what random chose can be removed", () => {
  const heap = new Heap();
  const table = new MemberTable(heap).open(MemberTable.create(heap));
  const random = new Random(1);
  const left = new Set(Array.from({ length: 500 }, (_, i) => `${i}`));
  for (const text of left) table.add(Key.of(text));
  while (table.count > 0) {
    assert(left.delete(textOf(table.random(random))), "each is chosen once");
    table.removeShown();
  }
  assertEquals(left.size, 0);
  assertEquals(problemsOf(heap, table), []);
});
