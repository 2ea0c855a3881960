/**
 * Random choices that a seed repeats: the generator is Mulberry32, small and good enough for choosing.
 *
 * @module
 */

/** A source of choices; the same seed makes the same ones. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to but not including 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the choices. */
  pick<T>(choices: ArrayLike<T>): T {
    return choices[Math.floor(this.fraction() * choices.length)];
  }

  /** Bytes from 1 to 255: the C server takes a byte 0 in a header or an inline command for the end of its input. */
  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.integer(1, 255));
  }
}
