import { assert, assertEquals } from "@std/assert";
import { Random } from "../base/random.ts";
import { Heap } from "../heap/heap.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { elementBytes } from "./element.ts";
import { FieldTable } from "./field_table.ts";
import { Key } from "./key.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function contents(table: FieldTable): Map<string, string> {
  const pairs = new Map<string, string>();
  table.forEach(() => {
    const field = decoder.decode(elementBytes(table.field));
    assert(!pairs.has(field));
    pairs.set(field, decoder.decode(elementBytes(table.value)));
  });
  return pairs;
}

function check(table: FieldTable, model: Map<string, string>): void {
  assertEquals(table.count, model.size);
  assertEquals(contents(table), model);
  const { problems, bytes } = verifyHeap(table.heap, (visit) => table.visitBlocks(visit));
  assertEquals(problems, []);
  assertEquals(table.memoryUsage(0), bytes);
}

Deno.test("field table: fields of every size against a model", () => {
  const heap = new Heap();
  const table = new FieldTable(heap).open(FieldTable.create(heap));
  const model = new Map<string, string>();
  const random = new Random(1);
  for (let step = 0; step < 20_000; step++) {
    const name = `field ${random.below(600)}`.padEnd(random.below(100), "_");
    const key = Key.of(name);
    if (random.below(3) === 0) assertEquals(table.remove(key), model.delete(name));
    else {
      const value = "v".repeat(random.below(5) === 0 ? random.below(3000) : random.below(30));
      assertEquals(table.set(key, encoder.encode(value), 0, value.length), !model.has(name));
      model.set(name, value);
    }
    assertEquals(table.find(key), model.has(name));
    if (model.has(name)) assertEquals(decoder.decode(elementBytes(table.value)), model.get(name));
    if (step % 2000 === 0) check(table, model);
  }
  check(table, model);
});

Deno.test("field table: a copy shares nothing; both are freed wholly, in parts or at once", () => {
  const heap = new Heap();
  const table = new FieldTable(heap).open(FieldTable.create(heap));
  for (let i = 0; i < 3000; i++) table.set(Key.of(`f${i}`), encoder.encode(`v${i}`), 0, 2);
  const copy = new FieldTable(heap);
  table.copy((header) => copy.open(header));
  copy.open(copy.header);
  assertEquals(contents(copy), contents(table));
  copy.set(Key.of("f0"), encoder.encode("changed"), 0, 7);
  table.find(Key.of("f0"));
  assertEquals(decoder.decode(elementBytes(table.value)), "v0");
  table.release();
  let parts = 1;
  while (!new FieldTable(heap).open(copy.header).releasePart(100)) parts++;
  assert(parts > 5, `freed in ${parts} parts`);
  assertEquals(heap.liveBlocks, 0);
});

Deno.test("field table: a scan meets every field", () => {
  const heap = new Heap();
  const table = new FieldTable(heap).open(FieldTable.create(heap));
  for (let i = 0; i < 500; i++) table.set(Key.of(`f${i}`), encoder.encode("v"), 0, 1);
  const met = new Set<string>();
  const random = new Random(2);
  let position = 0;
  do position = table.scan(position, (ref) => {
    met.add(decoder.decode(elementBytes(table.field)));
    table.show(ref);
  }); while (position !== 0);
  assertEquals(met.size, 500);
  table.show(table.random(random));
  assert(met.has(decoder.decode(elementBytes(table.field))));
});
