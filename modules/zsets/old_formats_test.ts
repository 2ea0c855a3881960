/**
 * Sorted sets in the formats of older files. The bytes are written here by hand.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { CorruptValueError } from "../../server/api/mod.ts";
import { loadValue } from "../../server/persistence/dump.ts";
import { ValueReader, ValueWriter } from "../../server/persistence/value_codec.ts";
import { Key } from "../../server/structures/key.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import sets from "../sets/mod.ts";
import zsets from "./mod.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function payload(opcode: number, write: (output: ValueWriter) => void): ValueReader {
  const output = new ValueWriter(false);
  output.byte(opcode);
  write(output);
  return new ValueReader(output.bytes);
}

function textScores(...pairs: [member: string, score: Uint8Array][]): ValueReader {
  return payload(3, (output) => {
    output.length(pairs.length);
    for (const [member, score] of pairs) {
      output.string(encode(member));
      output.raw(score);
    }
  });
}

const text = (score: string) => Uint8Array.of(score.length, ...encode(score));

function binaryScores(...pairs: [member: string, score: number][]): ValueReader {
  return payload(5, (output) => {
    output.length(pairs.length);
    for (const [member, score] of pairs) {
      output.string(encode(member));
      output.double(score);
    }
  });
}

/** A ziplist of short strings. */
function ziplist(...elements: string[]): ValueReader {
  const bytes: number[] = [];
  let previous = 0;
  let last = 10;
  for (const element of elements) {
    last = 10 + bytes.length;
    bytes.push(previous, element.length, ...encode(element));
    previous = element.length + 2;
  }
  const total = 10 + bytes.length + 1;
  const words = new Uint8Array(new Uint32Array([total, last]).buffer);
  return payload(12, (output) => output.string(Uint8Array.of(...words, elements.length, 0, ...bytes, 255)));
}

function load(server: InMemoryServer, reader: ValueReader): void {
  loadValue(server.session.db, Key.of("z"), reader);
}

Deno.test("zset: older formats are read", () => {
  using server = new InMemoryServer([sets, zsets]);
  const contents = "*6 $1 a $4 -inf $1 b $3 1.5 $1 c $3 inf";
  load(server, textScores(["b", text("1.5")], ["c", Uint8Array.of(254)], ["a", Uint8Array.of(255)]));
  assertEquals(server.reply("ZRANGE z 0 -1 WITHSCORES"), contents);
  assertEquals(server.reply("OBJECT ENCODING z"), "$8 listpack");
  server.reply("DEL z");
  load(server, binaryScores(["b", 1.5], ["c", Infinity], ["a", -Infinity]));
  assertEquals(server.reply("ZRANGE z 0 -1 WITHSCORES"), contents);
  server.reply("DEL z");
  load(server, ziplist("a", "-inf", "b", "1.5", "c", "inf"));
  assertEquals(server.reply("ZRANGE z 0 -1 WITHSCORES"), contents);
  assertEquals(server.reply("OBJECT ENCODING z"), "$8 listpack");
  server.reply("DEL z");
  server.reply("CONFIG SET zset-max-listpack-entries 2");
  load(server, ziplist("a", "-inf", "b", "1.5", "c", "inf"));
  assertEquals(server.reply("OBJECT ENCODING z"), "$8 skiplist");
  assertEquals(server.reply("ZRANGE z 0 -1 WITHSCORES"), contents);
});

Deno.test("zset: what no sorted set can be is refused, and leaves nothing behind", () => {
  using server = new InMemoryServer([sets, zsets]);
  const wrong = [
    textScores(),
    textScores(["a", Uint8Array.of(253)]),
    textScores(["a", text("x")]),
    textScores(["a", text("1")], ["a", text("2")]),
    binaryScores(["a", NaN]),
    binaryScores(["a", 1], ["a", 1]),
    ziplist(),
    ziplist("a"),
    ziplist("a", "1", "b"),
    ziplist("a", "x"),
    ziplist("a", "1", "a", "2"),
    ziplist("a", "2", "b", "1"),
    ziplist("b", "1", "a", "1"),
  ];
  wrong.forEach((reader, index) => {
    assertThrows(() => load(server, reader), CorruptValueError, undefined, `payload ${index}`);
    assertEquals(server.reply("EXISTS z"), ":0");
  });
});
