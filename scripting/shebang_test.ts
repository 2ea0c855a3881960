import { assertEquals } from "@std/assert";
import { encodeText } from "../server/api/mod.ts";
import { hasShebang, readShebang } from "./shebang.ts";

function read(text: string): [words: readonly string[] | null, body: string] | null {
  const shebang = readShebang(encodeText(text));
  return shebang && [shebang.words, new TextDecoder().decode(shebang.body)];
}

Deno.test("shebang: words of the first line, and the rest with its line feed", () => {
  assertEquals(read("#!lua name=a\nreturn 1\n"), [["#!lua", "name=a"], "\nreturn 1\n"]);
  assertEquals(read("#!lua\t name=a \r\n"), [["#!lua", "name=a"], "\n"]);
  assertEquals(read(`#!"lua" 'na me' "\\x41\\n"\n`), [["#!lua", "na me", "A\n"], "\n"]);
  assertEquals(read("#!\n"), [["#!"], "\n"]);
});

Deno.test("shebang: quotes that are left open, lines that do not end", () => {
  for (const line of ['#!lua "name', "#!lua na'me", "#!lua 'a'b"]) assertEquals(read(`${line}\nx`)?.[0], null);
  assertEquals(read("#!lua name=a"), null);
  assertEquals(read("#!lua\0 name=a\nx"), null);
  assertEquals(hasShebang(encodeText("#!")), true);
  for (const text of ["", "#", "#lua", "return 1"]) assertEquals(hasShebang(encodeText(text)), false);
});
