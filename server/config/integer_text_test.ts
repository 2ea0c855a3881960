import { assertEquals } from "@std/assert";
import { formatMemory, parseDecimal, parseLenient, parseMemory, parseOctal, UINT64_MAX } from "./integer_text.ts";

function check(parse: (text: string) => bigint | null, cases: readonly (readonly [string, bigint | null])[]): void {
  for (const [text, value] of cases) assertEquals(parse(text), value, text);
}

Deno.test("integer text: strict decimal", () => {
  check(parseDecimal, [
    ["0", 0n],
    ["-1", -1n],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["9223372036854775808", null],
    ["-0", null],
    ["01", null],
    ["+1", null],
    [" 1", null],
    ["1 ", null],
    ["", null],
    ["1e3", null],
  ]);
});

Deno.test("integer text: memory sizes saturate and wrap around as in Redis", () => {
  check(parseMemory, [
    ["", 0n],
    ["kb", 0n],
    ["1", 1n],
    ["1B", 1n],
    ["2K", 2000n],
    ["2kB", 2048n],
    ["3m", 3000000n],
    ["3MB", 3n * 1024n ** 2n],
    ["1g", 10n ** 9n],
    ["1gb", 1024n ** 3n],
    ["18446744073709551616", UINT64_MAX],
    ["17179869184gb", 0n],
    ["99999999999999999999gb", 18446744072635809792n],
    ["1".repeat(127), UINT64_MAX],
    ["1".repeat(128), null],
    ["1tb", null],
    ["1 kb", null],
    ["-1", null],
    ["1.5gb", null],
    ["constructor", null],
  ]);
});

Deno.test("integer text: memory sizes in the largest unit that divides them", () => {
  const sizes: [bigint, string][] = [
    [0n, "0"],
    [1000n, "1000"],
    [1024n, "1kb"],
    [1025n, "1025"],
    [1536n * 1024n, "1536kb"],
    [100n * 1024n ** 2n, "100mb"],
    [3n * 1024n ** 3n, "3gb"],
  ];
  for (const [bytes, text] of sizes) assertEquals(formatMemory(bytes), text);
});

Deno.test("integer text: what strtoll accepts", () => {
  check(parseLenient, [
    ["", 0n],
    ["007", 7n],
    [" \t+7", 7n],
    ["-7", -7n],
    ["99999999999999999999", 2n ** 63n - 1n],
    ["-99999999999999999999", -(2n ** 63n)],
    ["7 ", null],
    [" ", null],
    ["0x7", null],
    ["+", null],
  ]);
  check(parseOctal, [["", 0n], ["0777", 511n], ["-1", -1n], [" +7", 7n], ["8", null], ["0o7", null]]);
  check(parseOctal, [["9".repeat(20), null], ["7".repeat(30), null]]);
});
