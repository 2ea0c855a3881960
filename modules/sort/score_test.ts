import { assertEquals } from "@std/assert";
import { scoreOf } from "./score.ts";

Deno.test("sort: scores are read as strtod reads them", () => {
  const cases: [string, number][] = [
    ["", 0],
    ["0", 0],
    [" 2", 2],
    ["\t\n-5", -5],
    ["2 ", NaN],
    [" ", NaN],
    ["1\0x", 1],
    ["\0x", 0],
    [".5", 0.5],
    ["5.", 5],
    ["+5", 5],
    ["1e3", 1000],
    ["0x10", 16],
    ["inf", Infinity],
    ["-Infinity", -Infinity],
    ["nan", NaN],
    ["1e400", NaN],
    ["-1e400", NaN],
    ["1e-400", NaN],
    ["0e-400", 0],
    ["1x", NaN],
  ];
  for (const [text, score] of cases) {
    const bytes = new TextEncoder().encode(`9${text}9`);
    assertEquals(scoreOf(bytes, 1, bytes.length - 2), score, JSON.stringify(text));
  }
});
