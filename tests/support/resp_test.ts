/**
 * Framing and decoding of every RESP2 and RESP3 type, cut at every byte.
 *
 * @module
 */
import { assertEquals, assertThrows } from "./assert.ts";
import { decode, encodeCommand, ErrorReply, PushReply, type Reply, replyEnd, VerbatimReply } from "./resp.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const samples: [raw: string, value: Reply][] = [
  ["+OK\r\n", "OK"],
  ["+\r\n", ""],
  ["-ERR no\r\n", new ErrorReply("ERR no")],
  [":42\r\n", 42],
  [":-9223372036854775808\r\n", -9223372036854775808n],
  ["$-1\r\n", null],
  ["$0\r\n\r\n", ""],
  ["$4\r\n\r\n\r\n\r\n", "\r\n\r\n"],
  ["*-1\r\n", null],
  ["*0\r\n", []],
  ["*2\r\n$1\r\na\r\n*1\r\n:1\r\n", ["a", [1]]],
  ["_\r\n", null],
  ["#t\r\n", true],
  ["#f\r\n", false],
  [",1.5\r\n", 1.5],
  [",-inf\r\n", -Infinity],
  ["(3492890328409238509324850943850943825024385\r\n", 3492890328409238509324850943850943825024385n],
  ["!5\r\nERR x\r\n", new ErrorReply("ERR x")],
  ["=7\r\ntxt:abc\r\n", new VerbatimReply("txt", "abc")],
  ["%2\r\n+a\r\n:1\r\n+b\r\n*0\r\n", new Map<Reply, Reply>([["a", 1], ["b", []]])],
  ["~2\r\n+a\r\n+b\r\n", new Set<Reply>(["a", "b"])],
  [">2\r\n+pubsub\r\n:1\r\n", new PushReply(["pubsub", 1])],
  ["|1\r\n+ttl\r\n:3\r\n$1\r\nv\r\n", "v"],
];

Deno.test("RESP: each type is framed, cut at any byte, and decoded", () => {
  for (const [raw, value] of samples) {
    const bytes = encode(raw);
    for (let limit = 0; limit < bytes.length; limit++) assertEquals(replyEnd(bytes, 0, limit), -1, `${raw} ${limit}`);
    assertEquals(replyEnd(encode(raw + "+next\r\n"), 0, bytes.length + 7), bytes.length, raw);
    assertEquals(decode(bytes), value);
  }
});

Deno.test("RESP: a byte that opens no reply is refused", () => {
  assertThrows(() => replyEnd(encode("?\r\n"), 0, 3), Error, "0x3f");
});

Deno.test("RESP: bulk strings stay bytes on request", () => {
  assertEquals(decode(Uint8Array.of(0x24, 0x31, 13, 10, 0xff, 13, 10), { bytes: true }), Uint8Array.of(0xff));
});

Deno.test("RESP: a request is an array of bulk strings", () => {
  assertEquals(
    encodeCommand(["SET", "ü", Uint8Array.of(0)]),
    encode("*3\r\n$3\r\nSET\r\n$2\r\nü\r\n$1\r\n\0\r\n"),
  );
});
