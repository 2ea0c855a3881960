/**
 * The way of every command: found by its name, checked, run, and then its effects.
 *
 * What may refuse a command are *gates* (authentication, memory, a paused server, a transaction that queues); they are
 * filled in from above, ordered, and only those that are active are asked. What follows a change are *sinks* (AOF,
 * replicas). A command from a quiet server passes no gate and no sink.
 *
 * Durations: reading the clock costs as much as a tenth of a GET, so consecutive calls of the same command in a batch are
 * timed together and share their time evenly. Where a command is not of constant time, a coarse clock is looked at after
 * each call, so that one that took a millisecond is noticed, and told from those before it. All calls are timed one by one
 * while somebody asked for a slow log below a millisecond.
 *
 * @module
 */
import { AssertionError } from "../base/assert.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import { LimitError } from "../base/limit_error.ts";
import { HeapExhaustedError } from "../heap/heap.ts";
import { Histogram } from "../observe/histogram.ts";
import type { Logger } from "../observe/log.ts";
import { Arguments } from "../protocol/arguments.ts";
import { OUT_OF_MEMORY, ReplyError } from "../protocol/errors.ts";
import { readReply, type ReplyValue } from "../protocol/reply_value.ts";
import { ReplyWriter } from "../protocol/reply_writer.ts";
import type { CommandArgument } from "../api/context.ts";
import { Blocking, type Waiter } from "./blocking.ts";
import type { Command } from "./command.ts";
import type { CommandTable } from "./command_table.ts";
import {
  type Execution,
  PROPAGATE_NOTHING,
  PROPAGATE_TO_REPLICAS,
  PROPAGATE_VERBATIM,
  type Propagated,
} from "./execution.ts";
import { Flag } from "./flags.ts";
import { REPLY_OFF, REPLY_ON, REPLY_SKIP, REPLY_SKIP_NEXT, type Session } from "./session.ts";
import { showArguments, type ShownArguments } from "./shown_arguments.ts";
import type { Statistics } from "./statistics.ts";
import { unknownCommand, unknownSubcommand, wrongArity } from "./refusals.ts";

/** What a gate says: nothing (pass), the error, or that it has dealt with the command itself. */
export type GateResult = ReplyError | typeof HANDLED | undefined;
/** The gate has taken the command over: queued or postponed it. */
export const HANDLED = Symbol("handled");

/** A check before a command. */
export interface Gate {
  /** Smaller is asked first. */
  readonly order: number;
  readonly check: (client: Session, command: Command, args: Arguments) => GateResult;
}

/** The order of the gates. */
export const GateOrder = {
  authentication: 10,
  acl: 20,
  redirect: 30,
  memory: 40,
  disk: 50,
  replicas: 60,
  readOnly: 70,
  subscriber: 80,
  stale: 90,
  loading: 100,
  busy: 110,
  modules: 115,
  pause: 120,
  transaction: 130,
} as const;

/** Takes changes on: the AOF, the replicas. */
export type Sink = (commands: readonly Propagated[], transaction: boolean) => void;

/** Told of a command that was measured by itself, and of what may be shown of its arguments. */
export type SlowListener = (client: Session, command: Command, args: ShownArguments, microseconds: number) => void;

/** Gets the commands that run, with what may be shown of their arguments. */
export type Monitor = (client: Session, args: ShownArguments) => void;

export class Dispatcher {
  readonly blocking: Blocking;
  /** Pointed at each request; set once by the server. */
  context!: Execution;
  /** Commands that took longer are told to `slowListener`; negative: none. */
  slowMicroseconds = -1;
  slowListener: SlowListener | null = null;
  /** Whether percentiles are kept. */
  tracksLatency = true;
  /** Measures each call by itself. */
  finely = false;
  /** Gets every command: as Redis does, after it ran, but scripts (`skip_monitor`) before their own commands. */
  monitor: Monitor | null = null;
  /** Whether a client may use a `protected` command; asked before all gates. */
  protection: (client: Session, command: Command) => ReplyError | null = () => null;
  /** Told of each refused line, which spoils a transaction, and of its command, if it names one; says which error is replied. */
  readonly refusalListeners: ((client: Session, command: Command | null, error: ReplyError) => ReplyError)[] = [];
  /** Run before and after each command, for module hooks. */
  readonly afterListeners: (() => void)[] = [];
  /** Run after each outermost command and what it woke. */
  readonly sinks: Sink[] = [];

