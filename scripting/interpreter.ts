/**
 * Runs scripts: one Lua state per server, made when the first script comes, and made anew when something is wrong with it.
 *
 * @module
 */
import {
  beforeNul,
  type Client,
  type CommandContext,
  decodeText,
  encodeText,
  type ModuleHost,
  ReplyError,
} from "../server/api/mod.ts";
import { addBit } from "./bit.ts";
import { addCjson } from "./cjson.ts";
import { addCmsgpack } from "./cmsgpack.ts";
import { installDialect, type ScriptRandom, spelledAs51 } from "./dialect.ts";
import { translateEscapes } from "./escapes.ts";
import { Lua, LuaPanic, type Position, STRING, TABLE } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";
import { RedisApi } from "./redis_api.ts";
import { readShebang, type Script, ScriptCache, sha1 } from "./script_cache.ts";
import { addStruct } from "./struct.ts";
import { replyValue } from "./to_reply.ts";

const REDIS_VERSION = "7.0.15";
/** Keys in the registry; those of scripts follow. */
const GLOBALS = 100;
const ERROR_HANDLER = 101;
const FIRST_SCRIPT = 1000;
/** A state that uses more is not kept when scripts are flushed. */
const KEPT_BYTES_MAX = 8 * 1024 * 1024;
const KEYS = encodeText("KEYS");
const ARGV = encodeText("ARGV");
const err = encodeText("err");
const OUT_OF_MEMORY = new ReplyError(
  "OOM allow-oom flag is not set on the script, can not run it when used memory > " +
    "'maxmemory'",
);
const WRITES_IN_READ_ONLY = new ReplyError("ERR Can not execute a script with write flag using *_ro command.");

/** A state and what belongs to it. */
interface Machine {
  readonly lua: Lua;
  readonly redis: RedisApi;
}

export class Interpreter {
  readonly scripts = new ScriptCache();
  readonly #client: Client;
  readonly #random: ScriptRandom;
  #machine: Machine | null = null;
  #nextKey = FIRST_SCRIPT;
  /** Where the script was when its last error was raised. */
  #position: Position | null = null;

  constructor(host: ModuleHost) {
    this.#client = host.newClient("lua");
    this.#client.scripted = true;
    this.#random = { state: BigInt(`0x${host.random.hex(12)}`) };
  }

  /** Compiles a script and remembers it. Throws `ReplyError`. */
  load(text: Uint8Array): Script {
    const { flags, body } = readShebang(text);
    const { lua } = this.#start();
    const L = lua.main;
    if (!lua.load(translateEscapes(body), "@user_script")) {
      const message = spelledAs51(decodeText(lua.view(L, -1)!));
      lua.api._lua_settop(L, 0);
      throw new ReplyError(`ERR Error compiling script (new function): ${message}`);
    }
    const script: Script = { ...flags, text: text.slice(), sha: sha1(text), key: this.#nextKey++ };
    lua.keep(script.key);
    this.scripts.add(script);
    return script;
  }

  /** Forgets all scripts. The state stays, since another one takes a while to load, unless it has become large. */
  flush(): void {
    const { lua } = this.#machine ?? {};
    if (lua !== undefined && lua.usedBytes > KEPT_BYTES_MAX) this.#machine = null;
    else for (const { key } of this.scripts.all) lua?.forget(key);
    this.scripts.clear();
  }

  /**
   * Runs a script, whose keys and arguments follow the third word of the command line, and replies what it returns.
   */
  run(context: CommandContext, script: Script, keyCount: number, readOnly: boolean): void {
    if (script.declared && readOnly && !script.noWrites) throw WRITES_IN_READ_ONLY;
    if (script.declared && !script.noWrites && !script.allowOom && !context.host.makeRoom()) throw OUT_OF_MEMORY;
    const { lua, redis } = this.#start();
    const { api, main: L } = lua;
    try {
      redis.enter({ context, flags: script, readOnly, wrote: false });
      lua.pushKept(GLOBALS);
      this.#setArguments(context, KEYS, 3, keyCount);
      this.#setArguments(context, ARGV, 3 + keyCount, context.args.count - 3 - keyCount);
      api._lua_settop(L, 0);
      lua.pushKept(ERROR_HANDLER);
      lua.pushKept(script.key);
      this.#position = null;
      lua.isProtected = true;
      const status = api._lua_pcallk(L, 0, 1, 1, 0, 0);
      lua.isProtected = false;
      if (status === 0) replyValue(lua, context.reply, redis.version);
      else this.#replyError(context, script, lua);
      api._lua_settop(L, 0);
      lua.shrinkScratch();
    } catch (error) {
      // What JavaScript threw has left Lua in the middle of something.
      this.#restart(context.host, error);
      throw new ReplyError(`ERR the script was stopped: ${error instanceof Error ? error.message : error}`);
    } finally {
      redis.leave();
      context.propagateNothing();
    }
  }

  /** Sets `KEYS` or `ARGV`; the table of globals is on top of the stack. */
  #setArguments({ args }: CommandContext, name: Uint8Array, first: number, count: number): void {
    const { lua } = this.#machine!;
    const { api, main: L } = lua;
    lua.pushBytes(L, name, 0, name.length);
    api._lua_createtable(L, count, 0);
    for (let i = 0; i < count; i++) {
      lua.pushBytes(L, args.buffer, args.start(first + i), args.size(first + i));
      api._lua_rawseti(L, -2, i + 1);
    }
    api._lua_rawset(L, -3);
  }

