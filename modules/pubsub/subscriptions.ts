/**
 * Who listens to what: subscribers on the one side, topics (channels, or patterns of them) on the other, and between them
 * subscriptions, each in two lists: of its topic, and of its subscriber.
 *
 * All of it is found by hashing and left by unlinking, so a subscription is made or ended in the same time however many there
 * are, and a subscriber that goes costs as much as it had subscriptions. A subscription takes 36 bytes, a topic about as many and
 * its name; nothing of it is an object but that name.
 *
 * @module
 */
import type { Key } from "../../server/api/mod.ts";
import { Chains } from "./chains.ts";
import { nameOf, spells } from "./names.ts";
import { Records } from "./records.ts";

// Fields of a topic.
const TOPIC_HASH = 0;
const TOPIC_NEXT = 1;
const TOPIC_FIRST = 2;
const TOPIC_LAST = 3;
const TOPIC_COUNT = 4;
const TOPIC_FIELDS = 5;

// Fields of a subscription; in each of its lists, those before and behind it.
const HASH = 0;
const NEXT = 1;
const TOPIC = 2;
const SUBSCRIBER = 3;
const TOPIC_BEFORE = 4;
const TOPIC_BEHIND = 5;
const OWN_BEFORE = 6;
const OWN_BEHIND = 7;
const FIELDS = 8;

// Fields of a subscriber; the first is never 0 while it is in use, as it has a subscription.
const OWN_FIRST = 0;
const OWN_LAST = 1;
const SUBSCRIBER_FIELDS = 2;

/** Topics, subscriptions and subscribers are numbers from 1 on; 0 is none. */
export class Subscriptions<Subscriber> {
  readonly #topics = new Records(TOPIC_FIELDS);
  readonly #topicIndex = new Chains(this.#topics, TOPIC_HASH, TOPIC_NEXT);
  #names: string[] = [];
  readonly #all = new Records(FIELDS);
  readonly #index = new Chains(this.#all, HASH, NEXT);
  readonly #own = new Records(SUBSCRIBER_FIELDS);
  readonly #numbers = new Map<Subscriber, number>();
  readonly #subscribers: (Subscriber | null)[] = [];

  /** Topics that somebody listens to. */
  get topicCount(): number {
    return this.#topics.count;
  }