  /** The client whose request is being run; null in between. */
  executing: Session | null = null;
  /** Those that are active, in order. */
  #gates: readonly Gate[] = [];
  #depth = 0;

  // The run of calls that is being timed.
  #timed: Command | null = null;
  #timedCalls = 0;
  #timedSinceUs = 0;
  #timedClient: Session | null = null;
  #timedArgs: Arguments | null = null;
  #coarseTime = 0;

  constructor(
    readonly table: CommandTable,
    readonly keyspace: Keyspace,
    readonly statistics: Statistics,
    readonly log: Logger,
  ) {
    this.blocking = new Blocking(keyspace);
    this.blocking.run = (waiter, run) => this.#runWaiter(waiter, run);
  }

  /** Whether anybody takes changes on. */
  get propagates(): boolean {
    return this.sinks.length > 0;
  }

  /** Adds a gate, which is closed to questions until the function returned activates it. */
  addGate(order: number, check: Gate["check"]): (active: boolean) => void {
    const gate: Gate = { order, check };
    return (active) => {
      const others = this.#gates.filter((other) => other !== gate);
      this.#gates = active ? [...others, gate].sort((a, b) => a.order - b.order) : others;
    };
  }

  /** Begins a batch of requests: reads the clock. */
  begin(): void {
    this.#timedSinceUs = this.keyspace.clock.tick();
    this.#timed = null;
    this.#timedCalls = 0;
  }

