/**
 * The table `redis` of scripts: commands, replies, the log, and what there is besides.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/lua-api/
 *
 * A command's arguments are not copied: they are read where Lua keeps them, on the stack of the function that is called.
 *
 * @module
 */
import {
  Arguments,
  type Audience,
  type Client,
  type CommandContext,
  type CommandInfo,
  decodeText,
  encodeText,
  type ModuleHost,
  ReplyWriter,
} from "../server/api/mod.ts";
import { ArgumentTable } from "./argument_table.ts";
import { ReplyToLua } from "./from_reply.ts";
import { type Lua, type LuaFunction, NUMBER, STRING } from "./lua.ts";
import { keepNames } from "./kept_names.ts";
import { type LuaStack, VALUE_BYTES } from "./lua_stack.ts";
import type { Pointer } from "./lua_vm.ts";
import { argumentText } from "./number_text.ts";
import { sha1 } from "./script_cache.ts";
import type { ScriptFlags } from "./script_flags.ts";

const UNKNOWN_COMMAND = encodeText("ERR Unknown Redis command called from script");
const WRONG_ARITY = encodeText("ERR Wrong number of args calling Redis command from script");
const NOT_ALLOWED = encodeText("ERR This Redis command is not allowed from script");
const WRITE_IN_READ_ONLY = encodeText("ERR Write commands are not allowed from read-only scripts.");
const NO_ARGUMENT = encodeText("ERR Please specify at least one argument for this redis lib call");
const BAD_ARGUMENT = encodeText("ERR Lua redis lib command arguments must be strings or integers");
const OUT_OF_MEMORY = encodeText("OOM command not allowed when used memory > 'maxmemory'.");
const BAD_MESSAGE = encodeText("ERR wrong number or type of arguments");

const LEVELS = ["debug", "verbose", "notice", "warning"] as const;
/** Who gets what a script changes, as `redis.set_repl` is told. */
const REPLICATE_TO_AOF = 1;
const REPLICATE_TO_REPLICAS = 2;
const REPLICATE_TO_ALL = REPLICATE_TO_AOF | REPLICATE_TO_REPLICAS;
/** So many arguments may be integers without a string for each; of 32 bits, with a sign. */
const DIGITS_ARGUMENTS = 64;
const DIGITS_BYTES = 11;
const DIGIT_ZERO = 0x30;
const MINUS = 0x2d;
const KEPT_REPLY_BYTES_MAX = 64 * 1024;

/** What matters of a command to scripts. */
const NO_SCRIPT = 1;
const WRITES = 2;
const NEEDS_MEMORY = 4;

/** The script that runs. */
export interface ScriptRun {
  readonly context: CommandContext;
  readonly flags: ScriptFlags;
  readonly readOnly: boolean;
  /** Whether it has changed anything. */
  wrote: boolean;
}

/** What a debugger hears of the script. */
export interface ScriptObserver {
  /** A command that is to be run. */
  command(line: Arguments): void;
  /** What it has replied, as protocol. */
  replied(bytes: Uint8Array): void;
  /** An error that is raised or given: with its code behind a dash, or a text without one. */
  failed(message: string): void;
  /** `redis.debug`: the arguments are on the thread's stack. */
  print(L: Pointer): void;
  /** `redis.breakpoint` */
  breakpoint(): void;
}

export class RedisApi {
  /** The script that runs, set by who runs it. */
  run: ScriptRun | null = null;
  /** Who debugs the script. */
  observer: ScriptObserver | null = null;
  /** Told of each command that a script has run. */
  onCommand: (L: Pointer) => void = () => {};
  readonly #client: Client;
  readonly #line = new Arguments();
  /** What the line runs. */
  #command: CommandInfo | null = null;
  #reply = new ReplyWriter();
  readonly #toLua: ReplyToLua;
  readonly #traits = new WeakMap<CommandInfo, number>();
  /** What the script is given. */
  readonly keys: ArgumentTable;
  readonly argv: ArgumentTable;
  readonly #stack: LuaStack;
  /** Where arguments that are integers are written. */
  readonly #digitsAt: Pointer;
  /** Who gets what the script changes; null: everybody. */
  #audience: Audience | null = null;

