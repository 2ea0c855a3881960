/**
 * Requests out of a stream of bytes: RESP arrays of bulk strings, or inline commands.
 * Source: https://redis.io/docs/latest/develop/reference/protocol-spec/
 *
 * The reader marks where arguments are and copies nothing. It keeps its place within a request that has not arrived as a
 * whole, so no byte is looked at twice however the stream is cut; the buffer doubles for long requests, so none is copied
 * more than about once.
 *
 * Usage: read bytes into `space()`, tell `filled(n)`, call `next()` until it is not `READY`. Arguments are in `args`,
 * an object that may be shared between the readers of a server: one that is left in the middle of a request keeps it, and
 * the pool gives the others a new one.
 *
 * @module
 */
import { copyBytes } from "../base/copy.ts";
import { parseInteger } from "../base/number.ts";
import { decodeText } from "../base/text.ts";
import { Arguments } from "./arguments.ts";
import type { BufferPool } from "./buffer_pool.ts";
import { endsWord, isBlank, splitInline } from "./inline.ts";

/** A request stands in `args`. */
export const READY = 1;
/** All complete requests are consumed. */
export const INCOMPLETE = 0;
/** The stream is no protocol; `error` says why. Nothing more can be read from it. */
export const BROKEN = -1;

/** Size of an idle connection's buffer. */
const READ_BUFFER_BYTES = 4 * 1024;
/** Up to this size a buffer grows because the client sends much at once. */
const READ_AHEAD_BYTES_MAX = 64 * 1024;
/** Longest line: an inline request, a count, a length. */
const LINE_BYTES_MAX = 64 * 1024;
const MULTIBULK_COUNT_MAX = 2147483647;
const UNAUTHENTICATED_COUNT_MAX = 10;
const UNAUTHENTICATED_BULK_BYTES_MAX = 16384;

const CR = 0x0d;
const LF = 0x0a;
const ASTERISK = 0x2a;
const DOLLAR = 0x24;

/** `Arguments` objects that no reader is using. */
export class ArgumentsPool {
  readonly #free: Arguments[] = [];

  take(): Arguments {
    return this.#free.pop() ?? new Arguments();
  }

  give(args: Arguments): void {
    this.#free.push(args);
  }
}

export class RequestReader {
  /** The request that `next` found last. */
  args: Arguments;
  /** What is wrong with the stream, after `BROKEN`. */
  error = "";
  /** Longest bulk string. */
  bulkBytesMax = 512 * 1024 * 1024;
  /** Whether the limits for clients that have not authenticated yet apply. */
  unauthenticated = false;

  #buffer: Uint8Array<ArrayBuffer>;
  /** Next byte to look at. */
  #at = 0;
  /** End of the bytes read. */
  #end = 0;
  /** Arguments of the current request that are still to come; 0 between requests. */
  #missing = 0;
  /** Length of the bulk string that has begun, -1 when its header is still to come. */
  #bulkBytes = -1;
  #holdsArguments = false;
  /** Whether a read took all the room since the buffer has its size: the next one gets more. */
  #wasFilled = false;

  constructor(readonly pool: ArgumentsPool, readonly buffers: BufferPool) {
    this.args = pool.take();
    pool.give(this.args);
    this.#buffer = buffers.take(READ_BUFFER_BYTES);
  }

  /** Bytes read and not yet consumed. */
  get pendingBytes(): number {
    return this.#end - (this.#holdsArguments ? this.args.base : this.#at);
  }

  /** What has been read and not consumed, between two requests. */
  get pending(): Uint8Array {
    return this.#buffer.subarray(this.#at, this.#end);
  }

  /** Drops that. */
  dropPending(): void {
    this.#at = this.#end;
  }

  /** Bytes of buffer that this reader holds. */
  get bufferBytes(): number {
    return this.#buffer.length;
  }

