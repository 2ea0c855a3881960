/**
 * A script that is debugged: where it stops, what can be seen of it there, and what it has to tell.
 *
 * It stops by yielding from the hook that Lua calls before each line. A function that has yielded like this is not known to Lua
 * as the one that runs until it goes on; so what may be asked for, the calls and the values of their variables, is put aside
 * before. To end the script where it stands, the hook is called once more and raises.
 *
 * Where a function in C waits for Lua to return, as within a metamethod that `tostring` calls, a script can't stop.
 *
 * @module
 */
import {
  type Arguments,
  busyReplyThreshold,
  type Client,
  type CommandContext,
  type Config,
  decodeText,
  type ModuleHost,
} from "../../server/api/mod.ts";
import type { Machine } from "../interpreter.ts";
import type { Call } from "../lua.ts";
import type { Pointer } from "../lua_vm.ts";
import type { ScriptObserver } from "../redis_api.ts";
import type { Tracer } from "../script_thread.ts";
import { Journal } from "./journal.ts";
import { replyText } from "./reply_text.ts";
import { Source } from "./source.ts";
import { valueText } from "./value_text.ts";

/** What scripts are loaded as. */
const SCRIPT_SOURCE = "@user_script";
/** The key in the registry of what has been put aside. */
const SHOWN = 105;
/** Words of a command that are shown. */
const WORDS_MAX = 10;
/** How long a script may run without a stop where nothing else is said. */
const RUN_MS_MAX = 5000;

/** A call and its variables: their names, and from where on their values are kept. */
interface Frame extends Call {
  readonly names: readonly string[];
  readonly first: number;
}

export class DebugSession implements Tracer, ScriptObserver {
  readonly source: Source;
  readonly journal = new Journal();
  readonly client: Client;
  /** Whether the script waits for the client. */
  isStopped = false;
  /** The calls that the script is in where it has stopped, the innermost first. */
  frames: readonly Frame[] = [];
  /** Whether it stops at the next line, and commands are shown until then. */
  isStepping = true;
  #machine: Machine | null = null;
  readonly #config: Config;
  readonly #host: ModuleHost;
  /** Where Lua has the name of the script's source, once it has been seen. */
  #sourceAt: Pointer = -1;
  /** Whether the script has asked for a stop. */
  #isBreaking = false;
  /** The thread that has stopped, and what it raises when it goes on. */
  #stoppedIn: Pointer = 0;
  #failure: string | null = null;
  #isOver = false;
  /** When the script went on last. */
  #sinceMs = 0;

  constructor({ client, config, host }: CommandContext, text: Uint8Array) {
    this.client = client;
    this.source = new Source(text);
    this.#config = config;
    this.#host = host;
    host.log("warning", "Redis synchronous debugging eval session started");
  }

  /** Begins to follow the script that is run next. */
  attach(machine: Machine): void {
    this.#machine = machine;
    machine.redis.observer = this;
    machine.thread.trace(this);
    this.#sinceMs = performance.now();
  }

  /** The state is lost. */
  detach(): void {
    this.#machine = null;
  }

