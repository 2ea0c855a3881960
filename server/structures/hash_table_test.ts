import { assert, assertEquals } from "@std/assert";
import { Random } from "../base/random.ts";
import { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { HashTable, SEGMENT_SLOTS } from "./hash_table.ts";
import { Key } from "./key.ts";

function element(heap: Heap, key: Key): Ref {
  const ref = heap.allocate(4 + key.length + 3);
  const { i32, u8 } = heap.segments[ref >>> SEGMENT_SHIFT];
  i32[wordOf(ref)] = key.length;
  key.writeTo(i32, wordOf(ref) + 1, u8);
  return ref;
}

function setUp() {
  const heap = new Heap();
  const table = new HashTable(heap, 0, 1).open(HashTable.create(heap));
  const model = new Map<string, Ref>();
  const add = (name: string) => {
    const key = Key.of(name);
    const ref = element(heap, key);
    table.insert(key.hash, ref);
    model.set(name, ref);
  };
  const remove = (name: string) => {
    assertEquals(table.find(Key.of(name)), model.get(name));
    table.remove();
    heap.free(model.get(name)!);
    model.delete(name);
  };
  const check = () => {
    assertEquals(table.count, model.size);
    for (const [name, ref] of model) assertEquals(table.find(Key.of(name)), ref);
    const seen = new Set<Ref>();
    table.forEach((ref) => seen.add(ref));
    assertEquals(seen.size, model.size);
    const report = verifyHeap(heap, (visit) => {
      table.visitBlocks(visit);
      for (const ref of model.values()) visit(ref);
    });
    assertEquals(report.problems, []);
  };
  return { heap, table, model, add, remove, check };
}

function scanAll(table: HashTable, between: (step: number) => void): Set<Ref> {
  const seen = new Set<Ref>();
  let position = 0;
  let step = 0;
  do {
    position = table.scan(position, (ref) => seen.add(ref));
    between(step++);
  } while (position !== 0);
  return seen;
}

Deno.test("hash table: grows from nothing to many segments and back", () => {
  const { heap, table, model, add, remove, check } = setUp();
  for (let i = 0; i < 40_000; i++) {
    add(
      i % 7 === 0 ? `a much longer key, beyond what is compared by words, which is sixty-four bytes: ${i}` : `key:${i}`,
    );
    if (i === 5 || i === 30 || i === 700 || i === 5000) check();
  }
  check();
  const full = table.ownBytes;
  const names = [...model.keys()];
  for (let i = 0; i < names.length - 10; i++) remove(names[i]);
  check();
  assert(table.ownBytes < full / 20, `${table.ownBytes} of ${full} bytes are left`);
  for (const ref of model.values()) heap.free(ref);
  table.release();
  assertEquals(heap.usedBytes, 0);
});

Deno.test("hash table: random adding and removing, checked against a map", () => {
  const { model, add, remove, check } = setUp();
  const random = new Random(3);
  for (let phase = 0; phase < 6; phase++) {
    for (let i = 0; i < 8000; i++) {
      const name = `k${random.below(6000)}`;
      if (!model.has(name)) add(name);
      else if (random.below(10) < (phase % 2 === 0 ? 2 : 9)) remove(name);
    }
    check();
  }
});

Deno.test("hash table: a scan meets what is there throughout, while the table grows and shrinks", () => {
  for (const shrink of [false, true]) {
    const { table, model, add, remove } = setUp();
    for (let i = 0; i < 3000; i++) add(`stays:${i}`);
    const stays = [...model.values()];
    for (let i = 0; i < 30_000; i++) if (shrink) add(`goes:${i}`);
    const seen = scanAll(table, (step) => {
      for (let i = step * 40; i < step * 40 + 40; i++) {
        if (!shrink && i < 30_000) add(`comes:${i}`);
        if (shrink && i < 30_000) remove(`goes:${i}`);
      }
    });
    for (const ref of stays) assert(seen.has(ref));
  }
});

Deno.test("hash table: random elements are fair", () => {
  const { table, model, add } = setUp();
  for (let i = 0; i < 1000; i++) add(`key:${i}`);
  const drawn = new Map<Ref, number>();
  const random = new Random(5);
  const draws = 200_000;
  for (let i = 0; i < draws; i++) {
    const ref = table.random(random);
    drawn.set(ref, (drawn.get(ref) ?? 0) + 1);
  }
  const expected = draws / model.size;
  let chiSquare = 0;
  for (const ref of model.values()) chiSquare += ((drawn.get(ref) ?? 0) - expected) ** 2 / expected;
  // 999 degrees of freedom: mean 999, deviation 45.
  assert(chiSquare < 999 + 5 * 45, `chi-square ${chiSquare}`);
});

Deno.test("hash table: one that nobody searches any more is taken apart in portions", () => {
  for (const size of [1, 5, 700, 60_000]) {
    const { heap, table, model, add } = setUp();
    for (let i = 0; i < size; i++) add(`key:${i}`);
    const header = table.header;
    const taken = new Set<Ref>();
    let portions = 0;
    do {
      assert(taken.size >= Math.min(portions * 512, size));
      portions++;
    } while (new HashTable(heap, 0, 1).open(header).drainPart(512, (ref) => taken.add(ref)));
    assertEquals(taken, new Set(model.values()));
    assert(portions <= Math.ceil(size / 512));
    for (const ref of taken) heap.free(ref);
    let parts = 0;
    for (let done = false; !done; parts++) {
      const before = heap.liveBlocks;
      done = new HashTable(heap, 0, 1).open(header).releasePart(16);
      if (done) break;
      assertEquals(before - heap.liveBlocks, 16);
      const rest = new HashTable(heap, 0, 1).open(header);
      assertEquals(verifyHeap(heap, (visit) => rest.visitBlocks(visit)).problems, []);
    }
    assert(parts >= Math.floor(size / SEGMENT_SLOTS / 16), `${parts} parts`);
    assertEquals(heap.liveBlocks, 0);
  }
});

Deno.test("hash table: what was taken out is not found, whatever tags stand beside it", () => {
  const heap = new Heap();
  const table = new HashTable(heap, 0, 1).open(HashTable.create(heap));
  const keys: Key[] = [];
  // Their tags are 1, next to that of an empty slot. The blocks stay as they are.
  for (let i = 0; keys.length < 300; i++) {
    const key = Key.of(`key:${i}`);
    if ((key.hash & 0xff) <= 1) keys.push(key);
  }
  for (const key of keys) table.insert(key.hash, element(heap, key));
  for (const key of keys) {
    assert(table.find(key) !== 0);
    table.remove();
    assertEquals(table.find(key), 0);
  }
});