  /** Room for the next bytes of the stream, never empty. */
  space(): Uint8Array {
    const begin = this.#holdsArguments ? this.args.base : this.#at;
    if (begin === this.#end) {
      this.#at = this.#end = 0;
      if (this.#wasFilled && this.#buffer.length < READ_AHEAD_BYTES_MAX) {
        this.#replaceBuffer(this.#buffer.length * 2);
        this.#wasFilled = false;
      } else if (this.#buffer.length > READ_AHEAD_BYTES_MAX) this.#replaceBuffer(READ_BUFFER_BYTES);
      return this.#buffer;
    }
    if (begin > 0) this.#moveToFront(begin);
    const wanted = this.#bulkBytes < 0 ? 1 : this.#bulkBytes + 2 - (this.#end - this.#at);
    if (this.#end + wanted > this.#buffer.length && this.#end > this.#buffer.length / 2) this.#grow();
    return this.#buffer.subarray(this.#end);
  }

  /** Takes over `count` bytes that were read into `space()`. */
  filled(count: number): void {
    this.#end += count;
    if (this.#end === this.#buffer.length) this.#wasFilled = true;
  }

  /** Gives memory back while nothing is pending; for connections that have been idle for a while. */
  shrink(): void {
    if (this.#at === this.#end && !this.#holdsArguments && this.#buffer.length > READ_BUFFER_BYTES) {
      this.#replaceBuffer(READ_BUFFER_BYTES);
      this.#at = this.#end = 0;
    }
    this.#wasFilled = false;
  }

  /** Gives back what the reader holds, at the end of the connection, when nothing is read into its buffer any more. */
  release(): void {
    if (this.#holdsArguments) this.pool.give(this.args);
    this.#holdsArguments = false;
    this.buffers.give(this.#buffer);
    this.#buffer = NOTHING;
    this.#at = this.#end = 0;
  }

  /** Looks for the next request. */
  next(): number {
    if (this.#missing > 0) return this.#bulks();
    while (this.#at < this.#end) {
      if (this.#buffer[this.#at] !== ASTERISK) {
        const result = this.#inline();
        if (result !== READY || this.args.count > 0) return result;
        continue;
      }
      const begin = this.#at;
      let lineEnd = begin + 2;
      let count = this.#buffer[begin + 1] - 0x30;
      // The usual header, one digit, is read at once; everything else takes the careful path.
      if (lineEnd + 1 >= this.#end || this.#buffer[lineEnd] !== CR || count < 0 || count > 9) {
        lineEnd = this.#lineEnd("too big mbulk count string");
        if (lineEnd < 0) return lineEnd === -1 ? INCOMPLETE : BROKEN;
        count = parseInteger(this.#buffer, begin + 1, lineEnd - begin - 1);
      }
      if (!(count <= MULTIBULK_COUNT_MAX)) return this.#fail("invalid multibulk length");
      if (count > UNAUTHENTICATED_COUNT_MAX && this.unauthenticated) {
        return this.#fail("unauthenticated multibulk length");
      }
      this.#at = lineEnd + 2;
      if (count <= 0) continue;
      if (!this.#holdsArguments) {
        this.args = this.pool.take();
        this.#holdsArguments = true;
      }
      this.args.reset(this.#buffer, begin);
      this.#missing = count;
      this.#bulkBytes = -1;
      return this.#bulks();
    }
    return INCOMPLETE;
  }

  /** Marks the bulk strings of the current request, as far as they have arrived. */
  #bulks(): number {
    const buffer = this.#buffer;
    const end = this.#end;
    const args = this.args;
    while (this.#missing > 0) {
      let at = this.#at;
      let size = this.#bulkBytes;
      if (size < 0) {
        if (at >= end) return INCOMPLETE;
        if (buffer[at] !== DOLLAR) {
          // As in the C server, a header is judged once its line is complete.
          const lineEnd = this.#lineEnd("too big bulk count string");
          if (lineEnd < 0) return lineEnd === -1 ? INCOMPLETE : BROKEN;
          return this.#fail(`expected '$', got '${decodeText(buffer.subarray(at, at + 1))}'`);
        }
        // The usual header, one to four digits, is read on the way; everything else takes the careful path.
        let digit = 0;
        let cursor = at + 1;
        size = 0;
        while (cursor < end && cursor < at + 5 && (digit = buffer[cursor] - 0x30) >= 0 && digit <= 9) {
          size = size * 10 + digit;
          cursor++;
        }
        const leadingZero = buffer[at + 1] === 0x30 && cursor > at + 2;
        if (cursor + 1 >= end || buffer[cursor] !== CR || cursor === at + 1 || leadingZero) {
          const lineEnd = this.#lineEnd("too big bulk count string");
          if (lineEnd < 0) return lineEnd === -1 ? INCOMPLETE : BROKEN;
          size = parseInteger(buffer, at + 1, lineEnd - at - 1);
          if (!(size >= 0 && size <= this.bulkBytesMax)) return this.#fail("invalid bulk length");
          cursor = lineEnd;
        } else if (size > this.bulkBytesMax) return this.#fail("invalid bulk length");
        if (size > UNAUTHENTICATED_BULK_BYTES_MAX && this.unauthenticated) {
          return this.#fail("unauthenticated bulk length");
        }
        at = cursor + 2;
        this.#at = at;
        this.#bulkBytes = size;
      }
      if (end - at < size + 2) return INCOMPLETE;
      args.push(at, size);
      this.#at = at + size + 2;
      this.#bulkBytes = -1;
      this.#missing--;
    }
    this.#holdsArguments = false;
    this.pool.give(args);
    return READY;
  }

  #inline(): number {
    const begin = this.#at;
    const newline = this.#buffer.indexOf(LF, begin);
    // A C server looks for the end of a C string's line, and behind a NUL byte sees none.
    if (newline < 0 || newline >= this.#end || this.#buffer.subarray(begin, newline).includes(0)) {
      if (this.#end - begin > LINE_BYTES_MAX) return this.#fail("too big inline request");
      return INCOMPLETE;
    }
    const lineEnd = newline > begin && this.#buffer[newline - 1] === CR ? newline - 1 : newline;
    this.#at = newline + 1;
    if (this.#markWords(begin, lineEnd)) return READY;
    const words = splitInline(this.#buffer.subarray(begin, lineEnd));
    if (words === null) return this.#fail("unbalanced quotes in request");
    this.args = Arguments.of(words);
    return READY;
  }

  /** Marks the words of a line in place; false where quotes or escapes need more than that. */
  #markWords(begin: number, end: number): boolean {
    const buffer = this.#buffer;
    const args = this.pool.take();
    this.args = args;
    this.pool.give(args);
    args.reset(buffer, begin);
    for (let at = begin; at < end;) {
      if (isBlank(buffer[at])) {
        at++;
        continue;
      }
      const start = at;
      for (; at < end && !endsWord(buffer[at]); at++) if (needsCare(buffer[at])) return false;
      args.push(start, at - start);
    }
    return true;
  }

  /** Index of the CR that ends the line, with its LF arrived; -1 when it has not, -2 when the line is too long. */
  #lineEnd(tooLong: string): number {
    const end = this.#buffer.indexOf(CR, this.#at);
    if (end >= 0 && end < this.#end) return end + 1 < this.#end ? end : -1;
    if (this.#end - this.#at <= LINE_BYTES_MAX) return -1;
    this.#fail(tooLong);
    return -2;
  }

  #fail(reason: string): number {
    this.error = `Protocol error: ${reason}`;
    return BROKEN;
  }

  #moveToFront(begin: number): void {
    this.#buffer.copyWithin(0, begin, this.#end);
    this.#at -= begin;
    this.#end -= begin;
    if (this.#holdsArguments) this.args.base = 0;
  }

  #grow(): void {
    const larger = this.buffers.take(this.#buffer.length * 2);
    copyBytes(this.#buffer, 0, larger, 0, this.#end);
    this.buffers.give(this.#buffer);
    this.#buffer = larger;
    if (this.#holdsArguments) this.args.buffer = larger;
  }

  #replaceBuffer(bytes: number): void {
    this.buffers.give(this.#buffer);
    this.#buffer = this.buffers.take(bytes);
  }
}

const NOTHING = new Uint8Array(0);

/** Quotes; a NUL, which ends the line, is met as the end of a word. */
function needsCare(byte: number): boolean {
  return byte === 0x22 || byte === 0x27;
}
