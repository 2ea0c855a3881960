/**
 * Values of Lua as the debugger shows them. Tables are read past their metatables, so no code of the script runs.
 *
 * @module
 */
import { BOOLEAN, LIGHT_USERDATA, type Lua, NIL, NUMBER, STRING, TABLE, TYPE_NAMES } from "../lua.ts";
import { VALUE_BYTES } from "../lua_stack.ts";
import type { Pointer } from "../lua_vm.ts";
import { formatGeneral } from "../number_text.ts";
import { quoted } from "./quoted_text.ts";

/** Values within values that are shown. */
const DEPTH_MAX = 10;
const TOO_DEEP = "<max recursion level reached! Nested table?>";
/** Slots of the stack for all levels. */
const SLOTS = 4 * (DEPTH_MAX + 1);
const DIGITS = 6;

/** The value on top of the stack, which stays there. */
export function valueText(lua: Lua, L: Pointer, depth = 0): string {
  const { api } = lua;
  if (depth === DEPTH_MAX) return TOO_DEEP;
  if (depth === 0 && api._lua_checkstack(L, SLOTS) === 0) return TOO_DEEP;
  const type = api._lua_type(L, -1);
  switch (type) {
    case NIL:
      return "nil";
    case BOOLEAN:
      return api._lua_toboolean(L, -1) !== 0 ? "true" : "false";
    case NUMBER:
      return numberText(lua, L);
    case STRING:
      return quoted(lua.view(L, -1)!);
    case TABLE:
      return tableText(lua, L, depth);
  }
  const at = type === LIGHT_USERDATA ? api._lua_touserdata(L, -1) : api._lua_topointer(L, -1);
  const name = type === LIGHT_USERDATA ? "light-userdata" : TYPE_NAMES[type];
  return `"${name}@${at === 0 ? "(nil)" : `0x${at.toString(16)}`}"`;
}

function numberText({ api, stack }: Lua, L: Pointer): string {
  const value = api._lua_tonumberx(L, -1, 0);
  if (!Number.isNaN(value)) return formatGeneral(value, DIGITS);
  return stack.isNegative(stack.end(L) - VALUE_BYTES) ? "-nan" : "nan";
}

/** `{1; 2}` where the keys are 1, 2 and so on, otherwise `{[key]=value; …}`. */
function tableText(lua: Lua, L: Pointer, depth: number): string {
  const { api } = lua;
  const isArray = isSequence(lua, L);
  const items: string[] = [];
  for (api._lua_pushnil(L); api._lua_next(L, -2) !== 0; api._lua_settop(L, -2)) {
    const value = valueText(lua, L, depth + 1);
    if (isArray) {
      items.push(value);
      continue;
    }
    api._lua_pushvalue(L, -2);
    items.push(`[${valueText(lua, L, depth + 1)}]=${value}`);
    api._lua_settop(L, -2);
  }
  return `{${items.join("; ")}}`;
}

function isSequence({ api }: Lua, L: Pointer): boolean {
  let expected = 1;
  for (api._lua_pushnil(L); api._lua_next(L, -2) !== 0; api._lua_settop(L, -2)) {
    if (api._lua_type(L, -2) === NUMBER && api._lua_tonumberx(L, -2, 0) === expected++) continue;
    api._lua_settop(L, -3);
    return false;
  }
  return true;
}
