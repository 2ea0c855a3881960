/**
 * What a handler gets. One object per server is reused for all commands: take from it what you need, keep nothing.
 *
 * @module
 */
import type { Random } from "../base/random.ts";
import type { Config } from "../config/config.ts";
import type { Arguments } from "../protocol/arguments.ts";
import type { ReplyError } from "../protocol/errors.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";
import type { Key } from "../structures/key.ts";
import type { Client } from "./client.ts";
import type { CommandFlag } from "./command.ts";
import type { Database } from "./database.ts";
import type { ModuleHost, StateKey } from "./module.ts";
import type { AnyType } from "./type.ts";
import type { ReplyValue } from "../protocol/reply_value.ts";

/** Anything that can be an argument of a command. */
export type CommandArgument = string | number | bigint | Uint8Array;

/** A command, as others see it. */
export interface CommandInfo {
  /** Lower case; of a sub-command with its container: `config|get`. */
  readonly name: string;
  /** Number of words; negative: at least so many. */
  readonly arity: number;
  has(flag: CommandFlag): boolean;
  /** Whether a line of so many words is one of this command. */
  accepts(count: number): boolean;
  /** Visits the positions of the keys in a line of this command. */
  forEachKey(line: Arguments, visit: (position: number) => void): void;
}

/** How a client waits. */
export interface BlockOptions {
  /** Keys of the selected database; a change of any wakes the client. */
  readonly keys: readonly Uint8Array[];
  /** The client sleeps on while the key that changed has no value of this type. Left out: any change wakes it. */
  readonly type?: AnyType;
  /** 0 waits forever. */
  readonly timeoutMs: number;
  /** Runs when a key may be ready: replies and returns true, or returns false to wait on. */
  readonly onReady: (context: CommandContext, key: Key) => boolean;
  /** Replies when the time is up. */
  readonly onTimeout: (context: CommandContext) => void;
}

/** What others hear of a command that takes long. */
export interface LongRun {
  /** What other clients' commands are refused with once it has taken as long as `busy-reply-threshold` says. */
  readonly refusal: ReplyError;
  /** Called when it has. */
  onOverdue?(milliseconds: number): void;
}

/** Who gets the commands that are sent on. */
export interface Audience {
  readonly aof: boolean;
  readonly replicas: boolean;
}

/** All that a command can ask and do. Good until the handler returns; see {@linkcode CommandContext.state} for what lasts. */
export interface CommandContext {
  /** The request; argument 0 is the command's name. */
  readonly args: Arguments;
  /** The command that the request names. */
  readonly command: CommandInfo;
  /** Where the reply is written to: one reply, which may be an aggregate. */
  readonly reply: ReplyWriter;
  /** The client's selected database. */
  readonly db: Database;
  /** Who sent the command. */
  readonly client: Client;
  /** Values of parameters: `config.get(option)`. */
  readonly config: Config;
  /** Chance, repeatable where the server was made with a seed. */
  readonly random: Random;
  /** Unix milliseconds; the same for everything that the command does. */
  readonly nowMs: number;
  /** Number of databases. */
  readonly databaseCount: number;
  /** A database by index; null when there is none. */
  database(index: number): Database | null;

  /** The server, as it is outside of this command. */
  readonly host: ModuleHost;
  /** The module's state in this server, made at first use. */
  state<S>(key: StateKey<S>): S;
  /** Runs another command on behalf of the client; its reply as a value. An error reply is returned, not thrown. */
  call(name: string, ...args: CommandArgument[]): ReplyValue;
  /** Whether the command runs as part of another one. */
  readonly nested: boolean;
  /** That other one, where a handler runs command lines: a script's command, or `EXEC`. */
  readonly outer: { readonly args: Arguments; readonly client: Client; readonly command: CommandInfo } | null;
  /** The command that a line runs, null where there is none. */
  commandOf(line: Arguments): CommandInfo | null;
  /**
   * Runs a command line as part of this command, in the client's name or that of another: counted, timed and shown to `MONITOR`
   * like one that was sent, but that it cannot wait. Its reply goes to `reply`: by default, where this command's goes.
   * `command` is what {@linkcode CommandContext.commandOf} has said of the line, if it was asked.
   *
   * False, which only a command that is declared to run a queue can get: it goes on in a later turn, and this one must, too.
   */
  run(line: Arguments, reply?: ReplyWriter, client?: Client, command?: CommandInfo): boolean;
  /** Whether the handler may go on in a later turn: not where it runs within another command, unless that one allows for it. */
  readonly mayContinueLater: boolean;
  /**
   * Goes on with `step` in the next turn of the event loop, once the handler has returned: for a command that would take so long
   * that timers and connections had to wait. It stays one command for everybody: others' commands are held back until its end,
   * and the time that it sees stands still. `step` may ask for the same again.
   */
  continueLater(step: (context: CommandContext) => void, longRun?: LongRun): void;
  /**
   * The same, but that it goes on with what the client sends next, when it does: `hear` gets its words, or null where it is gone
   * or what it has sent is no array of bulk strings. What is said meanwhile goes by {@linkcode Client.say}.
   */
  converse(hear: (context: CommandContext, request: Arguments | null) => void, longRun: LongRun): void;
  /** Counts a line that is not run, as one that a client had sent; null for the command where it names none. */
  noteRefusal(command: CommandInfo | null, message: string): void;
  /** Whether anything is sent to AOF and replicas at all; a handler may spare itself the rewriting where not. */
  readonly propagates: boolean;
  /** Sends these commands to AOF and replicas instead of the one that runs. Called several times: all of them, in order. */
  propagate(name: string, ...args: CommandArgument[]): void;
  /**
   * The same, whatever a script has said about who is to get its commands (`redis.set_repl`): as Redis does with those that stand
   * for each part of what a command did, and not for the command as a whole.
   */
  propagateToEverybody(name: string, ...args: CommandArgument[]): void;
  /** Sends nothing to AOF and replicas. */
  propagateNothing(): void;
  /** Sends the command as it came, although it changed nothing. */
  propagateVerbatim(): void;
  /** Sends the command as it came to replicas alone, although it changed nothing. */
  propagateToReplicas(): void;
  /** What runs within `action` is sent to these alone. */
  propagatingTo(audience: Audience, action: () => void): void;
  /** Whether a handler may block the client: not inside `MULTI`, scripts, or calls of other commands. */
  readonly mayBlock: boolean;
  /** Makes the client wait; the handler replies nothing. */
  block(options: BlockOptions): void;
  /**
   * Makes the client wait for work that takes a while and replies then; other clients go on meanwhile. The handler itself
   * replies nothing. Where the client may not wait, or is gone when the work is done, nothing is replied; the former is
   * refused before the work begins. A rejection with a `ReplyError` becomes the reply.
   */
  replyLater<T>(work: () => Promise<T>, reply: (context: CommandContext, result: T) => void): void;
  /** Keeps an argument, by its position, out of the slow log and from `MONITOR`: it is a secret. */
  redact(position: number): void;
  /** Counts changes beside those of keys, as `FLUSHALL` does. */
  addDirty(changes: number): void;
}
