/**
 * What a command replied, as the value that a script gets: read from the bytes of the protocol straight into Lua.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/lua-api/#data-type-conversion
 *
 * @module
 */
import { type KeptName, pushName } from "./kept_names.ts";
import type { Lua } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

const MINUS = 0x2d;
const LETTER_O = 0x4f;
const LETTER_K = 0x4b;
const OK_BYTES = 2;
/** Slots of Lua's stack for an aggregate and for a value in it. */
const SLOTS_EACH = 16;

export class ReplyToLua {
  #at = 0;
  #lineEnd = 0;

  constructor(readonly lua: Lua) {}

  /** Pushes a reply, the first of `bytes`; whether it is an error. */
  push(L: Pointer, bytes: Uint8Array): boolean {
    this.#at = 0;
    this.#value(L, bytes);
    return bytes[0] === MINUS;
  }

  /** Pushes the table that stands for an error. */
  pushError(L: Pointer, message: Uint8Array): void {
    const { api } = this.lua;
    api._lua_createtable(L, 0, 2);
    this.#field(L, "err", message, 0, message.length);
    pushName(this.lua, L, "ignore_error_stats_update");
    api._lua_pushboolean(L, 1);
    api._lua_rawset(L, -3);
  }

  #value(L: Pointer, bytes: Uint8Array): void {
    const { lua } = this;
    const { api } = lua;
    const type = bytes[this.#at];
    const start = this.#at + 1;
    const end = this.#line(bytes);
    switch (type) {
      case 0x24: // $
        return this.#bulk(L, bytes, start);
      case 0x3a: // :
        return api._lua_pushnumber(L, integerOf(bytes, start, end));
      case 0x2b: // +
        api._lua_createtable(L, 0, 1);
        if (end - start !== OK_BYTES || bytes[start] !== LETTER_O || bytes[start + 1] !== LETTER_K) {
          return this.#field(L, "ok", bytes, start, end - start);
        }
        pushName(lua, L, "ok");
        pushName(lua, L, "OK");
        return api._lua_rawset(L, -3);
      case MINUS:
        return this.pushError(L, bytes.subarray(start, end));
      case 0x2a: // *
      case 0x3e: // >
        return this.#array(L, bytes, integerOf(bytes, start, end));
      case 0x5f: // _
        return api._lua_pushnil(L);
      case 0x23: // #
        return api._lua_pushboolean(L, bytes[start] === 0x74 ? 1 : 0);
      case 0x25: // %
        return this.#pairs(L, bytes, integerOf(bytes, start, end), "map");
      case 0x7e: // ~
        return this.#pairs(L, bytes, integerOf(bytes, start, end), "set");
      case 0x2c: { // ,
        api._lua_createtable(L, 0, 1);
        pushName(lua, L, "double");
        const text = new TextDecoder().decode(bytes.subarray(start, end));
        api._lua_pushnumber(L, Number(text.replace("inf", "Infinity")));
        return api._lua_rawset(L, -3);
      }
      case 0x28: // (
        api._lua_createtable(L, 0, 1);
        return this.#field(L, "big_number", bytes, start, end - start);
      case 0x3d: // =
        return this.#verbatim(L, bytes, integerOf(bytes, start, end));
      case 0x7c: // |
        for (let i = 2 * integerOf(bytes, start, end); i > 0; i--) {
          this.#value(L, bytes);
          api._lua_settop(L, -2);
        }
        return this.#value(L, bytes);
    }
  }

  #bulk(L: Pointer, bytes: Uint8Array, start: number): void {
    if (bytes[start] === MINUS) return this.lua.api._lua_pushboolean(L, 0);
    const size = integerOf(bytes, start, this.#lineEnd);
    this.lua.pushBytes(L, bytes, this.#at, size);
    this.#at += size + 2;
  }

  #array(L: Pointer, bytes: Uint8Array, count: number): void {
    const { api } = this.lua;
    if (count < 0) return api._lua_pushboolean(L, 0);
    this.#makeRoom(L);
    api._lua_createtable(L, count, 0);
    for (let i = 1; i <= count; i++) {
      this.#value(L, bytes);
      api._lua_rawseti(L, -2, i);
    }
  }

  /** `{map={key=value}}` or `{set={member=true}}` */
  #pairs(L: Pointer, bytes: Uint8Array, count: number, name: "map" | "set"): void {
    const { api } = this.lua;
    this.#makeRoom(L);
    api._lua_createtable(L, 0, 1);
    pushName(this.lua, L, name);
    api._lua_createtable(L, 0, count);
    for (let i = 0; i < count; i++) {
      this.#value(L, bytes);
      if (name === "map") this.#value(L, bytes);
      else api._lua_pushboolean(L, 1);
      api._lua_rawset(L, -3);
    }
    api._lua_rawset(L, -3);
  }

  #verbatim(L: Pointer, bytes: Uint8Array, size: number): void {
    const { api } = this.lua;
    api._lua_createtable(L, 0, 1);
    pushName(this.lua, L, "verbatim_string");
    api._lua_createtable(L, 0, 2);
    this.#field(L, "string", bytes, this.#at + 4, size - 4);
    this.#field(L, "format", bytes, this.#at, 3);
    api._lua_rawset(L, -3);
    this.#at += size + 2;
  }

  /** Makes room for an aggregate and what one in it needs; a single value always finds room. */
  #makeRoom(L: Pointer): void {
    if (this.lua.api._lua_checkstack(L, SLOTS_EACH) === 0) this.lua.fail(L, "reached lua stack limit");
  }

  /** Sets a field of the table on top of the stack to a string. */
  #field(L: Pointer, name: KeptName, bytes: Uint8Array, start: number, size: number): void {
    pushName(this.lua, L, name);
    this.lua.pushBytes(L, bytes, start, size);
    this.lua.api._lua_rawset(L, -3);
  }

  /** The end of the line that begins here; the next value is behind it. */
  #line(bytes: Uint8Array): number {
    let end = this.#at;
    while (bytes[end] !== 0x0d) end++;
    this.#lineEnd = end;
    this.#at = end + 2;
    return end;
  }
}

/** Rounded beyond 2^53, as any number of a script is. */
function integerOf(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === MINUS;
  let value = 0;
  if (end - start > 16) value = Math.abs(Number(new TextDecoder().decode(bytes.subarray(start, end))));
  else for (let i = isNegative ? start + 1 : start; i < end; i++) value = value * 10 + bytes[i] - 0x30;
  return isNegative ? -value : value;
}
