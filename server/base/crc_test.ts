import { assertEquals } from "@std/assert";
import { crc16, hashSlot } from "./crc16.ts";
import { Crc64 } from "./crc64.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("crc16: the check value of the cluster specification", () => {
  assertEquals(crc16(bytes("123456789"), 0, 9), 0x31c3);
});

Deno.test("crc16: the hash tag decides the slot", () => {
  const slot = (key: string) => hashSlot(bytes(key), 0, key.length);
  assertEquals(slot("{user1000}.following"), slot("{user1000}.followers"));
  assertEquals(slot("foo{}{bar}"), crc16(bytes("foo{}{bar}"), 0, 10) & 16383);
  assertEquals(slot("foo{{bar}}zap"), slot("{{bar}"));
  assertEquals(slot("foo"), 12182);
});

Deno.test("crc64: the check value of the RDB format", () => {
  const crc = new Crc64().update(bytes("123456789"));
  assertEquals([crc.high >>> 0, crc.low >>> 0], [0xe9c6d914, 0xc4b8d9ca]);
});
