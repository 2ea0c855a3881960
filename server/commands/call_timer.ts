/**
 * Measures calls.
 *
 * Reading the clock costs as much as a tenth of a GET, so consecutive calls of the same command are timed together and share
 * their time evenly. Where a command is not of constant time, a coarse clock is looked at after each call, so that one that
 * took a millisecond is noticed, and told from those before it. All calls are timed one by one while somebody asked for a
 * slow log below a millisecond.
 *
 * A command that has no arguments and is of constant time always takes the same, so of those that stand between others, as
 * `MULTI` does, only some are measured, and the others are taken to be like them.
 *
 * That is right only where nothing but the calls takes time in between: for the requests of a batch, and for the lines of a
 * queue.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Histogram } from "../observe/histogram.ts";
import { Arguments } from "../protocol/arguments.ts";
import type { Command } from "./command.ts";
import type { Session } from "./session.ts";
import { showArguments, type ShownArguments } from "./shown_arguments.ts";

/** Told of a command that was measured by itself, and of what may be shown of its arguments. */
export type SlowListener = (client: Session, command: Command, args: ShownArguments, microseconds: number) => void;

/** What is measured, and who is told. */
export interface TimingRules {
  /** Commands that took longer are told to `slowListener`; negative: none. */
  readonly slowMicroseconds: number;
  readonly slowListener: SlowListener | null;
  /** Whether percentiles are kept. */
  readonly tracksLatency: boolean;
  /** Measures each call by itself. */
  readonly finely: boolean;
}

/** Positions of arguments that nobody else may see. */
type Secrets = readonly number[] | null;

/** Calls of such a command by which it is known how long it takes, and those between two that are measured. */
const KNOWN_CALLS_MIN = 64;
const ESTIMATED_CALLS_MAX = 16;

export class CallTimer {
  // The calls that are timed together: their command, and the last one's client and arguments.
  #command: Command | null = null;
  #calls = 0;
  #sinceUs = 0;
  #client: Session | null = null;
  #args: Arguments | null = null;
  #coarseTime = 0;
  #estimatedCalls = 0;

  /** @param isQueue the calls are those of a queue: time stands still for them, and their arguments outlive them. */
  constructor(readonly rules: TimingRules, readonly clock: Clock, readonly isQueue: boolean) {}

  /** When the calls began that are timed now. */
  get sinceUs(): number {
    return this.#sinceUs;
  }

  /** Begins anew. */
  begin(nowUs: number): void {
    this.#sinceUs = nowUs;
    this.#command = null;
    this.#calls = 0;
  }

  /** Nothing follows. */
  end(): void {
    if (this.#command !== null) this.#settle(this.#read(), false, null);
    this.#client = null;
    this.#args = null;
  }

  /** A call begins. One that runs a queue is never timed with others. */
  count(client: Session, command: Command, args: Arguments): void {
    if (this.#command === command && !command.runsQueue) this.#calls++;
    else {
      if (this.#command !== null && !this.#estimated()) this.#settle(this.#read(), false, null);
      this.#command = command;
      this.#calls = 1;
    }
    this.#client = client;
    this.#args = args;
  }

  /** The call that began last has ended. */
  ended(command: Command, secrets: Secrets): void {
    if (this.#command === null) return;
    const isDue = this.rules.finely || (!command.constantTime && this.#timeMoved()) ||
      (this.isQueue && secrets !== null);
    if (isDue) this.#settle(this.#read(), true, secrets);
  }

  /** The call that began last goes on in a later turn and is not to be counted with the others: how long it has taken. */
  leave(): number {
    const nowUs = this.#read();
    const elapsedUs = nowUs - this.#sinceUs;
    this.#sinceUs = nowUs;
    if (--this.#calls === 0) this.#command = null;
    return elapsedUs;
  }

  /** The same, when the clock has just been read. */
  endedAt(nowUs: number, secrets: Secrets): void {
    if (this.#command !== null) this.#settle(nowUs, !this.isQueue, secrets);
  }

  /**
   * Gives the time since the last reading of the clock to the calls since then: evenly, but that the last one, where it made
   * time move on, gets what the others are not likely to have taken. Only `atOnce`, before anything else ran, are the
   * arguments of a request still those of the call; of one that is settled later, its name is all that is left.
   */
  #settle(nowUs: number, atOnce: boolean, secrets: Secrets): void {
    const { rules } = this;
    const command = this.#command!;
    const elapsedUs = Math.max(0, nowUs - this.#sinceUs);
    this.#sinceUs = nowUs;
    this.#command = null;
    this.#estimatedCalls = 0;
    let calls = this.#calls;
    let lastUs = elapsedUs;
    this.#calls = 0;
    if (atOnce && calls > 1) {
      const earlierUs = Math.min(elapsedUs, command.microseconds / Math.max(1, command.calls - calls) * (calls - 1));
      if (rules.tracksLatency) record(command, earlierUs, calls - 1);
      lastUs = elapsedUs - earlierUs;
      calls = 1;
    }
    command.microseconds += elapsedUs;
    if (rules.tracksLatency) record(command, lastUs, calls);
    if (rules.slowMicroseconds >= 0 && lastUs >= rules.slowMicroseconds && calls === 1) {
      const hasArguments = atOnce || this.isQueue;
      const args = hasArguments ? showArguments(this.#args!, secrets) : Arguments.of(command.name.split("|"));
      rules.slowListener?.(this.#client!, command, args, lastUs);
    }
  }

  /** Whether the time that the calls took is known well enough without a look at the clock. */
  #estimated(): boolean {
    const command = this.#command!;
    const calls = this.#calls;
    const earlierCalls = command.calls - calls;
    if (!command.constantTime || command.arity !== 1 || this.rules.finely) return false;
    if (earlierCalls < KNOWN_CALLS_MIN || ++this.#estimatedCalls > ESTIMATED_CALLS_MAX) return false;
    const tookUs = command.microseconds / earlierCalls * calls;
    this.#sinceUs += tookUs;
    command.microseconds += tookUs;
    if (this.rules.tracksLatency) record(command, tookUs, calls);
    return true;
  }

  #read(): number {
    return this.isQueue ? this.clock.monotonicMicroseconds() : this.clock.tick();
  }

  /** Whether a millisecond has begun since this was last asked. */
  #timeMoved(): boolean {
    const time = this.clock.coarse();
    if (time === this.#coarseTime) return false;
    this.#coarseTime = time;
    return true;
  }
}

/** Adds what calls took together to the percentiles of their command. */
export function record(command: Command, microseconds: number, calls: number): void {
  (command.latency ??= new Histogram()).record(microseconds / calls, calls);
}
