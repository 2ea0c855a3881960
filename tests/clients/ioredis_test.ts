/**
 * A session with `ioredis`, the client that most Node.js programs use.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { Redis, type RedisOptions } from "ioredis";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../support/assert.ts";
import { verifyHeap } from "../support/heap_check.ts";
import { startRedeno } from "../support/redeno.ts";
import type { ServerProcess } from "../support/server_process.ts";

async function withClient(
  server: ServerProcess,
  options: RedisOptions,
  use: (redis: Redis) => Promise<void>,
): Promise<void> {
  const redis = new Redis({ port: server.port, host: "127.0.0.1", ...options });
  try {
    await use(redis);
  } finally {
    const ended = new Promise<void>((resolve) => redis.once("end", resolve));
    if (redis.status !== "end") {
      redis.disconnect();
      await ended;
    }
  }
}

async function readyCheck(redis: Redis): Promise<void> {
  if (redis.status !== "ready") await new Promise<void>((resolve) => redis.once("ready", resolve));
  assertEquals(await redis.ping(), "PONG");
  assertStringIncludes(await redis.info("server"), "redis_version:7.0.15");
}

async function stringsAndKeys(redis: Redis): Promise<void> {
  assertEquals(await redis.set("k", "v", "EX", 100), "OK");
  assertEquals(await redis.set("k", "w", "XX", "GET"), "v");
  assertEquals(await redis.get("nosuch"), null);
  assertEquals(await redis.mset({ a: 1, b: "two" }), "OK");
  assertEquals(await redis.mget("a", "b", "nosuch"), ["1", "two", null]);
  assertEquals(await redis.incrbyfloat("f", 1.5), "1.5");
  assertEquals(await redis.expire("k", 100), 1);
  assert(await redis.pttl("k") > 90_000);
  assertEquals(await redis.del("k", "a", "b", "f"), 4);
}

async function functions(redis: Redis): Promise<void> {
  const code = `#!lua name=mylib
redis.register_function('stamp', function(keys, args)
  redis.call('HSET', keys[1], 'stamp', args[1])
  return redis.call('HGETALL', keys[1])
end)
redis.register_function{function_name='read', callback=function(keys) return redis.call('HGET', keys[1], 'stamp') end,
  flags={'no-writes'}}`;
  assertEquals(await redis.function("LOAD", code), "mylib");
  assertEquals(await redis.fcall("stamp", 1, "h", "5"), ["stamp", "5"]);
  assertEquals(await redis.fcall_ro("read", 1, "h"), "5");
  await assertRejects(() => redis.fcall_ro("stamp", 1, "h", "5"), Error, "Can not execute a script with write flag");
  await assertRejects(() => redis.function("LOAD", code), Error, "Library 'mylib' already exists");
  const payload = await redis.functionBuffer("DUMP") as Buffer;
  assertEquals(await redis.function("FLUSH"), "OK");
  assertEquals(await redis.function("RESTORE", payload), "OK");
  const [[, name]] = await redis.function("LIST") as [string, string][];
  assertEquals(name, "mylib");
  assertEquals(await redis.function("DELETE", "mylib"), "OK");
  assertEquals(await redis.del("h"), 1);
}

async function pipelines(redis: Redis): Promise<void> {
  const results = await redis.pipeline().set("n", "x").incr("n").get("n").set("n", 1).incr("n").exec();
  assertEquals(results!.map(([error, value]) => error?.message ?? value), [
    "OK",
    "ERR value is not an integer or out of range",
    "x",
    "OK",
    2,
  ]);
  const long = redis.pipeline();
  for (let at = 0; at < 10_000; at++) long.incr("count");
  const counts = await long.exec();
  assertEquals(counts!.at(-1), [null, 10_000]);
}

async function autoPipelining(redis: Redis): Promise<void> {
  const values = await Promise.all(Array.from({ length: 1000 }, async (_, at) => {
    await redis.set(`auto:${at}`, at);
    return await redis.get(`auto:${at}`);
  }));
  assertEquals(values, values.map((_, at) => String(at)));
}

async function binaryAndBig(redis: Redis): Promise<void> {
  const binary = Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at));
  await redis.set(binary, binary);
  assertEquals(Buffer.compare((await redis.getBuffer(binary))!, binary), 0);
  const big = "0123456789".repeat(500_000);
  await redis.set("big", big);
  assertEquals(await redis.get("big") === big, true);
}

async function errors(redis: Redis): Promise<void> {
  const wrongArguments = await assertRejects(() => redis.call("GET"));
  assertEquals(wrongArguments.name, "ReplyError");
  assertEquals(wrongArguments.message, "ERR wrong number of arguments for 'get' command");
  await assertRejects(
    () => redis.call("NOSUCH", "a"),
    Error,
    "ERR unknown command 'NOSUCH', with args beginning with: 'a'",
  );
}

async function scans(redis: Redis): Promise<void> {
  const names = Array.from({ length: 500 }, (_, at) => `scan:${at}`);
  await redis.mset(Object.fromEntries(names.map((name) => [name, "v"])));
  const found = new Set<string>();
  for await (const page of redis.scanStream({ match: "scan:*", count: 50 })) {
    for (const name of page as string[]) found.add(name);
  }
  assertEquals([...found].sort(), names.sort());
}

async function reconnects(redis: Redis): Promise<void> {
  await redis.client("SETNAME", "before");
  const reconnected = new Promise<void>((resolve) => redis.once("ready", resolve));
  await redis.client("KILL", "TYPE", "normal", "SKIPME", "no").catch(() => {});
  await reconnected;
  assertEquals(await redis.set("after", "reconnection"), "OK");
  assertEquals(await redis.client("GETNAME"), null);
}

async function databaseAndName(server: ServerProcess): Promise<void> {
  await withClient(server, { db: 3, connectionName: "me", keyPrefix: "p:" }, async (redis) => {
    assertEquals(await redis.client("GETNAME"), "me");
    await redis.set("k", "v");
    assertEquals(await redis.keys("*"), ["p:k"]);
    assertEquals(await redis.select(0), "OK");
    assertEquals(await redis.exists("k"), 0);
  });
}

async function password(server: ServerProcess): Promise<void> {
  await withClient(server, {}, async (admin) => {
    await admin.config("SET", "requirepass", "secret");
    await withClient(server, { password: "secret" }, async (redis) => {
      assertEquals(await redis.ping(), "PONG");
    });
    await withClient(server, { retryStrategy: () => null, maxRetriesPerRequest: 0 }, async (redis) => {
      redis.on("error", () => {});
      await assertRejects(() => redis.get("k"), Error, "NOAUTH");
    });
    await admin.config("SET", "requirepass", "");
  });
}

/** A promise for the arguments of an emitter's next event. */
function nextEvent(redis: Redis, name: string): Promise<unknown[]> {
  return new Promise((resolve) => redis.once(name, (...args: unknown[]) => resolve(args)));
}

