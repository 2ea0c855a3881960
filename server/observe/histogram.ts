/**
 * The distribution of durations, on a logarithmic scale: what `LATENCY HISTOGRAM` and the percentiles of `INFO` need.
 * Source: https://redis.io/docs/latest/commands/latency-histogram/
 *
 * The scale is logarithmic with 16 steps to each doubling from one microsecond on, so a percentile is off by at most five
 * per cent, and the powers of two that `LATENCY HISTOGRAM` reports are exact edges.
 *
 * @module
 */
const STEPS_LOG2 = 4;
const STEPS = 1 << STEPS_LOG2;
const BUCKETS = 36 * STEPS;

export class Histogram {
  count = 0;
  #buckets = new Uint32Array(BUCKETS);
  #max = 0;

  /** Counts `times` durations of so many microseconds each. */
  record(microseconds: number, times = 1): void {
    this.count += times;
    this.#buckets[bucketOf(microseconds)] += times;
    if (microseconds > this.#max) this.#max = microseconds;
  }

  /** The duration that `percent` of all do not exceed, in microseconds. */
  percentile(percent: number): number {
    if (this.count === 0) return 0;
    const wanted = Math.max(1, Math.ceil((percent / 100) * this.count));
    let seen = 0;
    for (let i = 0; i < BUCKETS; i++) {
      seen += this.#buckets[i];
      if (seen >= wanted) return upperEdge(i);
    }
    return this.#max;
  }

  /** Cumulative counts at powers of two of a microsecond, from the first that counts anything to the one that counts all. */
  cumulative(): [microseconds: number, count: number][] {
    const rows: [number, number][] = [];
    let seen = 0;
    let bucket = 0;
    for (let edge = 1; seen < this.count; edge *= 2) {
      while (bucket < BUCKETS && upperEdge(bucket) <= edge * 1.0001) seen += this.#buckets[bucket++];
      if (seen > 0) rows.push([edge, seen]);
      if (bucket === BUCKETS) break;
    }
    return rows;
  }
}

/** Durations below one microsecond share the first bucket. */
function bucketOf(microseconds: number): number {
  if (microseconds <= 1) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log2(microseconds) * STEPS));
}

function upperEdge(bucket: number): number {
  return 2 ** (bucket / STEPS);
}
