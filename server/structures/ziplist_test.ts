import { assertEquals } from "@std/assert";
import { ziplistElements } from "./ziplist.ts";

/** A ziplist of elements that are given as their encoding, length and content. */
function ziplist(...elements: number[][]): Uint8Array {
  const bytes = [0, 0, 0, 0, 0, 0, 0, 0, elements.length & 0xff, elements.length >> 8];
  let before = 0;
  let tail = 10;
  for (const element of elements) {
    tail = bytes.length;
    const back = before < 254 ? [before] : [254, before & 0xff, before >> 8, 0, 0];
    bytes.push(...back, ...element);
    before = back.length + element.length;
  }
  bytes.push(0xff);
  const view = new DataView(Uint8Array.from(bytes).buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(4, tail, true);
  return new Uint8Array(view.buffer);
}

const letters = (length: number) => Array.from({ length }, (_, i) => 97 + i % 26);

Deno.test("ziplist: every encoding is read", () => {
  const bytes = ziplist(
    [0x03, ...letters(3)],
    [0x00],
    [0x41, 0x2c, ...letters(300)],
    [0x80, 0, 0, 0x01, 0x2c, ...letters(300)],
    [0xf1],
    [0xfd],
    [0xfe, 0x80],
    [0xc0, 0xfe, 0xff],
    [0xf0, 0xff, 0xff, 0x7f],
    [0xf0, 0x00, 0x00, 0x80],
    [0xd0, 0, 0, 0, 0x80],
    [0xe0, 0, 0, 0, 0, 1, 0, 0, 0],
    [0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  );
  const long = Uint8Array.from(letters(300));
  assertEquals(ziplistElements(bytes), [
    Uint8Array.from(letters(3)),
    new Uint8Array(0),
    long,
    long,
    0,
    12,
    -128,
    -2,
    8388607,
    -8388608,
    -2147483648,
    2 ** 32,
    2n ** 63n - 1n,
  ]);
  assertEquals(ziplistElements(ziplist()), []);
});

Deno.test("ziplist: it may stand anywhere in an array", () => {
  const bytes = ziplist([0x02, 97, 98], [0xf4]);
  const larger = new Uint8Array(bytes.length + 14);
  larger.set(bytes, 7);
  assertEquals(ziplistElements(larger.subarray(7, 7 + bytes.length)), [Uint8Array.of(97, 98), 3]);
});

Deno.test("ziplist: what it says twice must agree, and nothing is read beyond its end", () => {
  const intact = ziplist([0x03, ...letters(3)], [0xc0, 1, 2], [0x41, 0x00, ...letters(256)], [0xf3]);
  for (let length = 0; length < intact.length; length++) assertEquals(ziplistElements(intact.slice(0, length)), null);
  for (const at of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, intact.length - 1]) {
    const damaged = intact.slice();
    damaged[at] ^= 0x10;
    assertEquals(ziplistElements(damaged), null, `byte ${at}`);
  }
  assertEquals(ziplistElements(ziplist([0xff])), null);
  assertEquals(ziplistElements(ziplist([0xc1, 0, 0])), null);
  assertEquals(ziplistElements(ziplist([0x81, 0, 0, 0, 0])), null);
  assertEquals(ziplistElements(ziplist([0x80, 0, 0, 1])), null);
});
