/**
 * Clients that wait for keys: `BLPOP`, `XREAD BLOCK`, and whatever a module blocks.
 *
 * A change of a key that somebody waits for makes the key ready; after the command that changed it, clients are served in
 * the order in which they began to wait. Serving may make further keys ready, and goes on until none is left.
 *
 * @module
 */
import type { BlockOptions, CommandContext } from "../api/context.ts";
import type { AnyType } from "../api/type.ts";
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

/** Who waits for one key, in the order in which they began to. */
interface Queue {
  readonly db: Database;
  readonly key: Key;
  readonly waiters: Set<Waiter>;
  /** Whether the key has changed since they were asked last. */
  isReady: boolean;
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
  /** By the hash of the key: a change of a key that nobody waits for costs one look. */
  readonly #queues = new Map<number, Queue[]>();
  #ready: Queue[] = [];
  #count = 0;
  #timedCount = 0;

  constructor(readonly keyspace: Keyspace) {
    for (const listeners of [keyspace.touchListeners, keyspace.wakeListeners]) {
      listeners.push((db, key) => this.#touched(db, key));
    }
    keyspace.swapListeners.push((dbs) => this.#swapped(dbs));
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
    for (const bytes of options.keys) this.#queueFor(waiter.db, Key.of(bytes)).waiters.add(waiter);
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
    const key = new Key();
    for (const bytes of waiter.options.keys) {
      const queue = this.#find(waiter.db, key.load(bytes, 0, bytes.length));
      if (queue === undefined) continue;
      queue.waiters.delete(waiter);
      if (queue.waiters.size === 0) this.#forget(queue);
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
      for (const queue of ready) this.#serveQueue(queue);
    }
  }

  /** Who waits for a value of a type is not asked while the key has none. */
  #serveQueue(queue: Queue): void {
    const { db, key, waiters } = queue;
    queue.isReady = false;
    let type = typeAt(db, key);
    for (const waiter of waiters) {
      const { options, session } = waiter;
      if (options.type !== undefined && options.type !== type) continue;
      if (!this.run(waiter, (context) => options.onReady(context, key))) continue;
      this.remove(waiter);
      this.#release(session);
      type = typeAt(db, key);
    }
  }

  #touched(db: Database, key: Key): void {
    if (this.#queues.size === 0) return;
    const queue = this.#find(db, key);
    if (queue !== undefined) this.#markReady(queue);
  }

  #markReady(queue: Queue): void {
    if (queue.isReady) return;
    queue.isReady = true;
    this.#ready.push(queue);
  }

  #swapped(dbs: readonly Database[]): void {
    for (const queues of this.#queues.values()) {
      for (const queue of queues) if (dbs.includes(queue.db)) this.#markReady(queue);
    }
  }

  #find(db: Database, key: Key): Queue | undefined {
    const queues = this.#queues.get(key.hash);
    return queues?.find((queue) => queue.db === db && queue.key.isSame(key));
  }

  #queueFor(db: Database, key: Key): Queue {
    const known = this.#find(db, key);
    if (known !== undefined) return known;
    const queue: Queue = { db, key, waiters: new Set(), isReady: false };
    const others = this.#queues.get(key.hash);
    if (others === undefined) this.#queues.set(key.hash, [queue]);
    else others.push(queue);
    return queue;
  }

  #forget(queue: Queue): void {
    const others = this.#queues.get(queue.key.hash)!.filter((other) => other !== queue);
    if (others.length === 0) this.#queues.delete(queue.key.hash);
    else this.#queues.set(queue.key.hash, others);
  }

  #release(session: Session): void {
    session.flush();
    // What it has sent meanwhile is run after the present command, not within it.
    queueMicrotask(() => session.resume());
  }
}

/** The type of the value of a key, null where there is none. */
function typeAt(db: Database, key: Key): AnyType | null {
  const entry = db.peek(key);
  return entry === 0 ? null : db.typeOf(entry);
}
