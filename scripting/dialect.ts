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
import { decodeText, encodeText } from "../server/api/mod.ts";
import { formatFunction } from "./format.ts";
import {
  FUNCTION,
  LIGHT_USERDATA,
  type Lua,
  type LuaFunction,
  NIL,
  NUMBER,
  PRELUDE,
  STRING,
  TABLE,
  TYPE_NAMES,
} from "./lua.ts";
import { DISPATCHER, type Pointer } from "./lua_vm.ts";

const OK = 0;
const OUT_OF_MEMORY = "not enough memory";
const BAD_ARGUMENT = /^bad argument #(\d+) to '\?' \((.*)\)$/s;
const ALL_RESULTS = -1;
const FINALIZER = encodeText("__gc");
/** Keys in the registry of the globals of scripts, and of what makes those of functions. */
export const GLOBALS = 100;
export const DERIVE = 103;
const READ_ONLY = "Attempt to modify a readonly table";

/** Runs once per state, with the functions below; returns the stand-in of the globals, and what makes those of functions. */
const prelude = encodeText(String.raw`
local native = ...
local G, real = _G, native.real
local type, pairs, rawget, load = type, pairs, rawget, load
local setmetatable, getmetatable, pcall = setmetatable, getmetatable, pcall
local unpack, next = table.unpack, next
-- Instead of the metatable of a stand-in.
local hidden = {}

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
  if rawequal(meta, hidden) then return nil end
  return meta
end

-- What compiles text, whose globals are those that the function returns.
local function loaders(environment)
  local function compile(text, name)
    local f, message = load(text, name, "t", environment())
    if f then return f end
    return nil, native.spell(message)
  end
  local function loadstring(text, name)
    if type(text) ~= "number" then native.expect(text, "string") end
    return compile(text .. "", name or text)
  end
  return loadstring, function(f, name)
    native.expect(f, "function")
    return compile(f, name or "=(load)")
  end
end

local face
G.loadstring, G.load = loaders(function() return face end)

local memory = collectgarbage
function G.gcinfo() return math.floor(memory("count")) end
-- What would last beyond the script is only kept in mind.
local tuning = { setpause = 200, setstepmul = 200 }
function G.collectgarbage(option, value)
  if option == nil then option = "collect" end
  if type(option) ~= "number" then native.expect(option, "string") end
  if option == "collect" or option == "count" or option == "step" then return (memory(option, value)) end
  if option == "stop" or option == "restart" then return 0 end
  local before = tuning[option]
  if not before then native.fail("bad argument #1 to 'collectgarbage' (invalid option '" .. option .. "')") end
  tuning[option] = math.floor(tonumber(value) or 0)
  return before
end

G.unpack = unpack
G._VERSION = "Lua 5.1"
for _, name in pairs{"dofile", "loadfile", "print", "rawlen", "require", "module", "bit32"} do G[name] = nil end
for _, name in pairs{"setmetatable", "rawset", "rawget", "next", "tonumber", "tostring"} do G[name] = native[name] end

local table, string, math = table, string, math
table.unpack, table.pack = nil, nil
function table.getn(t) native.expect(t, "table") return #t end
function table.setn() native.setn() end
function table.foreach(t, f)
  native.expect(t, "table")
  for k, v in next, t do
    local result = f(k, v)
    if result ~= nil then return result end
  end
end
function table.foreachi(t, f)
  native.expect(t, "table")
  for i = 1, #t do
    local result = f(i, t[i])
    if result ~= nil then return result end
  end
end
function table.maxn(t)
  native.expect(t, "table")
  local last = 0
  for k in next, t do if type(k) == "number" and k > last then last = k end end
  return last
end

string.format, string.gfind = native.format, string.gmatch

-- What a function of the library has returned or, at the place of who called, raised.
local function checked(ok, ...)
  if ok then return ... end
  native.fail((...))
end
local rep, char = string.rep, string.char
function string.rep(...)
  local _, count, extra = ...
  if extra ~= nil then return checked(pcall(rep, (...), count)) end
  return checked(pcall(rep, ...))
end
function string.char(...) return checked(pcall(char, ...)) end

-- What follows calls functions of scripts. It is written here, and not in C, so that a script can be interrupted within those.

local create, resume, yield = coroutine.create, coroutine.resume, coroutine.yield
local expect = native.expect

-- A coroutine that yields because the slice is over is gone on with after the next has begun.
local function resumed(co, ...)
  if not native.sliced() then return ... end
  native.pause()
  return resumed(co, resume(co))
end

local function returned(ok, ...)
  if ok then return ... end
  return native.rethrow((...))
end

local function start(f)
  native.expectlua(f)
  return create(f)
end

coroutine.running = native.running
function coroutine.create(f) return start(f) end
function coroutine.resume(co, ...)
  expect(co, "thread", 1, "coroutine")
  return resumed(co, resume(co, ...))
end
function coroutine.wrap(f)
  local co = start(f)
  return native.asC(function(...) return returned(resumed(co, resume(co, ...))) end)
end
function coroutine.yield(...)
  native.expectcoroutine()
  return yield(...)
end

local sort = table.sort
-- Sorts t[low..high]: quicksort with the median of three, as the function in C does it, so that equal elements end up alike.
local function quicksort(t, low, high, less)
  while low < high do
    if less(t[high], t[low]) then t[low], t[high] = t[high], t[low] end
    if high - low == 1 then return end
    local i = math.floor((low + high) / 2)
    if less(t[i], t[low]) then t[i], t[low] = t[low], t[i]
    elseif less(t[high], t[i]) then t[i], t[high] = t[high], t[i] end
    if high - low == 2 then return end
    local pivot = t[i]
    t[i], t[high - 1] = t[high - 1], pivot
    i = low
    local j = high - 1
    while true do
      i = i + 1
      while less(t[i], pivot) do
        if i >= high then native.fail("invalid order function for sorting") end
        i = i + 1
      end
      j = j - 1
      while less(pivot, t[j]) do
        if j <= low then native.fail("invalid order function for sorting") end
        j = j - 1
      end
      if j < i then break end
      t[i], t[j] = t[j], t[i]
    end
    t[high - 1], t[i] = t[i], t[high - 1]
    if i - low < high - i then
      quicksort(t, low, i - 1, less)
      low = i + 1
    else
      quicksort(t, i + 1, high, less)
      high = i - 1
    end
  end
end
function table.sort(t, less)
  expect(t, "table")
  if real[t] then return end
  if less == nil then return sort(t) end
  expect(less, "function", 2)
  quicksort(t, 1, #t, less)
end

local gsub, find, sub, concat = string.gsub, string.find, string.sub, table.concat
local function replacement(replace, whole, first, ...)
  if first == nil then first = whole end
  local value
  if type(replace) == "table" then value = replace[first] else value = replace(first, ...) end
  if not value then return whole end
  if type(value) == "string" or type(value) == "number" then return value end
  native.fail("invalid replacement value (a " .. type(value) .. ")")
end
local function substitute(s, pattern, replace, most)
  local parts, count, at, size = {}, 0, 1, #s
  local once = sub(pattern, 1, 1) == "^"
  local function note(ok, from, to, ...)
    if not ok then native.fail(from) end
    if not from then return false end
    count = count + 1
    parts[#parts + 1] = sub(s, at, from - 1)
    parts[#parts + 1] = replacement(replace, sub(s, from, to), ...)
    at = to + 1
    if to >= from then return true end
    parts[#parts + 1] = sub(s, at, at)
    at = at + 1
    return from <= size
  end
  while count < most and note(pcall(find, s, pattern, at)) and not once do end
  parts[#parts + 1] = sub(s, at)
  return concat(parts), count
end
function string.gsub(s, pattern, replace, most)
  native.expectgsub(s, pattern, replace, most)
  if type(replace) == "function" or (type(replace) == "table" and getmetatable(replace)) then
    return substitute(s .. "", pattern .. "", replace, most and tonumber(most) or #(s .. "") + 1)
  end
  return checked(pcall(gsub, s, pattern, replace, most))
end

local log, pow, fmod = math.log, math.pow, math.fmod
function math.log(x) return log(x) end
math.pow = pow or function(x, y) return x ^ y end
math.mod = fmod
math.log10 = math.log10 or function(x) return log(x, 10) end
math.random, math.randomseed = native.random, native.randomseed

-- A call in the place of a return leaves nothing of the caller, unless what is called is in C; errors are the caller's.
for library, names in pairs{
  [G] = {"collectgarbage", "load", "loadstring"},
  [coroutine] = {"create", "resume", "wrap", "yield"},
  [string] = {"char", "gsub", "rep"},
  [table] = {"foreach", "foreachi", "getn", "maxn", "setn", "sort"},
} do
  for _, name in pairs(names) do library[name] = native.asC(library[name]) end
end

-- Lua 5.1 asks no metatable how to walk over a table.
G.pairs = native.walker(next, native.next)
G.ipairs = native.counter((ipairs{}))

local function protect(t)
  for k, v in next, t do if type(v) == "table" and v ~= G and not real[v] then t[k] = protect(v) end end
  local standIn = {}
  real[standIn] = t
  local meta = {
    __index = t, __newindex = native.readonly, __metatable = hidden, __len = native.readonlyplain,
  }
  return setmetatable(standIn, meta), meta
end

local strings = getmetatable("")
strings.__index = string
local undefined = { __index = native.undefined }
local shown = protect{ __index = native.undefined }

local function globals(t)
  setmetatable(t, undefined)
  local standIn, meta = protect(t)
  t._G = standIn
  meta.__metatable = shown
  return standIn, meta
end

-- The globals of functions: those of scripts with another table redis, without what the last script was given. While a library
-- is loaded, the __index of their metatable is the third result.
local function derive(redis, redisWhileLoading)
  local own = {}
  for k, v in next, G do own[k] = v end
  own.redis, own.KEYS, own.ARGV, own._G = redis, nil, nil, nil
  local standIn, meta
  local loadstring, load = loaders(function() return standIn end)
  own.loadstring, own.load = native.asC(loadstring), native.asC(load)
  standIn, meta = globals(own)
  local loading = { redis = protect(setmetatable(redisWhileLoading, undefined)) }
  return standIn, meta, setmetatable(loading, undefined), own
end

face = globals(G)
strings.__metatable = protect{ __index = G.string }
return face, derive
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
export function installDialect(lua: Lua, random: ScriptRandom, threads: Record<string, LuaFunction>): void {
  const { api, main: L } = lua;
  lua.pushGlobals();
  if (!lua.load(prelude, PRELUDE)) throw new Error("the prelude does not compile");
  pushNatives(lua, random, threads);
  // There is memory: nothing has run yet.
  lua.isProtected = true;
  api._lua_callk(L, 1, 2, 0, 0);
  lua.isProtected = false;
  lua.keep(DERIVE);
  lua.replaceGlobals();
}

/** Pushes the table of what the prelude is given. */
function pushNatives(lua: Lua, random: ScriptRandom, threads: Record<string, LuaFunction>): void {
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
  withStandIns("walker", (state) => {
    // The iterators of ordinary tables and of stand-ins, and which those are.
    api._lua_settop(state, 2);
    api._lua_pushvalue(state, lua.upvalue(1));
    lua.pushFunction(state, pairs(lua), 3);
    return 1;
  });
  lua.pushText(L, "real");
  api._lua_insert(L, -2);
  api._lua_rawset(L, -3);
  lua.addFunctions({
    ...errors(lua),
    tonumber: tonumber(lua),
    tostring: tostring(lua),
    format: formatFunction(lua),
    spell: (state) => {
      lua.pushText(state, spelledAs51(new TextDecoder().decode(lua.view(state, 1)!)));
      return 1;
    },
    asC: asC(lua),
    counter: (state) => {
      lua.pushFunction(state, ipairs(lua), 1);
      return 1;
    },
    ...randomFunctions(lua, random),
    ...threads,
  });
}

function pairs(lua: Lua): LuaFunction {
  const { api } = lua;
  return (L) => {
    api._luaL_checktype(L, 1, TABLE);
    api._lua_settop(L, 1);
    api._lua_pushvalue(L, 1);
    api._lua_rawget(L, lua.upvalue(3));
    const isStandIn = api._lua_type(L, -1) !== NIL;
    api._lua_pushvalue(L, lua.upvalue(isStandIn ? 2 : 1));
    api._lua_pushvalue(L, 1);
    api._lua_pushnil(L);
    return 3;
  };
}

function ipairs(lua: Lua): LuaFunction {
  const { api } = lua;
  return (L) => {
    api._luaL_checktype(L, 1, TABLE);
    api._lua_pushvalue(L, lua.upvalue(1));
    api._lua_pushvalue(L, 1);
    api._lua_pushnumber(L, 0);
    return 3;
  };
}

/** Makes a C function of one in Lua: it calls that, and what that yields passes through. */
function asC(lua: Lua): LuaFunction {
  const { api } = lua;
  const call: LuaFunction = (L) => {
    if (api._lua_getctx(L, 0) === OK) {
      api._lua_pushvalue(L, lua.upvalue(1));
      api._lua_insert(L, 1);
      api._lua_callk(L, api._lua_gettop(L) - 1, ALL_RESULTS, 0, DISPATCHER);
    }
    return api._lua_gettop(L);
  };
  return (L) => {
    lua.pushFunction(L, call, 1);
    return 1;
  };
}

/** What raises, at the place of who called. */
function errors(lua: Lua): Record<string, LuaFunction> {
  return {
    readonly: (L) => lua.fail(L, READ_ONLY),
    readonlyplain: (L) => failPlainly(lua, L),
    undefined: (L) => {
      if (lua.view(L, 2) === null) {
        return lua.fail(L, "Second argument to luaProtectedTableError must be a string or number");
      }
      return lua.fail(L, `Script attempted to access nonexistent global variable '${text(lua, L, 2)}'`);
    },
    setn: (L) => failOutside(lua, L, "'setn' is obsolete"),
    fail: (L) => {
      const message = text(lua, L, 1);
      if (message === OUT_OF_MEMORY) return lua.raise(L);
      const [, i, reason] = BAD_ARGUMENT.exec(message) ?? [];
      if (i === undefined) return failOutside(lua, L, message);
      return failArgument(lua, L, Number(i), reason.replace("value out of range", "invalid value"));
    },
    rethrow: (L) => {
      if (lua.api._lua_type(L, 1) === STRING) return failOutside(lua, L, text(lua, L, 1));
      return lua.raise(L);
    },
    expect: (L) => {
      const [got, wanted] = [typeName(lua, L), text(lua, L, 2)];
      if (got === wanted) return 0;
      const shown = lua.view(L, 4) === null ? `${wanted} expected, got ${got}` : `${text(lua, L, 4)} expected`;
      return failArgument(lua, L, lua.api._lua_tointegerx(L, 3, 0) || 1, shown);
    },
    expectlua: (L) => {
      if (lua.api._lua_type(L, 1) === FUNCTION && lua.api._lua_iscfunction(L, 1) === 0) return 0;
      return failArgument(lua, L, 1, "Lua function expected");
    },
    expectgsub: (L) => {
      const { api } = lua;
      for (const i of [1, 2]) {
        if (api._lua_isstring(L, i) !== 0) continue;
        failArgument(lua, L, i, `string expected, got ${typeName(lua, L, i)}`);
      }
      const type = api._lua_type(L, 3);
      if (type !== FUNCTION && type !== TABLE && api._lua_isstring(L, 3) === 0) {
        failArgument(lua, L, 3, "string/function/table expected");
      }
      if (api._lua_type(L, 4) === NIL || api._lua_isnumber(L, 4) !== 0) return 0;
      return failArgument(lua, L, 4, `number expected, got ${typeName(lua, L, 4)}`);
    },
  };
}

/** Says that an argument of the function of the prelude that was called is wrong, by the name that it was called by. */
function failArgument(lua: Lua, L: Pointer, i: number, message: string): never {
  const { name, isMethod } = lua.nameAt(L, lua.levelOutsidePrelude(L) - 1);
  if (isMethod && i === 1) return failOutside(lua, L, `calling '${name}' on bad self (${message})`);
  return failOutside(lua, L, `bad argument #${isMethod ? i - 1 : i} to '${name}' (${message})`);
}

