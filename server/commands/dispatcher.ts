/**
 * The way of every command: found by its name, checked, run, and then its effects.
 *
 * What may refuse a command are *gates* (authentication, memory, a paused server, a transaction that queues); they are
 * filled in from above, ordered, and only those that are active are asked. What follows a change are *sinks* (AOF,
 * replicas). A command from a quiet server passes no gate and no sink.
 *
 * Durations: those of requests, and of what a transaction queued, are measured by `call_timer.ts`, equal ones that follow each
 * other together; what a script runs is measured one by one, because the script itself takes time in between.
 *
 * @module
 */
import { AssertionError } from "../base/assert.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import { LimitError } from "../base/limit_error.ts";
import { HeapExhaustedError } from "../heap/heap.ts";
import type { Logger } from "../observe/log.ts";
import { Arguments } from "../protocol/arguments.ts";
import { OUT_OF_MEMORY, ReplyError } from "../protocol/errors.ts";
import { readReply, type ReplyValue } from "../protocol/reply_value.ts";
import { ReplyWriter } from "../protocol/reply_writer.ts";
import type { Interceptor } from "../api/client.ts";
import type { CommandArgument } from "../api/context.ts";
import { Blocking, type Waiter } from "./blocking.ts";
import { CallTimer, record, type SlowListener, type TimingRules } from "./call_timer.ts";
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
import type { Suspended, Unfinished } from "./suspended.ts";
import { unknownCommand, unknownSubcommand, wrongArity } from "./refusals.ts";

/** Of the calls of a command of constant time within others, one in so many is measured. */
const MEASURED_CALLS = 8;

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

/** Gets the commands that run, with what may be shown of their arguments. */
export type Monitor = (client: Session, args: ShownArguments) => void;

export class Dispatcher implements TimingRules {
  readonly blocking: Blocking;
  /** Pointed at each request; set once by the server. */
  context!: Execution;
  slowMicroseconds = -1;
  slowListener: SlowListener | null = null;
  tracksLatency = true;
  finely = false;
  /** Gets every command: as Redis does, after it ran, but scripts (`skip_monitor`) before their own commands. */
  monitor: Monitor | null = null;
  /** Whether a client may use a `protected` command; asked before all gates. */
  protection: (client: Session, command: Command) => ReplyError | null = () => null;
  /** Told of each refused line, which spoils a transaction, and of its command, if it names one; says which error is replied. */
  readonly refusalListeners: ((client: Session, command: Command | null, error: ReplyError) => ReplyError)[] = [];
  /** Run before and after each command, for module hooks. */
  readonly afterListeners: (() => void)[] = [];
  /** Called before a waiting client is replied to. */
  beforeWaiter: () => void = () => {};
  /** Told when a waiting client has been replied to, or was asked in vain. */
  readonly servedListeners: ((client: Session) => void)[] = [];
  /** Run after each outermost command and what it woke. */
  readonly sinks: Sink[] = [];

  /** The client whose request is being run; null in between. */
  executing: Session | null = null;
  /** The command that waits for its next turn, if there is one. */
  suspended: Suspended | null = null;
  /** Calls back when the event loop has looked at everything else. */
  nextTurn: (action: () => void) => void = (action) => void setTimeout(action, 0);
  /** Told when a command is suspended, again each time that it has had a turn, and when it has come to its end. */
  readonly suspensionListeners: (() => void)[] = [];
  /** Those that are active, in order. */
  #gates: readonly Gate[] = [];
  #depth = 0;
  /** Handlers that have just left without having come to their end, the outermost last. */
  #unfinished: Unfinished[] = [];
  /** What waits for the end of the command that is suspended. */
  #whenFree: (() => void)[] = [];

  readonly #requests: CallTimer;
  readonly #queued: CallTimer;

  constructor(
    readonly table: CommandTable,
    readonly keyspace: Keyspace,
    readonly statistics: Statistics,
    readonly log: Logger,
  ) {
    this.#requests = new CallTimer(this, keyspace.clock, false);
    this.#queued = new CallTimer(this, keyspace.clock, true);
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
    this.#requests.begin(this.keyspace.clock.tick());
  }

  /** Ends a batch. */
  end(): void {
    this.#requests.end();
  }

