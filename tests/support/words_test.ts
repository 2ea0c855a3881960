/**
 * Quoting of command lines.
 *
 * @module
 */
import { assertEquals, assertMatch, assertThrows } from "./assert.ts";
import { escapeBytes } from "./bytes.ts";
import { parseWords, resolveWord } from "./words.ts";

function split(line: string): string[] {
  const captured = new Map([["id", new TextEncoder().encode("7")]]);
  return parseWords(line).map((word) => escapeBytes(resolveWord(word, captured)));
}

Deno.test("words: bare, double and single quoted", () => {
  assertEquals(split(String.raw`SET  k "a b\r\n\x00\"" 'c\n' ""`), ["SET", "k", 'a b\\r\\n\\x00\\"', "c\\\\n", ""]);
});

Deno.test("words: repetition, captures and the clock", () => {
  assertEquals(split(`"ab"*3 $id $5`), ["ababab", "7", "$5"]);
  assertMatch(split("$now+100")[0], /^\d{10}$/);
  assertMatch(split("$nowms")[0], /^\d{13}$/);
});

Deno.test("words: bad quoting is refused", () => {
  assertThrows(() => parseWords('"a'), Error, "unbalanced");
  assertThrows(() => parseWords('"a"b'), Error, "space");
});
