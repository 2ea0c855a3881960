/**
 * The thread of Lua that scripts run on, one after the other, in slices: a hook that Lua calls every so many instructions looks
 * at the clock, and when the time of a slice is up, the thread yields. So the server never waits for a script that does not end.
 *
 * A thread can only yield while no C function waits for Lua to return. The functions of the library that call back (`pcall`,
 * `table.sort`, `string.gsub`, `coroutine.resume`) therefore either know how to go on or are written in Lua; see `dialect.ts`.
 * What is left, such as a metamethod that `tostring` calls, is given some time and then ended with an error.
 *
 * @module
 */
import type { Lua, Position } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

/** Who follows a script line by line. */
export interface Tracer {
  /** Called before each line: of the script, of a library's function, of what is evaluated. */
  line(L: Pointer, line: number): void;
  /** Called now and then; whether it has let the thread yield. */
  look(L: Pointer): boolean;
}

/** How a slice ended. The result, or what was raised, is on top of the stack of the main thread. */
export type Outcome = "finished" | "failed" | "unfinished";

/** Time of one slice. */
export const SLICE_MS = 5;
/** Time for what cannot yield. */
const UNYIELDING_MS_MAX = 5000;
/** Instructions between two looks at the clock. */
const LOOK_INSTRUCTIONS = 10_000;
/** Commands between two looks: they take longer than instructions. */
const LOOK_COMMANDS = 16;
/** The key of the thread in the registry. */
const THREAD = 102;
/** The key of what runs aside from it. */
const ASIDE = 104;
/** Levels of calls that `coroutine.yield` itself consists of. */
const YIELD_LEVELS = 3;
const OK = 0;
const YIELD = 1;

export class ScriptThread {
  readonly #lua: Lua;
  #thread: Pointer = 0;
  /** Where the script was when its slice ended, or when what it raised was raised. */
  position: Position | null = null;
  /** Whether slices end at all. */
  #isSliced = false;
  /** When the slice began, as far as anybody has looked; 0: nobody has. */
  #sinceMs = 0;
  #commands = 0;
  /** Looks at the time of what is not sliced. */
  #checkTime: ((L: Pointer) => void) | null = null;
  /** Whether a slice is over, and every thread of the script on the way out. */
  #isOver = false;
  /** Where the thread is kept. */
  #key = THREAD;
  #tracer: Tracer | null = null;

  constructor(lua: Lua) {
    this.#lua = lua;
    lua.onCount = (L) => this.#look(L);
    lua.onLine = (L, line) => this.#tracer?.line(L, line);
  }

  /** Lets somebody follow the scripts that begin from now on, line by line; null: nobody. */
  trace(tracer: Tracer | null): void {
    this.#tracer = tracer;
    this.#lua.countInstructions(this.pointer, LOOK_INSTRUCTIONS, tracer !== null);
  }

  /** Ends the slice where a tracer is called; false where that cannot be. What is to be done there is done before. */
  pause(L: Pointer): boolean {
    if (!this.#lua.canYield(L)) return false;
    this.position = this.#lua.position(L, 0);
    this.#isOver = true;
    this.#lua.api._lua_yieldk(L, 0, 0, 0);
    return true;
  }

  /** The thread itself, to push what is to run, and its arguments, on. */
  get pointer(): Pointer {
    return this.#thread || this.#renew();
  }

  /** Runs the function that has been pushed, with so many arguments. Without slices it runs to its end at once. */
  begin(args: number, isSliced: boolean): Outcome {
    this.#isSliced = isSliced;
    return this.#resume(args);
  }

  /** Runs the function that has been pushed to its end; where that takes too long, `onOverdue` raises an error. */
  runToEnd(millisecondsMax: number, onOverdue: (L: Pointer) => never, args = 0): Outcome {
    this.#isSliced = false;
    const endMs = performance.now() + millisecondsMax;
    this.#checkTime = (L) => {
      if (performance.now() >= endMs) onOverdue(L);
    };
    const outcome = this.#resume(args);
    this.#checkTime = null;
    return outcome;
  }

