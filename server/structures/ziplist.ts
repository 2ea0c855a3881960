/**
 * Ziplist: what small values were saved as before listpacks. It is only read: loading turns it into what is used now.
 * Source: https://github.com/sripathikrishnan/redis-rdb-tools/wiki/Redis-RDB-Dump-File-Format#ziplist-encoding
 *
 *     ziplist  [ total bytes: 4 | offset of the last element: 4 | elements: 2, 65535 = count them | element… | 0xff ]
 *     element  [ bytes of the element before: 1, or 0xfe and 4 | encoding and length | bytes ]
 *
 * Bytes come from outside, so everything that they say twice is compared, and nothing is read beyond their end.
 *
 * @module
 */
import type { Int64 } from "../base/number.ts";

const HEADER_BYTES = 10;
const END = 0xff;
/** In place of a short back length: four bytes follow. */
const LONG_BACK_LENGTH = 0xfe;
/** The header counts up to here. */
const COUNT_UNKNOWN = 0xffff;

// Encodings of an element, by its first byte: the top two bits of strings, all of it of integers.
const STRING_6 = 0x00;
const STRING_14 = 0x40;
const STRING_32 = 0x80;
const INTEGER_16 = 0xc0;
const INTEGER_32 = 0xd0;
const INTEGER_64 = 0xe0;
const INTEGER_24 = 0xf0;
const INTEGER_8 = 0xfe;
/** The integers from 0 to 12 are in the byte itself. */
const IMMEDIATE_FIRST = 0xf1;
const IMMEDIATE_LAST = 0xfd;

/** The elements of a ziplist, strings as views into it; null where the bytes are none. */
export function ziplistElements(bytes: Uint8Array): (Uint8Array | Int64)[] | null {
  if (bytes.length <= HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 1;
  if (view.getUint32(0, true) !== bytes.length || bytes[end] !== END) return null;
  const elements: (Uint8Array | Int64)[] = [];
  let at = HEADER_BYTES;
  let before = at;
  while (at < end) {
    const next = readElement(view, at, end, at - before, elements);
    if (next < 0) return null;
    before = at;
    at = next;
  }
  const stated = view.getUint16(8, true);
  if (stated !== COUNT_UNKNOWN && stated !== elements.length) return null;
  return view.getUint32(4, true) === before ? elements : null;
}

/** Adds the element at `at`; where the next one is, or -1 where it makes no sense. */
function readElement(
  view: DataView,
  at: number,
  end: number,
  backLength: number,
  elements: (Uint8Array | Int64)[],
): number {
  const long = view.getUint8(at) === LONG_BACK_LENGTH;
  const encodingAt = at + (long ? 5 : 1);
  if (encodingAt >= end) return -1;
  if ((long ? view.getUint32(at + 1, true) : view.getUint8(at)) !== backLength) return -1;
  const encoding = view.getUint8(encodingAt);
  return encoding < INTEGER_16
    ? readString(view, encodingAt, end, elements)
    : readInteger(view, encodingAt, end, elements);
}

function readString(view: DataView, at: number, end: number, elements: (Uint8Array | Int64)[]): number {
  const first = view.getUint8(at);
  const form = first & 0xc0;
  if (form === STRING_32 && first !== STRING_32) return -1;
  const start = at + (form === STRING_6 ? 1 : form === STRING_14 ? 2 : 5);
  if (start > end) return -1;
  const length = form === STRING_6
    ? first
    : form === STRING_14
    ? view.getUint16(at, false) & 0x3fff
    : view.getUint32(at + 1, false);
  if (length > end - start) return -1;
  elements.push(new Uint8Array(view.buffer, view.byteOffset + start, length));
  return start + length;
}

function readInteger(view: DataView, at: number, end: number, elements: (Uint8Array | Int64)[]): number {
  const encoding = view.getUint8(at);
  const size = integerBytes(encoding);
  if (size < 0 || at + 1 + size > end) return -1;
  elements.push(integerAt(view, at + 1, encoding));
  return at + 1 + size;
}

function integerBytes(encoding: number): number {
  switch (encoding) {
    case INTEGER_8:
      return 1;
    case INTEGER_16:
      return 2;
    case INTEGER_24:
      return 3;
    case INTEGER_32:
      return 4;
    case INTEGER_64:
      return 8;
  }
  return encoding >= IMMEDIATE_FIRST && encoding <= IMMEDIATE_LAST ? 0 : -1;
}

function integerAt(view: DataView, at: number, encoding: number): Int64 {
  switch (encoding) {
    case INTEGER_8:
      return view.getInt8(at);
    case INTEGER_16:
      return view.getInt16(at, true);
    case INTEGER_24:
      return (view.getUint16(at, true) << 8 | view.getUint8(at + 2) << 24) >> 8;
    case INTEGER_32:
      return view.getInt32(at, true);
    case INTEGER_64: {
      const value = view.getBigInt64(at, true);
      const number = Number(value);
      return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : value;
    }
  }
  return encoding - IMMEDIATE_FIRST;
}