  /** Runs one request of a client: its reply is in the client's output afterwards. */
  execute(client: Session, args: Arguments): void {
    const command = this.#find(client, args);
    if (command === null) return;
    if (this.#gates.length > 0 && !this.#pass(client, command, args)) return;
    if (client.interceptors.length > 0 && this.#intercepted(client, command, args)) return;
    this.run(client, command, args);
  }

  /** Runs a command that has passed the gates. */
  run(client: Session, command: Command, args: Arguments): void {
    if (this.monitor !== null && (command.flags & Flag.skip_monitor) !== 0) this.monitor(client, args);
    this.#requests.count(client, command, args);
    if (command.runsQueue) this.#queued.begin(this.#requests.sinceUs);
    this.keyspace.touching = !client.untouching;
    const reply = client.output;
    const replyStart = reply.length;
    const mode = client.replyMode;
    this.executing = client;
    this.context.mayContinueLater = !client.internal;
    if (!this.#invoke(client, command, args, reply)) return this.#suspend(client, mode, replyStart);
    if (client.replyMode !== REPLY_ON) this.#silence(client, mode, replyStart);
    this.#requests.ended(command, this.context.secrets);
    this.#show(client, command, args);
    this.statistics.commandsProcessed++;
  }

  /**
   * Runs a command line of a client as part of its present command; what refuses it is its reply. False: it goes on in a later
   * turn, and the present command must, too. `command`: the one of the line, where the caller has looked.
   */
  runWithin(client: Session, args: Arguments, reply: ReplyWriter, command = this.table.resolve(args)): boolean {
    if (command === undefined || !command.accepts(args.count) || command.run === undefined) {
      reply.error((command === undefined ? unknownCommand(args) : wrongArity(command)).message);
      return true;
    }
    if (this.monitor !== null && (command.flags & Flag.skip_monitor) !== 0) this.monitor(client, args);
    const replyStart = reply.length;
    const isUnheard = reply === client.output && (client.closing || client.silent);
    const errors = reply.errors;
    const { context } = this;
    const isQueued = context.command.runsQueue;
    const frame = context.save();
    context.nested = true;
    context.outer = frame;
    context.mayContinueLater = isQueued && frame.mayContinueLater;
    let isFinished = true;
    try {
      if (isQueued) isFinished = this.#runQueued(client, command, args, reply);
      else this.#runTimed(client, command, args, reply);
      if (isFinished) this.#show(client, command, args);
    } finally {
      context.restore(frame);
    }
    if (isFinished) this.#endWithin(client, reply, replyStart, errors, isUnheard);
    else this.#unfinished.at(-1)!.atEnd = () => this.#endWithin(client, reply, replyStart, errors, isUnheard);
    return isFinished;
  }

  /** What follows a command line that was run as part of a command: its errors are its own, not of the one that it is part of. */
  #endWithin(client: Session, reply: ReplyWriter, replyStart: number, errors: number, isUnheard: boolean): void {
    reply.errors = errors;
    if (isUnheard && (client.closing || client.silent)) reply.truncate(replyStart);
    if (client.replyMode !== REPLY_ON) client.breakSilence();
    this.statistics.commandsProcessed++;
  }

  /** Shows `MONITOR` a command that has run. */
  #show(client: Session, command: Command, args: Arguments): void {
    if (this.monitor === null || (command.flags & (Flag.skip_monitor | Flag.admin)) !== 0) return;
    this.monitor(client, showArguments(args, this.context.secrets));
  }

  /** Runs a command of the process itself, or nested in another one; all gates but those for clients are passed by. */
  call(client: Session, words: readonly CommandArgument[]): ReplyValue {
    if (this.suspended !== null) return this.suspended.longRun.refusal;
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
    this.whenFree(() => {
      this.keyspace.clock.tick();
      this.blocking.finish(waiter, () => {
        if (outcome.status === "rejected") throw outcome.reason;
        reply(this.context, outcome.value);
      });
    });
  }

  /** Calls back at once or, while a command is suspended, at its end. */
  whenFree(action: () => void): void {
    if (this.suspended === null) action();
    else this.#whenFree.push(action);
  }

  /** Never comes back to the command that is suspended. */
  abandon(): void {
    this.suspended = null;
    this.#whenFree = [];
  }

  /** Runs `action` as part of the present command. */
  nested(action: () => void): void {
    const context = this.context;
    const frame = context.save();
    context.nested = true;
    context.mayContinueLater = false;
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
    let { restriction } = client;
    for (const gate of this.#gates) {
      if (restriction !== null && gate.order > GateOrder.subscriber) {
        if (this.#intercepted(client, command, args, [restriction])) return false;
        restriction = null;
      }
      const result = gate.check(client, command, args);
      if (result === undefined) continue;
      if (result !== HANDLED) this.#refuse(client, command, result);
      return false;
    }
    return true;
  }

  /** Runs a line of a queue; false where it goes on in a later turn. */
  #runQueued(client: Session, command: Command, args: Arguments, reply: ReplyWriter): boolean {
    this.#queued.count(client, command, args);
    if (!this.#invoke(client, command, args, reply)) {
      this.#unfinished.at(-1)!.microseconds = this.#queued.leave();
      return false;
    }
    this.#queued.ended(command, this.context.secrets);
    return true;
  }

  /**
   * Runs a command as part of another one that itself takes time, and measures it alone. Two readings of the clock cost as much
   * as a quick command; so of those of constant time one in so many is measured, once they are known, and the others are taken
   * for average.
   */
  #runTimed(client: Session, command: Command, args: Arguments, reply: ReplyWriter): void {
    const { clock } = this.keyspace;
    const { calls } = command;
    if (command.constantTime && calls % MEASURED_CALLS !== 0 && calls > MEASURED_CALLS && !this.finely) {
      const estimatedUs = command.microseconds / calls;
      this.#invoke(client, command, args, reply);
      command.microseconds += estimatedUs;
      if (this.tracksLatency) record(command, estimatedUs, 1);
      return;
    }
    const sinceUs = clock.monotonicMicroseconds();
    this.#invoke(client, command, args, reply);
    this.#tookAlone(client, command, args, clock.monotonicMicroseconds() - sinceUs);
  }

