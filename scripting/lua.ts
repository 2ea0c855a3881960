/**
 * A Lua state, and what every function that Lua calls needs: bytes in and out of Lua's heap, errors, registration.
 *
 * No strings are made on the way: bytes go into the heap through a scratch area, and come out as a view of it, good until
 * Lua runs again. What a function throws for Lua to catch is thrown by `lua_error`, which unwinds JavaScript's stack too;
 * so between Lua and here nothing may catch it.
 *
 * @module
 */
import { copyBytes, encodeText } from "../server/api/mod.ts";
import { DISPATCHER, HOOK, loadLua, type LuaApi, NOT_YIELDABLE_AT, type Pointer } from "./lua_vm.ts";

import { LuaStack } from "./lua_stack.ts";

/** Types of values, as `lua_type` numbers them. */
export const NIL = 0;
export const BOOLEAN = 1;
export const LIGHT_USERDATA = 2;
export const NUMBER = 3;
export const STRING = 4;
export const TABLE = 5;
export const FUNCTION = 6;
/** Their names. */
export const TYPE_NAMES = ["nil", "boolean", "userdata", "number", "string", "table", "function", "userdata", "thread"];

/** Where the registry is addressed; upvalues follow below. */
const REGISTRY = -1001000;
/** Address of the first upvalue of a function that is ours: its number. Others follow below. */
const OWN_NUMBER = REGISTRY - 1;
/** Key of the table of globals in the registry. */
const GLOBALS_KEY = 2;
const SCRATCH_BYTES = 16 * 1024;
const GC_COLLECT = 2;
const GC_COUNT_KB = 3;
/** `lua_Debug`: where its fields are that are read. */
const DEBUG_BYTES = 128;
const DEBUG_NAME = 4;
const DEBUG_NAME_KIND = 8;
const DEBUG_WHAT = 12;
const DEBUG_SOURCE = 16;
const DEBUG_LINE = 20;
const C_FUNCTION = 0x43;
const MASK_LINE = 4;
const MASK_COUNT = 8;
/** What a hook is called for: a new line, which its record tells. */
const LINE_EVENT = 2;
/** What Lua calls a place on its stack that no variable has. */
const TEMPORARY = "(*temporary)";
/** What the functions that this program brings as Lua are loaded as; errors are those of who called them. */
export const PRELUDE = "=dialect";

/** A function that Lua calls: takes its arguments from the stack, leaves results there and returns their number. */
export type LuaFunction = (L: Pointer) => number;

/** Lua cannot go on, as where memory ended outside of any protected call: its state is of no use any more. */
export class LuaPanic extends Error {
  override name = "LuaPanic";
}

/** Where a script is: its name as given to Lua, and the line. */
export interface Position {
  readonly source: string;
  readonly line: number;
}

/** A call of a function of a script: its level, its name where it has one, and the line that it is in. */
export interface Call {
  readonly level: number;
  readonly name: string | null;
  readonly line: number;
}

/** One state with the C library it runs on. */
export class Lua {
  readonly api: LuaApi;
  /** The main thread. */
  readonly main: Pointer;
  /** The values on stacks. */
  readonly stack: LuaStack;
  /** Where C functions put the length of a string. */
  readonly sizeAt: Pointer;
  /** Whether Lua runs within a protected call. Outside of one, the only thing that it calls is the panic function. */
  isProtected = false;
  /** Called by threads that count their instructions. */
  onCount: (L: Pointer) => void = () => {};
  /** Called by threads that are traced, before each line. */
  onLine: (L: Pointer, line: number) => void = () => {};
  readonly #functions: LuaFunction[] = [];
  readonly #names = new Map<string, Pointer>();
  readonly #debugAt: Pointer;
  #scratch: Pointer;
  #scratchBytes = SCRATCH_BYTES;

  constructor() {
    const { api, state } = loadLua((L): number => {
      if (!this.isProtected) throw new LuaPanic("not enough memory");
      return this.#functions[this.api._lua_tointegerx(L, OWN_NUMBER, 0)](L);
    }, (L, record) => {
      if (api.HEAP32[record >> 2] !== LINE_EVENT) this.onCount(L);
      else this.onLine(L, api.HEAP32[(record + DEBUG_LINE) >> 2]);
    });
    this.api = api;
    this.main = state;
    this.stack = new LuaStack(api, state);
    this.sizeAt = api._malloc(8);
    this.#debugAt = api._malloc(DEBUG_BYTES);
    this.#scratch = api._malloc(SCRATCH_BYTES);
    api._lua_atpanic(this.main, DISPATCHER);
  }

