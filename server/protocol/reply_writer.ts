/**
 * Replies, written straight into the connection's output buffer in the protocol version that the client speaks.
 * Source: https://redis.io/docs/latest/develop/reference/protocol-spec/
 *
 * A handler names what it means (a map, a double, a null) and the writer chooses the form. Lengths of aggregates come
 * first on the wire; where the length is known only afterwards, `arrayLater` leaves the header out and `close` inserts it.
 *
 * Nothing is allocated but the growing buffer itself.
 *
 * @module
 */
import { type BufferPool, POOLED_BYTES_MAX } from "./buffer_pool.ts";
import { copyBytes } from "../base/copy.ts";
import { encodeText } from "../base/text.ts";
import type { ElementView } from "../structures/element.ts";
import { digitCount, formatFloat64 } from "../base/number.ts";

/** Bulk strings from here on have a length of three digits or more. */
const SHORT_BULK_BYTES_END = 100;
/** Longer texts are encoded before they are written. */
const SHORT_TEXT_MAX = 96;

/** Size of the first buffer of a writer without a pool. */
const UNPOOLED_BYTES = 1024;

const CR = 0x0d;
const LF = 0x0a;

/** Writes replies, one method for each form; an aggregate is its header followed by as many replies as it says. */
export class ReplyWriter {
  /** The reply bytes, `length` of them. Empty until the first reply. */
  buffer: Uint8Array<ArrayBuffer> = NOTHING;
  /** Bytes written. */
  length = 0;
  /** 2 or 3. */
  version = 2;
  /** What follows is not sent: the client asked for silence. */
  muted = false;
  /** Number of error replies written; the dispatcher compares it before and after a command. */
  errors = 0;
  /** The last error line written, without `-`; empty for one that has been counted where it came from. */
  lastError = "";

  /** As much as the replies that were sent last; the next ones are likely to be of the size. */
  #expectedBytes = 0;

  /** With a pool, buffers come from there; whoever sends one gives it back. */
  constructor(readonly pool: BufferPool | null = null) {}

  /** `+OK` */
  ok(): void {
    const at = this.#reserve(5);
    const buffer = this.buffer;
    buffer[at] = 0x2b;
    buffer[at + 1] = 0x4f;
    buffer[at + 2] = 0x4b;
    buffer[at + 3] = CR;
    buffer[at + 4] = LF;
  }

  /** A simple string: ASCII without line breaks. */
  status(text: string): void {
    this.#line(0x2b, text);
  }

  /** A 64-bit integer. */
  integer(value: number | bigint): void {
    if (typeof value === "number" && value >= 0 && value < 10) {
      const at = this.#reserve(4);
      this.buffer[at] = 0x3a;
      this.buffer[at + 1] = 0x30 + value;
      this.buffer[at + 2] = CR;
      this.buffer[at + 3] = LF;
    } else if (typeof value === "number" && Math.abs(value) <= 9007199254740991) this.#number(0x3a, value);
    else this.#line(0x3a, String(value));
  }

  /** A bulk string: `size` bytes of `source` from `start`. */
  bulk(source: Uint8Array, start = 0, size: number = source.length - start): void {
    if (size < SHORT_BULK_BYTES_END) return this.#shortBulk(source, start, size);
    this.bulkHeader(size);
    this.#bytes(source, start, size);
    this.#lineBreak();
  }

  /** A bulk string of what a structure holds. */
  element(element: ElementView): void {
    if (element.isInteger) this.integerText(element.exactInteger);
    else this.bulk(element.bytes, element.start, element.length);
  }

  /** A bulk string of a text. */
  text(text: string): void {
    const length = text.length;
    if (length <= SHORT_TEXT_MAX && isAscii(text)) {
      this.bulkHeader(length);
      const at = this.#reserve(length + 2);
      for (let i = 0; i < length; i++) this.buffer[at + i] = text.charCodeAt(i);
      this.buffer[at + length] = CR;
      this.buffer[at + length + 1] = LF;
    } else this.bulk(encodeText(text));
  }

