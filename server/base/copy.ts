/**
 * Copying bytes between a buffer and the heap, at the best price for each size.
 *
 * - A few bytes: a loop, about 1 ns each.
 * - Up to some hundred: eight at a time through `DataView`s, which need no alignment; 64 bytes cost 18 ns, where a view and
 *   `set` cost 55.
 * - More: `set`. On shared memory V8 copies by words where source and target are equally aligned, and byte by byte, five
 *   times slower, where they are not. Then the bytes take a detour over a scratch buffer that is aligned like the shared
 *   side: the second copy is an ordinary one within the cache.
 *
 * The `DataView`s of the last source and target are remembered, because a batch of requests uses the same ones throughout;
 * a single request is not worth making them.
 *
 * @module
 */
const LOOP_BYTES_MAX = 12;
const WORDS_BYTES_MAX = 256;
const SCRATCH_BYTES = 32 * 1024;

/** Up to this size a pair of buffers must have been used twice before views are made for it. */
const UNSEEN_BYTES_MAX = 96;

const scratch = new Uint8Array(SCRATCH_BYTES + 8);
let lastSource = scratch as Uint8Array;
let lastTarget = scratch as Uint8Array;
let seenSource = lastSource;
let seenTarget = lastTarget;
let sourceView = new DataView(scratch.buffer as ArrayBufferLike);
let targetView = sourceView;

/** Copies `size` bytes; source and target do not overlap. */
export function copyBytes(source: Uint8Array, start: number, target: Uint8Array, at: number, size: number): void {
  if (size <= LOOP_BYTES_MAX) {
    for (let i = 0; i < size; i++) target[at + i] = source[start + i];
  } else if (size <= WORDS_BYTES_MAX) copyWords(source, start, target, at, size);
  else if (((start ^ at) & 7) === 0) target.set(source.subarray(start, start + size), at);
  else copyUnaligned(source, start, target, at, size);
}

/** The last step overlaps the one before it, so that there is no rest. */
function copyWords(source: Uint8Array, start: number, target: Uint8Array, at: number, size: number): void {
  if (source !== lastSource || target !== lastTarget) {
    const isNew = source !== seenSource || target !== seenTarget;
    seenSource = source;
    seenTarget = target;
    if (isNew && size <= UNSEEN_BYTES_MAX) {
      for (let i = 0; i < size; i++) target[at + i] = source[start + i];
      return;
    }
    lastSource = source;
    lastTarget = target;
    sourceView = new DataView(source.buffer, source.byteOffset, source.byteLength);
    targetView = new DataView(target.buffer, target.byteOffset, target.byteLength);
  }
  const from = sourceView;
  const to = targetView;
  const last = size - 8;
  for (let i = 0; i < last; i += 8) to.setBigUint64(at + i, from.getBigUint64(start + i, true), true);
  to.setBigUint64(at + last, from.getBigUint64(start + last, true), true);
}

function copyUnaligned(source: Uint8Array, start: number, target: Uint8Array, at: number, size: number): void {
  const shift = (source.buffer instanceof SharedArrayBuffer ? start + source.byteOffset : at + target.byteOffset) & 7;
  for (let done = 0; done < size; done += SCRATCH_BYTES) {
    const part = Math.min(SCRATCH_BYTES, size - done);
    scratch.set(source.subarray(start + done, start + done + part), shift);
    target.set(scratch.subarray(shift, shift + part), at + done);
  }
}
