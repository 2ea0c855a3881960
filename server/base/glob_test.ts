import { assertEquals } from "@std/assert";
import { globMatch } from "./glob.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("glob: every element of the syntax", () => {
  const cases: [string, string, boolean][] = [
    ["*", "", false],
    ["**", "", false],
    ["a*", "a", true],
    ["", "", true],
    ["", "a", false],
    ["h?llo", "hello", true],
    ["h?llo", "hllo", false],
    ["h*llo", "heeeello", true],
    ["h[ae]llo", "hallo", true],
    ["h[ae]llo", "hillo", false],
    ["h[^e]llo", "hallo", true],
    ["h[^e]llo", "hello", false],
    ["h[a-b]llo", "hbllo", true],
    ["h[b-a]llo", "hbllo", true],
    ["a\\*c", "a*c", true],
    ["a\\*c", "abc", false],
    ["a*b*c", "axxbxxbxc", true],
    ["a*b*c", "axxbxxbx", false],
    ["[abc", "c", true],
    ["*[0-9]", "key:7", true],
    ["a\\", "a\\", true],
  ];
  for (const [pattern, text, expected] of cases) {
    assertEquals(globMatch(bytes(pattern), bytes(text)), expected, `${pattern} ~ ${text}`);
  }
  assertEquals(globMatch(bytes("MAX*"), bytes("maxmemory"), true), true);
  for (const pattern of ["b*d", "bcd", "*", "?c?"]) {
    assertEquals(globMatch(bytes(pattern), bytes("abcde"), false, 1, 3), true, `${pattern} within a larger buffer`);
  }
  assertEquals(globMatch(bytes("*e"), bytes("abcde"), false, 1, 3), false);
});

Deno.test("glob: many stars stay cheap", () => {
  const start = performance.now();
  assertEquals(globMatch(bytes("a*".repeat(50) + "b"), bytes("a".repeat(5000))), false);
  assertEquals(performance.now() - start < 1000, true);
});
