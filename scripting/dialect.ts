/**
 * Lua 5.1 on the engine of Lua 5.2, and the sandbox: what scripts find as globals, and that they cannot change it.
 *
 * Lua 5.2 knows no read-only tables. So what scripts see of a protected table is an empty stand-in, whose reads fall
 * through to the real one and whose writes raise; the few functions that look past metatables are replaced by ones that
 * know the stand-ins. A read of a global costs one look more than it would.
 *
 * Each script gets what the one before left: nothing, since there is nothing that it could write to.
 *
 * @module
 */
import { encodeText } from "../server/api/mod.ts";
import { formatFunction } from "./format.ts";
import { type Lua, type LuaFunction, NIL, NUMBER, PRELUDE, STRING, TABLE, TYPE_NAMES } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

const FINALIZER = encodeText("__gc");
const READ_ONLY = "Attempt to modify a readonly table";

/** Runs once per state, with the functions below; returns the stand-in of the globals. */
const prelude = encodeText(String.raw`
local native = ...
local G, real = _G, native.real
local type, pairs, rawget, load = type, pairs, rawget, load
local setmetatable, getmetatable, pcall = setmetatable, getmetatable, pcall
local unpack, next = table.unpack, next

local function settle(ok, ...)
  if ok then return ok, ... end
  local e = ...
  if type(e) == "table" then
    local message = rawget(e, "err")
    if type(message) == "string" then return false, message end
  end
  return false, e
end

function G.pcall(...) return settle(pcall(...)) end

function G.getmetatable(value)
  local meta = getmetatable(value)
  if meta == false then return nil end
  return meta
end

local function compile(text, name)
  local f, message = load(text, name, "t")
  if f then return f end
  return nil, native.spell(message)
end

function G.loadstring(text, name)
  if type(text) ~= "number" then native.expect(text, "string", "loadstring") end
  return compile(text .. "", name or text)
end

function G.load(f, name)
  native.expect(f, "function", "load")
  return compile(f, name or "=(load)")
end

local memory = collectgarbage
function G.gcinfo() return math.floor(memory("count")) end

G.unpack = unpack
G._VERSION = "Lua 5.1"
for _, name in pairs{"dofile", "loadfile", "print", "rawlen", "require", "module", "bit32"} do G[name] = nil end
for _, name in pairs{"setmetatable", "rawset", "rawget", "next", "tonumber"} do G[name] = native[name] end

local table, string, math = table, string, math
table.unpack, table.pack = nil, nil
function table.getn(t) native.expect(t, "table", "getn") return #t end
function table.setn() native.setn() end
function table.foreach(t, f)
  native.expect(t, "table", "foreach")
  for k, v in next, t do
    local result = f(k, v)
    if result ~= nil then return result end
  end
end
function table.foreachi(t, f)
  native.expect(t, "table", "foreachi")
  for i = 1, #t do
    local result = f(i, t[i])
    if result ~= nil then return result end
  end
end
function table.maxn(t)
  native.expect(t, "table", "maxn")
  local last = 0
  for k in next, t do if type(k) == "number" and k > last then last = k end end
  return last
end

string.format, string.gfind = native.format, string.gmatch

local running = coroutine.running
function coroutine.running()
  local thread, isMain = running()
  if isMain then return nil end
  return thread
end

local log, pow, fmod = math.log, math.pow, math.fmod
function math.log(x) return log(x) end
math.pow = pow or function(x, y) return x ^ y end
math.mod = fmod
math.log10 = math.log10 or function(x) return log(x, 10) end
math.random, math.randomseed = native.random, native.randomseed

local function protect(t)
  for k, v in next, t do if type(v) == "table" and v ~= G and not real[v] then t[k] = protect(v) end end
  local standIn = {}
  real[standIn] = t
  return setmetatable(standIn, {
    __index = t, __newindex = native.readonly, __metatable = false, __len = native.readonlyplain,
    __pairs = function() return next, t, nil end,
  })
end

local strings = getmetatable("")
strings.__index = string
local shown = { __index = native.undefined }
setmetatable(G, shown)
local face = protect(G)
G._G = face
strings.__metatable = protect{ __index = G.string }
return face, protect{ __index = native.undefined }
`);

/** Where the random numbers of scripts stand. */
export interface ScriptRandom {
  /** 48 bits. */
  state: bigint;
}

/** The generator that POSIX describes as `lrand48`: 31 bits. */
function nextRandom(random: ScriptRandom): number {
  random.state = (random.state * 0x5deece66dn + 0xbn) & 0xffffffffffffn;
  return Number(random.state >> 17n);
}

/**
 * Makes the globals of a state that its libraries have been opened in: what scripts see is in their place then, and what
 * that stands for is on top of the stack.
 */
