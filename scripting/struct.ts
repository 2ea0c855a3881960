/**
 * The library `struct` of scripts: values as C lays them out in memory.
 * Source: http://www.inf.puc-rio.br/~roberto/struct/
 *
 * @module
 */
import { ByteSink } from "./byte_sink.ts";
import { type Lua, NUMBER } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";
import { toInt64 } from "./number_text.ts";

const INTEGER_BYTES_MAX = 32;
const ALIGNMENT_MAX = 8;
const SIZES: Record<string, number> = { b: 1, B: 1, h: 2, H: 2, l: 8, L: 8, T: 8, f: 4, d: 8, x: 1 };
const NUMBERS = "bBhHlLTiIfd";

/** One step of a format. */
interface Step {
  readonly letter: string;
  readonly size: number;
  /** Bytes to skip before it. */
  readonly padding: number;
  readonly little: boolean;
}

/** Reads a format step by step. */
class Format {
  #at = 0;
  #little = true;
  #alignment = 1;

  constructor(readonly lua: Lua, readonly L: Pointer, readonly text: string) {}

  /** The next step, for a value at `position`; null at the end. */
  next(position: number): Step | null {
    if (this.#at === this.text.length) return null;
    const letter = this.text[this.#at++];
    const size = this.#size(letter);
    let padding = 0;
    const aligned = NUMBERS.includes(letter) ? Math.min(size, this.#alignment) : 1;
    if (aligned > 1 && (aligned & (aligned - 1)) === 0) {
      padding = (aligned - (position & (aligned - 1))) & (aligned - 1);
    }
    const step = { letter, size, padding, little: this.#little };
    if (letter === "<" || letter === ">") this.#little = letter === "<";
    else if (letter === "!") this.#align();
    return step;
  }

  #size(letter: string): number {
    if (letter === "c") return this.#number(1);
    if (letter !== "i" && letter !== "I") return SIZES[letter] ?? 0;
    const size = this.#number(4);
    if (size > INTEGER_BYTES_MAX) {
      this.lua.fail(this.L, `integral size ${size} is larger than limit of ${INTEGER_BYTES_MAX}`);
    }
    return size;
  }

  #align(): void {
    const alignment = this.#number(ALIGNMENT_MAX);
    if (alignment === 0 || (alignment & (alignment - 1)) !== 0) {
      this.lua.fail(this.L, `alignment ${alignment} is not a power of 2`);
    }
    this.#alignment = alignment;
  }

  #number(otherwise: number): number {
    const [digits] = /^\d*/.exec(this.text.slice(this.#at))!;
    this.#at += digits.length;
    if (Number(digits) > 2 ** 31 - 1) this.lua.fail(this.L, "integral size overflow");
    return digits === "" ? otherwise : Number(digits);
  }
}

/** Adds the library to the globals. */
export function addStruct(lua: Lua): void {
  const { api, main } = lua;
  const sink = new ByteSink();
  api._lua_createtable(main, 0, 3);
  lua.addFunctions({
    pack: (L) => pack(lua, L, sink),
    unpack: (L) => unpack(lua, L),
    size: (L) => size(lua, L),
  });
  api._lua_setglobal(main, lua.name("struct"));
}

function formatOf(lua: Lua, L: Pointer): Format {
  return new Format(lua, L, new TextDecoder("latin1").decode(lua.argument(L, 1).slice()));
}

function pack(lua: Lua, L: Pointer, sink: ByteSink): number {
  const format = formatOf(lua, L);
  sink.reset();
  let argument = 1;
  for (let step = format.next(0); step !== null; step = format.next(sink.length)) {
    const { letter, size, padding, little } = step;
    if (padding > 0) sink.bytes.fill(0, sink.reserve(padding), sink.length);
    if (NUMBERS.includes(letter)) {
      const value = lua.api._luaL_checknumber(L, ++argument);
      const at = sink.reserve(size);
      writeNumber(new DataView(sink.bytes.buffer, at, size), letter, value, little);
    } else if (letter === "s" || letter === "c") {
      const bytes = lua.argument(L, ++argument);
      const count = letter === "s" || size === 0 ? bytes.length : size;
      if (bytes.length < count) lua.failArgument(L, argument + 1, "string too short");
      sink.write(bytes.subarray(0, count));
      if (letter === "s") sink.byte(0);
    } else if (letter === "x") sink.byte(0);
    else refuseUnknown(lua, L, letter);
  }
  lua.pushBytes(L, sink.bytes, 0, sink.length);
  return 1;
}

function writeNumber(view: DataView, letter: string, value: number, little: boolean): void {
  if (letter === "f") return view.setFloat32(0, value, little);
  if (letter === "d") return view.setFloat64(0, value, little);
  const size = view.byteLength;
  // A value beyond a long, but within an unsigned one, keeps its bits; bytes behind the eighth are zero.
  const integer = value >= 2 ** 63 && value < 2 ** 64 ? BigInt(Math.trunc(value)) : BigInt(toInt64(value));
  const bits = BigInt.asUintN(64, integer);
  for (let i = 0; i < size; i++) view.setUint8(little ? i : size - 1 - i, Number(bits >> BigInt(8 * i) & 0xffn));
}

function readNumber(view: DataView, letter: string, little: boolean): number {
  if (letter === "f") return view.getFloat32(0, little);
  if (letter === "d") return view.getFloat64(0, little);
  const size = view.byteLength;
  let bits = 0n;
  for (let i = Math.min(size, 8) - 1; i >= 0; i--) bits = bits << 8n | BigInt(view.getUint8(little ? i : size - 1 - i));
  const isSigned = letter >= "a";
  return Number(isSigned ? BigInt.asIntN(8 * Math.min(size, 8), bits) : bits);
}

function unpack(lua: Lua, L: Pointer): number {
  const { api } = lua;
  const format = formatOf(lua, L);
  const data = lua.argument(L, 2).slice();
  const from = api._lua_type(L, 3) <= 0 ? 1 : Math.trunc(api._luaL_checknumber(L, 3));
  if (from === 0) lua.failArgument(L, 3, "offset must be 1 or greater");
  let at = from < 0 ? Infinity : from - 1;
  let count = 0;
  const need = (size: number) => {
    if (at + size > data.length) lua.failArgument(L, 2, "data string too short");
  };
  for (let step = format.next(at); step !== null; step = format.next(at)) {
    const { letter, padding, little } = step;
    let { size } = step;
    at += padding;
    need(size);
    if (api._lua_checkstack(L, 8) === 0) lua.fail(L, "too many results");
    if (NUMBERS.includes(letter)) {
      api._lua_pushnumber(L, readNumber(new DataView(data.buffer, at, size), letter, little));
      count++;
    } else if (letter === "c") {
      if (size === 0) {
        if (count === 0 || api._lua_type(L, -1) !== NUMBER) lua.fail(L, "format 'c0' needs a previous size");
        size = api._lua_tonumberx(L, -1, 0);
        api._lua_settop(L, -2);
        count--;
        if (size < 0) size = Infinity;
        need(size);
      }
      lua.pushBytes(L, data, at, size);
      count++;
    } else if (letter === "s") {
      const end = data.indexOf(0, at);
      if (end < 0) lua.fail(L, "unfinished string in data");
      lua.pushBytes(L, data, at, end - at);
      size = end - at + 1;
      count++;
    } else if (letter !== "x") refuseUnknown(lua, L, letter);
    at += size;
  }
  api._lua_pushnumber(L, at + 1);
  return count + 1;
}

function size(lua: Lua, L: Pointer): number {
  const format = formatOf(lua, L);
  let total = 0;
  for (let step = format.next(total); step !== null; step = format.next(total)) {
    const { letter, size, padding } = step;
    if (letter === "s") lua.failArgument(L, 1, "option 's' has no fixed size");
    if (letter === "c" && size === 0) lua.failArgument(L, 1, "option 'c0' has no fixed size");
    total += padding + size;
  }
  lua.api._lua_pushnumber(L, total);
  return 1;
}

function refuseUnknown(lua: Lua, L: Pointer, letter: string): void {
  if (!"<>! ".includes(letter)) lua.failArgument(L, 1, `invalid format option '${letter}'`);
}
