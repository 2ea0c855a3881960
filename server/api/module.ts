/**
 * What a module is. Everything that a server can do beyond `PING` comes from modules; what one registers is checked before
 * any of it is active and withdrawn when it is unloaded.
 *
 * @module
 */
import type { Option } from "../config/option.ts";
import type { ReplyError } from "../protocol/errors.ts";
import type { ReplyValue } from "../protocol/reply_value.ts";
import type { Key } from "../structures/key.ts";
import type { Client } from "./client.ts";
import type { CommandDefinition, SubcommandDefinition } from "./command.ts";
import type { CommandArgument, CommandContext, CommandInfo } from "./context.ts";
import type { Database, EntryRef } from "./database.ts";
import type { KeyEvent } from "./events.ts";
import type { AnyType, PayloadInput, ValueOutput } from "./type.ts";

/** Version of this API. */
export const API_VERSION = 1;

/** Names a module's state; the state itself lives in each server. */
export interface StateKey<S> {
  readonly create: (host: ModuleHost) => S;
}

/** Declares state that each server has its own instance of, made at first use. */
export function moduleState<S>(create: (host: ModuleHost) => S): StateKey<S> {
  return { create };
}

/** What `INFO` tells about the removal of due keys that nobody asks for; kept up to date by the module that does it. */
export interface ActiveExpiry {
  /** Whether it is on at all; `DEBUG SET-ACTIVE-EXPIRE`. */
  readonly enabled: boolean;
  /** Share of due keys among those with a deadline, estimated, in percent. */
  stalePercent: number;
  /** How often it stopped because its time was up. */
  timeCapReachedCount: number;
  /** Time spent, in milliseconds. */
  spentMs: number;
}

/** The server, as a module sees it outside of commands. */
export interface ModuleHost {
  readonly config: CommandContext["config"];
  readonly random: CommandContext["random"];
  readonly nowMs: number;
  readonly databaseCount: number;
  database(index: number): Database | null;
  state<S>(key: StateKey<S>): S;
  /** The client whose command is being run; null while none is, or one of the server itself. */
  readonly executing: Client | null;
  /** A connected client by its id. */
  client(id: number): Client | null;
  /** Runs a command as the server itself. */
  call(name: string, ...args: CommandArgument[]): ReplyValue;
  /** Runs `action` once after `delayMs`; the function returned cancels it. Ends with the server or the module. */
  after(delayMs: number, action: () => void): () => void;
  /**
   * Holds back what is to be sent to many clients, so that more can be added and each gets it at once: `deliver` is called before
   * anything else is sent to anybody, at the latest before the replies of this turn are. False: nothing is held back now.
   */
  hold(deliver: () => void): boolean;
  /** A client with no connection behind it, to run commands as; `MONITOR` shows it by this name. */
  newClient(name: string): Client;
  log(level: "debug" | "verbose" | "notice" | "warning", text: string): void;
  /**
   * Adds hooks to those that the module declares, until the function returned takes them out: for what need not be asked all
   * the time, as whether a watched key changed.
   */
  hook(hooks: ModuleHooks): () => void;
  /** What `save` writes, in the form that `DUMP` gives values: the format's version and a checksum follow. */
  encodePayload(save: (output: ValueOutput) => void): Uint8Array;
  /** What a payload of that form holds; null where it is damaged, or of a later version. */
  decodePayload(payload: Uint8Array): PayloadInput | null;
  /** Evicts what memory is over its limit by; whether it is within the limit then. */
  makeRoom(): boolean;
  /** Tells the latency monitor how long something took that held up clients; `event` is named as in `LATENCY LATEST`. */
  noteLatency(event: string, milliseconds: number): void;
  /** Sends a command to AOF and replicas, as an expiry or another change on the module's own account. */
  propagate(db: Database, name: string, ...args: CommandArgument[]): void;
  /** Removes a due key, on the module's own account: event `expired`, propagation, statistics. */
  expire(db: Database, key: Key): void;
  readonly activeExpiry: ActiveExpiry;
  /** Whether this server follows a master, and so must not change keys on its own account. */
  readonly isReplica: boolean;
  /** Whether keys with a passed deadline may be removed at all now; not during a `CLIENT PAUSE`. */
  readonly mayExpire: boolean;
  /** Whether what runs now comes from the master or from disk. Nothing expires for it: who sent it has decided that. */
  readonly isApplying: boolean;
}