  /** A bulk string of an integer's decimal digits. */
  integerText(value: number | bigint): void {
    if (typeof value === "bigint" || Math.abs(value) > 9007199254740991) return this.text(String(value));
    const size = digitCount(Math.abs(value)) + (value < 0 ? 1 : 0);
    this.bulkHeader(size);
    const at = this.#reserve(size + 2);
    this.#digits(at, size, value);
    this.buffer[at + size] = CR;
    this.buffer[at + size + 1] = LF;
  }

  /** The header of a bulk string whose `size` bytes follow through {@linkcode ReplyWriter.part} and `endBulk`. */
  bulkHeader(size: number): void {
    this.#number(0x24, size);
  }

  /** Bytes of a bulk string that was begun with its header. */
  part(source: Uint8Array, start: number, size: number): void {
    this.#bytes(source, start, size);
  }

  /** Ends a bulk string that was begun with its header. */
  endBulk(): void {
    this.#lineBreak();
  }

  /** Text with a format of three letters (`txt`, `mkd`); plain bulk in RESP2. */
  verbatim(text: string, format = "txt"): void {
    if (this.version < 3) return this.bulk(encodeText(text));
    const bytes = encodeText(`${format}:${text}`);
    this.#number(0x3d, bytes.length);
    this.#bytes(bytes, 0, bytes.length);
    this.#lineBreak();
  }

  /** The null of the protocol version: `_` or `$-1`. */
  null(): void {
    this.#line(this.version < 3 ? 0x24 : 0x5f, this.version < 3 ? "-1" : "");
  }

  /** The null where RESP2 has a null array. */
  nullArray(): void {
    this.#line(this.version < 3 ? 0x2a : 0x5f, this.version < 3 ? "-1" : "");
  }

  /** Header of an array of `count` replies that follow. */
  array(count: number): void {
    this.#number(0x2a, count);
  }

  /** Header of a map of `count` pairs that follow; in RESP2 a flat array. */
  map(count: number): void {
    this.#number(this.version < 3 ? 0x2a : 0x25, this.version < 3 ? count * 2 : count);
  }

  /** Header of a set; in RESP2 an array. */
  set(count: number): void {
    this.#number(this.version < 3 ? 0x2a : 0x7e, count);
  }

  /** Header of a push message; in RESP2 an array. */
  push(count: number): void {
    this.#number(this.version < 3 ? 0x2a : 0x3e, count);
  }

  /** Header of an attribute map; RESP3 only. */
  attribute(count: number): void {
    this.#number(0x7c, count);
  }

