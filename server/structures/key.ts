/**
 * A key (or field, or member) on its way to a hash table: where its bytes are, its hash, and the bytes as words.
 *
 * Loading reads the bytes once: it assembles the little-endian words that the hash needs and keeps those of short keys,
 * because elements store their keys word-aligned and so four bytes are compared at a time. Objects of this class are
 * reused; a loaded key is good as long as its buffer is.
 *
 * @module
 */
import { copyBytes } from "../base/copy.ts";
import { hashBytes, hashWords } from "../base/hash.ts";
import { LimitError } from "../base/limit_error.ts";

/** Keys up to this length are compared by words. */
const WORD_KEY_BYTES_MAX = 64;
/** Longest key: what `proto-max-bulk-len` is unless it is changed. With all that an entry holds beside, one block takes it. */
const KEY_BYTES_MAX = 512 * 1024 ** 2;
/** Least size of a copied key's own bytes. */
const OWN_BYTES_MIN = 32;

/** A key, where its bytes stand. What a handler gets from `args.key(i)` is good until the handler returns. */
export class Key {
  /** Holds the bytes, among others. */
  buffer: Uint8Array = EMPTY;
  /** Index of the first byte. */
  start = 0;
  /** Number of bytes. */
  length = 0;
  /** 32 bits, signed. */
  hash = 0;
  readonly #words = new Int32Array(WORD_KEY_BYTES_MAX / 4);

  /** A key of its own, over bytes or the UTF-8 of a text. */
  static of(key: Uint8Array | string): Key {
    const bytes = typeof key === "string" ? new TextEncoder().encode(key) : key;
    return new Key().load(bytes, 0, bytes.length);
  }

  /** Points at `length` bytes from `start`. Throws {@linkcode LimitError} where they are more than a key may have. */
  load(buffer: Uint8Array, start: number, length: number): this {
    this.buffer = buffer;
    this.start = start;
    this.length = length;
    if (length > WORD_KEY_BYTES_MAX) {
      if (length > KEY_BYTES_MAX) throw new LimitError(`key is longer than ${KEY_BYTES_MAX} bytes`);
      this.hash = hashBytes(buffer, start, length);
      return this;
    }
    const words = this.#words;
    const whole = length >>> 2;
    let at = start;
    for (let i = 0; i < whole; i++, at += 4) {
      words[i] = buffer[at] | (buffer[at + 1] << 8) | (buffer[at + 2] << 16) | (buffer[at + 3] << 24);
    }
    const rest = length & 3;
    if (rest > 0) {
      let word = buffer[at];
      if (rest > 1) word |= buffer[at + 1] << 8;
      if (rest > 2) word |= buffer[at + 2] << 16;
      words[whole] = word;
    }
    this.hash = hashWords(words, length);
    return this;
  }

  /** The same of bytes that begin at a word, as those of elements do: read four at a time. */
  loadWords(buffer: Uint8Array, words: Int32Array, word: number, length: number): this {
    if (length > WORD_KEY_BYTES_MAX) return this.load(buffer, word << 2, length);
    this.buffer = buffer;
    this.start = word << 2;
    this.length = length;
    const own = this.#words;
    const whole = length >>> 2;
    for (let i = 0; i < whole; i++) own[i] = words[word + i];
    const rest = length & 3;
    if (rest > 0) own[whole] = words[word + whole] & ((1 << (rest << 3)) - 1);
    this.hash = hashWords(own, length);
    return this;
  }

  /** Whether the bytes from a word-aligned place are this key's; their length is known to be equal. */
  equals(words: Int32Array, word: number, bytes: Uint8Array): boolean {
    const length = this.length;
    if (length > WORD_KEY_BYTES_MAX) return this.#equalBytes(bytes, word << 2);
    const own = this.#words;
    const whole = length >>> 2;
    for (let i = 0; i < whole; i++) if (words[word + i] !== own[i]) return false;
    const rest = length & 3;
    return rest === 0 || ((words[word + whole] ^ own[whole]) & ((1 << (rest << 3)) - 1)) === 0;
  }

  /** Becomes a copy of another key, over bytes of its own: those that it has, where they are enough. They must be its own. */
  copyOf(other: Key): this {
    const { length } = other;
    const buffer = this.buffer.length < length ? new Uint8Array(Math.max(length, OWN_BYTES_MIN)) : this.buffer;
    if (length > WORD_KEY_BYTES_MAX) copyBytes(other.buffer, other.start, buffer, 0, length);
    else for (let i = 0; i < length; i++) buffer[i] = other.buffer[other.start + i];
    return this.load(buffer, 0, length);
  }

  /** Whether another key has the same bytes. */
  isSame({ buffer, start, length, hash }: Key): boolean {
    return hash === this.hash && length === this.length && this.#equalBytes(buffer, start);
  }

  /** Writes the key to a word-aligned place. May overwrite up to three bytes behind it. */
  writeTo(words: Int32Array, word: number, bytes: Uint8Array): void {
    const length = this.length;
    if (length > WORD_KEY_BYTES_MAX) {
      copyBytes(this.buffer, this.start, bytes, word << 2, length);
      return;
    }
    const own = this.#words;
    const count = (length + 3) >>> 2;
    for (let i = 0; i < count; i++) words[word + i] = own[i];
  }

  /** A copy of the bytes. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer.subarray(this.start, this.start + this.length));
  }

  #equalBytes(bytes: Uint8Array, at: number): boolean {
    const { buffer, start, length } = this;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== buffer[start + i]) return false;
    return true;
  }
}

const EMPTY = new Uint8Array(0);
