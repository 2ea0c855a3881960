/**
 * `redis.register_function`, by which a library that is loaded names its functions.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/lua-api/#redis.register_function
 *
 * @module
 */
import { decodeText } from "../../server/api/mod.ts";
import { FUNCTION, NIL, NUMBER, TABLE } from "../lua.ts";
import type { Pointer } from "../lua_vm.ts";
import type { RedisApi } from "../redis_api.ts";
import { FLAG_NAMES, flagsOf, isFlag } from "../script_flags.ts";
import type { LibraryFunction } from "./libraries.ts";
import { BAD_NAME, isName } from "./library_source.ts";

/** What is known of a function from the arguments. */
interface Described {
  name: string | null;
  description: Uint8Array | null;
  flags: readonly string[];
  /** Where on the stack its function is; 0: not given. */
  callback: number;
}

export class Registration {
  /** The functions of the library that is being loaded; null while none is. */
  functions: LibraryFunction[] | null = null;

  /** `newKey`: gives keys for the functions to be kept under. */
  constructor(readonly redis: RedisApi, readonly newKey: () => number) {}

  /** The function itself. */
  readonly register = (L: Pointer): number => {
    const { lua } = this.redis;
    if (this.functions === null) return this.#fail(L, "can only be called on FUNCTION LOAD command");
    const { name, description, flags, callback } = this.#read(L);
    if (name === null) return this.#fail(L, "must get a function name argument");
    if (callback === 0) return this.#fail(L, "must get a callback argument");
    if (!isName(name)) return this.redis.fail(L, BAD_NAME);
    // In any case, as calls find it.
    if (this.functions.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      return this.redis.fail(L, "Function already exists in the library");
    }
    const key = this.newKey();
    lua.api._lua_pushvalue(L, callback);
    lua.keep(key, L);
    this.functions.push({ ...flagsOf(flags), name, description, flags, key, isFunction: true });
    return 0;
  };

  #fail(L: Pointer, message: string): never {
    return this.redis.fail(L, `redis.register_function ${message}`);
  }

  #read(L: Pointer): Described {
    const { api } = this.redis.lua;
    const count = api._lua_gettop(L);
    if (count < 1 || count > 2) this.redis.fail(L, "wrong number of arguments to redis.register_function");
    if (count === 2) return this.#readPair(L);
    if (api._lua_type(L, 1) === TABLE) return this.#readTable(L);
    const onlyTables = "is only applicable to Lua table (representing named arguments).";
    return this.redis.fail(L, `calling redis.register_function with a single argument ${onlyTables}`);
  }

  #readPair(L: Pointer): Described {
    const { api } = this.redis.lua;
    if (api._lua_isstring(L, 1) === 0) {
      this.redis.fail(L, "first argument to redis.register_function must be a string");
    }
    if (api._lua_type(L, 2) !== FUNCTION) {
      this.redis.fail(L, "second argument to redis.register_function must be a function");
    }
    return { name: this.#text(L, 1), description: null, flags: [], callback: 2 };
  }

  /** The named arguments of a table. The callback is left on the stack. */
  #readTable(L: Pointer): Described {
    const { api } = this.redis.lua;
    const described: Described = { name: null, description: null, flags: [], callback: 0 };
    // Its place, until it is found.
    api._lua_pushnil(L);
    api._lua_pushnil(L);
    while (api._lua_next(L, 1) !== 0) {
      if (api._lua_isstring(L, -2) === 0) {
        this.redis.fail(L, "named argument key given to redis.register_function is not a string");
      }
      this.#readField(L, api._lua_type(L, -2) === NUMBER ? "" : this.#text(L, -2).toLowerCase(), described);
      api._lua_settop(L, -2);
    }
    return described;
  }

  /** Reads the argument of this name, which is on top of the stack. */
  #readField(L: Pointer, name: string, described: Described): void {
    const { lua } = this.redis;
    const { api } = lua;
    const type = api._lua_type(L, -1);
    const expect = (isRight: boolean, what: string) => {
      if (!isRight) this.redis.fail(L, `${name} argument given to redis.register_function must be a ${what}`);
    };
    switch (name) {
      case "function_name":
        expect(api._lua_isstring(L, -1) !== 0, "string");
        described.name = this.#text(L, -1);
        break;
      case "description":
        expect(api._lua_isstring(L, -1) !== 0, "string");
        described.description = lua.view(L, -1)!.slice();
        break;
      case "callback":
        expect(type === FUNCTION, "function");
        api._lua_pushvalue(L, -1);
        api._lua_replace(L, 2);
        described.callback = 2;
        break;
      case "flags":
        if (type !== TABLE) {
          this.redis.fail(L, "flags argument to redis.register_function must be a table representing function flags");
        }
        described.flags = this.#readFlags(L);
        break;
      default:
        this.redis.fail(L, "unknown argument given to redis.register_function");
    }
  }

  /** The flags that the table on top of the stack lists, in their own order. */
  #readFlags(L: Pointer): readonly string[] {
    const { api } = this.redis.lua;
    const given = new Set<string>();
    for (let i = 1;; i++) {
      api._lua_rawgeti(L, -1, i);
      if (api._lua_type(L, -1) === NIL) break;
      const name = api._lua_isstring(L, -1) === 0 ? "" : this.#text(L, -1).toLowerCase();
      if (!isFlag(name)) this.redis.fail(L, "unknown flag given");
      given.add(name);
      api._lua_settop(L, -2);
    }
    api._lua_settop(L, -2);
    return FLAG_NAMES.filter((name) => given.has(name));
  }

  /** A string, or a number as text. */
  #text(L: Pointer, i: number): string {
    return decodeText(this.redis.lua.view(L, i)!);
  }
}
