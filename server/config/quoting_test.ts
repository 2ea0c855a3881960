import { assertEquals } from "@std/assert";
import { quote, splitWords } from "./quoting.ts";
import { decodeText } from "../base/text.ts";

Deno.test("quoting: words of a line", () => {
  const cases: [string, string[] | null][] = [
    ["", []],
    ["  ", []],
    ["a b\tc", ["a", "b", "c"]],
    ["\fa", ["a"]],
    ["a\vb", ["a\vb"]],
    ['""', [""]],
    ["''  ''", ["", ""]],
    ['"a b" c', ["a b", "c"]],
    ['a"b c"', ["ab c"]],
    ['"a"b', null],
    ['"a', null],
    ["'a", null],
    ['"a\\"', null],
    ['"a\\x41\\n\\q\\""', ['aA\nq"']],
    ['"\\x4\\xzz\\a\\b\\t\\r\\\\\\0"', ["x4xzz\x07\b\t\r\\0"]],
    ["'a\\x41\\'\\n\"'", ["a\\x41'\\n\""]],
    ["a\\x41", ["a\\x41"]],
    ['"\\xc3\\xa9\\xff é"', ["é\udcff é"]],
    ['"\\😀"', ["😀"]],
    ['"__proto__ \\constructor"', ["__proto__ constructor"]],
  ];
  for (const [line, words] of cases) assertEquals(splitWords(line), words, line);
});

Deno.test("quoting: what is quoted reads back as it was", () => {
  assertEquals(quote('a "b"\\\n\r\t\x07\b\x00\x7fé'), '"a \\"b\\"\\\\\\n\\r\\t\\a\\b\\x00\\x7f\\xc3\\xa9"');
  const every = decodeText(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  assertEquals(splitWords(quote(every)), [every]);
});
