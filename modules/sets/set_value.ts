/**
 * A set, opened: an intset while all members are integers and few, a table of strings beyond.
 *
 * It never goes back from the one to the other. What a change needs is allocated before anything is changed, the move to a
 * table included.
 *
 * @module
 */
import {
  type BlockVisitor,
  type ElementView,
  type Heap,
  type Int64,
  INTEGER_TEXT_BYTES_MAX,
  integerSpelled,
  Intset,
  Key,
  loadElement,
  MemberTable,
  type Random,
  type ValueRoot,
} from "../../server/api/mod.ts";
import { setMaxIntsetEntries } from "./options.ts";

/** Index of the encoding `intset`. */
export const INTSET = 0;
/** Index of the encoding `hashtable`. */
export const TABLE = 1;

/** Picking at random is cheaper than walking where less than one in so many members is wanted. */
const FEW = 3;
/** Beyond, remembering what was picked costs more than walking. */
const PICKED_MAX = 1_000_000;
/** Whatever is configured, an intset has no more members. */
const INTSET_ENTRIES_MAX = 2 ** 30;

/**
 * A cursor on a set, good until the next set is opened: `db.read(key, setType)` always gives the same one. Where several sets
 * are open at once, or keys are removed meanwhile, each is kept by {@linkcode SetValue.own}.
 */
export class SetValue {
  /** Where the set is rooted. */
  root!: ValueRoot;
  #isIntset = true;
  /** Where in an intset the walk is. */
  #index = 0;
  readonly #intset: Intset;
  readonly #table: MemberTable;
  readonly #key = new Key();
  readonly #digits = new Uint8Array(INTEGER_TEXT_BYTES_MAX);

  constructor(readonly heap: Heap) {
    this.#intset = new Intset(heap);
    this.#table = new MemberTable(heap);
  }

