import { assertEquals } from "@std/assert";
import { BLOCK_BYTES, nativeBits, nativeCombines } from "./native_bits.ts";
import { allocateNative, allocateNativeShared } from "./native_memory.ts";

const buffers = () => [allocateNative(65536), allocateNativeShared(65536)];
const size = 3 * BLOCK_BYTES;

function fillWith(buffer: ArrayBufferLike, seed: number): Uint8Array {
  const bytes = new Uint8Array(buffer);
  for (let i = 0; i < 1024; i++) bytes[i] = Math.imul(i + seed, 0x9e3779b1) >>> 24;
  return bytes;
}

Deno.test("native bits: are counted", () => {
  for (const buffer of buffers()) {
    const bytes = fillWith(buffer, 1);
    for (const at of [0, 1, 7, 500]) {
      const ones = [...bytes.subarray(at, at + size)].map((byte) => byte.toString(2).replaceAll("0", "").length);
      assertEquals(nativeBits(buffer)!.count(at, at + size), ones.reduce((sum, count) => sum + count));
      assertEquals(nativeBits(buffer)!.count(at, at), 0);
    }
  }
});

Deno.test("native bits: the first block that differs is found", () => {
  for (const buffer of buffers()) {
    const bytes = new Uint8Array(buffer);
    for (const pattern of [0, -1]) {
      bytes.fill(pattern);
      for (const at of [0, 5]) {
        assertEquals(nativeBits(buffer)!.skip(at, at + size, pattern), at + size);
        for (let other = at; other < at + size; other++) {
          bytes[other] ^= 4;
          const found = at + Math.floor((other - at) / BLOCK_BYTES) * BLOCK_BYTES;
          assertEquals(nativeBits(buffer)!.skip(at, at + size, pattern), found);
          bytes[other] ^= 4;
        }
      }
    }
  }
});

Deno.test("native bits: bytes are combined with others, of the same memory or another, into either or a third", () => {
  const operations = {
    and: (a: number, b: number) => a & b,
    or: (a: number, b: number) => a | b,
    xor: (a: number, b: number) => a ^ b,
    not: (a: number) => ~a,
  };
  const [first, other] = buffers();
  for (const [target, second] of [[first, first], [first, other], [other, first], [other, other]]) {
    for (const name of ["and", "or", "xor", "not"] as const) {
      const a = fillWith(first, 2);
      const b = second === first ? a : fillWith(second, 9);
      const to = new Uint8Array(target);
      const expected = to.slice();
      for (let i = 0; i < size; i++) expected[3 + i] = operations[name](a[3 + i], b[600 + i]);
      nativeCombines(target, first, second)![name](3, 3 + size, 3, 600);
      assertEquals(to, expected);
    }
  }
});

Deno.test("native bits: ordinary memory has none", () => {
  const ordinary = new ArrayBuffer(65536);
  assertEquals(nativeBits(ordinary), null);
  const native = allocateNative(65536);
  assertEquals(nativeCombines(native, native, ordinary), null);
  assertEquals(nativeCombines(ordinary, native, native), null);
});
