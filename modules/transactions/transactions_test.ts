/**
 * What transactions propagate and count, and that nobody is asked about changes while nobody watches.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import { WaitingClient } from "../../tests/support/waiting_client.ts";
import strings from "../strings/mod.ts";
import lists from "../lists/mod.ts";
import transactions from "./mod.ts";

function start(): InMemoryServer {
  return new InMemoryServer([strings, lists, transactions]);
}

Deno.test("what AOF and replicas get: nothing, the one command, or all between MULTI and EXEC", () => {
  using server = start();
  const propagatedBy = (...lines: string[]) =>
    server.effectsOf(() => {
      server.reply("MULTI");
      for (const line of lines) server.reply(line);
      server.reply("EXEC");
    }).propagated;
  assertEquals(propagatedBy(), []);
  assertEquals(propagatedBy("GET a", "DEL a"), []);
  assertEquals(propagatedBy("GET a", "SET a 1", "DEL b"), ["SET a 1"]);
  assertEquals(propagatedBy("SET a 1", "LPUSH a x", "INCR a"), ["MULTI", "SET a 1", "INCR a", "EXEC"]);
  assertEquals(propagatedBy("RPUSH l a b", "BLPOP l 0"), ["MULTI", "RPUSH l a b", "LPOP l", "EXEC"]);
});

Deno.test("who was waiting is served behind the transaction, on an account of its own", () => {
  using server = start();
  const client = new WaitingClient(server, 2);
  client.request("BLPOP", "l", "0");
  for (const line of ["MULTI", "RPUSH l a", "RPUSH l b"]) server.reply(line);
  const { propagated } = server.effectsOf(() => assertEquals(server.reply("EXEC"), "*2 :1 :2"));
  assertEquals(propagated, ["MULTI", "RPUSH l a", "RPUSH l b", "EXEC", "LPOP l"]);
  assertEquals(client.received, "*2 $1 l $1 a");
});

Deno.test("calls and errors are counted where they belong", () => {
  using server = start();
  for (const line of ["SET s v", "MULTI", "INCR s", "GET s", "MULTI", "EXEC", "EXEC", "EXEC x"]) server.reply(line);
  const counted = ["incr", "get", "multi", "exec"].map((name) => {
    const { calls, failedCalls, rejectedCalls } = server.parts.table.get(name)!;
    return { name, calls, failedCalls, rejectedCalls };
  });
  assertEquals(counted, [
    { name: "incr", calls: 1, failedCalls: 1, rejectedCalls: 0 },
    { name: "get", calls: 1, failedCalls: 0, rejectedCalls: 0 },
    { name: "multi", calls: 2, failedCalls: 1, rejectedCalls: 0 },
    { name: "exec", calls: 2, failedCalls: 1, rejectedCalls: 1 },
  ]);
  assertEquals(server.parts.statistics.errorReplies, 4);
  // SET, MULTI, MULTI, INCR, GET, EXEC, EXEC.
  assertEquals(server.parts.statistics.commandsProcessed, 7);
});

Deno.test("changes are told while somebody watches, and not for long after", () => {
  using server = start();
  const { touchListeners } = server.parts.keyspace;
  const before = touchListeners.length;
  server.reply("WATCH a b");
  assertEquals(touchListeners.length, before + 1);
  server.cron();
  assertEquals(touchListeners.length, before + 1);
  server.reply("UNWATCH");
  assertEquals(touchListeners.length, before + 1);
  server.cron();
  assertEquals(touchListeners.length, before);
});
