/**
 * The heap: all data of a server, outside the JavaScript heap, so that no garbage collector ever walks it.
 *
 * Small blocks (up to 128 KiB) come from *spans*, runs of 16 KiB units that hold blocks of one size class. A span knows
 * its free blocks as a list threaded through them, and how far into its never-used part it has got, so fresh memory is
 * touched only when it is handed out. Spans of a class that have room form a list; a span whose last block is freed
 * gives its units back, to be joined with free neighbours. Larger blocks are runs of units.
 *
 * What must stay true:
 * - `usedBytes` is exactly the sum of the sizes of live blocks, and `blockBytes(ref)` tells each size: nobody has to
 *   remember how much was asked for.
 * - Whoever changes a block calls {@linkcode Heap.willWrite} first (a new block is ready to be written). While a view is
 *   frozen, this sets the old unit aside; else it is one comparison.
 * - The contents of a new block are arbitrary.
 * - Where the heap is full, an operation on data fails before it has changed anything: it allocates first, and what its
 *   tables still need then is granted beyond the limit.
 *
 * Costs: allocating or freeing takes about 10 ns, and a cache miss where the block is cold.
 *
 * @module
 */
import { assert } from "../base/assert.ts";
import { copyBytes, forgetBuffers } from "../base/copy.ts";
import { canCollectGarbage, collectGarbage } from "../base/garbage.ts";
import { LimitError } from "../base/limit_error.ts";
import { allocateNativeShared } from "../base/native_memory.ts";
import { FrozenView } from "./frozen_view.ts";
import {
  byteOf,
  type Ref,
  Segment,
  SEGMENT_BYTES,
  SEGMENT_SHIFT,
  SEGMENT_UNITS,
  SEGMENTS_MAX,
  UNIT_BYTES,
  UNIT_SHIFT,
  wordOf,
} from "./layout.ts";
import { CLASS_BYTES_MAX, CLASS_COUNT, classBlocks, classBytes, classOf, classUnits } from "./size_classes.ts";
import { UnitRuns } from "./unit_runs.ts";

/** The heap is as large as `maxheap` or the address range allows. */
export class HeapExhaustedError extends Error {
  override name = "HeapExhaustedError";
}

const NONE = -1;
/** Longest block: what a segment holds beside the unit of the null ref. */
const BLOCK_UNITS_MAX = SEGMENT_UNITS - 1;
/** Part of the address range that is left for what is granted beyond the limit. */
const HEADROOM_BYTES = 64 * 1024 ** 2;
/** A first segment of which no more was ever touched stays when everything is freed. */
const KEPT_UNITS_MAX = 64 * 1024 ** 2 / UNIT_BYTES;
/** From when segments go back until garbage is collected. */
const COLLECT_AFTER_MS = 50;
/** Marks the first unit of a block that is a run of units. */
const LARGE = 255;
const RETIRED = new Segment(new SharedArrayBuffer(0));

/** One server's data. */
export class Heap {
  /** Index with `ref >>> SEGMENT_SHIFT`. Replaced entries are never shared with live refs. */
  readonly segments: Segment[] = [];
  /** Sum of the sizes of all live blocks. */
  usedBytes = 0;
  /** How many blocks are live. */
  liveBlocks = 0;
  /** Upper bound of memory taken by spans and large blocks, but for {@linkcode Heap.allocateBeyond}. */
  readonly bytesMax: number;
  /** Whether a view is frozen, so that writers must set units aside. */
  frozen = false;

  #view: FrozenView | null = null;
  #mappedUnits = 0;
  /** The end of what was touched of the first segment. */
  #touchedUnits = 0;
  #collecting = false;
  #beyondLimit = false;
  readonly #runs = new UnitRuns();
  /** Per unit: the class of the span or `LARGE` at every unit of it; 0 when free. */
  #unitClass = new Uint8Array(0);
  /** Per unit: the first unit of its span or large block. */
  #unitFirst = new Int32Array(0);
  // Per first unit of a span: free list, blocks ever handed out, live blocks, neighbours in the class's list.
  #spanFree = new Int32Array(0);
  #spanFresh = new Int32Array(0);
  /** Live blocks of a span; of a large block its length in units. */
  #spanLive = new Int32Array(0);
  #spanNext = new Int32Array(0);
  #spanPrevious = new Int32Array(0);
  /** Per class: a span with room, head of the list of those. */
  readonly #available = new Int32Array(CLASS_COUNT).fill(NONE);

