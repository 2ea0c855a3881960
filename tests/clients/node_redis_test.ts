/**
 * A session with `redis` (node-redis), over RESP2 and RESP3.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createClient, RESP_TYPES } from "redis";
import { assertEquals, assertRejects } from "../support/assert.ts";
import { verifyHeap } from "../support/heap_check.ts";
import { startRedeno } from "../support/redeno.ts";
import type { ServerProcess } from "../support/server_process.ts";

type Version = 2 | 3;

function connect(
  server: ServerProcess,
  RESP: Version,
  options: { password?: string; name?: string; database?: number } = {},
) {
  return createClient({
    RESP,
    ...options,
    socket: { host: "127.0.0.1", port: server.port, reconnectStrategy: () => 1 },
  }).on("error", () => {}).connect();
}

type Client = Awaited<ReturnType<typeof connect>>;

async function stringsAndKeys(redis: Client): Promise<void> {
  assertEquals(await redis.ping(), "PONG");
  assertEquals(await redis.set("k", "v", { expiration: { type: "EX", value: 100 } }), "OK");
  assertEquals(await redis.set("k", "w", { condition: "XX", GET: true }), "v");
  assertEquals(await redis.get("nosuch"), null);
  assertEquals(await redis.mSet([["a", "1"], ["b", "2"]]), "OK");
  assertEquals(await redis.mGet(["a", "b", "nosuch"]), ["1", "2", null]);
  assertEquals(await redis.incrBy("a", 41), 42);
  assertEquals(await redis.expire("k", 100, "GT"), 0);
  assertEquals(await redis.expireTime("a"), -1);
  assertEquals(await redis.copy("a", "c"), 1);
  assertEquals(await redis.lcsLen("a", "c"), 2);
  assertEquals((await redis.configGet("maxmemory*")).maxmemory, "0");
  assertEquals((await redis.info("server")).includes("redis_version:7.0.15"), true);
  assertEquals((await redis.clientInfo()).name ?? "", "");
  assertEquals(await redis.del(["k", "a", "b", "c"]), 4);
}

async function manyAtOnce(redis: Client): Promise<void> {
  const replies = await Promise.all(Array.from({ length: 5000 }, () => redis.incr("count")));
  assertEquals(replies, replies.map((_, at) => at + 1));
}

async function binaryAndBig(redis: Client): Promise<void> {
  const buffers = redis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  const binary = Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at));
  await buffers.set(binary, binary);
  assertEquals(Buffer.compare((await buffers.get(binary))! as unknown as Buffer, binary), 0);
  const big = "0123456789".repeat(500_000);
  await redis.set("big", big);
  assertEquals(await redis.get("big") === big, true);
}

async function errors(redis: Client): Promise<void> {
  await assertRejects(() => redis.sendCommand(["GET"]), Error, "ERR wrong number of arguments for 'get' command");
  await redis.set("text", "abc");
  await assertRejects(() => redis.incr("text"), Error, "ERR value is not an integer or out of range");
}

async function scans(redis: Client): Promise<void> {
  const names = Array.from({ length: 500 }, (_, at) => `scan:${at}`);
  await redis.mSet(names.map((name): [string, string] => [name, "v"]));
  const found = new Set<string>();
  for await (const page of redis.scanIterator({ MATCH: "scan:*", COUNT: 50 })) {
    for (const name of page) found.add(name);
  }
  assertEquals([...found].sort(), names.sort());
}

async function reconnects(redis: Client): Promise<void> {
  const reconnected = new Promise<void>((resolve) => redis.once("ready", resolve));
  await redis.sendCommand(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no"]).catch(() => {});
  await reconnected;
  assertEquals(await redis.set("after", "reconnection"), "OK");
}

/** A listener, and a promise for what it is called with. */
function listener(): { listen: (message: string, channel: string) => void; heard: Promise<string[]> } {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  return { listen: (message, channel) => resolve([channel, message]), heard: promise };
}

async function publishing(server: ServerProcess, version: Version): Promise<void> {
  const publisher = await connect(server, version);
  const subscriber = await connect(server, version);
  const [plain, patterned, sharded] = [listener(), listener(), listener()];
  await subscriber.subscribe(["a", "b"], plain.listen);
  await subscriber.pSubscribe("p:*", patterned.listen);
  await subscriber.sSubscribe("s", sharded.listen);
  assertEquals(await publisher.publish("b", "hello"), 1);
  assertEquals(await plain.heard, ["b", "hello"]);
  assertEquals(await publisher.publish("p:1", "hi"), 1);
  assertEquals(await patterned.heard, ["p:1", "hi"]);
  assertEquals(await publisher.sPublish("s", "x"), 1);
  assertEquals(await sharded.heard, ["s", "x"]);
  assertEquals((await publisher.pubSubChannels()).sort(), ["a", "b"]);
  assertEquals(await publisher.pubSubNumPat(), 1);
  assertEquals({ ...await publisher.pubSubNumSub(["a", "b"]) }, { a: 1, b: 1 });
  if (version === 3) {
    const own = listener();
    await subscriber.subscribe("own", own.listen);
    assertEquals(await subscriber.publish("own", "to myself"), 1);
    assertEquals(await own.heard, ["own", "to myself"]);
    assertEquals(await subscriber.set("k", "v"), "OK");
    await subscriber.unsubscribe("own");
  }
  await subscriber.unsubscribe(["a", "b"]);
  await subscriber.pUnsubscribe("p:*");
  await subscriber.sUnsubscribe("s");
  assertEquals(String(await subscriber.ping()), "PONG");
  assertEquals(await publisher.publish("a", "nobody hears it"), 0);
  subscriber.destroy();
  publisher.destroy();
}

async function resubscribes(server: ServerProcess, version: Version): Promise<void> {
  const publisher = await connect(server, version);
  const subscriber = await connect(server, version);
  const { listen, heard } = listener();
  await subscriber.subscribe("a", listen);
  const ready = new Promise<void>((resolve) => subscriber.once("ready", resolve));
  await publisher.sendCommand(["CLIENT", "KILL", "TYPE", "pubsub"]);
  await ready;
  while (await publisher.publish("a", "again") === 0);
  assertEquals(await heard, ["a", "again"]);
  subscriber.destroy();
  publisher.destroy();
}

async function password(server: ServerProcess, version: Version): Promise<void> {
  const admin = await connect(server, version);
  await admin.configSet("requirepass", "secret");
  const redis = await connect(server, version, { password: "secret", name: "me", database: 5 });
  assertEquals(await redis.clientGetName(), "me");
  assertEquals((await redis.clientInfo()).db, 5);
  await redis.close();
  await admin.configSet("requirepass", "");
  await admin.close();
}

for (const version of [2, 3] as const) {
  Deno.test(`clients: node-redis over RESP${version}`, async (t) => {
    await using server = await startRedeno();
    const sessions: Record<string, (redis: Client) => Promise<void>> = {
      "strings and keys": stringsAndKeys,
      "many commands at once": manyAtOnce,
      "binary and big values": binaryAndBig,
      "error replies": errors,
      "SCAN iterators": scans,
      "reconnection": reconnects,
    };
    for (const [name, session] of Object.entries(sessions)) {
      await t.step(name, async () => {
        const redis = await connect(server, version);
        await session(redis);
        redis.destroy();
      });
    }
    await t.step("publish and subscribe", () => publishing(server, version));
    await t.step("reconnection of a subscriber", () => resubscribes(server, version));
    await t.step("password, name and database", () => password(server, version));
    await t.step("the heap verifies", () => verifyHeap(server));
  });
}
