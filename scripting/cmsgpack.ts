/**
 * The library `cmsgpack` of scripts.
 * Source: https://github.com/msgpack/msgpack/blob/master/spec.md
 *
 * @module
 */
import { ByteSink } from "./byte_sink.ts";
import { BOOLEAN, type Lua, NIL, NUMBER, STRING, TABLE } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

/** Tables within tables that are packed; what is deeper becomes nil. */
const DEPTH_MAX = 16;
/** Tables within tables that are unpacked. */
const LEVELS_MAX = 4000;
const BAD_FORMAT = "Bad data format in input.";
const MISSING_BYTES = "Missing bytes in input.";

/** Adds the library to the globals. */
export function addCmsgpack(lua: Lua): void {
  const { api, main } = lua;
  const packer = new Packer(lua);
  api._lua_createtable(main, 0, 12);
  lua.addFunctions({
    pack: (L) => {
      const count = api._lua_gettop(L);
      if (count === 0) lua.failArgument(L, 0, "MessagePack pack needs input.");
      packer.sink.reset();
      for (let i = 1; i <= count; i++) {
        api._lua_pushvalue(L, i);
        packer.pack(L, 0);
      }
      lua.pushBytes(L, packer.sink.bytes, 0, packer.sink.length);
      return 1;
    },
    unpack: (L) => unpack(lua, L, 0, 0, false),
    unpack_one: (L) => unpack(lua, L, 1, optionalInteger(lua, L, 2), true),
    unpack_limit: (L) => {
      const limit = Math.trunc(api._luaL_checknumber(L, 2));
      return unpack(lua, L, limit, optionalInteger(lua, L, 3), true);
    },
  });
  const texts = {
    _NAME: "cmsgpack",
    _VERSION: "lua-cmsgpack 0.4.0",
    _COPYRIGHT: "Copyright (C) 2012, Salvatore Sanfilippo",
    _DESCRIPTION: "MessagePack C implementation for Lua",
  };
  for (const [name, text] of Object.entries(texts)) {
    lua.pushText(main, name);
    lua.pushText(main, text);
    api._lua_rawset(main, -3);
  }
  api._lua_setglobal(main, lua.name("cmsgpack"));
}

function optionalInteger(lua: Lua, L: Pointer, i: number): number {
  return lua.api._lua_type(L, i) <= NIL ? 0 : Math.trunc(lua.api._luaL_checknumber(L, i));
}

class Packer {
  readonly sink = new ByteSink();
  readonly #double = new DataView(new ArrayBuffer(8));

  constructor(readonly lua: Lua) {}

  /** Packs the value on top of the stack and pops it. */
  pack(L: Pointer, depth: number): void {
    const { api } = this.lua;
    switch (api._lua_type(L, -1)) {
      case STRING:
        this.#string(this.lua.view(L, -1)!);
        break;
      case BOOLEAN:
        this.sink.byte(api._lua_toboolean(L, -1) === 0 ? 0xc2 : 0xc3);
        break;
      case NUMBER:
        this.#number(api._lua_tonumberx(L, -1, 0));
        break;
      case TABLE:
        if (depth === DEPTH_MAX) this.sink.byte(0xc0);
        else this.#table(L, depth);
        break;
      default:
        this.sink.byte(0xc0);
    }
    api._lua_settop(L, -2);
  }

