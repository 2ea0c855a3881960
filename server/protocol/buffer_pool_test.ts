/**
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { BufferPool, POOLED_BYTES_MAX } from "./buffer_pool.ts";

Deno.test("buffer pool: what was given back is used again", () => {
  const pool = new BufferPool();
  const buffer = pool.take(3000);
  assertEquals(buffer.length, 4096);
  pool.give(buffer);
  assertEquals(pool.bytes, 4096);
  assert(pool.take(2049) === buffer);
  assertEquals(pool.bytes, 0);
});

Deno.test("buffer pool: when the memory is used up, larger slots serve, and plain arrays are the last resort", () => {
  const pool = new BufferPool();
  const memory = pool.take(1).buffer;
  const taken: Uint8Array<ArrayBuffer>[] = [];
  const isSlot = (buffer: Uint8Array) => buffer.buffer === memory;
  for (let bytes = POOLED_BYTES_MAX; bytes >= 1024; bytes /= 2) {
    let buffer = pool.take(bytes);
    for (; isSlot(buffer); buffer = pool.take(bytes)) taken.push(buffer);
    assertEquals(buffer.length, bytes);
  }
  pool.give(taken[0]);
  const small = pool.take(1000);
  assert(small === taken[0]);
  assert(!isSlot(pool.take(1000)));
  pool.give(small);
  assert(pool.take(POOLED_BYTES_MAX) === small);
});

Deno.test("buffer pool: memory that has not been needed for a while is let go, and its slots with it", () => {
  const pool = new BufferPool();
  const buffers = Array.from({ length: 20 }, () => pool.take(POOLED_BYTES_MAX));
  pool.trim(0);
  pool.trim(100_000);
  const memory = buffers[0].buffer;
  assertEquals(pool.take(1000).buffer, memory);
  for (const buffer of buffers.slice(1)) pool.give(buffer);
  for (const nowMs of [100_000, 100_001, 109_999]) pool.trim(nowMs);
  assertEquals(pool.bytes, 19 * POOLED_BYTES_MAX);
  pool.trim(110_000);
  assertEquals(pool.bytes, 0);
  assert(pool.take(1000).buffer !== memory);
  pool.give(buffers[0]);
  assertEquals(pool.bytes, 0);
});
