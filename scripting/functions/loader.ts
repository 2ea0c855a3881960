/**
 * Loads libraries: compiles and runs their code, which names the functions.
 *
 * @module
 */
import { decodeText, ReplyError } from "../../server/api/mod.ts";
import { spelledAs51 } from "../dialect.ts";
import { asLua52 } from "../source_text.ts";
import type { Interpreter, Machine } from "../interpreter.ts";
import { raisedError } from "../raised_error.ts";
import { compileLibrary, installEnvironment, whileLoading } from "./environment.ts";
import type { Library, LibraryFunction } from "./libraries.ts";
import type { LibrarySource } from "./library_source.ts";
import { Registration } from "./registration.ts";

/** Time that a library has to name its functions. */
const LOAD_MS_MAX = 500;
const NO_FUNCTIONS = new ReplyError("ERR No functions registered");

export class Loader {
  /** The state that the globals of functions have been made in. */
  #machine: Machine | null = null;
  #registration!: Registration;

  constructor(readonly interpreter: Interpreter) {}

  /** Loads a library; its functions can be run then. Throws `ReplyError`, and nothing of it is left. */
  load({ name, code, body }: LibrarySource): Library {
    const machine = this.#prepare();
    const functions: LibraryFunction[] = [];
    this.#registration.functions = functions;
    try {
      this.#run(machine, body);
      if (functions.length === 0) throw NO_FUNCTIONS;
      return { name, code: code.slice(), functions };
    } catch (error) {
      if (error instanceof ReplyError) {
        for (const { key } of functions) machine.lua.forget(key);
        throw error;
      }
      this.interpreter.restart(error);
      throw new ReplyError(`ERR the library was stopped: ${error instanceof Error ? error.message : error}`);
    } finally {
      this.#registration.functions = null;
    }
  }

  /** The state is lost: there is nothing to let go of. */
  forgetState(): void {
    this.#machine = null;
  }

  /** Lets go of the functions of a library. */
  unload({ functions }: Library): void {
    for (const { key } of functions) this.#machine?.lua.forget(key);
  }

  #prepare(): Machine {
    const { machine } = this.interpreter;
    if (this.#machine === machine) return machine;
    this.#registration = new Registration(machine.redis, () => this.interpreter.newKey());
    installEnvironment(machine, this.#registration.register);
    this.#machine = machine;
    return machine;
  }

  #run(machine: Machine, body: Uint8Array): void {
    const { lua, redis, thread } = machine;
    const { api, main: L } = lua;
    if (!compileLibrary(machine, asLua52(body))) {
      const message = spelledAs51(decodeText(lua.view(L, -1)!));
      api._lua_settop(L, 0);
      throw new ReplyError(`ERR Error compiling function: ${message}`);
    }
    api._lua_xmove(L, thread.pointer, 1);
    const outcome = whileLoading(
      machine,
      () => thread.runToEnd(LOAD_MS_MAX, (state) => redis.fail(state, "FUNCTION LOAD timeout")),
    );
    const message = outcome === "failed" ? raisedError(lua).message : null;
    api._lua_settop(L, 0);
    if (message !== null) throw new ReplyError(`ERR Error registering functions: ${message}`);
  }
}