export function installDialect(lua: Lua, random: ScriptRandom): void {
  const { api, main: L } = lua;
  lua.pushGlobals();
  if (!lua.load(prelude, PRELUDE)) throw new Error("the prelude does not compile");
  pushNatives(lua, random);
  api._lua_callk(L, 1, 2, 0, 0);
  // The metatable of the globals is shown as a stand-in of its own.
  api._lua_getmetatable(L, -2);
  lua.pushText(L, "__metatable");
  api._lua_pushvalue(L, -3);
  api._lua_rawset(L, -3);
  api._lua_settop(L, -3);
  lua.replaceGlobals();
}

/** Pushes the table of what the prelude is given. */
function pushNatives(lua: Lua, random: ScriptRandom): void {
  const { api, main: L } = lua;
  api._lua_createtable(L, 0, 24);
  api._lua_createtable(L, 0, 24);
  const withStandIns = (name: string, run: LuaFunction) => {
    lua.pushText(L, name);
    api._lua_pushvalue(L, -2);
    lua.pushFunction(L, run, 1);
    api._lua_rawset(L, -4);
  };
  withStandIns("setmetatable", setmetatable(lua));
  withStandIns("rawset", rawset(lua));
  withStandIns("rawget", rawget(lua));
  withStandIns("next", next(lua));
  lua.pushText(L, "real");
  api._lua_insert(L, -2);
  api._lua_rawset(L, -3);
  lua.addFunctions({
    ...errors(lua),
    tonumber: tonumber(lua),
    format: formatFunction(lua),
    spell: (state) => {
      lua.pushText(state, spelledAs51(new TextDecoder().decode(lua.view(state, 1)!)));
      return 1;
    },
    ...randomFunctions(lua, random),
  });
}

/** What raises, at the place of who called. */
function errors(lua: Lua): Record<string, LuaFunction> {
  return {
    readonly: (L) => lua.fail(L, READ_ONLY),
    readonlyplain: (L) => failPlainly(lua, L),
    undefined: (L) => {
      const name = lua.view(L, 2) === null ? "?" : text(lua, L, 2);
      return lua.fail(L, `Script attempted to access nonexistent global variable '${name}'`);
    },
    setn: (L) => failAbove(lua, L, "'setn' is obsolete"),
    expect: (L) => {
      const [got, wanted, name] = [typeName(lua, L), text(lua, L, 2), text(lua, L, 3)];
      if (got === wanted) return 0;
      return failAbove(lua, L, `bad argument #1 to '${name}' (${wanted} expected, got ${got})`);
    },
  };
}

/** Raises at the place of who called the function of the prelude that called. */
function failAbove(lua: Lua, L: Pointer, message: string): never {
  lua.api._luaL_where(L, 2);
  lua.pushText(L, message);
  lua.api._lua_concat(L, 2);
  return lua.raise(L);
}

function typeName(lua: Lua, L: Pointer): string {
  return TYPE_NAMES[lua.api._lua_type(L, 1)];
}

function text(lua: Lua, L: Pointer, i: number): string {
  return new TextDecoder().decode(lua.view(L, i)!);
}

/** Functions look past metatables, so that the error is theirs and has no place. */
function failPlainly(lua: Lua, L: Pointer): never {
  lua.pushText(L, READ_ONLY);
  return lua.raise(L);
}

/** Pushes what a stand-in stands for, nil for any other table. */
function pushReal(lua: Lua, L: Pointer, i: number): boolean {
  lua.api._lua_pushvalue(L, i);
  lua.api._lua_rawget(L, lua.upvalue(1));
  return lua.api._lua_type(L, -1) !== NIL;
}

function setmetatable(lua: Lua): LuaFunction {
  const { api } = lua;
  return (L) => {
    const type = api._lua_type(L, 2);
    api._luaL_checktype(L, 1, TABLE);
    if (type !== NIL && type !== TABLE) lua.failArgument(L, 2, "nil or table expected");
    if (pushReal(lua, L, 1)) failPlainly(lua, L);
    if (api._luaL_getmetafield(L, 1, lua.name("__metatable"))) lua.fail(L, "cannot change a protected metatable");
    api._lua_settop(L, 2);
    if (type === TABLE && lua.pushField(L, 2, FINALIZER) !== NIL) setWithoutFinalizer(lua, L);
    else {
      api._lua_settop(L, 2);
      api._lua_setmetatable(L, 1);
    }
    return 1;
  };
}

/** Tables have no finalizers in Lua 5.1: the one on top of the stack is out of the metatable while that is set. */
function setWithoutFinalizer(lua: Lua, L: Pointer): void {
  const { api } = lua;
  const put = (i: number) => {
    lua.pushBytes(L, FINALIZER, 0, FINALIZER.length);
    if (i === 0) api._lua_pushnil(L);
    else api._lua_pushvalue(L, i);
    api._lua_rawset(L, 2);
  };
  put(0);
  api._lua_pushvalue(L, 2);
  api._lua_setmetatable(L, 1);
  put(3);
  api._lua_settop(L, 1);
}