  /** Notes how long a command took that was measured alone. */
  #tookAlone(client: Session, command: Command, args: Arguments, microseconds: number): void {
    command.microseconds += microseconds;
    if (this.tracksLatency) record(command, microseconds, 1);
    if (this.slowMicroseconds >= 0 && microseconds >= this.slowMicroseconds) {
      this.slowListener?.(client, command, showArguments(args, this.context.secrets), microseconds);
    }
  }

  /** Whether one of those who take part in the client's commands has taken this one over or refused it. */
  #intercepted(client: Session, command: Command, args: Arguments, interceptors = client.interceptors): boolean {
    const { context } = this;
    const replyStart = client.output.length;
    context.enter(client, command, args, client.output);
    try {
      if (!interceptedBy(interceptors, context)) return false;
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

  /** The handler itself, and its effects once it is the outermost; false where it goes on in a later turn. */
  #invoke(client: Session, command: Command, args: Arguments, reply: ReplyWriter): boolean {
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
    if (context.step !== null) {
      const frame = { ...context.save(), args: args.clone() };
      const { step, listens } = context;
      this.#unfinished.push({ frame, step, listens, replyStart, errors, dirty, microseconds: 0, atEnd: () => {} });
      context.step = null;
      return false;
    }
    this.#conclude(context, errors, dirty);
    return true;
  }

  /** What follows a handler that has come to its end. */
  #conclude(context: Execution, errors: number, dirty: number): void {
    const { command, reply } = context;
    command.calls++;
    if (reply.errors !== errors) {
      command.failedCalls++;
      if (reply.lastError !== "") this.statistics.countError(reply.lastError);
    }
    if (this.sinks.length > 0 && (this.keyspace.dirty !== dirty || context.propagation >= PROPAGATE_VERBATIM)) {
      this.#note(context, context.args);
    }
    for (let i = 0; i < this.afterListeners.length; i++) this.afterListeners[i]();
    if (this.#depth > 0) return;
    if (command.runsQueue) this.#endQueue();
    this.executing = null;
    if (context.propagated.length > 0) this.#propagateAll();
    if (this.blocking.hasReady && this.suspended === null) this.blocking.serve();
  }

  /** Lets a client's command wait for its next turn. */
  #suspend(client: Session, mode: number, replyStart: number): void {
    const { context, keyspace } = this;
    const { nowMs } = keyspace.clock;
    const microseconds = this.#requests.leave();
    const outermost = this.#unfinished.at(-1)!;
    const suspended: Suspended = {
      client,
      unfinished: this.#unfinished,
      propagated: context.propagated,
      touching: keyspace.touching,
      nowMs,
      sinceMs: performance.now() - microseconds / 1000,
      longRun: context.longRun!,
    };
    outermost.microseconds = microseconds;
    outermost.atEnd = () => {
      if (client.replyMode !== REPLY_ON) this.#silence(client, mode, replyStart);
      this.statistics.commandsProcessed++;
    };
    client.unfinished = true;
    this.#awaitTurn(suspended);
  }

  #awaitTurn(suspended: Suspended): void {
    const { context } = this;
    context.propagated = [];
    this.#unfinished = [];
    this.executing = null;
    this.suspended = suspended;
    for (const listener of this.suspensionListeners) listener();
    const goOn = (request: Arguments | null) => {
      if (this.suspended === suspended) this.#continue(suspended, request);
    };
    if (!suspended.unfinished[0].listens) return this.nextTurn(() => goOn(null));
    suspended.client.listen((request) => {
      suspended.sinceMs = performance.now();
      goOn(request);
    });
  }

  #continue(suspended: Suspended, request: Arguments | null): void {
    const { context, keyspace } = this;
    const { client, unfinished } = suspended;
    this.suspended = null;
    this.executing = client;
    let sinceUs = keyspace.clock.tick();
    keyspace.clock.rewind(suspended.nowMs);
    keyspace.touching = suspended.touching;
    context.propagated = suspended.propagated;
    const idle = context.save();
    while (unfinished.length > 0) {
      const isFinished = this.#goOn(unfinished[0], unfinished.length, request);
      const nowUs = keyspace.clock.monotonicMicroseconds();
      for (const one of unfinished) one.microseconds += nowUs - sinceUs;
      sinceUs = nowUs;
      if (!isFinished) break;
      this.#end(unfinished.shift()!);
    }
    context.restore(idle);
    if (unfinished.length > 0) {
      unfinished.unshift(...this.#unfinished);
      suspended.propagated = context.propagated;
      suspended.longRun = context.longRun!;
      return this.#awaitTurn(suspended);
    }
    client.unfinished = false;
    client.flush();
    queueMicrotask(() => client.resume());
    for (const listener of this.suspensionListeners) listener();
    const waiting = this.#whenFree;
    this.#whenFree = [];
    for (const action of waiting) action();
  }

  /** The next step of a handler, at so many commands' depth; false where that was not the last. */
  #goOn(unfinished: Unfinished, depth: number, request: Arguments | null): boolean {
    const { context } = this;
    const { frame, replyStart, errors, dirty } = unfinished;
    context.restore(frame);
    this.#depth = depth;
    if (frame.command.runsQueue) this.#queued.begin(this.keyspace.clock.monotonicMicroseconds());
    try {
      unfinished.step(context, request);
    } catch (error) {
      this.#fail(frame.command, frame.reply, replyStart, error);
    } finally {
      this.#depth = depth - 1;
    }
    if (context.step === null) {
      this.#conclude(context, errors, dirty);
      return true;
    }
    unfinished.step = context.step;
    unfinished.listens = context.listens;
    unfinished.frame = context.save();
    context.step = null;
    return false;
  }

  /** A handler has come to its end in a later turn than it began in. */
  #end({ frame: { client, command, args }, microseconds, atEnd }: Unfinished): void {
    this.#tookAlone(client, command, args, microseconds);
    this.#show(client, command, args);
    atEnd();
  }

  /**
   * An error for the client takes the place of what the handler had replied, but not of messages that the client got meanwhile;
   * anything else is the server's own fault.
   */
  #fail(command: Command, reply: ReplyWriter, replyStart: number, error: unknown): void {
    if (error instanceof AssertionError) throw error;
    this.context.step = null;
    const { client } = this.context;
    if (reply === client.output) takeBack(client, replyStart);
    else reply.truncate(replyStart);
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
    const { audience } = context;
    const isForReplicas = context.propagation === PROPAGATE_TO_REPLICAS;
    context.sendOn(args.clone(), isForReplicas ? { aof: false, replicas: audience.replicas } : audience);
  }

  #propagateAll(): void {
    const commands = this.context.propagated;
    this.context.propagated = [];
    for (const sink of this.sinks) sink(commands, commands.length > 1);
  }

  #runWaiter(waiter: Waiter, run: (context: Execution) => boolean): boolean {
    this.beforeWaiter();
    const { session, args } = waiter;
    const { executing } = this;
    let done = false;
    this.executing = session;
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
      if (session.silent) takeBack(session, replyStart);
      if (done && session.replyMode === REPLY_SKIP) session.replyMode = REPLY_ON;
    });
    this.executing = executing;
    for (const listener of this.servedListeners) listener(session);
    if (this.#depth === 0 && this.context.propagated.length > 0) this.#propagateAll();
    return done;
  }

  /**
   * Takes a reply back where the client did not want it before the command, in `mode`, and does not now. One that waits does not
   * want the reply that it gets then.
   */
  #silence(client: Session, mode: number, replyStart: number): void {
    if ((mode === REPLY_OFF || mode === REPLY_SKIP) && client.silent) takeBack(client, replyStart);
    if (client.waiter !== null) return;
    if (client.replyMode === REPLY_SKIP_NEXT) client.replyMode = REPLY_SKIP;
    else if (client.replyMode === REPLY_SKIP) client.replyMode = REPLY_ON;
  }

  /** What was queued has run: its last command ended with the one that ran it. */
  #endQueue(): void {
    const nowUs = this.keyspace.clock.tick();
    this.#queued.endedAt(nowUs, null);
    this.#requests.endedAt(nowUs, this.context.secrets);
  }
}

function interceptedBy(interceptors: readonly Interceptor[], context: Execution): boolean {
  for (let i = 0; i < interceptors.length; i++) if (interceptors[i](context)) return true;
  return false;
}

/** Takes back what a client was replied from `replyStart` on, but not messages that it got meanwhile. */
function takeBack({ output, pushedEnd }: Session, replyStart: number): void {
  output.truncate(Math.max(replyStart, Math.min(pushedEnd, output.length)));
}
