/**
 * A command as the server works with it: its definition compiled once, at registration, into numbers that the way of
 * every request can test without looking at a string, and the counters of its calls.
 *
 * A command belongs to one server. The definition it came from may be shared by many.
 *
 * @module
 */
import type { CommandDefinition, CommandFlag, CommandGroup, KeySpec, SubcommandDefinition } from "../api/command.ts";
import type { CommandInfo } from "../api/context.ts";
import type { ModuleHost } from "../api/module.ts";
import type { Histogram } from "../observe/histogram.ts";
import { categoriesOf, Flag, maskOf } from "./flags.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { KeyPositions } from "./key_positions.ts";
import { KeySearch, legacyKeyRange, movableKeysFlag } from "./key_specs.ts";
import { type Named, NameTable } from "../base/name_table.ts";

/** Where a command comes from. */
export interface CommandOrigin {
  /** Number of the command, for sets of commands; a sub-command has its own. */
  readonly id: number;
  /** Name of the third-party module that brought it; of what belongs to the server itself: `undefined`. */
  readonly module?: string;
  /** The command that contains it. */
  readonly parent?: Command;
}

/** Flags that a line can have others for. */
const LINE_FLAGS = Flag.write | Flag.denyoom | Flag.stale | Flag.may_replicate;

/** A command or sub-command, ready to run. */
export class Command implements CommandInfo, Named {
  readonly id: number;
  /** Full lower-case name: `get`, `config|get`. */
  readonly name: string;
  /** The same in ASCII. */
  readonly nameBytes: Uint8Array;
  /** What it is looked up by: its own part of the name. */
  readonly key: Uint8Array;
  readonly definition: SubcommandDefinition;
  readonly group: CommandGroup;
  readonly module: string | undefined;
  readonly parent: Command | undefined;

  /** Number of words with the name; negative: at least so many. */
  readonly arity: number;
  /** Mask of {@linkcode Flag}. */
  readonly flags: number;
  /** Mask of `Category`. */
  readonly categories: number;
  readonly keySpecs: readonly KeySpec[];
  readonly keys: KeySearch;
  /** Position of the first key that has a fixed place; 0: there is none. */
  readonly firstKey: number;
  /** Position of the last of them; negative: counted from the end. */
  readonly lastKey: number;
  readonly keyStep: number;
  readonly run: SubcommandDefinition["run"];
  readonly lineFlags: SubcommandDefinition["lineFlags"];
  readonly subcommands: NameTable<Command> | undefined;

  /** Whether it runs what its client has queued. */
  readonly runsQueue: boolean;
  /** Whether its duration depends on no argument, so that calls can be timed together. */
  readonly constantTime: boolean;

  calls = 0;
  /** Time spent in all calls. */
  microseconds = 0;
  /** Calls that were refused before they ran. */
  rejectedCalls = 0;
  /** Calls that ran and ended in an error. */
  failedCalls = 0;
  latency: Histogram | undefined = undefined;

  constructor(definition: CommandDefinition | SubcommandDefinition, { id, module, parent }: CommandOrigin) {
    const { flags = [], categories = [], keys = [], findKeys } = definition;
    this.id = id;
    this.name = (parent === undefined ? "" : `${parent.name}|`) + definition.name.toLowerCase();
    this.nameBytes = new TextEncoder().encode(this.name);
    this.key = parent === undefined ? this.nameBytes : this.nameBytes.subarray(parent.name.length + 1);
    this.definition = definition;
    this.group = parent === undefined ? (definition as CommandDefinition).group : parent.group;
    this.module = module;
    this.parent = parent;
    this.arity = definition.arity;
    this.flags = maskOf(Flag, flags) | movableKeysFlag(keys, findKeys) | (module === undefined ? 0 : Flag.module);
    this.categories = categoriesOf(this.flags, categories);
    this.keySpecs = keys;
    this.keys = new KeySearch(keys, findKeys);
    const range = legacyKeyRange(keys);
    this.firstKey = range.first;
    this.lastKey = range.last;
    this.keyStep = range.step;
    this.constantTime = /^O\(1\)/.test(definition.complexity ?? "");
    this.run = definition.run;
    this.lineFlags = definition.lineFlags;
    this.runsQueue = definition.runsQueue ?? false;
    this.subcommands = "subcommands" in definition && definition.subcommands ? new NameTable() : undefined;
  }

  has(flag: CommandFlag): boolean {
    return (this.flags & Flag[flag]) !== 0;
  }

  /** The flags of all that a line of it makes a client do. */
  flagsFor({ queuedFlags }: { readonly queuedFlags: number }, line: Arguments, host: ModuleHost): number {
    if (this.runsQueue) return this.flags | queuedFlags;
    if (this.lineFlags === undefined) return this.flags;
    const own = this.lineFlags(line, host);
    return own === null ? this.flags : (this.flags & ~LINE_FLAGS) | maskOf(Flag, own);
  }

  /** Whether a line of so many words is one of this command. */
  accepts(count: number): boolean {
    return this.arity > 0 ? count === this.arity : count >= -this.arity;
  }

  forEachKey(line: Arguments, visit: (position: number) => void): void {
    const keys = new KeyPositions();
    const count = this.keys.keysOf(line, keys);
    for (let i = 0; i < count; i++) visit(keys.position(i));
  }

  /** Forgets the counters, as `CONFIG RESETSTAT` does. */
  resetStatistics(): void {
    this.calls = 0;
    this.microseconds = 0;
    this.rejectedCalls = 0;
    this.failedCalls = 0;
    this.latency = undefined;
  }
}
