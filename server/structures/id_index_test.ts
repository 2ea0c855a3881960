import { assertEquals } from "@std/assert";
import { Random } from "../base/random.ts";
import { Heap } from "../heap/heap.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { IdIndex } from "./id_index.ts";
import { ID_TEXT_BYTES_MAX, StreamId } from "./stream_id.ts";

const idOf = (n: number) => new StreamId().setTime(n >>> 3).setSeq(0, n & 7);

/** The refs of all items, walked forwards and backwards. */
function walk(index: IdIndex): [number[], number[]] {
  const forwards: number[] = [];
  const backwards: number[] = [];
  for (let here = index.first(); here; here = index.next()) forwards.push(index.value);
  for (let here = index.last(); here; here = index.previous()) backwards.unshift(index.value);
  return [forwards, backwards];
}

function check(index: IdIndex, model: Map<number, number>, random: Random, limit: number): void {
  const ids = [...model.keys()].sort((a, b) => a - b);
  const refs = ids.map((id) => model.get(id)!);
  assertEquals(walk(index), [refs, refs]);
  assertEquals(index.count, ids.length);
  for (let i = 0; i < 20; i++) {
    const n = random.below(limit);
    const above = ids.find((id) => id >= n);
    const below = ids.findLast((id) => id <= n);
    assertEquals(index.seek(idOf(n)) ? index.value : undefined, above === undefined ? undefined : model.get(above));
    assertEquals(index.seekBack(idOf(n)) ? index.value : undefined, below === undefined ? undefined : model.get(below));
    assertEquals(index.find(idOf(n)), model.get(n) ?? 0);
  }
}

Deno.test("id index: random changes, checked against a map", () => {
  for (const [seed, limit] of [[1, 60], [2, 2000], [3, 20_000]]) {
    const heap = new Heap();
    const random = new Random(seed);
    const model = new Map<number, number>();
    const index = new IdIndex(heap).open(IdIndex.create(heap));
    for (let step = 0; step < 30_000; step++) {
      const shrinking = Math.floor(step / 5000) % 2 === 1;
      const n = random.below(limit);
      if (model.has(n)) {
        if (random.below(4) === 0) {
          assertEquals(index.replace(idOf(n), step + 1), true);
          model.set(n, step + 1);
        } else {
          assertEquals(index.remove(idOf(n)), model.get(n));
          model.delete(n);
        }
      } else if (!shrinking || random.below(3) === 0) {
        index.insert(idOf(n), step + 1);
        model.set(n, step + 1);
      } else assertEquals(index.remove(idOf(n)), 0);
      if (step % 1000 === 999) {
        check(index, model, random, limit);
        assertEquals(verifyHeap(heap, (visit) => index.visitBlocks(visit)).problems, []);
      }
    }
    index.release();
    assertEquals(verifyHeap(heap, () => {}).problems, []);
  }
});

Deno.test("id index: appended and taken from the front, as a queue", () => {
  const heap = new Heap();
  const index = new IdIndex(heap).open(IdIndex.create(heap));
  for (let n = 1; n <= 50_000; n++) index.insert(idOf(n), n);
  assertEquals(heap.usedBytes < 50_000 * 22, true, "full leaves");
  for (let n = 1; n <= 49_990; n++) {
    assertEquals([index.first(), index.value], [true, n]);
    index.remove(idOf(n));
    if (n % 10 === 0) index.insert(idOf(50_000 + n), n);
  }
  assertEquals(index.count, 10 + 4999);
  for (let here = index.first(); here; here = index.first()) index.remove(index.readId(new StreamId()));
  assertEquals([index.count, index.first(), index.last()], [0, false, false]);
  index.release();
  assertEquals(verifyHeap(heap, () => {}).problems, []);
});

Deno.test("stream ids: order, text, the next and the one before, differences of 64 bits", () => {
  const max = StreamId.max();
  assertEquals(String(max), "18446744073709551615-18446744073709551615");
  assertEquals([max.increment(), new StreamId().decrement()], [false, false]);
  const id = new StreamId().setMs(1, 0);
  assertEquals(String(id), "4294967296-0");
  id.decrement();
  assertEquals(String(id), "4294967295-18446744073709551615");
  id.increment();
  assertEquals(String(id), "4294967296-0");
  for (
    const [a, b] of [
      [max, id],
      [id, max],
      [idOf(5), idOf(7)],
      [idOf(7), idOf(5)],
      [new StreamId().setTime(1_700_000_000_123), id],
      [new StreamId().setTime(3_000_000_007), new StreamId().setTime(2 ** 53 - 1)],
      [new StreamId().setTime(2 ** 53 - 1), id],
    ]
  ) {
    const sum = new StreamId().set(b).add(a.msFrom(b), a.seqFrom(b));
    assertEquals(String(sum), String(a));
    assertEquals(String(new StreamId().loadBytes(a.toBytes())), String(a));
    const text = new Uint8Array(ID_TEXT_BYTES_MAX);
    assertEquals(new TextDecoder().decode(text.subarray(a.write(text))), String(a));
  }
  assertEquals(max.compare(id) > 0 && idOf(5).compare(idOf(7)) < 0 && id.compare(id) === 0, true);
});
