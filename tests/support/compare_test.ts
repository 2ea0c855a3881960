/**
 * What each mode of comparison lets pass, and what it does not.
 *
 * @module
 */
import { assertEquals } from "./assert.ts";
import { normalise, parseMode, sameReply } from "./compare.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function same(modeText: string, expected: string, actual: string): boolean {
  const mode = parseMode(modeText);
  return sameReply(normalise(encode(expected), mode), normalise(encode(actual), mode), mode);
}

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;
const list = (...texts: string[]) => `*${texts.length}\r\n${texts.map(bulk).join("")}`;

Deno.test("compare: exact", () => {
  assertEquals(same("exact", ":1\r\n", ":1\r\n"), true);
  assertEquals(same("exact", "+OK\r\n", "$2\r\nOK\r\n"), false);
});

Deno.test("compare: orders", () => {
  assertEquals(same("sorted", list("a", "b"), list("b", "a")), true);
  assertEquals(same("sorted", list("a", "b"), list("b", "b")), false);
  assertEquals(same("sorted", "%2\r\n+a\r\n+b\r\n+c\r\n+d\r\n", "%2\r\n+c\r\n+d\r\n+a\r\n+b\r\n"), true);
  assertEquals(same("sorted", "%2\r\n+a\r\n+b\r\n+c\r\n+d\r\n", "%2\r\n+c\r\n+b\r\n+a\r\n+d\r\n"), false);
  assertEquals(same("pairs", list("a", "1", "b", "2"), list("b", "2", "a", "1")), true);
  assertEquals(same("pairs", list("a", "1", "b", "2"), list("b", "1", "a", "2")), false);
  assertEquals(same("sorted", `*1\r\n${list("a", "b")}`, `*1\r\n${list("b", "a")}`), false);
  assertEquals(same("unordered", `*1\r\n${list("a", "b")}`, `*1\r\n${list("b", "a")}`), true);
});

Deno.test("compare: numbers", () => {
  assertEquals(same("near:5", ":100\r\n", ":104\r\n"), true);
  assertEquals(same("near:5", ":100\r\n", ":106\r\n"), false);
  assertEquals(same("near:5", ":-1\r\n", ":1\r\n"), false);
  assertEquals(same("near:5", bulk("99"), bulk("101")), true);
  const inSeconds = Math.round(Date.now() / 1000) + 100;
  assertEquals(normalise(encode(`:${inSeconds}\r\n`), parseMode("clock:2")).replace("99", "100"), ":100\\r\\n");
  assertEquals(same("clock:2", `:${inSeconds}\r\n`, `:${inSeconds + 1}\r\n`), true);
  assertEquals(same("clock:2", `:${inSeconds}\r\n`, `:${inSeconds + 9}\r\n`), false);
  assertEquals(same("digits", "+a 12 b\r\n", "+a 345 b\r\n"), true);
  assertEquals(same("digits", "+a 12 b\r\n", "+a 12 c\r\n"), false);
});

Deno.test("compare: shapes, types and codes", () => {
  assertEquals(same("shape", "*2\r\n:1\r\n$1\r\na\r\n", "*2\r\n:2\r\n$2\r\nbb\r\n"), true);
  assertEquals(same("shape", "*2\r\n:1\r\n$1\r\na\r\n", "*2\r\n:2\r\n:3\r\n"), false);
  assertEquals(same("type", ":1\r\n", ":2\r\n"), true);
  assertEquals(same("type", ":1\r\n", "$-1\r\n"), false);
  assertEquals(same("code", "-ERR a\r\n", "-ERR b\r\n"), true);
  assertEquals(same("code", "-ERR a\r\n", "-NOAUTH a\r\n"), false);
});

Deno.test("compare: fields", () => {
  const info = (text: string) => bulk(text.replaceAll("\n", "\r\n"));
  assertEquals(same("info:role", info("# A\nrole:master\nup:1\n"), info("# A\nrole:master\nup:2\nmore:1\n")), true);
  assertEquals(same("info:role", info("# A\nrole:master\n"), info("# A\nrole:slave\n")), false);
  assertEquals(same("info", info("# A\nup:1\n"), info("# A\nrole:slave\n")), false);
  assertEquals(same("client:name", bulk("id=3 name=x\n"), bulk("id=4 name=x\n")), true);
  assertEquals(same("client:name", bulk("id=3 name=x\n"), bulk("id=4 name=y\n")), false);
  assertEquals(same("includes", list("a", "b"), list("b", "x", "a")), true);
  assertEquals(same("includes", list("a", "b"), list("b", "x")), false);
  assertEquals(same("masked:b", list("a", "1", "b", "2"), list("a", "1", "b", "3")), true);
  assertEquals(same("masked:b", list("a", "1", "b", "2"), list("a", "2", "b", "2")), false);
  assertEquals(same("keys", list("a", "1", "b", "2"), list("c", "3", "b", "9", "a", "1")), true);
  assertEquals(same("keys", list("a", "1", "b", "2"), "%1\r\n$1\r\na\r\n:1\r\n"), false);
});

Deno.test("compare: cursors", () => {
  const page = (cursor: string, ...keys: string[]) => `*2\r\n${bulk(cursor)}${list(...keys)}`;
  assertEquals(same("scan", page("0", "a", "b"), page("0", "b", "a")), true);
  assertEquals(same("scan", page("17", "a"), page("4", "a")), true);
  assertEquals(same("scan", page("0", "a"), page("4", "a")), false);
});

Deno.test("compare: an error is compared in full where a value was expected", () => {
  assertEquals(same("sorted", "-ERR a\r\n", "-ERR b\r\n"), false);
});
