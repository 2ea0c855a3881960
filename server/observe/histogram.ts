/**
 * The distribution of durations, on a logarithmic scale: what `LATENCY HISTOGRAM` and the percentiles of `INFO` need.
 * Source: https://redis.io/docs/latest/commands/latency-histogram/
 *
 * Durations are counted in nanoseconds, from one to a second; whatever took longer counts as a second. Each doubling has
 * 128 buckets of equal width, so a percentile is at most 0.8 per cent above the duration itself, and is the same number
 * that Redis shows, whose histogram (HdrHistogram with two significant digits) has these buckets too. The buckets of a
 * doubling are made when the first duration falls into it: a command's calls usually take up a few kilobytes.
 *
 * @module
 */
const STEPS_LOG2 = 7;
const STEPS = 1 << STEPS_LOG2;
const NANOSECONDS_MAX = 1e9;
/** The edges that `LATENCY HISTOGRAM` reports are powers of two from this on, in nanoseconds. */
const FIRST_EDGE = 1024;

export class Histogram {
  count = 0;
  /** Counts by doubling and there by step; the first doubling stands for all durations below 128 nanoseconds. */
  readonly #doublings: (Float64Array | undefined)[] = [];

  /** Counts `times` durations of so many microseconds each. */
  record(microseconds: number, times = 1): void {
    const nanoseconds = Math.max(1, Math.min(NANOSECONDS_MAX, Math.round(microseconds * 1000)));
    const doubling = doublingOf(nanoseconds);
    const counts = this.#doublings[doubling] ??= new Float64Array(STEPS);
    counts[(nanoseconds >>> shiftOf(doubling)) & (STEPS - 1)] += times;
    this.count += times;
  }

  /** The duration that `percent` of all do not exceed, in microseconds. */
  percentile(percent: number): number {
    const wanted = Math.max(1, Math.round((percent / 100) * this.count));
    let seen = 0;
    for (const [edge, count] of this.#buckets()) {
      seen += count;
      if (seen >= wanted) return edge / 1000;
    }
    return 0;
  }

  /** How many calls took up to how long: a row for each doubling, from one microsecond on, that adds any. */
  cumulative(): [microseconds: number, count: number][] {
    const rows: [number, number][] = [];
    let edge = upperEdgeOf(FIRST_EDGE);
    let next = FIRST_EDGE;
    let seen = 0;
    for (const [bucketEdge, count] of this.#buckets()) {
      while (bucketEdge > edge) {
        next *= 2;
        edge = next < NANOSECONDS_MAX ? upperEdgeOf(next) : Infinity;
      }
      seen += count;
      const microseconds = Math.floor((edge === Infinity ? 2 ** 30 : edge) / 1000);
      const last = rows.at(-1);
      if (last?.[0] === microseconds) last[1] = seen;
      else rows.push([microseconds, seen]);
    }
    return rows;
  }

  /** Buckets that count anything, by their longest duration in nanoseconds. */
  *#buckets(): Generator<[edge: number, count: number]> {
    for (const [doubling, counts] of this.#doublings.entries()) {
      if (counts === undefined) continue;
      const first = doubling === 0 ? 1 : STEPS + 1;
      for (let step = 0; step < STEPS; step++) {
        if (counts[step] > 0) yield [(first + step) * 2 ** shiftOf(doubling) - 1, counts[step]];
      }
    }
  }
}

/** The end of the bucket that a duration falls into, in nanoseconds. */
function upperEdgeOf(nanoseconds: number): number {
  const shift = shiftOf(doublingOf(nanoseconds));
  return ((nanoseconds >>> shift) + 1) * 2 ** shift - 1;
}

function doublingOf(nanoseconds: number): number {
  return Math.max(0, 32 - STEPS_LOG2 - Math.clz32(nanoseconds));
}

/** Width of a doubling's steps, as a power of two. */
function shiftOf(doubling: number): number {
  return Math.max(0, doubling - 1);
}
