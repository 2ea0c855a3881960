/**
 * The hash table of the keyspace, and of every large hash, set and index: extendible hashing over cache-line buckets.
 *
 * The table holds refs of *elements*: heap blocks that contain their key. It grows without a pause, because it never
 * rehashes as a whole: when a segment (64 buckets, 4 KiB) is full, that segment alone is split in two.
 *
 *     hash   [ directory index: `depth` bits | bucket: 6 bits | … | tag: low 8 bits ]
 *     bucket [ 12 refs | 12 tags of a byte, 0 = empty | overflow: 16 bits, unused: 16 bits ]   64 bytes, one cache line
 *
 * The directory has 2^depth entries; a segment of local depth d stands in 2^(depth-d) of them, as `ref | d` (segments are
 * aligned to 4 KiB, which leaves the low bits free). A table that is small has no directory: one segment of 1 to 64
 * buckets. An element goes into its home bucket or, where that is full, into one of the next; `overflow` counts the
 * elements that passed a bucket by, so a search stops at the first bucket that none has passed, and no tombstones exist.
 *
 * Positions follow the hash from the top bit down, whatever the number of segments and buckets. So a scan is a walk
 * through the hash values from 0 to 2^32: an element that is there from start to end is met, however the table grows and
 * shrinks meanwhile, and the cursor is the next hash value.
 *
 * A search costs a miss for the bucket and one for the element that matches; 12 tags are compared in three words.
 *
 * @module
 */
import { assert } from "../base/assert.ts";
import { hashBytes } from "../base/hash.ts";
import type { Random } from "../base/random.ts";
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_BYTES, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import type { Key } from "./key.ts";

const SLOTS = 12;
const TAGS_WORD = 12;
const META_WORD = 15;
const BUCKET_WORDS = 16;
const BUCKET_BYTES = 64;
const BUCKET_GRANULES = 8;
const OVERFLOW_MASK = 0xffff;

const SEGMENT_BUCKETS_LOG2 = 6;
const SEGMENT_BUCKETS = 64;
/** The most elements that a segment holds. */
export const SEGMENT_SLOTS: number = SEGMENT_BUCKETS * SLOTS;
/** How far from home an element may go before its segment counts as full. */
const PROBE_BUCKETS_MAX = 8;
/** Removals between two looks at whether segments can be joined. */
const REMOVALS_PER_SHRINK = 32;
const LOCAL_DEPTH_MASK = 31;
const DEPTH_MAX = 24;

// The header block: count, root (the segment or the directory), depth and size of a lone segment (and, of a table that is
// taken apart, how far that has come), deepest segments.
const HEADER_BYTES = 16;
const COUNT = 0;
const ROOT = 1;
const SHAPE = 2;
const DEEPEST = 3;
/** Positions between two places where taking a table apart can be interrupted: 16 bits of the shape tell which. */
const DRAIN_STEP = 65536;

/** Bits of an element's length word that are its key's length: enough for any, since an element lies in one heap segment. */
export const KEY_LENGTH_MASK: number = SEGMENT_BYTES - 1;
/** Where a table is taken apart, one segment is freed in the time of so many elements. */
export const ELEMENTS_PER_FREED_SEGMENT = 8;

/** Flag in an element's length word: two more words stand before the key. */
export const KEY_SHIFTED_FLAG: number = 1 << 30;

const gatheredRefs = new Int32Array(SEGMENT_SLOTS);
const gatheredHashes = new Int32Array(SEGMENT_SLOTS);

/**
 * A table, opened on its header block. `lengthWord` and `keyWord` say where in an element the length of its key and the
 * key's first word are.
 */
export class HashTable {
  #header: Ref = 0;
  #count = 0;
  #root: Ref = 0;
  #depth = 0;
  /** Size of the segments, as a power of two of buckets: 6 unless the table is one small segment. */
  #bucketsLog2 = 0;
  /** Segments whose local depth is the table's. */
  #deepest = 0;

