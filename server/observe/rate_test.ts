import { assertEquals } from "@std/assert";
import { Rate } from "./rate.ts";

Deno.test("rate: the mean of the last sixteen samples", () => {
  const rate = new Rate();
  for (let i = 0; i <= 8; i++) rate.sample(10 * i, 100 * i);
  assertEquals(rate.perSecond, 50);
  for (let i = 9; i <= 40; i++) rate.sample(10 * i, 100 * i);
  assertEquals(rate.perSecond, 100);
});

Deno.test("rate: a sample weighs by the time it really took", () => {
  const rate = new Rate();
  rate.sample(0, 0);
  for (let i = 1; i <= 16; i++) rate.sample(30 * i, 200 * i);
  assertEquals(rate.perSecond, 150);
});

Deno.test("rate: a counter that begins anew is no fall", () => {
  const rate = new Rate();
  rate.sample(0, 0);
  rate.sample(1000, 100);
  rate.reset();
  rate.sample(5, 200);
  assertEquals(rate.perSecond, 0);
});
