/**
 * A string as structures hold it: bytes, or the integer that they would spell, in decimal.
 *
 * @module
 */
import { type Int64, parseExactInteger, spellInteger } from "../base/number.ts";
import { encodeText } from "../base/text.ts";
import type { Key } from "./key.ts";

/** Longest text that may spell a 64-bit integer. */
export const INTEGER_TEXT_BYTES_MAX = 20;

/** What a cursor shows of a string: good until the structure changes or the cursor moves. */
export interface ElementView {
  /** Whether it is held as an integer; if so, `bytes`, `start` and `length` say nothing. */
  readonly isInteger: boolean;
  /** The integer. */
  readonly exactInteger: Int64;
  /** Array that the bytes are in, from `start` on, `length` of them. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
}

/** An element that is always bytes; whoever owns it points it at them. */
export class BytesElement implements ElementView {
  readonly isInteger = false;
  readonly exactInteger = 0;
  bytes: Uint8Array = NOTHING;
  start = 0;
  length = 0;
}

/** A copy of an element's bytes; of an integer, its decimal digits. */
export function elementBytes(element: ElementView): Uint8Array {
  if (element.isInteger) return encodeText(String(element.exactInteger));
  return new Uint8Array(element.bytes.subarray(element.start, element.start + element.length));
}

/** Points a key at an element's bytes; of an integer, at its decimal digits, which are written to `digits`. */
export function loadElement(key: Key, element: ElementView, digits: Uint8Array): Key {
  if (!element.isInteger) return key.load(element.bytes, element.start, element.length);
  return key.load(digits, 0, spellInteger(element.exactInteger, digits));
}

/** The integer that some bytes spell as a structure would hold it, NaN where they are none. */
export function integerSpelled(bytes: Uint8Array, start: number, length: number): Int64 {
  return length > INTEGER_TEXT_BYTES_MAX ? NaN : parseExactInteger(bytes, start, length);
}

const NOTHING = new Uint8Array(0);
