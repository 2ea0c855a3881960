/**
 * Brings messages to those who listen.
 *
 * A message is spelled out once, whoever gets it: RESP2 and RESP3 differ in its first byte alone, and of patterns each has its
 * own message, as it names the pattern. From there it is copied to each subscriber's output, memory to memory, and nothing is
 * made on the way. What a subscriber does not read in time counts for its output limit, and beyond that ends it.
 *
 * @module
 */
import { allocateNative, type Client, globMatch, type Key, moduleState, ReplyWriter } from "../../server/api/mod.ts";
import { nameBytes } from "./names.ts";
import { Subscriptions } from "./subscriptions.ts";

/** A message up to this size is spelled in a buffer that is kept. */
const MESSAGE_BYTES = 64 * 1024;
const ARRAY = 0x2a;
const PUSH = 0x3e;

/** What may be listened to. */
export type SubscriptionKind = "channels" | "patterns" | "shardChannels";

/** The subscriptions of one server. */
export class Broker {
  readonly channels = new Subscriptions<Client>();
  readonly patterns = new Subscriptions<Client>();
  readonly shardChannels = new Subscriptions<Client>();
  /** The bytes of each pattern that somebody listens to. */
  readonly #patternBytes = new Map<number, Uint8Array>();
  readonly #buffer = new Uint8Array(allocateNative(MESSAGE_BYTES));
  readonly #message = new ReplyWriter();

  /** Whether nobody listens to any channel or pattern. */
  get isQuiet(): boolean {
    return this.channels.topicCount + this.patterns.topicCount === 0;
  }

  /** Sends a message, `size` bytes of `source` from `start`, to a channel; how many get it, each pattern's one counted. */
  publish(channel: Key, source: Uint8Array, start: number, size: number): number {
    let receivers = this.#publishTo(this.channels, "message", channel, source, start, size);
    if (this.patterns.topicCount === 0) return receivers;
    for (const [topic, pattern] of this.#patternBytes) {
      if (!globMatch(pattern, channel.buffer, false, channel.start, channel.length)) continue;
      const message = this.#begin(4, "pmessage");
      message.bulk(pattern);
      receivers += this.#deliver(this.patterns, topic, channel, source, start, size);
    }
    return receivers;
  }

  /** The same to a shard channel. */
  publishToShard(channel: Key, source: Uint8Array, start: number, size: number): number {
    return this.#publishTo(this.shardChannels, "smessage", channel, source, start, size);
  }

  /** Makes a subscription; false where there is one. */
  add(kind: SubscriptionKind, client: Client, name: Key): boolean {
    const subscriptions = this[kind];
    const topic = subscriptions.add(client, name);
    if (topic === 0) return false;
    if (kind === "patterns" && subscriptions.countOf(topic) === 1) {
      this.#patternBytes.set(topic, nameBytes(subscriptions.nameOf(topic)));
    }
    return true;
  }

  /** Ends a subscription; false where there is none. */
  remove(kind: SubscriptionKind, client: Client, name: Key): boolean {
    const topic = this[kind].remove(client, name);
    if (topic === 0) return false;
    this.#forget(kind, topic);
    return true;
  }

  /** Ends the subscription of longest standing of a client; the name, or null where there is none. */
  removeFirst(kind: SubscriptionKind, client: Client): string | null {
    const subscriptions = this[kind];
    const topic = subscriptions.firstTopicOf(client);
    if (topic === 0) return null;
    const name = subscriptions.nameOf(topic);
    subscriptions.removeFirst(client);
    this.#forget(kind, topic);
    return name;
  }

  #forget(kind: SubscriptionKind, topic: number): void {
    if (kind === "patterns" && this.patterns.countOf(topic) === 0) this.#patternBytes.delete(topic);
  }

  #publishTo(
    subscriptions: Subscriptions<Client>,
    kind: string,
    channel: Key,
    source: Uint8Array,
    start: number,
    size: number,
  ): number {
    const topic = subscriptions.topicCount === 0 ? 0 : subscriptions.topic(channel);
    if (topic === 0) return 0;
    this.#begin(3, kind);
    return this.#deliver(subscriptions, topic, channel, source, start, size);
  }

  /** Where messages to one client are spelled, to be sent before any other is published. */
  messagesFor(client: Client): ReplyWriter {
    this.#message.version = client.version;
    return this.#restart();
  }

  #restart(): ReplyWriter {
    const message = this.#message;
    message.buffer = this.#buffer;
    message.truncate(0);
    return message;
  }

  #begin(parts: number, kind: string): ReplyWriter {
    this.#message.version = 3;
    const message = this.#restart();
    message.push(parts);
    message.text(kind);
    return message;
  }

  /** Completes the message that was begun and hands it out. A client that is ended by it leaves without disturbing others. */
  #deliver(
    subscriptions: Subscriptions<Client>,
    topic: number,
    channel: Key,
    source: Uint8Array,
    start: number,
    size: number,
  ): number {
    const message = this.#message;
    message.bulk(channel.buffer, channel.start, channel.length);
    message.bulk(source, start, size);
    const { buffer, length } = message;
    const receivers = subscriptions.countOf(topic);
    for (let subscription = subscriptions.first(topic); subscription !== 0;) {
      const client = subscriptions.subscriber(subscription);
      subscription = subscriptions.next(subscription);
      buffer[0] = client.version < 3 ? ARRAY : PUSH;
      client.send(buffer, length);
    }
    // A long message took a buffer of its own, which is not kept.
    message.buffer = this.#buffer;
    return receivers;
  }
}

/** A server's broker. */
export const broker = moduleState(() => new Broker());
