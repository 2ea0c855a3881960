/**
 * How a ref addresses memory.
 *
 * The heap is a list of segments, each one shared native memory of 1 GiB (see base/native_memory.ts) that the system
 * commits page by page as it is touched. A ref is a 32-bit integer: the number of an 8-byte granule, counted through all segments. So one heap reaches
 * 32 GiB; a block never crosses a segment; the index into a typed array stays below 2^31, beyond which V8 is many times
 * slower. Ref 0 is null.
 *
 *     ref   [ segment: 5 bits | granule within the segment: 27 bits ]
 *     unit  [ segment: 5 bits | 16 KiB unit within the segment: 16 bits ] = ref >>> 11
 *
 * A unit is what spans are made of, and the page of copy-on-write.
 *
 * @module
 */

/** Address of a block in a heap; 0 is null. Signed: use `>>>` to take it apart. */
export type Ref = number;

/** `ref >>> SEGMENT_SHIFT` is the index of the segment. */
export const SEGMENT_SHIFT = 27;
/** Masks the granule within the segment. */
const GRANULE_MASK: number = 2 ** 27 - 1;
/** Bytes in a segment. */
export const SEGMENT_BYTES: number = 2 ** 30;
/** Segments that a ref can reach. */
export const SEGMENTS_MAX = 32;

/** `ref >>> UNIT_SHIFT` is the number of the unit. */
export const UNIT_SHIFT = 11;
/** Bytes in a unit. */
export const UNIT_BYTES = 16384;
/** Units in a segment. */
export const SEGMENT_UNITS: number = SEGMENT_BYTES / UNIT_BYTES;

/** The memory of one segment under the widths that structures use. */
export class Segment {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;

  constructor(readonly buffer: SharedArrayBuffer) {
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f64 = new Float64Array(buffer);
  }
}

/** Index of a ref's first byte in its segment's `u8`. */
export function byteOf(ref: Ref): number {
  return (ref & GRANULE_MASK) << 3;
}

/** Index of a ref's first double in its segment's `f64`. */
export function doubleOf(ref: Ref): number {
  return ref & GRANULE_MASK;
}

/** Index of a ref's first word in its segment's `i32`. */
export function wordOf(ref: Ref): number {
  return (ref & GRANULE_MASK) << 1;
}
