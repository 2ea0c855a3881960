/**
 * What list commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import { WaitingClient } from "../../tests/support/waiting_client.ts";
import lists from "./mod.ts";

type EffectCase = readonly [command: string, events: string[], propagated: string[], dirty: number];

/** `command: events; lines sent on; changes`, each on the state that those before have left. */
const cases: readonly EffectCase[] = [
  ["RPUSH l a b c", ["rpush l"], ["RPUSH l a b c"], 3],
  ["LPUSH l x y", ["lpush l"], ["LPUSH l x y"], 2],
  ["LPUSHX l z", ["lpush l"], ["LPUSHX l z"], 1],
  ["RPUSHX l z", ["rpush l"], ["RPUSHX l z"], 1],
  ["LPUSHX missing z", [], [], 0],
  ["LPOP l", ["lpop l"], ["LPOP l"], 1],
  ["RPOP l 2", ["rpop l"], ["RPOP l 2"], 2],
  ["LPOP l 0", [], [], 0],
  ["LPOP missing", [], [], 0],
  ["LINSERT l BEFORE x n", ["linsert l"], ["LINSERT l BEFORE x n"], 1],
  ["LINSERT l AFTER nosuch n", [], [], 0],
  ["LSET l 0 w", ["lset l"], ["LSET l 0 w"], 1],
  ["LRANGE l 0 -1", [], [], 0],
  ["LTRIM l 0 1", ["ltrim l"], ["LTRIM l 0 1"], 3],
  ["LTRIM l 0 10", ["ltrim l"], [], 0],
  ["LTRIM l 5 10", ["ltrim l", "del l"], ["LTRIM l 5 10"], 2],
  ["RPUSH l a b a c a", ["rpush l"], ["RPUSH l a b a c a"], 5],
  ["LREM l 2 a", ["lrem l"], ["LREM l 2 a"], 2],
  ["LREM l 0 nosuch", [], [], 0],
  ["LREM l 0 a", ["lrem l"], ["LREM l 0 a"], 1],
  ["LMOVE l m LEFT RIGHT", ["rpush m", "lpop l"], ["LMOVE l m LEFT RIGHT"], 1],
  ["RPOPLPUSH l m", ["lpush m", "rpop l", "del l"], ["RPOPLPUSH l m"], 1],
  ["LMOVE m m LEFT RIGHT", ["rpush m", "lpop m"], ["LMOVE m m LEFT RIGHT"], 1],
  ["RPOPLPUSH m m", ["lpush m", "rpop m"], ["RPOPLPUSH m m"], 1],
  ["LMOVE missing m LEFT LEFT", [], [], 0],
  ["LMPOP 2 missing m RIGHT COUNT 5", ["rpop m", "del m"], ["RPOP m 2"], 2],
  ["LMPOP 1 missing LEFT", [], [], 0],
  ["RPUSH l a b c", ["rpush l"], ["RPUSH l a b c"], 3],
  ["LMPOP 1 l LEFT", ["lpop l"], ["LPOP l 1"], 1],
  ["LREM l 0 b", ["lrem l"], ["LREM l 0 b"], 1],
  ["LREM l 0 c", ["lrem l", "del l"], ["LREM l 0 c"], 1],
  ["RPUSH l a b c d e f", ["rpush l"], ["RPUSH l a b c d e f"], 6],
  ["BLPOP x l 0", ["lpop l"], ["LPOP l"], 1],
  ["BRPOP l 0", ["rpop l"], ["RPOP l"], 1],
  ["BLMOVE l m LEFT LEFT 0", ["lpush m", "lpop l"], ["LMOVE l m LEFT LEFT"], 1],
  ["BRPOPLPUSH l m 0", ["lpush m", "rpop l"], ["RPOPLPUSH l m"], 1],
  ["BLMPOP 0 2 x l LEFT COUNT 10", ["lpop l", "del l"], ["LPOP l 2"], 2],
  ["BLMPOP 0 2 x m RIGHT", ["rpop m"], ["RPOP m 1"], 1],
  ["LPOP m 1", ["lpop m", "del m"], ["LPOP m 1"], 1],
];

Deno.test("lists: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([lists]);
  for (const [command, events, propagated, dirty] of cases) {
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});

Deno.test("lists: what clients that waited cause, in the order in which they are served", () => {
  using server = new InMemoryServer([lists]);
  const lines = [
    "BRPOP q r 0",
    "BLPOP q 0",
    "BLMOVE r dst RIGHT LEFT 0",
    "BRPOPLPUSH dst e 0",
    "BLMPOP 0 1 e LEFT COUNT 5",
  ];
  const clients = lines.map((line, i) => {
    const client = new WaitingClient(server, i + 2);
    client.request(...line.split(" "));
    assertEquals([client.received, client.waiter !== null], ["", true], line);
    return client;
  });
  const events = "rpush r,rpop r,lpush dst,rpop r,del r,lpush e,rpop dst,del dst,lpop e,del e".split(",");
  const propagated = ["RPUSH r 1 2", "RPOP r", "LMOVE r dst right left", "RPOPLPUSH dst e", "LPOP e 1"];
  assertEquals(server.effectsOf(() => server.reply("RPUSH r 1 2")), { events, propagated, dirty: 3 });
  assertEquals(clients.map((client) => client.received), [
    "*2 $1 r $1 2",
    "",
    "$1 1",
    "$1 1",
    "*2 $1 e *1 $1 1",
  ]);
  assertEquals(server.effectsOf(() => server.reply("RPUSH q 9")), {
    events: ["rpush q", "lpop q", "del q"],
    propagated: ["RPUSH q 9", "LPOP q"],
    dirty: 1,
  });
  assertEquals(clients[1].received, "*2 $1 q $1 9");
  assertEquals(server.parts.dispatcher.blocking.count, 0);
});

Deno.test("lists: a thousand clients wait for one key, and each push serves the next", () => {
  using server = new InMemoryServer([lists]);
  const clients = Array.from({ length: 1000 }, (_, i) => new WaitingClient(server, i + 2));
  for (const client of clients) client.request("BLPOP", "a", "b", "0");
  for (const [i, client] of clients.entries()) {
    server.reply(`RPUSH ${i % 2 === 0 ? "a" : "b"} ${i}`);
    assertEquals(client.received, `*2 $1 ${i % 2 === 0 ? "a" : "b"} $${String(i).length} ${i}`);
  }
  assertEquals(server.parts.dispatcher.blocking.count, 0);
  assertEquals(server.reply("EXISTS a b"), ":0");
});

Deno.test("lists: a client that waits within another command is answered at once", () => {
  using server = new InMemoryServer([lists]);
  assertEquals(server.reply("BLPOP l 0"), "*-1");
  assertEquals(server.reply("BLMPOP 0 1 l LEFT"), "*-1");
  assertEquals(server.reply("BLMOVE l m LEFT LEFT 0"), "$-1");
  assertEquals(server.reply("BRPOPLPUSH l m 0"), "$-1");
});
