/**
 * Brings messages to those who listen.
 *
 * A message is spelled out once, whoever gets it: RESP2 and RESP3 differ in its first byte alone, and of patterns each has its
 * own message, as it names the pattern. From there it is copied to each subscriber's output, memory to memory, and nothing is
 * made on the way. What a subscriber does not read in time counts for its output limit, and beyond that ends it.
 *
 * Messages that follow each other to the same channel, as from a client that sends many at once, are gathered, and each
 * subscriber gets them as one piece, before anything else is sent to anybody.
 *
 * @module
 */
import {
  allocateNative,
  type Client,
  globMatch,
  type Key,
  type ModuleHost,
  moduleState,
  ReplyWriter,
} from "../../server/api/mod.ts";
import { nameBytes } from "./names.ts";
import { Subscriptions } from "./subscriptions.ts";

/** A message up to this size is spelled in a buffer that is kept. */
const MESSAGE_BYTES = 64 * 1024;
const ARRAY = 0x2a;
const PUSH = 0x3e;

/** Messages that are gathered are handed out when there are so many bytes of them. */
const GATHERED_BYTES_MAX = 16 * 1024;

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
  readonly #host: ModuleHost;
  // Messages that are gathered: whose topic, their bytes, and where each of them begins.
  #gatheredFor: Subscriptions<Client> | null = null;
  #gatheredTopic = 0;
  readonly #gathered = new ReplyWriter();
  readonly #gatheredBuffer = new Uint8Array(allocateNative(MESSAGE_BYTES));
  readonly #gatheredStarts: number[] = [];
  readonly #handOut = () => this.#handOutGathered();

  constructor(host: ModuleHost) {
    this.#host = host;
  }

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
    this.#handOutGathered();
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
    this.#handOutGathered();
    const topic = this[kind].remove(client, name);
    if (topic === 0) return false;
    this.#forget(kind, topic);
    return true;
  }

  /** Ends the subscription of longest standing of a client; the name, or null where there is none. */
  removeFirst(kind: SubscriptionKind, client: Client): string | null {
    this.#handOutGathered();
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
    if (this.#mayGather(subscriptions, topic, size)) {
      this.#gather(kind, channel, source, start, size);
      return subscriptions.countOf(topic);
    }
    this.#begin(3, kind);
    return this.#deliver(subscriptions, topic, channel, source, start, size);
  }

  /**
   * Whether messages to a topic can be gathered. Not where only one client gets them, nor where other messages follow each, as of
   * patterns, nor where the sender itself may get them, before its reply.
   */
  #mayGather(subscriptions: Subscriptions<Client>, topic: number, size: number): boolean {
    if (this.patterns.topicCount > 0 || subscriptions.countOf(topic) === 1) return false;
    const sender = this.#host.executing;
    if (sender !== null && sender.channelCount + sender.shardChannelCount > 0) return false;
    if (this.#gatheredFor === subscriptions && this.#gatheredTopic === topic) return size <= GATHERED_BYTES_MAX;
    if (size > GATHERED_BYTES_MAX || !this.#host.hold(this.#handOut)) return false;
    this.#gatheredFor = subscriptions;
    this.#gatheredTopic = topic;
    return true;
  }

  #gather(kind: string, channel: Key, source: Uint8Array, start: number, size: number): void {
    const messages = this.#gathered;
    if (messages.length === 0) messages.buffer = this.#gatheredBuffer;
    this.#gatheredStarts.push(messages.length);
    messages.version = 3;
    messages.push(3);
    messages.text(kind);
    messages.bulk(channel.buffer, channel.start, channel.length);
    messages.bulk(source, start, size);
    if (messages.length >= GATHERED_BYTES_MAX) this.#handOutGathered();
  }

  #handOutGathered(): void {
    const subscriptions = this.#gatheredFor;
    if (subscriptions === null) return;
    const messages = this.#gathered;
    const { buffer, length } = messages;
    this.#gatheredFor = null;
    const left = this.#handTo(subscriptions, 3, buffer, length);
    if (left > 0) {
      for (const start of this.#gatheredStarts) buffer[start] = ARRAY;
      this.#handTo(subscriptions, 2, buffer, length);
    }
    messages.truncate(0);
    this.#gatheredStarts.length = 0;
  }

  /** Sends the bytes to those who speak a version; how many speak another one. */
  #handTo(subscriptions: Subscriptions<Client>, version: number, buffer: Uint8Array, length: number): number {
    let others = 0;
    for (let subscription = subscriptions.first(this.#gatheredTopic); subscription !== 0;) {
      const client = subscriptions.subscriber(subscription);
      subscription = subscriptions.next(subscription);
      if (client.version === version) client.send(buffer, length);
      else others++;
    }
    return others;
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
export const broker = moduleState((host) => new Broker(host));
