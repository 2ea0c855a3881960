/**
 * A hash, opened: fields and values in turn in one listpack while they are few and short, else in a table.
 *
 * It never goes back to the listpack. What a change needs is allocated before anything is changed, so a full heap leaves
 * the hash as it was. A cursor, used for one hash after the other.
 *
 * @module
 */
import {
  BytesElement,
  type ElementView,
  encodeText,
  FieldTable,
  integerOption,
  Key,
  Listpack,
  type Random,
  type Ref,
  type ReplyWriter,
  type ValueRoot,
} from "../../server/api/mod.ts";

/** Indices into the type's encodings. */
const LISTPACK = 0;
const HASHTABLE = 1;

/** What of each pair is wanted. */
export const FIELDS = 1;
export const VALUES = 2;
export const PAIRS: number = FIELDS | VALUES;

/** However much the parameters allow, a listpack has no more bytes: beyond it does not fit into one block of the heap. */
const PACK_BYTES_MAX = 2 ** 30 - 2 ** 20;

/** Fields of a hash in a listpack. */
export const hashMaxListpackEntries = integerOption("hash-max-listpack-entries", {
  initial: 512,
  min: 0,
  aliases: ["hash-max-ziplist-entries"],
  live: true,
});

/** Bytes of a field or value in a listpack. */
export const hashMaxListpackValue = integerOption("hash-max-listpack-value", {
  initial: 64,
  min: 0,
  form: "memory",
  aliases: ["hash-max-ziplist-value"],
  live: true,
});

/** A hash. */
export class HashValue {
  #root!: ValueRoot;
  #packed = true;
  readonly #pack: Listpack;
  readonly #table: FieldTable;
  readonly #key = new Key();
  readonly #digits = new BytesElement();

  constructor(readonly heap: ValueRoot["heap"]) {
    this.#pack = new Listpack(heap);
    this.#table = new FieldTable(heap);
  }

