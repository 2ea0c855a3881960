/**
 * The quoting rules of configuration files and of `redis-cli`: words are separated by blanks; `"..."` knows `\n`, `\r`,
 * `\t`, `\b`, `\a`, `\xHH` and takes any other escaped character as itself; `'...'` knows `\'` alone. Behind a closing
 * quote must come a blank or the end.
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/management/config/
 *
 * @module
 */
import { decodeText, encodeText } from "../base/text.ts";

const BLANK_BEFORE_WORD = /[ \t\n\v\f\r]/;
const BLANK_AFTER_WORD = /[ \t\n\r\0]/;
const ESCAPES: ReadonlyMap<string, number> = new Map([
  ["\\n", 0x0a],
  ["\\r", 0x0d],
  ["\\t", 0x09],
  ["\\b", 0x08],
  ["\\a", 0x07],
]);
const SPELLINGS: ReadonlyMap<number, string> = new Map([
  ...[...ESCAPES].map(([spelling, byte]) => [byte, spelling] as const),
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);

/** The words of a line; null where its quotes are not balanced. */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let at = 0;
  while (true) {
    while (at < line.length && BLANK_BEFORE_WORD.test(line[at])) at++;
    if (at === line.length) return words;
    const word = readWord(line, at);
    if (word === null) return null;
    words.push(word.text);
    at = word.end;
  }
}

/** A quote may open in the middle of a word, but none may follow a closed one directly. */
function readWord(line: string, start: number): { text: string; end: number } | null {
  let text = "";
  let at = start;
  while (at < line.length && !BLANK_AFTER_WORD.test(line[at])) {
    const character = line[at];
    if (character !== '"' && character !== "'") {
      text += character;
      at++;
      continue;
    }
    const quoted = character === '"' ? readDoubleQuoted(line, at + 1) : readSingleQuoted(line, at + 1);
    if (quoted === null) return null;
    if (quoted.end < line.length && !BLANK_BEFORE_WORD.test(line[quoted.end])) return null;
    return { text: text + quoted.text, end: quoted.end };
  }
  return { text, end: at };
}

/** `\xHH` spells a byte, not a character, so the text is collected as bytes. */
function readDoubleQuoted(line: string, start: number): { text: string; end: number } | null {
  const end = closingQuote(line, start, '"');
  if (end < 0) return null;
  const body = line.slice(start, end);
  if (!body.includes("\\")) return { text: body, end: end + 1 };
  const bytes: number[] = [];
  for (const [part] of body.matchAll(/\\x[0-9a-fA-F]{2}|\\.|[^\\]+/gsu)) {
    const escape = ESCAPES.get(part);
    if (escape !== undefined) bytes.push(escape);
    else if (/^\\x../.test(part)) bytes.push(parseInt(part.slice(2), 16));
    else bytes.push(...encodeText(part[0] === "\\" ? part.slice(1) : part));
  }
  return { text: decodeText(Uint8Array.from(bytes)), end: end + 1 };
}

function readSingleQuoted(line: string, start: number): { text: string; end: number } | null {
  let text = "";
  for (let at = start; at < line.length; at++) {
    if (line[at] === "'") return { text, end: at + 1 };
    if (line[at] === "\\" && line[at + 1] === "'") at++;
    text += line[at];
  }
  return null;
}

/** Place of the first such quote that no backslash escapes, or -1. */
function closingQuote(line: string, start: number, quote: string): number {
  for (let at = start; at < line.length; at++) {
    if (line[at] === quote) return at;
    if (line[at] === "\\") at++;
  }
  return -1;
}

/** The text in double quotes, so that {@linkcode splitWords} reads it back; bytes beyond ASCII are spelled `\xHH`. */
export function quote(text: string): string {
  return quoteBytes(encodeText(text));
}

/** Bytes in double quotes, in printable ASCII. */
export function quoteBytes(bytes: Uint8Array): string {
  let quoted = '"';
  for (const byte of bytes) {
    const spelling = SPELLINGS.get(byte);
    if (spelling !== undefined) quoted += spelling;
    else if (byte >= 0x20 && byte < 0x7f) quoted += String.fromCharCode(byte);
    else quoted += "\\x" + byte.toString(16).padStart(2, "0");
  }
  return quoted + '"';
}
