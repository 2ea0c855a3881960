/**
 * The clients that are told of invalid keys, and which of them may have a copy of which key.
 *
 * A key is remembered until it changes once: then whoever read it is told, and reads it again if it needs it. Databases are not
 * told apart, since a copy that is invalidated once too often does no harm. For the same reason the memory of keys can be
 * bounded: where there are too many, some are invalidated that did not change.
 *
 * What a client's own command makes invalid it is told after the reply; in a transaction, after the whole.
 *
 * @module
 */
import {
  type Client,
  type CommandContext,
  type CommandInfo,
  Key,
  KeyMap,
  type ModuleHooks,
  type ModuleHost,
  moduleState,
  trackingTableMaxKeys,
} from "../../server/api/mod.ts";
import { Broadcast } from "./broadcast.ts";
import { Tracker, type TrackingMode } from "./tracker.ts";

/** Keys that may be invalidated before one command because there are too many. */
const LIMITED_AT_ONCE = 100;

/** The trackers of one server. */
export const trackers = moduleState((host) => new Trackers(host));

class Trackers {
  readonly broadcast = new Broadcast();
  readonly #host: ModuleHost;
  /** By the id of the client. */
  readonly #trackers = new Map<number, Tracker>();
  /** The ids of those who have read a key, be it that they are gone or want to know no more. */
  readonly #readers = new KeyMap<Set<number>>();
  #items = 0;
  /** What the client is told whose command is being run, once it is through; null for all keys. */
  #pending: (Uint8Array | null)[] = [];
  readonly #hooks: ModuleHooks = {
    keyTouched: ({ key }) => this.#touched(key),
    databasesFlushed: () => this.#flushed(),
    beforeCommand: () => this.#limit(),
    commandRefused: ({ client, command }) => this.#forgetChoice(client, command),
    afterCommand: (context) => this.#after(context),
    clientServed: (client) => this.#tellPending(client),
  };
  #unhook: (() => void) | null = null;

  constructor(host: ModuleHost) {
    this.#host = host;
  }

  /** How many clients are told. */
  get count(): number {
    return this.#trackers.size;
  }

  /** How many keys are remembered. */
  get keyCount(): number {
    return this.#readers.size;
  }

  /** How many readers of them are. */
  get itemCount(): number {
    return this.#items;
  }

  /** A client's tracker; `undefined` where it is told nothing. */
  of(client: Client): Tracker | undefined {
    return this.#trackers.get(client.id);
  }

  /** Begins to tell a client, or changes how. */
  set(client: Client, mode: TrackingMode, prefixes: readonly Uint8Array[]): void {
    let tracker = this.#trackers.get(client.id);
    if (tracker === undefined) this.#trackers.set(client.id, tracker = new Tracker(client, this.#host, mode));
    else tracker.setMode(mode);
    for (const prefix of prefixes) this.broadcast.add(tracker, prefix);
    this.#unhook ??= this.#host.hook(this.#hooks);
  }

  /** Tells a client no more. What is remembered of it is forgotten as its keys change. */
  remove(client: Client): void {
    const tracker = this.#trackers.get(client.id);
    if (tracker === undefined) return;
    this.#trackers.delete(client.id);
    this.broadcast.remove(tracker);
    tracker.end();
  }

  /** Called now and then: where there is nothing to remember any more, changes need not be told. */
  cron(): void {
    this.#limit();
    if (this.#unhook === null || this.#trackers.size > 0 || this.#readers.size > 0) return;
    this.#unhook();
    this.#unhook = null;
  }

  /** Keeps the number of keys within its limit, a part at a time where it was lowered by much. */
  #limit(): void {
    const keysMax = this.#host.config.get(trackingTableMaxKeys);
    if (keysMax === 0 || this.#readers.size <= keysMax) return;
    let left = LIMITED_AT_ONCE;
    for (const key of this.#readers.keys()) {
      this.#invalidate(key);
      if (this.#readers.size <= keysMax || --left === 0) return;
    }
  }

  #touched(key: Key): void {
    this.broadcast.touched(key, this.#host.executing);
    this.#invalidate(key);
  }

  #invalidate(key: Key): void {
    const ids = this.#readers.get(key);
    if (ids === undefined) return;
    const bytes = key.toBytes();
    this.#readers.delete(key);
    this.#items -= ids.size;
    const { executing } = this.#host;
    for (const id of ids) {
      const tracker = this.#trackers.get(id);
      if (tracker === undefined || tracker.mode.broadcast) continue;
      if (tracker.client !== executing) tracker.tell([bytes]);
      else if (!tracker.mode.noLoop) this.#pending.push(bytes);
    }
  }

  #flushed(): void {
    const { executing } = this.#host;
    for (const tracker of this.#trackers.values()) {
      if (tracker.client === executing) this.#pending.push(null);
      else tracker.tell(null);
    }
    this.#readers.clear();
    this.#items = 0;
  }

  #after(context: CommandContext): void {
    const { client, command, nested } = context;
    if (command.has("readonly") && !command.has("no_mandatory_keys")) this.#noteRead(context);
    if (nested) return;
    this.#forgetChoice(client, command);
    this.#tellPending(client);
  }

  /** What a script reads counts as if it had read the keys that it was given, whether these or others. */
  #noteRead(context: CommandContext): void {
    const { outer } = context;
    const { args, client, command } = context.client.scripted && outer !== null ? outer : context;
    if (this.#trackers.get(client.id)?.remembers !== true) return;
    command.forEachKey(args, (position) => this.#remember(client, args.key(position)));
  }

  #tellPending(client: Client): void {
    if (this.#pending.length === 0) return;
    const tracker = this.#trackers.get(client.id);
    const pending = this.#pending;
    this.#pending = [];
    for (const key of pending) tracker?.tell(key === null ? null : [key]);
  }

  #remember({ id }: Client, key: Key): void {
    let ids = this.#readers.get(key);
    if (ids === undefined) this.#readers.set(Key.of(key.toBytes()), ids = new Set());
    if (ids.has(id)) return;
    ids.add(id);
    this.#items++;
  }

  /** What `CLIENT CACHING` said is for the next command other than `CLIENT`, or for the next transaction. */
  #forgetChoice(client: Client, command: CommandInfo | null): void {
    const tracker = this.#trackers.get(client.id);
    if (tracker === undefined || client.queuedCount >= 0 || command?.name.startsWith("client|")) return;
    tracker.chosen = false;
  }
}
