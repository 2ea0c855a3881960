/**
 * Fields and their values, many of them: a hash table of blocks that hold one of each.
 *
 *     block  [ field bytes: 4 | value bytes: 4 | field | value ]
 *
 * One block for both is as lean as it gets: eight bytes beside what the client sent, and the rounding of one size class. A
 * value of another size class moves the block, which the table's slot then refers to.
 *
 * `field` and `value` show the pair that was found or is visited, until the table changes. What a change needs is allocated
 * before anything is changed.
 *
 * @module
 */
import { copyBytes } from "../base/copy.ts";
import type { Random } from "../base/random.ts";
import type { Heap } from "../heap/heap.ts";
import { type Ref, SEGMENT_SHIFT, wordOf } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";
import { BytesElement } from "./element.ts";
import { ELEMENTS_PER_FREED_SEGMENT, HashTable } from "./hash_table.ts";
import type { Key } from "./key.ts";

const FIELD_LENGTH = 0;
const VALUE_LENGTH = 1;
const FIELD = 2;
const HEADER_BYTES = FIELD * 4;

/** A table of fields, opened on its header block. */
export class FieldTable {
  /** The field just found or visited. */
  readonly field = new BytesElement();
  /** Its value. */
  readonly value = new BytesElement();
  readonly #table: HashTable;

  constructor(readonly heap: Heap) {
    this.#table = new HashTable(heap, FIELD_LENGTH, FIELD);
  }

  /** Makes an empty table; its header block. */
  static create(heap: Heap): Ref {
    return HashTable.create(heap);
  }

  /** Opens a table by its header block. */
  open(header: Ref): this {
    this.#table.open(header);
    return this;
  }

  /** The header block. */
  get header(): Ref {
    return this.#table.header;
  }

  /** Number of fields. */
  get count(): number {
    return this.#table.count;
  }

  /** Slots for fields. */
  get capacity(): number {
    return this.#table.capacity;
  }

  /** Bytes of the table without the fields. */
  get ownBytes(): number {
    return this.#table.ownBytes;
  }

  /** Finds a field and shows it; whether it is there. */
  find(key: Key): boolean {
    const ref = this.#table.find(key);
    if (ref === 0) return false;
    this.show(ref);
    return true;
  }

  /** Gives a field a value, which must not lie in this table; whether the field is new. */
  set(key: Key, source: Uint8Array, start: number, size: number): boolean {
    const { heap } = this;
    const old = this.#table.find(key);
    const bytes = HEADER_BYTES + key.length + size;
    if (old !== 0 && heap.blockBytes(old) === heap.blockBytesFor(bytes)) {
      heap.willWrite(old, bytes);
      writeValue(heap, old, key.length, source, start, size);
      return false;
    }
    const ref = heap.allocate(bytes);
    const segment = heap.segments[ref >>> SEGMENT_SHIFT];
    const at = wordOf(ref);
    segment.i32[at + FIELD_LENGTH] = key.length;
    key.writeTo(segment.i32, at + FIELD, segment.u8);
    writeValue(heap, ref, key.length, source, start, size);
    if (old === 0) this.#table.insert(key.hash, ref);
    else {
      this.#table.replace(ref);
      heap.free(old);
    }
    return old === 0;
  }

  /** Removes a field; whether it was there. */
  remove(key: Key): boolean {
    const ref = this.#table.find(key);
    if (ref === 0) return false;
    this.#table.remove();
    this.heap.free(ref);
    return true;
  }

  /** Shows each field of one position and calls `visit` with what identifies it; the position after it. 0 begins and ends. */
  scan(position: number, visit: (ref: Ref) => void): number {
    return this.#table.scan(position, (ref) => {
      this.show(ref);
      visit(ref);
    });
  }

  /** Shows each field and calls `visit`, which must not change the table. */
  forEach(visit: () => void): void {
    this.#table.forEach((ref) => {
      this.show(ref);
      visit();
    });
  }

  /** Shows a fair random field, of a table that is not empty; what identifies it. */
  random(random: Random): Ref {
    const ref = this.#table.random(random);
    this.show(ref);
    return ref;
  }

  /** Shows a field by what identifies it: its block. */
  show(ref: Ref): void {
    const { i32, u8 } = this.heap.segments[ref >>> SEGMENT_SHIFT];
    const at = wordOf(ref);
    const { field, value } = this;
    field.bytes = u8;
    field.start = (at + FIELD) << 2;
    field.length = i32[at + FIELD_LENGTH];
    value.bytes = u8;
    value.start = field.start + field.length;
    value.length = i32[at + VALUE_LENGTH];
  }

  /** A copy of the table; `rooted` is told its header before it is filled, so that it can be freed where memory ends. */
  copy(rooted: (header: Ref) => void): void {
    const { heap } = this;
    const header = HashTable.create(heap);
    rooted(header);
    const target = new HashTable(heap, FIELD_LENGTH, FIELD).open(header);
    this.#table.forEach((ref) => {
      const bytes = blockBytes(heap, ref);
      const copy = heap.allocate(bytes);
      heap.copy(ref, copy, bytes);
      target.insert(target.hashOf(copy), copy);
    });
  }

  /** Frees all of it. */
  release(): void {
    this.#table.forEach((ref) => this.heap.free(ref));
    this.#table.release();
  }

  /** Frees about so many fields of a table that is only opened again to go on with it; true when all of it is gone. */
  releasePart(fieldsMax: number): boolean {
    if (this.#table.drainPart(fieldsMax, (ref) => this.heap.free(ref))) return false;
    return this.#table.releasePart(Math.ceil(fieldsMax / ELEMENTS_PER_FREED_SEGMENT));
  }

  /** Reports all blocks. */
  visitBlocks(visit: BlockVisitor): void {
    this.#table.visitBlocks(visit);
    this.#table.forEach(visit);
  }

  /** Bytes of all blocks, by those of `samples` fields; 0: of all. */
  memoryUsage(samples: number): number {
    const wanted = samples === 0 ? this.count : samples;
    let bytes = 0;
    let sampled = 0;
    let position = 0;
    do {
      position = this.#table.scan(position, (ref) => {
        bytes += this.heap.blockBytes(ref);
        sampled++;
      });
    } while (position !== 0 && sampled < wanted);
    return this.#table.ownBytes + (sampled === 0 ? 0 : Math.round(bytes / sampled * this.count));
  }
}

function writeValue(heap: Heap, ref: Ref, fieldBytes: number, source: Uint8Array, start: number, size: number): void {
  const segment = heap.segments[ref >>> SEGMENT_SHIFT];
  const at = wordOf(ref);
  segment.i32[at + VALUE_LENGTH] = size;
  copyBytes(source, start, segment.u8, ((at + FIELD) << 2) + fieldBytes, size);
}

function blockBytes(heap: Heap, ref: Ref): number {
  const { i32 } = heap.segments[ref >>> SEGMENT_SHIFT];
  const at = wordOf(ref);
  return HEADER_BYTES + i32[at + FIELD_LENGTH] + i32[at + VALUE_LENGTH];
}
