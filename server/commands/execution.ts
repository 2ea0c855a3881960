/**
 * The context that handlers get: one object per server, pointed at one request after the other.
 *
 * A command that runs another one (`call`, a script, a blocked client that is served) saves the fields, runs, and puts
 * them back.
 *
 * @module
 */
import type { Client } from "../api/client.ts";
import type { Audience, BlockOptions, CommandArgument, CommandContext, CommandInfo, LongRun } from "../api/context.ts";
import type { ModuleHost, StateKey } from "../api/module.ts";
import type { Random } from "../base/random.ts";
import type { Config } from "../config/config.ts";
import type { Database } from "../keyspace/database.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import { Arguments } from "../protocol/arguments.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ReplyValue } from "../protocol/reply_value.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";
import type { Command } from "./command.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Session } from "./session.ts";

/** A command as AOF and replicas get it. */
export interface Propagated {
  readonly databaseIndex: number;
  readonly args: Arguments;
  readonly audience: Audience;
}

/** What a handler asked for in place of the command as it came; from `PROPAGATE_VERBATIM` on, whether anything changed or not. */
const PROPAGATE_CHANGES = 0;
export const PROPAGATE_NOTHING = 1;
export const PROPAGATE_VERBATIM = 2;
export const PROPAGATE_TO_REPLICAS = 3;

/** Who gets commands, unless something else is said. */
export const EVERYBODY: Audience = { aof: true, replicas: true };

const CANNOT_WAIT = new ReplyError("ERR This command cannot wait for its reply inside a transaction or a script");

/** How a handler goes on in a later turn, or with what its client has sent. */
export type Step = (context: Execution, request: Arguments | null) => void;

/** What belongs to one request, saved and restored around nested ones. */
export interface Frame {
  args: Arguments;
  reply: ReplyWriter;
  db: Database;
  client: Session;
  command: Command;
  propagation: number;
  secrets: readonly number[] | null;
  nested: boolean;
  outer: Frame | null;
  mayContinueLater: boolean;
}

export class Execution implements CommandContext, Frame {
  args: Arguments;
  reply: ReplyWriter;
  db: Database;
  client: Session;
  command: Command;
  propagation = PROPAGATE_CHANGES;
  /** Positions of the arguments that nobody else may see. */
  secrets: readonly number[] | null = null;
  /** Whether another command is the reason for this one. */
  nested = false;
  outer: Frame | null = null;
  mayContinueLater = false;
  /** What the handler wants to go on with, once it has returned. */
  step: Step | null = null;
  /** Whether it goes on with the next request of its client. */
  listens = false;
  /** What others hear of it then. */
  longRun: LongRun | null = null;
  /** Who gets the commands. */
  audience = EVERYBODY;
  /** Commands to be sent on after the present one. */
  propagated: Propagated[] = [];

  readonly #states = new Map<StateKey<unknown>, unknown>();

  constructor(
    readonly dispatcher: Dispatcher,
    readonly keyspace: Keyspace,
    readonly config: Config,
    readonly random: Random,
    readonly hostOf: () => ModuleHost,
    idle: Session,
    idleCommand: Command,
  ) {
    this.args = new Arguments();
    this.reply = idle.output;
    this.db = keyspace.databases[0];
    this.client = idle;
    this.command = idleCommand;
  }

  get host(): ModuleHost {
    return this.hostOf();
  }

  get nowMs(): number {
    return this.keyspace.clock.nowMs;
  }

  get databaseCount(): number {
    return this.keyspace.databases.length;
  }

  database(index: number): Database | null {
    return this.keyspace.databases[index] ?? null;
  }

  state<S>(key: StateKey<S>): S {
    let state = this.#states.get(key);
    if (state === undefined) this.#states.set(key, state = key.create(this.host));
    return state as S;
  }

  call(name: string, ...args: CommandArgument[]): ReplyValue {
    return this.dispatcher.call(this.client, [name, ...args]);
  }

  commandOf(line: Arguments): CommandInfo | null {
    return this.dispatcher.table.resolve(line) ?? null;
  }

  run(
    line: Arguments,
    reply: ReplyWriter = this.reply,
    client: Client = this.client,
    command?: CommandInfo,
  ): boolean {
    return this.dispatcher.runWithin(client as Session, line, reply, command as Command | undefined);
  }

  continueLater(step: Step, longRun: LongRun | null = this.longRun): void {
    this.step = step;
    this.listens = false;
    this.longRun = longRun;
  }

  converse(hear: Step, longRun: LongRun): void {
    this.step = hear;
    this.listens = true;
    this.longRun = longRun;
  }

  noteRefusal(command: CommandInfo | null, message: string): void {
    this.dispatcher.statistics.countError(message);
    if (command !== null) (command as Command).rejectedCalls++;
  }

  get propagates(): boolean {
    return this.dispatcher.propagates;
  }

  propagate(name: string, ...args: CommandArgument[]): void {
    this.propagation = PROPAGATE_NOTHING;
    if (this.propagates) this.sendOn(Arguments.of([name, ...args]), this.audience);
  }

  propagateToEverybody(name: string, ...args: CommandArgument[]): void {
    this.propagation = PROPAGATE_NOTHING;
    if (this.propagates) this.sendOn(Arguments.of([name, ...args]), EVERYBODY);
  }

  propagatingTo(audience: Audience, action: () => void): void {
    const { audience: outer } = this;
    this.audience = audience;
    try {
      action();
    } finally {
      this.audience = outer;
    }
  }

  /** Remembers a command for those who get it. */
  sendOn(args: Arguments, audience: Audience): void {
    if (audience.aof || audience.replicas) this.propagated.push({ databaseIndex: this.db.index, args, audience });
  }

  propagateNothing(): void {
    this.propagation = PROPAGATE_NOTHING;
  }

  propagateVerbatim(): void {
    this.propagation = PROPAGATE_VERBATIM;
  }

  get mayBlock(): boolean {
    return !this.nested && !this.client.internal;
  }

  block(options: BlockOptions): void {
    this.dispatcher.blocking.add(this.client, this.args, options);
  }

  replyLater<T>(work: () => Promise<T>, reply: (context: CommandContext, result: T) => void): void {
    if (!this.mayBlock) throw CANNOT_WAIT;
    this.dispatcher.replyLater(this.client, this.args, work(), reply);
  }

  propagateToReplicas(): void {
    this.propagation = PROPAGATE_TO_REPLICAS;
  }

  redact(position: number): void {
    this.secrets = [...this.secrets ?? [], position];
  }

  addDirty(changes: number): void {
    this.keyspace.dirty += changes;
  }

  /** Points the context at a request. */
  enter(client: Session, command: Command, args: Arguments, reply: ReplyWriter): void {
    this.client = client;
    this.command = command;
    this.args = args;
    this.reply = reply;
    this.db = client.db;
    this.propagation = PROPAGATE_CHANGES;
    this.secrets = null;
  }

  /** The fields of the present request. */
  save(): Frame {
    const { args, reply, db, client, command, propagation, secrets, nested, outer, mayContinueLater } = this;
    return { args, reply, db, client, command, propagation, secrets, nested, outer, mayContinueLater };
  }

  restore(frame: Frame): void {
    this.args = frame.args;
    this.reply = frame.reply;
    this.db = frame.db;
    this.client = frame.client;
    this.command = frame.command;
    this.propagation = frame.propagation;
    this.secrets = frame.secrets;
    this.nested = frame.nested;
    this.outer = frame.outer;
    this.mayContinueLater = frame.mayContinueLater;
  }
}