  #string(bytes: Uint8Array): void {
    const { sink } = this;
    const size = bytes.length;
    if (size < 32) sink.byte(0xa0 | size);
    else this.#header(size, 0xd9, 0xda, 0xdb);
    sink.write(bytes);
  }

  /** A type with a size of one, two or four bytes; 0 where there is none with one. */
  #header(size: number, byte: number, short: number, word: number): void {
    const { sink } = this;
    const width = size < 0x100 && byte !== 0 ? 1 : size < 0x10000 ? 2 : 4;
    sink.byte(width === 1 ? byte : width === 2 ? short : word);
    sink.integer(size, width);
  }

  #number(value: number): void {
    if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) return this.#integer(value);
    const { sink } = this;
    const isSingle = Math.fround(value) === value;
    const size = isSingle ? 4 : 8;
    if (isSingle) this.#double.setFloat32(0, value);
    else if (Number.isNaN(value)) this.#double.setBigUint64(0, 0xfff8000000000000n);
    else this.#double.setFloat64(0, value);
    sink.byte(isSingle ? 0xca : 0xcb);
    sink.write(new Uint8Array(this.#double.buffer, 0, size));
  }

  #integer(value: number): void {
    const { sink } = this;
    if (value >= -32 && value < 128) return sink.byte(value);
    const bits = value < 0 ? -value - 1 : value;
    const half = value < 0 ? 2 : 1;
    const power = bits < 0x100 / half ? 0 : bits < 0x10000 / half ? 1 : bits < 2 ** 32 / half ? 2 : 3;
    sink.byte((value < 0 ? 0xd0 : 0xcc) + power);
    sink.integer(power < 3 ? value : BigInt(value), 1 << power);
  }

  /** A table with the keys 1 to n is an array, any other one a map. */
  #table(L: Pointer, depth: number): void {
    const { api } = this.lua;
    const { sink } = this;
    if (api._lua_checkstack(L, 8) === 0) this.lua.fail(L, "stack overflow");
    const [count, isArray] = this.#measure(L);
    if (count < 16) sink.byte((isArray ? 0x90 : 0x80) | count);
    else this.#header(count, 0, isArray ? 0xdc : 0xde, isArray ? 0xdd : 0xdf);
    if (isArray) {
      for (let i = 1; i <= count; i++) {
        api._lua_rawgeti(L, -1, i);
        this.pack(L, depth + 1);
      }
      return;
    }
    api._lua_pushnil(L);
    while (api._lua_next(L, -2) !== 0) {
      api._lua_pushvalue(L, -2);
      this.pack(L, depth + 1);
      this.pack(L, depth + 1);
    }
  }

  #measure(L: Pointer): [count: number, isArray: boolean] {
    const { api } = this.lua;
    let count = 0;
    let largest = 0;
    let isArray = true;
    api._lua_pushnil(L);
    while (api._lua_next(L, -2) !== 0) {
      api._lua_settop(L, -2);
      count++;
      const key = api._lua_type(L, -1) === NUMBER ? api._lua_tonumberx(L, -1, 0) : 0;
      if (Number.isInteger(key) && key > 0) largest = Math.max(largest, key);
      else isArray = false;
    }
    return [count, isArray && largest === count];
  }
}

/** Pushes values, all or up to `limit`, and where `tells` before them the offset of what follows, -1 at the end. */
function unpack(lua: Lua, L: Pointer, limit: number, offset: number, tells: boolean): number {
  const { api } = lua;
  const bytes = lua.argument(L, 1).slice();
  if (offset < 0 || limit < 0) {
    lua.fail(L, `Invalid request to unpack with offset of ${offset | 0} and limit of ${bytes.length}.`);
  }
  if (offset > bytes.length) lua.fail(L, `Start offset ${offset | 0} greater than input length ${bytes.length}.`);
  const unpacker = new Unpacker(lua, L, bytes, offset);
  const isWhole = limit === 0;
  let count = 0;
  for (; unpacker.at < bytes.length && (isWhole || count < limit); count++) {
    if (api._lua_checkstack(L, 8) === 0) lua.fail(L, "too many results to unpack");
    unpacker.value();
  }
  if (!tells || isWhole) return count;
  api._lua_pushnumber(L, unpacker.at < bytes.length ? unpacker.at : -1);
  api._lua_insert(L, -1 - count);
  return count + 1;
}

/** An array or a map that is being read: its table is on the stack, with a key of a map above it while the value is read. */
interface Level {
  readonly isMap: boolean;
  /** Items, or keys and values, that it has in all and so far. */
  readonly count: number;
  read: number;
}

class Unpacker {
  readonly #view: DataView;
  /** The innermost last. JavaScript's stack would not hold as many. */
  readonly #levels: Level[] = [];

