/**
 * First lines such as `#!lua name=mylib`: the engine, and what the code says about itself.
 *
 * @module
 */
import { decodeText, splitWords } from "../server/api/mod.ts";

const HASH = 0x23;
const EXCLAMATION_MARK = 0x21;
const LINE_FEED = 0x0a;

/** A first line, and what follows it. */
export interface Shebang {
  /** The first one begins with `#!`; null where a quote is left open. */
  readonly words: readonly string[] | null;
  /** Begins with the line feed, so that lines are counted as they are written. */
  readonly body: Uint8Array;
}

/** Whether a text begins with such a line. */
export function hasShebang(text: Uint8Array): boolean {
  return text[0] === HASH && text[1] === EXCLAMATION_MARK;
}

/** Reads the line that a text begins with; null where it does not end. */
export function readShebang(text: Uint8Array): Shebang | null {
  const end = text.indexOf(LINE_FEED);
  if (end < 0 || text.subarray(0, end).includes(0)) return null;
  return { words: splitWords(decodeText(text.subarray(0, end))), body: text.subarray(end) };
}
