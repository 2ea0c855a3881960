/**
 * Input and output buffers of connections that nobody is using, by size: powers of two from 1 KiB to 2 MiB.
 *
 * A connection holds an output buffer only from its first reply until that is sent. What was used last is used next, so
 * the buffers of a busy server stay in the processor's cache however many clients it has, and idle clients have none.
 *
 * The buffers are slots of one native memory, so that values are copied at full speed. They are cut out as they are needed, and
 * the system commits what is touched. When the memory is used up, a larger slot that nobody uses will do, as there are many after
 * a time when much had to wait to be sent; where there is none, further buffers are plain arrays, which cost several times as
 * much. When little has been needed for a while, the memory is let go as a whole, and the next buffer begins another one.
 *
 * @module
 */
import { collectGarbage } from "../base/garbage.ts";
import { allocateNative } from "../base/native_memory.ts";

const SMALLEST_LOG2 = 10;
const LARGEST_LOG2 = 21;
const SIZES = LARGEST_LOG2 - SMALLEST_LOG2 + 1;
const MEMORY_BYTES = 256 * 1024 * 1024;
/** One size leaves room for others. */
const BYTES_PER_SIZE_MAX = MEMORY_BYTES / 2;
/** So much is never let go. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** Memory is let go when for so long not a quarter of it has been in use. */
const LET_GO_AFTER_MS = 10_000;

/** Size of the largest buffer that is kept. */
export const POOLED_BYTES_MAX: number = 2 ** LARGEST_LOG2;

export class BufferPool {
  readonly #free: Uint8Array<ArrayBuffer>[][] = Array.from({ length: SIZES }, () => []);
  /** Made when the first buffer is taken. */
  #memory: ArrayBuffer | null = null;
  /** Bytes of the memory that have become slots, and how many of them for each size. */
  #cutBytes = 0;
  readonly #cutBytesOfSize = new Int32Array(SIZES);
  /** Bytes in use, and the most since the last {@linkcode BufferPool.trim}. */
  #usedBytes = 0;
  #usedBytesPeak = 0;
  /** When much of it was in use last. */
  #neededMs = 0;

  /** Makes the memory before it is needed: in passing, that makes V8 collect garbage, which is better done before a client waits. */
  prepare(): void {
    this.#memory ??= allocateNative(MEMORY_BYTES);
  }

  /** Bytes kept. */
  get bytes(): number {
    return this.#free.reduce((sum, list, index) => sum + (list.length << (index + SMALLEST_LOG2)), 0);
  }

  /** A buffer of at least so many bytes, with arbitrary contents. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const log2 = Math.max(SMALLEST_LOG2, 32 - Math.clz32(bytes - 1));
    if (log2 > LARGEST_LOG2) return new Uint8Array(log2 < 31 ? 2 ** log2 : bytes);
    const slot = this.#free[log2 - SMALLEST_LOG2].pop() ?? this.#cut(log2) ?? this.#larger(log2);
    if (slot === undefined) return new Uint8Array(1 << log2);
    this.#usedBytes += slot.length;
    if (this.#usedBytes > this.#usedBytesPeak) this.#usedBytesPeak = this.#usedBytes;
    return slot;
  }

  /** Gives a buffer back; one that is no slot is left to the garbage collector. */
  give(buffer: Uint8Array<ArrayBuffer>): void {
    if (buffer.buffer !== this.#memory) return;
    this.#usedBytes -= buffer.length;
    this.#free[31 - Math.clz32(buffer.length) - SMALLEST_LOG2].push(buffer);
  }

  /** Lets memory go that is not needed any more; to be called now and then. `nowMs`: of any clock. */
  trim(nowMs: number): void {
    const isNeeded = this.#cutBytes <= KEPT_BYTES || this.#usedBytesPeak * 4 >= this.#cutBytes;
    this.#usedBytesPeak = this.#usedBytes;
    if (isNeeded) this.#neededMs = nowMs;
    if (nowMs - this.#neededMs < LET_GO_AFTER_MS) return;
    this.#memory = null;
    this.#cutBytes = this.#usedBytes = this.#usedBytesPeak = 0;
    this.#cutBytesOfSize.fill(0);
    for (const list of this.#free) list.length = 0;
    collectGarbage();
  }

  #cut(log2: number): Uint8Array<ArrayBuffer> | undefined {
    const bytes = 1 << log2;
    const index = log2 - SMALLEST_LOG2;
    const first = this.#cutBytes;
    if (first + bytes > MEMORY_BYTES || this.#cutBytesOfSize[index] + bytes > BYTES_PER_SIZE_MAX) return undefined;
    this.prepare();
    this.#cutBytes = first + bytes;
    this.#cutBytesOfSize[index] += bytes;
    return new Uint8Array(this.#memory!, first, bytes);
  }

  /** A free slot of the next size that has one. */
  #larger(log2: number): Uint8Array<ArrayBuffer> | undefined {
    for (let index = log2 - SMALLEST_LOG2 + 1; index < SIZES; index++) {
      const slot = this.#free[index].pop();
      if (slot !== undefined) return slot;
    }
    return undefined;
  }
}
