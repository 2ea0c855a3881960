/**
 * The library `cjson` of scripts, version 2.1.0.
 * Source: https://kyne.au/~mark/software/lua-cjson-manual.html
 *
 * Its settings last from one script to the next, as they do in Redis.
 *
 * @module
 */
import { ByteSink } from "./byte_sink.ts";
import { CjsonDecoder } from "./cjson_decoder.ts";
import { BOOLEAN, LIGHT_USERDATA, type Lua, type LuaFunction, NIL, NUMBER, STRING, TABLE, TYPE_NAMES } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";
import { formatGeneral } from "./number_text.ts";

const INTEGER_MAX = 2 ** 31 - 1;
const PRECISION_MAX = 14;
/** JavaScript's stack holds so many tables within tables. */
const DEPTH_HELD = 2000;

/** What scripts can set. */
interface Settings {
  sparseConvert: boolean;
  sparseRatio: number;
  sparseSafe: number;
  encodeDepthMax: number;
  decodeDepthMax: number;
  precision: number;
  keepBuffer: boolean;
  encodeInvalid: boolean | "null";
  decodeInvalid: boolean;
}

/** Adds the library to the globals. */
export function addCjson(lua: Lua): void {
  pushLibrary(lua);
  lua.api._lua_setglobal(lua.main, lua.name("cjson"));
}

/** What scripts find set. */
function initialSettings(): Settings {
  return {
    sparseConvert: false,
    sparseRatio: 2,
    sparseSafe: 10,
    encodeDepthMax: 1000,
    decodeDepthMax: 1000,
    precision: PRECISION_MAX,
    keepBuffer: true,
    encodeInvalid: false,
    decodeInvalid: true,
  };
}

/** Pushes the library. */
function pushLibrary(lua: Lua): void {
  const { api, main } = lua;
  api._lua_createtable(main, 0, 16);
  addTo(lua, main, functions(lua, initialSettings()));
}

/** The functions of the library, or of the other one, with settings of its own, that all calls of `new` return. */
function functions(lua: Lua, settings: Settings, isOther = false): Record<string, LuaFunction> {
  const { api } = lua;
  let other: Record<string, LuaFunction> | null = null;
  const encoder = new Encoder(lua, settings);
  const text = new ByteSink();
  const integer = (name: IntegerSetting, min: number, max: number): LuaFunction => (L) => {
    checkCount(lua, L, 1);
    setInteger(lua, L, 1, settings, name, min, max);
    api._lua_pushnumber(L, settings[name]);
    return 1;
  };
  const one = (L: Pointer) => {
    if (api._lua_gettop(L) !== 1) lua.failArgument(L, 1, "expected 1 argument");
  };
  const own: Record<string, LuaFunction> = {
    encode: (L) => {
      one(L);
      encoder.encode(L);
      return 1;
    },
    decode: (L) => {
      one(L);
      const textAt = lua.argument(L, 1).byteOffset;
      const options = {
        depthMax: Math.min(settings.decodeDepthMax, DEPTH_HELD),
        invalidNumbers: settings.decodeInvalid,
      };
      new CjsonDecoder(lua, L, text, options).decode(textAt, lua.size);
      return 1;
    },
    new: (L) => {
      api._lua_createtable(L, 0, 16);
      other ??= isOther ? own : functions(lua, initialSettings(), true);
      addTo(lua, L, other);
      return 1;
    },
    encode_sparse_array: (L) => {
      checkCount(lua, L, 3);
      if (api._lua_type(L, 1) > NIL) settings.sparseConvert = api._lua_toboolean(L, 1) !== 0;
      setInteger(lua, L, 2, settings, "sparseRatio", 0, INTEGER_MAX);
      setInteger(lua, L, 3, settings, "sparseSafe", 0, INTEGER_MAX);
      api._lua_pushboolean(L, settings.sparseConvert ? 1 : 0);
      api._lua_pushnumber(L, settings.sparseRatio);
      api._lua_pushnumber(L, settings.sparseSafe);
      return 3;
    },
    encode_max_depth: integer("encodeDepthMax", 1, INTEGER_MAX),
    decode_max_depth: integer("decodeDepthMax", 1, INTEGER_MAX),
    encode_number_precision: integer("precision", 1, PRECISION_MAX),
    encode_keep_buffer: (L) => {
      checkCount(lua, L, 1);
      if (api._lua_type(L, 1) > NIL) settings.keepBuffer = api._lua_toboolean(L, 1) !== 0;
      api._lua_pushboolean(L, settings.keepBuffer ? 1 : 0);
      return 1;
    },
    encode_invalid_numbers: (L) => {
      checkCount(lua, L, 1);
      if (api._lua_type(L, 1) > NIL) settings.encodeInvalid = invalidNumbers(lua, L, true);
      if (settings.encodeInvalid === "null") lua.pushText(L, "null");
      else api._lua_pushboolean(L, settings.encodeInvalid ? 1 : 0);
      return 1;
    },
    decode_invalid_numbers: (L) => {
      checkCount(lua, L, 1);
      if (api._lua_type(L, 1) > NIL) settings.decodeInvalid = invalidNumbers(lua, L, false) !== false;
      api._lua_pushboolean(L, settings.decodeInvalid ? 1 : 0);
      return 1;
    },
  };
  return own;
}