function rawset(lua: Lua): LuaFunction {
  const { api } = lua;
  return (L) => {
    api._luaL_checktype(L, 1, TABLE);
    api._luaL_checkany(L, 2);
    api._luaL_checkany(L, 3);
    api._lua_settop(L, 3);
    if (pushReal(lua, L, 1)) failPlainly(lua, L);
    api._lua_settop(L, 3);
    api._lua_rawset(L, 1);
    return 1;
  };
}

function rawget(lua: Lua): LuaFunction {
  const { api } = lua;
  return (L) => {
    api._luaL_checktype(L, 1, TABLE);
    api._luaL_checkany(L, 2);
    api._lua_settop(L, 2);
    if (pushReal(lua, L, 1)) api._lua_replace(L, 1);
    api._lua_settop(L, 2);
    api._lua_rawget(L, 1);
    return 1;
  };
}

function next(lua: Lua): LuaFunction {
  const { api } = lua;
  return (L) => {
    api._luaL_checktype(L, 1, TABLE);
    api._lua_settop(L, 2);
    if (pushReal(lua, L, 1)) api._lua_replace(L, 1);
    api._lua_settop(L, 2);
    if (api._lua_next(L, 1) !== 0) return 2;
    api._lua_pushnil(L);
    return 1;
  };
}

const INFINITE = /^\s*([+-]?)(inf(?:inity)?|nan)\s*$/i;

/** With infinities and not-a-number, which Lua 5.2 does not read any more. */
function tonumber(lua: Lua): LuaFunction {
  const { api } = lua;
  return (L) => {
    const type = api._lua_type(L, 1);
    if (api._lua_gettop(L) > 1 && api._lua_type(L, 2) !== NIL) {
      const base = api._luaL_checknumber(L, 2);
      if (base !== 10) return toNumberOfBase(lua, L, base);
    }
    if (type === NUMBER) {
      api._lua_settop(L, 1);
      return 1;
    }
    api._luaL_checkany(L, 1);
    if (type === STRING && api._lua_isnumber(L, 1) !== 0) {
      api._lua_pushnumber(L, api._lua_tonumberx(L, 1, 0));
      return 1;
    }
    const match = type === STRING ? INFINITE.exec(new TextDecoder().decode(lua.view(L, 1)!)) : null;
    if (match === null) api._lua_pushnil(L);
    else if (/^n/i.test(match[2])) api._lua_pushnumber(L, NaN);
    else api._lua_pushnumber(L, match[1] === "-" ? -Infinity : Infinity);
    return 1;
  };
}

/** As C's `strtoul` reads it: a negative number comes out as what is left of 2^64. */
function toNumberOfBase(lua: Lua, L: Pointer, base: number): number {
  const text = new TextDecoder().decode(lua.argument(L, 1));
  if (base < 2 || base > 36) lua.failArgument(L, 2, "base out of range");
  const match = /^\s*([+-]?)(0x(?=[0-9a-f]))?([0-9a-z]+)\s*$/i.exec(text);
  let value = match === null || (match[2] !== undefined && base !== 16) ? NaN : 0;
  for (const digit of match?.[3] ?? "") {
    const worth = parseInt(digit, 36);
    value = worth < base ? value * base + worth : NaN;
  }
  if (Number.isNaN(value)) lua.api._lua_pushnil(L);
  else lua.api._lua_pushnumber(L, match![1] === "-" && value > 0 ? 2 ** 64 - value : value);
  return 1;
}

function randomFunctions(lua: Lua, random: ScriptRandom): Record<string, LuaFunction> {
  const { api } = lua;
  const integer = (L: Pointer, i: number) => Math.trunc(api._luaL_checknumber(L, i));
  return {
    random: (L) => {
      const fraction = nextRandom(random) % 0x7fffffff / 0x7fffffff;
      const count = api._lua_gettop(L);
      if (count > 2) lua.fail(L, "wrong number of arguments");
      const low = count < 2 ? 1 : integer(L, 1);
      const high = count === 0 ? 1 : integer(L, count);
      if (low > high) lua.failArgument(L, count, "interval is empty");
      api._lua_pushnumber(L, count === 0 ? fraction : Math.floor(fraction * (high - low + 1)) + low);
      return 1;
    },
    randomseed: (L) => {
      random.state = (BigInt(integer(L, 1) | 0) << 16n) & 0xffffffffffffn | 0x330en;
      return 0;
    },
  };
}

/** An error of the compiler of Lua 5.2, in the words of that of 5.1. */
export function spelledAs51(message: string): string {
  return message
    .replace(/near <eof>$/, "near '<eof>'")
    .replace(/: <eof> expected near/, ": '<eof>' expected near")
    .replace(/: syntax error near/, ": '=' expected near");
}
