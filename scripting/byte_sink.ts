/**
 * Bytes that are written one after the other, kept from one use to the next.
 *
 * @module
 */

import { copyBytes } from "../server/api/mod.ts";

const FIRST_BYTES = 1024;
const KEPT_BYTES_MAX = 1024 * 1024;

export class ByteSink {
  bytes = new Uint8Array(FIRST_BYTES);
  length = 0;

  /** Begins anew. */
  reset(): void {
    this.length = 0;
    if (this.bytes.length > KEPT_BYTES_MAX) this.bytes = new Uint8Array(FIRST_BYTES);
  }

  /** Makes room for so many bytes and counts them as written; where they begin. */
  reserve(size: number): number {
    const at = this.length;
    if (at + size > this.bytes.length) {
      const larger = new Uint8Array(Math.max(at + size, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
    }
    this.length = at + size;
    return at;
  }

  byte(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
  }

  /** An unsigned or signed integer of `size` bytes, the high one first. */
  integer(value: number | bigint, size: number): void {
    const at = this.reserve(size);
    if (size <= 4) { for (let i = 0; i < size; i++) this.bytes[at + i] = Number(value) >>> (8 * (size - 1 - i)); }
    else {for (let i = 0; i < size; i++) {
        this.bytes[at + i] = Number(BigInt(value) >> BigInt(8 * (size - 1 - i)) & 0xffn);
      }}
  }

  write(source: Uint8Array): void {
    const at = this.reserve(source.length);
    this.bytes.set(source, at);
  }

  /** Bytes from the midst of others. */
  copy(source: Uint8Array, start: number, size: number): void {
    const at = this.reserve(size);
    copyBytes(source, start, this.bytes, at, size);
  }

  /** ASCII. */
  text(text: string): void {
    const at = this.reserve(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[at + i] = text.charCodeAt(i);
  }
}
