import { assertEquals } from "@std/assert";
import {
  addInt64,
  formatFloat64,
  parseExactInteger,
  parseFloat64,
  parseInt64,
  parseInteger,
  spellInteger,
  toInt64,
} from "./number.ts";

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** Reads a text that stands between other bytes. */
function read<T>(parse: (bytes: Uint8Array, start: number, length: number) => T, text: string): T {
  return parse(new TextEncoder().encode(`9${text}9`), 1, text.length);
}

Deno.test("number: integers in their only spelling", () => {
  for (const text of ["0", "7", "-1", "10", "9007199254740991", "-9007199254740991"]) {
    assertEquals(read(parseInteger, text), Number(text), text);
    assertEquals(read(parseExactInteger, text), Number(text), text);
    assertEquals(read(parseInt64, text), BigInt(text), text);
  }
  for (const text of ["", "-", "-0", "00", "01", "-01", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "9223372036854775808"]) {
    assertEquals(read(parseInteger, text), NaN, text);
    assertEquals(read(parseExactInteger, text), NaN, text);
    assertEquals(read(parseInt64, text), null, text);
  }
});

Deno.test("number: integers beyond 2^53", () => {
  for (const value of [2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), INT64_MAX, INT64_MIN]) {
    assertEquals(read(parseExactInteger, String(value)), value);
    assertEquals(Math.abs(read(parseInteger, String(value)) / Number(value) - 1) < 1e-15, true);
  }
  for (let value = INT64_MAX + 1n; value < INT64_MAX + 3000n; value++) {
    assertEquals(read(parseInteger, String(value)), NaN);
    assertEquals(read(parseExactInteger, `-${value + 1n}`), NaN);
    assertEquals(toInt64(value), null);
  }
});

Deno.test("number: sums are exact, and bigints only where they must be", () => {
  assertEquals(addInt64(1, 2), 3);
  assertEquals(addInt64(2 ** 53 - 1, 1), 2n ** 53n);
  assertEquals(addInt64(2 ** 53 - 1, 2), 2n ** 53n + 1n);
  assertEquals(addInt64(2n ** 53n, -1), 2 ** 53 - 1);
  assertEquals(addInt64(INT64_MAX, -1), INT64_MAX - 1n);
  assertEquals(addInt64(INT64_MAX, 1), null);
  assertEquals(addInt64(INT64_MIN, -1), null);
  assertEquals(addInt64(INT64_MAX, INT64_MIN), -1);
});

Deno.test("number: doubles as C reads and prints them", () => {
  const cases: [string, number, string][] = [
    ["3", 3, "3"],
    ["-0", -0, "-0"],
    ["1e3", 1000, "1000"],
    ["0.1", 0.1, "0.10000000000000001"],
    ["1e17", 1e17, "1e+17"],
    ["1e-5", 1e-5, "1.0000000000000001e-05"],
    ["0x1p3", 8, "8"],
    ["-INF", -Infinity, "-inf"],
  ];
  for (const [text, value, printed] of cases) {
    assertEquals(read(parseFloat64, text), value, text);
    assertEquals(formatFloat64(value), printed, text);
  }
  for (const text of ["", "nan", "1e", "1 ", "0x", "abc"]) assertEquals(read(parseFloat64, text), NaN, text);
});

Deno.test("number: spellInteger writes what String makes of it", () => {
  const target = new Uint8Array(20);
  for (const value of [0, 7, 10, -1, -99, 123456789, 2 ** 31, -(2 ** 53) + 1, 2n ** 63n - 1n, -(2n ** 63n)]) {
    const size = spellInteger(value, target);
    assertEquals(new TextDecoder().decode(target.subarray(0, size)), String(value));
  }
});

Deno.test("number: a double half-way between two texts is printed as the even one", () => {
  const cases: [number, string][] = [
    [1250071072138218.25, "1250071072138218.2"],
    [1250071072138218.75, "1250071072138218.8"],
    [-1250071072138218.25, "-1250071072138218.2"],
    [1 + 2 ** -17, "1.0000076293945312"],
    [1 + 3 * 2 ** -17, "1.0000228881835938"],
    [29455435872560912, "29455435872560912"],
    [123456.789, "123456.789"],
    [-0.31530960000000002, "-0.31530960000000002"],
    [0.00012345, "0.00012344999999999999"],
    [0.000012345, "1.2345e-05"],
  ];
  for (const [value, text] of cases) assertEquals(formatFloat64(value), text);
});

Deno.test("number: doubles of few digits are read exactly", () => {
  const texts = [
    "0",
    "-0",
    "1",
    "000000012345",
    "-7.25",
    "0.1",
    "3.",
    ".5",
    "-.5",
    "1.2.3",
    "-",
    "",
    "+1",
    "1e3",
    "00.10",
  ];
  for (let i = 0; i < 2000; i++) texts.push((Math.sin(i) * 10 ** (i % 9)).toFixed(i % 6), String(Math.cos(i)));
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text);
    const value = parseFloat64(bytes, 0, bytes.length);
    const expected = /^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[0-9]+)?$/.test(text) ? Number(text) : NaN;
    assertEquals(Object.is(value, expected), true, text);
  }
});
