/**
 * The modules of one server: checked before any of what they bring is active, withdrawn as a whole.
 *
 * @module
 */
import { API_VERSION, type InfoSection, type ModuleDefinition, type ModuleHost } from "../api/module.ts";
import type { AnyType } from "../api/type.ts";
import type { Command } from "../commands/command.ts";
import type { CommandTable } from "../commands/command_table.ts";
import type { Config } from "../config/config.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import type { Hooks } from "./hooks.ts";

/** A module that cannot be registered or withdrawn. */
export class ModuleError extends Error {
  override name = "ModuleError";
}

/** A module that is active. */
export interface LoadedModule {
  readonly definition: ModuleDefinition;
  /** File it came from; empty for those that the server was made with. */
  readonly path: string;
  readonly args: readonly string[];
  readonly commands: readonly Command[];
}

const MODULE_TYPE_VERSION_MAX = 1023;
/** Names of nine characters that identify a third-party type in the RDB format. */
const MODULE_TYPE_NAME = /^[A-Za-z0-9_-]{9}$/;

export class Modules {
  readonly #loaded = new Map<string, LoadedModule>();

  constructor(
    readonly table: CommandTable,
    readonly keyspace: Keyspace,
    readonly config: Config,
    readonly host: ModuleHost,
    readonly hooks: Hooks,
  ) {}

  /** Active modules in the order of their registration. */
  get all(): LoadedModule[] {
    return [...this.#loaded.values()];
  }

  get(name: string): LoadedModule | undefined {
    return this.#loaded.get(name);
  }

  /**
   * Registers a module. With a path it counts as third-party: it is in `MODULE LIST` and can be unloaded.
   * Throws {@linkcode ModuleError}; then nothing of it is left.
   */
  add(definition: ModuleDefinition, path = "", args: readonly string[] = []): LoadedModule {
    this.#check(definition, path !== "");
    const commands: Command[] = [];
    const types: AnyType[] = [];
    let hasOptions = false;
    const undo = () => {
      commands.forEach((command) => this.table.remove(command));
      types.forEach((type) => this.keyspace.kinds.unregister(type));
      if (hasOptions) this.config.unregister(definition.options ?? []);
    };
    try {
      this.config.register(definition.options ?? []);
      hasOptions = true;
      for (const type of definition.types ?? []) {
        this.keyspace.kinds.register(type);
        types.push(type);
      }
      for (const command of definition.commands ?? []) {
        commands.push(this.table.add(command, path === "" ? undefined : definition.name));
      }
      for (const { of: container, commands: parts } of definition.subcommands ?? []) {
        for (const part of parts) {
          commands.push(this.table.addSubcommand(container, part, path === "" ? undefined : definition.name));
        }
      }
      definition.load?.(this.host, args);
    } catch (error) {
      undo();
      throw new ModuleError(`module ${definition.name}: ${error instanceof Error ? error.message : error}`);
    }
    const loaded: LoadedModule = { definition, path, args, commands };
    this.#loaded.set(definition.name, loaded);
    if (definition.hooks !== undefined) this.hooks.add(definition.hooks);
    return loaded;
  }

  /** Withdraws a module. Throws {@linkcode ModuleError} where others or stored values need it. */
  remove(name: string): void {
    const loaded = this.#loaded.get(name);
    if (loaded === undefined) throw new ModuleError("no such module with that name");
    const { definition } = loaded;
    const dependent = this.all.find((other) => other.definition.requires?.includes(name));
    if (dependent !== undefined) {
      throw new ModuleError(`the module is used by module ${dependent.definition.name}`);
    }
    if ((definition.types ?? []).length > 0) {
      throw new ModuleError("the module exports one or more module-side data types, can't unload");
    }
    definition.unload?.(this.host);
    loaded.commands.forEach((command) => this.table.remove(command));
    this.config.unregister(definition.options ?? []);
    this.#loaded.delete(name);
    if (definition.hooks !== undefined) this.hooks.remove(definition.hooks);
  }

  /** Sections that modules add to `INFO`. */
  info(): InfoSection[] {
    return this.all.flatMap(({ definition }) => definition.info ?? []);
  }

  #check(definition: ModuleDefinition, thirdParty: boolean): void {
    const refuse = (reason: string) => {
      throw new ModuleError(`module ${definition.name}: ${reason}`);
    };
    if (!definition.name || /\s/.test(definition.name)) refuse("needs a name without blanks");
    if (definition.api !== API_VERSION) refuse(`is written for API ${definition.api}, this server has ${API_VERSION}`);
    if (!Number.isInteger(definition.version) || definition.version < 1) refuse("needs a positive whole version");
    if (this.#loaded.has(definition.name)) refuse("is loaded already");
    for (const required of definition.requires ?? []) {
      if (!this.#loaded.has(required)) refuse(`requires module ${required}`);
    }
    const stranger = definition.options?.find(({ name }) => !name.startsWith(`${definition.name}.`));
    if (thirdParty && stranger !== undefined) refuse(`parameter ${stranger.name} is not named ${definition.name}.*`);
    definition.types?.forEach((type, i) => {
      const others = [...this.keyspace.kinds.types(), ...definition.types!.slice(0, i)];
      const problem = typeProblem(type, others, thirdParty);
      if (problem !== null) refuse(problem);
    });
  }
}

/** What keeps a type from joining the others; null for nothing. */
function typeProblem({ name, rdb }: AnyType, others: readonly AnyType[], thirdParty: boolean): string | null {
  const { opcodes, version = 0 } = rdb;
  if (others.some((other) => other.name === name)) return `type ${name} exists`;
  if (opcodes === undefined) {
    if (!MODULE_TYPE_NAME.test(name)) return `type name ${name} is not nine letters, digits, - or _`;
    const fits = Number.isInteger(version) && version >= 0 && version <= MODULE_TYPE_VERSION_MAX;
    return fits ? null : `version ${version} of type ${name} is not within 0 and ${MODULE_TYPE_VERSION_MAX}`;
  }
  if (thirdParty) return `type ${name} claims opcodes of the RDB format, which are the server's own`;
  const taken = opcodes.find((opcode) => others.some((other) => other.rdb.opcodes?.includes(opcode)));
  return taken === undefined ? null : `opcode ${taken} of type ${name} belongs to another type`;
}
