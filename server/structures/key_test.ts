import { assertEquals, assertThrows } from "@std/assert";
import { LimitError } from "../base/limit_error.ts";
import { Key } from "./key.ts";

Deno.test("key: hashed and compared alike, whether its bytes are kept as words or not", () => {
  for (let length = 0; length < 80; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => 255 - i);
    const memory = new Uint8Array(96);
    const words = new Int32Array(memory.buffer);
    const key = Key.of(bytes);
    key.writeTo(words, 2, memory);
    assertEquals(memory.slice(8, 8 + length), bytes);
    assertEquals(key.equals(words, 2, memory), true);
    // What stands behind the key is not compared.
    memory.fill(7, 8 + length);
    assertEquals(key.equals(words, 2, memory), true);
    assertEquals(Key.of(bytes).hash, new Key().load(memory, 8, length).hash);
    const loaded = new Key().loadWords(memory, words, 2, length);
    assertEquals([loaded.hash, loaded.toBytes()], [key.hash, bytes]);
    assertEquals(loaded.equals(words, 2, memory), true);
    if (length === 0) continue;
    memory[8 + length - 1] ^= 1;
    assertEquals(key.equals(words, 2, memory), false);
  }
});

Deno.test("key: longer than 512 MiB is refused before a byte of it is read", () => {
  const bytes = new Uint8Array(512 * 1024 ** 2 + 1);
  assertThrows(() => new Key().load(bytes, 0, bytes.length), LimitError, "key is longer than 536870912 bytes");
});

Deno.test("key: a copy has bytes of its own, and uses them again", () => {
  const bytes = new TextEncoder().encode("a key of some length, and something else");
  const copy = new Key().copyOf(new Key().load(bytes, 2, 19));
  bytes.fill(0);
  assertEquals(new TextDecoder().decode(copy.toBytes()), "key of some length,");
  assertEquals(copy.hash, Key.of("key of some length,").hash);
  const { buffer } = copy;
  copy.copyOf(Key.of("short"));
  assertEquals([new TextDecoder().decode(copy.toBytes()), copy.buffer === buffer], ["short", true]);
  const long = "x".repeat(100);
  assertEquals(new TextDecoder().decode(copy.copyOf(Key.of(long)).toBytes()), long);
});
