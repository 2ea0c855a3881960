/**
 * What a command is. A definition is the only source of everything the server says about the command: `COMMAND` and all
 * its sub-commands, ACL categories, key positions, the generated reference. Nothing else may repeat a part of it.
 *
 * The vocabulary is that of https://redis.io/docs/latest/develop/reference/key-specs/ and
 * https://redis.io/docs/latest/develop/reference/command-arguments/, so that whoever knows `COMMAND DOCS` can read a
 * definition.
 *
 * @module
 */
import type { Arguments } from "../protocol/arguments.ts";
import type { CommandContext } from "./context.ts";
import type { ModuleHost } from "./module.ts";

/**
 * Behaviour flags, under the names that `COMMAND INFO` prints. Two more follow from elsewhere: `movablekeys` from the key
 * specs, `module` from who registers the command.
 */
export type CommandFlag =
  | "write"
  | "readonly"
  | "denyoom"
  | "admin"
  | "pubsub"
  | "noscript"
  | "blocking"
  | "loading"
  | "stale"
  | "skip_monitor"
  | "skip_slowlog"
  | "asking"
  | "fast"
  | "no_auth"
  | "may_replicate"
  | "no_mandatory_keys"
  | "protected"
  | "no_async_loading"
  | "no_multi"
  | "allow_busy";

/** ACL categories. Those that follow from flags (`write`, `read`, `admin`, `dangerous`, `fast`, `slow`…) are derived. */
export type AclCategory =
  | "keyspace"
  | "read"
  | "write"
  | "set"
  | "sortedset"
  | "list"
  | "hash"
  | "string"
  | "bitmap"
  | "hyperloglog"
  | "geo"
  | "stream"
  | "pubsub"
  | "admin"
  | "fast"
  | "slow"
  | "blocking"
  | "dangerous"
  | "connection"
  | "transaction"
  | "scripting";

/** Documentation groups of `COMMAND DOCS`. */
export type CommandGroup =
  | "generic"
  | "string"
  | "list"
  | "set"
  | "sorted-set"
  | "hash"
  | "pubsub"
  | "transactions"
  | "connection"
  | "server"
  | "scripting"
  | "hyperloglog"
  | "cluster"
  | "sentinel"
  | "geo"
  | "stream"
  | "bitmap"
  | "module";

/** What a command does with the keys of one key specification. */
export type KeyFlag =
  | "RW"
  | "RO"
  | "OW"
  | "RM"
  | "access"
  | "update"
  | "insert"
  | "delete"
  | "not_key"
  | "incomplete"
  | "variable_flags";

/** Where the keys of a command stand: where to begin, then which arguments from there are keys. */
export interface KeySpec {
  readonly notes?: string;
  readonly flags: readonly KeyFlag[];
  readonly begin:
    | { readonly index: number }
    | { readonly keyword: string; readonly startFrom: number }
    | "unknown";
  readonly find:
    | { readonly lastKey: number; readonly step: number; readonly limit: number }
    | { readonly keyNumIndex: number; readonly firstKey: number; readonly step: number }
    | "unknown";
}

/** One argument in `COMMAND DOCS`; `oneof` and `block` hold others. Built with the functions of `argument`. */
export interface ArgumentSpec {
  readonly name: string;
  readonly type:
    | "string"
    | "integer"
    | "double"
    | "key"
    | "pattern"
    | "unix-time"
    | "pure-token"
    | "oneof"
    | "block";
  readonly keySpecIndex?: number;
  readonly token?: string;
  readonly summary?: string;
  readonly since?: string;
  readonly deprecatedSince?: string;
  readonly optional?: boolean;
  readonly multiple?: boolean;
  readonly multipleToken?: boolean;
  readonly arguments?: readonly ArgumentSpec[];
}

/**
 * Finds the keys of one command line, for commands whose key specs alone cannot say where they are or how they are used
 * (`SORT … STORE`, `SET … GET`). Where it is given, it has the last word. Calls `found` once per key, nothing for a line
 * that makes no sense.
 */
export type KeyFinder = (
  args: Arguments,
  found: (position: number, flags: readonly KeyFlag[]) => void,
) => void;

/** A sub-command, as its author writes it. Its group is that of the command that contains it. */
export interface SubcommandDefinition {
  /** Upper-case name; of a sub-command only its own part (`GETNAME`). */
  readonly name: string;
  /** One line: what it does. */
  readonly summary: string;
  /** Version that brought it: of Redis, or of the module that has the command. */
  readonly since: string;
  /** `O(1)`, `O(N) where N is …`. */
  readonly complexity?: string;
  /** Number of arguments with the command's name (and the sub-command's); negative: at least so many. */
  readonly arity: number;
  readonly flags?: readonly CommandFlag[];
  /** Categories beside those that the flags imply. */
  readonly categories?: readonly AclCategory[];
  /** Where keys are; built with `oneKey`, `keyRange` and the like. ACL and cluster rely on them. */
  readonly keys?: readonly KeySpec[];
  /** In place of `keys` where those cannot say it. */
  readonly findKeys?: KeyFinder;
  /** What proxies should know: https://redis.io/docs/latest/develop/reference/command-tips/. */
  readonly tips?: readonly string[];
  /** The syntax, for `COMMAND DOCS`. */
  readonly arguments?: readonly ArgumentSpec[];
  /** `[version, what changed]`. */
  readonly history?: readonly (readonly [string, string])[];
  /** Since when something else should be used, in words. */
  readonly deprecated?: { readonly since: string; readonly replacedBy: string };
  /** Marks a system command in `COMMAND DOCS`. */
  readonly syscmd?: boolean;
  /**
   * What a line of a command does that can run anything: flags in the place of `write`, `denyoom`, `stale` and `may_replicate`
   * among its own; null where its own count. Asked where something is refused or held back for such a flag.
   */
  readonly lineFlags?: (line: Arguments, host: ModuleHost) => readonly CommandFlag[] | null;
  /** Runs what the client has queued, and so is refused where one of those would be. */
  readonly runsQueue?: boolean;
  /**
   * Runs the command: synchronous, to completion. Absent on a pure container (`CONFIG`).
   * Errors for the client are thrown as {@linkcode ReplyError} before anything was changed.
   */
  readonly run?: (context: CommandContext) => void;
}

/** A command, as its author writes it. */
export interface CommandDefinition extends SubcommandDefinition {
  /** Where documentation lists it. */
  readonly group: CommandGroup;
  /** With these the command is a container; it may have a `run` for a call without sub-command. */
  readonly subcommands?: readonly SubcommandDefinition[];
}

/**
 * Declares a command.
 *
 * @example
 * ```ts
 * import { argument, defineCommand } from "./mod.ts";
 *
 * const echo = defineCommand({
 *   name: "ECHO",
 *   summary: "Echo the given string",
 *   since: "1.0.0",
 *   group: "connection",
 *   complexity: "O(1)",
 *   arity: 2,
 *   flags: ["fast"],
 *   categories: ["connection"],
 *   arguments: [argument.string("message")],
 *   run: ({ args, reply }) => reply.bulk(args.buffer, args.start(1), args.size(1)),
 * });
 * console.assert(echo.arity === 2);
 * ```
 */
export function defineCommand(definition: CommandDefinition): CommandDefinition {
  return definition;
}
