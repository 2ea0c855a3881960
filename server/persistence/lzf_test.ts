import { assert, assertEquals, assertThrows } from "@std/assert";
import { Crc64 } from "../base/crc64.ts";
import { Random } from "../base/random.ts";
import { allocateNative, allocateNativeShared } from "../base/native_memory.ts";
import * as lzf from "./lzf.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (input: Uint8Array | null) =>
  input === null ? null : [...input].map((b) => b.toString(16).padStart(2, "0")).join("");

function compress(input: Uint8Array, limit: number): Uint8Array | null {
  const output = new Uint8Array(limit);
  const size = lzf.compress(input, 0, input.length, output, 0, limit);
  return size === 0 ? null : output.subarray(0, size);
}

function expand(input: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  lzf.expand(input, 0, input.length, output, 0, length);
  return output;
}

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

const ROOM_BYTES = 128 * 1024;
const GUARD = 0xee;
const places = () => [
  new Uint8Array(ROOM_BYTES),
  new Uint8Array(allocateNative(ROOM_BYTES), 5),
  new Uint8Array(allocateNativeShared(ROOM_BYTES), 64),
];

/** Text of few or many letters, with repetitions of any length and distance. */
function inputOf(random: Random): Uint8Array {
  const size = random.below(8) === 0 ? random.below(30_000) : random.below(500);
  const letters = [1, 2, 3, 6, 26, 256][random.below(6)];
  const input = Uint8Array.from({ length: size }, () => random.below(letters));
  for (let i = random.below(2) * size; i > 0; i -= 20) {
    const from = random.below(size);
    input.copyWithin(random.below(size), from, from + random.below(300));
  }
  return input;
}

/** What the format says, byte by byte; null for what is no LZF of this length. */
function expandPlainly(input: Uint8Array, length: number): number[] | null {
  const output: number[] = [];
  for (let at = 0; at < input.length;) {
    const control = input[at++];
    if (control < 32) {
      if (at + control + 1 > input.length) return null;
      output.push(...input.subarray(at, at += control + 1));
    } else {
      const count = 2 + (control < 224 ? control >> 5 : 7 + input[at++]);
      const from = output.length - ((control & 31) << 8) - input[at++] - 1;
      if (!(from >= 0)) return null;
      for (let i = 0; i < count; i++) output.push(output[from + i]);
    }
    if (output.length > length) return null;
  }
  return output.length === length ? output : null;
}

/** Runs with `size` bytes of a place free, and looks that none around them has been written. */
function guarded(place: Uint8Array, at: number, size: number, run: () => void): void {
  const end = at + size + 100;
  place.fill(GUARD, 0, end);
  run();
  for (let i = 0; i < at; i++) assertEquals(place[i], GUARD);
  for (let i = at + size; i < end; i++) assertEquals(place[i], GUARD);
}

Deno.test("lzf: from and to every kind of memory, within its ends", () => {
  const random = new Random(11);
  const sources = places();
  const targets = places();
  for (let round = 0; round < 1500; round++) {
    const input = inputOf(random);
    const [source, target] = [sources[random.below(3)], targets[random.below(3)]];
    const [start, at] = [random.below(40), random.below(40)];
    const limit = random.below(2) === 0 ? Math.max(0, input.length - 4) : random.below(input.length + 200);
    const expected = compress(input, limit);
    source.set(input, start);
    let size = 0;
    guarded(target, at, limit, () => size = lzf.compress(source, start, input.length, target, at, limit));
    assertEquals(size, expected?.length ?? 0);
    if (expected === null) continue;
    assertEquals(target.slice(at, at + size), expected);
    guarded(source, start, input.length, () => lzf.expand(target, at, size, source, start, input.length));
    assertEquals(source.slice(start, start + input.length), input);
  }
});

Deno.test("lzf: damaged input is refused or gives what it says, and is not left", () => {
  const random = new Random(13);
  const sources = places();
  const targets = places();
  let refused = 0;
  let taken = 0;
  for (let round = 0; round < 4000; round++) {
    const input = inputOf(random).subarray(0, 2000);
    const compressed = compress(input, input.length + 100);
    if (compressed === null) continue;
    const damaged = compressed.slice(0, random.below(3) > 0 ? compressed.length : random.below(compressed.length));
    for (let i = random.below(4); i > 0 && damaged.length > 0; i--) {
      damaged[random.below(damaged.length)] = random.below(2) === 0 ? random.below(256) : 0xe0 | random.below(32);
    }
    const length = random.below(3) > 0 ? input.length : random.below(input.length + 300);
    const expected = expandPlainly(damaged, length);
    const [source, target] = [sources[random.below(3)], targets[random.below(3)]];
    const [start, at] = [random.below(40), random.below(40)];
    source.set(damaged, start);
    guarded(target, at, length, () => {
      const run = () => lzf.expand(source, start, damaged.length, target, at, length);
      if (expected === null) assertThrows(run, RangeError);
      else run();
    });
    if (expected === null) refused++;
    else {
      taken++;
      assertEquals(target.slice(at, at + length), Uint8Array.from(expected));
    }
  }
  assert(refused > 500 && taken > 500, `${refused} refused, ${taken} taken`);
});

Deno.test("lzf: what stands last in its memory is not read or written beyond", () => {
  const text = bytes("abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc".repeat(20));
  for (let cut = 0; cut < 40; cut++) {
    const input = text.subarray(cut);
    const source = new Uint8Array(allocateNative(65536));
    const target = new Uint8Array(allocateNative(65536));
    const start = source.length - input.length;
    source.set(input, start);
    const size = lzf.compress(source, start, input.length, target, target.length - 60, 60);
    assert(size > 0);
    target.copyWithin(target.length - size, target.length - 60, target.length - 60 + size);
    source.fill(0);
    lzf.expand(target, target.length - size, size, source, start, input.length);
    assertEquals(source.subarray(start), input);
  }
});

Deno.test("lzf: compresses the same after gigabytes", () => {
  const text = bytes(Array.from({ length: 500 }, (_, i) => i * i * i).join(","));
  const expected = compress(text, text.length);
  const many = new Uint8Array(allocateNative(64 * 1024 * 1024));
  const output = new Uint8Array(allocateNative(1024 * 1024));
  for (let i = 0; i < 40; i++) {
    assert(lzf.compress(many, 0, many.length, output, 0, output.length) > 0);
    assertEquals(compress(text, text.length), expected);
  }
});

Deno.test("lzf: what is not within its array is refused", () => {
  const array = new Uint8Array(allocateNative(65536), 100, 100);
  assertThrows(() => lzf.compress(array, 50, 51, array, 0, 50));
  assertThrows(() => lzf.compress(array, 0, 50, array, 50, 51));
  assertThrows(() => lzf.expand(array, 50, 51, array, 0, 50));
  assertThrows(() => lzf.expand(array, 0, 50, array, 50, 51));
});
