import { assertEquals } from "@std/assert";
import { copyBytes, moveBytes } from "./copy.ts";
import { allocateNative, allocateNativeShared } from "./native_memory.ts";

const BYTES = 131072;
const OFFSET = 17;

Deno.test("copy: every size and alignment between plain, native and shared memory", () => {
  const memories = {
    plain: new ArrayBuffer(BYTES + OFFSET),
    shared: new SharedArrayBuffer(BYTES + OFFSET),
    native: allocateNative(2 * BYTES),
    "native shared": allocateNativeShared(2 * BYTES),
  };
  const sizes = [0, 1, 7, 8, 12, 13, 16, 17, 64, 255, 256, 257, 1000, 65537, 100001];
  for (const [from, sourceBuffer] of Object.entries(memories)) {
    const source = new Uint8Array(sourceBuffer, OFFSET, BYTES).map((_, i) => (i * 7) & 255);
    new Uint8Array(sourceBuffer, OFFSET, BYTES).set(source);
    for (const [to, targetBuffer] of Object.entries(memories)) {
      if (from === to) continue;
      const target = new Uint8Array(targetBuffer, OFFSET, BYTES);
      for (const size of sizes) {
        for (const [start, at] of [[0, 0], [1, 0], [0, 3], [5, 5], [9, 14]]) {
          target.fill(1);
          copyBytes(new Uint8Array(sourceBuffer, OFFSET, BYTES), start, target, at, size);
          const expected = new Uint8Array(BYTES).fill(1);
          expected.set(source.slice(start, start + size), at);
          const isRight = target.every((byte, i) => byte === expected[i]);
          assertEquals(isRight, true, `${from} to ${to}: ${size} bytes from ${start} to ${at}`);
        }
      }
    }
  }
});

Deno.test("copy: bytes move within one array, then within another, whatever was copied between", () => {
  const native = new Uint8Array(allocateNative(BYTES), OFFSET, 300);
  const arrays = [native, new Uint8Array(allocateNative(BYTES), 3), new Uint8Array(300), native.subarray(5)];
  for (const [start, at, size] of [[0, 1, 200], [9, 2, 100], [0, 100, 1], [4, 4, 50]]) {
    for (const array of arrays) {
      for (let i = 0; i < 300; i++) array[i] = i * 3;
      const expected = array.slice().copyWithin(at, start, start + size);
      moveBytes(array, start, at, size);
      copyBytes(array, 0, new Uint8Array(100), 0, 100);
      assertEquals(array, expected);
    }
  }
});
