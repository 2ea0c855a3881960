/**
 * What Lua raises, as the error that is replied: a text, or the table in which `redis.call` and `redis.error_reply` give one.
 *
 * @module
 */
import { beforeNul, decodeText, encodeText } from "../server/api/mod.ts";
import { type Lua, NIL, STRING, TABLE } from "./lua.ts";

const err = encodeText("err");
const ignored = encodeText("ignore_error_stats_update");

/** What is replied of an error that Lua has raised. */
export interface RaisedError {
  /** With its code. */
  readonly message: string;
  /** Whether it has been counted where it came from. */
  readonly isCounted: boolean;
}

/** Reads what was raised, which is on top of the stack of the main thread and stays there, perhaps below others. */
export function raisedError(lua: Lua): RaisedError {
  const { api, main: L } = lua;
  if (api._lua_type(L, -1) !== TABLE) {
    api._luaL_tolstring(L, -1, lua.sizeAt);
    return { message: `ERR ${decodeText(beforeNul(lua.view(L, -1)!))}`, isCounted: false };
  }
  const isCounted = lua.pushField(L, -1, ignored) !== NIL;
  api._lua_settop(L, -2);
  const hasMessage = lua.pushField(L, -1, err) === STRING;
  return { message: hasMessage ? decodeText(beforeNul(lua.view(L, -1)!)) : "ERR unknown error", isCounted };
}