  /**
   * Runs a function to its end while the script itself waits: it and so many arguments are on the stack of the main thread, as
   * its result is afterwards.
   */
  runAside(args: number, millisecondsMax: number, onOverdue: (L: Pointer) => never): Outcome {
    const { api, main } = this.#lua;
    const { position } = this;
    const script = this.#thread;
    const tracer = this.#tracer;
    this.#tracer = null;
    this.#key = ASIDE;
    const aside = this.#renew();
    api._lua_checkstack(aside, args + 1);
    api._lua_xmove(main, aside, args + 1);
    const outcome = this.runToEnd(millisecondsMax, onOverdue, args);
    this.drop();
    this.#key = THREAD;
    this.#thread = script;
    this.#tracer = tracer;
    this.position = position;
    this.#isSliced = true;
    return outcome;
  }

  /** Goes on after a slice. */
  goOn(): Outcome {
    return this.#resume(0);
  }

  /** Drops what runs. */
  drop(): void {
    this.#thread = 0;
    // What it holds may be all the memory that there is.
    this.#lua.forget(this.#key);
  }

  /** A command has been run: whether the slice is over is looked at when Lua goes on. */
  noteCommand(L: Pointer): void {
    if (++this.#commands % LOOK_COMMANDS === 0 && this.#isTimeUp()) {
      this.#lua.countInstructions(L, 1, this.#tracer !== null);
    }
  }

  /** What threads that a script makes are told of slices: functions for `dialect.ts`. */
  readonly functions = {
    /** Whether the thread that has just yielded did so because its slice is over. */
    sliced: (L: Pointer): number => {
      this.#lua.api._lua_pushboolean(L, this.#isOver ? 1 : 0);
      return 1;
    },
    /** Yields for that reason, too. */
    pause: (L: Pointer): number => {
      if (this.#lua.canYield(L)) return this.#lua.api._lua_yieldk(L, 0, 0, 0);
      this.#isOver = false;
      return 0;
    },
    /** Raises where the script itself, or what waits for Lua to return, would yield. */
    expectcoroutine: (L: Pointer): number => {
      if (L !== this.#thread && !this.#lua.isWithinC(L, YIELD_LEVELS)) return 0;
      this.#lua.pushText(L, "attempt to yield across metamethod/C-call boundary");
      return this.#lua.raise(L);
    },
    /** The thread that runs, nil where it is the script's own. */
    running: (L: Pointer): number => {
      if (L === this.#thread) this.#lua.api._lua_pushnil(L);
      else this.#lua.api._lua_pushthread(L);
      return 1;
    },
  };

  #renew(): Pointer {
    const { api, main } = this.#lua;
    this.#thread = api._lua_newthread(main);
    this.#lua.keep(this.#key);
    this.#lua.countInstructions(this.#thread, LOOK_INSTRUCTIONS);
    return this.#thread;
  }

  #resume(args: number): Outcome {
    const { api, main } = this.#lua;
    const thread = this.#thread;
    this.#sinceMs = 0;
    this.#commands = 0;
    this.#isOver = false;
    this.#lua.isProtected = true;
    const status = api._lua_resume(thread, 0, args);
    this.#lua.isProtected = false;
    if (status === YIELD) return "unfinished";
    if (status === OK) api._lua_settop(thread, 1);
    else this.position = this.#lua.position(thread, 0);
    api._lua_xmove(thread, main, 1);
    if (status === OK) return "finished";
    this.drop();
    return "failed";
  }

  /** Called by Lua every so many instructions. */
  #look(L: Pointer): void {
    this.#lua.countInstructions(L, LOOK_INSTRUCTIONS, this.#tracer !== null);
    this.#checkTime?.(L);
    if (this.#tracer?.look(L) || !this.#isTimeUp() || this.pause(L)) return;
    if (performance.now() - this.#sinceMs > UNYIELDING_MS_MAX) {
      this.#lua.fail(L, "Script ran too long where it cannot be interrupted");
    }
  }

  #isTimeUp(): boolean {
    if (!this.#isSliced) return false;
    const nowMs = performance.now();
    if (this.#sinceMs === 0) this.#sinceMs = nowMs;
    return nowMs - this.#sinceMs >= SLICE_MS;
  }
}
