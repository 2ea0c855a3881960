import { assertEquals } from "@std/assert";
import { Key } from "../../server/api/mod.ts";
import { SeededRandom } from "../../tests/fuzz/seeded_random.ts";
import { Subscriptions } from "./subscriptions.ts";

interface Listener {
  readonly id: number;
}

/** The same by maps and sets: of each listener the names in the order in which it began to listen. */
class Model {
  readonly byListener = new Map<Listener, Set<string>>();

  names(listener: Listener): Set<string> {
    let names = this.byListener.get(listener);
    if (names === undefined) this.byListener.set(listener, names = new Set());
    return names;
  }

  listenersOf(name: string): number[] {
    return [...this.byListener].filter(([, names]) => names.has(name)).map(([{ id }]) => id).sort((a, b) => a - b);
  }

  get topics(): string[] {
    return [...new Set([...this.byListener.values()].flatMap((names) => [...names]))].sort();
  }
}

function listenersOf(subscriptions: Subscriptions<Listener>, name: string): number[] {
  const topic = subscriptions.topic(Key.of(name));
  const ids: number[] = [];
  if (topic === 0) return ids;
  for (let at = subscriptions.first(topic); at !== 0; at = subscriptions.next(at)) {
    ids.push(subscriptions.subscriber(at).id);
  }
  assertEquals(subscriptions.countOf(topic), ids.length);
  return ids.sort((a, b) => a - b);
}

function topicsOf(subscriptions: Subscriptions<Listener>): string[] {
  const names: string[] = [];
  subscriptions.forEachTopic((topic) => names.push(subscriptions.nameOf(topic)));
  return names.sort();
}

Deno.test("subscriptions: as a model of maps and sets has them, however they come and go", () => {
  for (let seed = 1; seed <= 5; seed++) {
    const random = new SeededRandom(seed);
    const subscriptions = new Subscriptions<Listener>();
    const model = new Model();
    const listeners = Array.from({ length: 40 }, (_, id) => ({ id }));
    const names = Array.from({ length: 300 }, (_, i) => `${"n".repeat(i % 70)}${i}`);
    for (let step = 0; step < 20_000; step++) {
      // The number of subscriptions swells and ebbs.
      const grows = random.chance(step % 5000 < 2500 ? 0.8 : 0.2);
      const listener = random.pick(listeners);
      const own = model.names(listener);
      const name = random.pick(names);
      if (grows) {
        assertEquals(subscriptions.add(listener, Key.of(name)) !== 0, !own.has(name));
        own.add(name);
      } else if (random.chance(0.01)) {
        while (subscriptions.firstTopicOf(listener) !== 0) {
          const [first] = own;
          assertEquals(subscriptions.nameOf(subscriptions.firstTopicOf(listener)), first);
          subscriptions.removeFirst(listener);
          own.delete(first);
        }
        assertEquals(own.size, 0);
      } else {
        assertEquals(subscriptions.remove(listener, Key.of(name)) !== 0, own.has(name));
        own.delete(name);
      }
      if (step % 500 !== 0) continue;
      assertEquals(topicsOf(subscriptions), model.topics);
      assertEquals(subscriptions.topicCount, model.topics.length);
      for (const each of names) assertEquals(listenersOf(subscriptions, each), model.listenersOf(each), `seed ${seed}`);
    }
    for (const listener of listeners) {
      while (subscriptions.firstTopicOf(listener) !== 0) subscriptions.removeFirst(listener);
    }
    assertEquals([subscriptions.topicCount, topicsOf(subscriptions)], [0, []]);
    assertEquals(subscriptions.add(listeners[0], Key.of("again")) !== 0, true);
    assertEquals(listenersOf(subscriptions, "again"), [0]);
  }
});

Deno.test("subscriptions: who leaves while a message goes round disturbs nobody", () => {
  const subscriptions = new Subscriptions<Listener>();
  const listeners = Array.from({ length: 5 }, (_, id) => ({ id }));
  for (const listener of listeners) subscriptions.add(listener, Key.of("a"));
  const reached: number[] = [];
  for (let at = subscriptions.first(subscriptions.topic(Key.of("a"))); at !== 0;) {
    const listener = subscriptions.subscriber(at);
    at = subscriptions.next(at);
    subscriptions.remove(listener, Key.of("a"));
    reached.push(listener.id);
  }
  assertEquals(reached, [0, 1, 2, 3, 4]);
  assertEquals(subscriptions.topicCount, 0);
});

Deno.test("subscriptions: many of one listener, twice", () => {
  const subscriptions = new Subscriptions<Listener>();
  const [one, other] = [{ id: 1 }, { id: 2 }];
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 20_000; i++) subscriptions.add(i % 3 === 0 ? other : one, Key.of(`topic ${i}`));
    assertEquals(subscriptions.topicCount, 20_000);
    for (let i = 19_999; i >= 0; i -= 2) {
      const topic = subscriptions.remove(i % 3 === 0 ? other : one, Key.of(`topic ${i}`));
      assertEquals([topic !== 0, subscriptions.countOf(topic)], [true, 0]);
    }
    let left = subscriptions.topicCount;
    assertEquals(left, 10_000);
    for (const listener of [one, other]) {
      for (; subscriptions.firstTopicOf(listener) !== 0; left--) {
        const topic = subscriptions.firstTopicOf(listener);
        subscriptions.removeFirst(listener);
        assertEquals(subscriptions.countOf(topic), 0);
      }
    }
    assertEquals([left, subscriptions.topicCount], [0, 0]);
  }
});

Deno.test("subscriptions: names are bytes, of any length", () => {
  const subscriptions = new Subscriptions<Listener>();
  const listener = { id: 1 };
  const long = Uint8Array.from({ length: 20_000 }, (_, i) => i);
  for (const name of [new Uint8Array(), Uint8Array.of(0), Uint8Array.of(0xff, 0x80), long]) {
    const topic = subscriptions.add(listener, Key.of(name));
    assertEquals(Uint8Array.from(subscriptions.nameOf(topic), (character) => character.charCodeAt(0)), name);
    assertEquals(subscriptions.topic(Key.of(name)), topic);
  }
  assertEquals(subscriptions.topic(Key.of(long.subarray(1))), 0);
  assertEquals(subscriptions.topicCount, 4);
});
