import { assert, assertEquals } from "@std/assert";
import { defineType } from "../api/type.ts";
import { Random } from "../base/random.ts";
import { Key } from "../structures/key.ts";
import type { Database } from "./database.ts";
import { Config } from "../config/config.ts";
import { Keyspace } from "./keyspace.ts";
import { evictionPolicy, Memory } from "./memory.ts";

const plain = defineType({
  name: "plain",
  storage: "bytes",
  encodings: ["int", "short", "long"],
  shortBytesMax: 44,
  rdb: { opcodes: [0], save: () => {}, load: () => new Uint8Array() },
  digest: () => {},
});

const boxed = defineType<{ text: string }>({
  name: "boxed",
  storage: "object",
  create: () => ({ text: "" }),
  copy: ({ text }) => ({ text }),
  memoryUsage: () => 100,
  rdb: { save: () => {}, load: () => ({ text: "" }) },
  digest: () => {},
});

const clock = {
  nowMs: 1_000_000,
  tick: () => 0,
  monotonicMicroseconds: () => 0,
  rewind: () => {},
  calibrate: () => {},
  readMicroseconds: () => 0,
  coarse: () => 0,
};

function makeKeyspace({ slotted = false, seed = 1 } = {}): Keyspace {
  const keyspace = new Keyspace({
    config: new Config([]),
    clock,
    random: new Random(seed),
    databaseCount: 3,
    heapBytesMax: 0,
    slotted,
  });
  keyspace.kinds.register(plain);
  keyspace.kinds.register(boxed);
  return keyspace;
}

interface Expected {
  text: string;
  deadlineMs: number;
}

/** What a database holds, by key. */
type Model = Map<string, Expected>;

const encode = (text: string) => new TextEncoder().encode(text);

function set(db: Database, name: string, text: string, model: Model): void {
  const bytes = encode(text);
  if (/^(0|-?[1-9]\d{0,14})$/.test(text)) db.setInteger(Key.of(name), plain, Number(text));
  else db.setBytes(Key.of(name), plain, bytes, 0, bytes.length);
  model.set(name, { text, deadlineMs: -1 });
}

function check(keyspace: Keyspace, models: readonly Model[]): void {
  assertEquals(keyspace.verify().problems, []);
  keyspace.databases.forEach((db, i) => {
    assertEquals(db.size, models[i].size);
    for (const [name, { text, deadlineMs }] of models[i]) {
      const value = db.readBytes(Key.of(name), plain);
      assert(value !== null, `${name} is missing in ${i}`);
      assertEquals(new TextDecoder().decode(value!.toBytes()), text);
      assertEquals(db.deadlineOf(db.peek(Key.of(name))), deadlineMs);
    }
  });
}

for (const slotted of [false, true]) {
  Deno.test(`keyspace: random changes, checked against maps${slotted ? ", by hash slot" : ""}`, () => {
    const keyspace = makeKeyspace({ slotted });
    const random = new Random(slotted ? 21 : 20);
    const models: Model[] = [new Map(), new Map(), new Map()];
    const texts = ["", "1", "-77", "123456789012", "short", "x".repeat(44), "y".repeat(45), "z".repeat(9000)];
    for (let step = 0; step < 12_000; step++) {
      const i = random.below(3);
      const [db, model] = [keyspace.databases[i], models[i]];
      const name = `key:${random.below(300)}${"k".repeat(random.below(3) * 33)}`;
      const key = Key.of(name);
      const known = model.get(name);
      switch (random.below(9)) {
        case 0:
        case 1:
          set(db, name, texts[random.below(texts.length)] + (random.below(2) ? "" : "a"), model);
          break;
        case 2:
          assertEquals(db.remove(key), known !== undefined);
          model.delete(name);
          break;
        case 3:
          if (known === undefined) break;
          known.deadlineMs = clock.nowMs + 1 + random.below(2 ** 31) * 1000;
          db.setDeadline(key, known.deadlineMs);
          break;
        case 4:
          assertEquals(db.clearDeadline(key), known !== undefined && known.deadlineMs >= 0);
          if (known !== undefined) known.deadlineMs = -1;
          break;
        case 5: {
          const length = random.below(20) === 0 ? 9500 : random.below(200);
          db.resizeBytes(key, plain, length);
          const text = (known?.text ?? "").slice(0, length).padEnd(length, "\0");
          model.set(name, { text, deadlineMs: known?.deadlineMs ?? -1 });
          break;
        }
        case 6: {
          const other = random.below(3);
          const to = `key:${random.below(300)}`;
          if (known === undefined || (other === i && to === name)) break;
          db.rename(key, Key.of(to), keyspace.databases[other]);
          model.delete(name);
          models[other].set(to, known);
          break;
        }
        case 7: {
          const other = random.below(3);
          const to = `key:${random.below(300)}`;
          if (known === undefined || (other === i && to === name)) break;
          assert(db.copy(key, Key.of(to), keyspace.databases[other]));
          models[other].set(to, { ...known });
          break;
        }
        case 8:
          if (random.below(100) > 0) break;
          keyspace.swap(keyspace.databases[0], keyspace.databases[1]);
          [models[0], models[1]] = [models[1], models[0]];
          break;
      }
      if (step % 3000 === 2999) check(keyspace, models);
    }
    assertEquals(keyspace.flush([keyspace.databases[1]], true), models[1].size);
    models[1].clear();
    check(keyspace, models);
    keyspace.lazyFree.drain();
    check(keyspace, models);
    keyspace.flush(keyspace.databases, false);
    check(keyspace, [new Map(), new Map(), new Map()]);
  });
}