type IntegerSetting = "sparseRatio" | "sparseSafe" | "encodeDepthMax" | "decodeDepthMax" | "precision";

function checkCount(lua: Lua, L: Pointer, max: number): void {
  if (lua.api._lua_gettop(L) > max) lua.failArgument(L, max + 1, "found too many arguments");
}

function setInteger(
  lua: Lua,
  L: Pointer,
  i: number,
  settings: Settings,
  name: IntegerSetting,
  min: number,
  max: number,
): void {
  if (lua.api._lua_type(L, i) <= NIL) return;
  const value = Math.trunc(lua.api._luaL_checknumber(L, i));
  if (!(value >= min && value <= max)) lua.failArgument(L, 1, `expected integer between ${min} and ${max}`);
  settings[name] = value;
}

function invalidNumbers(lua: Lua, L: Pointer, mayBeNull: boolean): boolean | "null" {
  if (lua.api._lua_type(L, 1) === BOOLEAN) return lua.api._lua_toboolean(L, 1) !== 0;
  const option = new TextDecoder().decode(lua.argument(L, 1));
  if (option === "null" && mayBeNull) return "null";
  if (option === "on" || option === "off") return option === "on";
  return lua.failArgument(L, 1, `invalid option '${option}'`);
}

/** Adds functions, and what else a library has, to the table on top of the stack. */
function addTo(lua: Lua, L: Pointer, added: Record<string, LuaFunction>): void {
  for (const [name, run] of Object.entries(added)) {
    lua.pushText(L, name);
    lua.pushFunction(L, run);
    lua.api._lua_rawset(L, -3);
  }
  for (const [name, text] of [["_NAME", "cjson"], ["_VERSION", "2.1.0"]]) {
    lua.pushText(L, name);
    lua.pushText(L, text);
    lua.api._lua_rawset(L, -3);
  }
  lua.pushText(L, "null");
  lua.api._lua_pushlightuserdata(L, 0);
  lua.api._lua_rawset(L, -3);
}

class Encoder {
  readonly #sink = new ByteSink();

  constructor(readonly lua: Lua, readonly settings: Settings) {}

  /** Replaces the value on top of the stack by its JSON. */
  encode(L: Pointer): void {
    this.#sink.reset();
    this.#value(L, 0);
    this.lua.pushBytes(L, this.#sink.bytes, 0, this.#sink.length);
  }

  /** Writes the value on top of the stack, which stays there. */
  #value(L: Pointer, depth: number): void {
    const { api } = this.lua;
    const type = api._lua_type(L, -1);
    switch (type) {
      case STRING:
        return this.#string(L, -1);
      case NUMBER:
        return this.#number(L, api._lua_tonumberx(L, -1, 0));
      case BOOLEAN:
        return this.#sink.text(api._lua_toboolean(L, -1) === 0 ? "false" : "true");
      case TABLE:
        return this.#table(L, depth + 1);
      case NIL:
        return this.#sink.text("null");
      case LIGHT_USERDATA:
        if (api._lua_touserdata(L, -1) === 0) return this.#sink.text("null");
    }
    this.#refuse(L, type, "type not supported");
  }

