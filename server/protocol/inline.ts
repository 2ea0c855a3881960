/**
 * A line of words, as typed into a terminal: blanks separate, "double quotes" know the escapes \n \r \t \b \a \xHH and \"
 * , 'single quotes' only \'. Used for inline commands.
 *
 * @module
 */
const DOUBLE = 0x22;
const SINGLE = 0x27;
const BACKSLASH = 0x5c;

const escapes = new Map<number, number>([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x61, 0x07],
]);

/** The words of a line without NUL bytes, or null when quotes do not match or a closing quote is not followed by a blank. */
export function splitInline(line: Uint8Array): Uint8Array[] | null {
  const words: Uint8Array[] = [];
  let at = 0;
  while (true) {
    while (at < line.length && isBlank(line[at])) at++;
    if (at >= line.length) return words;
    const word: number[] = [];
    let quote = 0;
    for (; at < line.length || quote !== 0; at++) {
      if (at >= line.length) return null;
      const byte = line[at];
      if (quote === 0) {
        if (endsWord(byte)) break;
        if (byte === DOUBLE || byte === SINGLE) quote = byte;
        else word.push(byte);
      } else if (byte === quote) {
        if (at + 1 < line.length && !isBlank(line[at + 1])) return null;
        at++;
        break;
      } else if (byte === BACKSLASH && at + 1 < line.length) at = unescape(line, at, quote, word);
      else word.push(byte);
    }
    words.push(Uint8Array.from(word));
  }
}

/** Appends what an escape stands for; index of its last byte. */
function unescape(line: Uint8Array, at: number, quote: number, word: number[]): number {
  const next = line[at + 1];
  if (quote === SINGLE) {
    if (next === SINGLE) word.push(SINGLE);
    else word.push(BACKSLASH);
    return next === SINGLE ? at + 1 : at;
  }
  if (next === 0x78 && at + 3 < line.length) {
    const value = Number(`0x${String.fromCharCode(line[at + 2], line[at + 3])}`);
    if (/^[0-9a-fA-F]{2}$/.test(String.fromCharCode(line[at + 2], line[at + 3]))) {
      word.push(value);
      return at + 3;
    }
  }
  word.push(escapes.get(next) ?? next);
  return at + 1;
}

/** Whether a byte ends a word that is not quoted; vertical tab and form feed do not, although they may stand between words. */
export function endsWord(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Whether a byte is skipped before a word. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
