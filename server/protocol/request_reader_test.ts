import { assertEquals } from "@std/assert";
import { BufferPool } from "./buffer_pool.ts";
import { ArgumentsPool, BROKEN, INCOMPLETE, READY, RequestReader } from "./request_reader.ts";

const encoder = new TextEncoder();

/** Feeds a stream in pieces and lists the requests found, with the error at the end where there is one. */
function read(stream: Uint8Array | string, pieceBytes = Infinity): string[] {
  const bytes = typeof stream === "string" ? encoder.encode(stream) : stream;
  const reader = new RequestReader(new ArgumentsPool(), new BufferPool());
  const requests: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = reader.space();
    const piece = bytes.subarray(at, at + Math.min(pieceBytes, space.length));
    space.set(piece);
    reader.filled(piece.length);
    at += piece.length;
    let result: number;
    while ((result = reader.next()) === READY) {
      requests.push(Array.from({ length: reader.args.count }, (_, i) => reader.args.text(i)).join("|"));
    }
    if (result === BROKEN) return [...requests, reader.error];
    assertEquals(result, INCOMPLETE);
  }
  return requests;
}

Deno.test("reader: finds the same requests however the stream is cut", () => {
  const stream = "*2\r\n$3\r\nGET\r\n$3\r\nk\r\n\r\n*0\r\n*-1\r\nPING  now\r\n\r\nSET \"a b\" 'c'\r\n*1\r\n$0\r\n\r\n" +
    `*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$40000\r\n${"v".repeat(40000)}\r\nECHO\tx\n`;
  const expected = ["GET|k\r\n", "PING|now", "SET|a b|c", "", `SET|k|${"v".repeat(40000)}`, "ECHO|x"];
  assertEquals(read(stream), expected);
  for (const piece of [1, 2, 3, 7, 100, 16384]) assertEquals(read(stream, piece), expected, `pieces of ${piece}`);
});

Deno.test("reader: many arguments and large ones arrive in parts without being read twice", () => {
  const count = 200_000;
  const stream = `*${count}\r\n` + "$1\r\nx\r\n".repeat(count);
  const start = performance.now();
  const [request] = read(stream, 50);
  assertEquals(request.length, 2 * count - 1);
  assertEquals(performance.now() - start < 5000, true);
});

Deno.test("reader: what is no protocol gets Redis's words", () => {
  const cases: [string, string][] = [
    ["*abc\r\n", "Protocol error: invalid multibulk length"],
    ["*2147483648\r\n", "Protocol error: invalid multibulk length"],
    ["*1\r\nGET\r\n", "Protocol error: expected '$', got 'G'"],
    ["*1\r\n$abc\r\n", "Protocol error: invalid bulk length"],
    ["*1\r\n$-1\r\n", "Protocol error: invalid bulk length"],
    ["*1\r\n$536870913\r\n", "Protocol error: invalid bulk length"],
    ['SET "a\r\n', "Protocol error: unbalanced quotes in request"],
    ["*" + "1".repeat(70_000), "Protocol error: too big mbulk count string"],
    ["*1\r\n$" + "1".repeat(70_000), "Protocol error: too big bulk count string"],
    ["x".repeat(70_000), "Protocol error: too big inline request"],
  ];
  for (const [stream, error] of cases) assertEquals(read(stream).at(-1), error, stream.slice(0, 20));
});

Deno.test("reader: gives its buffer back after a large request", () => {
  const reader = new RequestReader(new ArgumentsPool(), new BufferPool());
  const bytes = encoder.encode(`*1\r\n$1000000\r\n${"x".repeat(1_000_000)}\r\n`);
  for (let at = 0; at < bytes.length;) {
    const space = reader.space();
    const piece = bytes.subarray(at, at + space.length);
    space.set(piece);
    reader.filled(piece.length);
    at += piece.length;
    while (reader.next() === READY) assertEquals(reader.args.size(0), 1_000_000);
  }
  assertEquals(reader.space().length <= 16384, true);
});
