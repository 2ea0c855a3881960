import { assertEquals } from "@std/assert";
import { Histogram } from "./histogram.ts";

function histogramOf(...microseconds: number[]): Histogram {
  const histogram = new Histogram();
  for (const duration of microseconds) histogram.record(duration);
  return histogram;
}

Deno.test("histogram: percentiles are the ends of buckets, as redis-server shows them", () => {
  assertEquals(histogramOf(8).percentile(50), 8.031);
  assertEquals(histogramOf(15).percentile(99.9), 15.039);
  assertEquals(histogramOf(0).percentile(50), 0.001);
  assertEquals(histogramOf(0.127, 0.128, 0.255).percentile(100), 0.255);
  assertEquals(histogramOf(2_500_000).percentile(50), 1002438.655);
});

Deno.test("histogram: a percentile counts calls, rounded", () => {
  const histogram = new Histogram();
  histogram.record(1, 99);
  histogram.record(100, 1);
  assertEquals([50, 99, 99.4, 99.5, 100].map((percent) => histogram.percentile(percent)), [
    1.003,
    1.003,
    1.003,
    100.351,
    100.351,
  ]);
  assertEquals(new Histogram().percentile(50), 0);
});

Deno.test("histogram: cumulative rows for each doubling that adds calls", () => {
  const histogram = histogramOf(151, 204, 353, 653, 1554, 3066, 6060, 12060, 200_000, 300_000, 1_500_000, 2_500_000);
  assertEquals(histogram.cumulative(), [
    [264, 2],
    [528, 3],
    [1056, 4],
    [2113, 5],
    [4227, 6],
    [8454, 7],
    [16908, 8],
    [270532, 9],
    [541065, 10],
    [1073741, 12],
  ]);
  assertEquals(histogramOf(0.2, 1, 1.5, 30).cumulative(), [[1, 2], [2, 3], [33, 4]]);
  assertEquals(new Histogram().cumulative(), []);
});

Deno.test("histogram: calls of one command in a batch count together", () => {
  const histogram = new Histogram();
  histogram.record(0.5, 5_000_000_000);
  assertEquals(histogram.count, 5_000_000_000);
  assertEquals(histogram.cumulative(), [[1, 5_000_000_000]]);
});
