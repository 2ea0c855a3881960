/**
 * `KEYS` and `ARGV`: a table that is filled anew for each script where that is possible, since to make one, and to collect it
 * later, costs more than most scripts.
 *
 * No script can keep it: there is nothing that outlives a script and that it could write to. But it may have changed the table.
 * So that is looked at, where Lua keeps it: whether it has a metatable, or grew beyond its items, which will all be set. If so,
 * or where the number of items is another one, there is a new table.
 *
 * @module
 */
import type { Arguments } from "../server/api/mod.ts";
import { pushName } from "./kept_names.ts";
import type { Lua } from "./lua.ts";
import { type LuaStack, VALUE_BYTES } from "./lua_stack.ts";

/** Where a table has the room for items, its fields beside those, and its metatable. */
const ITEMS_AT = 8;
const FIELDS_AT = 16;
const METATABLE_AT = 24;
/** Tables of more items are made anew each time. */
const KEPT_ITEMS_MAX = 16;
/** Keys in the registry of the tables without items; those with more follow. */
const KEPT = { KEYS: 220, ARGV: 240 };

export class ArgumentTable {
  readonly #kept: number;
  /** By the number of items: the table, 0 as long as there is none, and what stands in it while it has no fields. */
  readonly #tables = new Int32Array(KEPT_ITEMS_MAX + 1);
  readonly #noFields = new Int32Array(KEPT_ITEMS_MAX + 1);
  /** The number of items of the one that is the global; -1: it is not kept. */
  #current = -1;

  constructor(readonly lua: Lua, readonly stack: LuaStack, readonly name: "KEYS" | "ARGV") {
    this.#kept = KEPT[name];
    this.#checkLayout();
  }

  /** Sets the global to words of a command line. `globals`: the key of the table of globals in the registry. */
  set(globals: number, args: Arguments, first: number, count: number): void {
    const { lua } = this;
    const { api, main: L } = lua;
    if (this.#isAsItWas(count)) lua.pushKept(L, this.#kept + count);
    else this.#make(count);
    if (this.#current !== count) this.#setGlobal(globals, count);
    for (let i = 0; i < count; i++) {
      lua.pushBytes(L, args.buffer, args.start(first + i), args.size(first + i));
      api._lua_rawseti(L, -2, i + 1);
    }
    api._lua_settop(L, -2);
  }

  /** Throws where tables do not lie in memory as they are read here. */
  #checkLayout(): void {
    const { lua: { api, main: L }, stack } = this;
    api._lua_createtable(L, 3, 0);
    const table = stack.pointer(stack.end(L) - VALUE_BYTES);
    const word = (at: number) => api.HEAP32[(table + at) >> 2];
    const [items, noFields, noMetatable] = [word(ITEMS_AT), word(FIELDS_AT), word(METATABLE_AT)];
    api._lua_createtable(L, 0, 0);
    const metatable = stack.pointer(stack.end(L) - VALUE_BYTES);
    api._lua_setmetatable(L, -2);
    pushName(this.lua, L, this.name);
    api._lua_pushboolean(L, 1);
    api._lua_rawset(L, -3);
    const isKnown = items === 3 && noMetatable === 0 && word(METATABLE_AT) === metatable &&
      word(FIELDS_AT) !== noFields;
    if (!isKnown) throw new Error("Lua's tables are not laid out as they were");
    api._lua_settop(L, -2);
  }

  #isAsItWas(count: number): boolean {
    if (count > KEPT_ITEMS_MAX) return false;
    const { HEAP32: words } = this.lua.api;
    const table = this.#tables[count];
    return table !== 0 && words[(table + METATABLE_AT) >> 2] === 0 && words[(table + ITEMS_AT) >> 2] === count &&
      words[(table + FIELDS_AT) >> 2] === this.#noFields[count];
  }

  /** Pushes a new table. */
  #make(count: number): void {
    const { lua, stack } = this;
    const { api, main: L } = lua;
    api._lua_createtable(L, count, 0);
    this.#current = -1;
    if (count > KEPT_ITEMS_MAX) return;
    const table = stack.pointer(stack.end(L) - VALUE_BYTES);
    this.#tables[count] = table;
    this.#noFields[count] = api.HEAP32[(table + FIELDS_AT) >> 2];
    api._lua_pushvalue(L, -1);
    lua.keep(this.#kept + count);
  }

  /** Makes the table on top of the stack the global. */
  #setGlobal(globals: number, count: number): void {
    const { lua } = this;
    const { api, main: L } = lua;
    lua.pushKept(L, globals);
    pushName(lua, L, this.name);
    api._lua_pushvalue(L, -3);
    api._lua_rawset(L, -3);
    api._lua_settop(L, -2);
    this.#current = count > KEPT_ITEMS_MAX ? -1 : count;
  }
}
