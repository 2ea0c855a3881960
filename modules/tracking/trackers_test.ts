/**
 * That what is remembered about clients and keys is forgotten again.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "../strings/mod.ts";
import tracking from "./mod.ts";

Deno.test("changes are told while there are trackers or keys that somebody read", () => {
  using server = new InMemoryServer([strings, tracking]);
  const { touchListeners } = server.parts.keyspace;
  const { afterListeners } = server.parts.dispatcher;
  const before = [touchListeners.length, afterListeners.length];
  const now = () => {
    server.cron();
    return [touchListeners.length - before[0], afterListeners.length - before[1]];
  };
  server.reply("CLIENT TRACKING on");
  assertEquals(now(), [1, 1]);
  server.reply("GET a");
  server.reply("CLIENT TRACKING off");
  assertEquals(now(), [1, 1]);
  server.reply("SET a 1");
  assertEquals(now(), [0, 0]);
});

Deno.test("keys beyond the limit are forgotten, a part before each command", () => {
  using server = new InMemoryServer([strings, tracking]);
  server.reply("CLIENT TRACKING on");
  for (let i = 0; i < 250; i++) server.reply(`GET key:${i}`);
  const remembered = () => Number(/tracking_total_keys:(\d+)/.exec(server.reply("INFO stats"))![1]);
  assertEquals(remembered(), 250);
  server.reply("CONFIG SET tracking-table-max-keys 10");
  assertEquals([remembered(), remembered(), remembered(), remembered()], [150, 50, 10, 10]);
});
