import { assert, assertEquals, assertThrows } from "@std/assert";
import { CorruptValueError } from "../api/type.ts";
import { nativeBytes } from "../base/native_memory.ts";
import { Random } from "../base/random.ts";
import { Crc64 } from "../base/crc64.ts";
import { type ByteSource, ValueReader, ValueWriter } from "./value_codec.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (input: Uint8Array) => new TextDecoder().decode(input);

/** A value to write, and how it is read back. */
type Part = (output: ValueWriter) => (input: ValueReader) => void;

function string(content: Uint8Array): Part {
  return (output) => {
    const padded = new Uint8Array(content.length + 7);
    padded.set(content, 3);
    output.string(padded, 3, content.length);
    return (input) => assertEquals(input.string(), content);
  };
}

const integer = (value: number | bigint): Part => (output) => {
  output.integerString(value);
  return (input) => assertEquals(text(input.string()), String(value));
};

const length = (value: number | bigint): Part => (output) => {
  output.length(value);
  return (input) => assertEquals(input.exactLength(), value);
};

const double = (value: number): Part => (output) => {
  output.double(value);
  return (input) => assertEquals(input.double(), value);
};

const raw = (content: Uint8Array): Part => (output) => {
  output.raw(content);
  return (input) => assertEquals(input.raw(content.length), content);
};

function randomPart(random: Random): Part {
  const size = random.below(20) === 0 ? random.below(9000) : random.below(100);
  const letters = [1, 4, 200][random.below(3)];
  const content = Uint8Array.from({ length: size }, () => 48 + random.below(letters));
  const number = Math.floor((random.below(2 ** 30) - 2 ** 29) * 2 ** (random.below(50) - 28));
  switch (random.below(6)) {
    case 0:
      return integer(number);
    case 1:
      return length(Math.abs(number));
    case 2:
      return double(number / 7);
    case 3:
      return raw(content);
    default:
      return string(content);
  }
}

const fixed: Part[] = [
  ...[0, 1, -1, 127, 128, -128, -129, 32767, 32768, -32769, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1].map(
    integer,
  ),
  ...[-(2n ** 63n), 2n ** 63n - 1n].map(integer),
  ...[0, 63, 64, 16383, 16384, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2n ** 64n - 1n].map(length),
  ...[0, -0, 1.5, Infinity, -Infinity, NaN, Number.MIN_VALUE].map(double),
  ...["", "x", "-0", "007", "12345678901", "-2147483648", "2147483648", "x".repeat(63), "y".repeat(64)].map((word) =>
    string(bytes(word))
  ),
  ...[16383, 16384, 16390, 70_000].map((size) => string(new Uint8Array(size).fill(120))),
  string(crypto.getRandomValues(new Uint8Array(20_000))),
];

Deno.test("value codec: what is written is read again, with and without compression, whatever the buffer", () => {
  const random = new Random(5);
  for (let round = 0; round < 30; round++) {
    const parts = [...fixed, ...Array.from({ length: 100 }, () => randomPart(random))];
    for (const compresses of [false, true]) {
      const plain = new ValueWriter(compresses);
      const checks = parts.map((write) => write(plain));
      const expected = plain.bytes;
      for (const buffer of [new Uint8Array(64), new Uint8Array(4096), nativeBytes(1)]) {
        const pieces: Uint8Array[] = [];
        const sunk = new ValueWriter(compresses, buffer, (piece) => pieces.push(piece.slice()));
        for (const write of parts) write(sunk);
        sunk.flush();
        assert(pieces.length >= expected.length / buffer.length);
        assert(pieces.every((piece) => piece.length > 0 && piece.length <= buffer.length));
        assertEquals(new Uint8Array(pieces.flatMap((piece) => [...piece])), expected);
      }
      const input = new ValueReader(expected);
      for (const check of checks) check(input);
      assert(input.atEnd);
    }
  }
});

/** Gives bytes in pieces of random length, and sums what was taken. */
class Trickle implements ByteSource {
  readonly sum = new Crc64();
  takenBytes = 0;
  #at = 0;

  constructor(readonly content: Uint8Array, readonly random: Random, readonly pieceBytesMax: number) {}

