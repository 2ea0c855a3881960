/**
 * Glob patterns as `KEYS`, `SCAN MATCH`, `PSUBSCRIBE` and `CONFIG GET` know them: `*`, `?`, `[a-z]`, `[^a]`, `\` escapes.
 * Source: https://redis.io/docs/latest/commands/keys/
 *
 * Matching is iterative and remembers only the last `*`: what an earlier one could still take, the later one can take as
 * well. So the time is bounded by pattern × text, whatever the pattern.
 *
 * @module
 */

/**
 * Whether the whole text, or `length` bytes of it from `start` on, match the whole pattern. The empty text matches the empty
 * pattern alone, as in Redis: who takes `*` for everything asks for it before.
 */
export function globMatch(
  pattern: Uint8Array,
  text: Uint8Array,
  ignoreCase = false,
  start = 0,
  length: number = text.length - start,
): boolean {
  if (length === 0) return pattern.length === 0;
  const end = start + length;
  let p = 0;
  let t = start;
  let starPattern = -1;
  let starText = start;
  while (true) {
    if (p < pattern.length && pattern[p] === STAR) {
      starPattern = ++p;
      starText = t;
      if (p === pattern.length) return true;
      continue;
    }
    if (t === end) return p === pattern.length;
    const next = p < pattern.length ? matchOne(pattern, p, text[t], ignoreCase) : -1;
    if (next >= 0) {
      p = next;
      t++;
    } else if (starPattern >= 0) {
      p = starPattern;
      t = ++starText;
    } else return false;
  }
}

/** Whether the pattern is plain text: matches itself and nothing else. */
export function isLiteral(pattern: Uint8Array): boolean {
  for (let i = 0; i < pattern.length; i++) {
    const byte = pattern[i];
    if (byte === STAR || byte === QUESTION || byte === BRACKET || byte === BACKSLASH) return false;
  }
  return true;
}

const STAR = 0x2a;
const QUESTION = 0x3f;
const BRACKET = 0x5b;
const BRACKET_CLOSE = 0x5d;
const BACKSLASH = 0x5c;
const CARET = 0x5e;
const DASH = 0x2d;

/** Matches one byte against the pattern's element at `p`; the index behind the element, or -1. */
function matchOne(pattern: Uint8Array, p: number, byte: number, ignoreCase: boolean): number {
  switch (pattern[p]) {
    case QUESTION:
      return p + 1;
    case BRACKET:
      return matchClass(pattern, p + 1, byte, ignoreCase);
    case BACKSLASH:
      if (p + 1 < pattern.length) p++;
  }
  return fold(pattern[p], ignoreCase) === fold(byte, ignoreCase) ? p + 1 : -1;
}

/** A class that is never closed ends with the pattern. */
function matchClass(pattern: Uint8Array, p: number, byte: number, ignoreCase: boolean): number {
  const negated = pattern[p] === CARET;
  if (negated) p++;
  const wanted = fold(byte, ignoreCase);
  let matched = false;
  while (p < pattern.length && pattern[p] !== BRACKET_CLOSE) {
    if (pattern[p] === BACKSLASH && p + 1 < pattern.length) {
      p++;
      if (pattern[p] === byte) matched = true;
    } else if (p + 2 < pattern.length && pattern[p + 1] === DASH) {
      let low = fold(pattern[p], ignoreCase);
      let high = fold(pattern[p + 2], ignoreCase);
      if (low > high) [low, high] = [high, low];
      if (wanted >= low && wanted <= high) matched = true;
      p += 2;
    } else if (fold(pattern[p], ignoreCase) === wanted) matched = true;
    p++;
  }
  return matched !== negated ? Math.min(p + 1, pattern.length) : -1;
}

function fold(byte: number, ignoreCase: boolean): number {
  return ignoreCase && byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