  constructor(readonly lua: Lua, client: Client, readonly host: ModuleHost) {
    this.#client = client;
    keepNames(lua);
    this.#toLua = new ReplyToLua(lua);
    this.#stack = lua.stack;
    this.keys = new ArgumentTable(lua, this.#stack, "KEYS");
    this.argv = new ArgumentTable(lua, this.#stack, "ARGV");
    this.#digitsAt = lua.api._malloc(DIGITS_ARGUMENTS * DIGITS_BYTES);
  }

  /** Begins a script. */
  enter(run: ScriptRun): void {
    this.run = run;
    this.#reply.version = 2;
    this.#audience = null;
    this.#client.db = run.context.client.db;
    this.#client.user = run.context.client.user;
  }

  /** Ends it. */
  leave(): void {
    this.run = null;
    this.observer = null;
    if (this.#reply.buffer.length > KEPT_REPLY_BYTES_MAX) this.#reply = new ReplyWriter();
  }

  /** The protocol version that the script has chosen. */
  get version(): number {
    return this.#reply.version;
  }

  /** Pushes the table, of all that there is or what `has` says of it. */
  push(redisVersion: string, has: (name: string) => boolean = () => true): void {
    const { api, main: L } = this.lua;
    api._lua_createtable(L, 0, 32);
    this.lua.addFunctions(Object.fromEntries(Object.entries(this.#functions()).filter(([name]) => has(name))));
    const numbers = {
      LOG_DEBUG: 0,
      LOG_VERBOSE: 1,
      LOG_NOTICE: 2,
      LOG_WARNING: 3,
      REPL_NONE: 0,
      REPL_AOF: REPLICATE_TO_AOF,
      REPL_SLAVE: REPLICATE_TO_REPLICAS,
      REPL_REPLICA: REPLICATE_TO_REPLICAS,
      REPL_ALL: REPLICATE_TO_ALL,
      REDIS_VERSION_NUM: redisVersion.split(".").reduce((sum, part) => sum << 8 | Number(part), 0),
    };
    for (const [name, value] of Object.entries(numbers)) {
      if (!has(name)) continue;
      this.lua.pushText(L, name);
      api._lua_pushnumber(L, value);
      api._lua_rawset(L, -3);
    }
    this.lua.pushText(L, "REDIS_VERSION");
    this.lua.pushText(L, redisVersion);
    api._lua_rawset(L, -3);
  }

  #functions(): Record<string, LuaFunction> {
    const { api } = this.lua;
    return {
      call: (L) => this.#call(L, true),
      pcall: this.pcall,
      error_reply: (L) => this.#message(L, "err"),
      status_reply: (L) => this.#message(L, "ok"),
      sha1hex: (L) => {
        if (api._lua_gettop(L) !== 1) return this.fail(L, "wrong number of arguments");
        this.lua.pushText(L, sha1(this.lua.view(L, 1) ?? new Uint8Array(0)));
        return 1;
      },
      log: (L) => this.#log(L),
      setresp: (L) => {
        if (api._lua_gettop(L) !== 1) return this.fail(L, "redis.setresp() requires one argument.");
        const version = api._lua_tonumberx(L, 1, 0);
        if (version !== 2 && version !== 3) return this.fail(L, "RESP version must be 2 or 3.");
        this.#reply.version = version;
        return 0;
      },
      set_repl: (L) => {
        if (api._lua_gettop(L) !== 1) return this.fail(L, "redis.set_repl() requires two arguments.");
        const where = Math.trunc(api._lua_tonumberx(L, 1, 0));
        if ((where & ~REPLICATE_TO_ALL) !== 0) {
          return this.fail(L, "Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
        }
        const audience = { aof: (where & REPLICATE_TO_AOF) !== 0, replicas: (where & REPLICATE_TO_REPLICAS) !== 0 };
        this.#audience = where === REPLICATE_TO_ALL ? null : audience;
        return 0;
      },
      replicate_commands: (L) => {
        api._lua_pushboolean(L, 1);
        return 1;
      },
      breakpoint: (L) => {
        this.observer?.breakpoint();
        api._lua_pushboolean(L, this.observer === null ? 0 : 1);
        return 1;
      },
      debug: (L) => {
        this.observer?.print(L);
        return 0;
      },
      acl_check_cmd: (L) => {
        const wrong = this.#readLine(L);
        if (wrong !== null) return this.#raise(L, wrong);
        if (this.run!.context.commandOf(this.#line) === null) {
          return this.fail(L, "Invalid command passed to redis.acl_check_cmd()");
        }
        api._lua_pushboolean(L, 1);
        return 1;
      },
    };
  }

  /** `redis.pcall` */
  readonly pcall: LuaFunction = (L) => this.#call(L, false);

  /** `redis.call` and `redis.pcall` */
  #call(L: Pointer, raises: boolean): number {
    const wrong = this.#readLine(L) ?? this.#refusal();
    const command = this.#command!;
    if (wrong !== null) return raises ? this.#raise(L, wrong) : this.#give(L, wrong);
    const reply = this.#reply;
    reply.truncate(0);
    const { context } = this.run!;
    if (this.#audience === null) context.run(this.#line, reply, this.#client, command);
    else context.propagatingTo(this.#audience, () => context.run(this.#line, reply, this.#client, command));
    this.onCommand(L);
    this.observer?.replied(reply.buffer.subarray(0, reply.length));
    const isError = this.#toLua.push(L, reply.buffer);
    return isError && raises ? this.lua.raise(L) : 1;
  }

  /** Reads the arguments on the stack as a command line; what is wrong with them. */
  #readLine(L: Pointer): Uint8Array | null {
    const stack = this.#stack;
    const count = (stack.end(L) - stack.first(L)) / VALUE_BYTES;
    if (count === 0) return NO_ARGUMENT;
    const line = this.#line;
    line.reset(this.lua.api.HEAPU8, 0);
    for (let i = 0; i < count; i++) {
      let at = stack.first(L) + i * VALUE_BYTES;
      const type = stack.type(at);
      if (type === NUMBER) {
        if (this.#pushDigits(i, stack.number(at))) continue;
        this.lua.pushText(L, argumentText(stack.number(at)));
        this.lua.api._lua_replace(L, i + 1);
        at = stack.first(L) + i * VALUE_BYTES;
      } else if (type !== STRING) return BAD_ARGUMENT;
      const text = stack.text(at);
      line.push(text, stack.size(text));
    }
    return null;
  }

  /** Appends a small integer, one of the first arguments, to the line, without a string of Lua for it. */
  #pushDigits(i: number, value: number): boolean {
    if (i >= DIGITS_ARGUMENTS || value !== (value | 0) || Object.is(value, -0)) return false;
    const { HEAPU8: heap } = this.lua.api;
    const end = this.#digitsAt + (i + 1) * DIGITS_BYTES;
    let start = end;
    let rest = Math.abs(value);
    do {
      const quotient = Math.floor(rest / 10);
      heap[--start] = DIGIT_ZERO + rest - quotient * 10;
      rest = quotient;
    } while (rest > 0);
    if (value < 0) heap[--start] = MINUS;
    this.#line.push(start, end - start);
    return true;
  }

  /** Why the script may not run the command line. */
  #refusal(): Uint8Array | null {
    const run = this.run!;
    this.observer?.command(this.#line);
    const command = this.#command = run.context.commandOf(this.#line);
    const wrong = command === null ? UNKNOWN_COMMAND : this.#refusalOf(command);
    if (wrong !== null) run.context.noteRefusal(command, decodeText(wrong));
    return wrong;
  }

  #refusalOf(command: CommandInfo): Uint8Array | null {
    const run = this.run!;
    if (!command.accepts(this.#line.count)) return WRONG_ARITY;
    const traits = this.#traits.get(command) ?? this.#readTraits(command);
    if ((traits & NO_SCRIPT) !== 0) return NOT_ALLOWED;
    const writes = (traits & WRITES) !== 0;
    if (writes && (run.readOnly || run.flags.noWrites)) return WRITE_IN_READ_ONLY;
    if ((traits & NEEDS_MEMORY) !== 0 && !run.wrote && !run.flags.allowOom && !run.context.host.makeRoom()) {
      return OUT_OF_MEMORY;
    }
    if (writes) run.wrote = true;
    return null;
  }

  #readTraits(command: CommandInfo): number {
    const traits = (command.has("noscript") ? NO_SCRIPT : 0) | (command.has("write") ? WRITES : 0) |
      (command.has("denyoom") ? NEEDS_MEMORY : 0);
    this.#traits.set(command, traits);
    return traits;
  }

  /** `redis.error_reply` and `redis.status_reply` */
  #message(L: Pointer, field: "err" | "ok"): number {
    const { api } = this.lua;
    if (api._lua_gettop(L) !== 1 || api._lua_type(L, 1) !== STRING) return this.#give(L, BAD_MESSAGE);
    api._lua_createtable(L, 0, 1);
    this.lua.pushText(L, field);
    if (field === "err") {
      const message = this.lua.view(L, 1)!;
      const dashed = message[0] === 0x2d;
      const code = message.subarray(dashed ? 1 : 0).includes(0x20) ? "" : "ERR ";
      const bytes = new Uint8Array([...encodeText(code), ...message.subarray(dashed ? 1 : 0)]);
      this.observer?.failed(`-${decodeText(message.subarray(dashed ? 1 : 0))}`);
      this.lua.pushBytes(L, bytes, 0, bytes.length);
    } else api._lua_pushvalue(L, 1);
    api._lua_rawset(L, -3);
    return 1;
  }

  #log(L: Pointer): number {
    const { api } = this.lua;
    const count = api._lua_gettop(L);
    if (count < 2) return this.fail(L, "redis.log() requires two arguments or more.");
    if (api._lua_isnumber(L, 1) === 0) return this.fail(L, "First argument must be a number (log level).");
    const level = LEVELS[Math.trunc(api._lua_tonumberx(L, 1, 0))];
    if (level === undefined) return this.fail(L, "Invalid debug level.");
    const texts: string[] = [];
    for (let i = 2; i <= count; i++) {
      const bytes = this.lua.view(L, i);
      if (bytes !== null) texts.push(new TextDecoder().decode(bytes));
    }
    this.host.log(level, texts.join(" "));
    return 0;
  }

  /** Raises an error of the code `ERR`. */
  fail(L: Pointer, message: string): never {
    return this.#raise(L, encodeText(`ERR ${message}`));
  }

  #raise(L: Pointer, message: Uint8Array): never {
    this.#noteFailure(message);
    this.#toLua.pushError(L, message);
    return this.lua.raise(L);
  }

  #noteFailure(message: Uint8Array): void {
    if (this.observer === null) return;
    const text = decodeText(message);
    this.observer.failed(text.startsWith("ERR ") ? text.slice("ERR ".length) : `-${text}`);
  }

  #give(L: Pointer, message: Uint8Array): number {
    this.#noteFailure(message);
    this.#toLua.pushError(L, message);
    return 1;
  }
}