  constructor(readonly lua: Lua, readonly L: Pointer, readonly bytes: Uint8Array<ArrayBuffer>, public at: number) {
    this.#view = new DataView(bytes.buffer);
  }

  /** Pushes the next value with all that is in it. */
  value(): void {
    const levels = this.#levels;
    this.#begin();
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      if (level.read === level.count) {
        levels.pop();
        this.#put();
        continue;
      }
      level.read++;
      const depth = levels.length;
      this.#begin();
      if (levels.length === depth) this.#put();
    }
  }

  /** Puts the value on top of the stack into what it is part of; a key waits for its value. */
  #put(): void {
    const { lua: { api }, L } = this;
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    if (!level.isMap) api._lua_rawseti(L, -2, level.read);
    else if (level.read % 2 === 0) api._lua_rawset(L, -3);
  }

  /** Pushes the next value, of an array or a map the table that is to be filled. */
  #begin(): void {
    const { lua: { api }, L } = this;
    const type = this.bytes[this.#take(1)];
    if (type < 0x80) return api._lua_pushnumber(L, type);
    if (type < 0x90) return this.#open(true, 2 * (type & 15));
    if (type < 0xa0) return this.#open(false, type & 15);
    if (type < 0xc0) return this.#string(type & 31);
    if (type >= 0xe0) return api._lua_pushnumber(L, type - 0x100);
    const view = this.#view;
    switch (type) {
      case 0xc0:
        return api._lua_pushnil(L);
      case 0xc2:
      case 0xc3:
        return api._lua_pushboolean(L, type & 1);
      case 0xca:
        return api._lua_pushnumber(L, view.getFloat32(this.#take(4)));
      case 0xcb:
        return api._lua_pushnumber(L, view.getFloat64(this.#take(8)));
      case 0xcc:
        return api._lua_pushnumber(L, this.#unsigned(1));
      case 0xcd:
        return api._lua_pushnumber(L, this.#unsigned(2));
      case 0xce:
        return api._lua_pushnumber(L, this.#unsigned(4));
      case 0xcf:
      case 0xd3:
        return api._lua_pushnumber(L, Number(view.getBigInt64(this.#take(8))));
      case 0xd0:
        return api._lua_pushnumber(L, view.getInt8(this.#take(1)));
      case 0xd1:
        return api._lua_pushnumber(L, view.getInt16(this.#take(2)));
      case 0xd2:
        return api._lua_pushnumber(L, view.getInt32(this.#take(4)));
      case 0xd9:
        return this.#string(this.#unsigned(1));
      case 0xda:
        return this.#string(this.#unsigned(2));
      case 0xdb:
        return this.#string(this.#unsigned(4));
      case 0xdc:
        return this.#open(false, this.#unsigned(2));
      case 0xdd:
        return this.#open(false, this.#unsigned(4));
      case 0xde:
        return this.#open(true, 2 * this.#unsigned(2));
      case 0xdf:
        return this.#open(true, 2 * this.#unsigned(4));
    }
    this.lua.fail(L, BAD_FORMAT);
  }

  #unsigned(size: 1 | 2 | 4): number {
    const at = this.#take(size);
    return size === 1 ? this.bytes[at] : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #take(size: number): number {
    const { at } = this;
    if (at + size > this.bytes.length) this.lua.fail(this.L, MISSING_BYTES);
    this.at += size;
    return at;
  }

  #string(size: number): void {
    this.lua.pushBytes(this.L, this.bytes, this.#take(size), size);
  }

  #open(isMap: boolean, count: number): void {
    const { api } = this.lua;
    if (this.#levels.length === LEVELS_MAX || api._lua_checkstack(this.L, 8) === 0) {
      this.lua.fail(this.L, `stack overflow (in function mp_decode_to_lua_${isMap ? "hash" : "array"})`);
    }
    api._lua_createtable(this.L, 0, 0);
    this.#levels.push({ isMap, count, read: 0 });
  }
}
