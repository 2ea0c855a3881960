/**
 * LZF, the compression of strings in RDB files and DUMP payloads.
 * Format: http://oldhome.schmorp.de/marc/liblzf.html
 *
 *     000LLLLL                    L + 1 literal bytes follow
 *     LLLooooo oooooooo           L + 2 bytes from offset o + 1 back, L in 1…6
 *     111ooooo LLLLLLLL oooooooo  L + 9 bytes from offset o + 1 back
 *
 * @module
 */
const TABLE_BITS = 14;
const LITERALS_MAX = 32;
const MATCH_MAX = 264;
const MATCH_MIN = 3;
const OFFSET_MAX = 8192;
const HASH_MULTIPLIER = 0x9e3779b1 | 0;

/** Compresses into at most `limit` bytes; null when that is not enough. */
export function compress(input: Uint8Array, limit: number): Uint8Array | null {
  const output = new Uint8Array(limit);
  // Where three bytes with a hash stood last, plus one.
  const table = new Int32Array(1 << TABLE_BITS);
  let out = 0;
  let literalsFrom = 0;
  const flush = (end: number): boolean => {
    for (let from = literalsFrom; from < end;) {
      const count = Math.min(LITERALS_MAX, end - from);
      if (out + count + 1 > limit) return false;
      output[out++] = count - 1;
      output.set(input.subarray(from, from + count), out);
      out += count;
      from += count;
    }
    literalsFrom = end;
    return true;
  };
  let at = 0;
  while (at + MATCH_MIN <= input.length) {
    const slot = slotOf(input, at);
    const candidate = table[slot] - 1;
    table[slot] = at + 1;
    const length = candidate >= 0 && at - candidate <= OFFSET_MAX ? matchLength(input, candidate, at) : 0;
    if (length < MATCH_MIN) {
      at++;
      continue;
    }
    if (!flush(at) || out + 3 > limit) return null;
    const offset = at - candidate - 1;
    const stored = length - 2;
    if (stored < 7) output[out++] = (stored << 5) | (offset >>> 8);
    else {
      output[out++] = 0xe0 | (offset >>> 8);
      output[out++] = stored - 7;
    }
    output[out++] = offset & 0xff;
    const end = at + length;
    for (at++; at < end; at++) if (at + MATCH_MIN <= input.length) table[slotOf(input, at)] = at + 1;
    literalsFrom = end;
  }
  return flush(input.length) ? output.subarray(0, out) : null;
}

/** Expands to exactly `length` bytes; throws `RangeError` when the input does not give that. */
export function expand(input: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(length);
  let out = 0;
  let at = 0;
  while (at < input.length) {
    const control = input[at++];
    if (control < LITERALS_MAX) {
      const count = control + 1;
      if (at + count > input.length || out + count > length) throw new RangeError("compressed string is cut short");
      for (let i = 0; i < count; i++) output[out++] = input[at++];
      continue;
    }
    let count = control >>> 5;
    if (count === 7) count += input[at++];
    const from = out - ((control & 0x1f) << 8) - input[at++] - 1;
    count += 2;
    if (!(from >= 0) || out + count > length) throw new RangeError("compressed string refers beyond its ends");
    for (let i = 0; i < count; i++) output[out++] = output[from + i];
  }
  if (out !== length) throw new RangeError("compressed string has another length than stated");
  return output;
}

function slotOf(input: Uint8Array, at: number): number {
  const three = input[at] | (input[at + 1] << 8) | (input[at + 2] << 16);
  return Math.imul(three, HASH_MULTIPLIER) >>> (32 - TABLE_BITS);
}

function matchLength(input: Uint8Array, from: number, at: number): number {
  const limit = Math.min(MATCH_MAX, input.length - at);
  let length = 0;
  while (length < limit && input[from + length] === input[at + length]) length++;
  return length;
}
