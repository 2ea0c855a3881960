import { assertEquals } from "@std/assert";
import { asLua52 } from "./source_text.ts";

const translate = (text: string) => new TextDecoder("latin1").decode(asLua52(new TextEncoder().encode(text)));

Deno.test("source text: escapes that Lua 5.1 does not know lose their backslash", () => {
  assertEquals(translate(String.raw`return "\q\x41\z\-", '\.'`), `return "qx41z-", '.'`);
});

Deno.test("source text: all others stay as they are", () => {
  for (
    const text of [
      String.raw`return "\a\b\f\n\r\t\v\\\"\'\0\065", '\\q', "\\\\x"`,
      String.raw`return [[\q]], [==[\x]]]==] -- "\q"`,
      String.raw`--[[ "\q" ]] return 1 -- it's \q`,
      'return "a\\\nb"',
      "return 1",
    ]
  ) {
    assertEquals(translate(text), text);
  }
});

Deno.test("source text: further arguments are in the table arg", () => {
  const table = "local arg={n=select('#',...),...}";
  assertEquals(
    translate("local function f(a, ...) return arg.n end"),
    `local function f(a, ...) ${table}  return arg.n end`,
  );
  assertEquals(translate("t.f=function( ... )return arg end"), `t.f=function( ... ) ${table} return arg end`);
  for (
    const text of ["return (function(a) return arg end)()", "function f(...) return ... end", "-- function(...) arg"]
  ) {
    assertEquals(translate(text), text);
  }
});
