/**
 * The bytes of a HyperLogLog, as every Redis has them, to be read and changed in place.
 * Source: http://antirez.com/news/75
 *
 *     header  [ "HYLL" | encoding: 1 byte, 0 dense, 1 sparse | unused: 3 | estimate: 8, top bit set where it is out of date ]
 *     dense   [ 16,384 registers of 6 bits, lowest bits first ]
 *     sparse  [ runs of registers with one rank ]
 *
 * A run is one of `00nnnnnn` (n + 1 registers of rank 0), `01nnnnnn nnnnnnnn` (the same, up to 16,384) and `1rrrrrnn` (n + 1
 * registers of rank r + 1). Few elements take few bytes; each change searches the runs from the start. Where the runs would
 * take more than `hll-sparse-max-bytes`, or a rank is above 32, the registers become dense for good.
 *
 * Each change remembers the last run but one before it, which it cannot have joined with others, so that a next one behind it is
 * found at once: registers that are raised in their order, as in a merger, cost no search from the start each.
 *
 * A sketch is a scratch copy: it is loaded from a string, changed, and stored by the caller.
 *
 * @module
 */
import { allocateNative, copyBytes } from "../../server/api/mod.ts";
import { REGISTERS } from "./hash.ts";

/** Bytes before the registers. */
export const HEADER_BYTES = 16;
/** All bytes of a dense HyperLogLog. */
const DENSE_BYTES: number = HEADER_BYTES + REGISTERS * 6 / 8;
/** Index of the byte that names the encoding. */
export const ENCODING_AT = 4;
/** Value of that byte where the registers are dense. */
export const DENSE = 0;
const SPARSE = 1;
/** Index of the estimate's first byte. */
export const ESTIMATE_AT = 8;
/** The byte of the estimate with the bit that says that it is out of date. */
export const STALE_AT = 15;
/** That bit. */
export const STALE = 0x80;

/** Enough for all but the strangest sparse ones, which get more. */
const SCRATCH_BYTES = 64 * 1024;
const MAGIC = [0x48, 0x59, 0x4c, 0x4c];
const SHORT_RUN_MAX = 64;
const RANK_RUN_MAX = 4;
const SPARSE_RANK_MAX = 32;
/** Runs looked at after a change for two that can be one. */
const JOINED_RUNS_MAX = 5;
/** A change adds up to three bytes. */
const GROWTH_BYTES_MAX = 3;

/** Whether bytes begin as a HyperLogLog does, and have the length that a dense one must have. */
export function isSketch(bytes: Uint8Array, start: number, length: number): boolean {
  if (length < HEADER_BYTES) return false;
  for (let i = 0; i < MAGIC.length; i++) if (bytes[start + i] !== MAGIC[i]) return false;
  const encoding = bytes[start + ENCODING_AT];
  return encoding === SPARSE || (encoding === DENSE && length === DENSE_BYTES);
}

/** Reads a register of dense ones that begin at `start`. */
export function denseRank(bytes: Uint8Array, start: number, index: number): number {
  const at = start + ((index * 6) >>> 3);
  const shift = (index * 6) & 7;
  return ((bytes[at] >>> shift) | (shift > 2 ? bytes[at + 1] << (8 - shift) : 0)) & 63;
}

/** Writes a register of dense ones: at `start`, that which begins so many bits behind it. */
export function setDenseRank(bytes: Uint8Array, start: number, bit: number, rank: number): void {
  const at = start + (bit >>> 3);
  const shift = bit & 7;
  bytes[at] = (bytes[at] & ~(63 << shift)) | (rank << shift);
  if (shift > 2) bytes[at + 1] = (bytes[at + 1] & ~(63 >>> (8 - shift))) | (rank >>> (8 - shift));
}

/** Visits the runs of a sparse HyperLogLog's bytes; false where they are not 16,384 registers. */
export function visitRuns(
  bytes: Uint8Array,
  start: number,
  length: number,
  visit: (first: number, registers: number, rank: number) => void,
): boolean {
  let first = 0;
  const end = start + length;
  for (let at = start + HEADER_BYTES; at < end;) {
    const registers = runRegisters(bytes, at, end);
    if (first + registers > REGISTERS) return false;
    visit(first, registers, runRank(bytes[at]));
    first += registers;
    at += runBytes(bytes[at]);
  }
  return first === REGISTERS;
}

