/**
 * Patterns of `BY` and `GET`: the name of a key with `*` in the place of the element, or of a field in a hash, `key_*->field`.
 *
 * @module
 */
import { type Arguments, type CommandContext, copyBytes, type ElementView, Key } from "../../server/api/mod.ts";
import { hashType } from "../hashes/hash_type.ts";
import { stringType } from "../strings/string_type.ts";

const STAR = 0x2a;
const DASH = 0x2d;
const GREATER = 0x3e;

/** A pattern, taken apart. */
export interface Pattern {
  /** `#`: the element itself. */
  readonly isElement: boolean;
  /** What stands before the element in the key's name; null where there is no place for it, so that no key is meant. */
  readonly before: Uint8Array | null;
  /** What stands behind it. */
  readonly behind: Uint8Array;
  /** The field; null: the key is a string. */
  readonly field: Uint8Array | null;
}

const NOTHING = new Uint8Array(0);
const ELEMENT: Pattern = { isElement: true, before: null, behind: NOTHING, field: null };
const NO_KEY: Pattern = { isElement: false, before: null, behind: NOTHING, field: null };

/** Takes a pattern apart. */
export function parsePattern(args: Arguments, i: number): Pattern {
  if (!hasStar(args, i)) return args.is(i, "#") ? ELEMENT : NO_KEY;
  const bytes = args.bytes(i);
  const star = bytes.indexOf(STAR);
  const arrow = arrowBehind(bytes, star);
  const end = arrow < 0 ? bytes.length : arrow;
  const field = arrow < 0 ? null : bytes.subarray(arrow + 2);
  return { isElement: false, before: bytes.subarray(0, star), behind: bytes.subarray(star + 1, end), field };
}

function hasStar(args: Arguments, i: number): boolean {
  const { buffer } = args;
  const end = args.start(i) + args.size(i);
  for (let at = args.start(i); at < end; at++) if (buffer[at] === STAR) return true;
  return false;
}

/** The first `->`, if anything follows it. */
function arrowBehind(bytes: Uint8Array, star: number): number {
  for (let i = star + 1; i + 1 < bytes.length; i++) {
    if (bytes[i] === DASH && bytes[i + 1] === GREATER) return i + 2 < bytes.length ? i : -1;
  }
  return -1;
}

/** Finds what patterns stand for. */
export class PatternReader {
  readonly #db: CommandContext["db"];
  readonly #key = new Key();
  #name = new Uint8Array(64);

  constructor({ db }: CommandContext) {
    this.#db = db;
  }

  /** What a pattern stands for with an element, until the next call; null where that does not exist or is of another type. */
  read({ isElement, before, behind, field }: Pattern, element: ElementView): ElementView | null {
    if (isElement) return element;
    if (before === null) return null;
    const db = this.#db;
    const key = this.#keyOf(before, element, behind);
    if (field === null) {
      const entry = db.lookup(key);
      return entry === 0 ? null : db.bytesOf(entry, stringType);
    }
    const entry = db.peek(key);
    if (entry !== 0 && db.typeOf(entry) !== hashType) return null;
    return db.read(key, hashType)?.find(field, 0, field.length) ?? null;
  }

  #keyOf(before: Uint8Array, { bytes, start, length }: ElementView, behind: Uint8Array): Key {
    const size = before.length + length + behind.length;
    if (size > this.#name.length) this.#name = new Uint8Array(size * 2);
    copyBytes(before, 0, this.#name, 0, before.length);
    copyBytes(bytes, start, this.#name, before.length, length);
    copyBytes(behind, 0, this.#name, before.length + length, behind.length);
    return this.#key.load(this.#name, 0, size);
  }
}
