/**
 * A client's state, as commands see and change it. A connection extends it by its socket; a caller inside the process is
 * one without.
 *
 * @module
 */
import type { Client, ClientStateKey, Interceptor } from "../api/client.ts";
import type { CommandContext } from "../api/context.ts";
import type { Database } from "../keyspace/database.ts";
import type { Arguments } from "../protocol/arguments.ts";
import type { BufferPool } from "../protocol/buffer_pool.ts";
import { ReplyWriter } from "../protocol/reply_writer.ts";
import type { Waiter } from "./blocking.ts";
import type { Command } from "./command.ts";

/** What becomes of the replies: `CLIENT REPLY`. */
export const REPLY_ON = 0;
export const REPLY_OFF = 1;
/** Of the next command only. */
export const REPLY_SKIP_NEXT = 2;
/** Of the present command. */
export const REPLY_SKIP = 3;

export class Session implements Client {
  name = "";
  user = "default";
  authenticated = true;
  readonly output: ReplyWriter;
  db: Database;

  replyMode = REPLY_ON;
  /** `CLIENT NO-EVICT` */
  exempt = false;
  /** `CLIENT NO-TOUCH` */
  untouching = false;
  libraryName = "";
  libraryVersion = "";
  /** Receives all commands. */
  monitoring = false;
  channelCount = 0;
  patternCount = 0;
  shardChannelCount = 0;
  queuedCount = -1;
  /** All flags of the commands in its queue. */
  queuedFlags = 0;
  queuedBytes = 0;
  redirectId = -1;
  flags = "";
  scripted = false;
  /** Who takes part in its commands. */
  readonly interceptors: Interceptor[] = [];
  restriction: Interceptor | null = null;
  /** What modules keep of it. */
  #states: Map<ClientStateKey<unknown>, unknown> | null = null;

  /** Up to where its output has messages, which are no part of a reply that is taken back. */
  pushedEnd = 0;
  /** Whether its output is to be sent at the end of the turn. */
  flushPending = false;

  /** Whether its present command goes on in a later turn. */
  unfinished = false;
  /** Gets what it sends next, in place of what runs requests: its words, null where there are none. */
  listener: ((request: Arguments | null) => void) | null = null;
  /** What it waits for, if it does. */
  waiter: Waiter | null = null;
  /** A request that has to wait for the end of `CLIENT PAUSE`. */
  postponed: Arguments | null = null;

  /** Unix milliseconds. */
  readonly createdMs: number;
  lastActiveMs: number;
  lastCommand: Command | undefined = undefined;
  /** Bytes of the arguments of the present command. */
  argumentBytes = 0;

  constructor(
    readonly id: number,
    db: Database,
    nowMs: number,
    readonly address: string,
    readonly localAddress: string,
    pool?: BufferPool,
  ) {
    this.output = new ReplyWriter(pool);
    this.db = db;
    this.createdMs = nowMs;
    this.lastActiveMs = nowMs;
  }

  get version(): number {
    return this.output.version;
  }

  get databaseIndex(): number {
    return this.db.index;
  }

  get internal(): boolean {
    return true;
  }

  get silent(): boolean {
    return this.replyMode === REPLY_OFF || this.replyMode === REPLY_SKIP;
  }

  get closed(): boolean {
    return false;
  }

  /** Whether it only gets what it has been replied already. */
  get closing(): boolean {
    return false;
  }

  /** Whether it can't run the next request yet. */
  get suspended(): boolean {
    return this.waiter !== null || this.postponed !== null || this.unfinished;
  }

  /** Whether it receives messages. */
  get subscribed(): boolean {
    return this.channelCount + this.patternCount + this.shardChannelCount > 0;
  }

  state<S>(key: ClientStateKey<S>): S {
    const states = this.#states ??= new Map();
    let state = states.get(key);
    if (state === undefined) states.set(key, state = key.create(this));
    return state as S;
  }

  knownState<S>(key: ClientStateKey<S>): S | undefined {
    return this.#states?.get(key) as S | undefined;
  }

  intercept(interceptor: Interceptor): void {
    this.interceptors.push(interceptor);
  }

  release(interceptor: Interceptor): void {
    const { interceptors } = this;
    const at = interceptors.lastIndexOf(interceptor);
    if (at === interceptors.length - 1) interceptors.pop();
    else if (at >= 0) interceptors.splice(at, 1);
  }

  openQueue(): void {
    this.queuedCount = 0;
  }

  noteQueued({ command, args, host }: CommandContext, bytes: number): void {
    this.queuedCount++;
    this.queuedFlags |= (command as Command).flagsFor(this, args, host);
    this.queuedBytes += bytes;
  }

  closeQueue(): void {
    this.queuedCount = -1;
    this.queuedFlags = 0;
    this.queuedBytes = 0;
  }

  send(_message: Uint8Array, _size?: number): void {}

  say(_message: Uint8Array): void {}

  closeAfterReply(): void {
    this.close(true);
  }

  /** Lets somebody have what it sends next. */
  listen(listener: (request: Arguments | null) => void): void {
    this.listener = listener;
  }

  /** Puts the messages into `output` that came while it wanted no replies. */
  breakSilence(): void {}

  /** Sends what `output` holds. */
  flush(): void {}

  /** Runs the requests that have arrived while it was suspended. */
  resume(): void {}

  /** Ends the connection; after what was replied has been sent, where `politely`. */
  close(_politely: boolean): void {}
}