/** The rank of a register of a sparse HyperLogLog's bytes; -1 where the runs end before it. */
export function sparseRank(bytes: Uint8Array, start: number, length: number, index: number): number {
  const end = start + length;
  let left = index;
  for (let at = start + HEADER_BYTES; at < end;) {
    const first = bytes[at];
    if (first >= 0x80) left -= (first & 3) + 1;
    else if (first < 0x40) left -= first + 1;
    else left -= runRegisters(bytes, at++, end);
    if (left < 0) return runRank(first);
    at++;
  }
  return -1;
}

/** Bytes of a run, by its first one. */
export function runBytes(first: number): number {
  return (first & 0xc0) === 0x40 ? 2 : 1;
}

/** Rank of a run's registers, by its first byte. */
export function runRank(first: number): number {
  return first >= 0x80 ? ((first >>> 2) & 31) + 1 : 0;
}

/** How many registers a run has; what lies behind the end counts as 0. */
export function runRegisters(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  if (first >= 0x80) return (first & 3) + 1;
  if (first < 0x40) return first + 1;
  return (((first & 0x3f) << 8) | (at + 1 < end ? bytes[at + 1] : 0)) + 1;
}

/** A HyperLogLog to be changed. */
export class Sketch {
  /** Native memory, as the heap's is, for the sake of copying. */
  bytes: Uint8Array = new Uint8Array(allocateNative(SCRATCH_BYTES));
  length = 0;
  // A run that the last change has left as it was, its first register and that of the next run.
  #nearAt = HEADER_BYTES;
  #nearFirst = 0;
  #nearEnd = 0;

  /** Begins with no element: one run of rank 0. */
  clear(): this {
    this.bytes.fill(0, 0, HEADER_BYTES);
    this.bytes.set(MAGIC);
    this.bytes[ENCODING_AT] = SPARSE;
    this.length = HEADER_BYTES + putZeros(this.bytes, HEADER_BYTES, REGISTERS);
    this.#searchFromStart();
    return this;
  }

  /** Begins with bytes for which {@linkcode isSketch} holds. */
  load(bytes: Uint8Array, start: number, length: number): this {
    this.#reserve(length);
    copyBytes(bytes, start, this.bytes, 0, length);
    this.length = length;
    this.#searchFromStart();
    return this;
  }

  get isDense(): boolean {
    return this.bytes[ENCODING_AT] === DENSE;
  }

  /** Says that the estimate is out of date. */
  invalidate(): void {
    this.bytes[STALE_AT] |= STALE;
  }

  /**
   * Raises a register to a rank; whether it was lower. Null where the runs are no registers. Sparse ones become dense where
   * they would take more than `sparseBytesMax` with the header.
   */
  raise(index: number, rank: number, sparseBytesMax: number): boolean | null {
    if (!this.isDense) {
      const raised = rank > SPARSE_RANK_MAX ? undefined : this.#raiseSparse(index, rank, sparseBytesMax);
      if (raised !== undefined) return raised;
      if (!this.toDense()) return null;
    }
    if (denseRank(this.bytes, HEADER_BYTES, index) >= rank) return false;
    setDenseRank(this.bytes, HEADER_BYTES, index * 6, rank);
    return true;
  }

  /** Makes the registers dense; false where the runs are no registers. The header stays, but for the encoding. */
  toDense(): boolean {
    if (this.isDense) return true;
    const dense = new Uint8Array(DENSE_BYTES);
    const isWhole = visitRuns(this.bytes, 0, this.length, (first, registers, rank) => {
      if (rank === 0) return;
      for (let i = first; i < first + registers; i++) setDenseRank(dense, HEADER_BYTES, i * 6, rank);
    });
    if (!isWhole) return false;
    this.#reserve(DENSE_BYTES);
    copyBytes(dense, HEADER_BYTES, this.bytes, HEADER_BYTES, DENSE_BYTES - HEADER_BYTES);
    this.bytes[ENCODING_AT] = DENSE;
    this.length = DENSE_BYTES;
    return true;
  }

  /** Makes the registers dense ones of these ranks. */
  setRanks(ranks: Uint8Array): void {
    this.#reserve(DENSE_BYTES);
    const { bytes } = this;
    bytes[ENCODING_AT] = DENSE;
    this.length = DENSE_BYTES;
    for (let i = 0, at = HEADER_BYTES; i < REGISTERS; i += 4, at += 3) {
      const four = ranks[i] | (ranks[i + 1] << 6) | (ranks[i + 2] << 12) | (ranks[i + 3] << 18);
      bytes[at] = four;
      bytes[at + 1] = four >>> 8;
      bytes[at + 2] = four >>> 16;
    }
  }

