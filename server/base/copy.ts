/**
 * Copying bytes between a buffer and the heap, at the best price for each size.
 *
 * - A few bytes: a loop, about 1 ns each.
 * - Between two native memories, which the heap and the output buffers are: one `memory.copy`.
 * - Else up to some hundred: eight at a time through `DataView`s, which need no alignment; 64 bytes cost 18 ns, where a view
 *   and `set` cost 55.
 * - More: where one side is native, over a staging buffer within the cache that is native too; else `set`. On shared memory
 *   V8 copies by words where source and target are equally aligned, and byte by byte, five times slower, where they are not;
 *   then the bytes take a detour over the staging buffer, aligned like the shared side.
 *
 * What the last pair of buffers needs is remembered, because a batch of requests uses the same ones throughout.
 *
 * @module
 */
import { allocateNative, type NativeCopy, nativeCopy } from "./native_memory.ts";

const LOOP_BYTES_MAX = 12;
const WORDS_BYTES_MAX = 256;
const STAGING_BYTES = 64 * 1024;

/** Up to this size a pair of plain arrays must have been used twice before views are made for it. */
const UNSEEN_BYTES_MAX = 96;

const staging = new Uint8Array(allocateNative(STAGING_BYTES));
const noBytes: Uint8Array = new Uint8Array(0);
const noView: DataView = new DataView(new ArrayBuffer(0));

// Caches: nothing depends on what they hold.

/** The memories that were copied between last, and the last arrays over them. */
const native = {
  source: noBytes,
  target: noBytes,
  sourceBuffer: noBytes.buffer,
  targetBuffer: noBytes.buffer,
  sourceOffset: 0,
  targetOffset: 0,
  copy: null as NativeCopy | null,
};

/** The array that bytes were moved within last: a command that moves them copies others before or after. */
const within = { bytes: noBytes, offset: 0, copy: null as NativeCopy | null };

/** The arrays that views exist for, and those that were used last. */
const last = { source: noBytes, target: noBytes, from: noView, to: noView, seenSource: noBytes, seenTarget: noBytes };

/** Copies `size` bytes; source and target do not overlap. */
export function copyBytes(source: Uint8Array, start: number, target: Uint8Array, at: number, size: number): void {
  if (size <= LOOP_BYTES_MAX) {
    for (let i = 0; i < size; i++) target[at + i] = source[start + i];
    return;
  }
  if (source !== native.source || target !== native.target) choosePair(source, target);
  const copy = native.copy;
  if (copy !== null) copy((native.targetOffset + at) | 0, (native.sourceOffset + start) | 0, size);
  else if (size <= WORDS_BYTES_MAX) copyWords(source, start, target, at, size);
  else copyMany(source, start, target, at, size);
}

/** Copies `size` bytes within one array, where they may overlap. */
export function moveBytes(bytes: Uint8Array, start: number, at: number, size: number): void {
  if (size <= 0 || start === at) return;
  if (size === 1) {
    bytes[at] = bytes[start];
    return;
  }
  if (bytes !== within.bytes) chooseArray(bytes);
  const { copy, offset } = within;
  if (copy !== null) copy((offset + at) | 0, (offset + start) | 0, size);
  else bytes.copyWithin(at, start, start + size);
}

/** Lets go of the buffers that were used last, so that they can be collected. */
export function forgetBuffers(): void {
  Object.assign(native, { source: noBytes, target: noBytes, copy: null });
  Object.assign(native, { sourceBuffer: noBytes.buffer, targetBuffer: noBytes.buffer });
  Object.assign(within, { bytes: noBytes, offset: 0, copy: null });
  Object.assign(last, { source: noBytes, target: noBytes, from: noView, to: noView });
  Object.assign(last, { seenSource: noBytes, seenTarget: noBytes });
}

function choosePair(source: Uint8Array, target: Uint8Array): void {
  const sourceBuffer = source.buffer;
  const targetBuffer = target.buffer;
  native.source = source;
  native.target = target;
  native.sourceOffset = source.byteOffset;
  native.targetOffset = target.byteOffset;
  if (sourceBuffer === native.sourceBuffer && targetBuffer === native.targetBuffer) return;
  native.sourceBuffer = sourceBuffer;
  native.targetBuffer = targetBuffer;
  native.copy = nativeCopy(sourceBuffer, targetBuffer);
}

function chooseArray(bytes: Uint8Array): void {
  within.bytes = bytes;
  within.offset = bytes.byteOffset;
  within.copy = nativeCopy(bytes.buffer, bytes.buffer);
}

/** The last step overlaps the one before it, so that there is no rest. */
function copyWords(source: Uint8Array, start: number, target: Uint8Array, at: number, size: number): void {
  if (source !== last.source || target !== last.target) {
    const isNew = source !== last.seenSource || target !== last.seenTarget;
    last.seenSource = source;
    last.seenTarget = target;
    if (isNew && size <= UNSEEN_BYTES_MAX) {
      for (let i = 0; i < size; i++) target[at + i] = source[start + i];
      return;
    }
    last.source = source;
    last.target = target;
    last.from = new DataView(source.buffer, source.byteOffset, source.byteLength);
    last.to = new DataView(target.buffer, target.byteOffset, target.byteLength);
  }
  const { from, to } = last;
  const tail = size - 8;
  for (let i = 0; i < tail; i += 8) to.setBigUint64(at + i, from.getBigUint64(start + i, true), true);
  to.setBigUint64(at + tail, from.getBigUint64(start + tail, true), true);
}

function copyMany(source: Uint8Array, start: number, target: Uint8Array, at: number, size: number): void {
  const stagedOut = nativeCopy(source.buffer, staging.buffer);
  const stagedIn = nativeCopy(staging.buffer, target.buffer);
  const fromShared = source.buffer instanceof SharedArrayBuffer;
  if ((fromShared && stagedOut === null) || (stagedIn === null && target.buffer instanceof SharedArrayBuffer)) {
    return copyShared(source, start, target, at, size, fromShared && stagedOut === null);
  }
  if (stagedOut === null && stagedIn === null) {
    target.set(source.subarray(start, start + size), at);
    return;
  }
  for (let done = 0; done < size; done += STAGING_BYTES) {
    const part = Math.min(STAGING_BYTES, size - done);
    if (stagedOut !== null) {
      stagedOut(0, source.byteOffset + start + done, part);
      target.set(staging.subarray(0, part), at + done);
    } else {
      staging.set(source.subarray(start + done, start + done + part));
      stagedIn!(target.byteOffset + at + done, 0, part);
    }
  }
}

/** Copies from or to shared memory that is not native. */
function copyShared(
  source: Uint8Array,
  start: number,
  target: Uint8Array,
  at: number,
  size: number,
  fromShared: boolean,
): void {
  const shift = (fromShared ? start + source.byteOffset : at + target.byteOffset) & 7;
  if (((start + source.byteOffset) & 7) === ((at + target.byteOffset) & 7)) {
    target.set(source.subarray(start, start + size), at);
    return;
  }
  const room = STAGING_BYTES - 8;
  for (let done = 0; done < size; done += room) {
    const part = Math.min(room, size - done);
    staging.set(source.subarray(start + done, start + done + part), shift);
    target.set(staging.subarray(shift, shift + part), at + done);
  }
}
