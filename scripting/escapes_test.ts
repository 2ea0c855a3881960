import { assertEquals } from "@std/assert";
import { translateEscapes } from "./escapes.ts";

const translate = (text: string) => new TextDecoder("latin1").decode(translateEscapes(new TextEncoder().encode(text)));

Deno.test("escapes: those that Lua 5.1 does not know lose their backslash", () => {
  assertEquals(translate(String.raw`return "\q\x41\z\-", '\.'`), `return "qx41z-", '.'`);
});

Deno.test("escapes: all others stay as they are", () => {
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
