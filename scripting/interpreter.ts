/**
 * Runs scripts: one Lua state per server, made when the first script comes, and made anew when something is wrong with it.
 *
 * @module
 */
import {
  type Arguments,
  type Client,
  type CommandContext,
  decodeText,
  type LongRun,
  type ModuleHost,
  ReplyError,
} from "../server/api/mod.ts";
import { addBit } from "./bit.ts";
import { addCjson } from "./cjson.ts";
import { addCmsgpack } from "./cmsgpack.ts";
import { GLOBALS, installDialect, type ScriptRandom, spelledAs51 } from "./dialect.ts";
import { asLua52 } from "./source_text.ts";
import { Lua, LuaPanic } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";
import { raisedError } from "./raised_error.ts";
import { RedisApi, type ScriptRun } from "./redis_api.ts";
import { readScript, type Script, ScriptCache, sha1 } from "./script_cache.ts";
import type { ScriptFlags } from "./script_flags.ts";
import { type Outcome, ScriptThread, SLICE_MS } from "./script_thread.ts";
import { runDebuggerCommand } from "./debugger/commands.ts";
import type { DebugSession } from "./debugger/session.ts";
import { addStruct } from "./struct.ts";
import { replyValue } from "./to_reply.ts";

/** As scripts are told. */
export const REDIS_VERSION = "7.0.15";
/** Keys in the registry from here on are those of scripts. */
const FIRST_SCRIPT = 1000;
/** Where Lua uses more, compiled scripts make room: a server knows each script that it has ever been sent. */
const COMPILED_BYTES_MAX = 32 * 1024 * 1024;
/** A state that uses more is not kept when scripts are flushed. */
const KEPT_BYTES_MAX = 8 * 1024 * 1024;
/** Where the generator of random numbers begins, in each server. */
const RANDOM_START = 0x1234abcd330en;
const OUT_OF_MEMORY = new ReplyError(
  "OOM allow-oom flag is not set on the script, can not run it when used memory > " +
    "'maxmemory'",
);
const NOT_BUSY = new ReplyError("NOTBUSY No scripts in execution right now.");
const UNKILLABLE = new ReplyError(
  "UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script " +
    "termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.",
);
const BUSY_SCRIPT = new ReplyError(
  "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
);
const BUSY_FUNCTION = new ReplyError(
  "BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.",
);
const WRITES_IN_READ_ONLY = new ReplyError("ERR Can not execute a script with write flag using *_ro command.");

/** What can be run: a script, a function of a library. */
export interface Runnable extends ScriptFlags {
  /** As errors call it. */
  readonly name: string;
  /** What its function is kept under in the registry. */
  readonly key: number;
  /** Whether it takes what a client gives it as two arguments, not as globals. */
  readonly isFunction: boolean;
}

/** A state and what belongs to it. */
export interface Machine {
  readonly lua: Lua;
  readonly redis: RedisApi;
  readonly thread: ScriptThread;
}

/** The script that runs. */
interface Running {
  readonly script: Runnable;
  readonly run: ScriptRun;
  /** Who debugs it. */
  readonly session: DebugSession | null;
  isKilled: boolean;
  /** Of one that goes on in a later turn: the command line, and when it began, as `performance.now()` tells. */
  line: Arguments | null;
  sinceMs: number;
}

/** A function that others wait for. */
export interface BusyFunction {
  readonly name: string;
  /** The command line that it was called with. */
  readonly line: Arguments;
  /** How long it has run. */
  readonly milliseconds: number;
}

export class Interpreter {
  readonly scripts = new ScriptCache();
  readonly #client: Client;
  readonly #random: ScriptRandom;
  #machine: Machine | null = null;
  #nextKey = FIRST_SCRIPT;
  #running: Running | null = null;
  /** Scripts that are compiled anew when they are called next. */
  #uncompiled = new Set<Script>();
  /** Whether the state holds more than scripts, so that it cannot be dropped with them. */
  isShared = () => false;
  /** Told of a state that takes the place of one that is lost. */
  onRestart = () => {};

  constructor(readonly host: ModuleHost) {
    this.#client = host.newClient("lua");
    this.#client.scripted = true;
    this.#random = { state: RANDOM_START };
  }

