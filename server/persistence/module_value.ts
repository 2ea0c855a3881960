/**
 * Values of third-party types in the RDB format: an id made of the type's name and version, then parts that each tell
 * their kind, then an end mark, so that a server without the type can skip them.
 *
 * @module
 */
import { CorruptValueError, type ValueInput, type ValueOutput } from "../api/type.ts";
import type { ValueReader, ValueWriter } from "./value_codec.ts";

/** Opcode of module values. */
export const MODULE_OPCODE = 7;

const PART_END = 0;
const PART_UNSIGNED = 2;
const PART_DOUBLE = 4;
const PART_STRING = 5;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VERSION_BITS = 10n;

/** Nine characters of six bits, and ten bits of version. */
function moduleTypeId(name: string, version: number): bigint {
  let id = 0n;
  for (const character of name) id = (id << 6n) | BigInt(ALPHABET.indexOf(character));
  return (id << VERSION_BITS) | BigInt(version);
}

/** Name and version of an id. */
export function moduleTypeOf(id: bigint): { name: string; version: number } {
  let name = "";
  for (let shift = 48n; shift >= 0n; shift -= 6n) name += ALPHABET[Number((id >> (VERSION_BITS + shift)) & 63n)];
  return { name, version: Number(id & 1023n) };
}

/** Writes the parts of a module value. */
export class ModuleValueWriter implements ValueOutput {
  constructor(readonly output: ValueWriter, name: string, version: number) {
    const id = moduleTypeId(name, version);
    output.byte(0x81);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, id);
    output.raw(bytes);
  }

  string(bytes: Uint8Array, start?: number, size?: number): void {
    this.output.length(PART_STRING);
    this.output.string(bytes, start, size);
  }

  integerString(value: number | bigint): void {
    this.output.length(PART_STRING);
    this.output.integerString(value);
  }

  length(value: number | bigint): void {
    this.output.length(PART_UNSIGNED);
    this.output.length(value);
  }

  double(value: number): void {
    this.output.length(PART_DOUBLE);
    this.output.double(value);
  }

  raw(bytes: Uint8Array): void {
    this.string(bytes);
  }

  end(): void {
    this.output.length(PART_END);
  }
}

/** Reads the parts of a module value, behind its id. */
export class ModuleValueReader implements ValueInput {
  constructor(readonly input: ValueReader) {}

  /** The id of the value that begins here. */
  static id(input: ValueReader): bigint {
    if (input.byte() !== 0x81) throw new CorruptValueError("a module value without id");
    const bytes = new Uint8Array(input.take(8));
    return new DataView(bytes.buffer).getBigUint64(0);
  }

  string(): Uint8Array {
    this.#expect(PART_STRING);
    return this.input.string().slice();
  }

  length(): number {
    this.#expect(PART_UNSIGNED);
    return this.input.length();
  }

  exactLength(): number | bigint {
    this.#expect(PART_UNSIGNED);
    return this.input.exactLength();
  }

  raw(count: number): Uint8Array {
    const bytes = this.string();
    if (bytes.length !== count) throw new CorruptValueError("a module value of other parts than its type reads");
    return bytes;
  }

  double(): number {
    this.#expect(PART_DOUBLE);
    return this.input.double();
  }

  end(): void {
    this.#expect(PART_END);
  }

  #expect(part: number): void {
    if (this.input.length() !== part) throw new CorruptValueError("a module value of other parts than its type reads");
  }
}
