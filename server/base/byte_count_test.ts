import { assertEquals } from "@std/assert";
import { formatBytes } from "./byte_count.ts";

Deno.test("byte count: two decimals and a binary unit, as in INFO memory", () => {
  assertEquals(formatBytes(0), "0B");
  assertEquals(formatBytes(1023), "1023B");
  assertEquals(formatBytes(1024), "1.00K");
  assertEquals(formatBytes(1064528), "1.02M");
  assertEquals(formatBytes(25276502016), "23.54G");
  assertEquals(formatBytes(3 * 2 ** 40), "3.00T");
  assertEquals(formatBytes(2 ** 60), "1024.00P");
});
