/**
 * What sorting causes beside its reply: key events, the count of changes, what AOF and replicas get. The expectations were
 * taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import hashes from "../hashes/mod.ts";
import lists from "../lists/mod.ts";
import sets from "../sets/mod.ts";
import strings from "../strings/mod.ts";
import zsets from "../zsets/mod.ts";
import sort from "./mod.ts";

const modules = [strings, hashes, lists, sets, zsets, sort];

/** `command: events; changes`, each on the state that those before have left; what is sent on is the command. */
const cases: readonly (readonly [command: string, events: string[], dirty: number])[] = [
  ["SORT l", [], 0],
  ["SORT l STORE d", ["sortstore d"], 4],
  ["SORT l LIMIT 1 2 GET # GET x_* STORE d", ["sortstore d"], 4],
  ["SORT missing STORE d", ["del d"], 1],
  ["SORT missing STORE d", [], 0],
  ["SORT l GET # STORE l", ["sortstore l"], 4],
  ["SORT l LIMIT 0 0 STORE l", ["del l"], 1],
];

Deno.test("sort: events, propagation and changes", () => {
  using server = new InMemoryServer(modules);
  server.reply("RPUSH l 3 1 2 10");
  for (const [command, events, dirty] of cases) {
    const propagated = dirty > 0 ? [command] : [];
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});

Deno.test("sort: where memory ends, the destination is as it was", () => {
  using server = new InMemoryServer(modules, "maxheap 1mb");
  server.reply("RPUSH d before");
  for (let i = 0; i < 40; i++) server.call("RPUSH", "l", `${i}`.padStart(10_000, "0"));
  assertEquals(server.reply("SORT l ALPHA GET # GET # GET # STORE d").slice(0, 4), "-OOM");
  assertEquals(server.reply("LRANGE d 0 -1"), "*1 $6 before");
});