  #refuse(L: Pointer, type: number, reason: string): never {
    return this.lua.fail(L, `Cannot serialise ${TYPE_NAMES[type]}: ${reason}`);
  }

  #number(L: Pointer, value: number): void {
    const { encodeInvalid, precision } = this.settings;
    if (!Number.isFinite(value)) {
      if (encodeInvalid === false) this.#refuse(L, NUMBER, "must not be NaN or Inf");
      if (encodeInvalid === "null") return this.#sink.text("null");
      return this.#sink.text(Number.isNaN(value) ? "nan" : formatGeneral(value, precision));
    }
    this.#sink.text(shortNumber(value, precision) ?? formatGeneral(value, precision));
  }

  /** Writes the string at a place of the stack, bytes in a row that need no escape at once. */
  #string(L: Pointer, i: number): void {
    const sink = this.#sink;
    const heap = this.lua.api.HEAPU8;
    let start = this.lua.stringAt(L, i);
    const end = start + this.lua.size;
    sink.byte(0x22);
    for (let at = start; at < end; at++) {
      const escape = ESCAPES[heap[at]];
      if (escape === undefined) continue;
      sink.copy(heap, start, at - start);
      sink.text(escape);
      start = at + 1;
    }
    sink.copy(heap, start, end - start);
    sink.byte(0x22);
  }

  #table(L: Pointer, depth: number): void {
    const { api } = this.lua;
    const depthMax = Math.min(this.settings.encodeDepthMax, DEPTH_HELD);
    if (depth > depthMax || api._lua_checkstack(L, 4) === 0) {
      this.lua.fail(L, `Cannot serialise, excessive nesting (${depth})`);
    }
    const length = this.#arrayLength(L);
    if (length > 0) this.#array(L, depth, length);
    else this.#object(L, depth);
  }

  /** The largest of the keys, where all are positive integers and not too few; else 0. */
  #arrayLength(L: Pointer): number {
    const { api } = this.lua;
    const { sparseConvert, sparseRatio, sparseSafe } = this.settings;
    let largest = 0;
    let items = 0;
    api._lua_pushnil(L);
    while (api._lua_next(L, -2) !== 0) {
      api._lua_settop(L, -2);
      const key = api._lua_type(L, -1) === NUMBER ? api._lua_tonumberx(L, -1, 0) : 0;
      if (!Number.isInteger(key) || key < 1) {
        api._lua_settop(L, -2);
        return 0;
      }
      largest = Math.max(largest, key);
      items++;
    }
    if (sparseRatio === 0 || largest <= items * sparseRatio || largest <= sparseSafe) return largest;
    if (!sparseConvert) this.#refuse(L, TABLE, "excessively sparse array");
    return 0;
  }

  #array(L: Pointer, depth: number, length: number): void {
    const { api } = this.lua;
    const sink = this.#sink;
    sink.byte(0x5b);
    for (let i = 1; i <= length; i++) {
      if (i > 1) sink.byte(0x2c);
      api._lua_rawgeti(L, -1, i);
      this.#value(L, depth);
      api._lua_settop(L, -2);
    }
    sink.byte(0x5d);
  }

  #object(L: Pointer, depth: number): void {
    const { api } = this.lua;
    const sink = this.#sink;
    sink.byte(0x7b);
    api._lua_pushnil(L);
    for (let isFirst = true; api._lua_next(L, -2) !== 0; isFirst = false) {
      if (!isFirst) sink.byte(0x2c);
      const type = api._lua_type(L, -2);
      if (type === NUMBER) {
        sink.byte(0x22);
        this.#number(L, api._lua_tonumberx(L, -2, 0));
        sink.byte(0x22);
      } else if (type === STRING) this.#string(L, -2);
      else this.#refuse(L, type, "table key must be a number or string");
      sink.byte(0x3a);
      this.#value(L, depth);
      api._lua_settop(L, -2);
    }
    sink.byte(0x7d);
  }
}

/**
 * A number as JavaScript writes it, where `%.<precision>g` writes the same: with a point or none, and no more digits than that.
 * Null for others.
 */
function shortNumber(value: number, precision: number): string | null {
  if (Object.is(value, -0)) return null;
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e15)) return null;
  const text = String(value);
  const others = (value < 0 ? 1 : 0) + (Number.isInteger(value) ? 0 : 1);
  return text.length - others <= precision ? text : null;
}

/** What stands for a byte that cannot stand for itself. */
const ESCAPES: readonly (string | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const short: Record<number, string> = {
    8: "\\b",
    9: "\\t",
    10: "\\n",
    12: "\\f",
    13: "\\r",
    0x22: '\\"',
    0x2f: "\\/",
    0x5c: "\\\\",
  };
  if (short[byte] !== undefined) return short[byte];
  return byte < 0x20 || byte === 0x7f ? `\\u${byte.toString(16).padStart(4, "0")}` : undefined;
});
