/**
 * The keys that clients watch: whether one of them has changed since.
 *
 * The first change is all that counts. It spoils the client's next transaction, and with that its keys are watched no longer.
 * A key that exists no more by its deadline, but that nobody has removed, has not changed by being removed.
 *
 * The server is asked to tell of changes while somebody watches, and for a moment afterwards: clients watch and execute in
 * quick turns, and to begin and end costs more than to be told.
 *
 * @module
 */
import {
  type Client,
  type Database,
  Key,
  KeyMap,
  type ModuleHooks,
  type ModuleHost,
  moduleState,
  setClientFlag,
} from "../../server/api/mod.ts";

/** Letter in `CLIENT LIST`. */
const SPOILED_FLAG = "d";

/** A key that a client watches. */
interface Watch {
  readonly client: Client;
  readonly db: Database;
  readonly key: Key;
  /** Whether its deadline had passed before; then it is as good as missing. */
  wasDue: boolean;
}

const NOBODY: readonly Watch[] = [];

/** The watched keys of one server. */
export const watchedKeys = moduleState((host) => new WatchedKeys(host));

class WatchedKeys {
  readonly #host: ModuleHost;
  /** A change of a key that nobody watches costs one look. */
  readonly #byKey = new KeyMap<Watch[]>();
  readonly #byClient = new Map<Client, Watch[]>();
  readonly #spoiled = new Set<Client>();
  readonly #hooks: ModuleHooks = {
    keyTouched: ({ db, key }) => this.#touched(db, key),
    databasesFlushed: ({ databases }) => this.#flushed(databases),
    databasesSwapped: ({ databases }) => this.#swapped(databases),
  };
  #unhook: (() => void) | null = null;

  constructor(host: ModuleHost) {
    this.#host = host;
  }

  /** Whether a change was seen; the deadlines that have passed unseen are not asked for. */
  isSpoiled(client: Client): boolean {
    return this.#spoiled.has(client);
  }

  /** Whether a key that a client watches is not what it was. */
  haveChanged(client: Client): boolean {
    if (this.#spoiled.has(client)) return true;
    const watches = this.#byClient.get(client) ?? [];
    return watches.some(({ db, key, wasDue }) => !wasDue && this.#isDue(db, key));
  }

  /** Watches a key. */
  add(client: Client, db: Database, bytes: Uint8Array): void {
    if (this.#spoiled.has(client)) return;
    const key = Key.of(bytes);
    const others = this.#byKey.get(key);
    if (others?.some((watch) => watch.client === client && watch.db === db)) return;
    const watch: Watch = { client, db, key, wasDue: this.#isDue(db, key) };
    if (others === undefined) this.#byKey.set(key, [watch]);
    else others.push(watch);
    const own = this.#byClient.get(client);
    if (own === undefined) this.#byClient.set(client, [watch]);
    else own.push(watch);
    this.#unhook ??= this.#host.hook(this.#hooks);
  }

  /** Ends what a client watches, and forgets what has become of it. */
  forget(client: Client): void {
    this.#release(client);
    if (this.#spoiled.delete(client)) setClientFlag(client, SPOILED_FLAG, false);
  }

  /** Called now and then: where nobody watches any more, changes need not be told. */
  rest(): void {
    if (this.#unhook === null || this.#byClient.size > 0) return;
    this.#unhook();
    this.#unhook = null;
  }

  #touched(db: Database, key: Key): void {
    for (const watch of this.#byKey.get(key) ?? NOBODY) {
      if (watch.db !== db) continue;
      if (watch.wasDue && db.find(key) === 0) watch.wasDue = false;
      else this.#spoil(watch.client);
    }
  }

  #flushed(databases: readonly Database[]): void {
    for (const watch of this.#watchesOf(databases)) {
      if (watch.db.find(watch.key) === 0) continue;
      if (watch.wasDue) watch.wasDue = false;
      else this.#spoil(watch.client);
    }
  }

  /** What the databases had, each other has now. */
  #swapped([first, second]: readonly Database[]): void {
    for (const watch of this.#watchesOf([first, second])) {
      const { db, key, wasDue } = watch;
      const existed = (db === first ? second : first).find(key) !== 0;
      const exists = db.find(key) !== 0;
      const isDue = this.#isDue(db, key);
      if ((existed && !wasDue) || (exists && !isDue)) this.#spoil(watch.client);
      else watch.wasDue = isDue;
    }
  }

  #watchesOf(databases: readonly Database[]): Watch[] {
    return [...this.#byClient.values()].flat().filter(({ db }) => databases.includes(db));
  }

  #isDue(db: Database, key: Key): boolean {
    const entry = db.find(key);
    if (entry === 0) return false;
    const deadlineMs = db.deadlineOf(entry);
    return deadlineMs >= 0 && deadlineMs < this.#host.nowMs;
  }

  #spoil(client: Client): void {
    this.#release(client);
    this.#spoiled.add(client);
    setClientFlag(client, SPOILED_FLAG, true);
  }

  #release(client: Client): void {
    const own = this.#byClient.get(client);
    if (own === undefined) return;
    this.#byClient.delete(client);
    for (const watch of own) {
      const others = this.#byKey.get(watch.key)!.filter((other) => other !== watch);
      if (others.length > 0) this.#byKey.set(watch.key, others);
      else this.#byKey.delete(watch.key);
    }
  }
}