  /** Undefined where it takes dense registers, null where the runs end before the register. */
  #raiseSparse(index: number, rank: number, bytesMax: number): boolean | null | undefined {
    const { bytes, length } = this;
    if (index < this.#nearEnd) this.#searchFromStart();
    let at = this.#nearAt;
    let first = this.#nearFirst;
    let before = -1;
    let beforeFirst = 0;
    let near = -1;
    let nearFirst = 0;
    for (; at < length; at += runBytes(bytes[at])) {
      const registers = runRegisters(bytes, at, length);
      if (index < first + registers) break;
      near = before;
      nearFirst = beforeFirst;
      before = at;
      beforeFirst = first;
      first += registers;
    }
    if (at >= length) return null;
    if (near < 0) this.#searchFromStart();
    else {
      this.#nearAt = near;
      this.#nearFirst = nearFirst;
      this.#nearEnd = beforeFirst;
    }
    const oldRank = runRank(bytes[at]);
    if (oldRank >= rank) return false;
    const registers = runRegisters(bytes, at, length);
    if (registers === 1 && runBytes(bytes[at]) === 1) bytes[at] = rankRun(rank, 1);
    else if (!this.#splitRun(at, oldRank, index - first, first + registers - 1 - index, rank, bytesMax)) {
      return undefined;
    }
    this.#joinRuns(before < 0 ? HEADER_BYTES : before);
    return true;
  }

  #searchFromStart(): void {
    this.#nearAt = HEADER_BYTES;
    this.#nearFirst = 0;
    this.#nearEnd = 0;
  }

  /** Replaces a run by what is before the register, the register, and what is behind; false where there is no room. */
  #splitRun(at: number, oldRank: number, left: number, right: number, rank: number, bytesMax: number): boolean {
    let size = putRun(parts, 0, oldRank, left);
    parts[size++] = rankRun(rank, 1);
    size += putRun(parts, size, oldRank, right);
    const oldSize = runBytes(this.bytes[at]);
    const growth = size - oldSize;
    if (growth > 0 && this.length + growth > bytesMax) return false;
    this.#reserve(this.length + growth);
    this.bytes.copyWithin(at + size, at + oldSize, this.length);
    for (let i = 0; i < size; i++) this.bytes[at + i] = parts[i];
    this.length += growth;
    return true;
  }

  /** Joins neighbours of one rank near the change. */
  #joinRuns(from: number): void {
    const { bytes } = this;
    let at = from;
    for (let looked = 0; at < this.length && looked < JOINED_RUNS_MAX; looked++) {
      const first = bytes[at];
      if (first >= 0x80 && at + 1 < this.length && bytes[at + 1] >= 0x80 && runRank(first) === runRank(bytes[at + 1])) {
        const registers = runRegisters(bytes, at, this.length) + runRegisters(bytes, at + 1, this.length);
        if (registers <= RANK_RUN_MAX) {
          bytes[at + 1] = rankRun(runRank(first), registers);
          bytes.copyWithin(at, at + 1, this.length);
          this.length--;
          continue;
        }
      }
      at += runBytes(first);
    }
  }

  #reserve(length: number): void {
    if (this.bytes.length >= length + GROWTH_BYTES_MAX) return;
    const larger = new Uint8Array(length * 2 + GROWTH_BYTES_MAX);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

function rankRun(rank: number, registers: number): number {
  return 0x80 | ((rank - 1) << 2) | (registers - 1);
}

/** Writes a run of any rank, or nothing for no register; its bytes. */
function putRun(target: Uint8Array, at: number, rank: number, registers: number): number {
  if (registers === 0) return 0;
  if (rank === 0) return putZeros(target, at, registers);
  target[at] = rankRun(rank, registers);
  return 1;
}

function putZeros(target: Uint8Array, at: number, registers: number): number {
  if (registers <= SHORT_RUN_MAX) {
    target[at] = registers - 1;
    return 1;
  }
  target[at] = 0x40 | ((registers - 1) >>> 8);
  target[at + 1] = registers - 1;
  return 2;
}

const parts = new Uint8Array(5);
