/**
 * What connections do not show: what is sent on, and that nothing is asked of while nobody needs it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import { WaitingClient } from "../../tests/support/waiting_client.ts";
import strings from "../strings/mod.ts";
import pubsub from "./mod.ts";

/** A server with a client that may subscribe. */
function listening(configText = ""): { server: InMemoryServer; client: WaitingClient } {
  const server = new InMemoryServer([strings, pubsub], configText);
  return { server, client: new WaitingClient(server, 2) };
}

Deno.test("pubsub: publishing is sent on to replicas alone, whoever listens", () => {
  const { server } = listening();
  using _ = server;
  const sent: [toAof: boolean, toReplicas: boolean, command: string][] = [];
  server.parts.dispatcher.sinks.push((commands) => {
    for (const { args, audience: { aof, replicas } } of commands) sent.push([aof, replicas, args.text(0)]);
  });
  for (const command of ["PUBLISH a x", "SPUBLISH a x", "SUBSCRIBE a", "PUBSUB NUMPAT", "SET k v"]) {
    server.reply(command);
  }
  assertEquals(sent, [[false, true, "PUBLISH"], [false, true, "SPUBLISH"], [true, true, "SET"]]);
  assertEquals(server.parts.keyspace.dirty, 1);
});

Deno.test("pubsub: who has no connection cannot subscribe", () => {
  using server = new InMemoryServer([pubsub]);
  for (const name of ["SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE"]) {
    assertEquals(server.reply(`${name} a`), `-ERR ${name} isn't allowed for a DENY BLOCKING client`);
  }
  assertEquals(server.reply("PUBSUB CHANNELS"), "*0");
});

Deno.test("pubsub: a client that ends leaves nothing behind", () => {
  const { server, client } = listening();
  using _ = server;
  client.request("SUBSCRIBE", "a", "b");
  client.request("PSUBSCRIBE", "p*");
  client.request("SSUBSCRIBE", "s");
  assertEquals(client.interceptors.length, 1);
  for (const listener of server.parts.clients.disconnectedListeners) listener(client);
  assertEquals(client.interceptors, []);
  assertEquals([client.channelCount, client.patternCount, client.shardChannelCount], [0, 0, 0]);
  assertEquals([server.reply("PUBLISH a x"), server.reply("PUBLISH p x"), server.reply("SPUBLISH s x")], [
    ":0",
    ":0",
    ":0",
  ]);
  assertEquals([server.reply("PUBSUB CHANNELS"), server.reply("PUBSUB NUMPAT")], ["*0", ":0"]);
});

Deno.test("pubsub: a message longer than the buffer that is kept", () => {
  const { server, client } = listening();
  using _ = server;
  client.request("SUBSCRIBE", "a");
  client.received;
  const long = "x".repeat(100_000);
  server.call("PUBLISH", "a", long);
  assertEquals(client.received, `*3 $7 message $1 a $100000 ${long}`);
  server.call("PUBLISH", "a", "short");
  assertEquals(client.received, "*3 $7 message $1 a $5 short");
});

Deno.test("pubsub: patterns that match one channel each send a message of their own", () => {
  const { server, client } = listening();
  using _ = server;
  client.request("PSUBSCRIBE", "a*", "*b", "c");
  client.received;
  assertEquals(server.call("PUBLISH", "ab", "x"), 2);
  assertEquals(client.received, "*4 $8 pmessage $2 a* $2 ab $1 x *4 $8 pmessage $2 *b $2 ab $1 x");
  client.request("PUNSUBSCRIBE", "a*");
  client.received;
  assertEquals(server.call("PUBLISH", "ab", "x"), 1);
  assertEquals(client.received, "*4 $8 pmessage $2 *b $2 ab $1 x");
});

Deno.test("notifications: nobody is asked about events while they are off", () => {
  const { server, client } = listening("notify-keyspace-events KEA");
  using _ = server;
  const { config, keyspace } = server.parts;
  const listeners = () => [
    keyspace.eventListeners.length,
    keyspace.missListener !== null,
    keyspace.createdListener !== null,
  ];
  // One is the test server's own.
  assertEquals(listeners(), [2, false, false]);
  const seen: unknown[] = [];
  for (const events of ["", "A", "KE", "Em", "Kn", "KEAmn", ""]) {
    config.set([["notify-keyspace-events", events]]);
    seen.push([events, ...listeners()]);
  }
  assertEquals(seen, [
    ["", 1, false, false],
    ["A", 1, false, false],
    ["KE", 1, false, false],
    ["Em", 2, true, false],
    ["Kn", 2, false, true],
    ["KEAmn", 2, true, true],
    ["", 1, false, false],
  ]);
  client.request("PSUBSCRIBE", "*");
  client.received;
  server.reply("SET k v");
  assertEquals(client.received, "");
});

Deno.test("notifications: keys of any length", () => {
  const { server, client } = listening("notify-keyspace-events K$");
  using _ = server;
  client.request("PSUBSCRIBE", "*");
  client.received;
  for (const size of [1, 200, 1000, 100_000]) {
    const key = "k".repeat(size);
    server.reply(`SET ${key} v`);
    const channel = `__keyspace@0__:${key}`;
    assertEquals(client.received, `*4 $8 pmessage $1 * $${channel.length} ${channel} $3 set`);
  }
});