async function publishing(server: ServerProcess): Promise<void> {
  await withClient(server, {}, (publisher) =>
    withClient(server, { retryStrategy: () => 1 }, async (subscriber) => {
      assertEquals(await subscriber.subscribe("a", "b"), 2);
      assertEquals(await subscriber.psubscribe("p:*"), 3);
      const message = nextEvent(subscriber, "message");
      assertEquals(await publisher.publish("a", "hello"), 1);
      assertEquals(await message, ["a", "hello"]);
      const patterned = nextEvent(subscriber, "pmessage");
      assertEquals(await publisher.publish("p:1", "hi"), 1);
      assertEquals(await patterned, ["p:*", "p:1", "hi"]);
      const binary = Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at));
      const raw = nextEvent(subscriber, "messageBuffer");
      await publisher.publish("b", binary);
      assertEquals(Buffer.compare((await raw)[1] as Buffer, binary), 0);
      assertEquals<unknown>(await subscriber.ping(), ["pong", ""]);
      await assertRejects(() => subscriber.get("k"), Error, "subscriber mode");

      const resubscribed = nextEvent(subscriber, "ready");
      await publisher.client("KILL", "TYPE", "pubsub");
      await resubscribed;
      while (await publisher.publish("a", "nobody hears it") === 0);
      assertEquals(await publisher.pubsub("NUMSUB", "a", "b"), ["a", 1, "b", 1]);

      assertEquals(await subscriber.unsubscribe("a", "b"), 1);
      assertEquals(await subscriber.punsubscribe(), 0);
      assertEquals(await subscriber.get("k"), null);
      assertEquals(await subscriber.ssubscribe("s"), 1);
      const sharded = nextEvent(subscriber, "smessage");
      assertEquals(await publisher.spublish("s", "hello"), 1);
      assertEquals(await sharded, ["s", "hello"]);
      assertEquals(await subscriber.sunsubscribe("s"), 0);
    }));
}

async function keyEvents(server: ServerProcess): Promise<void> {
  await withClient(server, {}, (redis) =>
    withClient(server, {}, async (subscriber) => {
      await redis.config("SET", "notify-keyspace-events", "Ex");
      await subscriber.subscribe("__keyevent@0__:expired");
      const expired = nextEvent(subscriber, "message");
      await redis.set("short", "v", "PX", 1);
      assertEquals(await expired, ["__keyevent@0__:expired", "short"]);
      await redis.config("SET", "notify-keyspace-events", "");
    }));
}

// Under Deno 2.4 a timer of the client's own outlives its connection.
Deno.test("clients: ioredis", { sanitizeOps: false, sanitizeResources: false }, async (t) => {
  await using server = await startRedeno();
  const sessions: [name: string, options: RedisOptions, session: (redis: Redis) => Promise<void>][] = [
    ["ready check", {}, readyCheck],
    ["strings and keys", {}, stringsAndKeys],
    ["functions", {}, functions],
    ["pipelines", {}, pipelines],
    ["auto-pipelining", { enableAutoPipelining: true }, autoPipelining],
    ["binary and big values", {}, binaryAndBig],
    ["error replies", {}, errors],
    ["SCAN streams", {}, scans],
    ["reconnection", { retryStrategy: () => 1 }, reconnects],
  ];
  for (const [name, options, session] of sessions) await t.step(name, () => withClient(server, options, session));
  await t.step("database, name and key prefix", () => databaseAndName(server));
  await t.step("publish and subscribe", () => publishing(server));
  await t.step("key events", () => keyEvents(server));
  await t.step("password", () => password(server));
  await t.step("the heap verifies", () => verifyHeap(server));
});
