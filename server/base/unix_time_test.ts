import { assertEquals } from "@std/assert";
import { unixTimeMs } from "./unix_time.ts";

const INT64_MAX = 2n ** 63n - 1n;
const now = 1_700_000_000_000;

Deno.test("unix time: from now and since 1970, in both units", () => {
  assertEquals(unixTimeMs(10, 1000, now), now + 10_000);
  assertEquals(unixTimeMs(10, 1, now), now + 10);
  assertEquals(unixTimeMs(10, 1000, 0), 10_000);
  assertEquals(unixTimeMs(-10, 1000, now), now - 10_000);
});

Deno.test("unix time: exact up to the end of 64 bits", () => {
  assertEquals(unixTimeMs(INT64_MAX, 1, 0), INT64_MAX);
  assertEquals(unixTimeMs(INT64_MAX, 1, 1), null);
  assertEquals(unixTimeMs(9223372036854775n, 1000, 0), 9223372036854775000n);
  assertEquals(unixTimeMs(9223372036854775n, 1000, 807), INT64_MAX);
  assertEquals(unixTimeMs(9223372036854775n, 1000, 808), null);
  assertEquals(unixTimeMs(9223372036854776n, 1000, 0), null);
  assertEquals(unixTimeMs(-9223372036854776n, 1000, now), null);
  assertEquals(unixTimeMs(9007199254740, 1000, now), 9008899254740000n);
  assertEquals(unixTimeMs(9007199254739, 1000, 1993), 9007199254740993n);
});
