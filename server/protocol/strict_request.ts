/**
 * A request of a client that talks to its command while that is under way, as to the debugger of scripts. It is read more
 * strictly than requests at large: an array of bulk strings, none of them empty, and nothing else.
 *
 * @module
 */
import { parseInteger } from "../base/number.ts";
import { Arguments } from "./arguments.ts";

const ARGUMENTS_MAX = 1024;
const ARGUMENT_BYTES_MAX = 1024;
const CR = 0x0d;
const LF = 0x0a;
const ASTERISK = 0x2a;
const DOLLAR = 0x24;

/** A count or length, and where what follows it begins. */
interface Header {
  readonly value: number;
  readonly end: number;
}

/** The request that `bytes` begin with, in place: null where it is none, undefined where it has not arrived as a whole. */
export function readStrictRequest(bytes: Uint8Array): Arguments | null | undefined {
  const count = readHeader(bytes, 0, ASTERISK, ARGUMENTS_MAX);
  if (count === null || count === undefined) return count;
  const request = new Arguments();
  request.reset(bytes, 0);
  for (let at = count.end, i = 0; i < count.value; i++) {
    const size = readHeader(bytes, at, DOLLAR, ARGUMENT_BYTES_MAX);
    if (size === null || size === undefined) return size;
    at = size.end + size.value;
    if (bytes.length < at + 2) return undefined;
    if (bytes[at] !== CR || bytes[at + 1] !== LF) return null;
    request.push(size.end, size.value);
    at += 2;
  }
  return request;
}

function readHeader(bytes: Uint8Array, at: number, type: number, max: number): Header | null | undefined {
  if (at >= bytes.length) return undefined;
  if (bytes[at] !== type) return null;
  const end = bytes.indexOf(CR, at);
  if (end < 0 || end + 1 >= bytes.length) return undefined;
  const value = parseInteger(bytes, at + 1, end - at - 1);
  return bytes[end + 1] === LF && value >= 1 && value <= max ? { value, end: end + 2 } : null;
}
