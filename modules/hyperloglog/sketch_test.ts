import { assert, assertEquals } from "@std/assert";
import { estimate } from "./estimate.ts";
import { INDEX_BITS, placeOf, RANK_BITS, REGISTERS } from "./hash.ts";
import { selfTest } from "./self_check.ts";
import { denseRank, HEADER_BYTES, isSketch, Sketch, visitRuns } from "./sketch.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** MurmurHash64A as its author writes it, in 64-bit integers. */
function plainHash(bytes: Uint8Array): bigint {
  const m = 0xc6a4a7935bd1e995n;
  const wrap = (value: bigint) => BigInt.asUintN(64, value);
  let h = 0xadc83b19n ^ wrap(BigInt(bytes.length) * m);
  const wordAt = (at: number, size: number) => {
    let word = 0n;
    for (let i = 0; i < size; i++) word |= BigInt(bytes[at + i]) << BigInt(8 * i);
    return word;
  };
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    let k = wrap(wordAt(at, 8) * m);
    k ^= k >> 47n;
    h = wrap((h ^ wrap(k * m)) * m);
  }
  if (at < bytes.length) h = wrap((h ^ wordAt(at, bytes.length - at)) * m);
  h = wrap((h ^ (h >> 47n)) * m);
  return h ^ (h >> 47n);
}

function plainPlace(bytes: Uint8Array): number {
  const hash = plainHash(bytes);
  let rest = (hash >> BigInt(INDEX_BITS)) | (1n << BigInt(RANK_BITS));
  let rank = 1;
  for (; (rest & 1n) === 0n; rest >>= 1n) rank++;
  return Number(hash & BigInt(REGISTERS - 1)) | (rank << INDEX_BITS);
}

Deno.test("hyperloglog: the hash is MurmurHash64A", () => {
  for (let length = 0; length < 40; length++) {
    for (let i = 0; i < 40; i++) {
      const bytes = Uint8Array.from({ length }, (_, at) => Math.imul(i * 41 + at + 1, 0x9e3779b1) >>> 24);
      assertEquals(placeOf(bytes, 0, length), plainPlace(bytes));
    }
  }
});

Deno.test("hyperloglog: sparse runs hold what registers one by one would", () => {
  const sketch = new Sketch().clear();
  const model = new Uint8Array(REGISTERS);
  for (let i = 0; i < 3000; i++) {
    const place = placeOf(encode(`element ${i}`), 0, encode(`element ${i}`).length);
    // Neighbours, so that runs of one rank meet and are joined.
    const index = (place & (REGISTERS - 1)) % 1000 + (i % 2) * (REGISTERS - 1000);
    const rank = Math.min(place >>> INDEX_BITS, 32);
    assertEquals(sketch.raise(index, rank, Infinity), rank > model[index]);
    model[index] = Math.max(model[index], rank);
  }
  assert(!sketch.isDense && isSketch(sketch.bytes, 0, sketch.length));
  const seen = new Uint8Array(REGISTERS);
  assert(
    visitRuns(sketch.bytes, 0, sketch.length, (first, registers, rank) => seen.fill(rank, first, first + registers)),
  );
  assertEquals(seen, model);
  assert(sketch.toDense() && isSketch(sketch.bytes, 0, sketch.length));
  assertEquals(Uint8Array.from(model, (_, i) => denseRank(sketch.bytes, HEADER_BYTES, i)), model);
});

Deno.test("hyperloglog: ranks above 32 make the registers dense", () => {
  const sketch = new Sketch().clear();
  sketch.raise(3, 32, 3000);
  assert(!sketch.isDense);
  sketch.raise(5, 33, 3000);
  assert(sketch.isDense);
  assertEquals([3, 4, 5].map((i) => denseRank(sketch.bytes, HEADER_BYTES, i)), [32, 0, 33]);
});

Deno.test("hyperloglog: runs that are not all registers are seen", () => {
  const sketch = new Sketch().clear();
  for (
    const [bytes, isWhole] of [[[0x7f, 0xff], true], [[0x7f, 0xfe], false], [[0x7f, 0xfe, 0x00], true], [[
      0x7f,
      0xff,
      0x80,
    ], false], [[], false]] as const
  ) {
    sketch.bytes.set(bytes, HEADER_BYTES);
    assertEquals(visitRuns(sketch.bytes, 0, HEADER_BYTES + bytes.length, () => {}), isWhole);
  }
});

Deno.test("hyperloglog: no element, and all registers at the highest rank, have an estimate", () => {
  const histogram = new Int32Array(64);
  histogram[0] = REGISTERS;
  assertEquals(estimate(histogram), 0);
  assertEquals(selfTest(), null);
});
