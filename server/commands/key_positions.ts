/**
 * The keys of one command line: where they stand and how they are used.
 *
 * One of these is made per user (dispatcher, ACL, cluster) and filled again for each line, so that looking for keys
 * allocates nothing.
 *
 * @module
 */
import type { KeyFlag } from "../api/command.ts";
import { KeyUse, maskOf } from "./flags.ts";

const CAPACITY_MIN = 16;

/** A list of positions and {@linkcode KeyUse} masks. */
export class KeyPositions {
  #positions = new Int32Array(CAPACITY_MIN);
  #uses = new Int32Array(CAPACITY_MIN);
  #count = 0;

  /** Number of keys. */
  get count(): number {
    return this.#count;
  }

  /** The position of a key among the words of its line. */
  position(index: number): number {
    return this.#positions[index];
  }

  /** The {@linkcode KeyUse} mask of a key. */
  use(index: number): number {
    return this.#uses[index];
  }

  /** Forgets all. */
  clear(): void {
    this.#count = 0;
  }

  /** Adds a key. */
  add(position: number, use: number): void {
    if (this.#count === this.#positions.length) this.#grow();
    this.#positions[this.#count] = position;
    this.#uses[this.#count] = use;
    this.#count++;
  }

  /** {@linkcode add} as a command's own `findKeys` calls it. */
  readonly found: (position: number, flags: readonly KeyFlag[]) => void = (position, flags) =>
    this.add(position, maskOf(KeyUse, flags));

  #grow(): void {
    const positions = new Int32Array(this.#count * 2);
    positions.set(this.#positions);
    this.#positions = positions;
    const uses = new Int32Array(this.#count * 2);
    uses.set(this.#uses);
    this.#uses = uses;
  }
}
