import { assertEquals } from "@std/assert";
import type { Int64 } from "../base/number.ts";
import { Random } from "../base/random.ts";
import { Heap } from "../heap/heap.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { Intset, isIntset } from "./intset.ts";

function contents(set: Intset): Int64[] {
  return Array.from({ length: set.count }, (_, i) => set.read(i).exactInteger);
}

function rawBytes(set: Intset): Uint8Array {
  return set.bytes.slice(set.base, set.base + set.totalBytes);
}

const EDGES: Int64[] = [0, 1, -1, 32767, 32768, -32768, -32769, 2147483647, 2147483648, -2147483648, -2147483649]
  .concat(
    [2 ** 53 - 1, -(2 ** 53) + 1],
  );
const WIDE: Int64[] = [2n ** 53n, 2n ** 63n - 1n, -(2n ** 53n) - 1n, -(2n ** 63n)];

Deno.test("intset: has the bytes of the format, and widens at either end", () => {
  const set = new Intset(new Heap());
  set.open(Intset.create(set.heap));
  for (const value of [5, -3, 258]) set.add(value);
  assertEquals([...rawBytes(set)], [2, 0, 0, 0, 3, 0, 0, 0, 0xfd, 0xff, 5, 0, 2, 1]);
  set.add(-70000);
  assertEquals([...rawBytes(set).subarray(0, 16)], [
    4,
    0,
    0,
    0,
    4,
    0,
    0,
    0,
    0x90,
    0xee,
    0xfe,
    0xff,
    0xfd,
    0xff,
    0xff,
    0xff,
  ]);
  set.add(2n ** 62n);
  assertEquals(rawBytes(set)[0], 8);
  assertEquals(contents(set), [-70000, -3, 5, 258, 2n ** 62n]);
});

Deno.test("intset: behaves as a set of integers, at every width", () => {
  const random = new Random(7);
  for (
    const pool of [
      EDGES.slice(0, 4),
      EDGES,
      [...EDGES, ...WIDE],
      Array.from({ length: 300 }, (_, i) => i * 7 - 99),
    ]
  ) {
    const heap = new Heap();
    const set = new Intset(heap).open(Intset.create(heap));
    const model = new Set<Int64>();
    for (let step = 0; step < 2000; step++) {
      const value = pool[random.below(pool.length)];
      if (random.below(3) > 0) assertEquals(set.add(value), !model.has(value));
      else assertEquals(set.remove(value), model.has(value));
      if (set.has(value)) model.add(value);
      else model.delete(value);
      assertEquals(set.count, model.size);
    }
    assertEquals(contents(set), [...model].sort((a, b) => (a < b ? -1 : 1)));
    for (const value of pool) assertEquals(set.has(value), model.has(value));
    assertEquals(isIntset(rawBytes(set)), model.size > 0);
    const again = new Intset(heap).open(Intset.from(heap, rawBytes(set)));
    assertEquals(contents(again), contents(set));
    const { problems } = verifyHeap(heap, (visit) => {
      visit(set.ref);
      visit(again.ref);
    });
    assertEquals(problems, []);
  }
});

Deno.test("intset: bytes that are none are seen", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  assertEquals(isIntset(bytes(2, 0, 0, 0, 1, 0, 0, 0, 5, 0)), true);
  assertEquals(isIntset(bytes(2, 0, 0, 0, 0, 0, 0, 0)), false, "nothing in it");
  assertEquals(isIntset(bytes(3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0)), false, "no width");
  assertEquals(isIntset(bytes(2, 0, 0, 0, 2, 0, 0, 0, 5, 0)), false, "too short");
  assertEquals(isIntset(bytes(2, 0, 0, 0, 2, 0, 0, 0, 5, 0, 5, 0)), false, "twice the same");
  assertEquals(isIntset(bytes(2, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0xff, 0xff)), false, "descending");
});
