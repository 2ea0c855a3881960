/**
 * Input and output buffers of connections that nobody is using, by size: powers of two from 1 KiB to 2 MiB.
 *
 * A connection holds an output buffer only from its first reply until that is sent. What was used last is used next, so
 * the buffers of a busy server stay in the processor's cache however many clients it has, and idle clients have none.
 *
 * The buffers are slots of one native memory, so that values are copied at full speed. They are cut out as they
 * are needed; when the memory is used up, further buffers are plain arrays.
 *
 * @module
 */
import { allocateNative } from "../base/native_memory.ts";

const SMALLEST_LOG2 = 10;
const LARGEST_LOG2 = 21;
const SIZES = LARGEST_LOG2 - SMALLEST_LOG2 + 1;
const MEMORY_BYTES = 64 * 1024 * 1024;
/** One size leaves room for others. */
const BYTES_PER_SIZE_MAX = 32 * 1024 * 1024;

/** Size of the largest buffer that is kept. */
export const POOLED_BYTES_MAX: number = 2 ** LARGEST_LOG2;

export class BufferPool {
  readonly #free: Uint8Array<ArrayBuffer>[][] = Array.from({ length: SIZES }, () => []);
  /** Made when the first buffer is taken. */
  #memory: ArrayBuffer | null = null;
  /** Bytes of the memory that have become slots, and how many of them for each size. */
  #cutBytes = 0;
  readonly #cutBytesOfSize = new Int32Array(SIZES);

  /** Bytes kept. */
  get bytes(): number {
    return this.#free.reduce((sum, list, index) => sum + (list.length << (index + SMALLEST_LOG2)), 0);
  }

  /** A buffer of at least so many bytes, with arbitrary contents. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const log2 = Math.max(SMALLEST_LOG2, 32 - Math.clz32(bytes - 1));
    if (log2 > LARGEST_LOG2) return new Uint8Array(log2 < 31 ? 2 ** log2 : bytes);
    return this.#free[log2 - SMALLEST_LOG2].pop() ?? this.#cut(log2);
  }

  /** Gives a buffer back; one that is no slot is left to the garbage collector. */
  give(buffer: Uint8Array<ArrayBuffer>): void {
    if (buffer.buffer === this.#memory) this.#free[31 - Math.clz32(buffer.length) - SMALLEST_LOG2].push(buffer);
  }

  #cut(log2: number): Uint8Array<ArrayBuffer> {
    const bytes = 1 << log2;
    const index = log2 - SMALLEST_LOG2;
    const first = this.#cutBytes;
    if (first + bytes > MEMORY_BYTES || this.#cutBytesOfSize[index] + bytes > BYTES_PER_SIZE_MAX) {
      return new Uint8Array(bytes);
    }
    this.#memory ??= allocateNative(MEMORY_BYTES);
    this.#cutBytes = first + bytes;
    this.#cutBytesOfSize[index] += bytes;
    return new Uint8Array(this.#memory, first, bytes);
  }
}
