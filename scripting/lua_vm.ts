/**
 * Lua itself: the C library, compiled to JavaScript by the package `lua.vm.js`, as one instance with a heap of its own.
 *
 * Loading takes some 50 ms, so it happens when the first script comes. Each instance is loaded anew: what is wrong in one (a
 * stack of JavaScript that ran over while Lua was at work) is dropped with it and cannot reach another server.
 *
 * The package's own bridge between Lua and JavaScript is not used, and no script can reach it; its place in the table of
 * functions is taken by the one dispatcher of ours. Memory: the heap is 128 MB, fixed, committed by the system as it is
 * touched. Where it ends, the package would abort; here `malloc` fails instead, and Lua says `not enough memory`.
 *
 * @module
 */
import { createRequire } from "node:module";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** A pointer into the instance's heap, or a `lua_State`. */
export type Pointer = number;

/** What is used of the C API, under its names. Booleans are 0 and 1. */
export interface LuaApi {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly HEAP32: Int32Array;
  readonly HEAPF64: Float64Array;
  _malloc(size: number): Pointer;
  _free(at: Pointer): void;
  _realloc(at: Pointer, size: number): Pointer;
  _luaL_newstate(): Pointer;
  _lua_newstate(allocate: Pointer, data: Pointer): Pointer;
  _lua_getallocf(L: Pointer, data: Pointer): Pointer;
  _lua_setallocf(L: Pointer, allocate: Pointer, data: Pointer): void;
  _lua_close(L: Pointer): void;
  _lua_atpanic(L: Pointer, f: Pointer): Pointer;
  _luaopen_base(L: Pointer): number;
  _luaopen_coroutine(L: Pointer): number;
  _luaopen_table(L: Pointer): number;
  _luaopen_string(L: Pointer): number;
  _luaopen_math(L: Pointer): number;
  _luaL_loadbufferx(L: Pointer, text: Pointer, size: number, name: Pointer, mode: Pointer): number;
  _luaL_checktype(L: Pointer, i: number, type: number): void;
  _luaL_checkany(L: Pointer, i: number): void;
  _luaL_checklstring(L: Pointer, i: number, size: Pointer): Pointer;
  _luaL_checknumber(L: Pointer, i: number): number;
  _luaL_argerror(L: Pointer, i: number, message: Pointer): number;
  _luaL_where(L: Pointer, level: number): void;
  _luaL_getmetafield(L: Pointer, i: number, name: Pointer): number;
  _luaL_tolstring(L: Pointer, i: number, size: Pointer): Pointer;
  _lua_newthread(L: Pointer): Pointer;
  _lua_pushthread(L: Pointer): number;
  _lua_resume(L: Pointer, from: Pointer, args: number): number;
  _lua_yieldk(L: Pointer, results: number, context: number, k: Pointer): number;
  _lua_getctx(L: Pointer, context: Pointer): number;
  _lua_xmove(from: Pointer, to: Pointer, count: number): void;
  _lua_sethook(L: Pointer, hook: Pointer, mask: number, count: number): number;
  _lua_iscfunction(L: Pointer, i: number): number;
  _lua_pcallk(L: Pointer, args: number, results: number, handler: number, context: number, k: Pointer): number;
  _lua_callk(L: Pointer, args: number, results: number, context: number, k: Pointer): void;
  _lua_error(L: Pointer): number;
  _lua_gettop(L: Pointer): number;
  _lua_settop(L: Pointer, i: number): void;
  _lua_pushvalue(L: Pointer, i: number): void;
  _lua_remove(L: Pointer, i: number): void;
  _lua_replace(L: Pointer, i: number): void;
  _lua_insert(L: Pointer, i: number): void;
  _lua_checkstack(L: Pointer, slots: number): number;
  _lua_type(L: Pointer, i: number): number;
  _lua_isnumber(L: Pointer, i: number): number;
  _lua_isstring(L: Pointer, i: number): number;
  _lua_toboolean(L: Pointer, i: number): number;
  _lua_tonumberx(L: Pointer, i: number, isNumber: Pointer): number;
  _lua_tointegerx(L: Pointer, i: number, isNumber: Pointer): number;
  _lua_tolstring(L: Pointer, i: number, size: Pointer): Pointer;
  _lua_touserdata(L: Pointer, i: number): Pointer;
  _lua_topointer(L: Pointer, i: number): Pointer;
  _lua_rawlen(L: Pointer, i: number): number;
  _lua_rawequal(L: Pointer, i: number, other: number): number;
  _lua_pushnil(L: Pointer): void;
  _lua_pushboolean(L: Pointer, value: number): void;
  _lua_pushnumber(L: Pointer, value: number): void;
  _lua_pushlstring(L: Pointer, bytes: Pointer, size: number): Pointer;
  _lua_pushlightuserdata(L: Pointer, at: Pointer): void;
  _lua_pushcclosure(L: Pointer, f: Pointer, upvalues: number): void;
  _lua_createtable(L: Pointer, items: number, fields: number): void;
  _lua_gettable(L: Pointer, i: number): void;
  _lua_rawget(L: Pointer, i: number): void;
  _lua_rawgeti(L: Pointer, i: number, at: number): void;
  _lua_rawset(L: Pointer, i: number): void;
  _lua_rawseti(L: Pointer, i: number, at: number): void;
  _lua_setglobal(L: Pointer, name: Pointer): void;
  _lua_getmetatable(L: Pointer, i: number): number;
  _lua_setmetatable(L: Pointer, i: number): number;
  _lua_next(L: Pointer, i: number): number;
  _lua_concat(L: Pointer, count: number): void;
  _lua_getstack(L: Pointer, level: number, record: Pointer): number;
  _lua_getlocal(L: Pointer, record: Pointer, i: number): Pointer;
  _lua_getinfo(L: Pointer, what: Pointer, record: Pointer): number;
  _lua_gc(L: Pointer, what: number, data: number): number;
}