  // Where the last search ended: the hash, the segment, its first word and its array, the home bucket, and the slot if found.
  #hash = 0;
  #segmentEntry = 0;
  #words: Int32Array = new Int32Array(0);
  #base = 0;
  #home = 0;
  #bucket = 0;
  #slot = 0;

  constructor(readonly heap: Heap, readonly lengthWord: number, readonly keyWord: number) {}

  /** Makes an empty table; its header block. */
  static create(heap: Heap): Ref {
    const header = heap.allocateBeyond(HEADER_BYTES);
    const words = heap.segments[header >>> SEGMENT_SHIFT].i32;
    const at = wordOf(header);
    words[at + COUNT] = 0;
    words[at + ROOT] = emptySegment(heap, 0);
    words[at + SHAPE] = 0;
    words[at + DEEPEST] = 1;
    return header;
  }

  /** Opens a table by its header block. */
  open(header: Ref): this {
    const words = this.heap.segments[header >>> SEGMENT_SHIFT].i32;
    const at = wordOf(header);
    this.#header = header;
    this.#count = words[at + COUNT];
    this.#root = words[at + ROOT];
    this.#depth = words[at + SHAPE] & 0xff;
    this.#bucketsLog2 = (words[at + SHAPE] >>> 8) & 0xff;
    this.#deepest = words[at + DEEPEST];
    return this;
  }

  /** The header block. */
  get header(): Ref {
    return this.#header;
  }

  /** Number of elements. */
  get count(): number {
    return this.#count;
  }

  /** Number of slots, as `DEBUG HTSTATS` and the sampling of random elements see it. */
  get capacity(): number {
    let slots = 0;
    this.#forEachSegment(() => slots += SLOTS << this.#bucketsLog2);
    return slots;
  }

