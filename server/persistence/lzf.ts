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
const TABLE_BITS = 16;
const LITERALS_MAX = 32;
const MATCH_MAX = 264;
const OFFSET_MAX = 8192;
/** Matches are sought up to so many bytes before the end. */
const TAIL_BYTES = 2;
/** Matches that can be longer than this are compared to at least `LONG_MATCH` bytes. */
const LONG_MATCH_FROM = 16;
const LONG_MATCH = 19;
const SHORT_MATCH = 3;
/** Room that a match needs: itself and the control byte of what follows. */
const MATCH_ROOM = 4;
/** Room that is asked for at the end, whatever is left there: a control byte and three others. */
const TAIL_ROOM = 4;

/**
 * Compresses into at most `limit` bytes; null when that is not enough.
 *
 * Takes the same matches as the reference implementation, so that the same value gives the same payload as in the C server:
 * the last place of each three bytes is the only candidate, the very first byte is none, and within a match only its last
 * two places are remembered.
 */
export function compress(input: Uint8Array, limit: number): Uint8Array | null {
  const output = new Uint8Array(limit);
  // Where three bytes with a hash stood last, plus one.
  const table = new Int32Array(1 << TABLE_BITS);
  const end = input.length;
  let out = 0;
  let literalsFrom = 0;
  const flush = (to: number): boolean => {
    for (let from = literalsFrom; from < to;) {
      const count = Math.min(LITERALS_MAX, to - from);
      if (out + count + 1 > limit) return false;
      output[out++] = count - 1;
      output.set(input.subarray(from, from + count), out);
      out += count;
      from += count;
    }
    literalsFrom = to;
    return true;
  };
  let at = 0;
  while (at < end - TAIL_BYTES) {
    const slot = slotOf(input, at);
    const from = table[slot] - 1;
    table[slot] = at + 1;
    const offset = at - from - 1;
    if (from <= 0 || offset >= OFFSET_MAX || !sameThree(input, from, at)) {
      at++;
      continue;
    }
    if (!flush(at) || out + MATCH_ROOM >= limit) return null;
    const length = matchLength(input, from, at);
    const stored = length - 2;
    if (stored < 7) output[out++] = (stored << 5) | (offset >>> 8);
    else {
      output[out++] = 0xe0 | (offset >>> 8);
      output[out++] = stored - 7;
    }
    output[out++] = offset & 0xff;
    at += length;
    literalsFrom = at;
    if (at >= end - TAIL_BYTES) break;
    table[slotOf(input, at - 2)] = at - 1;
    table[slotOf(input, at - 1)] = at;
  }
  const pending = at - literalsFrom;
  if (out + pending + Math.floor(pending / LITERALS_MAX) + TAIL_ROOM > limit) return null;
  return flush(end) ? output.subarray(0, out) : null;
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

/** Two sequences that share a slot drive each other out, so the function decides about the payload. */
function slotOf(input: Uint8Array, at: number): number {
  const three = (input[at] << 16) | (input[at + 1] << 8) | input[at + 2];
  return ((three >>> (24 - TABLE_BITS)) - three * 5) & ((1 << TABLE_BITS) - 1);
}

function sameThree(input: Uint8Array, a: number, b: number): boolean {
  return input[a] === input[b] && input[a + 1] === input[b + 1] && input[a + 2] === input[b + 2];
}

/** How many bytes are equal, of which three are known to be. */
function matchLength(input: Uint8Array, from: number, at: number): number {
  const most = Math.min(MATCH_MAX, input.length - at - TAIL_BYTES);
  const limit = Math.max(most, most > LONG_MATCH_FROM ? LONG_MATCH : SHORT_MATCH);
  let length = SHORT_MATCH;
  while (length < limit && input[from + length] === input[at + length]) length++;
  return length;
}
