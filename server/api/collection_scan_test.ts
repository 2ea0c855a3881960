import { assertEquals, assertThrows } from "@std/assert";
import { Arguments } from "../protocol/arguments.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ElementView } from "../structures/element.ts";
import { matchesElement, parseScanCursor, parseScanOptions, scanElements } from "./collection_scan.ts";

const parse = (line: string, knowsType = false) => parseScanOptions(Arguments.of(line.split(" ")), 3, knowsType);

Deno.test("collection scan: cursors", () => {
  for (const [text, position] of [["0", 0], ["", 0], ["12", 12], ["18446744073709551615", 2 ** 48 - 1]] as const) {
    assertEquals(parseScanCursor(Arguments.of([text]), 0), position);
  }
  for (const text of ["x", "1x", " 1", "18446744073709551616"]) {
    assertThrows(() => parseScanCursor(Arguments.of([text]), 0), ReplyError, "ERR invalid cursor");
  }
});

Deno.test("collection scan: options, and mistakes in their order", () => {
  assertEquals(parse("HSCAN k 0"), { count: 10, pattern: null, type: null });
  assertEquals(parse("HSCAN k 0 count 3 match *"), { count: 3, pattern: null, type: null });
  assertEquals(parse("HSCAN k 0 match a*").pattern, new TextEncoder().encode("a*"));
  assertEquals(parse("SCAN k 0 TYPE Hash", true).type, "hash");
  for (const line of ["HSCAN k 0 count", "HSCAN k 0 count 0", "HSCAN k 0 type hash", "HSCAN k 0 x 1 count x"]) {
    assertThrows(() => parse(line), ReplyError, "ERR syntax error");
  }
  assertThrows(() => parse("HSCAN k 0 count x y 1"), ReplyError, "not an integer");
});

Deno.test("collection scan: a step ends with enough elements, or where the table is too sparse", () => {
  const sparse = { scan: (position: number) => position + 1 };
  assertEquals(scanElements(sparse, 5, 2, () => {}), 25);
  const full = {
    scan(position: number, visit: (ref: number) => void) {
      for (let i = 0; i < 3; i++) visit(i);
      return position === 7 ? 0 : position + 1;
    },
  };
  let met = 0;
  assertEquals(scanElements(full, 0, 4, () => met++), 2);
  assertEquals(met, 6);
  assertEquals(scanElements(full, 6, 100, () => met++), 0);
});

Deno.test("collection scan: integers match as their digits", () => {
  const bytes = new TextEncoder().encode("xabcx");
  const text: ElementView = { isInteger: false, exactInteger: 0, bytes, start: 1, length: 3 };
  const integer: ElementView = { ...text, isInteger: true, exactInteger: -12 };
  const pattern = (text: string) => new TextEncoder().encode(text);
  assertEquals([matchesElement(pattern("a?c"), text), matchesElement(pattern("*x"), text)], [true, false]);
  assertEquals([matchesElement(pattern("-1*"), integer), matchesElement(pattern("abc"), integer)], [true, false]);
  assertEquals(matchesElement(null, integer), true);
});