  constructor(bytesMax: number = Infinity) {
    this.bytesMax = Math.min(bytesMax, SEGMENTS_MAX * SEGMENT_BYTES - HEADROOM_BYTES);
  }

  /**
   * Allocates at least `bytes` bytes, aligned to 8 (blocks of 64 bytes and more that are powers of two: to their size).
   * Throws {@linkcode HeapExhaustedError}, and {@linkcode LimitError} for more than one block can be.
   */
  allocate(bytes: number): Ref {
    if (bytes > CLASS_BYTES_MAX) return this.#allocateLarge(bytes);
    const sizeClass = classOf(bytes);
    let span = this.#available[sizeClass];
    if (span === NONE) span = this.#addSpan(sizeClass);
    let ref = this.#spanFree[span];
    if (ref !== 0) this.#spanFree[span] = this.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref)];
    else ref = (span << UNIT_SHIFT) + this.#spanFresh[span]++ * (classBytes[sizeClass] >>> 3);
    if (++this.#spanLive[span] === classBlocks[sizeClass]) this.#unlistSpan(span, sizeClass);
    this.usedBytes += classBytes[sizeClass];
    this.liveBlocks++;
    if (this.frozen) this.#setAside(ref, classBytes[sizeClass]);
    return ref;
  }

  /** The same for what an operation needs that has begun to change data: `bytesMax` does not hold for it. */
  allocateBeyond(bytes: number): Ref {
    this.#beyondLimit = true;
    try {
      return this.allocate(bytes);
    } finally {
      this.#beyondLimit = false;
    }
  }

  /** Frees a block. */
  free(ref: Ref): void {
    const unit = ref >>> UNIT_SHIFT;
    const sizeClass = this.#unitClass[unit];
    if (sizeClass === LARGE) return this.#freeLarge(unit);
    assert(sizeClass !== 0, "freed block is not live");
    if (this.frozen) this.#setAside(ref, 4);
    const span = this.#unitFirst[unit];
    this.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref)] = this.#spanFree[span];
    this.#spanFree[span] = ref;
    this.usedBytes -= classBytes[sizeClass];
    this.liveBlocks--;
    const live = --this.#spanLive[span];
    if (live + 1 === classBlocks[sizeClass]) this.#listSpan(span, sizeClass);
    else if (live === 0 && (this.#available[sizeClass] !== span || this.#spanNext[span] !== NONE)) {
      this.#unlistSpan(span, sizeClass);
      this.#giveUnits(span, classUnits[sizeClass]);
    }
  }

  /** Usable bytes of a live block. */
  blockBytes(ref: Ref): number {
    const unit = ref >>> UNIT_SHIFT;
    const sizeClass = this.#unitClass[unit];
    return sizeClass === LARGE ? this.#spanLive[unit] * UNIT_BYTES : classBytes[sizeClass];
  }

  /** What {@linkcode Heap.blockBytes} would be for a block allocated with so many bytes. */
  blockBytesFor(bytes: number): number {
    return bytes > CLASS_BYTES_MAX ? Math.ceil(bytes / UNIT_BYTES) * UNIT_BYTES : classBytes[classOf(bytes)];
  }

  /**
   * A block with at least `bytes` bytes that begins with the first `keepBytes` of `ref`: the same one where its size is
   * still right, else a new one, and `ref` is freed.
   */
  resize(ref: Ref, keepBytes: number, bytes: number): Ref {
    if (this.blockBytes(ref) === this.blockBytesFor(bytes)) return ref;
    const moved = this.allocate(bytes);
    this.copy(ref, moved, Math.min(keepBytes, bytes));
    this.free(ref);
    return moved;
  }

  /** Copies the first bytes of one block to another, which is ready to be written. */
  copy(from: Ref, to: Ref, bytes: number): void {
    const source = this.segments[from >>> SEGMENT_SHIFT];
    const target = this.segments[to >>> SEGMENT_SHIFT];
    if (bytes <= 64) {
      const words = (bytes + 3) >>> 2;
      const fromWord = wordOf(from);
      const toWord = wordOf(to);
      for (let i = 0; i < words; i++) target.i32[toWord + i] = source.i32[fromWord + i];
    } else copyBytes(source.u8, byteOf(from), target.u8, byteOf(to), bytes);
  }

  /** To be called before bytes of a block that existed before are changed. `ref` may point into the block. */
  willWrite(ref: Ref, bytes: number): void {
    if (this.frozen) this.#setAside(ref, bytes);
  }

