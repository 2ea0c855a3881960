import { assertEquals } from "@std/assert";
import { copyBytes } from "./copy.ts";
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
