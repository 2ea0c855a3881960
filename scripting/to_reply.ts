/**
 * What a script returned, as a reply.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/lua-api/#data-type-conversion
 *
 * Tables are read past their metatables, so no code of the script runs any more.
 *
 * @module
 */
import { beforeNul, decodeText, encodeText, type ReplyWriter } from "../server/api/mod.ts";
import { BOOLEAN, type Lua, NIL, NUMBER, STRING, TABLE } from "./lua.ts";
import { type KeptName, pushName } from "./kept_names.ts";
import { formatGeneral, toInt64 } from "./number_text.ts";

/** Tables within tables that are replied; deeper ones are an error in their place. */
const DEPTH_MAX = 1000;
const FORMAT_LETTERS = 3;

/** Replies the value on top of the stack and pops it. `version`: which protocol the script has chosen. */
export function replyValue(lua: Lua, reply: ReplyWriter, version: number): void {
  new LuaToReply(lua, reply, version).value(0);
}

class LuaToReply {
  constructor(readonly lua: Lua, readonly reply: ReplyWriter, readonly version: number) {}

  value(depth: number): void {
    const { lua: { api, main: L }, reply } = this;
    switch (api._lua_type(L, -1)) {
      case STRING: {
        const at = this.lua.stringAt(L, -1);
        reply.bulk(api.HEAPU8, at, this.lua.size);
        break;
      }
      case NUMBER:
        reply.integer(toInt64(api._lua_tonumberx(L, -1, 0)));
        break;
      case BOOLEAN:
        this.#boolean(api._lua_toboolean(L, -1) !== 0);
        break;
      case TABLE:
        if (depth === DEPTH_MAX || api._lua_checkstack(L, 8) === 0) reply.error("ERR reached lua stack limit");
        else this.#table(depth);
        break;
      default:
        reply.null();
    }
    api._lua_settop(L, -2);
  }

  #boolean(value: boolean): void {
    if (this.version >= 3) this.reply.boolean(value);
    else if (value) this.reply.integer(1);
    else this.reply.null();
  }

  /** The table stays on the stack. */
  #table(depth: number): void {
    const { reply } = this;
    const { api, main: L } = this.lua;
    if (this.#has("err", STRING)) {
      const message = decodeText(beforeNul(this.lua.view(L, -1)!)).replace(/[\r\n]/g, " ");
      reply.raw(encodeText(`-${message}\r\n`));
      if (depth === 0) this.#count(message);
    } else if (this.#has("ok", STRING)) {
      this.#status();
    } else if (this.#has("double", NUMBER)) {
      const text = formatGeneral(api._lua_tonumberx(L, -1, 0), 17);
      if (reply.version < 3) reply.text(text);
      else reply.raw(encodeText(`,${text}\r\n`));
    } else if (this.#has("map", TABLE)) this.#pairs(depth, true);
    else if (this.#has("set", TABLE)) this.#pairs(depth, false);
    else if (this.#has("big_number", STRING)) {
      const digits = decodeText(this.lua.view(L, -1)!).replace(/[\r\n]/g, " ");
      if (reply.version < 3) reply.text(digits);
      else reply.raw(encodeText(`(${digits}\r\n`));
    } else if (this.#has("verbatim_string", TABLE) && this.#verbatim()) return api._lua_settop(L, -2);
    else return this.#array(depth);
    api._lua_settop(L, -2);
  }

  /** The text is on top of the stack. */
  #status(): void {
    const { lua, reply } = this;
    const { HEAPU8: heap } = lua.api;
    const at = lua.stringAt(lua.main, -1);
    if (lua.size === 2 && heap[at] === 0x4f && heap[at + 1] === 0x4b) return reply.ok();
    const text = decodeText(beforeNul(heap.subarray(at, at + lua.size)));
    reply.raw(encodeText(`+${text.replace(/[\r\n]/g, " ")}\r\n`));
  }

  /** Counts an error that is the whole reply; the table that it is in is below the top of the stack. */
  #count(message: string): void {
    const { lua, reply } = this;
    reply.errors++;
    reply.lastError = this.#push("ignore_error_stats_update", -3) === NIL ? message : "";
    lua.api._lua_settop(lua.main, -2);
  }

  /** Pushes a field of the table on top of the stack if it is of a type. */
  #has(name: KeptName, type: number): boolean {
    if (this.#push(name, -2) === type) return true;
    this.lua.api._lua_settop(this.lua.main, -2);
    return false;
  }

  /** Pushes a field of a table; its type. `table`: where that is once the name is pushed. */
  #push(name: KeptName, table: number): number {
    const { api, main: L } = this.lua;
    pushName(this.lua, L, name);
    api._lua_rawget(L, table);
    return api._lua_type(L, -1);
  }

  /** Replies the keys of the table on top of the stack, with their values where it is a map. */
  #pairs(depth: number, isMap: boolean): void {
    const { api, main: L } = this.lua;
    const mark = this.reply.arrayLater();
    let count = 0;
    api._lua_pushnil(L);
    while (api._lua_next(L, -2) !== 0) {
      api._lua_pushvalue(L, -2);
      this.value(depth + 1);
      if (isMap) this.value(depth + 1);
      else api._lua_settop(L, -2);
      count++;
    }
    this.reply.close(mark, count, isMap ? "map" : "set");
  }

  /** The table that describes it is on top of the stack, and popped where it is none. */
  #verbatim(): boolean {
    const { api, main: L } = this.lua;
    const hasString = this.#push("string", -2) === STRING;
    const hasFormat = this.#push("format", -3) === STRING;
    const isVerbatim = hasString && hasFormat;
    if (isVerbatim) {
      const name = decodeText(this.lua.view(L, -1)!).slice(0, FORMAT_LETTERS).padEnd(FORMAT_LETTERS);
      this.reply.verbatim(decodeText(this.lua.view(L, -2)!), name);
    }
    api._lua_settop(L, isVerbatim ? -3 : -4);
    return isVerbatim;
  }

  /** Items from 1 up to the first that there is not. */
  #array(depth: number): void {
    const { api, main: L } = this.lua;
    const mark = this.reply.arrayLater();
    let count = 0;
    for (;; count++) {
      api._lua_rawgeti(L, -1, count + 1);
      if (api._lua_type(L, -1) <= 0) break;
      this.value(depth + 1);
    }
    api._lua_settop(L, -2);
    this.reply.close(mark, count);
  }
}
