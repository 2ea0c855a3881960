import { assert, assertEquals } from "@std/assert";
import { addLongDoubles, formatLongDouble, isFiniteLongDouble, longDoubleOf, parseLongDouble } from "./long_double.ts";

function parse(text: string) {
  return parseLongDouble(new TextEncoder().encode(text), 0, text.length);
}

function sum(a: string, b: string): string {
  const result = addLongDoubles(parse(a)!, parse(b)!);
  return isFiniteLongDouble(result) ? formatLongDouble(result) : "out of range";
}

Deno.test("long double: sums as INCRBYFLOAT of redis-server 7.0.15 gives them", () => {
  const cases: [string, string, string][] = [
    ["10.50", "0.1", "10.6"],
    ["5.0e3", "2.0e2", "5200"],
    ["0.1", "0.2", "0.3"],
    ["3", "-3", "0"],
    ["-0", "-0", "0"],
    ["1", "0.333333333333333333", "1.33333333333333333"],
    ["0.00000000000000001", "0", "0.00000000000000001"],
    ["0.000000000000000005", "0", "0"],
    ["0.000000000000000015", "0", "0.00000000000000002"],
    ["-0.000000000000000001", "0", "0"],
    ["1", "1e-18", "1"],
    ["9007199254740993", "2", "9007199254740995"],
    ["9223372036854775807", "1", "9223372036854775808"],
    ["18446744073709551617", "0", "18446744073709551616"],
    ["36893488147419103231", "0", "36893488147419103232"],
    ["36893488147419103233", "0", "36893488147419103232"],
    ["0x1.8p1", "0X.8", "3.5"],
    ["-3.14159265358979323846", "2.71828182845904523536", "-0.423310825130748"],
    ["99999999999.99999", "0.00001", "100000000000"],
    ["1e20", "-1", "100000000000000000000"],
    [".5", "5.", "5.5"],
    ["+1", "1E+2", "101"],
    ["inf", "1", "out of range"],
    ["infinity", "-INF", "out of range"],
    ["0x1.fffffffffffffffep16383", "0x1p16319", "out of range"],
  ];
  for (const [a, b, expected] of cases) assertEquals(sum(a, b), expected, `${a} + ${b}`);
});

Deno.test("long double: the ends of the range", () => {
  const largest = "0x1.fffffffffffffffep16383";
  assertEquals(sum(largest, "0x1.fffffffffffffffep16318"), String((2n ** 64n - 1n) << 16320n));
  assertEquals(sum(largest, "0").length, 4933);
  for (const text of ["0x1p16384", "1.19e4932", "1e4933", "1e99999999999999999999", "0x1p-16446", "1e-4951"]) {
    assertEquals(parse(text), null, text);
  }
  assertEquals(parse("0x1.8p-16446"), { significand: 1n, exponent: -16445 });
  assertEquals(sum("3.6e-4951", "0"), "0");
});

Deno.test("long double: what is no number", () => {
  for (
    const text of ["", "nan", " 1", "1 ", "1e", "1e+", "0x", "0x.", "0x1p", ".", "-", "--1", "1.2.3", "1_0", "abc"]
  ) {
    assertEquals(parse(text), null, text);
  }
  assert(parse("0." + "0".repeat(5117)) !== null);
  assertEquals(parse("0." + "0".repeat(5118)), null);
});

Deno.test("long double: 64-bit integers stay exact", () => {
  for (const value of [0, -1, 2 ** 53, 2n ** 63n - 1n, -(2n ** 63n)]) {
    assertEquals(formatLongDouble(longDoubleOf(value)), String(value));
  }
});
