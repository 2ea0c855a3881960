/**
 * A small random generator (xoshiro128**), one per server, seedable so that a test can repeat a run.
 * Not for secrets. Source: https://prng.di.unimi.it/xoshiro128starstar.c (public domain).
 *
 * @module
 */

/** A generator. One per server; not for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** Without a seed, the state comes from the system. */
  constructor(seed?: number) {
    const state = new Uint32Array(4);
    if (seed === undefined) crypto.getRandomValues(state);
    else {
      let z = seed | 0;
      for (let i = 0; i < 4; i++) {
        z = (z + 0x9e3779b9) | 0;
        let x = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
        x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
        state[i] = x ^ (x >>> 16);
      }
    }
    [this.#a, this.#b, this.#c, this.#d] = Int32Array.from(state);
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#a = 1;
  }

  /** 32 random bits, as a signed integer. */
  next(): number {
    const x = Math.imul(this.#b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A fair integer in `[0, limit)`, `limit` up to 2^32. */
  below(limit: number): number {
    const threshold = 4294967296 % limit;
    let x = this.next() >>> 0;
    while (x < threshold) x = this.next() >>> 0;
    return x % limit;
  }

  /** A number in `[0, 1)` with 53 bits. */
  fraction(): number {
    return ((this.next() >>> 5) * 67108864 + (this.next() >>> 6)) / 9007199254740992;
  }

  /** `length` lower-case hexadecimal digits, as in run and replication ids. */
  hex(length: number): string {
    let text = "";
    while (text.length < length) text += (this.next() >>> 0).toString(16).padStart(8, "0");
    return text.slice(0, length);
  }
}
