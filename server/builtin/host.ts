/**
 * The server as modules see it outside of commands.
 *
 * @module
 */
import { keyEvent } from "../api/events.ts";
import type { Client } from "../api/client.ts";
import type { CommandArgument } from "../api/context.ts";
import type { ActiveExpiry, ModuleHooks, ModuleHost, StateKey } from "../api/module.ts";
import type { Database as DatabaseApi } from "../api/database.ts";
import type { PayloadInput, ValueOutput } from "../api/type.ts";
import type { Random } from "../base/random.ts";
import type { Dispatcher } from "../commands/dispatcher.ts";
import { Session } from "../commands/session.ts";
import type { Config } from "../config/config.ts";
import { lazyfreeLazyExpire } from "../config/options/memory.ts";
import { rdbcompression } from "../config/options/snapshotting.ts";
import type { Database } from "../keyspace/database.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import type { Clients } from "../network/clients.ts";
import type { Memory } from "../keyspace/memory.ts";
import type { LatencyMonitor } from "../observe/latency_monitor.ts";
import type { Logger } from "../observe/log.ts";
import { EVERYBODY } from "../commands/execution.ts";
import { dumpParts, isIntactPayload, partsOf } from "../persistence/dump.ts";
import { Arguments } from "../protocol/arguments.ts";
import type { ReplyValue } from "../protocol/reply_value.ts";
import type { Hooks } from "../registry/hooks.ts";
import type { Key } from "../structures/key.ts";

const expiredEvent = keyEvent("expired", "expired");

/** What a host is made of. */
export interface HostParts {
  readonly keyspace: Keyspace;
  readonly memory: Memory;
  readonly clients: Clients;
  readonly dispatcher: Dispatcher;
  readonly config: Config;
  readonly random: Random;
  readonly log: Logger;
  readonly latency: LatencyMonitor;
  readonly hooks: Hooks;
  /** Runs the commands of the server itself. */
  readonly session: Session;
}

export class Host implements ModuleHost {
  isReplica = false;
  /** Whether somebody asked that nothing expires. */
  expiryPaused = false;
  isApplying = false;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(readonly parts: HostParts) {}

  get mayExpire(): boolean {
    return !this.expiryPaused && this.parts.dispatcher.suspended === null;
  }

  get config(): Config {
    return this.parts.config;
  }

  get activeExpiry(): ActiveExpiry {
    return this.parts.keyspace.activeExpiry;
  }

  get random(): Random {
    return this.parts.random;
  }

  get nowMs(): number {
    return this.parts.keyspace.clock.nowMs;
  }

  get databaseCount(): number {
    return this.parts.keyspace.databases.length;
  }

  database(index: number): DatabaseApi | null {
    return this.parts.keyspace.databases[index] ?? null;
  }

  state<S>(key: StateKey<S>): S {
    return this.parts.dispatcher.context.state(key);
  }

  get executing(): Client | null {
    return this.parts.dispatcher.executing;
  }

  client(id: number): Client | null {
    return this.parts.clients.get(id) ?? null;
  }

  hold(deliver: () => void): boolean {
    return this.parts.clients.hold(deliver);
  }

  newClient(name: string): Client {
    const { keyspace } = this.parts;
    return new Session(0, keyspace.databases[0], keyspace.clock.nowMs, name, "");
  }

  call(name: string, ...args: CommandArgument[]): ReplyValue {
    return this.parts.dispatcher.call(this.parts.session, [name, ...args]);
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = setTimeout(() => {
      this.parts.dispatcher.whenFree(() => {
        if (!this.#timers.delete(timer)) return;
        this.parts.keyspace.clock.tick();
        action();
      });
    }, delayMs);
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
      clearTimeout(timer);
    };
  }

  hook(hooks: ModuleHooks): () => void {
    const own = { ...hooks };
    this.parts.hooks.add(own);
    return () => this.parts.hooks.remove(own);
  }

  log(level: "debug" | "verbose" | "notice" | "warning", text: string): void {
    this.parts.log[level](text);
  }

  encodePayload(save: (output: ValueOutput) => void): Uint8Array {
    return dumpParts(this.config.get(rdbcompression), save);
  }

  decodePayload(payload: Uint8Array): PayloadInput | null {
    return isIntactPayload(payload) ? partsOf(payload) : null;
  }

  makeRoom(): boolean {
    return this.parts.memory.makeRoom();
  }

  noteLatency(event: string, milliseconds: number): void {
    this.parts.latency.note(event, milliseconds, this.nowMs);
  }

  propagate(db: DatabaseApi, name: string, ...args: CommandArgument[]): void {
    if (!this.parts.dispatcher.propagates) return;
    this.parts.dispatcher.propagate([{
      databaseIndex: db.index,
      args: Arguments.of([name, ...args]),
      audience: EVERYBODY,
    }]);
  }

  expire(db: DatabaseApi, key: Key): void {
    const { keyspace, config } = this.parts;
    const lazily = config.get(lazyfreeLazyExpire);
    const bytes = this.parts.dispatcher.propagates ? key.toBytes() : null;
    if (!(db as Database).remove(key, lazily)) return;
    keyspace.expiredKeys++;
    keyspace.signal(db as Database, key, expiredEvent);
    if (bytes !== null) this.propagate(db, lazily ? "UNLINK" : "DEL", bytes);
  }

  /** Ends all timers. */
  close(): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
  }
}
