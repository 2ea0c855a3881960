/**
 * The libraries that a server has, and their functions, which are found by name in any case.
 *
 * A set is changed as a whole or not at all: what would give two functions one name is refused before anything is changed.
 *
 * @module
 */
import { type Arguments, encodeText, type Named, NameTable, ReplyError } from "../../server/api/mod.ts";
import type { Runnable } from "../interpreter.ts";

/** A function of a library. */
export interface LibraryFunction extends Runnable {
  readonly description: Uint8Array | null;
  /** Names of what it was registered with, in their own order. */
  readonly flags: readonly string[];
}

/** A library. */
export interface Library {
  readonly name: string;
  readonly code: Uint8Array;
  readonly functions: readonly LibraryFunction[];
}

interface FunctionName extends Named {
  readonly found: LibraryFunction;
}

export class Libraries {
  readonly #libraries = new Map<string, Library>();
  /** By name in lower case. */
  readonly #functions = new Map<string, LibraryFunction>();
  /** Made when a function is called after a change. */
  #names: NameTable<FunctionName> | null = null;

  /** In the order in which they came. */
  get all(): Iterable<Library> {
    return this.#libraries.values();
  }

  get count(): number {
    return this.#libraries.size;
  }

  get functionCount(): number {
    return this.#functions.size;
  }

  get(name: string): Library | undefined {
    return this.#libraries.get(name);
  }

  /** The function that an argument names. */
  find(args: Arguments, i: number): LibraryFunction | undefined {
    this.#names ??= new NameTable(
      Array.from(this.#functions, ([name, found]) => ({ key: encodeText(name), found })),
    );
    return this.#names.lookup(args.buffer, args.start(i), args.size(i))?.found;
  }

  /** Adds a library, in place of one of the same name. Throws `ReplyError` where others have functions of the same names. */
  add(library: Library): void {
    this.#checkNames(library);
    this.remove(library.name);
    this.#libraries.set(library.name, library);
    for (const added of library.functions) this.#functions.set(added.name.toLowerCase(), added);
    this.#names = null;
  }

  remove(name: string): void {
    for (const removed of this.#libraries.get(name)?.functions ?? []) {
      this.#functions.delete(removed.name.toLowerCase());
    }
    this.#libraries.delete(name);
    this.#names = null;
  }

  /** These libraries and others, which take the place of those of the same names where `replaces` says so. Throws `ReplyError`. */
  joined(others: Libraries, replaces: boolean): Libraries {
    const result = new Libraries();
    for (const library of this.all) {
      if (others.get(library.name) === undefined) result.add(library);
      else if (!replaces) throw new ReplyError(`ERR Library ${library.name} already exists`);
    }
    for (const library of others.all) result.add(library);
    return result;
  }

  #checkNames({ name: libraryName, functions }: Library): void {
    const replaced = this.#libraries.get(libraryName)?.functions ?? [];
    for (const { name } of functions) {
      const present = this.#functions.get(name.toLowerCase());
      if (present !== undefined && !replaced.includes(present)) {
        throw new ReplyError(`ERR Function ${name} already exists`);
      }
    }
  }
}