  /** A double; in RESP2 its text. */
  double(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      if (this.version < 3) this.integerText(value);
      else this.#number(0x2c, value);
    } else this.doubleText(formatFloat64(value));
  }

  /** A double by its digits; in RESP2 they are the text. */
  doubleText(digits: string): void {
    if (this.version < 3) this.text(digits);
    else this.#line(0x2c, digits);
  }

  /** A boolean; in RESP2 1 or 0. */
  boolean(value: boolean): void {
    this.#line(this.version < 3 ? 0x3a : 0x23, this.version < 3 ? (value ? "1" : "0") : value ? "t" : "f");
  }

  /** A number of any length; in RESP2 its text. */
  bigNumber(digits: string): void {
    if (this.version < 3) this.text(digits);
    else this.#line(0x28, digits);
  }

  /** An error: code, space, text. Line breaks within become blanks, those at the end go. */
  error(message: string): void {
    this.errors++;
    this.lastError = message;
    const bytes = encodeText(message.replace(/[\r\n]+$/, "").replace(/[\r\n]/g, " "));
    const at = this.#reserve(bytes.length + 3);
    this.buffer[at] = 0x2d;
    this.buffer.set(bytes, at + 1);
    this.buffer[at + bytes.length + 1] = CR;
    this.buffer[at + bytes.length + 2] = LF;
  }

  /** Bytes that are protocol already. */
  raw(source: Uint8Array): void {
    this.#bytes(source, 0, source.length);
  }

  /** Begins an aggregate of unknown length; pass what it returns to {@linkcode ReplyWriter.close}. */
  arrayLater(): number {
    return this.length;
  }

  /** Inserts the header of an array of `count` replies before those written since `mark`. */
  close(mark: number, count: number, kind: "array" | "map" | "set" = "array"): void {
    const body = this.length - mark;
    const header = digitCount(kind === "map" && this.version < 3 ? count * 2 : count) + 3;
    this.#reserve(header);
    this.buffer.copyWithin(mark + header, mark, mark + body);
    this.length = mark;
    this[kind](count);
    this.length = mark + header + body;
  }

  /** Takes back what was written since the buffer had this length. */
  truncate(length: number): void {
    this.length = length;
  }

  /** Gives the buffer with the written bytes away, and begins anew. */
  detach(): Uint8Array<ArrayBuffer> {
    const { buffer } = this;
    this.#expectedBytes = Math.min(this.length, POOLED_BYTES_MAX);
    this.buffer = NOTHING;
    this.length = 0;
    return buffer;
  }

  /** `:123\r\n` and the like. */
  #number(type: number, value: number): void {
    const size = digitCount(Math.abs(value)) + (value < 0 ? 1 : 0);
    const at = this.#reserve(size + 3);
    this.buffer[at] = type;
    this.#digits(at + 1, size, value);
    this.buffer[at + size + 1] = CR;
    this.buffer[at + size + 2] = LF;
  }

  #digits(at: number, size: number, value: number): void {
    const buffer = this.buffer;
    let rest = Math.abs(value);
    let end = at + size;
    while (rest > 2147483647) {
      const quotient = Math.floor(rest / 10);
      buffer[--end] = 0x30 + (rest - quotient * 10);
      rest = quotient;
    }
    let small = rest | 0;
    do {
      const quotient = (small / 10) | 0;
      buffer[--end] = 0x30 + (small - quotient * 10);
      small = quotient;
    } while (small > 0);
    if (value < 0) buffer[at] = 0x2d;
  }

  #line(type: number, text: string): void {
    const length = text.length;
    const at = this.#reserve(length + 3);
    this.buffer[at] = type;
    for (let i = 0; i < length; i++) this.buffer[at + 1 + i] = text.charCodeAt(i);
    this.buffer[at + length + 1] = CR;
    this.buffer[at + length + 2] = LF;
  }

  /** One of up to two digits of length, with one look at the room. */
  #shortBulk(source: Uint8Array, start: number, size: number): void {
    const tens = (size * 205) >>> 11;
    const header = tens === 0 ? 4 : 5;
    const first = this.#reserve(header + size + 2);
    const buffer = this.buffer;
    const at = first + header;
    buffer[first] = 0x24;
    if (tens > 0) buffer[first + 1] = 0x30 + tens;
    buffer[at - 3] = 0x30 + size - tens * 10;
    buffer[at - 2] = CR;
    buffer[at - 1] = LF;
    copyBytes(source, start, buffer, at, size);
    buffer[at + size] = CR;
    buffer[at + size + 1] = LF;
  }

  #bytes(source: Uint8Array, start: number, size: number): void {
    const at = this.#reserve(size);
    copyBytes(source, start, this.buffer, at, size);
  }

  #lineBreak(): void {
    const at = this.#reserve(2);
    this.buffer[at] = CR;
    this.buffer[at + 1] = LF;
  }

  /** Makes room for `size` bytes and counts them as written; where they begin. */
  #reserve(size: number): number {
    const at = this.length;
    if (at + size > this.buffer.length) this.#grow(at + size);
    this.length = at + size;
    return at;
  }

  #grow(size: number): void {
    const bytes = Math.max(size, this.#expectedBytes, this.buffer.length * 2);
    const larger = this.pool?.take(bytes) ?? new Uint8Array(Math.max(bytes, UNPOOLED_BYTES));
    copyBytes(this.buffer, 0, larger, 0, this.length);
    this.pool?.give(this.buffer);
    this.buffer = larger;
  }
}

const NOTHING = new Uint8Array(0);

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