/** Where a module can take part. Each hook gets its subject and the host. All are synchronous. */
export interface ModuleHooks {
  /** A key with a passed deadline was asked for. True: it is gone for the asker. */
  keyExpired?(
    subject: { readonly db: Database; readonly key: Key; readonly entry: EntryRef },
    host: ModuleHost,
  ): boolean;
  /** A key event is published. */
  keyEvent?(subject: { readonly db: Database; readonly key: Key; readonly event: KeyEvent }, host: ModuleHost): void;
  /** A key changed, whatever the event: what was read from it before is out of date. */
  keyTouched?(subject: { readonly db: Database; readonly key: Key }, host: ModuleHost): void;
  /** A lookup for reading found nothing. */
  keyMissed?(subject: { readonly db: Database; readonly key: Key }, host: ModuleHost): void;
  /** A key that did not exist got a value. */
  keyCreated?(subject: { readonly db: Database; readonly key: Key }, host: ModuleHost): void;
  /** Databases are about to be emptied. */
  databasesFlushed?(subject: { readonly databases: readonly Database[] }, host: ModuleHost): void;
  /** Databases have exchanged their contents. */
  databasesSwapped?(subject: { readonly databases: readonly Database[] }, host: ModuleHost): void;
  /** A line of a client was refused before it ran; null for the command where it names none. May say another error instead. */
  commandRefused?(
    subject: { readonly client: Client; readonly command: CommandInfo | null; readonly error: ReplyError },
    host: ModuleHost,
  ): ReplyError | void;
  /** Before a command runs; throw a `ReplyError` to refuse it. */
  beforeCommand?(context: CommandContext, host: ModuleHost): void;
  /** After a command ran. */
  afterCommand?(context: CommandContext, host: ModuleHost): void;
  /** A client that waits was replied to, or was asked in vain, after the command that it was asked because of. */
  clientServed?(client: Client, host: ModuleHost): void;
  clientConnected?(client: Client, host: ModuleHost): void;
  clientDisconnected?(client: Client, host: ModuleHost): void;
  /** A client begins anew: `RESET`. */
  clientReset?(client: Client, host: ModuleHost): void;
  /** A snapshot of the dataset begins; objects kept outside the keyspace are to be ready for it. */
  snapshot?(subject: { readonly reason: string }, host: ModuleHost): void;
  /** The dataset has been loaded from disk or from a master. */
  loaded?(subject: { readonly keys: number }, host: ModuleHost): void;
  /** `hz` times a second. */
  cron?(subject: { readonly elapsedMs: number }, host: ModuleHost): void;
  /** Memory is over its limit; free what can be spared. */
  memoryPressure?(subject: { readonly overBytes: number }, host: ModuleHost): void;
}

/** A section of `INFO` that a module adds, or lines for an existing one. */
export interface InfoSection {
  /** Lower case, as asked for: `INFO stats`. */
  readonly section: string;
  fields(host: ModuleHost): Iterable<readonly [name: string, value: string | number]>;
}

/** A module, as its author writes it. */
export interface ModuleDefinition {
  readonly name: string;
  /** A positive integer, as `MODULE LIST` shows it. */
  readonly version: number;
  /** The version of this API that the module was written for. */
  readonly api: number;
  /** Names of modules that must be loaded before. */
  readonly requires?: readonly string[];
  readonly types?: readonly AnyType[];
  readonly commands?: readonly CommandDefinition[];
  /** Sub-commands of commands that are there already. */
  readonly subcommands?: readonly { readonly of: string; readonly commands: readonly SubcommandDefinition[] }[];
  // deno-lint-ignore no-explicit-any -- options of different values
  readonly options?: readonly Option<any>[];
  readonly info?: readonly InfoSection[];
  readonly hooks?: ModuleHooks;
  /** Runs before the module becomes active. Throwing refuses the load. */
  load?(host: ModuleHost, args: readonly string[]): void;
  /** Runs before the module is withdrawn. Throwing refuses it. */
  unload?(host: ModuleHost): void;
}

/**
 * Declares a module.
 *
 * @example
 * ```ts
 * import { API_VERSION, defineCommand, defineModule } from "./mod.ts";
 *
 * const greet = defineCommand({
 *   name: "HELLO.GREET",
 *   summary: "Greets",
 *   since: "1.0.0",
 *   group: "module",
 *   arity: 1,
 *   run: ({ reply }) => reply.status("Hello"),
 * });
 *
 * const hello = defineModule({ name: "hello", version: 1, api: API_VERSION, commands: [greet] });
 * console.assert(hello.commands?.length === 1);
 * ```
 */
export function defineModule(definition: ModuleDefinition): ModuleDefinition {
  return definition;
}
