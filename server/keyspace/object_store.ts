/**
 * Values that are JavaScript objects, by the index that their entry holds.
 *
 * @module
 */
export class ObjectStore {
  readonly #objects: (object | null)[] = [];
  readonly #free: number[] = [];

  add(value: object): number {
    const index = this.#free.pop() ?? this.#objects.length;
    this.#objects[index] = value;
    return index;
  }

  get(index: number): object {
    return this.#objects[index]!;
  }

  replace(index: number, value: object): void {
    this.#objects[index] = value;
  }

  remove(index: number): object {
    const value = this.#objects[index]!;
    this.#objects[index] = null;
    this.#free.push(index);
    return value;
  }

  clear(): void {
    this.#objects.length = 0;
    this.#free.length = 0;
  }

  get count(): number {
    return this.#objects.length - this.#free.length;
  }
}
