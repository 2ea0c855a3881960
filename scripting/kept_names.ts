/**
 * Names that each call of a script or each reply needs, as strings of Lua that are kept: to push one of these costs a third of
 * what it costs to make it anew.
 *
 * @module
 */
import type { Lua } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

/** Key of the first name in the registry; the others follow. */
const FIRST = 200;

const names = [
  ...["KEYS", "ARGV", "ok", "OK", "err", "ignore_error_stats_update", "double", "map", "set", "big_number"],
  ...["verbatim_string", "string", "format"],
] as const;

/** One of the names. */
export type KeptName = typeof names[number];

const keys = Object.fromEntries(names.map((name, i) => [name, FIRST + i])) as Record<KeptName, number>;

/** Makes the strings, once for each state. */
export function keepNames(lua: Lua): void {
  for (const name of names) {
    lua.pushText(lua.main, name);
    lua.keep(keys[name]);
  }
}

/** Pushes a name. */
export function pushName(lua: Lua, L: Pointer, name: KeptName): void {
  lua.pushKept(L, keys[name]);
}
