/**
 * The words of a command line, quoted as in `redis-cli`: bare, in double quotes with escapes, in single quotes as they
 * are. Three additions keep cases short: `"ab"*500` repeats, `$name` stands for a captured reply, and `$now+100` or
 * `$nowms+100` for the wall clock in seconds or milliseconds.
 *
 * @module
 */
import { concatBytes, toBytes } from "./bytes.ts";

/** A word: bytes that are known when the case is read, or a name that is looked up when it runs. */
export type Word = { bytes: Uint8Array } | { variable: string };

const bareWord = /[^\s"']+/y;
const quotedEscape = /\\(?:x([0-9a-fA-F]{2})|(.))/gs;
const doubleQuoted = /"((?:[^"\\]|\\.)*)"(?:\*(\d+))?/ys;
const singleQuoted = /'((?:[^'\\]|\\.)*)'(?:\*(\d+))?/ys;
const escaped: Record<string, number> = { n: 0x0a, r: 0x0d, t: 0x09, b: 0x08, a: 0x07 };

function unescape(text: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const found of text.matchAll(quotedEscape)) {
    pieces.push(toBytes(text.slice(from, found.index)));
    const [whole, hex, letter] = found;
    if (hex !== undefined) pieces.push(Uint8Array.of(parseInt(hex, 16)));
    else pieces.push(escaped[letter] === undefined ? toBytes(letter) : Uint8Array.of(escaped[letter]));
    from = found.index + whole.length;
  }
  pieces.push(toBytes(text.slice(from)));
  return concatBytes(pieces);
}

function repeat(bytes: Uint8Array, times: number): Uint8Array {
  const repeated = new Uint8Array(bytes.length * times);
  for (let at = 0; at < repeated.length; at += bytes.length) repeated.set(bytes, at);
  return repeated;
}

/** Splits a line into its words; throws on an unbalanced quote. */
export function parseWords(line: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while ((match(/\s*/y), at < line.length)) {
    let found: RegExpExecArray | null;
    if (line[at] === '"' && (found = match(doubleQuoted))) {
      words.push({ bytes: repeat(unescape(found[1]), Number(found[2] ?? 1)) });
    } else if (line[at] === "'" && (found = match(singleQuoted))) {
      words.push({ bytes: repeat(toBytes(found[1].replaceAll("\\'", "'")), Number(found[2] ?? 1)) });
    } else if ((found = match(bareWord))) {
      words.push(/^\$[a-z]/.test(found[0]) ? { variable: found[0].slice(1) } : { bytes: toBytes(found[0]) });
    } else {
      throw new Error(`unbalanced quotes: ${line}`);
    }
    if (at < line.length && !/\s/.test(line[at])) throw new Error(`a space is missing after column ${at}: ${line}`);
  }
  return words;
}

const clock = /^now(ms)?([+-]\d+)?$/;

/** The bytes that a word stands for, given the replies captured so far. */
export function resolveWord(word: Word, captured: ReadonlyMap<string, Uint8Array>): Uint8Array {
  if ("bytes" in word) return word.bytes;
  const time = clock.exec(word.variable);
  if (time) {
    const unitMs = time[1] ? 1 : 1000;
    return toBytes(String(Math.floor(Date.now() / unitMs) + Number(time[2] ?? 0)));
  }
  return captured.get(word.variable) ?? toBytes(`<nothing captured as ${word.variable}>`);
}
