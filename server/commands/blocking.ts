/**
 * Clients that wait for keys: `BLPOP`, `XREAD BLOCK`, and whatever a module blocks.
 *
 * A change of a key that somebody waits for makes the key ready; after the command that changed it, clients are served in
 * the order in which they began to wait. Serving may make further keys ready, and goes on until none is left.
 *
 * @module
 */
import type { BlockOptions, CommandContext } from "../api/context.ts";
import type { Database } from "../keyspace/database.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { Key } from "../structures/key.ts";
import type { Session } from "./session.ts";

/** A waiting client. */
export interface Waiter {
  readonly session: Session;
  readonly db: Database;
  /** The request, detached from the connection's buffer. */
  readonly args: Arguments;
  readonly options: BlockOptions;
  readonly sinceMs: number;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

/** Runs a callback of a waiter as part of its command, and whatever follows a command. */
export type WaiterRunner = (waiter: Waiter, run: (context: CommandContext) => boolean) => boolean;

/** How a client waits for work. */
const FOR_WORK: BlockOptions = { keys: [], timeoutMs: 0, onReady: () => false, onTimeout: () => {} };

const TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** Whether a waiting client waits for work, so that `CLIENT UNBLOCK` can't end it. */
export function waitsForWork(waiter: Waiter): boolean {
  return waiter.options === FOR_WORK;
}

export class Blocking {
  /** Runs callbacks; filled in by the dispatcher. */
  run: WaiterRunner = () => false;
  readonly #waiters = new Map<string, Set<Waiter>>();
  #ready: { db: Database; bytes: Uint8Array }[] = [];
  #count = 0;
  #timedCount = 0;

  constructor(readonly keyspace: Keyspace) {
    keyspace.touchListeners.push((db, key) => this.#touched(db, key));
  }

  /** How many clients wait. */
  get count(): number {
    return this.#count;
  }

  /** How many of them only for some time. */
  get timedCount(): number {
    return this.#timedCount;
  }

  /** Whether keys became ready that {@linkcode Blocking.serve} has not looked at. */
  get hasReady(): boolean {
    return this.#ready.length > 0;
  }

  /** Makes a client wait. */
  add(session: Session, args: Arguments, options: BlockOptions): void {
    const waits = options.timeoutMs > 0 && options.timeoutMs <= TIMEOUT_MS_MAX;
    const waiter: Waiter = {
      session,
      db: session.db,
      args: args.clone(),
      options,
      sinceMs: this.keyspace.clock.nowMs,
      timer: waits ? setTimeout(() => this.timeOut(waiter), options.timeoutMs) : undefined,
    };
    session.waiter = waiter;
    this.#count++;
    if (waiter.timer !== undefined) this.#timedCount++;
    for (const key of options.keys) {
      const name = nameOf(waiter.db, key, 0, key.length);
      const waiters = this.#waiters.get(name);
      if (waiters === undefined) this.#waiters.set(name, new Set([waiter]));
      else waiters.add(waiter);
    }
  }

  /** Makes a client wait for something other than keys, until {@linkcode Blocking.finish}; nobody else ends that. */
  addWork(session: Session, args: Arguments): Waiter {
    this.add(session, args, FOR_WORK);
    return session.waiter!;
  }

  /** Ends the wait of a client without a reply, as when its connection is gone. */
  remove(waiter: Waiter): void {
    if (waiter.session.waiter !== waiter) return;
    waiter.session.waiter = null;
    this.#count--;
    if (waiter.timer !== undefined) this.#timedCount--;
    clearTimeout(waiter.timer);
    for (const key of waiter.options.keys) {
      const name = nameOf(waiter.db, key, 0, key.length);
      const waiters = this.#waiters.get(name);
      waiters?.delete(waiter);
      if (waiters?.size === 0) this.#waiters.delete(name);
    }
  }

  /** Ends the wait of a client as if its time were up. */
  timeOut(waiter: Waiter): void {
    this.finish(waiter, waiter.options.onTimeout);
  }

  /** Ends the wait of a client with an error. */
  fail(waiter: Waiter, message: string): void {
    this.finish(waiter, ({ reply }) => reply.error(message));
  }

  /** Ends the wait of a client, unless it has ended, with what `reply` does. */
  finish(waiter: Waiter, reply: (context: CommandContext) => void): void {
    if (waiter.session.waiter !== waiter) return;
    this.remove(waiter);
    this.run(waiter, (context) => {
      reply(context);
      return true;
    });
    this.#release(waiter.session);
  }

  /** Serves the clients whose keys became ready. */
  serve(): void {
    while (this.#ready.length > 0) {
      const ready = this.#ready;
      this.#ready = [];
      for (const { db, bytes } of ready) {
        const key = Key.of(bytes);
        for (const waiter of [...this.#waiters.get(nameOf(db, bytes, 0, bytes.length)) ?? []]) {
          if (waiter.session.waiter !== waiter) continue;
          if (!this.run(waiter, (context) => waiter.options.onReady(context, key))) continue;
          this.remove(waiter);
          this.#release(waiter.session);
        }
      }
    }
  }

  #touched(db: Database, key: Key): void {
    if (this.#waiters.size === 0) return;
    if (this.#waiters.has(nameOf(db, key.buffer, key.start, key.length))) {
      this.#ready.push({ db, bytes: key.toBytes() });
    }
  }

  #release(session: Session): void {
    session.flush();
    // What it has sent meanwhile is run after the present command, not within it.
    queueMicrotask(() => session.resume());
  }
}

function nameOf(db: Database, bytes: Uint8Array, start: number, length: number): string {
  let name = `${db.index}:`;
  for (let i = start; i < start + length; i++) name += String.fromCharCode(bytes[i]);
  return name;
}
