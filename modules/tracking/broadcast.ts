/**
 * Clients that are told of every changed key that begins with one of their prefixes.
 *
 * They are told at the end of the turn: of all keys together, each once, in the order of their bytes. So what they cost does
 * not depend on how often a key changes within a turn, and nothing needs to be remembered about who has read what.
 *
 * @module
 */
import { type Client, Key, KeyMap } from "../../server/api/mod.ts";
import { compareBytes, startsWith } from "./bytes.ts";
import type { Tracker } from "./tracker.ts";

/** A prefix that somebody is told about. */
interface Prefix {
  readonly bytes: Uint8Array;
  readonly trackers: Set<Tracker>;
  /** The keys that changed in this turn, and who changed them first, if it was a client. */
  readonly changed: KeyMap<Client | null>;
}

export class Broadcast {
  /** In the order of their bytes. */
  #prefixes: readonly Prefix[] = [];
  #isScheduled = false;

  /** How many different prefixes there are. */
  get prefixCount(): number {
    return this.#prefixes.length;
  }

  /** Tells a client of a further prefix. */
  add(tracker: Tracker, bytes: Uint8Array): void {
    let prefix = this.#prefixes.find((known) => compareBytes(known.bytes, bytes) === 0);
    if (prefix === undefined) {
      prefix = { bytes, trackers: new Set(), changed: new KeyMap() };
      this.#prefixes = [...this.#prefixes, prefix].sort((a, b) => compareBytes(a.bytes, b.bytes));
    }
    if (prefix.trackers.has(tracker)) return;
    prefix.trackers.add(tracker);
    tracker.prefixes = [...tracker.prefixes, bytes].sort(compareBytes);
  }

  /** Tells a client no more. */
  remove(tracker: Tracker): void {
    for (const prefix of this.#prefixes) prefix.trackers.delete(tracker);
    this.#prefixes = this.#prefixes.filter(({ trackers }) => trackers.size > 0);
    tracker.prefixes = [];
  }

  /** A key was changed, by a client or by the server. */
  touched(key: Key, by: Client | null): void {
    for (const { bytes, changed } of this.#prefixes) {
      if (!startsWith(key, bytes) || changed.get(key) !== undefined) continue;
      changed.set(Key.of(key.toBytes()), by);
      this.#schedule();
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      for (const prefix of this.#prefixes) tellAll(prefix);
    });
  }
}

function tellAll({ trackers, changed }: Prefix): void {
  if (changed.size === 0) return;
  const items = [...changed.keys()].map((key) => ({ bytes: key.toBytes(), by: changed.get(key) }));
  items.sort((a, b) => compareBytes(a.bytes, b.bytes));
  changed.clear();
  for (const tracker of trackers) {
    const told = tracker.mode.noLoop ? items.filter(({ by }) => by !== tracker.client) : items;
    if (told.length > 0) tracker.tell(told.map(({ bytes }) => bytes));
  }
}
