/**
 * Patterns of `BY` and `GET`: the name of a key with `*` in the place of the element, or of a field in a hash, `key_*->field`.
 *
 * @module
 */
import { type CommandContext, elementBytes, Key } from "../../server/api/mod.ts";
import { hashType } from "../hashes/hash_type.ts";
import { stringType } from "../strings/string_type.ts";

const STAR = 0x2a;
const HASH = 0x23;
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

/** Takes a pattern apart. */
export function parsePattern(bytes: Uint8Array): Pattern {
  const star = bytes.indexOf(STAR);
  if (star < 0) {
    return { isElement: bytes.length === 1 && bytes[0] === HASH, before: null, behind: bytes, field: null };
  }
  const arrow = arrowBehind(bytes, star);
  const end = arrow < 0 ? bytes.length : arrow;
  const field = arrow < 0 ? null : bytes.subarray(arrow + 2);
  return { isElement: false, before: bytes.subarray(0, star), behind: bytes.subarray(star + 1, end), field };
}

/** The first `->`, if anything follows it. */
function arrowBehind(bytes: Uint8Array, star: number): number {
  for (let i = star + 1; i + 1 < bytes.length; i++) {
    if (bytes[i] === DASH && bytes[i + 1] === GREATER) return i + 2 < bytes.length ? i : -1;
  }
  return -1;
}

/** What a pattern stands for with an element; null where that does not exist or is of another type. */
export function valueOf({ db }: CommandContext, pattern: Pattern, element: Uint8Array): Uint8Array | null {
  const { isElement, before, behind, field } = pattern;
  if (isElement) return element;
  if (before === null) return null;
  const name = new Uint8Array(before.length + element.length + behind.length);
  name.set(before);
  name.set(element, before.length);
  name.set(behind, before.length + element.length);
  const key = Key.of(name);
  if (field === null) {
    const entry = db.lookup(key);
    return entry === 0 ? null : db.bytesOf(entry, stringType)?.toBytes() ?? null;
  }
  const entry = db.peek(key);
  if (entry !== 0 && db.typeOf(entry) !== hashType) return null;
  const value = db.read(key, hashType)?.find(field, 0, field.length) ?? null;
  return value === null ? null : elementBytes(value);
}
