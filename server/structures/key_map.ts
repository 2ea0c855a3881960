/**
 * What a server knows about some keys, beside their values, as objects: who waits for a key, who watches it.
 *
 * Asking costs a look at the hash of the key, and nothing is allocated by it.
 *
 * @module
 */
import type { Key } from "./key.ts";

/** A key and what is known about it. */
interface Item<V> {
  readonly key: Key;
  value: V;
}

/** A map by keys. */
export class KeyMap<V> {
  /** By hash; keys of the same hash share a list. */
  readonly #items = new Map<number, Item<V>[]>();
  #size = 0;

  /** Number of keys. */
  get size(): number {
    return this.#size;
  }

  get(key: Key): V | undefined {
    return this.#items.get(key.hash)?.find((item) => item.key.isSame(key))?.value;
  }

  /** A key that is new is kept as it is given, so it must be nobody else's, over bytes of its own. */
  set(key: Key, value: V): void {
    const items = this.#items.get(key.hash);
    const known = items?.find((item) => item.key.isSame(key));
    if (known !== undefined) {
      known.value = value;
      return;
    }
    const item = { key, value };
    if (items === undefined) this.#items.set(key.hash, [item]);
    else items.push(item);
    this.#size++;
  }

  /** Whether it was there. */
  delete(key: Key): boolean {
    const items = this.#items.get(key.hash);
    const at = items?.findIndex((item) => item.key.isSame(key)) ?? -1;
    if (items === undefined || at < 0) return false;
    if (items.length === 1) this.#items.delete(key.hash);
    else items.splice(at, 1);
    this.#size--;
    return true;
  }

  clear(): void {
    this.#items.clear();
    this.#size = 0;
  }

  /** The keys, those first that have been there longest. */
  *keys(): Generator<Key> {
    for (const items of this.#items.values()) for (const { key } of items) yield key;
  }
}
