/**
 * A sorted set, opened: members and scores in turn in one listpack while they are few and short, in their order; else a hash
 * table and an ordered index over the same elements, which Redis's names call a skiplist.
 *
 * It never goes back to the listpack by itself. What a change needs is allocated before anything is changed, so a full heap
 * leaves the set as it was. A cursor: it stands on the element last found or walked to.
 *
 * @module
 */
import {
  compareBytes,
  decodeText,
  elementBytes,
  type ElementView,
  encodeText,
  formatFloat64,
  type Int64,
  integerOption,
  Key,
  Listpack,
  listpackElementBytes,
  listpackIntegerBytes,
  parseFloat64,
  type Random,
  ScoredTable,
  spellInteger,
  type ValueRoot,
} from "../../server/api/mod.ts";

/** Indices into the type's encodings. */
const LISTPACK = 0;
const SKIPLIST = 1;

/** However much the parameters allow, a listpack has no more bytes: beyond it does not fit into one block of the heap. */
const PACK_BYTES_MAX = 2 ** 30 - 2 ** 20;

/** Up to so many members are compared each with each; beyond, a set of texts is cheaper. */
const COMPARED_MEMBERS_MAX = 32;

/** Members of a sorted set in a listpack. */
export const zsetMaxListpackEntries = integerOption("zset-max-listpack-entries", {
  initial: 128,
  min: 0,
  aliases: ["zset-max-ziplist-entries"],
  live: true,
});

/** Bytes of a member in a listpack. */
export const zsetMaxListpackValue = integerOption("zset-max-listpack-value", {
  initial: 64,
  min: 0,
  form: "memory",
  aliases: ["zset-max-ziplist-value"],
  live: true,
});

/** Integers up to here are kept as such in a listpack. */
const INTEGER_SCORE_MAX = 2 ** 62;
const NO_TEXT = new Uint8Array(0);

/** Digits of the member that was last looked at as bytes, and of one that is searched for: used at once. */
const digits = new Uint8Array(20);
const givenDigits = new Uint8Array(20);

/** A sorted set. */
export class SortedSet {
  /** Where it is rooted. */
  root!: ValueRoot;
  #packed = true;
  /** The element that the cursor stands on: a position in the listpack, or a ref. */
  #at: number = 0;
  readonly #pack: Listpack;
  readonly #table: ScoredTable;
  readonly #key = new Key();

  constructor(readonly heap: ValueRoot["heap"]) {
    this.#pack = new Listpack(heap);
    this.#table = new ScoredTable(heap);
  }

