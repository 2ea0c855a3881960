/**
 * Shrinking keeps what matters and drops the rest.
 *
 * @module
 */
import { assertEquals } from "../support/assert.ts";
import { shrink } from "./shrink.ts";

Deno.test("shrink: two items out of a thousand", async () => {
  const items = Array.from({ length: 1000 }, (_, at) => at);
  const fails = (some: readonly number[]) => Promise.resolve(some.includes(123) && some.includes(877));
  assertEquals(await shrink(items, fails, 500), [123, 877]);
});

Deno.test("shrink: gives up after the tries it is allowed", async () => {
  const items = Array.from({ length: 100 }, (_, at) => at);
  assertEquals(await shrink(items, () => Promise.resolve(false), 3), items);
});