  /** Collects all garbage. */
  collect(): void {
    this.api._lua_gc(this.main, GC_COLLECT, 0);
  }

  /** Bytes that Lua uses. */
  get usedBytes(): number {
    return this.api._lua_gc(this.main, GC_COUNT_KB, 0) * 1024;
  }

  /** A text as a C string, kept for good: for names that the program knows. */
  name(text: string): Pointer {
    let at = this.#names.get(text);
    if (at === undefined) {
      const bytes = encodeText(text);
      at = this.api._malloc(bytes.length + 1);
      this.api.HEAPU8.set(bytes, at);
      this.api.HEAPU8[at + bytes.length] = 0;
      this.#names.set(text, at);
    }
    return at;
  }

  /** Room for so many bytes, good until the next call of a method here. Raises an error where there is none. */
  scratch(L: Pointer, size: number): Pointer {
    if (size <= this.#scratchBytes) return this.#scratch;
    this.api._free(this.#scratch);
    this.#scratchBytes = size;
    this.#scratch = this.#allocate(size);
    if (this.#scratch !== 0) return this.#scratch;
    this.#scratchBytes = SCRATCH_BYTES;
    this.#scratch = this.api._malloc(SCRATCH_BYTES);
    if (!this.isProtected || this.#scratch === 0) throw new LuaPanic("not enough memory");
    this.pushText(L, "not enough memory");
    return this.raise(L);
  }

  /** Memory outside of what Lua looks after, which gives up its garbage for it; 0 where there is none. */
  #allocate(size: number): Pointer {
    const at = this.api._malloc(size);
    if (at !== 0) return at;
    this.collect();
    return this.api._malloc(size);
  }

  /** Gives back what a large string took. */
  shrinkScratch(): void {
    if (this.#scratchBytes <= 64 * SCRATCH_BYTES) return;
    this.api._free(this.#scratch);
    this.#scratchBytes = SCRATCH_BYTES;
    this.#scratch = this.api._malloc(SCRATCH_BYTES);
  }

  /** Pushes a string of bytes from outside of the heap. */
  pushBytes(L: Pointer, source: Uint8Array, start: number, size: number): void {
    const at = this.scratch(L, size);
    const heap = this.api.HEAPU8;
    copyBytes(source, start, heap, at, size);
    this.api._lua_pushlstring(L, at, size);
  }

  /** Pushes a text. */
  pushText(L: Pointer, text: string): void {
    const bytes = encodeText(text);
    this.pushBytes(L, bytes, 0, bytes.length);
  }

  /** Where the bytes of a string are; their number is {@linkcode Lua.size}. */
  stringAt(L: Pointer, i: number): Pointer {
    return this.api._lua_tolstring(L, i, this.sizeAt);
  }

  /** Length of the string that was asked for last. */
  get size(): number {
    return this.api.HEAP32[this.sizeAt >> 2];
  }

  /** The bytes of a string, or of a number as text, in place; null for another value. Changes a number to its text. */
  view(L: Pointer, i: number): Uint8Array<ArrayBuffer> | null {
    const at = this.api._lua_tolstring(L, i, this.sizeAt);
    return at === 0 ? null : this.api.HEAPU8.subarray(at, at + this.api.HEAP32[this.sizeAt >> 2]);
  }

  /** The bytes of an argument, in place; an error of Lua where it is neither a string nor a number. */
  argument(L: Pointer, i: number): Uint8Array<ArrayBuffer> {
    const at = this.api._luaL_checklstring(L, i, this.sizeAt);
    return this.api.HEAPU8.subarray(at, at + this.api.HEAP32[this.sizeAt >> 2]);
  }

  /** Pushes a function. It finds the topmost `upvalues` values, which are popped, by {@linkcode Lua.upvalue}. */
  pushFunction(L: Pointer, run: LuaFunction, upvalues = 0): void {
    let number = this.#functions.indexOf(run);
    if (number < 0) number = this.#functions.push(run) - 1;
    this.api._lua_pushnumber(L, number);
    if (upvalues > 0) this.api._lua_insert(L, -1 - upvalues);
    this.api._lua_pushcclosure(L, DISPATCHER, 1 + upvalues);
  }

  /** Where a function finds a value that was given to it, counted from 1. */
  upvalue(i: number): number {
    return OWN_NUMBER - i;
  }

  /** Adds functions to the table on top of the stack. */
  addFunctions(functions: Record<string, LuaFunction>): void {
    const L = this.main;
    for (const [name, run] of Object.entries(functions)) {
      this.pushText(L, name);
      this.pushFunction(L, run);
      this.api._lua_rawset(L, -3);
    }
  }

  /** Pushes the field of a table, past any metatable; its type. */
  pushField(L: Pointer, table: number, name: Uint8Array): number {
    const absolute = table < 0 ? this.api._lua_gettop(L) + table + 1 : table;
    this.pushBytes(L, name, 0, name.length);
    this.api._lua_rawget(L, absolute);
    return this.api._lua_type(L, -1);
  }

  /** Raises an error with the place where the function was called. */
  fail(L: Pointer, message: string): never {
    this.api._luaL_where(L, 1);
    this.pushText(L, message);
    this.api._lua_concat(L, 2);
    return this.raise(L);
  }

  /** Says that an argument is wrong. */
  failArgument(L: Pointer, i: number, message: string): never {
    const bytes = encodeText(message);
    const at = this.scratch(L, bytes.length + 1);
    this.api.HEAPU8.set(bytes, at);
    this.api.HEAPU8[at + bytes.length] = 0;
    this.api._luaL_argerror(L, i, at);
    throw new LuaPanic("unreachable");
  }

  /** Raises what is on top of the stack. */
  raise(L: Pointer): never {
    this.api._lua_error(L);
    throw new LuaPanic("unreachable");
  }

  /** Puts another table in the place of the globals, for all that is loaded from now on; it is popped. */
  replaceGlobals(): void {
    this.api._lua_rawseti(this.main, REGISTRY, GLOBALS_KEY);
  }

  /** Pushes the table of globals. */
  pushGlobals(): void {
    this.api._lua_rawgeti(this.main, REGISTRY, GLOBALS_KEY);
  }

  /** Compiles text, never bytecode: pushes the function, or what is wrong with it. */
  load(text: Uint8Array, name: string): boolean {
    const { api } = this;
    const at = this.#allocate(text.length + 1);
    if (at === 0) throw new LuaPanic("not enough memory");
    try {
      api.HEAPU8.set(text, at);
      return api._luaL_loadbufferx(this.main, at, text.length, this.name(name), this.name("t")) === 0;
    } finally {
      api._free(at);
    }
  }

  /** Keeps what is on top of the stack, which is popped, from being collected; `push` brings it back. */
  keep(key: number, L: Pointer = this.main): void {
    this.api._lua_rawseti(L, REGISTRY, key);
  }

  /** Forgets what was kept. */
  forget(key: number): void {
    this.api._lua_pushnil(this.main);
    this.keep(key);
  }

  /** Pushes what was kept. */
  pushKept(L: Pointer, key: number): void {
    this.api._lua_rawgeti(L, REGISTRY, key);
  }

  /**
   * Lets a thread, and those that it makes, call {@linkcode Lua.onCount} every so many instructions and, where it is traced,
   * {@linkcode Lua.onLine}.
   */
  countInstructions(L: Pointer, count: number, isTraced = false): void {
    this.api._lua_sethook(L, HOOK, isTraced ? MASK_COUNT | MASK_LINE : MASK_COUNT, count);
  }

  /** Where the name of the source is that the function that runs is from: the same for all functions of one text. */
  sourceAt(L: Pointer): Pointer {
    const { api } = this;
    if (api._lua_getstack(L, 0, this.#debugAt) === 0) return 0;
    api._lua_getinfo(L, this.name("S"), this.#debugAt);
    return api.HEAP32[(this.#debugAt + DEBUG_SOURCE) >> 2];
  }

  /** The functions of a source that the thread is in, the innermost first. */
  calls(L: Pointer, source: string): Call[] {
    const { api } = this;
    const calls: Call[] = [];
    for (let level = 0; api._lua_getstack(L, level, this.#debugAt) !== 0; level++) {
      api._lua_getinfo(L, this.name("nSl"), this.#debugAt);
      const field = (offset: number) => api.HEAP32[(this.#debugAt + offset) >> 2];
      if (this.textAt(field(DEBUG_SOURCE)) !== source) continue;
      const name = field(DEBUG_NAME) === 0 ? null : this.textAt(field(DEBUG_NAME));
      calls.push({ level, name, line: field(DEBUG_LINE) });
    }
    return calls;
  }

  /** Puts the local variables of a level of calls into the table on top of the thread's stack, from an index on; their names. */
  copyLocals(L: Pointer, level: number, index: number): string[] {
    const { api } = this;
    const names: string[] = [];
    if (api._lua_getstack(L, level, this.#debugAt) === 0) return names;
    for (let i = 1;; i++) {
      const at = api._lua_getlocal(L, this.#debugAt, i);
      if (at === 0) return names;
      const name = this.textAt(at);
      if (name === TEMPORARY) api._lua_settop(L, -2);
      else {
        api._lua_rawseti(L, -2, index + names.length);
        names.push(name);
      }
    }
  }

  /** Whether no C function waits for the thread to return. */
  canYield(L: Pointer): boolean {
    const { HEAPU8 } = this.api;
    return HEAPU8[L + NOT_YIELDABLE_AT] === 0 && HEAPU8[L + NOT_YIELDABLE_AT + 1] === 0;
  }

  /** Where the innermost function of a script is, from a level of calls on: 0 is the one that runs. */
  position(L: Pointer, from: number): Position | null {
    const { api } = this;
    for (let level = from; api._lua_getstack(L, level, this.#debugAt) !== 0; level++) {
      api._lua_getinfo(L, this.name("Sl"), this.#debugAt);
      const field = (offset: number) => api.HEAP32[(this.#debugAt + offset) >> 2];
      if (api.HEAPU8[field(DEBUG_WHAT)] === C_FUNCTION) continue;
      const source = this.textAt(field(DEBUG_SOURCE));
      if (source !== PRELUDE) return { source, line: field(DEBUG_LINE) };
    }
    return null;
  }

  /** What the function at a level of calls was called by, `?` where that was nothing with a name. */
  nameAt(L: Pointer, level: number): { name: string; isMethod: boolean } {
    const { api } = this;
    if (api._lua_getstack(L, level, this.#debugAt) === 0) return { name: "?", isMethod: false };
    api._lua_getinfo(L, this.name("n"), this.#debugAt);
    const field = (offset: number) => api.HEAP32[(this.#debugAt + offset) >> 2];
    const name = field(DEBUG_NAME) === 0 ? "?" : this.textAt(field(DEBUG_NAME));
    return { name, isMethod: this.textAt(field(DEBUG_NAME_KIND)) === "method" };
  }

  /** Whether one of the functions that the thread is in, from a level of calls on, is in C. */
  isWithinC(L: Pointer, from: number): boolean {
    const { api } = this;
    for (let level = from; api._lua_getstack(L, level, this.#debugAt) !== 0; level++) {
      api._lua_getinfo(L, this.name("S"), this.#debugAt);
      if (api.HEAPU8[api.HEAP32[(this.#debugAt + DEBUG_WHAT) >> 2]] === C_FUNCTION) return true;
    }
    return false;
  }

  /**
   * The innermost level of calls outside of the functions that this program brings as Lua, and of the one in C that stands
   * before them.
   */
  levelOutsidePrelude(L: Pointer): number {
    const { api } = this;
    for (let level = 1; api._lua_getstack(L, level, this.#debugAt) !== 0; level++) {
      api._lua_getinfo(L, this.name("S"), this.#debugAt);
      if (this.textAt(api.HEAP32[(this.#debugAt + DEBUG_SOURCE) >> 2]) !== PRELUDE) return level + 1;
    }
    return 1;
  }

  /** A C string. */
  textAt(at: Pointer): string {
    const { HEAPU8 } = this.api;
    return new TextDecoder().decode(HEAPU8.subarray(at, HEAPU8.indexOf(0, at)));
  }
}