  /** Compiles a script and remembers it. Throws `ReplyError`. */
  load(text: Uint8Array): Script {
    const { flags, body } = readScript(text);
    const key = this.newKey();
    this.#compile(body, key);
    const script: Script = { ...flags, text: text.slice(), name: sha1(text), key, isFunction: false };
    this.scripts.add(script);
    return script;
  }

  /** Compiles a script and keeps its function. Throws `ReplyError`. */
  #compile(body: Uint8Array, key: number): void {
    const { lua } = this.machine;
    const L = lua.main;
    if (lua.usedBytes > COMPILED_BYTES_MAX) {
      for (const script of this.scripts.all) lua.forget(script.key);
      this.#uncompiled = new Set(this.scripts.all);
      lua.collect();
    }
    if (!lua.load(asLua52(body), "@user_script")) {
      const message = spelledAs51(decodeText(lua.view(L, -1)!));
      lua.api._lua_settop(L, 0);
      throw new ReplyError(`ERR Error compiling script (new function): ${message}`);
    }
    lua.keep(key);
  }

  /** A key for something else to be kept. */
  newKey(): number {
    return this.#nextKey++;
  }

  /** Bytes that the state uses; 0 while there is none. */
  get usedBytes(): number {
    return this.#machine?.lua.usedBytes ?? 0;
  }

  /** Forgets all scripts. The state stays, since another one takes a while to load, unless it has become large. */
  flush(): void {
    const { lua } = this.#machine ?? {};
    if (lua !== undefined && lua.usedBytes > KEPT_BYTES_MAX && !this.isShared()) this.#machine = null;
    else for (const { key } of this.scripts.all) lua?.forget(key);
    this.scripts.clear();
    this.#uncompiled.clear();
  }

  /**
   * Runs a script, whose keys and arguments follow the third word of the command line, and replies what it returns.
   */
  run(
    context: CommandContext,
    script: Runnable,
    keyCount: number,
    readOnly: boolean,
    session: DebugSession | null = null,
  ): void {
    if (script.declared && readOnly && !script.noWrites) throw WRITES_IN_READ_ONLY;
    if (script.declared && !script.noWrites && !script.allowOom && !context.host.makeRoom()) throw OUT_OF_MEMORY;
    if (this.#uncompiled.size > 0 && this.#uncompiled.delete(script as Script)) {
      this.#compile(readScript((script as Script).text).body, script.key);
    }
    const { lua, redis, thread } = this.machine;
    const run = { context, flags: script, readOnly, wrote: false };
    const running: Running = { script, run, session, isKilled: false, line: null, sinceMs: 0 };
    this.#running = running;
    const argumentCount = context.args.count - 3 - keyCount;
    this.#proceed(context, running, () => {
      redis.enter(running.run);
      session?.attach(this.#machine!);
      const L = thread.pointer;
      if (script.isFunction) {
        lua.pushKept(L, script.key);
        this.#pushWords(L, context, 3, keyCount);
        this.#pushWords(L, context, 3 + keyCount, argumentCount);
        return thread.begin(2, context.mayContinueLater);
      }
      redis.keys.set(GLOBALS, context.args, 3, keyCount);
      redis.argv.set(GLOBALS, context.args, 3 + keyCount, argumentCount);
      lua.pushKept(L, script.key);
      return thread.begin(0, context.mayContinueLater);
    });
  }

  /** The function that others wait for, null where there is none. Throws `ReplyError` where it is a script. */
  busyFunction(): BusyFunction | null {
    if (this.#running === null || this.#running.line === null) return null;
    const { script: { name, isFunction }, line, sinceMs } = this.#running;
    if (!isFunction) throw BUSY_SCRIPT;
    return { name, line, milliseconds: Math.floor(performance.now() - sinceMs) };
  }

  /** Ends the script or function that runs, which must not have changed anything. */
  kill(ofFunctions: boolean): void {
    if (this.#running === null) throw NOT_BUSY;
    if (this.#running.run.wrote) throw UNKILLABLE;
    const { isFunction } = this.#running.script;
    if (isFunction !== ofFunctions) throw isFunction ? BUSY_FUNCTION : BUSY_SCRIPT;
    this.#running.isKilled = true;
    this.host.log("warning", "Lua script killed by user with SCRIPT KILL.");
  }

  /** Runs a slice of the script, and lets it go on later or replies. */
  #proceed(context: CommandContext, running: Running, resume: () => Outcome): void {
    const { lua, redis, thread } = this.#machine!;
    let isFinished = true;
    try {
      if (running.isKilled) {
        thread.drop();
        this.#replyError(context, running, "ERR Script killed by user with SCRIPT KILL...");
        return;
      }
      const outcome = resume();
      isFinished = outcome !== "unfinished";
      if (!isFinished) return this.#wait(context, running);
      if (outcome === "finished") replyValue(lua, context.reply, redis.version);
      else this.#replyRaised(context, running);
      lua.api._lua_settop(lua.main, 0);
      lua.shrinkScratch();
    } catch (error) {
      // What JavaScript threw has left Lua in the middle of something.
      this.restart(error);
      running.session?.detach();
      throw new ReplyError(`ERR the script was stopped: ${error instanceof Error ? error.message : error}`);
    } finally {
      if (isFinished) {
        this.#running = null;
        redis.leave();
        running.session?.end();
        context.propagateNothing();
      }
    }
  }

  #wait(context: CommandContext, running: Running): void {
    const { thread } = this.#machine!;
    const { name, isFunction } = running.script;
    if (running.line === null) {
      running.line = context.args.clone();
      running.sinceMs = performance.now() - SLICE_MS;
    }
    const longRun: LongRun = {
      refusal: isFunction ? BUSY_FUNCTION : BUSY_SCRIPT,
      onOverdue: (milliseconds) => {
        this.host.log(
          "warning",
          `Slow script detected: still in execution after ${milliseconds} milliseconds. You can try killing the script ` +
            `using the ${isFunction ? "FUNCTION" : "SCRIPT"} KILL command. Script name is: ${name}.`,
        );
      },
    };
    const { session } = running;
    if (session === null || !session.isStopped) {
      return context.continueLater((context) => this.#proceed(context, running, () => thread.goOn()), longRun);
    }
    session.journal.send(session.client);
    context.converse(
      (context, request) =>
        this.#proceed(context, running, () => hear(session, request) ? thread.goOn() : "unfinished"),
      longRun,
    );
  }

  /** Pushes words of the command line as a table. */
  #pushWords(L: Pointer, { args }: CommandContext, first: number, count: number): void {
    const { lua } = this.#machine!;
    lua.api._lua_createtable(L, count, 0);
    for (let i = 0; i < count; i++) {
      lua.pushBytes(L, args.buffer, args.start(first + i), args.size(first + i));
      lua.api._lua_rawseti(L, -2, i + 1);
    }
  }

  /** Replies what was raised, which is on top of the stack. */
  #replyRaised(context: CommandContext, running: Running): void {
    const { message, isCounted } = raisedError(this.#machine!.lua);
    this.#replyError(context, running, message);
    if (isCounted) context.reply.lastError = "";
  }

  /** Replies an error: what went wrong, the script, and where. */
  #replyError({ reply }: CommandContext, { script }: Running, message: string): void {
    const { position } = this.#machine!.thread;
    const where = position === null ? "" : ` script: ${script.name}, on ${position.source}:${position.line}.`;
    reply.error(`${message}${where}`);
  }

  /** The state; it is made when it is asked for first. */
  get machine(): Machine {
    if (this.#machine !== null) return this.#machine;
    const lua = new Lua();
    const { api, main: L } = lua;
    const redis = new RedisApi(lua, this.#client, this.host);
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
    const thread = new ScriptThread(lua);
    installDialect(lua, this.#random, thread.functions);
    lua.keep(GLOBALS);
    api._lua_settop(L, 0);
    redis.onCommand = (state) => thread.noteCommand(state);
    this.#machine = { lua, redis, thread };
    return this.#machine;
  }

  /** Drops the state, which something was thrown in that Lua has not caught; scripts are compiled anew when they are called. */
  restart(error: unknown): void {
    const text = error instanceof LuaPanic ? error.message : error instanceof Error ? error.stack : String(error);
    this.host.log("warning", `A script was stopped: ${text}`);
    this.#machine = null;
    this.#uncompiled = new Set(this.scripts.all);
    this.onRestart();
  }
}

/** What the client of a script that has stopped says; whether the script goes on. */
function hear(session: DebugSession, request: Arguments | null): boolean {
  if (request !== null) return runDebuggerCommand(session, request);
  session.source.breakpoints.clear();
  session.goOn(session.client.closed ? null : "protocol error");
  return true;
}