for (const slotted of [false, true]) {
  Deno.test(`keyspace: a database is freed in portions${slotted ? ", by hash slot" : ""}`, async () => {
    const keyspace = makeKeyspace({ slotted });
    const [db, , last] = keyspace.databases;
    set(last, "stays", "here", new Map());
    const { liveBlocks } = keyspace.heap;
    for (let i = 0; i < 20_000; i++) {
      set(db, `key:${i}`, `value ${i}`, new Map());
      if (i % 3 === 0) db.setDeadline(Key.of(`key:${i}`), clock.nowMs + 1000);
    }
    assertEquals(keyspace.flush([db], true), 20_000);
    // The new tables take as many blocks as the old ones did when they were empty.
    let turns = 0;
    for (; keyspace.heap.liveBlocks > liveBlocks; turns++) {
      assertEquals(keyspace.verify().problems, []);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    assert(turns > 1);
    assertEquals([keyspace.lazyFree.pendingObjects, keyspace.lazyFree.freedObjects], [0, 20_000]);
    assertEquals(keyspace.verify().problems, []);
  });
}

Deno.test("keyspace: objects are kept, copied and let go", () => {
  const keyspace = makeKeyspace();
  const [db] = keyspace.databases;
  db.upsert(Key.of("a"), boxed).text = "one";
  db.copy(Key.of("a"), Key.of("b"), db);
  db.write(Key.of("b"), boxed)!.text = "two";
  assertEquals([db.read(Key.of("a"), boxed)!.text, db.read(Key.of("b"), boxed)!.text], ["one", "two"]);
  set(db, "a", "plain now", new Map());
  db.remove(Key.of("b"));
  assertEquals(keyspace.objects.count, 0);
  assertEquals(keyspace.verify().problems, []);
});

Deno.test("keyspace: the keys of a hash slot are found without the others", () => {
  const keyspace = makeKeyspace({ slotted: true });
  const [db] = keyspace.databases;
  for (let i = 0; i < 1000; i++) set(db, i % 10 === 0 ? `{tag}:${i}` : `key:${i}`, "v", new Map());
  const found: string[] = [];
  db.forEachInSlot(8338, (entry) => found.push(new TextDecoder().decode(db.keyOf(entry))));
  assertEquals(found.filter((name) => name.startsWith("{tag}")).length, 100);
  assertEquals(db.countInSlot(8338), found.length);
  assert(found.length < 110);
});

Deno.test("memory: each policy makes room by its own choice", () => {
  for (
    const name of ["allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-ttl", "volatile-random"]
  ) {
    const keyspace = makeKeyspace();
    const [db] = keyspace.databases;
    const memory = new Memory(keyspace, new Random(1));
    memory.policy = evictionPolicy(name);
    memory.evictionMsMax = Infinity;
    memory.evict = (from, key) => void from.remove(key);
    for (let i = 0; i < 2000; i++) {
      set(db, `key:${i}`, "x".repeat(100), new Map());
      const entry = db.peek(Key.of(`key:${i}`));
      if (memory.policy.by === "lfu") db.setFrequency(entry, i < 1000 ? 1 : 200);
      else db.setIdleSeconds(entry, i < 1000 ? 5000 : 1);
      if (i < 1000) db.setDeadline(Key.of(`key:${i}`), clock.nowMs + 1000 + i);
    }
    memory.bytesMax = memory.usedBytes - 50_000;
    assert(memory.makeRoom(), name);
    assert(memory.usedBytes <= memory.bytesMax, name);
    let young = 0;
    for (let i = 1000; i < 2000; i++) if (db.peek(Key.of(`key:${i}`)) !== 0) young++;
    if (name !== "allkeys-random") assert(young > 990, `${name} left ${young} of 1000 keys that it should keep`);
    assertEquals(keyspace.verify().problems, []);
  }
});

Deno.test("memory: without a policy nothing is evicted", () => {
  const keyspace = makeKeyspace();
  const memory = new Memory(keyspace, new Random(1));
  set(keyspace.databases[0], "k", "v", new Map());
  memory.bytesMax = 1;
  assertEquals(memory.makeRoom(), false);
  assertEquals(keyspace.size, 1);
});
