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
  clientState,
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

/** Keys that are kept to be filled again, and the bytes of each. */
const SPARE_KEYS_MAX = 256;
const SPARE_BYTES_MAX = 1024;

/** A key that a client watches. */
interface Watch {
  readonly watcher: Watcher;
  readonly db: Database;
  /** The same object for all who watch a key. */
  readonly key: Key;
  /** Whether its deadline had passed before; then it is as good as missing. */
  wasDue: boolean;
}

const NOBODY: readonly Watch[] = [];

/** A client that watches keys, or has. */
export class Watcher {
  readonly watches: Watch[] = [];
  /** Whether a change was seen; the deadlines that have passed unseen are not asked for. */
  isSpoiled = false;
  /** Where its watches are. */
  keys: WatchedKeys | null = null;

  constructor(readonly client: Client) {}

  /** Whether a key is not what it was. */
  get hasChanged(): boolean {
    return this.isSpoiled || (this.watches.length > 0 && this.keys!.anyDue(this.watches));
  }

  /** Ends what it watches, and forgets what has become of it. */
  forget(): void {
    if (this.watches.length > 0) this.keys!.release(this);
    if (!this.isSpoiled) return;
    this.isSpoiled = false;
    setClientFlag(this.client, SPOILED_FLAG, false);
  }
}

/** What each client watches. */
export const watchers = clientState((client) => new Watcher(client));

/** The watched keys of one server. */
export const watchedKeys = moduleState((host) => new WatchedKeys(host));

class WatchedKeys {
  readonly #host: ModuleHost;
  /** A change of a key that nobody watches costs one look. */
  readonly #byKey = new KeyMap<Watch[]>();
  readonly #spareKeys: Key[] = [];
  readonly #hooks: ModuleHooks = {
    keyTouched: ({ db, key }) => this.#touched(db, key),
    databasesFlushed: ({ databases }) => this.#flushed(databases),
    databasesSwapped: ({ databases }) => this.#swapped(databases),
  };
  #unhook: (() => void) | null = null;

  constructor(host: ModuleHost) {
    this.#host = host;
  }

  /** Whether a deadline has passed, but for those that had passed before. */
  anyDue(watches: readonly Watch[]): boolean {
    return watches.some(({ db, key, wasDue }) => !wasDue && this.#isDue(db, key));
  }

  /** Watches a key. */
  add(watcher: Watcher, db: Database, key: Key): void {
    if (watcher.isSpoiled) return;
    const others = this.#byKey.get(key);
    if (others?.some((watch) => watch.watcher === watcher && watch.db === db)) return;
    const own = others === undefined ? (this.#spareKeys.pop() ?? new Key()).copyOf(key) : others[0].key;
    const watch: Watch = { watcher, db, key: own, wasDue: this.#isDue(db, key) };
    if (others === undefined) this.#byKey.set(own, [watch]);
    else others.push(watch);
    watcher.watches.push(watch);
    watcher.keys = this;
    this.#unhook ??= this.#host.hook(this.#hooks);
  }

  /** Ends what a client watches. */
  release({ watches }: Watcher): void {
    for (let left = watches.length; left > 0; left--) this.#remove(watches.pop()!);
  }

  /** Called now and then: where nobody watches any more, changes need not be told. */
  rest(): void {
    if (this.#unhook === null || this.#byKey.size > 0) return;
    this.#unhook();
    this.#unhook = null;
  }

  /** Who is told of the change leaves the list with that. */
  #touched(db: Database, key: Key): void {
    const watches = this.#byKey.get(key) ?? NOBODY;
    for (const watch of watches.length > 1 ? [...watches] : watches) {
      if (watch.db !== db) continue;
      if (watch.wasDue && db.find(key) === 0) watch.wasDue = false;
      else this.#spoil(watch.watcher);
    }
  }

  #flushed(databases: readonly Database[]): void {
    for (const watch of this.#watchesOf(databases)) {
      if (watch.db.find(watch.key) === 0) continue;
      if (watch.wasDue) watch.wasDue = false;
      else this.#spoil(watch.watcher);
    }
  }

  /** What the databases had, each other has now. */
  #swapped([first, second]: readonly Database[]): void {
    for (const watch of this.#watchesOf([first, second])) {
      const { db, key, wasDue } = watch;
      const existed = (db === first ? second : first).find(key) !== 0;
      const exists = db.find(key) !== 0;
      const isDue = this.#isDue(db, key);
      if ((existed && !wasDue) || (exists && !isDue)) this.#spoil(watch.watcher);
      else watch.wasDue = isDue;
    }
  }

  #watchesOf(databases: readonly Database[]): Watch[] {
    return [...this.#byKey.values()].flat().filter(({ db }) => databases.includes(db));
  }

  #isDue(db: Database, key: Key): boolean {
    const entry = db.find(key);
    if (entry === 0) return false;
    const deadlineMs = db.deadlineOf(entry);
    return deadlineMs >= 0 && deadlineMs < this.#host.nowMs;
  }

  #spoil(watcher: Watcher): void {
    this.release(watcher);
    watcher.isSpoiled = true;
    setClientFlag(watcher.client, SPOILED_FLAG, true);
  }

  #remove(watch: Watch): void {
    const { key } = watch;
    const others = this.#byKey.get(key)!;
    if (others.length > 1) {
      others.splice(others.indexOf(watch), 1);
      return;
    }
    this.#byKey.delete(key);
    if (this.#spareKeys.length < SPARE_KEYS_MAX && key.buffer.length <= SPARE_BYTES_MAX) this.#spareKeys.push(key);
  }
}