  /** Ends a batch. */
  end(): void {
    if (this.#timed !== null) this.#settle(false);
    this.#timedClient = null;
    this.#timedArgs = null;
  }

  /** Runs one request of a client: its reply is in the client's output afterwards. */
  execute(client: Session, args: Arguments): void {
    const command = this.#find(client, args);
    if (command === null) return;
    if (this.#gates.length > 0 && !this.#pass(client, command, args)) return;
    if (client.interceptors !== null && this.#intercepted(client, command, args)) return;
    this.run(client, command, args);
  }

  /** Runs a command that has passed the gates. */
  run(client: Session, command: Command, args: Arguments): void {
    if (this.monitor !== null && (command.flags & Flag.skip_monitor) !== 0) this.monitor(client, args);
    this.#time(client, command, args);
    this.keyspace.touching = !client.untouching;
    const reply = client.output;
    const replyStart = reply.length;
    const mode = client.replyMode;
    this.executing = client;
    this.#invoke(client, command, args, reply);
    if (client.replyMode !== REPLY_ON) this.#silence(client, mode, replyStart);
    if (this.#timed !== null && (this.finely || (!command.constantTime && this.#timeMoved()))) this.#settle(true);
    if (this.monitor !== null && (command.flags & (Flag.skip_monitor | Flag.admin)) === 0) {
      this.monitor(client, showArguments(args, this.context.secrets));
    }
    this.statistics.commandsProcessed++;
  }

  /** Runs a command line of a client as part of its present command; what refuses it is its reply. */
  runWithin(client: Session, args: Arguments, reply: ReplyWriter): void {
    const command = this.table.resolve(args);
    if (command === undefined) return reply.error(unknownCommand(args).message);
    if (!command.accepts(args.count) || command.run === undefined) return reply.error(wrongArity(command).message);
    if (this.monitor !== null && (command.flags & Flag.skip_monitor) !== 0) this.monitor(client, args);
    const replyStart = reply.length;
    const isUnheard = reply === client.output && (client.closing || isSilent(client.replyMode));
    const errors = reply.errors;
    const sinceUs = this.keyspace.clock.readMicroseconds();
    const { context } = this;
    const frame = context.save();
    context.nested = true;
    try {
      this.#invoke(client, command, args, reply);
      this.#tellOf(client, command, args, this.keyspace.clock.readMicroseconds() - sinceUs);
    } finally {
      context.restore(frame);
    }
    // They were the command's own, not of the one that it is part of.
    reply.errors = errors;
    if (isUnheard && (client.closing || isSilent(client.replyMode))) reply.truncate(replyStart);
    this.statistics.commandsProcessed++;
  }

  /** Runs a command of the process itself, or nested in another one; all gates but those for clients are passed by. */
  call(client: Session, words: readonly CommandArgument[]): ReplyValue {
    const args = Arguments.of(words);
    const output = new ReplyWriter();
    output.version = 3;
    const command = this.table.resolve(args);
    if (command === undefined || command.run === undefined) {
      return new ReplyError(unknownCommand(args).message);
    }
    if (!command.accepts(args.count)) return new ReplyError(wrongArity(command).message);
    this.nested(() => this.#invoke(client, command, args, output));
    return readReply(output.buffer.subarray(0, output.length));
  }

  /**
   * Makes a client wait until some work is done, and replies then as part of the command that it waits in. The client may
   * be gone by then; nothing else ends its wait.
   */
  async replyLater<T>(
    client: Session,
    args: Arguments,
    work: Promise<T>,
    reply: (context: Execution, result: T) => void,
  ): Promise<void> {
    const waiter = this.blocking.addWork(client, args);
    const [outcome] = await Promise.allSettled([work]);
    this.keyspace.clock.tick();
    this.blocking.finish(waiter, () => {
      if (outcome.status === "rejected") throw outcome.reason;
      reply(this.context, outcome.value);
    });
  }

  /** Runs `action` as part of the present command. */
  nested(action: () => void): void {
    const context = this.context;
    const frame = context.save();
    context.nested = true;
    try {
      action();
    } finally {
      context.restore(frame);
    }
  }

  /** Sends commands on that no client's command is the reason of, as an expiry. */
  propagate(commands: readonly Propagated[]): void {
    if (this.sinks.length === 0) return;
    if (this.#depth > 0) this.context.propagated.push(...commands);
    else for (const sink of this.sinks) sink(commands, false);
  }

  #find(client: Session, args: Arguments): Command | null {
    let command = this.table.lookup(args.buffer, args.start(0), args.size(0));
    client.lastCommand = command;
    if (command === undefined) {
      if (args.is(0, "POST") || args.is(0, "HOST:")) return this.#abortHttp(client);
      return this.#refuse(client, null, unknownCommand(args));
    }
    if (command.subcommands !== undefined && args.count > 1) {
      const subcommand = command.subcommands.lookup(args.buffer, args.start(1), args.size(1));
      client.lastCommand = subcommand;
      if (subcommand === undefined) return this.#refuse(client, null, unknownSubcommand(command, args));
      command = subcommand;
    }
    if (!command.accepts(args.count) || command.run === undefined) {
      return this.#refuse(client, command, wrongArity(command));
    }
    if ((command.flags & Flag.protected) !== 0) {
      const refusal = this.protection(client, command);
      if (refusal !== null) return this.#refuse(client, command, refusal);
    }
    return command;
  }

  /** A browser that was made to talk to this port must not get through to commands in the body of its request. */
  #abortHttp(client: Session): null {
    this.log.warning(
      "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is " +
        "likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. " +
        `Connection from ${client.address} aborted.`,
    );
    client.close(false);
    return null;
  }

  #pass(client: Session, command: Command, args: Arguments): boolean {
    for (const gate of this.#gates) {
      const result = gate.check(client, command, args);
      if (result === undefined) continue;
      if (result !== HANDLED) this.#refuse(client, command, result);
      return false;
    }
    return true;
  }

  /** What follows a command that was measured by itself, as part of another one. */
  #tellOf(client: Session, command: Command, args: Arguments, microseconds: number): void {
    const shown = showArguments(args, this.context.secrets);
    command.microseconds += microseconds;
    if (this.tracksLatency) this.#record(command, microseconds, 1);
    if (this.slowMicroseconds >= 0 && microseconds >= this.slowMicroseconds) {
      this.slowListener?.(client, command, shown, microseconds);
    }
    if (this.monitor !== null && (command.flags & (Flag.skip_monitor | Flag.admin)) === 0) this.monitor(client, shown);
  }

  /** Whether one of those who take part in the client's commands has taken this one over or refused it. */
  #intercepted(client: Session, command: Command, args: Arguments): boolean {
    const { context } = this;
    const replyStart = client.output.length;
    context.enter(client, command, args, client.output);
    try {
      if (!client.interceptors!.some((interceptor) => interceptor(context))) return false;
      if (client.replyMode !== REPLY_ON) this.#silence(client, client.replyMode, replyStart);
    } catch (error) {
      if (!(error instanceof ReplyError)) throw error;
      this.#refuse(client, command, error);
    }
    return true;
  }

  #refuse(client: Session, command: Command | null, refusal: ReplyError): null {
    const replyStart = client.output.length;
    const { message } = this.refusalListeners.reduce((said, listener) => listener(client, command, said), refusal);
    client.output.error(message);
    this.statistics.countError(message);
    if (command !== null) command.rejectedCalls++;
    if (client.replyMode !== REPLY_ON) this.#silence(client, client.replyMode, replyStart);
    return null;
  }