  /**
   * Freezes the present contents: until the view is released, it reads every block as it is now, from this thread or
   * from a worker, while writes go on. One view at a time.
   */
  freeze(): FrozenView {
    assert(!this.frozen, "a view is frozen already");
    this.frozen = true;
    this.#view = new FrozenView(this.segments.map((segment) => segment.buffer));
    return this.#view;
  }

  /** Ends a view; what was set aside for it goes back to the system. */
  release(view: FrozenView): void {
    assert(this.#view === view, "the view is not this heap's");
    this.#view = null;
    this.frozen = false;
  }

  /**
   * Frees everything at once, without touching it: the segments go back to the system, but the first one where it was hardly
   * used, and all of them where nobody would collect them. A frozen view keeps its own.
   */
  reset(): void {
    const hardlyUsed = this.#mappedUnits === SEGMENT_UNITS && this.#touchedUnits <= KEPT_UNITS_MAX;
    const kept = !this.frozen && (hardlyUsed || !canCollectGarbage) ? [...this.segments] : [];
    this.#runs.clear();
    this.#unitClass.fill(0);
    this.segments.fill(RETIRED);
    this.#mappedUnits = 0;
    kept.forEach((segment, index) => {
      if (segment !== RETIRED) this.#placeSegment(index, segment);
    });
    if (kept.length === 0) {
      this.#touchedUnits = 0;
      this.#collectSoon();
    }
    this.#available.fill(NONE);
    this.usedBytes = 0;
    this.liveBlocks = 0;
  }

  /** Bytes taken from the system's address range by live spans and large blocks: `usedBytes` and their free room. */
  get reservedBytes(): number {
    return (this.#mappedUnits - this.#runs.freeUnits) * UNIT_BYTES;
  }

  /** Calls `visit` with every live block; for the verifier. */
  forEachBlock(visit: (ref: Ref, bytes: number) => void): void {
    const units = this.#unitClass.length;
    for (let unit = 0; unit < units;) {
      const sizeClass = this.#unitClass[unit];
      if (sizeClass === 0) unit++;
      else if (sizeClass === LARGE) {
        if (unit !== 0) visit(unit << UNIT_SHIFT, this.#spanLive[unit] * UNIT_BYTES);
        unit += this.#spanLive[unit];
      } else {
        this.#forEachBlockOfSpan(unit, sizeClass, visit);
        unit += classUnits[sizeClass];
      }
    }
  }

  #forEachBlockOfSpan(span: number, sizeClass: number, visit: (ref: Ref, bytes: number) => void): void {
    const granules = classBytes[sizeClass] >>> 3;
    const start = span << UNIT_SHIFT;
    const free = new Set<number>();
    for (let ref = this.#spanFree[span]; ref !== 0;) {
      assert(!free.has(ref), "a block is twice in its free list");
      assert(this.#unitFirst[ref >>> UNIT_SHIFT] === span, "a free list leaves its span");
      free.add(ref);
      ref = this.segments[ref >>> SEGMENT_SHIFT].i32[wordOf(ref)];
    }
    let live = 0;
    for (let i = 0; i < this.#spanFresh[span]; i++) {
      const ref = (start + i * granules) | 0;
      if (free.has(ref)) continue;
      live++;
      visit(ref, classBytes[sizeClass]);
    }
    assert(live === this.#spanLive[span], "a span's count of live blocks is wrong");
  }

  #allocateLarge(bytes: number): Ref {
    const units = Math.ceil(bytes / UNIT_BYTES);
    if (units > BLOCK_UNITS_MAX) {
      throw new LimitError(`${bytes} bytes do not fit into one block, which has up to ${BLOCK_UNITS_MAX * UNIT_BYTES}`);
    }
    const first = this.#takeUnits(units, LARGE);
    this.#spanLive[first] = units;
    this.usedBytes += units * UNIT_BYTES;
    this.liveBlocks++;
    const ref = first << UNIT_SHIFT;
    if (this.frozen) this.#setAside(ref, units * UNIT_BYTES);
    return ref;
  }

  #freeLarge(unit: number): void {
    const units = this.#spanLive[unit];
    assert(this.#unitFirst[unit] === unit, "freed ref is not the start of its block");
    this.usedBytes -= units * UNIT_BYTES;
    this.liveBlocks--;
    this.#giveUnits(unit, units);
  }

  #addSpan(sizeClass: number): number {
    const span = this.#takeUnits(classUnits[sizeClass], sizeClass);
    this.#spanFree[span] = 0;
    this.#spanFresh[span] = 0;
    this.#spanLive[span] = 0;
    this.#listSpan(span, sizeClass);
    return span;
  }

  #listSpan(span: number, sizeClass: number): void {
    const head = this.#available[sizeClass];
    this.#spanNext[span] = head;
    this.#spanPrevious[span] = NONE;
    if (head !== NONE) this.#spanPrevious[head] = span;
    this.#available[sizeClass] = span;
  }

  #unlistSpan(span: number, sizeClass: number): void {
    const next = this.#spanNext[span];
    const previous = this.#spanPrevious[span];
    if (next !== NONE) this.#spanPrevious[next] = previous;
    if (previous !== NONE) this.#spanNext[previous] = next;
    else this.#available[sizeClass] = next;
  }

