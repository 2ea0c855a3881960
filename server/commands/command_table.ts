/**
 * All commands of one server, by name.
 *
 * Modules add their commands when they come and take them away when they go; the table refuses what would be ambiguous
 * before it changes anything. A name keeps its number for the life of the server, also through an absence, so that sets of
 * commands (an ACL user's) stay true when a module is loaded again.
 *
 * @module
 */
import type { CommandDefinition, SubcommandDefinition } from "../api/command.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { Command } from "./command.ts";
import { Category, Flag, KeyUse } from "./flags.ts";
import { NameTable } from "../base/name_table.ts";

/** A definition that cannot be registered. */
export class CommandDefinitionError extends Error {
  override name = "CommandDefinitionError";
}

/** The commands of a server. */
export class CommandTable {
  readonly #commands = new NameTable<Command>();
  readonly #byName = new Map<string, Command>();
  readonly #ids = new Map<string, number>();

  /** Number of commands; sub-commands don't count. */
  get count(): number {
    return this.#commands.items.length;
  }

  /** One more than the highest number that a command has had. */
  get idEnd(): number {
    return this.#ids.size;
  }

  /**
   * Registers a command with its sub-commands.
   *
   * @param module the third-party module that brings it.
   * @throws {CommandDefinitionError} where its name is taken or it can't be run; nothing has changed then.
   */
  add(definition: CommandDefinition, module?: string): Command {
    const taken = this.#byName.get(definition.name.toLowerCase());
    if (taken !== undefined) {
      const owner = taken.module === undefined ? "the server" : `module '${taken.module}'`;
      throw new CommandDefinitionError(`command '${taken.name}' is registered already, by ${owner}`);
    }
    checkDefinition(definition);
    const command = this.#make(definition, module);
    for (const subcommand of definition.subcommands ?? []) {
      command.subcommands?.add(this.#make(subcommand, module, command));
    }
    this.#commands.add(command);
    return command;
  }

  /** Registers a sub-command of a command that is there. Throws like {@linkcode CommandTable.add}. */
  addSubcommand(container: string, definition: SubcommandDefinition, module?: string): Command {
    const parent = this.get(container);
    if (parent?.subcommands === undefined) {
      throw new CommandDefinitionError(`command '${container.toLowerCase()}' has no sub-commands`);
    }
    if (this.get(`${container}|${definition.name}`) !== undefined) {
      throw new CommandDefinitionError(
        `command '${parent.name}|${definition.name.toLowerCase()}' is registered already`,
      );
    }
    const command = this.#make(definition, module, parent);
    parent.subcommands.add(command);
    return command;
  }

  /** Takes a command and its sub-commands away. */
  remove(command: Command): void {
    if (command.parent?.subcommands?.delete(command)) this.#byName.delete(command.name);
    if (!this.#commands.delete(command)) return;
    this.#byName.delete(command.name);
    for (const subcommand of command.subcommands?.items ?? []) this.#byName.delete(subcommand.name);
  }

  /** Gives a command another name, as `rename-command` does; with an empty one, nobody finds it any more. */
  rename(name: string, newName: string): void {
    const command = this.get(name);
    if (command === undefined) throw new CommandDefinitionError("No such command in rename-command");
    if (this.get(newName) !== undefined) throw new CommandDefinitionError("Target command name already exists");
    this.remove(command);
    if (newName !== "") this.add({ ...command.definition, group: command.group, name: newName }, command.module);
  }

  /** The command that bytes name, in whatever case. Costs about 10 ns. */
  lookup(buffer: Uint8Array, start: number, length: number): Command | undefined {
    return this.#commands.lookup(buffer, start, length);
  }

  /** The command that a line runs: a container's sub-command where the line names one, `undefined` where it's unknown. */
  resolve(line: Arguments): Command | undefined {
    const command = this.lookup(line.buffer, line.start(0), line.size(0));
    if (command === undefined || command.subcommands === undefined || line.count === 1) return command;
    return command.subcommands.lookup(line.buffer, line.start(1), line.size(1));
  }

  /** By full name in whatever case: `GET`, `config|get`. */
  get(name: string): Command | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** The commands in the order of their registration, without sub-commands. */
  [Symbol.iterator](): Iterator<Command> {
    return this.#commands.items[Symbol.iterator]();
  }

  /** Each command followed by its sub-commands. */
  *withSubcommands(): Generator<Command> {
    for (const command of this) {
      yield command;
      if (command.subcommands !== undefined) yield* command.subcommands.items;
    }
  }

  #make(definition: CommandDefinition | SubcommandDefinition, module?: string, parent?: Command): Command {
    const name = (parent === undefined ? "" : `${parent.name}|`) + definition.name.toLowerCase();
    let id = this.#ids.get(name);
    if (id === undefined) this.#ids.set(name, id = this.#ids.size);
    const command = new Command(definition, { id, module, parent });
    this.#byName.set(name, command);
    return command;
  }
}

/** Refuses what could never be called, or only by chance. */
function checkDefinition(definition: CommandDefinition): void {
  const { name, subcommands = [] } = definition;
  const seen = new Set<string>();
  for (const part of [definition, ...subcommands]) {
    const partName = part === definition ? name : `${name}|${part.name}`;
    const refuse = (reason: string) => {
      throw new CommandDefinitionError(`command '${partName.toLowerCase()}' ${reason}`);
    };
    if (!/^[!-{}~]+$/.test(part.name)) refuse("needs a name of printable ASCII without space and '|'");
    if (seen.has(partName.toLowerCase())) refuse("is defined twice");
    seen.add(partName.toLowerCase());
    if (!Number.isInteger(part.arity) || part.arity === 0) refuse("needs an arity other than 0");
    if (part.run === undefined && (part !== definition || subcommands.length === 0)) {
      refuse("has nothing to run");
    }
    const stranger = unknownName(part);
    if (stranger !== undefined) refuse(`has an unknown flag '${stranger}'`);
  }
}

/** A flag or category that doesn't exist: the type checker of a module written in JavaScript hasn't said so. */
function unknownName({ flags = [], categories = [], keys = [] }: SubcommandDefinition): string | undefined {
  return flags.find((name) => !Object.hasOwn(Flag, name)) ??
    categories.find((name) => !Object.hasOwn(Category, name)) ??
    keys.flatMap((spec) => spec.flags).find((name) => !Object.hasOwn(KeyUse, name));
}
