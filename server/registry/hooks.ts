/**
 * The hooks of all modules: those that a module declares and those that it adds while it needs them.
 *
 * Who asks hooks keeps the lists it got and takes them anew when it is told of a change, so that a hook that nobody has costs
 * nothing on the way of a command.
 *
 * @module
 */
import type { ModuleHooks } from "../api/module.ts";

/** The hook of a name. */
export type Hook<Name extends keyof ModuleHooks> = NonNullable<ModuleHooks[Name]>;

export class Hooks {
  /** Told after a hook came or went. */
  readonly changeListeners: (() => void)[] = [];
  readonly #sets = new Set<ModuleHooks>();

  /** Adds hooks, behind those that are there. */
  add(hooks: ModuleHooks): void {
    this.#sets.add(hooks);
    this.#changed();
  }

  /** Takes out what was added. */
  remove(hooks: ModuleHooks): void {
    if (this.#sets.delete(hooks)) this.#changed();
  }

  /** The hooks of one name, in order. */
  of<Name extends keyof ModuleHooks>(name: Name): Hook<Name>[] {
    return [...this.#sets].flatMap((hooks) => hooks[name] === undefined ? [] : [hooks[name] as Hook<Name>]);
  }

  #changed(): void {
    for (const listener of this.changeListeners) listener();
  }
}
