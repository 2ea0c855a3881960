import { assertEquals } from "@std/assert";
import { Heap } from "../heap/heap.ts";
import { verifyHeap } from "../heap/verifier.ts";
import { Random } from "../base/random.ts";
import { elementBytes } from "./element.ts";
import { isListpack, Listpack } from "./listpack.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function contents(pack: Listpack): string[] {
  const texts: string[] = [];
  for (let at = pack.first(); at !== 0; at = pack.next(at)) texts.push(decode(elementBytes(pack.read(at))));
  return texts;
}

function contentsBackwards(pack: Listpack): string[] {
  const texts: string[] = [];
  for (let at = pack.last(); at !== 0; at = pack.previous(at)) texts.unshift(decode(elementBytes(pack.read(at))));
  return texts;
}

function rawBytes(pack: Listpack): Uint8Array {
  return pack.bytes.slice(pack.base, pack.base + pack.totalBytes);
}

const EDGES = [
  ...[
    "",
    "a",
    "0",
    "-0",
    "01",
    "127",
    "128",
    "4095",
    "4096",
    "-1",
    "-4096",
    "-4097",
    "32767",
    "32768",
    "-32768",
    "-32769",
  ],
  ...["8388607", "8388608", "-8388608", "-8388609", "2147483647", "2147483648", "-2147483648", "-2147483649"],
  ...["9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808", "9223372036854775808"],
  ...[63, 64, 100, 4095, 4096, 20000].map((size) => "x".repeat(size)),
];

Deno.test("listpack: every encoding, read forwards and backwards, found and compared", () => {
  const heap = new Heap();
  const pack = new Listpack(heap).open(Listpack.create(heap));
  for (const text of EDGES) pack.insert(0, encode(text), 0, text.length);
  assertEquals([contents(pack), contentsBackwards(pack)], [EDGES, EDGES]);
  assertEquals(pack.count, EDGES.length);
  assertEquals(isListpack(rawBytes(pack)), true);
  EDGES.forEach((text, index) => {
    const position = pack.find(pack.first(), encode(text), 0, text.length);
    assertEquals([position, position], [pack.at(index), pack.at(index - EDGES.length)], text);
  });
  assertEquals(pack.find(pack.first(), encode("absent"), 0, 6), 0);
  assertEquals([pack.at(EDGES.length), pack.at(-EDGES.length - 1)], [0, 0]);
  heap.free(pack.ref);
  assertEquals(verifyHeap(heap, () => {}).problems, []);
});

Deno.test("listpack: random changes, checked against an array", () => {
  const heap = new Heap();
  const random = new Random(3);
  const model: string[] = [];
  const pack = new Listpack(heap).open(Listpack.create(heap));
  for (let step = 0; step < 4000; step++) {
    const text = EDGES[random.below(EDGES.length - 1)];
    const index = random.below(model.length + 1);
    const choice = random.below(model.length > 60 ? 8 : 5);
    if (choice < 3) {
      pack.insert(index === model.length ? 0 : pack.at(index), encode(text), 0, text.length);
      model.splice(index, 0, text);
    } else if (choice === 3 && index < model.length) {
      pack.replace(pack.at(index), encode(text), 0, text.length);
      model[index] = text;
    } else if (index < model.length) {
      const count = random.below(4);
      const behind = pack.remove(pack.at(index), count);
      model.splice(index, count);
      assertEquals(behind, pack.at(index));
    }
    assertEquals(contents(pack), model);
    assertEquals(pack.count, model.length);
  }
  assertEquals(isListpack(rawBytes(pack)), true);
  heap.free(pack.ref);
  assertEquals(verifyHeap(heap, () => {}).problems, []);
});

Deno.test("listpack: split and joined again; more elements than the header counts", () => {
  const heap = new Heap();
  const pack = new Listpack(heap).open(Listpack.create(heap));
  const all = Array.from({ length: 70_000 }, (_, i) => String(i));
  for (let i = 0; i < all.length; i++) pack.insertInteger(0, i);
  assertEquals(pack.count, all.length);
  const tail = new Listpack(heap).open(pack.split(pack.at(100)));
  assertEquals([pack.count, tail.count], [100, all.length - 100]);
  tail.remove(tail.at(10), all.length);
  assertEquals(tail.count, 10);
  pack.join(tail);
  assertEquals(contents(pack), all.slice(0, 110));
  tail.join(pack, true);
  assertEquals(contents(tail), [...all.slice(0, 110), ...all.slice(100, 110)]);
  heap.free(pack.ref);
  heap.free(tail.ref);
  assertEquals(verifyHeap(heap, () => {}).problems, []);
});

Deno.test("listpack: damaged bytes are recognised", () => {
  const heap = new Heap();
  const pack = new Listpack(heap).open(Listpack.create(heap));
  for (const text of EDGES.slice(0, -1)) pack.insert(0, encode(text), 0, text.length);
  const good = rawBytes(pack);
  for (let size = 0; size < good.length; size += 7) assertEquals(isListpack(good.slice(0, size)), false);
  const random = new Random(5);
  for (let i = 0; i < 2000; i++) {
    const bytes = good.slice();
    bytes[random.below(bytes.length)] ^= 1 << random.below(8);
    if (!isListpack(bytes)) continue;
    const copy = new Listpack(heap).open(Listpack.from(heap, bytes));
    assertEquals(contents(copy), contentsBackwards(copy));
    heap.free(copy.ref);
  }
  heap.free(pack.ref);
  assertEquals(verifyHeap(heap, () => {}).problems, []);
});