  /** Finds the element with a key; 0 when there is none. What was found can then be replaced or removed. */
  find(key: Key): Ref {
    const hash = key.hash;
    this.#locate(hash);
    const words = this.#words;
    const mask = (1 << this.#bucketsLog2) - 1;
    const pattern = Math.imul(tagOf(hash), 0x01010101);
    let bucket = this.#home;
    for (let probes = 0; probes <= mask; probes++) {
      const at = this.#base + bucket * BUCKET_WORDS;
      // The bits of all three words in one: the processor cannot guess in which a tag will be.
      let candidates = equalTags(words[at + TAGS_WORD], pattern) |
        (equalTags(words[at + TAGS_WORD + 1], pattern) << 1) |
        (equalTags(words[at + TAGS_WORD + 2], pattern) << 2);
      while (candidates !== 0) {
        const bit = 31 - Math.clz32(candidates & -candidates);
        const slot = ((bit & 7) << 2) + (bit >>> 3);
        const ref = words[at + slot];
        if (this.#hasKey(ref, key)) {
          this.#bucket = bucket;
          this.#slot = slot;
          return ref;
        }
        candidates &= candidates - 1;
      }
      if ((words[at + META_WORD] & OVERFLOW_MASK) === 0) return 0;
      bucket = (bucket + 1) & mask;
    }
    return 0;
  }

  /** Finds an element by its hash and ref, as {@linkcode HashTable.find} does by key. */
  findElement(hash: number, ref: Ref): boolean {
    this.#locate(hash);
    const words = this.#words;
    const mask = (1 << this.#bucketsLog2) - 1;
    let bucket = this.#home;
    for (let probes = 0; probes <= mask; probes++) {
      const at = this.#base + bucket * BUCKET_WORDS;
      for (let slot = 0; slot < SLOTS; slot++) {
        if (words[at + slot] === ref && tagAt(words, at, slot) !== 0) {
          this.#bucket = bucket;
          this.#slot = slot;
          return true;
        }
      }
      if ((words[at + META_WORD] & OVERFLOW_MASK) === 0) return false;
      bucket = (bucket + 1) & mask;
    }
    return false;
  }

  /** Adds an element whose key is not in the table. */
  insert(hash: number, ref: Ref): void {
    this.#locate(hash);
    while (!this.#place(this.#words, this.#base, this.#home, hash, ref, PROBE_BUCKETS_MAX)) {
      if (this.#bucketsLog2 < SEGMENT_BUCKETS_LOG2) this.#resizeLoneSegment(this.#bucketsLog2 + 1);
      else this.#split(hash);
      this.#locate(hash);
    }
    this.#setCount(this.#count + 1);
  }

  /** Puts another block in the place of the element just found, with the same key. */
  replace(ref: Ref): void {
    const at = this.#base + this.#bucket * BUCKET_WORDS;
    this.heap.willWrite(this.#bucketRef(this.#bucket), BUCKET_BYTES);
    this.#words[at + this.#slot] = ref;
  }

  /** Takes the element just found out of the table. The block itself stays the caller's. */
  remove(): void {
    const words = this.#words;
    const mask = (1 << this.#bucketsLog2) - 1;
    for (let bucket = this.#home; bucket !== this.#bucket; bucket = (bucket + 1) & mask) {
      this.heap.willWrite(this.#bucketRef(bucket), BUCKET_BYTES);
      words[this.#base + bucket * BUCKET_WORDS + META_WORD]--;
    }
    this.heap.willWrite(this.#bucketRef(this.#bucket), BUCKET_BYTES);
    setTag(words, this.#base + this.#bucket * BUCKET_WORDS, this.#slot, 0);
    this.#setCount(this.#count - 1);
    if (this.#count % REMOVALS_PER_SHRINK === 0) this.#shrink();
  }

  /**
   * Visits the elements of the bucket at a position (0 at first) and returns the next position, 0 at the end.
   * `visit` must not change the table.
   */
  scan(position: number, visit: (ref: Ref) => void): number {
    this.#locate(position | 0);
    const words = this.#words;
    const mask = (1 << this.#bucketsLog2) - 1;
    const home = this.#home;
    // Elements are strangers here, or ours elsewhere, only where some were passed on.
    const before = this.#base + ((home - 1) & mask) * BUCKET_WORDS;
    const strangers = mask > 0 && (words[before + META_WORD] & OVERFLOW_MASK) !== 0;
    let bucket = home;
    for (let probes = 0; probes <= mask; probes++) {
      const at = this.#base + bucket * BUCKET_WORDS;
      for (let slot = 0; slot < SLOTS; slot++) {
        if (tagAt(words, at, slot) === 0) continue;
        const ref = words[at + slot];
        if ((!strangers && probes === 0) || this.#homeOf(this.hashOf(ref)) === home) visit(ref);
      }
      if ((words[at + META_WORD] & OVERFLOW_MASK) === 0) break;
      bucket = (bucket + 1) & mask;
    }
    return this.#positionAfter(position);
  }

  /**
   * Takes out whatever lies in the bucket at a position (0 at first) and visits it; the next position, 0 at the end. For
   * tables that nobody searches any more: `visit` may free the elements.
   */
  drain(position: number, visit: (ref: Ref) => void): number {
    this.#locate(position | 0);
    const words = this.#words;
    const at = this.#base + this.#home * BUCKET_WORDS;
    this.heap.willWrite(this.#bucketRef(this.#home), BUCKET_BYTES);
    let taken = 0;
    for (let slot = 0; slot < SLOTS; slot++) {
      if (tagAt(words, at, slot) === 0) continue;
      setTag(words, at, slot, 0);
      taken++;
      visit(words[at + slot]);
    }
    if (taken > 0) this.#setCount(this.#count - taken);
    return this.#positionAfter(position);
  }

  /**
   * Takes out about so many elements, of a table that is only opened again to go on with it: how far it came stands in
   * the header. False when none is left.
   */
  drainPart(elementsMax: number, visit: (ref: Ref) => void): boolean {
    const shapeAt = wordOf(this.#header) + SHAPE;
    const { i32 } = this.heap.segments[this.#header >>> SEGMENT_SHIFT];
    const enough = Math.max(0, this.#count - elementsMax);
    let position = (i32[shapeAt] >>> 16) * DRAIN_STEP;
    while (this.#count > enough || (this.#count > 0 && position % DRAIN_STEP !== 0)) {
      position = this.drain(position, visit);
    }
    this.heap.willWrite(this.#header, HEADER_BYTES);
    i32[shapeAt] = (i32[shapeAt] & 0xffff) | ((position / DRAIN_STEP) << 16);
    return this.#count > 0;
  }

  /** Visits every element once. `visit` must not change the table. */
  forEach(visit: (ref: Ref) => void): void {
    this.#forEachSegment((entry) => {
      const { words, base } = this.#view(this.#segmentRef(entry));
      const end = base + (BUCKET_WORDS << this.#bucketsLog2);
      for (let at = base; at < end; at += BUCKET_WORDS) {
        for (let slot = 0; slot < SLOTS; slot++) if (tagAt(words, at, slot) !== 0) visit(words[at + slot]);
      }
    });
  }

  /**
   * Writes the elements of the segment at a place, 0 at first, to `refs`, which has room for {@linkcode SEGMENT_SLOTS}; how
   * many. With {@linkcode HashTable.placeAfter} a walk like {@linkcode HashTable.forEach} that calls nobody: `SINTER` of small sets
   * is a tenth faster by it.
   */
  elementsAt(place: number, refs: Int32Array): number {
    const ref = this.#segmentRef(this.#depth === 0 ? this.#root : this.#directoryEntry(place));
    const words = this.heap.segments[ref >>> SEGMENT_SHIFT].i32;
    const base = wordOf(ref);
    const end = base + (BUCKET_WORDS << this.#bucketsLog2);
    let count = 0;
    for (let at = base; at < end; at += BUCKET_WORDS) {
      for (let group = 0; group < 3; group++) {
        // Written whether it is taken or not, and counted without a branch, which would be wrong half of the time.
        const taken = takenTags(words[at + TAGS_WORD + group]);
        const slot = at + (group << 2);
        refs[count] = words[slot];
        count += taken & 1;
        refs[count] = words[slot + 1];
        count += (taken >>> 8) & 1;
        refs[count] = words[slot + 2];
        count += (taken >>> 16) & 1;
        refs[count] = words[slot + 3];
        count += taken >>> 24;
      }
    }
    return count;
  }

  /** The place of the next segment, -1 at the end. */
  placeAfter(place: number): number {
    if (this.#depth === 0) return -1;
    const next = place + 2 ** (this.#depth - (this.#directoryEntry(place) & LOCAL_DEPTH_MASK));
    return next < 2 ** this.#depth ? next : -1;
  }

  /**
   * A fair random element, 0 when the table is empty: a random slot of a random segment, again until it is taken.
   * A segment that stands in the directory several times is accepted at its first place only.
   */
  random(random: Random): Ref {
    if (this.#count === 0) return 0;
    while (true) {
      const index = random.next() >>> 0;
      let entry = this.#root;
      if (this.#depth > 0) {
        const place = index & ((1 << this.#depth) - 1);
        entry = this.#directoryEntry(place);
        if ((place & ((1 << (this.#depth - (entry & LOCAL_DEPTH_MASK))) - 1)) !== 0) continue;
      }
      const { words, base } = this.#view(this.#segmentRef(entry));
      const slot = random.below(SLOTS << this.#bucketsLog2);
      const at = base + Math.floor(slot / SLOTS) * BUCKET_WORDS;
      if (tagAt(words, at, slot % SLOTS) !== 0) return words[at + slot % SLOTS];
    }
  }

  /** Visits up to `count` elements that stand together at a random place: cheap samples, not independent ones. */
  sample(random: Random, count: number, visit: (ref: Ref) => void): void {
    if (this.#count === 0) return;
    let position = random.next() >>> 0;
    let left = Math.min(count, this.#count);
    for (let empty = 0; left > 0 && empty < SEGMENT_BUCKETS;) {
      let met = 0;
      position = this.scan(position, (ref) => {
        if (met++ < left) visit(ref);
      });
      left -= met;
      empty = met === 0 ? empty + 1 : 0;
    }
  }

  /** Frees the table's own blocks. Its elements are the caller's. */
  release(): void {
    this.#forEachSegment((entry) => this.heap.free(this.#segmentRef(entry)));
    if (this.#depth > 0) this.heap.free(this.#root);
    this.heap.free(this.#header);
    this.#header = 0;
  }

  /**
   * Frees up to so many segments of a table that is only opened again to go on with it, and, where there are no more, the rest;
   * whether that was all. A large table has ten thousands, more than can be freed at once without a pause.
   */
  releasePart(segmentsMax: number): boolean {
    if (this.#header === 0) return true;
    let left = segmentsMax;
    for (let index = 0; this.#depth > 0 && index < 2 ** this.#depth;) {
      const entry = this.#directoryEntry(index);
      const localDepth = entry & LOCAL_DEPTH_MASK;
      if (this.#segmentRef(entry) !== 0) {
        if (left-- === 0) return false;
        this.heap.free(this.#segmentRef(entry));
        // Its depth stays, by which the next one is found.
        this.#fillDirectory(index, 1, localDepth);
      }
      index += 2 ** (this.#depth - localDepth);
    }
    this.release();
    return true;
  }

  /** Reports the table's own blocks to the verifier. */
  visitBlocks(visit: BlockVisitor): void {
    if (this.#header === 0) return;
    visit(this.#header);
    if (this.#depth > 0) visit(this.#root);
    this.#forEachSegment((entry) => visit(this.#segmentRef(entry)));
  }

  /** Bytes of the table's own blocks. */
  get ownBytes(): number {
    let bytes = 0;
    this.visitBlocks((ref) => bytes += this.heap.blockBytes(ref));
    return bytes;
  }

  /** The hash of an element's key. */
  hashOf(ref: Ref): number {
    const segment = this.heap.segments[ref >>> SEGMENT_SHIFT];
    const at = wordOf(ref);
    const word = segment.i32[at + this.lengthWord];
    const shifted = (word & KEY_SHIFTED_FLAG) !== 0 ? 2 : 0;
    return hashBytes(segment.u8, (at + this.keyWord + shifted) << 2, word & KEY_LENGTH_MASK);
  }

  #hasKey(ref: Ref, key: Key): boolean {
    const segment = this.heap.segments[ref >>> SEGMENT_SHIFT];
    const at = wordOf(ref);
    const word = segment.i32[at + this.lengthWord];
    if ((word & KEY_LENGTH_MASK) !== key.length) return false;
    const shifted = (word & KEY_SHIFTED_FLAG) !== 0 ? 2 : 0;
    return key.equals(segment.i32, at + this.keyWord + shifted, segment.u8);
  }

  /** Finds the segment and the home bucket of a hash. */
  #locate(hash: number): void {
    const depth = this.#depth;
    const entry = depth === 0 ? this.#root : this.#directoryEntry(hash >>> (32 - depth));
    this.#hash = hash;
    this.#segmentEntry = entry;
    const ref = depth === 0 ? entry : entry & ~LOCAL_DEPTH_MASK;
    this.#words = this.heap.segments[ref >>> SEGMENT_SHIFT].i32;
    this.#base = wordOf(ref);
    this.#home = this.#homeOf(hash);
  }

  #homeOf(hash: number): number {
    return ((hash << this.#localDepth()) >>> 1) >>> (31 - this.#bucketsLog2);
  }

  /** The first position behind the bucket just located. */
  #positionAfter(position: number): number {
    const step = 2 ** (32 - this.#localDepth() - this.#bucketsLog2);
    const next = (Math.floor(position / step) + 1) * step;
    return next >= 4294967296 ? 0 : next;
  }

  #localDepth(): number {
    return this.#depth === 0 ? 0 : this.#segmentEntry & LOCAL_DEPTH_MASK;
  }

  #segmentRef(entry: number): Ref {
    return this.#depth === 0 ? entry : entry & ~LOCAL_DEPTH_MASK;
  }

  #bucketRef(bucket: number): Ref {
    return this.#segmentRef(this.#segmentEntry) + bucket * BUCKET_GRANULES;
  }

  #directoryEntry(index: number): number {
    return this.heap.segments[this.#root >>> SEGMENT_SHIFT].i32[wordOf(this.#root) + index];
  }

  #view(ref: Ref): { words: Int32Array; base: number } {
    return { words: this.heap.segments[ref >>> SEGMENT_SHIFT].i32, base: wordOf(ref) };
  }

  #forEachSegment(visit: (entry: number) => void): void {
    if (this.#depth === 0) return void visit(this.#root);
    for (let index = 0; index < 2 ** this.#depth;) {
      const entry = this.#directoryEntry(index);
      index += 2 ** (this.#depth - (entry & LOCAL_DEPTH_MASK));
      if (this.#segmentRef(entry) !== 0) visit(entry);
    }
  }

  /** Puts an element into the first bucket from `home` on that has room, among `limit`. */
  #place(words: Int32Array, base: number, home: number, hash: number, ref: Ref, limit: number): boolean {
    const mask = (1 << this.#bucketsLog2) - 1;
    const probes = Math.min(limit, mask + 1);
    for (let probe = 0; probe < probes; probe++) {
      const bucket = (home + probe) & mask;
      const at = base + bucket * BUCKET_WORDS;
      const slot = emptySlot(words, at);
      if (slot < 0) continue;
      for (let passed = 0; passed <= probe; passed++) {
        this.heap.willWrite(this.#bucketRef((home + passed) & mask), BUCKET_BYTES);
      }
      for (let passed = 0; passed < probe; passed++) {
        words[base + ((home + passed) & mask) * BUCKET_WORDS + META_WORD]++;
      }
      words[at + slot] = ref;
      setTag(words, at, slot, tagOf(hash));
      return true;
    }
    return false;
  }

  /** Takes all elements out of a segment into the scratch arrays, from `from` on; how many are there then. */
  #gather(entry: number, from: number): number {
    const { words, base } = this.#view(this.#segmentRef(entry));
    const end = base + (BUCKET_WORDS << this.#bucketsLog2);
    let count = from;
    for (let at = base; at < end; at += BUCKET_WORDS) {
      for (let slot = 0; slot < SLOTS; slot++) {
        if (tagAt(words, at, slot) === 0) continue;
        gatheredRefs[count] = words[at + slot];
        gatheredHashes[count] = this.hashOf(words[at + slot]);
        count++;
      }
    }
    return count;
  }

  /** Places the gathered elements anew; those that share a segment always find room in it. */
  #scatter(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#locate(gatheredHashes[i]);
      const placed = this.#place(
        this.#words,
        this.#base,
        this.#home,
        gatheredHashes[i],
        gatheredRefs[i],
        SEGMENT_BUCKETS,
      );
      assert(placed, "an element found no room in its own segment");
    }
  }

  #resizeLoneSegment(bucketsLog2: number): void {
    const old = this.#root;
    const fresh = emptySegment(this.heap, bucketsLog2);
    const count = this.#gather(old, 0);
    this.#root = fresh;
    this.#bucketsLog2 = bucketsLog2;
    this.#writeShape();
    this.#scatter(count);
    this.heap.free(old);
  }

  #split(hash: number): void {
    const entry = this.#segmentEntry;
    const ref = this.#segmentRef(entry);
    const localDepth = this.#localDepth();
    assert(localDepth < DEPTH_MAX, "hash table is too deep: its keys collide");
    const fresh = emptySegment(this.heap, SEGMENT_BUCKETS_LOG2);
    const count = this.#gather(entry, 0);
    if (localDepth === this.#depth) this.#doubleDirectory();
    clearSegment(this.heap, ref, SEGMENT_BUCKETS_LOG2);
    // The entries of the old segment: the lower half stays with it, the upper half gets the new one.
    const span = 2 ** (this.#depth - localDepth - 1);
    const first = localDepth === 0 ? 0 : (hash >>> (32 - localDepth)) * span * 2;
    this.#fillDirectory(first, span, ref | (localDepth + 1));
    this.#fillDirectory(first + span, span, fresh | (localDepth + 1));
    if (localDepth + 1 === this.#depth) this.#deepest += 2;
    this.#writeShape();
    this.#scatter(count);
  }

  #doubleDirectory(): void {
    const entries = 2 ** this.#depth;
    const directory = this.heap.allocateBeyond(entries * 8);
    const words = this.heap.segments[directory >>> SEGMENT_SHIFT].i32;
    const at = wordOf(directory);
    for (let i = 0; i < entries; i++) {
      const entry = this.#depth === 0 ? this.#root : this.#directoryEntry(i);
      words[at + 2 * i] = entry;
      words[at + 2 * i + 1] = entry;
    }
    if (this.#depth > 0) this.heap.free(this.#root);
    this.#root = directory;
    this.#depth++;
    this.#deepest = 0;
  }

  #fillDirectory(first: number, count: number, entry: number): void {
    this.heap.willWrite(this.#root + (first >>> 1), count * 4 + 4);
    const at = wordOf(this.#root) + first;
    this.heap.segments[this.#root >>> SEGMENT_SHIFT].i32.fill(entry, at, at + count);
  }

  /** Joins the segment of the last removal with its buddy, and what comes of it with the next, where little is left. */
  #shrink(): void {
    const hash = this.#hash;
    while (this.#depth > 0) {
      if (!this.#join(hash)) return;
      this.#locate(hash);
    }
    while (this.#bucketsLog2 > 0 && this.#count * 6 < SLOTS << this.#bucketsLog2) {
      this.#resizeLoneSegment(this.#bucketsLog2 - 1);
    }
  }

  /** Joins the segment just located with its buddy; false where the two hold too much, or the buddy is split itself. */
  #join(hash: number): boolean {
    const entry = this.#segmentEntry;
    const localDepth = this.#localDepth();
    if (localDepth === 0 || this.#occupied(entry) * 4 > SEGMENT_SLOTS) return false;
    const span = 2 ** (this.#depth - localDepth);
    const first = (hash >>> (32 - localDepth)) * span;
    const buddyFirst = first ^ span;
    const buddy = this.#directoryEntry(buddyFirst);
    if ((buddy & LOCAL_DEPTH_MASK) !== localDepth) return false;
    if ((this.#occupied(entry) + this.#occupied(buddy)) * 2 > SEGMENT_SLOTS) return false;
    const count = this.#gather(buddy, this.#gather(entry, 0));
    const kept = this.#segmentRef(entry);
    this.heap.free(this.#segmentRef(buddy));
    clearSegment(this.heap, kept, SEGMENT_BUCKETS_LOG2);
    this.#fillDirectory(Math.min(first, buddyFirst), span * 2, kept | (localDepth - 1));
    if (localDepth === this.#depth) this.#deepest -= 2;
    while (this.#deepest === 0 && this.#depth > 0) this.#halveDirectory();
    this.#writeShape();
    this.#scatter(count);
    return true;
  }

  #halveDirectory(): void {
    const directory = this.#root;
    const entries = 2 ** (this.#depth - 1);
    if (entries === 1) {
      this.#root = this.#directoryEntry(0) & ~LOCAL_DEPTH_MASK;
      this.#deepest = 1;
    } else {
      const half = this.heap.allocateBeyond(entries * 4);
      const words = this.heap.segments[half >>> SEGMENT_SHIFT].i32;
      const at = wordOf(half);
      this.#deepest = 0;
      for (let i = 0; i < entries; i++) {
        words[at + i] = this.#directoryEntry(2 * i);
        if ((words[at + i] & LOCAL_DEPTH_MASK) === this.#depth - 1) this.#deepest++;
      }
      this.#root = half;
    }
    this.#depth--;
    this.heap.free(directory);
  }

  #occupied(entry: number): number {
    const { words, base } = this.#view(this.#segmentRef(entry));
    let count = 0;
    for (let bucket = 0; bucket < SEGMENT_BUCKETS; bucket++) {
      const at = base + bucket * BUCKET_WORDS + TAGS_WORD;
      count += takenSlots(words[at]) + takenSlots(words[at + 1]) + takenSlots(words[at + 2]);
    }
    return count;
  }

  #setCount(count: number): void {
    this.#count = count;
    this.heap.willWrite(this.#header, HEADER_BYTES);
    this.heap.segments[this.#header >>> SEGMENT_SHIFT].i32[wordOf(this.#header) + COUNT] = count;
  }

  #writeShape(): void {
    this.heap.willWrite(this.#header, HEADER_BYTES);
    const words = this.heap.segments[this.#header >>> SEGMENT_SHIFT].i32;
    const at = wordOf(this.#header);
    words[at + ROOT] = this.#root;
    words[at + SHAPE] = this.#depth | (this.#bucketsLog2 << 8);
    words[at + DEEPEST] = this.#deepest;
  }
}

function emptySegment(heap: Heap, bucketsLog2: number): Ref {
  const ref = heap.allocateBeyond(BUCKET_BYTES << bucketsLog2);
  clearSegment(heap, ref, bucketsLog2);
  return ref;
}

function clearSegment(heap: Heap, ref: Ref, bucketsLog2: number): void {
  heap.willWrite(ref, BUCKET_BYTES << bucketsLog2);
  const at = wordOf(ref);
  heap.segments[ref >>> SEGMENT_SHIFT].i32.fill(0, at, at + (BUCKET_WORDS << bucketsLog2));
}

function tagOf(hash: number): number {
  return (hash & 0xff) || 1;
}

function tagAt(words: Int32Array, at: number, slot: number): number {
  return (words[at + TAGS_WORD + (slot >>> 2)] >>> ((slot & 3) << 3)) & 0xff;
}

/** The lowest bit of each byte: whether a word's tag is not zero. */
function takenTags(tags: number): number {
  return ((((tags & 0x7f7f7f7f) + 0x7f7f7f7f) | tags) & 0x80808080) >>> 7;
}

/** How many of a word's four tags are not zero. */
function takenSlots(tags: number): number {
  return Math.imul(takenTags(tags), 0x01010101) >>> 24;
}

/**
 * The lowest bit of each byte: whether a word's tag is the one that the pattern repeats. It must not be said of a slot that
 * is empty, whose element may be free but unchanged, and would be found.
 */
function equalTags(tags: number, pattern: number): number {
  return takenTags(tags ^ pattern) ^ 0x01010101;
}

function setTag(words: Int32Array, at: number, slot: number, tag: number): void {
  const word = at + TAGS_WORD + (slot >>> 2);
  const shift = (slot & 3) << 3;
  words[word] = (words[word] & ~(0xff << shift)) | (tag << shift);
}

function emptySlot(words: Int32Array, at: number): number {
  for (let group = 0; group < 3; group++) {
    const tags = words[at + TAGS_WORD + group];
    const empty = (tags - 0x01010101) & ~tags & 0x80808080;
    if (empty !== 0) return (group << 2) + ((31 - Math.clz32(empty & -empty)) >>> 3);
  }
  return -1;
}