  #takeUnits(units: number, mark: number): number {
    let first = NONE;
    if (this.#beyondLimit || this.reservedBytes + units * UNIT_BYTES <= this.bytesMax) {
      first = this.#runs.take(units);
      if (first === NONE && this.#addSegment()) first = this.#runs.take(units);
    }
    if (first === NONE) throw new HeapExhaustedError(`no room for ${units * UNIT_BYTES} bytes in the heap`);
    if (first < SEGMENT_UNITS) this.#touchedUnits = Math.max(this.#touchedUnits, first + units);
    this.#unitClass.fill(mark, first, first + units);
    this.#unitFirst.fill(first, first, first + units);
    return first;
  }

  #giveUnits(first: number, units: number): void {
    this.#unitClass.fill(0, first, first + units);
    const run = this.#runs.give(first, units);
    // A segment that became wholly free goes back to the system; the first one holds the null ref and stays.
    if (canCollectGarbage && this.#runs.lengthAt(run) === SEGMENT_UNITS) {
      this.#runs.withdraw(run);
      this.segments[run / SEGMENT_UNITS] = RETIRED;
      this.#mappedUnits -= SEGMENT_UNITS;
      this.#collectSoon();
    }
  }

  /** Has segments collected that went back, once those who used them do something else. */
  #collectSoon(): void {
    if (!canCollectGarbage || this.#collecting) return;
    this.#collecting = true;
    const timer = setTimeout(() => {
      this.#collecting = false;
      forgetBuffers();
      collectGarbage();
    }, COLLECT_AFTER_MS);
    Deno.unrefTimer(timer);
  }

  /** False where the address range ends, or the system has no more. */
  #addSegment(): boolean {
    let index = this.segments.indexOf(RETIRED);
    if (index < 0) index = this.segments.length;
    if (index >= SEGMENTS_MAX) return false;
    const segment = newSegment();
    if (segment === null) return false;
    if (index * SEGMENT_UNITS >= this.#unitClass.length) this.#reach(index + 1);
    this.#placeSegment(index, segment);
    return true;
  }

  #placeSegment(index: number, segment: Segment): void {
    this.segments[index] = segment;
    this.#mappedUnits += SEGMENT_UNITS;
    const first = index * SEGMENT_UNITS;
    if (index > 0) this.#runs.give(first, SEGMENT_UNITS);
    else {
      // Unit 0 is never handed out, so that ref 0 can be null.
      this.#runs.give(1, SEGMENT_UNITS - 1);
      this.#unitClass[0] = LARGE;
      this.#spanLive[0] = 1;
    }
  }

  #reach(segments: number): void {
    const units = segments * SEGMENT_UNITS;
    this.#runs.reach(segments);
    const grown = (old: Int32Array) => {
      const array = new Int32Array(units);
      array.set(old);
      return array;
    };
    const unitClass = new Uint8Array(units);
    unitClass.set(this.#unitClass);
    this.#unitClass = unitClass;
    this.#unitFirst = grown(this.#unitFirst);
    this.#spanFree = grown(this.#spanFree);
    this.#spanFresh = grown(this.#spanFresh);
    this.#spanLive = grown(this.#spanLive);
    this.#spanNext = grown(this.#spanNext);
    this.#spanPrevious = grown(this.#spanPrevious);
  }

  #setAside(ref: Ref, bytes: number): void {
    this.#view!.setAside(ref, bytes, this.segments);
  }
}

/** Null where the system refuses. */
function newSegment(): Segment | null {
  try {
    return new Segment(allocateNativeShared(SEGMENT_BYTES));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
