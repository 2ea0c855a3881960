import { assert, assertEquals } from "@std/assert";
import { Random } from "../../base/random.ts";
import { Canvas } from "./canvas.ts";
import { ridges } from "./ridges.ts";
import { squares } from "./squares.ts";

Deno.test("lolwut: a canvas draws with dots, two by four to a character", () => {
  const canvas = new Canvas(4, 4);
  canvas.line(0, 0, 0, 3);
  canvas.line(3, 3, 3, 3);
  canvas.line(-5, -5, 90, -5);
  assertEquals(canvas.toString(), "⡇⢀\n");
});

Deno.test("lolwut: the first squares stand in order, the last ones don't", () => {
  const lines = squares({ columns: 34, squaresPerRow: 4, squaresPerColumn: 12 }, new Random(1)).split("\n");
  assertEquals(lines.pop(), "");
  assert(lines.every((line) => line.length === 34));
  assertEquals(lines[4], lines[8]);
  assert(lines.at(-6) !== lines.at(-10));
});

Deno.test("lolwut: the smallest pictures", () => {
  assertEquals(squares({ columns: 1, squaresPerRow: 1, squaresPerColumn: 1 }, new Random(1)).length, 2);
  assertEquals(ridges(1, 1, new Random(1)).split("\n").length, 2);
});

Deno.test("lolwut: ridges fill the picture", () => {
  const lines = ridges(20, 5, new Random(2)).split("\n");
  assertEquals(lines.length, 6);
  assert(lines.slice(0, 5).every((line) => line.split(" \x1b[0m").length === 21));
});
