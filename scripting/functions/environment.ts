/**
 * Where libraries and their functions live in Lua: globals of their own beside those of scripts.
 *
 * While a library is loaded, it finds one global, `redis`, and in it what registers functions and what writes to the log.
 * When its functions run, they find what scripts find, but what belongs to one script alone. Both are the same table of
 * globals to Lua, whose metatable says where it is read from.
 *
 * @module
 */
import { encodeText } from "../../server/api/mod.ts";
import { DERIVE } from "../dialect.ts";
import { type Machine, REDIS_VERSION } from "../interpreter.ts";
import type { LuaFunction } from "../lua.ts";

/** Keys in the registry. */
const GLOBALS = 110;
const METATABLE = 111;
const WHILE_LOADING = 112;
const WHILE_RUNNING = 113;
const index = encodeText("__index");

/** Functions of `redis` that mean nothing to functions: all of what they do is sent on as its effects, and nobody debugs them. */
const SCRIPTS_ONLY = ["breakpoint", "debug", "replicate_commands"];
/** What of `redis` there is while a library is loaded. */
const WHILE_LOADING_NAMES = /^(log|LOG_.*|REDIS_VERSION.*)$/;

/** Makes the globals of functions in a state. `register` becomes `redis.register_function`. */
export function installEnvironment({ lua, redis }: Machine, register: LuaFunction): void {
  const { api, main: L } = lua;
  lua.pushKept(L, DERIVE);
  redis.push(REDIS_VERSION, (name) => !SCRIPTS_ONLY.includes(name));
  redis.push(REDIS_VERSION, (name) => WHILE_LOADING_NAMES.test(name));
  lua.addFunctions({ register_function: register });
  lua.isProtected = true;
  api._lua_callk(L, 2, 4, 0, 0);
  lua.isProtected = false;
  for (const key of [WHILE_RUNNING, WHILE_LOADING, METATABLE, GLOBALS]) lua.keep(key);
}

/** Compiles code as that of a library: pushes the function, or what is wrong with it. */
export function compileLibrary({ lua }: Machine, text: Uint8Array): boolean {
  const { api, main: L } = lua;
  lua.pushGlobals();
  lua.pushKept(L, GLOBALS);
  lua.replaceGlobals();
  const isCompiled = lua.load(text, "@user_function");
  api._lua_insert(L, -2);
  lua.replaceGlobals();
  return isCompiled;
}

/** Runs `action` while globals are read as a library that is loaded finds them. */
export function whileLoading<T>(machine: Machine, action: () => T): T {
  setIndex(machine, WHILE_LOADING);
  const result = action();
  setIndex(machine, WHILE_RUNNING);
  return result;
}

function setIndex({ lua }: Machine, table: number): void {
  const { api, main: L } = lua;
  lua.pushKept(L, METATABLE);
  lua.pushBytes(L, index, 0, index.length);
  lua.pushKept(L, table);
  api._lua_rawset(L, -3);
  api._lua_settop(L, -2);
}
