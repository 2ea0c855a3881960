/**
 * Publishing to subscribers over sockets: one that does not read, many at once, and many subscriptions.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "./support/assert.ts";
import { verifyHeap } from "./support/heap_check.ts";
import { RawClient } from "./support/raw_client.ts";
import { startRedeno } from "./support/redeno.ts";
import { encodeCommand } from "./support/resp.ts";

const MEBIBYTE = 1024 * 1024;

async function text(client: RawClient, ...args: string[]): Promise<string> {
  return new TextDecoder().decode(await client.command(...args));
}

Deno.test("a subscriber that does not read is closed at its output limit; the others get everything", async () => {
  await using server = await startRedeno([
    "--client-output-buffer-limit",
    "pubsub 2mb 0 0",
    "--client-output-buffer-limit",
    "normal 0 0 0",
  ]);
  await using slow = await RawClient.connect(server);
  await using fast = await RawClient.connect(server);
  await using publisher = await RawClient.connect(server);
  await slow.command("CLIENT", "SETNAME", "slow");
  await slow.command("SUBSCRIBE", "news");
  await slow.command("PSUBSCRIBE", "other*");
  await fast.command("SUBSCRIBE", "news");
  const message = "m".repeat(100_000);
  const expectedBytes = encodeCommand(["message", "news", message]).length;
  let pendingMax = 0;
  // The sockets between may hold some megabytes before the server has to keep them.
  while (await publisher.call("PUBLISH", "news", message) === 2) {
    assertEquals((await fast.readReply())!.length, expectedBytes);
    const list = await text(publisher, "CLIENT", "LIST", "TYPE", "pubsub");
    const pending = /name=slow .* obl=(\d+)/.exec(list)?.[1];
    if (pending === undefined) break;
    pendingMax = Math.max(pendingMax, Number(pending));
  }
  await server.waitForLog(/name=slow .*flags=P.* scheduled to be closed ASAP for overcoming of output buffer limits\./);
  assert(pendingMax <= 2 * MEBIBYTE, `${pendingMax} bytes were kept`);
  assertEquals(await publisher.call("PUBLISH", "news", "end"), 1);
  assertEquals(await publisher.call("PUBLISH", "other", message), 0);
  for (let reply = await fast.readReply(); reply!.length === expectedBytes;) reply = await fast.readReply();
  assertStringIncludes(await text(publisher, "INFO", "stats"), "pubsub_channels:1\r\npubsub_patterns:0\r\n");
});

Deno.test("a subscriber that reads too slowly is closed when it was over the soft limit for too long", async () => {
  await using server = await startRedeno(["--client-output-buffer-limit", "pubsub 0 100kb 1"]);
  await using slow = await RawClient.connect(server);
  await using publisher = await RawClient.connect(server);
  await slow.command("SUBSCRIBE", "news");
  const message = "m".repeat(100_000);
  const pending = async () => Number(/ obl=(\d+)/.exec(await text(publisher, "CLIENT", "LIST", "TYPE", "pubsub"))![1]);
  while (await pending() <= 100 * 1024) await publisher.command("PUBLISH", "news", message);
  await server.waitForLog(/flags=P.* scheduled to be closed ASAP for overcoming of output buffer limits\./);
  assertEquals(await publisher.call("PUBLISH", "news", message), 0);
});

Deno.test("a message to 1,000 subscribers, of RESP2 and RESP3", async () => {
  await using server = await startRedeno();
  await using publisher = await RawClient.connect(server);
  const subscribers = await Promise.all(Array.from({ length: 1000 }, () => RawClient.connect(server)));
  await Promise.all(subscribers.map(async (client, i) => {
    if (i % 2 === 1) await client.command("HELLO", "3");
    await client.command("SUBSCRIBE", "news");
  }));
  assertEquals(await publisher.call("PUBLISH", "news", "hello"), 1000);
  const replies = await Promise.all(subscribers.map((client) => client.readReply()));
  const texts = new Set(replies.map((reply, i) => `${i % 2} ${new TextDecoder().decode(reply!)}`));
  assertEquals([...texts].sort(), [
    "0 *3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n",
    "1 >3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n",
  ]);
  await Promise.all(subscribers.map((client) => client.close()));
  while (await publisher.call("PUBLISH", "news", "hello") !== 0);
});

Deno.test("messages that are gathered keep their order with all that a subscriber gets", async () => {
  await using server = await startRedeno();
  await using publisher = await RawClient.connect(server);
  await using first = await RawClient.connect(server);
  await using second = await RawClient.connect(server);
  await second.command("HELLO", "3");
  await second.command("CLIENT", "TRACKING", "ON");
  await second.command("GET", "tracked");
  for (const client of [first, second]) {
    for (const channel of ["a", "b"]) await client.command("SUBSCRIBE", channel);
  }
  const blocked = second.send("BLPOP", "list", "0");
  while (!(await text(publisher, "INFO", "clients")).includes("blocked_clients:1")) await blocked;
  const lines = [
    ...[["PUBLISH", "a", "1"], ["PUBLISH", "a", "2"], ["PUBLISH", "b", "3"], ["PUBLISH", "a", "4"], [
      "PUBLISH",
      "a",
      "5",
    ]],
    ...[["SET", "tracked", "x"], ["PUBLISH", "a", "6"], ["RPUSH", "list", "y"], ["PUBLISH", "b", "7"], [
      "PUBLISH",
      "b",
      "8",
    ]],
  ];
  const replies = await publisher.pipeline(lines);
  assertEquals(
    replies.map((reply) => new TextDecoder().decode(reply).trim()).join(" "),
    ":2 :2 :2 :2 :2 +OK :2 :1 :2 :2",
  );
  const received = async (client: RawClient, count: number) => {
    const texts: string[] = [];
    while (texts.length < count) {
      const reply = new TextDecoder().decode((await client.readReply())!);
      texts.push(reply.replace(/\$\d+\r\n/g, "").trim().split("\r\n").slice(1).join(" "));
    }
    return texts;
  };
  const all = ["message a 1", "message a 2", "message b 3", "message a 4", "message a 5", "message a 6", "message b 7"];
  assertEquals(await received(first, 8), [...all, "message b 8"]);
  assertEquals(await received(second, 10), [
    ...[...all.slice(0, 5), "invalidate *1 tracked", "message a 6", "list y", "message b 7", "message b 8"],
  ]);
});

Deno.test("100,000 subscriptions of 1,000 clients come and go", async () => {
  await using server = await startRedeno();
  await using publisher = await RawClient.connect(server);
  const subscribers = await Promise.all(Array.from({ length: 1000 }, () => RawClient.connect(server)));
  await Promise.all(subscribers.map(async (client, i) => {
    await client.send("SUBSCRIBE", ...Array.from({ length: 100 }, (_, j) => `channel:${i * 100 + j}`));
    for (let left = 100; left > 0; left--) await client.readReply();
  }));
  assertStringIncludes(await text(publisher, "INFO", "stats"), "pubsub_channels:100000\r\n");
  assertEquals(await publisher.call("PUBLISH", "channel:77777", "x"), 1);
  assertEquals(
    new TextDecoder().decode((await subscribers[777].readReply())!),
    "*3\r\n$7\r\nmessage\r\n$13\r\nchannel:77777\r\n$1\r\nx\r\n",
  );
  await Promise.all(
    subscribers.slice(0, 500).map(async (client) => {
      await client.send("UNSUBSCRIBE");
      for (let left = 100; left > 0; left--) await client.readReply();
    }),
  );
  assertStringIncludes(await text(publisher, "INFO", "stats"), "pubsub_channels:50000\r\n");
  await Promise.all(subscribers.map((client) => client.close()));
  while (!(await text(publisher, "INFO", "stats")).includes("pubsub_channels:0\r\n"));
  await verifyHeap(server);
});
