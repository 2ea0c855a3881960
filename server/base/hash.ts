/**
 * The hash of a key: 32 bits, keyed by two secrets of this process so that nobody outside can prepare keys that collide.
 *
 * Two accumulators take every word of the key in different ways (one multiplied, one rotated first), so a difference in
 * one word that would cancel in the first does not cancel in the second. Words are little-endian, the last one padded
 * with zeros; the length goes into the start value. About 10 ns for 16 bytes.
 *
 * The hash is split by its users: the top bits lead to a table's segment and bucket, the low byte is the tag.
 *
 * @module
 */

const secrets = crypto.getRandomValues(new Int32Array(2));
const SEED_A = secrets[0];
const SEED_B = secrets[1];
const MULTIPLIER_A = 0x9e3779b1 | 0;
const MULTIPLIER_B = 0x85ebca77 | 0;

/** Hashes the first `length` bytes that `words` holds, four to a word. */
export function hashWords(words: Int32Array, length: number): number {
  let a = SEED_A ^ length;
  let b = SEED_B;
  const count = (length + 3) >>> 2;
  for (let i = 0; i < count; i++) {
    const word = words[i];
    a = Math.imul(a ^ word, MULTIPLIER_A);
    a ^= a >>> 15;
    b ^= word;
    b = Math.imul((b << 13) | (b >>> 19), MULTIPLIER_B);
  }
  return finish(a, b);
}

/** The same hash, straight from bytes. */
export function hashBytes(bytes: Uint8Array, start: number, length: number): number {
  let a = SEED_A ^ length;
  let b = SEED_B;
  const end = start + length;
  const whole = start + (length & ~3);
  let i = start;
  for (; i < whole; i += 4) {
    const word = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    a = Math.imul(a ^ word, MULTIPLIER_A);
    a ^= a >>> 15;
    b ^= word;
    b = Math.imul((b << 13) | (b >>> 19), MULTIPLIER_B);
  }
  if (i < end) {
    let word = bytes[i];
    if (i + 1 < end) word |= bytes[i + 1] << 8;
    if (i + 2 < end) word |= bytes[i + 2] << 16;
    a = Math.imul(a ^ word, MULTIPLIER_A);
    a ^= a >>> 15;
    b ^= word;
    b = Math.imul((b << 13) | (b >>> 19), MULTIPLIER_B);
  }
  return finish(a, b);
}

function finish(a: number, b: number): number {
  let h = a ^ ((b << 16) | (b >>> 16));
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b | 0);
  return h ^ (h >>> 16);
}
