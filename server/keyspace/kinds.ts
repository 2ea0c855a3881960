/**
 * The kinds of values that a server holds: each registered type with each of its encodings has a number of eight bits,
 * which is what entries store. The numbers live as long as the server; they are on no disk.
 *
 * @module
 */
import { assert } from "../base/assert.ts";
import type { AnyType, BytesTypeDefinition } from "../api/type.ts";
import { FORM_INLINE, FORM_INTEGER, FORM_OBJECT, FORM_ROOT, FORM_SEPARATE } from "../structures/entry.ts";

/** A type with an encoding. */
export interface Kind {
  readonly id: number;
  readonly type: AnyType;
  /** What follows the key in an entry. */
  readonly form: number;
  /** As `OBJECT ENCODING` reports it. */
  readonly encoding: string;
  /** Index of the encoding in its type. */
  readonly encodingIndex: number;
}

const KINDS_MAX = 256;

// Offsets from the first kind of a bytes type.
export const BYTES_INTEGER = 0;
export const BYTES_SHORT = 1;
export const BYTES_LONG = 2;
export const BYTES_SEPARATE = 3;

export class Kinds {
  /** By number; holes are free. */
  readonly all: (Kind | undefined)[] = [];
  readonly #first = new Map<AnyType, number>();

  /** Gives the type its numbers. */
  register(type: AnyType): void {
    assert(!this.#first.has(type), `type ${type.name} is registered already`);
    const encodings = encodingsOf(type);
    const first = this.#freeRun(encodings.length);
    encodings.forEach(([encoding, form], encodingIndex) => {
      const id = first + encodingIndex;
      this.all[id] = { id, type, form, encoding, encodingIndex };
    });
    this.#first.set(type, first);
  }

  /** Takes the numbers back; no entry may have them. */
  unregister(type: AnyType): void {
    const first = this.firstOf(type);
    for (let id = first; this.all[id]?.type === type; id++) this.all[id] = undefined;
    this.#first.delete(type);
  }

  /** Number of a type's first encoding. */
  firstOf(type: AnyType): number {
    const first = this.#first.get(type);
    assert(first !== undefined, `type ${type.name} is not registered`);
    return first;
  }

  /** Whether a type is registered. */
  has(type: AnyType): boolean {
    return this.#first.has(type);
  }

  /** All types, in order of registration. */
  types(): AnyType[] {
    return [...this.#first.keys()];
  }

  #freeRun(length: number): number {
    for (let first = 0; first + length <= KINDS_MAX; first++) {
      let free = 0;
      while (free < length && this.all[first + free] === undefined) free++;
      if (free === length) return first;
    }
    throw new RangeError("too many data types");
  }
}

function encodingsOf(type: AnyType): (readonly [name: string, form: number])[] {
  switch (type.storage) {
    case "bytes":
      return bytesEncodings(type);
    case "heap":
      return type.encodings.map((name) => [name, FORM_ROOT] as const);
    case "object":
      return [[type.encoding ?? "raw", FORM_OBJECT]];
  }
}

function bytesEncodings(type: BytesTypeDefinition): (readonly [string, number])[] {
  const [integer, short, long] = type.encodings;
  return [[integer, FORM_INTEGER], [short, FORM_INLINE], [long, FORM_INLINE], [long, FORM_SEPARATE]];
}