  read(target: Uint8Array): number {
    const size = Math.min(target.length, this.content.length - this.#at, 1 + this.random.below(this.pieceBytesMax));
    target.set(this.content.subarray(this.#at, this.#at + size));
    this.#at += size;
    return size;
  }

  taken(bytes: Uint8Array, start: number, end: number): void {
    this.takenBytes += end - start;
    this.sum.update(bytes, start, end);
  }
}

Deno.test("value codec: from a source, whatever it gives at a time, all is read and summed once", () => {
  const random = new Random(6);
  for (const pieceBytesMax of [1, 100, 5000, 1_000_000]) {
    const output = new ValueWriter(true);
    const parts = [...fixed, ...Array.from({ length: 2000 }, () => randomPart(random)), ...fixed];
    const checks = parts.map((write) => write(output));
    const source = new Trickle(output.bytes, random, pieceBytesMax);
    const input = ValueReader.of(source, 1);
    for (const check of checks) {
      assert(!input.atEnd);
      check(input);
      if (random.below(500) === 0) {
        input.settle();
        assertEquals(source.takenBytes, input.offset);
      }
    }
    assert(input.atEnd);
    input.settle();
    assertEquals([source.takenBytes, input.offset], [output.bytes.length, output.bytes.length]);
    const { high, low } = new Crc64().update(output.bytes);
    assertEquals([source.sum.high, source.sum.low], [high, low]);
    assertThrows(() => input.byte(), CorruptValueError, "unexpected end");
  }
});

Deno.test("value codec: from a source, a string stays until the next but one", () => {
  const random = new Random(7);
  const sizes = Array.from({ length: 400 }, () => [50, 1000, 66_000, 300_000][random.below(4)] - random.below(40));
  const words = sizes.map((size, i) => new Uint8Array(size).fill(i));
  for (const compresses of [false, true]) {
    const output = new ValueWriter(compresses);
    for (const word of words) output.string(word);
    const input = ValueReader.of(new Trickle(output.bytes, random, 70_000), 1);
    let before = input.string();
    for (let i = 1; i < words.length; i++) {
      const here = input.string();
      assertEquals(before.length, words[i - 1].length);
      assert(before.every((byte) => byte === ((i - 1) & 255)) && here.every((byte) => byte === (i & 255)));
      before = here;
    }
  }
});

Deno.test("value codec: a length that the source does not have costs no memory", () => {
  const content = new Uint8Array(200_000);
  content.set([0x81, 0, 15, 255, 255, 255, 255, 255, 255]);
  const input = ValueReader.of(new Trickle(content, new Random(1), 70_000), 1);
  assertThrows(() => input.string(), CorruptValueError, "unexpected end");
});

Deno.test("value codec: strings that are read from an array stay as they are", () => {
  const random = new Random(8);
  const words = Array.from({ length: 3000 }, () => String(random.below(50)).repeat(1 + random.below(60)));
  const output = new ValueWriter(true);
  for (const word of words) output.string(bytes(word));
  const input = new ValueReader(output.bytes);
  const read = words.map(() => input.string());
  assertEquals(read.map(text), words);
});

Deno.test("value codec: compression is only used where it gains", () => {
  const sizeOf = (word: string) => {
    const output = new ValueWriter(true);
    output.string(bytes(word));
    return output.bytes.length;
  };
  assertEquals(sizeOf("a".repeat(20)), 21);
  assertEquals(sizeOf("a".repeat(21)), 3 + 6);
  assertEquals(sizeOf("abcdefghijklmnopqrstuvwxyz"), 27);
});

Deno.test("value codec: a buffer begins anew once its bytes were taken", () => {
  const output = new ValueWriter(false);
  output.length(5);
  output.flush();
  output.length(70);
  assertEquals([...output.bytes], [0x40, 70]);
});

Deno.test("value codec: damaged bytes are refused or read, never anything else", () => {
  const random = new Random(21);
  let refused = 0;
  for (let round = 0; round < 3000; round++) {
    const output = new ValueWriter(true);
    for (let i = 0; i < 5; i++) output.string(bytes("abcde".repeat(random.below(30)) + random.below(1000)));
    const damaged = output.bytes.slice(0, random.below(2) === 0 ? undefined : random.below(output.bytes.length));
    if (damaged.length > 0) damaged[random.below(damaged.length)] = random.below(256);
    const input = new ValueReader(damaged);
    try {
      while (!input.atEnd) input.string();
    } catch (error) {
      assert(error instanceof CorruptValueError, String(error));
      refused++;
    }
  }
  assert(refused > 500);
});

Deno.test("value codec: an expanded length that the compressed bytes cannot have is refused before room is made", () => {
  const input = new ValueReader(Uint8Array.of(0xc3, 3, 0x80, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3));
  assertThrows(() => input.string(), CorruptValueError, "states too much");
});
