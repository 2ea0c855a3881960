import { assertEquals, assertThrows } from "@std/assert";
import { LimitError } from "../base/limit_error.ts";
import { Random } from "../base/random.ts";
import { Heap, HeapExhaustedError } from "./heap.ts";
import { byteOf, type Ref, SEGMENT_SHIFT, UNIT_BYTES } from "./layout.ts";
import { CLASS_BYTES_MAX, CLASS_COUNT, classBytes, classOf } from "./size_classes.ts";
import { verifyHeap } from "./verifier.ts";

function fill(heap: Heap, ref: Ref, bytes: number, value: number) {
  heap.willWrite(ref, bytes);
  heap.segments[ref >>> SEGMENT_SHIFT].u8.fill(value, byteOf(ref), byteOf(ref) + bytes);
}

function filledWith(heap: Heap, ref: Ref, bytes: number, value: number) {
  return heap.segments[ref >>> SEGMENT_SHIFT].u8.subarray(byteOf(ref), byteOf(ref) + bytes).every((b) => b === value);
}

Deno.test("size classes: each size gets the smallest class that holds it", () => {
  for (let c = 2; c < CLASS_COUNT; c++) {
    assertEquals(classOf(classBytes[c]), c);
    assertEquals(classOf(classBytes[c - 1] + 1), c);
  }
  assertEquals(classBytes[CLASS_COUNT - 1], CLASS_BYTES_MAX);
});

Deno.test("heap: random allocation and freeing keeps blocks apart and the accounts exact", () => {
  const heap = new Heap();
  const random = new Random(7);
  const live: { ref: Ref; bytes: number; value: number }[] = [];
  for (let round = 0; round < 60_000; round++) {
    if (live.length > 0 && random.below(100) < 48) {
      const [block] = live.splice(random.below(live.length), 1);
      assertEquals(filledWith(heap, block.ref, block.bytes, block.value), true);
      heap.free(block.ref);
    } else {
      const kind = random.below(100);
      const bytes = 1 + random.below(kind < 90 ? 400 : kind < 99 ? 60_000 : 1_000_000);
      const block = { ref: heap.allocate(bytes), bytes, value: random.below(256) };
      assertEquals(heap.blockBytes(block.ref), heap.blockBytesFor(bytes));
      fill(heap, block.ref, bytes, block.value);
      live.push(block);
    }
  }
  const owned = () => verifyHeap(heap, (visit) => live.forEach(({ ref }) => visit(ref)));
  assertEquals(owned().problems, []);
  const lost = live.pop()!;
  assertEquals(owned().problems.length, 1);
  live.push(lost, lost);
  assertEquals(owned().problems, [`block ${lost.ref} has two owners`]);
  live.pop();
  live.forEach(({ ref }) => heap.free(ref));
  assertEquals([heap.usedBytes, heap.liveBlocks], [0, 0]);
});

Deno.test("heap: freed neighbours join, so small blocks make room for a large one", () => {
  const heap = new Heap(64 * 2 ** 20);
  const refs: Ref[] = [];
  assertThrows(() => {
    while (true) refs.push(heap.allocate(1000));
  }, HeapExhaustedError);
  refs.forEach((ref) => heap.free(ref));
  const large = heap.allocate(60 * 2 ** 20);
  heap.free(large);
  assertEquals(heap.usedBytes, 0);
});

Deno.test("heap: beyond its limit it gives only what an operation needs that has begun", () => {
  const heap = new Heap(2 ** 20);
  const large = heap.allocate(2 ** 20);
  assertThrows(() => heap.allocate(1000), HeapExhaustedError);
  assertThrows(() => heap.allocate(2 ** 20), HeapExhaustedError);
  const small = heap.allocateBeyond(1000);
  const table = heap.allocateBeyond(2 ** 20);
  assertThrows(() => heap.allocate(2 ** 20), HeapExhaustedError);
  [large, small, table].forEach((ref) => heap.free(ref));
  assertEquals(heap.usedBytes, 0);
});

Deno.test("heap: a block is no longer than a segment", () => {
  const heap = new Heap();
  assertThrows(() => heap.allocate(2 ** 30), LimitError);
  heap.free(heap.allocate(2 ** 30 - 2 ** 14));
  assertEquals(heap.usedBytes, 0);
});

Deno.test("heap: reset frees everything and the heap works on", () => {
  const heap = new Heap();
  for (let i = 0; i < 1000; i++) heap.allocate(100 + i);
  heap.reset();
  assertEquals([heap.usedBytes, heap.reservedBytes], [0, UNIT_BYTES], "a segment that was hardly used stays");
  const ref = heap.allocate(10);
  assertEquals(verifyHeap(heap, (visit) => visit(ref)).problems, []);
});

Deno.test("frozen view: reads every block as it was, whatever happens to it later", () => {
  const heap = new Heap();
  const random = new Random(11);
  const blocks = Array.from({ length: 400 }, (_, i) => {
    const bytes = 1 + random.below(i % 20 === 0 ? 200_000 : 3_000);
    const ref = heap.allocate(bytes);
    fill(heap, ref, bytes, i & 255);
    return { ref, bytes, value: i & 255 };
  });
  const view = heap.freeze();
  for (const block of blocks) {
    const fate = random.below(3);
    if (fate === 0) fill(heap, block.ref, block.bytes, 99);
    else if (fate === 1) heap.free(block.ref);
  }
  for (let i = 0; i < 400; i++) {
    const bytes = 1 + random.below(3_000);
    fill(heap, heap.allocate(bytes), bytes, 77);
  }
  for (const { ref, bytes, value } of blocks) {
    const copy = new Uint8Array(bytes);
    view.read(ref, 0, copy);
    assertEquals(copy.every((byte) => byte === value), true);
  }
  heap.release(view);
  assertEquals(heap.frozen, false);
});

Deno.test("frozen view: a reset of the heap leaves the view whole", () => {
  const heap = new Heap();
  const ref = heap.allocate(100);
  fill(heap, ref, 100, 5);
  const view = heap.freeze();
  heap.reset();
  const again = heap.allocate(100);
  fill(heap, again, 100, 6);
  const copy = new Uint8Array(100);
  view.read(ref, 0, copy);
  assertEquals(copy.every((byte) => byte === 5), true);
  heap.release(view);
});
