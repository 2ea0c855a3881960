/**
 * The latency monitor: spikes of named events above `latency-monitor-threshold`, a history of 160 seconds each.
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency-monitor/
 *
 * @module
 */
const HISTORY_MAX = 160;

/** One second in which an event exceeded the threshold, with the longest time in it. */
export interface LatencySample {
  readonly unixSeconds: number;
  milliseconds: number;
}

/** The history of an event. */
export interface LatencySeries {
  /** Oldest first. */
  readonly samples: LatencySample[];
  /** Longest ever. */
  maxMilliseconds: number;
}

export class LatencyMonitor {
  /** 0: off. */
  thresholdMs = 0;
  readonly #series = new Map<string, LatencySeries>();

  get series(): ReadonlyMap<string, LatencySeries> {
    return this.#series;
  }

  /** Notes how long an event took, if that is over the threshold. */
  note(event: string, milliseconds: number, nowMs: number): void {
    if (this.thresholdMs <= 0 || milliseconds < this.thresholdMs) return;
    const rounded = Math.floor(milliseconds);
    const unixSeconds = Math.floor(nowMs / 1000);
    let series = this.#series.get(event);
    if (series === undefined) this.#series.set(event, series = { samples: [], maxMilliseconds: 0 });
    series.maxMilliseconds = Math.max(series.maxMilliseconds, rounded);
    const last = series.samples.at(-1);
    if (last?.unixSeconds === unixSeconds) last.milliseconds = Math.max(last.milliseconds, rounded);
    else series.samples.push({ unixSeconds, milliseconds: rounded });
    if (series.samples.length > HISTORY_MAX) series.samples.shift();
  }

  /** Forgets events, or all; how many were there. */
  reset(events?: readonly string[]): number {
    const names = events ?? [...this.#series.keys()];
    return names.filter((name) => this.#series.delete(name)).length;
  }
}
