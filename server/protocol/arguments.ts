/**
 * The arguments of one request, where they arrived: positions in the connection's buffer, nothing copied.
 *
 * Argument 0 is the command's name. What a getter returns as bytes is a view or a copy, as its name says; a view, and
 * everything else here, is good until the handler returns. Positions are kept relative to the request's first byte, so
 * that a request which arrives in parts can be moved within its buffer.
 *
 * @module
 */
import { type Int64, parseExactInteger, parseFloat64, parseInt64, parseInteger } from "../base/number.ts";
import { copyBytes } from "../base/copy.ts";
import { decodeText, encodeText } from "../base/text.ts";
import { Key } from "../structures/key.ts";
import { NOT_A_FLOAT, NOT_AN_INTEGER, type ReplyError } from "./errors.ts";

/** Positions whose `Key` objects are kept for the next request. */
const KEPT_KEYS = 64;

/** One request: a list of byte strings, read as what a command takes them for. */
export class Arguments {
  /** Number of arguments, with the command's name. */
  count = 0;
  /** The bytes that positions refer to. */
  buffer: Uint8Array = EMPTY;
  /** Where in the buffer the request begins. */
  base = 0;
  #starts = new Int32Array(16);
  #sizes = new Int32Array(16);
  readonly #keys: Key[] = [];
  readonly #passingKey = new Key();
  #keyed = 0;

  /** Arguments made of texts and bytes, in a buffer of their own: for commands that the server itself calls. */
  static of(values: readonly (string | number | bigint | Uint8Array)[]): Arguments {
    const parts = values.map((value) => value instanceof Uint8Array ? value : encodeText(String(value)));
    const buffer = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    const args = new Arguments();
    args.reset(buffer, 0);
    let at = 0;
    for (const part of parts) {
      buffer.set(part, at);
      args.push(at, part.length);
      at += part.length;
    }
    return args;
  }

  /** Empties the list; the next request begins at `base` of `buffer`. */
  reset(buffer: Uint8Array, base: number): void {
    this.buffer = buffer;
    this.base = base;
    this.count = 0;
    this.#keyed = 0;
  }

  /** Appends an argument of `size` bytes at `start` of the buffer. */
  push(start: number, size: number): void {
    if (this.count === this.#starts.length) this.#grow();
    this.#starts[this.count] = start - this.base;
    this.#sizes[this.count] = size;
    this.count++;
  }

  /** A copy that does not depend on the connection's buffer. */
  clone(): Arguments {
    return new Arguments().copyOf(this);
  }

  /** Becomes a copy of another list, in its own buffer where that is large enough. */
  copyOf(other: Arguments): this {
    let bytes = 0;
    for (let i = 0; i < other.count; i++) bytes += other.#sizes[i];
    this.reset(this.buffer.length < bytes ? new Uint8Array(bytes) : this.buffer, 0);
    for (let i = 0, at = 0; i < other.count; at += other.#sizes[i], i++) {
      copyBytes(other.buffer, other.start(i), this.buffer, at, other.#sizes[i]);
      this.push(at, other.#sizes[i]);
    }
    return this;
  }

  /** Index in `buffer` of an argument's first byte. */
  start(i: number): number {
    return this.base + this.#starts[i];
  }

  /** Length of an argument in bytes. */
  size(i: number): number {
    return this.#sizes[i];
  }

  /** The bytes of an argument, in place. */
  view(i: number): Uint8Array {
    const start = this.base + this.#starts[i];
    return this.buffer.subarray(start, start + this.#sizes[i]);
  }

  /** A copy of the bytes of an argument. */
  bytes(i: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.view(i));
  }

  /** An argument as text, without loss: see `base/text.ts` for bytes that are no UTF-8. */
  text(i: number): string {
    return decodeText(this.view(i));
  }

  /** An argument as a key, hashed. Asking again for the same position is free. */
  key(i: number): Key {
    if (i >= KEPT_KEYS) return new Key().load(this.buffer, this.base + this.#starts[i], this.#sizes[i]);
    while (this.#keys.length <= i) this.#keys.push(new Key());
    const key = this.#keys[i];
    // Bit i tells that the key is loaded; only the first positions are asked for repeatedly.
    const bit = i < 31 ? 1 << i : 0;
    if ((this.#keyed & bit) !== 0) return key;
    this.#keyed |= bit;
    return key.load(this.buffer, this.base + this.#starts[i], this.#sizes[i]);
  }

  /** An argument as a key, good until the next call: for walking over keys without keeping an object for each. */
  passingKey(i: number): Key {
    return this.#passingKey.load(this.buffer, this.base + this.#starts[i], this.#sizes[i]);
  }

  /** Whether an argument is a word, in any case. `word` is upper-case ASCII. */
  is(i: number, word: string): boolean {
    const length = this.#sizes[i];
    if (length !== word.length) return false;
    const start = this.base + this.#starts[i];
    for (let k = 0; k < length; k++) {
      let byte = this.buffer[start + k];
      if (byte >= 0x61 && byte <= 0x7a) byte -= 0x20;
      if (byte !== word.charCodeAt(k)) return false;
    }
    return true;
  }

  /** A 64-bit integer; rounded beyond 2^53. Throws `NOT_AN_INTEGER`, or the error given. */
  integer(i: number, error: ReplyError = NOT_AN_INTEGER): number {
    const value = parseInteger(this.buffer, this.base + this.#starts[i], this.#sizes[i]);
    if (value !== value) throw error;
    return value;
  }

  /** A 64-bit integer, exact. Throws `NOT_AN_INTEGER`, or the error given. */
  int64(i: number, error: ReplyError = NOT_AN_INTEGER): bigint {
    const value = parseInt64(this.buffer, this.base + this.#starts[i], this.#sizes[i]);
    if (value === null) throw error;
    return value;
  }

  /** A 64-bit integer, exact, as a bigint only where it must be. Throws `NOT_AN_INTEGER`, or the error given. */
  exactInteger(i: number, error: ReplyError = NOT_AN_INTEGER): Int64 {
    const value = parseExactInteger(this.buffer, this.base + this.#starts[i], this.#sizes[i]);
    if (value !== value) throw error;
    return value;
  }

  /** A double, infinities included. Throws `NOT_A_FLOAT`, or the error given. */
  float(i: number, error: ReplyError = NOT_A_FLOAT): number {
    const value = parseFloat64(this.buffer, this.base + this.#starts[i], this.#sizes[i]);
    if (Number.isNaN(value)) throw error;
    return value;
  }

  #grow(): void {
    const starts = new Int32Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const sizes = new Int32Array(this.#sizes.length * 2);
    sizes.set(this.#sizes);
    this.#sizes = sizes;
  }
}

const EMPTY = new Uint8Array(0);
