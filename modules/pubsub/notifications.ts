/**
 * Keyspace notifications: what happens to keys, published to channels named after the key and after the event.
 * Source: https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/
 *
 * Only while `notify-keyspace-events` asks for it is anything told of events at all, and of misses and new keys only where
 * they are asked for.
 *
 * @module
 */
import {
  copyBytes,
  type Database,
  encodeText,
  Key,
  KeyEvents,
  type ModuleHost,
  moduleState,
} from "../../server/api/mod.ts";
import { type Broker, broker } from "./broker.ts";

const CHANNEL_BYTES = 256;
const { keyspaceChannel, keyeventChannel, keyMiss, newKey } = KeyEvents;

/** The notifications of one server. */
class Notifications {
  /** Bits of `notify-keyspace-events`. */
  #wanted = 0;
  #unhook = () => {};
  readonly #broker: Broker;
  /** Names of events, and what channels begin with, as bytes. */
  readonly #texts = new Map<string, Uint8Array>();
  #channel = new Uint8Array(CHANNEL_BYTES);
  readonly #channelKey = new Key();

  constructor(readonly host: ModuleHost) {
    this.#broker = host.state(broker);
  }

  /** Publishes these events from now on. */
  publish(wanted: number): void {
    this.#unhook();
    this.#unhook = () => {};
    this.#wanted = wanted;
    const classes = wanted & ~(keyspaceChannel | keyeventChannel);
    if (classes === 0 || classes === wanted) return;
    this.#unhook = this.host.hook({
      keyEvent: ({ db, key, event }) => {
        if ((event.class & this.#wanted) !== 0) this.#notify(db, key, event.name);
      },
      keyMissed: (wanted & keyMiss) === 0 ? undefined : ({ db, key }) => this.#notify(db, key, "keymiss"),
      keyCreated: (wanted & newKey) === 0 ? undefined : ({ db, key }) => this.#notify(db, key, "new"),
    });
  }

  #notify(db: Database, key: Key, event: string): void {
    if (this.#broker.isQuiet) return;
    const name = this.#bytes(event);
    if ((this.#wanted & keyspaceChannel) !== 0) {
      const channel = this.#channelOf(`__keyspace@${db.index}__:`, key.buffer, key.start, key.length);
      this.#broker.publish(channel, name, 0, name.length);
    }
    if ((this.#wanted & keyeventChannel) !== 0) {
      const channel = this.#channelOf(`__keyevent@${db.index}__:`, name, 0, name.length);
      this.#broker.publish(channel, key.buffer, key.start, key.length);
    }
  }

  #channelOf(prefix: string, source: Uint8Array, start: number, size: number): Key {
    const first = this.#bytes(prefix);
    const length = first.length + size;
    const channel = length <= CHANNEL_BYTES ? this.#channel : new Uint8Array(length);
    copyBytes(first, 0, channel, 0, first.length);
    copyBytes(source, start, channel, first.length, size);
    return this.#channelKey.load(channel, 0, length);
  }

  #bytes(text: string): Uint8Array {
    let bytes = this.#texts.get(text);
    if (bytes === undefined) this.#texts.set(text, bytes = encodeText(text));
    return bytes;
  }
}

/** A server's notifications. */
export const notifications = moduleState((host) => new Notifications(host));