  /** Opens the set at a root. */
  open(root: ValueRoot): this {
    this.root = root;
    this.#packed = root.encoding === LISTPACK;
    if (this.#packed) this.#pack.open(root.root);
    else this.#table.open(root.root);
    return this;
  }

  /** Makes an empty set at a root and opens it. */
  create(root: ValueRoot): this {
    root.root = Listpack.create(this.heap);
    root.encoding = LISTPACK;
    return this.open(root);
  }

  /** Makes an empty set that is not in a listpack from the start, for one that is filled without looking at parameters. */
  createTable(root: ValueRoot): this {
    root.root = ScoredTable.create(this.heap);
    root.encoding = SKIPLIST;
    return this.open(root);
  }

  /** Makes a set of the bytes of a listpack, as they are, and opens it; see {@linkcode SortedSet.isSound}. */
  createFrom(root: ValueRoot, bytes: Uint8Array): this {
    root.root = Listpack.from(this.heap, bytes);
    root.encoding = LISTPACK;
    return this.open(root);
  }

  /** Becomes a table where it has too many members for a listpack. */
  expand(): void {
    if (this.#packed && this.count > this.root.config.get(zsetMaxListpackEntries)) this.#convert();
  }

  /** Becomes a table where it is a listpack. */
  useTable(): void {
    if (this.#packed) this.#convert();
  }

  /** Whether a listpack holds members and scores in turn, at least one, in order, no member twice. */
  isSound(): boolean {
    const pack = this.#pack;
    const { count } = this;
    if (count === 0 || pack.count % 2 === 1) return false;
    const names = count > COMPARED_MEMBERS_MAX ? new Set<string>() : null;
    let former = -Infinity;
    let formerMember: Uint8Array | null = null;
    for (let position = pack.first(); position !== 0;) {
      this.#at = position;
      const member = this.memberBytes();
      const scorePosition = pack.next(position);
      const score = this.#scoreAt(scorePosition);
      if (!(score >= former)) return false;
      if (score === former && formerMember !== null && this.compareMember(formerMember, 0, formerMember.length) <= 0) {
        return false;
      }
      position = pack.next(scorePosition);
      if (names !== null) names.add(decodeText(member));
      else if (pack.find(position, member, 0, member.length, 1) !== 0) return false;
      former = score;
      formerMember = member;
    }
    return names === null || names.size === count;
  }

  /** Another cursor on the same set, for where several are open at once. */
  own(): SortedSet {
    return new SortedSet(this.heap).open(this.root);
  }

  /** The listpack that it is, or null. */
  get pack(): Listpack | null {
    return this.#packed ? this.#pack : null;
  }

  /** The table that it is, or null. */
  get table(): ScoredTable | null {
    return this.#packed ? null : this.#table;
  }

  /** Number of elements. */
  get count(): number {
    return this.#packed ? this.#pack.count >>> 1 : this.#table.count;
  }

  // The element that the cursor stands on.

  /** Its member, until the cursor moves. */
  get member(): ElementView {
    return this.#packed ? this.#pack.read(this.#at) : this.#table.memberOf(this.#at);
  }

  /** Its score. */
  get score(): number {
    return this.#packed ? this.#scoreAt(this.#pack.next(this.#at)) : this.#table.scoreOf(this.#at);
  }

  /** Its score, where the cursor has walked here: the order of a table knows it without a look at the element. */
  get walkedScore(): number {
    return this.#packed ? this.#scoreAt(this.#pack.next(this.#at)) : this.#table.index.score;
  }

  /** What {@linkcode SortedSet.goTo} comes back by, until the set changes. */
  get position(): number {
    return this.#at;
  }

  /** How many elements come before it. */
  get rank(): number {
    if (!this.#packed) return this.#table.rankOf(this.#at);
    const pack = this.#pack;
    let rank = 0;
    for (let position = pack.first(); position !== this.#at; rank++) position = pack.next(pack.next(position));
    return rank;
  }

  /** Finds a member; false where there is none. */
  find(source: Uint8Array, start: number, size: number): boolean {
    const pack = this.#pack;
    this.#at = this.#packed
      ? pack.find(pack.first(), source, start, size, 1)
      : this.#table.find(this.#key.load(source, start, size));
    return this.#at !== 0;
  }

  /** Finds the member that another structure shows. */
  findElement(element: ElementView): boolean {
    if (!element.isInteger) return this.find(element.bytes, element.start, element.length);
    return this.find(givenDigits, 0, spellInteger(element.exactInteger, givenDigits));
  }

  /** Goes to the element at a rank, `0 ≤ rank < count`. */
  seek(rank: number): void {
    if (this.#packed) this.#at = this.#pack.at(rank * 2);
    else {
      this.#table.index.seek(rank);
      this.#at = this.#table.index.element;
    }
  }

  /** Goes one on from where {@linkcode SortedSet.seek} went; at the end it stays. */
  next(): void {
    if (this.#packed) this.#at = this.#pack.next(this.#pack.next(this.#at)) || this.#at;
    else if (this.#table.index.next()) this.#at = this.#table.index.element;
  }

  /** The same backwards. */
  previous(): void {
    if (this.#packed) {
      const score = this.#pack.previous(this.#at);
      if (score !== 0) this.#at = this.#pack.previous(score);
    } else if (this.#table.index.previous()) this.#at = this.#table.index.element;
  }

  /** Goes to an element that a walk has met, by its position, which in a table is its ref. */
  goTo(position: number): void {
    this.#at = position;
  }

  /** Goes to a fair random element; the set must not be empty. */
  goToRandom(random: Random): void {
    if (this.#packed) this.seek(random.below(this.count));
    else this.#at = this.#table.table.random(random);
  }

  // Ranges.

  /** How many elements have a lower score; with `inclusive`, a lower one or this. */
  countBelow(score: number, inclusive: boolean): number {
    if (!this.#packed) return this.#table.index.countBelow(score, inclusive);
    const pack = this.#pack;
    let below = 0;
    for (let position = pack.first(); position !== 0; below++) {
      const scorePosition = pack.next(position);
      const own = this.#scoreAt(scorePosition);
      if (inclusive ? own > score : own >= score) break;
      position = pack.next(scorePosition);
    }
    return below;
  }

  /** Orders the member that the cursor stands on and some bytes. */
  compareMember(source: Uint8Array, start: number, size: number): number {
    const { member } = this;
    if (!member.isInteger) return compareBytes(member.bytes, member.start, member.length, source, start, size);
    return compareBytes(digits, 0, spellInteger(member.exactInteger, digits), source, start, size);
  }

  // Changing.

  /** Adds the member that was just searched for by these bytes and is not in the set. */
  addMissing(source: Uint8Array, start: number, size: number, score: number): void {
    if (this.#packed) this.add(source, start, size, score);
    else this.#table.add(this.#key, score);
  }

  /** Adds a member that is not in the set, and becomes a table where parameters ask for it. */
  add(source: Uint8Array, start: number, size: number, score: number): void {
    if (this.#packed && !this.#fitsPack(size)) this.#convert();
    if (!this.#packed) return this.#table.add(this.#key.load(source, start, size), score);
    this.#insert(this.#placeFor(score, source, start, size, this.#pack.first()), source, start, size, score);
    this.#moved();
  }

  /** The same for a member that another structure shows. */
  addElement(element: ElementView, score: number): void {
    if (!element.isInteger) return this.add(element.bytes, element.start, element.length, score);
    this.add(givenDigits, 0, spellInteger(element.exactInteger, givenDigits), score);
  }

  /** Gives the member just found by these bytes another score. */
  setScore(source: Uint8Array, start: number, size: number, score: number): void {
    if (!this.#packed) return this.setScoreOfFound(score);
    const pack = this.#pack;
    const before = pack.totalBytes;
    const from = score > this.score ? this.#at : pack.first();
    const place = this.#placeFor(score, source, start, size, from);
    if (place === this.#at || place === this.#following()) this.#replaceScore(pack.next(this.#at), score);
    else {
      this.#insert(place, source, start, size, score);
      const shifted = place !== 0 && place < this.#at;
      pack.remove(shifted ? this.#at + pack.totalBytes - before : this.#at, 2);
    }
    this.#moved();
  }

  /** The same in a table. */
  setScoreOfFound(score: number): void {
    this.#table.setScore(this.#at, score);
  }

  /** Takes out the element just found by its member. */
  removeFound(): void {
    if (!this.#packed) return this.#table.removeFound(this.#at);
    this.#pack.remove(this.#at, 2);
    this.#moved();
  }

  /** Takes out the elements from one rank up to another, which stays. */
  removeRange(from: number, to: number): void {
    if (this.#packed) {
      this.#pack.remove(this.#pack.at(from * 2), (to - from) * 2);
      this.#moved();
      return;
    }
    for (let left = to - from; left > 0; left--) this.#table.removeAt(from);
  }

  /** Becomes a listpack where parameters allow it. */
  compact(): void {
    const { root, count } = this;
    if (this.#packed || count > root.config.get(zsetMaxListpackEntries)) return;
    const memberBytesMax = root.config.get(zsetMaxListpackValue);
    let bytes = 0;
    let longest = 0;
    this.#table.table.forEach((element) => {
      const { length } = this.#table.memberOf(element);
      longest = Math.max(longest, length);
      bytes += length;
    });
    if (longest > memberBytesMax || bytes > PACK_BYTES_MAX) return;
    const small: ValueRoot = { heap: this.heap, config: root.config, root: 0, encoding: LISTPACK };
    const pack = this.#pack.open(Listpack.create(this.heap));
    try {
      for (let rank = 0; rank < count; rank++) {
        if (rank === 0) this.seek(0);
        else this.next();
        const { bytes, start, length } = this.member;
        this.#insert(0, bytes, start, length, this.score);
      }
    } catch (error) {
      this.heap.free(pack.ref);
      throw error;
    }
    small.root = pack.ref;
    this.#table.release();
    this.#adopt(small);
  }

  // The whole.

  /** A copy of it at another root. */
  copy(target: ValueRoot): void {
    const { heap } = this;
    if (this.#packed) {
      const { ref, totalBytes } = this.#pack;
      target.root = heap.allocate(totalBytes);
      target.encoding = LISTPACK;
      heap.copy(ref, target.root, totalBytes);
      return;
    }
    const copy = new SortedSet(heap).createTable(target);
    for (let rank = 0; rank < this.count; rank++) {
      if (rank === 0) this.seek(0);
      else this.next();
      const { bytes, start, length } = this.member;
      copy.add(bytes, start, length, this.score);
    }
  }

  /** Frees its blocks. */
  release(): void {
    if (this.#packed) this.heap.free(this.#pack.ref);
    else this.#table.release();
  }

  /** Frees about so many elements; true when nothing is left. */
  releasePart(elementsMax: number): boolean {
    if (!this.#packed) return this.#table.freePart(elementsMax);
    this.release();
    return true;
  }

  /** Bytes of its blocks, those of elements by so many of them (0: all). */
  memoryUsage(samples: number): number {
    const { heap } = this;
    if (this.#packed) return heap.blockBytes(this.#pack.ref);
    const { table, index } = this.#table;
    let seen = 0;
    let bytes = 0;
    for (let position = 0; samples === 0 || seen < samples;) {
      position = table.scan(position, (element) => {
        seen++;
        bytes += heap.blockBytes(element);
      });
      if (position === 0) break;
    }
    const own = heap.blockBytes(this.root.root) + table.ownBytes + index.ownBytes;
    return own + (seen === 0 ? 0 : Math.round(bytes / seen * this.count));
  }

  /** A copy of the member that the cursor stands on. */
  memberBytes(): Uint8Array {
    return elementBytes(this.member);
  }

  // In the listpack.

  #fitsPack(memberBytes: number): boolean {
    const { config } = this.root;
    return this.count < config.get(zsetMaxListpackEntries) && memberBytes <= config.get(zsetMaxListpackValue) &&
      this.#pack.totalBytes + memberBytes <= PACK_BYTES_MAX;
  }

  /** The position of the first element, `from` or behind it, that comes after a member and score; 0: there is none. */
  #placeFor(score: number, source: Uint8Array, start: number, size: number, from: number): number {
    const pack = this.#pack;
    const found = this.#at;
    let position = from;
    while (position !== 0) {
      const scorePosition = pack.next(position);
      const own = this.#scoreAt(scorePosition);
      if (own > score) break;
      this.#at = position;
      if (own === score && this.compareMember(source, start, size) > 0) break;
      position = pack.next(scorePosition);
    }
    this.#at = found;
    return position;
  }

  #following(): number {
    return this.#pack.next(this.#pack.next(this.#at));
  }

  #scoreAt(position: number): number {
    const pack = this.#pack;
    const integer = pack.integerAt(position);
    if (integer === integer) return integer;
    pack.read(position);
    return parseFloat64(pack.bytes, pack.start, pack.length);
  }

  #insert(before: number, source: Uint8Array, start: number, size: number, score: number): void {
    const pack = this.#pack;
    const integer = integerOf(score);
    const text = integer !== null ? NO_TEXT : encodeText(formatFloat64(score));
    const scoreBytes = integer !== null ? listpackIntegerBytes(integer) : listpackElementBytes(text, 0, text.length);
    pack.reserve(listpackElementBytes(source, start, size) + scoreBytes);
    const position = pack.insert(before, source, start, size);
    const behind = before === 0 ? 0 : pack.next(position);
    if (integer !== null) pack.insertInteger(behind, integer);
    else pack.insert(behind, text, 0, text.length);
  }

  #replaceScore(position: number, score: number): void {
    const integer = integerOf(score);
    if (integer !== null) return this.#pack.replaceInteger(position, integer);
    const text = encodeText(formatFloat64(score));
    this.#pack.replace(position, text, 0, text.length);
  }

  #moved(): void {
    if (this.root.root !== this.#pack.ref) this.root.root = this.#pack.ref;
  }

  #convert(): void {
    const large: ValueRoot = { heap: this.heap, config: this.root.config, root: 0, encoding: SKIPLIST };
    large.root = ScoredTable.create(this.heap);
    const table = this.#table.open(large.root);
    const { count } = this;
    try {
      for (let rank = 0; rank < count; rank++) {
        if (rank === 0) this.seek(0);
        else this.next();
        const { score, member } = this;
        if (!member.isInteger) this.#key.load(member.bytes, member.start, member.length);
        else this.#key.load(digits, 0, spellInteger(member.exactInteger, digits));
        table.add(this.#key, score);
      }
    } catch (error) {
      table.release();
      throw error;
    }
    this.heap.free(this.#pack.ref);
    this.#adopt(large);
  }

  #adopt({ root, encoding }: ValueRoot): void {
    this.root.root = root;
    this.root.encoding = encoding;
    this.#packed = encoding === LISTPACK;
  }
}

/** A score as it is kept where it is an integer, which loses the sign of zero; else null. */
function integerOf(score: number): Int64 | null {
  if (!Number.isInteger(score) || Math.abs(score) > INTEGER_SCORE_MAX) return null;
  return Number.isSafeInteger(score) ? score + 0 : BigInt(score);
}
