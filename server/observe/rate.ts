/**
 * How fast a counter grows at the moment: the mean of the last sixteen samples, as `INFO` shows it for commands and for
 * network traffic. Ten samples a second make it a mean over a second and a half, which is calm and still prompt.
 *
 * @module
 */
const SAMPLES = 16;

/** Least time between two samples, in milliseconds: a timer of ten rounds a second is a little early at times. */
export const RATE_SAMPLE_MS = 90;

export class Rate {
  readonly #samples = new Float64Array(SAMPLES);
  #next = 0;
  #lastTotal = 0;
  #lastMs = NaN;

  /** Takes the counter's present value; the clock may be any that only goes forward. */
  sample(total: number, nowMs: number): void {
    const elapsedMs = nowMs - this.#lastMs;
    if (elapsedMs > 0) {
      this.#samples[this.#next] = (total - this.#lastTotal) * 1000 / elapsedMs;
      this.#next = (this.#next + 1) % SAMPLES;
    }
    this.#lastTotal = total;
    this.#lastMs = nowMs;
  }

  /** Growth per second. */
  get perSecond(): number {
    return this.#samples.reduce((sum, sample) => sum + sample, 0) / SAMPLES;
  }

  /** Begins anew: the counter was set to zero. */
  reset(): void {
    this.#samples.fill(0);
    this.#lastTotal = 0;
    this.#lastMs = NaN;
  }
}