  /** The session is over, and with it the connection. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.journal.add("<endsession>");
    this.journal.send(this.client);
    this.client.closeAfterReply();
    this.#machine?.thread.trace(null);
    this.#machine?.lua.forget(SHOWN);
    this.#host.log("warning", "Redis synchronous debugging eval session ended");
  }

  /** The script is to go on; with a message, by raising it. */
  goOn(failure: string | null = null): void {
    this.isStopped = false;
    this.#failure = failure;
    if (failure !== null) this.machine.lua.stack.repeatHook(this.#stoppedIn);
    this.#sinceMs = performance.now();
  }

  /** The state that the script runs in. */
  get machine(): Machine {
    return this.#machine!;
  }

  line(L: Pointer, line: number): void {
    if (this.isStopped) return;
    if (this.#failure !== null && L === this.#stoppedIn) this.#raise(L, this.#failure);
    if (!this.#isInScript(L)) return;
    const { source } = this;
    source.line = line;
    if (this.#isBreaking) this.#stop(L, "redis.breakpoint() called");
    else if (source.breakpoints.has(line)) this.#stop(L, "break point");
    else if (this.isStepping) this.#stop(L, "step over");
  }

  look(L: Pointer): boolean {
    const runMsMax = this.#config.get(busyReplyThreshold) || RUN_MS_MAX;
    if (this.isStopped || performance.now() - this.#sinceMs < runMsMax) return false;
    if (this.client.closed) {
      this.machine.redis.fail(L, "timeout during Lua debugging with client closing connection");
    }
    const position = this.machine.lua.position(L, 0);
    if (position?.source !== SCRIPT_SOURCE) return false;
    this.source.line = position.line;
    return this.#stop(L, "timeout reached, infinite loop?");
  }

  command(line: Arguments): void {
    if (!this.isStepping) return;
    const words: string[] = [];
    for (let i = 0; i < line.count && i < WORDS_MAX; i++) words.push(decodeText(line.view(i)));
    if (line.count > WORDS_MAX) words.push(`... (${line.count - WORDS_MAX - 1} more)`);
    this.journal.add(`<redis> ${words.join(" ")}`);
  }

  replied(bytes: Uint8Array): void {
    if (!this.isStepping) return;
    const text = replyText(bytes);
    if (text.startsWith('"-')) this.failed(decodeText(bytes.subarray(0, bytes.length - 2)));
    this.journal.addTrimmed(`<reply> ${text}`);
  }

  failed(message: string): void {
    if (this.isStepping) this.journal.add(`<error> ${message}`);
  }

  print(L: Pointer): void {
    const { lua } = this.machine;
    const count = lua.api._lua_gettop(L);
    const texts: string[] = [];
    for (let i = 1; i <= count; i++) {
      lua.api._lua_pushvalue(L, i);
      texts.push(valueText(lua, L));
      lua.api._lua_settop(L, -2);
    }
    this.journal.add(`<debug> line ${this.source.line}: ${texts.join(", ")}`);
  }

  breakpoint(): void {
    this.#isBreaking = true;
  }

  /** The value of a variable of a frame. */
  variable({ first }: Frame, i: number): string {
    const { lua } = this.machine;
    const L = lua.main;
    lua.pushKept(L, SHOWN);
    lua.api._lua_rawgeti(L, -1, first + i);
    const text = valueText(lua, L);
    lua.api._lua_settop(L, -3);
    return text;
  }

  #stop(L: Pointer, reason: string): boolean {
    const { lua, thread } = this.machine;
    if (!lua.canYield(L)) return false;
    this.#capture(L);
    this.isStopped = true;
    this.isStepping = false;
    this.#isBreaking = false;
    this.#stoppedIn = L;
    this.journal.add(`* Stopped at ${this.source.line}, stop reason = ${reason}`);
    this.journal.add(this.source.show(this.source.line));
    return thread.pause(L);
  }

  #capture(L: Pointer): void {
    const { lua } = this.machine;
    let first = 1;
    lua.api._lua_createtable(L, 0, 0);
    this.frames = lua.calls(L, SCRIPT_SOURCE).map((call) => {
      const frame = { ...call, first, names: lua.copyLocals(L, call.level, first) };
      first += frame.names.length;
      return frame;
    });
    lua.keep(SHOWN, L);
  }

  #isInScript(L: Pointer): boolean {
    const { lua } = this.machine;
    const at = lua.sourceAt(L);
    if (at === this.#sourceAt) return true;
    if (lua.textAt(at) !== SCRIPT_SOURCE) return false;
    this.#sourceAt = at;
    return true;
  }

  #raise(L: Pointer, failure: string): never {
    this.#failure = null;
    return this.machine.redis.fail(L, failure);
  }
}