/** Raises at the place of who called the functions of the prelude that called. */
function failOutside(lua: Lua, L: Pointer, message: string): never {
  lua.api._luaL_where(L, lua.levelOutsidePrelude(L));
  lua.pushText(L, message);
  lua.api._lua_concat(L, 2);
  return lua.raise(L);
}

function typeName(lua: Lua, L: Pointer, i = 1): string {
  const type = lua.api._lua_type(L, i);
  return type < 0 ? "no value" : TYPE_NAMES[type];
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

const NOT_A_NUMBER = encodeText("-nan");
const NULL = encodeText("userdata: (nil)");

/** As the C library of the machines that Redis runs on spells what is no number, and what points nowhere. */
function tostring(lua: Lua): LuaFunction {
  const { api, stack } = lua;
  return (L) => {
    const type = api._lua_type(L, 1);
    const first = stack.first(L);
    if (type === NUMBER && Number.isNaN(stack.number(first)) && stack.isNegative(first)) {
      lua.pushBytes(L, NOT_A_NUMBER, 0, NOT_A_NUMBER.length);
    } else if (type === LIGHT_USERDATA && api._lua_touserdata(L, 1) === 0) lua.pushBytes(L, NULL, 0, NULL.length);
    else {
      api._luaL_checkany(L, 1);
      api._luaL_tolstring(L, 1, lua.sizeAt);
    }
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

function isControl(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f;
}

/** An error of the compiler of Lua 5.2, in the words of that of 5.1. */
export function spelledAs51(message: string): string {
  return message
    .replace(/near <eof>$/, "near '<eof>'")
    .replace(
      /near char\((\d+)\)$/,
      (_, byte) => `near '${isControl(+byte) ? `char(${byte})` : decodeText(Uint8Array.of(+byte))}'`,
    )
    .replace(/: <eof> expected near/, ": '<eof>' expected near")
    .replace(/: syntax error(?= near|$)/, ": '=' expected");
}
