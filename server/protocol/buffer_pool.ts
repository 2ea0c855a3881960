/**
 * Output buffers that nobody is using, by size: powers of two from 1 KiB to 2 MiB.
 *
 * A connection holds an output buffer only from its first reply until that is sent. What was used last is used next, so
 * the buffers of a busy server stay in the processor's cache however many clients it has, and idle clients have none.
 *
 * @module
 */
const SMALLEST_LOG2 = 10;
const LARGEST_LOG2 = 21;
/** Bytes that are kept of each size. */
const KEPT_BYTES_PER_SIZE = 4 * 1024 * 1024;

/** Size of the largest buffer that is kept. */
export const POOLED_BYTES_MAX: number = 2 ** LARGEST_LOG2;

export class BufferPool {
  readonly #free: Uint8Array<ArrayBuffer>[][] = Array.from({ length: LARGEST_LOG2 - SMALLEST_LOG2 + 1 }, () => []);

  /** Bytes kept. */
  get bytes(): number {
    return this.#free.reduce((sum, list) => sum + list.reduce((bytes, buffer) => bytes + buffer.length, 0), 0);
  }

  /** A buffer of at least so many bytes, with arbitrary contents. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const log2 = Math.max(SMALLEST_LOG2, 32 - Math.clz32(bytes - 1));
    if (log2 > LARGEST_LOG2) return new Uint8Array(log2 < 31 ? 2 ** log2 : bytes);
    return this.#free[log2 - SMALLEST_LOG2].pop() ?? new Uint8Array(1 << log2);
  }

  /** Gives a buffer back; those of other origin and size are left to the garbage collector. */
  give(buffer: Uint8Array<ArrayBuffer>): void {
    const log2 = 31 - Math.clz32(buffer.length);
    if (log2 < SMALLEST_LOG2 || log2 > LARGEST_LOG2) return;
    const list = this.#free[log2 - SMALLEST_LOG2];
    if (list.length << log2 < KEPT_BYTES_PER_SIZE) list.push(buffer);
  }
}