  /** Opens the hash at a root. */
  open(root: ValueRoot): this {
    this.#root = root;
    this.#packed = root.encoding === LISTPACK;
    if (this.#packed) this.#pack.open(root.root);
    else this.#table.open(root.root);
    return this;
  }

  /** Makes an empty hash at a root and opens it. */
  create(root: ValueRoot): this {
    root.root = Listpack.create(this.heap);
    root.encoding = LISTPACK;
    return this.open(root);
  }

  /** Becomes a table where the listpack has more fields than it may have. */
  convertWhereLong(): void {
    if (this.#packed && this.count > this.#root.config.get(hashMaxListpackEntries)) this.#convert();
  }

  /** The listpack that it is, or null. */
  get pack(): Listpack | null {
    return this.#packed ? this.#pack : null;
  }

  /** The table that it is, or null. */
  get table(): FieldTable | null {
    return this.#packed ? null : this.#table;
  }

  /** Number of fields. */
  get count(): number {
    return this.#packed ? this.#pack.count >>> 1 : this.#table.count;
  }

  /** The value of a field, until the next call; null where there is none. */
  find(source: Uint8Array, start: number, size: number): ElementView | null {
    if (!this.#packed) return this.#table.find(this.#key.load(source, start, size)) ? this.#table.value : null;
    const position = this.#fieldAt(source, start, size);
    return position === 0 ? null : this.#pack.read(this.#pack.next(position));
  }

  /** Whether there is a field. */
  has(source: Uint8Array, start: number, size: number): boolean {
    if (!this.#packed) return this.#table.find(this.#key.load(source, start, size));
    return this.#fieldAt(source, start, size) !== 0;
  }

  /** Gives a field a value; whether the field is new. The bytes of both must not lie in this hash. */
  set(
    field: Uint8Array,
    fieldStart: number,
    fieldSize: number,
    value: Uint8Array,
    valueStart: number,
    valueSize: number,
  ): boolean {
    const position = this.#makeRoom(field, fieldStart, fieldSize, valueSize);
    if (!this.#packed) {
      return this.#table.set(this.#key.load(field, fieldStart, fieldSize), value, valueStart, valueSize);
    }
    const pack = this.#pack;
    if (position === 0) this.#append(field, fieldStart, fieldSize, value, valueStart, valueSize);
    else pack.replace(pack.next(position), value, valueStart, valueSize);
    this.#root.root = pack.ref;
    return position === 0;
  }

  /** Removes a field; whether it was there. */
  remove(source: Uint8Array, start: number, size: number): boolean {
    if (!this.#packed) return this.#table.remove(this.#key.load(source, start, size));
    const position = this.#fieldAt(source, start, size);
    if (position === 0) return false;
    this.#pack.remove(position, 2);
    this.#root.root = this.#pack.ref;
    return true;
  }

  /** Visits what is wanted of each pair: `FIELDS`, `VALUES` or `PAIRS`, then the field first. */
  forEach(wanted: number, visit: (element: ElementView) => void): void {
    const { field, value } = this.#table;
    if (!this.#packed) {
      this.#table.forEach(() => {
        if ((wanted & FIELDS) !== 0) visit(field);
        if ((wanted & VALUES) !== 0) visit(value);
      });
      return;
    }
    const pack = this.#pack;
    for (let position = pack.first(); position !== 0; position = pack.next(position)) {
      if ((wanted & FIELDS) !== 0) visit(pack.read(position));
      position = pack.next(position);
      if ((wanted & VALUES) !== 0) visit(pack.read(position));
    }
  }

  /** Replies what is wanted of each pair, all of it; the header is the caller's. */
  replyAll(reply: ReplyWriter, wanted: number): void {
    this.forEach(wanted, (element) => reply.element(element));
  }

  /** Visits a fair random field and, where wanted, its value; the hash must not be empty. */
  random(random: Random, wanted: number, visit: (element: ElementView) => void): void {
    if (!this.#packed) {
      this.#table.random(random);
      visit(this.#table.field);
      if ((wanted & VALUES) !== 0) visit(this.#table.value);
      return;
    }
    const pack = this.#pack;
    const position = pack.at(random.below(this.count) * 2);
    visit(pack.read(position));
    if ((wanted & VALUES) !== 0) visit(pack.read(pack.next(position)));
  }

  /** A copy of it at another root. */
  copy(target: ValueRoot): void {
    const { heap } = this;
    if (this.#packed) {
      const { ref, totalBytes } = this.#pack;
      const copy = heap.allocate(totalBytes);
      heap.copy(ref, copy, totalBytes);
      target.root = copy;
      target.encoding = LISTPACK;
      return;
    }
    target.encoding = HASHTABLE;
    this.#table.copy((header) => target.root = header);
  }

  /** Frees its blocks. */
  release(): void {
    if (this.#packed) this.heap.free(this.#pack.ref);
    else this.#table.release();
  }

  /** Frees about so many fields; true when nothing is left. */
  releasePart(fieldsMax: number): boolean {
    if (!this.#packed) return this.#table.releasePart(fieldsMax);
    this.release();
    return true;
  }

  /** Bytes that it takes, by those of `samples` fields; 0: of all. */
  memoryUsage(samples: number): number {
    return this.#packed ? this.heap.blockBytes(this.#pack.ref) : this.#table.memoryUsage(samples);
  }

  /** Reports its blocks. */
  visitBlocks(visit: (ref: Ref) => void): void {
    if (this.#packed) visit(this.#pack.ref);
    else this.#table.visitBlocks(visit);
  }

  #fieldAt(source: Uint8Array, start: number, size: number): number {
    return this.#pack.find(this.#pack.first(), source, start, size, 1);
  }

  /** Becomes a table where the listpack may not take the pair; else the field's position in it, 0 where it is new. */
  #makeRoom(field: Uint8Array, fieldStart: number, fieldSize: number, valueSize: number): number {
    if (!this.#packed) return 0;
    const { config } = this.#root;
    const bytes = Math.max(fieldSize, valueSize);
    const position = this.#fieldAt(field, fieldStart, fieldSize);
    const count = position === 0 ? this.count + 1 : this.count;
    const isTooLarge = bytes > config.get(hashMaxListpackValue) || count > config.get(hashMaxListpackEntries) ||
      this.#pack.totalBytes + bytes > PACK_BYTES_MAX;
    if (isTooLarge) this.#convert();
    return position;
  }

  /** Where memory ends after the field was added, it is taken out again. */
  #append(
    field: Uint8Array,
    fieldStart: number,
    fieldSize: number,
    value: Uint8Array,
    valueStart: number,
    valueSize: number,
  ): void {
    const pack = this.#pack;
    const added = pack.insert(0, field, fieldStart, fieldSize);
    try {
      pack.insert(0, value, valueStart, valueSize);
    } catch (error) {
      pack.remove(added);
      this.#root.root = pack.ref;
      throw error;
    }
  }

  #convert(): void {
    const { heap } = this;
    const pack = this.#pack;
    const table = new FieldTable(heap).open(FieldTable.create(heap));
    const value = new Listpack(heap).open(pack.ref);
    try {
      for (let position = pack.first(); position !== 0; position = pack.next(position)) {
        const field = this.#spelled(pack.read(position));
        this.#key.load(field.bytes, field.start, field.length);
        position = pack.next(position);
        const { bytes, start, length } = this.#spelled(value.read(position));
        table.set(this.#key, bytes, start, length);
      }
    } catch (error) {
      table.release();
      throw error;
    }
    heap.free(pack.ref);
    this.#root.root = table.header;
    this.#root.encoding = HASHTABLE;
    this.open(this.#root);
  }

  /** An element as bytes; those of an integer are good until the next call. */
  #spelled(element: ElementView): ElementView {
    if (!element.isInteger) return element;
    this.#digits.bytes = encodeText(String(element.exactInteger));
    this.#digits.length = this.#digits.bytes.length;
    return this.#digits;
  }
}