  /** Opens the set at a root. */
  open(root: ValueRoot): this {
    this.root = root;
    this.#isIntset = root.encoding === INTSET;
    if (this.#isIntset) this.#intset.open(root.root);
    else this.#table.open(root.root);
    return this;
  }

  /** Builds an empty set. */
  create(root: ValueRoot, encoding: number = INTSET): this {
    root.root = encoding === INTSET ? Intset.create(this.heap) : MemberTable.create(this.heap);
    root.encoding = encoding;
    return this.open(root);
  }

  /** The same set on a cursor of its own. */
  own(): SetValue {
    return new SetValue(this.heap).open(this.root);
  }

  /** The members as an intset, null where they are kept as a table. */
  get intset(): Intset | null {
    return this.#isIntset ? this.#intset : null;
  }

  /** The members as a table, null where they are kept as an intset. */
  get table(): MemberTable | null {
    return this.#isIntset ? null : this.#table;
  }

  /** Number of members. */
  get count(): number {
    return this.#isIntset ? this.#intset.count : this.#table.count;
  }

  /** Whether some bytes are a member. */
  has(bytes: Uint8Array, start: number, size: number): boolean {
    if (!this.#isIntset) return this.#table.has(this.#key.load(bytes, start, size));
    const integer = integerSpelled(bytes, start, size);
    return integer === integer && this.#intset.has(integer);
  }

  /** Whether an element of any structure is a member. */
  hasElement(element: ElementView): boolean {
    if (!this.#isIntset) return this.#table.has(loadElement(this.#key, element, this.#digits));
    if (element.isInteger) return this.#intset.has(element.exactInteger);
    return this.has(element.bytes, element.start, element.length);
  }

  /** Whether the member that a walk through another set shows is a member here too. */
  hasShownBy(other: SetValue, member: ElementView): boolean {
    if (this.#isIntset || other.#isIntset) return this.hasElement(member);
    return this.#table.has(other.#table.loadShown(this.#key));
  }

  /** Adds some bytes, which must not lie in this set; whether they are new. */
  add(bytes: Uint8Array, start: number, size: number): boolean {
    if (this.#isIntset) {
      const integer = integerSpelled(bytes, start, size);
      if (integer === integer) return this.#addInteger(integer);
      this.#toTable();
    }
    return this.#table.add(this.#key.load(bytes, start, size));
  }

  /** Adds an element of another structure; whether it is new. */
  addElement(element: ElementView): boolean {
    if (!element.isInteger) return this.add(element.bytes, element.start, element.length);
    if (this.#isIntset) return this.#addInteger(element.exactInteger);
    return this.#table.add(loadElement(this.#key, element, this.#digits));
  }

  /** Removes some bytes; whether they were a member. */
  remove(bytes: Uint8Array, start: number, size: number): boolean {
    if (!this.#isIntset) return this.#table.remove(this.#key.load(bytes, start, size));
    const integer = integerSpelled(bytes, start, size);
    return integer === integer && this.#removed(this.#intset.remove(integer));
  }

  /** Removes an element of another structure; whether it was a member. */
  removeElement(element: ElementView): boolean {
    if (!this.#isIntset) return this.#table.remove(loadElement(this.#key, element, this.#digits));
    if (!element.isInteger) return this.remove(element.bytes, element.start, element.length);
    return this.#removed(this.#intset.remove(element.exactInteger));
  }

  /** A fair random member; the set must not be empty. */
  random(random: Random): ElementView {
    if (!this.#isIntset) return this.#table.random(random);
    return this.#intset.read(random.below(this.#intset.count));
  }

  /**
   * So many different random members, each choice as likely as any other; `count` must be less than the set has. `visit`
   * must not change the set.
   */
  sample(random: Random, count: number, visit: (member: ElementView) => void): void {
    const size = this.count;
    if (count * FEW > size || count > PICKED_MAX) return this.#select(random, count, visit);
    const picked = new Set<number>();
    while (picked.size < count) {
      const before = picked.size;
      let member: ElementView;
      if (this.#isIntset) {
        const index = random.below(size);
        picked.add(index);
        member = this.#intset.read(index);
      } else {
        member = this.#table.random(random);
        picked.add(this.#table.shown);
      }
      if (picked.size > before) visit(member);
    }
  }

  /** Removes a fair random member, after `visit` has seen it; the set must not be empty. */
  pop(random: Random, visit: (member: ElementView) => void): void {
    if (this.#isIntset) {
      const index = random.below(this.#intset.count);
      visit(this.#intset.read(index));
      this.#intset.removeAt(index);
      this.#removed(true);
    } else {
      visit(this.#table.random(random));
      this.#table.removeShown();
    }
  }

  /** Begins a walk over all members, of an intset in ascending order. The set must not change meanwhile. */
  rewind(): void {
    this.#index = 0;
    if (!this.#isIntset) this.#table.rewind();
  }

  /** The next member of the walk, null at the end. */
  next(): ElementView | null {
    if (!this.#isIntset) return this.#table.next();
    return this.#index < this.#intset.count ? this.#intset.read(this.#index++) : null;
  }

  /** Visits each member: of an intset in ascending order. `visit` must not change the set. */
  forEach(visit: (member: ElementView) => void): void {
    this.rewind();
    for (let member = this.next(); member !== null; member = this.next()) visit(member);
  }

  /** Visits the members of one position; the position after it. 0 begins and ends. */
  scan(position: number, visit: (member: ElementView) => void): number {
    if (!this.#isIntset) return this.#table.scan(position, (ref) => visit(this.#table.show(ref)));
    this.forEach(visit);
    return 0;
  }

  /** Copies the set to another root. */
  copy(target: ValueRoot): void {
    if (this.#isIntset) {
      const { ref, totalBytes } = this.#intset;
      target.root = this.heap.allocate(totalBytes);
      this.heap.copy(ref, target.root, totalBytes);
      target.encoding = INTSET;
    } else {
      target.encoding = TABLE;
      this.#table.copy((header) => target.root = header);
    }
  }

  /** Frees all blocks. */
  release(): void {
    if (this.#isIntset) this.heap.free(this.#intset.ref);
    else this.#table.release();
  }

  /** Frees about so many members; true when nothing is left. */
  releasePart(membersMax: number): boolean {
    if (!this.#isIntset) return this.#table.releasePart(membersMax);
    this.release();
    return true;
  }

  /** Reports all blocks. */
  visitBlocks(visit: BlockVisitor): void {
    if (this.#isIntset) visit(this.#intset.ref);
    else this.#table.visitBlocks(visit);
  }

  /** Bytes of all blocks, by those of about `samples` members; 0: of all. */
  memoryUsage(samples: number): number {
    return this.#isIntset ? this.heap.blockBytes(this.#intset.ref) : this.#table.memoryUsage(samples);
  }

  /** Moves to a table where there are more members than an intset may have. */
  limitIntset(): void {
    const entriesMax = Math.min(this.root.config.get(setMaxIntsetEntries), INTSET_ENTRIES_MAX);
    if (this.#isIntset && this.#intset.count > entriesMax) this.#toTable();
  }

  #addInteger(integer: Int64): boolean {
    if (!this.#intset.add(integer)) return false;
    this.root.root = this.#intset.ref;
    try {
      this.limitIntset();
    } catch (error) {
      this.#removed(this.#intset.remove(integer));
      throw error;
    }
    return true;
  }

  #removed(wasThere: boolean): boolean {
    if (wasThere) this.root.root = this.#intset.ref;
    return wasThere;
  }

  #toTable(): void {
    const intset = this.#intset;
    const header = MemberTable.create(this.heap);
    const table = this.#table.open(header);
    try {
      for (let i = 0; i < intset.count; i++) table.add(loadElement(this.#key, intset.read(i), this.#digits));
    } catch (error) {
      table.release();
      throw error;
    }
    this.root.root = header;
    this.root.encoding = TABLE;
    this.#isIntset = false;
    this.heap.free(intset.ref);
  }

  /** Walks over all members and takes each with the probability that makes all choices alike. */
  #select(random: Random, count: number, visit: (member: ElementView) => void): void {
    let needed = count;
    let left = this.count;
    this.forEach((member) => {
      if (needed > 0 && random.below(left) < needed) {
        needed--;
        visit(member);
      }
      left--;
    });
  }
}
