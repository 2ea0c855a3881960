import { assertEquals } from "@std/assert";
import { allocateNative } from "../../server/base/native_memory.ts";
import { countBits, skipBytes } from "./words.ts";

function bitByBit(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) for (let bit = 0; bit < 8; bit++) count += (bytes[i] >> bit) & 1;
  return count;
}

Deno.test("bitmaps: bits are counted at every length and alignment", () => {
  const bytes = Uint8Array.from({ length: 400 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24);
  const native = new Uint8Array(allocateNative(65536));
  native.set(bytes);
  for (const view of [bytes, bytes.subarray(1), native, native.subarray(1)]) {
    for (let start = 0; start < 9; start++) {
      for (const length of [0, 1, 2, 63, 64, 65, 70, 99, 128, 131, 255, 300, 388]) {
        assertEquals(countBits(view, start, start + length), bitByBit(view, start, start + length));
      }
    }
  }
});

Deno.test("bitmaps: the first other byte is found at every place", () => {
  for (const value of [0, 255]) {
    for (let start = 0; start < 5; start++) {
      for (const end of [start, start + 3, start + 64, start + 111, start + 190]) {
        for (const bytes of [new Uint8Array(200), new Uint8Array(allocateNative(65536))]) {
          bytes.fill(value);
          assertEquals(skipBytes(bytes, start, end, value), end);
          for (let other = start; other < end; other++) {
            bytes[other] = 16;
            assertEquals(skipBytes(bytes, start, end, value), other);
            bytes[other] = value;
          }
        }
      }
    }
  }
});
