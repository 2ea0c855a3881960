/**
 * A string as structures hold it: bytes, or the integer that they would spell, in decimal.
 *
 * @module
 */
import { type Int64, parseExactInteger } from "../base/number.ts";
import { encodeText } from "../base/text.ts";

/** Longest text that may spell a 64-bit integer. */
const INTEGER_TEXT_BYTES_MAX = 20;

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

/** A copy of an element's bytes; of an integer, its decimal digits. */
export function elementBytes(element: ElementView): Uint8Array {
  if (element.isInteger) return encodeText(String(element.exactInteger));
  return new Uint8Array(element.bytes.subarray(element.start, element.start + element.length));
}

/** The integer that some bytes spell as a structure would hold it, NaN where they are none. */
export function integerSpelled(bytes: Uint8Array, start: number, length: number): Int64 {
  return length > INTEGER_TEXT_BYTES_MAX ? NaN : parseExactInteger(bytes, start, length);
}