  /** A topic by its name. */
  topic(name: Key): number {
    const { hash } = name;
    for (let topic = this.#topicIndex.first(hash); topic !== 0; topic = this.#topicIndex.next(topic)) {
      if (this.#topics.get(topic, TOPIC_HASH) === hash && spells(this.#names[topic], name)) return topic;
    }
    return 0;
  }

  /** A byte for each character. */
  nameOf(topic: number): string {
    return this.#names[topic];
  }

  /** How many listen to a topic, which may be gone. */
  countOf(topic: number): number {
    return topic === 0 || topic >= this.#topics.end ? 0 : this.#topics.get(topic, TOPIC_COUNT);
  }

  /** Visits all topics. */
  forEachTopic(visit: (topic: number) => void): void {
    for (let topic = 1; topic < this.#topics.end; topic++) if (this.countOf(topic) > 0) visit(topic);
  }

  /** A topic's subscription of longest standing. */
  first(topic: number): number {
    return this.#topics.get(topic, TOPIC_FIRST);
  }

  /** The next of the same topic. Take it before the present one may end. */
  next(subscription: number): number {
    return this.#all.get(subscription, TOPIC_BEHIND);
  }

  /** Whose it is. */
  subscriber(subscription: number): Subscriber {
    return this.#subscribers[this.#all.get(subscription, SUBSCRIBER)]!;
  }

  /** Makes a subscription, and the topic where it is new; the topic, or 0 where the subscriber listens to it already. */
  add(subscriber: Subscriber, name: Key): number {
    const number = this.#numbers.get(subscriber) ?? this.#addSubscriber(subscriber);
    const known = this.topic(name);
    if (known !== 0 && this.#find(known, number) !== 0) return 0;
    const topic = known === 0 ? this.#addTopic(name) : known;
    const subscription = this.#all.take();
    this.#all.set(subscription, HASH, pairHash(topic, number));
    this.#all.set(subscription, TOPIC, topic);
    this.#all.set(subscription, SUBSCRIBER, number);
    this.#index.add(subscription);
    this.#linkToTopic(subscription, topic);
    this.#linkToSubscriber(subscription, number);
    return topic;
  }

  /** Ends a subscription by its topic's name; the topic, which may be gone, or 0 where there was none. */
  remove(subscriber: Subscriber, name: Key): number {
    const number = this.#numbers.get(subscriber);
    const topic = number === undefined ? 0 : this.topic(name);
    const subscription = topic === 0 ? 0 : this.#find(topic, number!);
    if (subscription === 0) return 0;
    this.#end(subscription);
    return topic;
  }

  /** The topic that a subscriber has listened to for longest. */
  firstTopicOf(subscriber: Subscriber): number {
    const number = this.#numbers.get(subscriber);
    return number === undefined ? 0 : this.#all.get(this.#own.get(number, OWN_FIRST), TOPIC);
  }

  /** Ends the subscription of longest standing of a subscriber that has any. */
  removeFirst(subscriber: Subscriber): void {
    this.#end(this.#own.get(this.#numbers.get(subscriber)!, OWN_FIRST));
  }

  #find(topic: number, subscriber: number): number {
    const first = this.#index.first(pairHash(topic, subscriber));
    for (let subscription = first; subscription !== 0; subscription = this.#index.next(subscription)) {
      if (this.#all.get(subscription, TOPIC) !== topic) continue;
      if (this.#all.get(subscription, SUBSCRIBER) === subscriber) return subscription;
    }
    return 0;
  }

  #addTopic(name: Key): number {
    const topic = this.#topics.take();
    this.#topics.set(topic, TOPIC_HASH, name.hash);
    this.#names[topic] = nameOf(name);
    this.#topicIndex.add(topic);
    return topic;
  }

  #addSubscriber(subscriber: Subscriber): number {
    const number = this.#own.take();
    this.#numbers.set(subscriber, number);
    this.#subscribers[number] = subscriber;
    return number;
  }

  #linkToTopic(subscription: number, topic: number): void {
    const last = this.#topics.get(topic, TOPIC_LAST);
    this.#all.set(subscription, TOPIC_BEFORE, last);
    if (last === 0) this.#topics.set(topic, TOPIC_FIRST, subscription);
    else this.#all.set(last, TOPIC_BEHIND, subscription);
    this.#topics.set(topic, TOPIC_LAST, subscription);
    this.#topics.set(topic, TOPIC_COUNT, this.#topics.get(topic, TOPIC_COUNT) + 1);
  }

  #linkToSubscriber(subscription: number, number: number): void {
    const last = this.#own.get(number, OWN_LAST);
    this.#all.set(subscription, OWN_BEFORE, last);
    if (last === 0) this.#own.set(number, OWN_FIRST, subscription);
    else this.#all.set(last, OWN_BEHIND, subscription);
    this.#own.set(number, OWN_LAST, subscription);
  }

  #end(subscription: number): void {
    this.#index.remove(subscription);
    this.#unlinkFromTopic(subscription, this.#all.get(subscription, TOPIC));
    this.#unlinkFromSubscriber(subscription, this.#all.get(subscription, SUBSCRIBER));
    this.#all.give(subscription);
  }

  /** A topic that nobody listens to any more is gone. */
  #unlinkFromTopic(subscription: number, topic: number): void {
    const before = this.#all.get(subscription, TOPIC_BEFORE);
    const behind = this.#all.get(subscription, TOPIC_BEHIND);
    if (before === 0) this.#topics.set(topic, TOPIC_FIRST, behind);
    else this.#all.set(before, TOPIC_BEHIND, behind);
    if (behind === 0) this.#topics.set(topic, TOPIC_LAST, before);
    else this.#all.set(behind, TOPIC_BEFORE, before);
    const count = this.#topics.get(topic, TOPIC_COUNT) - 1;
    this.#topics.set(topic, TOPIC_COUNT, count);
    if (count > 0) return;
    this.#topicIndex.remove(topic);
    this.#names[topic] = "";
    this.#topics.give(topic);
    if (this.#topics.count === 0) this.#names = [];
  }

  #unlinkFromSubscriber(subscription: number, number: number): void {
    const before = this.#all.get(subscription, OWN_BEFORE);
    const behind = this.#all.get(subscription, OWN_BEHIND);
    if (before === 0) this.#own.set(number, OWN_FIRST, behind);
    else this.#all.set(before, OWN_BEHIND, behind);
    if (behind === 0) this.#own.set(number, OWN_LAST, before);
    else this.#all.set(behind, OWN_BEFORE, before);
    if (before !== 0 || behind !== 0) return;
    this.#numbers.delete(this.#subscribers[number]!);
    this.#subscribers[number] = null;
    this.#own.give(number);
  }
}

/** Spreads pairs of small numbers over all bits. */
function pairHash(topic: number, subscriber: number): number {
  let hash = Math.imul(topic, 0x9e3779b1) ^ Math.imul(subscriber, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return hash ^ (hash >>> 16);
}