  /** The handler itself, and its effects once it is the outermost. */
  #invoke(client: Session, command: Command, args: Arguments, reply: ReplyWriter): void {
    const context = this.context;
    const replyStart = reply.length;
    const errors = reply.errors;
    const dirty = this.keyspace.dirty;
    context.enter(client, command, args, reply);
    this.#depth++;
    try {
      command.run!(context);
    } catch (error) {
      this.#fail(command, reply, replyStart, error);
    } finally {
      this.#depth--;
    }
    command.calls++;
    if (reply.errors !== errors) {
      command.failedCalls++;
      if (reply.lastError !== "") this.statistics.countError(reply.lastError);
    }
    if (this.sinks.length > 0 && (this.keyspace.dirty !== dirty || context.propagation >= PROPAGATE_VERBATIM)) {
      this.#note(context, args);
    }
    for (let i = 0; i < this.afterListeners.length; i++) this.afterListeners[i]();
    if (this.#depth > 0) return;
    this.executing = null;
    if (context.propagated.length > 0) this.#propagateAll();
    if (this.blocking.hasReady) this.blocking.serve();
  }

  /** An error for the client takes the place of what the handler had replied; anything else is the server's own fault. */
  #fail(command: Command, reply: ReplyWriter, replyStart: number, error: unknown): void {
    if (error instanceof AssertionError) throw error;
    reply.truncate(replyStart);
    if (error instanceof ReplyError) reply.error(error.message);
    else if (error instanceof HeapExhaustedError) reply.error(OUT_OF_MEMORY.message);
    else if (error instanceof LimitError) reply.error(`ERR ${error.message}`);
    else {
      const text = error instanceof Error ? error.stack ?? error.message : String(error);
      this.log.warning(`Command '${command.name}' failed: ${text}`);
      reply.error(`ERR internal error in '${command.name}'`);
    }
  }

  /** Remembers the command for the sinks, unless its handler has said what to send instead. */
  #note(context: Execution, args: Arguments): void {
    if (context.propagation === PROPAGATE_NOTHING) return;
    const replicasOnly = context.propagation === PROPAGATE_TO_REPLICAS;
    context.propagated.push({ databaseIndex: context.db.index, args: args.clone(), replicasOnly });
  }

  #propagateAll(): void {
    const commands = this.context.propagated;
    this.context.propagated = [];
    for (const sink of this.sinks) sink(commands, commands.length > 1);
  }

  #runWaiter(waiter: Waiter, run: (context: Execution) => boolean): boolean {
    const { session, args } = waiter;
    let done = false;
    this.nested(() => {
      const context = this.context;
      context.enter(session, session.lastCommand!, args, session.output);
      context.db = waiter.db;
      const replyStart = session.output.length;
      const errors = session.output.errors;
      this.#depth++;
      try {
        done = run(context);
      } catch (error) {
        this.#fail(context.command, session.output, replyStart, error);
        done = true;
      } finally {
        this.#depth--;
      }
      if (session.output.errors !== errors) {
        session.lastCommand!.failedCalls++;
        this.statistics.countError(session.output.lastError);
      }
      if (session.replyMode === REPLY_OFF) session.output.truncate(replyStart);
    });
    if (this.#depth === 0 && this.context.propagated.length > 0) this.#propagateAll();
    return done;
  }

  /** Takes a reply back where the client did not want it before the command, in `mode`, and does not now. */
  #silence(client: Session, mode: number, replyStart: number): void {
    if (isSilent(mode) && isSilent(client.replyMode)) client.output.truncate(replyStart);
    if (client.replyMode === REPLY_SKIP_NEXT) client.replyMode = REPLY_SKIP;
    else if (client.replyMode === REPLY_SKIP) client.replyMode = REPLY_ON;
  }

  #time(client: Session, command: Command, args: Arguments): void {
    if (this.#timed === command && this.#timedCalls > 0) {
      this.#timedCalls++;
      this.#timedClient = client;
      this.#timedArgs = args;
      return;
    }
    if (this.#timed !== null) this.#settle(false);
    this.#timed = command;
    this.#timedCalls = 1;
    this.#timedClient = client;
    this.#timedArgs = args;
  }

  /**
   * Reads the clock and gives the time since the last reading to the calls since then: evenly, but that the last one, where
   * it made time move on, gets what the others are not likely to have taken. Only `atOnce`, before anything else ran, are
   * the arguments still those of the call; of one that is settled later, its name is all that is left.
   */
  #settle(atOnce: boolean): void {
    const command = this.#timed!;
    const nowUs = this.keyspace.clock.tick();
    const elapsedUs = nowUs - this.#timedSinceUs;
    this.#timedSinceUs = nowUs;
    this.#timed = null;
    let calls = this.#timedCalls;
    let lastUs = elapsedUs;
    this.#timedCalls = 0;
    if (atOnce && calls > 1) {
      const earlierUs = Math.min(elapsedUs, command.microseconds / Math.max(1, command.calls - calls) * (calls - 1));
      if (this.tracksLatency) this.#record(command, earlierUs, calls - 1);
      lastUs = elapsedUs - earlierUs;
      calls = 1;
    }
    command.microseconds += elapsedUs;
    if (this.tracksLatency) this.#record(command, lastUs, calls);
    if (this.slowMicroseconds >= 0 && lastUs >= this.slowMicroseconds && calls === 1) {
      const args = atOnce
        ? showArguments(this.#timedArgs!, this.context.secrets)
        : Arguments.of(command.name.split("|"));
      this.slowListener?.(this.#timedClient!, command, args, lastUs);
    }
  }

  /** Whether a millisecond has begun since this was last asked. */
  #timeMoved(): boolean {
    const time = this.keyspace.clock.coarse();
    if (time === this.#coarseTime) return false;
    this.#coarseTime = time;
    return true;
  }

  #record(command: Command, microseconds: number, calls: number): void {
    (command.latency ??= new Histogram()).record(microseconds / calls, calls);
  }
}

function isSilent(replyMode: number): boolean {
  return replyMode === REPLY_OFF || replyMode === REPLY_SKIP;
}
