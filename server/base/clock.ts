/**
 * Time for one server: wall-clock milliseconds for deadlines and logs, monotonic microseconds for durations.
 *
 * Reading a clock costs up to 0.1 µs, which is a tenth of a pipelined command. So the monotonic clock is read once per
 * batch of requests, and wall time is that reading plus an offset that `calibrate` refreshes many times a second.
 * A test replaces this by its own implementation of {@linkcode Clock}.
 *
 * @module
 */

/** What a server takes its time from. */
export interface Clock {
  /** Unix time in milliseconds as of the last {@linkcode Clock.tick}, a whole number. */
  readonly nowMs: number;
  /** Reads the clock: updates `nowMs`, returns monotonic microseconds. */
  tick(): number;
  /** The monotonic microseconds alone: `nowMs` stays as it is. */
  monotonicMicroseconds(): number;
  /** Unix time in microseconds, read now. */
  readMicroseconds(): number;
  /** A number that changes each millisecond; to read it costs a third. */
  coarse(): number;
  /** Sets `nowMs` back to a time that it had, until the next tick. */
  rewind(nowMs: number): void;
  /** Takes over changes of the system's wall clock. */
  calibrate(): void;
}

/** The system's clock. */
export class SystemClock implements Clock {
  nowMs = Date.now();
  #offsetMs = Date.now() - performance.now();

  tick(): number {
    const monotonicMs = performance.now();
    this.nowMs = Math.floor(monotonicMs + this.#offsetMs);
    return monotonicMs * 1000;
  }

  monotonicMicroseconds(): number {
    return performance.now() * 1000;
  }

  readMicroseconds(): number {
    return Math.floor((performance.now() + this.#offsetMs) * 1000);
  }

  coarse(): number {
    return Date.now();
  }

  rewind(nowMs: number): void {
    this.nowMs = nowMs;
  }

  calibrate(): void {
    const offsetMs = Date.now() - performance.now();
    // Below two milliseconds it is the rounding of Date.now(), and time must not jitter backwards.
    if (Math.abs(offsetMs - this.#offsetMs) >= 2) this.#offsetMs = offsetMs;
    this.tick();
  }
}
