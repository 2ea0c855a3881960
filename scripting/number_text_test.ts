import { assertEquals } from "@std/assert";
import { argumentText, formatExponential, formatFixed, formatGeneral, toInt64 } from "./number_text.ts";

Deno.test("numbers: %g as C writes it", () => {
  const cases: [value: number, precision: number, text: string][] = [
    [0.1, 17, "0.10000000000000001"],
    [0.1, 14, "0.1"],
    [1 / 3, 14, "0.33333333333333"],
    [1e15, 14, "1e+15"],
    [1e15, 17, "1000000000000000"],
    [1e17, 17, "1e+17"],
    [2.5, 1, "2"],
    [-1.5e-10, 3, "-1.5e-10"],
    [0.0001, 6, "0.0001"],
    [0.00001, 6, "1e-05"],
    [-0, 14, "-0"],
    [NaN, 14, "-nan"],
    [-Infinity, 14, "-inf"],
  ];
  for (const [value, precision, text] of cases) assertEquals(formatGeneral(value, precision), text);
  assertEquals(formatGeneral(1, 6, true), "1.00000");
});

Deno.test("numbers: halves go to the even neighbour", () => {
  assertEquals([0.5, 1.5, 2.5, 3.5].map((value) => formatFixed(value, 0)), ["0", "2", "2", "4"]);
  assertEquals([0.125, 0.375].map((value) => formatFixed(value, 2)), ["0.12", "0.38"]);
  assertEquals(formatFixed(0.15, 1), "0.1");
  assertEquals(formatFixed(1e22, 1), "10000000000000000000000.0");
  assertEquals([2.5, 3.5].map((value) => formatExponential(value, 0)), ["2e+00", "4e+00"]);
});

Deno.test("numbers: integers are cut off, and the smallest where they do not fit", () => {
  assertEquals([3.9, -3.9, 2 ** 53].map(toInt64), [3, -3, 9007199254740992n]);
  assertEquals([2 ** 63, -(2 ** 63), NaN, Infinity].map(toInt64), Array(4).fill(-(2n ** 63n)));
});

Deno.test("numbers: arguments of commands", () => {
  assertEquals([1, -0, 1.5, 1e15, 2 ** 63].map(argumentText), [
    "1",
    "-0",
    "1.5",
    "1000000000000000",
    "9.2233720368547758e+18",
  ]);
});
