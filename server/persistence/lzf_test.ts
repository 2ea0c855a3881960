import { assert, assertEquals, assertThrows } from "@std/assert";
import { Crc64 } from "../base/crc64.ts";
import { Random } from "../base/random.ts";
import { compress, expand } from "./lzf.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (input: Uint8Array | null) =>
  input === null ? null : [...input].map((b) => b.toString(16).padStart(2, "0")).join("");

Deno.test("lzf: the same bytes as the C server's payloads", () => {
  assertEquals(hex(compress(bytes("a".repeat(21)), 17)), "016161e00a00");
  assertEquals(hex(compress(bytes("a".repeat(30)), 26)), "016161e01100016161");
  assertEquals(hex(compress(bytes("ab".repeat(50)), 96)), "02616261e05601016162");
  assertEquals(hex(compress(bytes("abc".repeat(100)), 296)), "0361626361e0ff02e11507016263");
});

Deno.test("lzf: gives up where the C server does, though a byte less would do", () => {
  const text = bytes("943.03051799999999999");
  assertEquals(compress(text, 17), null);
  assertEquals(hex(compress(text, 18)), "0a3934332e30333035313739c000013939");
});

Deno.test("lzf: sequences drive each other out of the table as in the C server", () => {
  const text = bytes(Array.from({ length: 280 }, (_, i) => i * i).join(","));
  const compressed = compress(text, text.length - 4)!;
  const { high, low } = new Crc64().update(compressed);
  assertEquals([compressed.length, high >>> 0, low >>> 0], [1239, 0x6632bc65, 0xf8587cd9]);
});

Deno.test("lzf: what is compressed expands again", () => {
  const random = new Random(9);
  for (let round = 0; round < 400; round++) {
    const letters = 1 + random.below(6);
    const input = Uint8Array.from({ length: 1 + random.below(3000) }, () => 97 + random.below(letters));
    const compressed = compress(input, input.length + 100);
    assert(compressed !== null);
    assertEquals(expand(compressed!, input.length), input);
  }
  assertEquals(compress(crypto.getRandomValues(new Uint8Array(100)), 96), null);
});

Deno.test("lzf: corrupted input is refused", () => {
  const compressed = compress(bytes("abcabcabcabcabcabcabcabc"), 100)!;
  assertThrows(() => expand(compressed, 23), RangeError);
  assertThrows(() => expand(compressed, 25), RangeError);
  assertThrows(() => expand(compressed.subarray(0, 3), 24), RangeError);
  assertThrows(() => expand(Uint8Array.of(0x20, 0x05), 3), RangeError);
});