  /** Replies the error on top of the stack: what was raised, the script, and where. */
  #replyError({ reply }: CommandContext, { sha }: Script, lua: Lua): void {
    const L = lua.main;
    let message = "ERR ";
    let counted = false;
    if (lua.api._lua_type(L, -1) === TABLE) {
      message = lua.pushField(L, -1, err) === STRING ? decodeText(beforeNul(lua.view(L, -1)!)) : "ERR unknown error";
      lua.api._lua_settop(L, -2);
      counted = lua.pushField(L, -1, encodeText("ignore_error_stats_update")) !== 0;
    } else {
      lua.api._luaL_tolstring(L, -1, lua.sizeAt);
      message += decodeText(beforeNul(lua.view(L, -1)!));
    }
    const position = this.#position;
    const where = position === null ? "" : `, on ${position.source}:${position.line}.`;
    reply.error(`${message} script: ${sha}${where}`);
    if (counted) reply.lastError = "";
  }

  #start(): Machine {
    if (this.#machine !== null) return this.#machine;
    const lua = new Lua();
    const { api, main: L } = lua;
    const redis = new RedisApi(lua, this.#client);
    api._luaopen_base(L);
    for (
      const [name, open] of [
        ["coroutine", api._luaopen_coroutine],
        ["table", api._luaopen_table],
        ["string", api._luaopen_string],
        ["math", api._luaopen_math],
      ] as const
    ) {
      open(L);
      api._lua_setglobal(L, lua.name(name));
    }
    redis.push(REDIS_VERSION);
    api._lua_setglobal(L, lua.name("redis"));
    addBit(lua);
    addCjson(lua);
    addCmsgpack(lua);
    addStruct(lua);
    installDialect(lua, this.#random);
    lua.keep(GLOBALS);
    lua.pushFunction(L, (state: Pointer) => this.#noteError(lua, state));
    lua.keep(ERROR_HANDLER);
    api._lua_settop(L, 0);
    this.#machine = { lua, redis };
    return this.#machine;
  }

  /** Runs where an error is raised, while the functions that led there are still on the stack. */
  #noteError(lua: Lua, L: Pointer): number {
    this.#position = lua.position(L);
    return 1;
  }

  /** Drops the state; the scripts are compiled anew in another one. */
  #restart(host: ModuleHost, error: unknown): void {
    const text = error instanceof LuaPanic ? error.message : error instanceof Error ? error.stack : String(error);
    host.log("warning", `A script was stopped: ${text}`);
    this.#machine = null;
    const texts = [...this.scripts.all].map((script) => script.text);
    this.scripts.clear();
    for (const one of texts) this.load(one);
  }
}