/** Parts of the package that are ours to change. */
interface Package {
  readonly emscripten: LuaApi & {
    readonly Runtime: { readonly functionPointers: ((...values: number[]) => number)[] };
    readonly asmLibraryArg: { readonly _sbrk: { (bytes: number): number; alloc: (bytes: number) => number } };
  };
}

/** The heap of the package. */
const HEAP_BYTES = 128 * 1024 * 1024;
/** Kept free at its end, since the package counts a full heap as overflowing. */
const HEAP_RESERVE_BYTES = 64 * 1024;
/** Which of the package's reserved functions ours replaces. */
const SLOT = 0;

/** So much larger than what a collection left has the heap become when the next begins: what lasts, the libraries, is small. */
const PAUSE_PERCENT = 400;
const SET_PAUSE = 6;

const ALLOCATOR_SLOT = 1;
const HOOK_SLOT = 2;
/** Where a state points to what all its threads share, and where in that the seed of its hashes is. */
const SHARED_AT = 12;
const SEED_AT = 56;

/** The C pointers of the functions that {@linkcode loadLua} was given. */
export const DISPATCHER: Pointer = 2 * (1 + SLOT);
export const HOOK: Pointer = 2 * (1 + HOOK_SLOT);
/** Where a thread counts the C functions that wait for it to return: while there are any, it can't yield. */
export const NOT_YIELDABLE_AT = 36;

/** Never called: it is how `deno compile` sees that the package belongs into the executable. */
void (() => import("lua.vm.js"));

/** An instance with a state in it. */
export interface LoadedLua {
  readonly api: LuaApi;
  readonly state: Pointer;
}

/** A new instance. `dispatch` and `hook` are what Lua calls as the C functions {@linkcode DISPATCHER} and {@linkcode HOOK}. */
export function loadLua(dispatch: (L: Pointer) => number, hook: (L: Pointer, record: Pointer) => void): LoadedLua {
  const require = createRequire(import.meta.url);
  const path = fileURLToPath(import.meta.resolve("lua.vm.js"));
  delete require.cache[path];
  const before = process.listeners("uncaughtException");
  const { emscripten }: Package = require(path);
  // The package listens for errors that nobody has caught, in order to throw them again; that is not its business.
  for (const listener of process.listeners("uncaughtException")) {
    if (!before.includes(listener)) process.removeListener("uncaughtException", listener);
  }
  emscripten.Runtime.functionPointers[SLOT] = dispatch;
  emscripten.Runtime.functionPointers[HOOK_SLOT] = (L, record) => {
    hook(L, record);
    return 0;
  };
  limitHeap(emscripten);
  return { api: emscripten, state: newState(emscripten) };
}

/**
 * A new state. Lua 5.2 seeds the hashes of strings by chance, Lua 5.1 did not: without a seed, tables are walked in the order
 * that scripts know from there. The seed is set before there is a string, when the state asks for memory the second time.
 */
function newState({ Runtime: { functionPointers }, ...api }: Package["emscripten"]): Pointer {
  const plain = api._luaL_newstate();
  const allocate = api._lua_getallocf(plain, 0);
  api._lua_close(plain);
  let made = 0;
  functionPointers[ALLOCATOR_SLOT] = (_data, at, _oldSize, size) => {
    if (made !== 0) api.HEAP32[(api.HEAP32[(made + SHARED_AT) >> 2] + SEED_AT) >> 2] = 0;
    if (size === 0) {
      api._free(at);
      return 0;
    }
    const block = api._realloc(at, size);
    if (made === 0) made = block;
    return block;
  };
  const state = api._lua_newstate(2 * (1 + ALLOCATOR_SLOT), 0);
  api._lua_setallocf(state, allocate, 0);
  api._lua_gc(state, SET_PAUSE, PAUSE_PERCENT);
  return state;
}

function limitHeap({ asmLibraryArg: { _sbrk: sbrk }, _free: free, _malloc: malloc }: Package["emscripten"]): void {
  free(malloc(1));
  const allocate = sbrk.alloc;
  sbrk.alloc = (bytes) => sbrk(0) + bytes > HEAP_BYTES - HEAP_RESERVE_BYTES ? 0 : allocate(bytes);
}
