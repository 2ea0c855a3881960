/**
 * Medians and percentiles.
 *
 * @module
 */
import { assertEquals } from "../tests/support/assert.ts";
import { median, percentile } from "./statistics.ts";

Deno.test("median", () => {
  assertEquals(median([5]), 5);
  assertEquals(median([9, 1, 5]), 5);
  assertEquals(median([9, 1, 5, 3]), 4);
});

Deno.test("percentile", () => {
  const values = Array.from({ length: 1000 }, (_, at) => at);
  assertEquals([percentile(values, 0.5), percentile(values, 0.999), percentile(values, 1)], [500, 999, 999]);
});
