/**
 * The functions of a server: its libraries, and how they come and go.
 *
 * @module
 */
import { type ModuleHost, moduleState, ReplyError } from "../../server/api/mod.ts";
import { interpreterOf } from "../handlers.ts";
import type { Interpreter } from "../interpreter.ts";
import { Libraries } from "./libraries.ts";
import { readLibrary } from "./library_source.ts";
import { Loader } from "./loader.ts";

/** How `FUNCTION RESTORE` deals with the libraries that there are. */
export interface RestorePolicy {
  /** They go. */
  readonly flushes: boolean;
  /** Those go that others of the same names come for. */
  readonly replaces: boolean;
}

class Functions {
  libraries = new Libraries();
  readonly #loader: Loader;

  constructor(readonly host: ModuleHost, readonly interpreter: Interpreter) {
    this.#loader = new Loader(interpreter);
    interpreter.isShared = () => this.libraries.count > 0;
    interpreter.onRestart = () => this.#reload();
  }

  /** Loads a library, in place of one of the same name where that is allowed; its name. Throws `ReplyError`. */
  load(code: Uint8Array, replaces: boolean): string {
    return this.#loadInto(this.libraries, code, replaces);
  }

  /** Whether there was a library of this name. */
  delete(name: string): boolean {
    const library = this.libraries.get(name);
    if (library === undefined) return false;
    this.libraries.remove(name);
    this.#loader.unload(library);
    return true;
  }

  flush(): void {
    this.#replace(new Libraries());
  }

  /** The code of all libraries. */
  *codes(): Iterable<Uint8Array> {
    for (const { code } of this.libraries.all) yield code;
  }

  /** Loads the libraries with this code, all of them or none. Throws `ReplyError`. */
  restore(codes: Iterable<Uint8Array>, { flushes, replaces }: RestorePolicy): void {
    const restored = new Libraries();
    try {
      for (const code of codes) this.#loadInto(restored, code, false);
      this.#replace(flushes ? restored : this.libraries.joined(restored, replaces));
    } catch (error) {
      for (const library of restored.all) this.#loader.unload(library);
      throw error;
    }
  }

  #loadInto(libraries: Libraries, code: Uint8Array, replaces: boolean): string {
    const source = readLibrary(code);
    const present = libraries.get(source.name);
    if (present !== undefined && !replaces) throw new ReplyError(`ERR Library '${source.name}' already exists`);
    const library = this.#loader.load(source);
    try {
      libraries.add(library);
    } catch (error) {
      this.#loader.unload(library);
      throw error;
    }
    if (present !== undefined) this.#loader.unload(present);
    return source.name;
  }

  /** Puts other libraries in the place of those that there are. */
  #replace(libraries: Libraries): void {
    const present = this.libraries;
    this.libraries = libraries;
    for (const library of present.all) {
      if (libraries.get(library.name) !== library) this.#loader.unload(library);
    }
  }

  /** Loads all libraries anew, into another state; what they had kept in their variables is lost. */
  #reload(): void {
    const codes = [...this.codes()];
    this.#loader.forgetState();
    this.libraries = new Libraries();
    for (const code of codes) {
      try {
        this.#loadInto(this.libraries, code, false);
      } catch (error) {
        if (!(error instanceof ReplyError)) throw error;
        this.host.log("warning", `A library is lost: ${error.message}`);
      }
    }
  }
}

/** The functions of a server. */
export const functionsOf = moduleState((host) => new Functions(host, host.state(interpreterOf)));
