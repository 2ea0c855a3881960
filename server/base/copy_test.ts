import { assertEquals } from "@std/assert";
import { copyBytes } from "./copy.ts";

Deno.test("copy: every size and alignment, in and out of shared memory", () => {
  const plain = new Uint8Array(80_000).map((_, i) => (i * 7) & 255);
  const shared = new Uint8Array(new SharedArrayBuffer(80_000)).map((_, i) => (i * 11) & 255);
  const sizes = [0, 1, 7, 8, 12, 13, 16, 17, 64, 255, 256, 257, 1000, 32768, 40001];
  for (const [source, target] of [[plain, shared], [shared, plain], [plain, new Uint8Array(80_000)]]) {
    const before = target.slice();
    for (const size of sizes) {
      for (const [start, at] of [[0, 0], [1, 0], [0, 3], [5, 5], [9, 14]]) {
        target.set(before);
        copyBytes(source, start, target, at, size);
        const expected = before.slice();
        expected.set(source.slice(start, start + size), at);
        assertEquals(target.every((byte, i) => byte === expected[i]), true, `${size} bytes from ${start} to ${at}`);
      }
    }
  }
});
