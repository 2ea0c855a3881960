/**
 * What a server knows about some keys, beside their values, as objects: who watches a key, who has read it.
 *
 * Chains of keys whose hashes lead to the same bucket. Keys come and go here with each transaction, and a `Map` makes new tables
 * for that time and again; here a key that comes and goes is an object that is linked and unlinked. Asking allocates nothing.
 *
 * @module
 */
import type { Key } from "./key.ts";

const BUCKETS_MIN = 16;

/** A key and what is known about it. */
class Item<V> {
  /** In its bucket. */
  next: Item<V> | null = null;
  // Among all, those first that have been there longest.
  before: Item<V> | null = null;
  behind: Item<V> | null = null;

  constructor(readonly key: Key, public value: V) {}
}

/** A map by keys. */
export class KeyMap<V> {
  #buckets: (Item<V> | null)[] = new Array(BUCKETS_MIN).fill(null);
  #oldest: Item<V> | null = null;
  #newest: Item<V> | null = null;
  #size = 0;

  /** Number of keys. */
  get size(): number {
    return this.#size;
  }

  get(key: Key): V | undefined {
    return this.#find(key)?.value;
  }

  /** A key that is new is kept as it is given, so it must be nobody else's, over bytes of its own. */
  set(key: Key, value: V): void {
    const known = this.#find(key);
    if (known !== null) {
      known.value = value;
      return;
    }
    if (this.#size === this.#buckets.length) this.#resize(2 * this.#size);
    const item = new Item(key, value);
    this.#link(item);
    item.before = this.#newest;
    if (this.#newest === null) this.#oldest = item;
    else this.#newest.behind = item;
    this.#newest = item;
    this.#size++;
  }

  /** Whether it was there. */
  delete(key: Key): boolean {
    const item = this.#find(key);
    if (item === null) return false;
    this.#unlink(item);
    const { before, behind } = item;
    if (before === null) this.#oldest = behind;
    else before.behind = behind;
    if (behind === null) this.#newest = before;
    else behind.before = before;
    this.#size--;
    if (this.#size < this.#buckets.length >>> 3 && this.#buckets.length > BUCKETS_MIN) {
      this.#resize(this.#buckets.length >>> 1);
    }
    return true;
  }

  clear(): void {
    this.#buckets = new Array(BUCKETS_MIN).fill(null);
    this.#oldest = this.#newest = null;
    this.#size = 0;
  }

  /** The keys, those first that have been there longest. */
  *keys(): Generator<Key> {
    for (let item = this.#oldest; item !== null; item = item.behind) yield item.key;
  }

  /** What is known about them, in the same order. */
  *values(): Generator<V> {
    for (let item = this.#oldest; item !== null; item = item.behind) yield item.value;
  }

  #find(key: Key): Item<V> | null {
    for (let item = this.#buckets[this.#bucketOf(key)]; item !== null; item = item.next) {
      if (item.key.isSame(key)) return item;
    }
    return null;
  }

  #bucketOf({ hash }: Key): number {
    return hash & (this.#buckets.length - 1);
  }

  #link(item: Item<V>): void {
    const bucket = this.#bucketOf(item.key);
    item.next = this.#buckets[bucket];
    this.#buckets[bucket] = item;
  }

  #unlink(item: Item<V>): void {
    const bucket = this.#bucketOf(item.key);
    let other = this.#buckets[bucket]!;
    if (other === item) this.#buckets[bucket] = item.next;
    else {
      while (other.next !== item) other = other.next!;
      other.next = item.next;
    }
  }

  #resize(buckets: number): void {
    this.#buckets = new Array(buckets).fill(null);
    for (let item = this.#oldest; item !== null; item = item.behind) this.#link(item);
  }
}
