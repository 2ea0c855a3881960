import { assertEquals } from "@std/assert";
import { crc16, hashSlot } from "./crc16.ts";
import { Crc64 } from "./crc64.ts";
import { allocateNative, allocateNativeShared } from "./native_memory.ts";
import { Random } from "./random.ts";

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

Deno.test("crc64: the same in every kind of memory, wherever bytes begin and end, and in parts", () => {
  const size = 40_000;
  const room = 65536;
  const random = new Random(64);
  const content = Uint8Array.from({ length: room }, () => random.below(256));
  for (
    const buffer of [
      new ArrayBuffer(room),
      new SharedArrayBuffer(room),
      allocateNative(room),
      allocateNativeShared(room),
    ]
  ) {
    const all = new Uint8Array(buffer);
    all.set(content);
    for (const start of [0, 1, 8, 13]) {
      const view = all.subarray(start, start + size);
      for (const end of [0, 1, 15, 16, 17, 100, size - 1, size]) {
        const whole = new Crc64().update(view, 3, 3 + Math.max(0, end - 3));
        assertEquals([whole.high, whole.low], halves(byBits(content, start + 3, start + Math.max(3, end))));
        const parts = new Crc64();
        for (let at = 3; at < end;) {
          const next = Math.min(end, at + random.below(end));
          parts.update(view, at, next);
          at = next;
        }
        assertEquals([parts.high, parts.low], [whole.high, whole.low]);
      }
    }
  }
});

const sums = new Map<string, bigint>();

/** The definition. */
function byBits(bytes: Uint8Array, start: number, end: number): bigint {
  const key = `${start} ${end}`;
  let sum = sums.get(key);
  if (sum !== undefined) return sum;
  sum = 0n;
  for (let i = start; i < end; i++) {
    sum ^= BigInt(bytes[i]);
    for (let bit = 0; bit < 8; bit++) sum = (sum >> 1n) ^ (sum & 1n ? 0x95ac9329ac4bc9b5n : 0n);
  }
  sums.set(key, sum);
  return sum;
}

const halves = (sum: bigint) => [Number(sum >> 32n) | 0, Number(sum & 0xffffffffn) | 0];
