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
const noBytes: Uint8Array = new Uint8Array(0);
const noView: DataView = new DataView(new ArrayBuffer(0));

/** The pair that views exist for, and the pair that was used last. A cache: nothing depends on what it holds. */
const last = { source: noBytes, target: noBytes, from: noView, to: noView, seenSource: noBytes, seenTarget: noBytes };

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

function copyUnaligned(source: Uint8Array, start: number, target: Uint8Array, at: number, size: number): void {
  const shift = (source.buffer instanceof SharedArrayBuffer ? start + source.byteOffset : at + target.byteOffset) & 7;
  for (let done = 0; done < size; done += SCRATCH_BYTES) {
    const part = Math.min(SCRATCH_BYTES, size - done);
    scratch.set(source.subarray(start + done, start + done + part), shift);
    target.set(scratch.subarray(shift, shift + part), at + done);
  }
}
