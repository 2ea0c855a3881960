import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "../strings/mod.ts";
import expiry from "./mod.ts";

/** A server whose key `k` fell due a millisecond ago. */
function withDueKey(configText = ""): InMemoryServer {
  const server = new InMemoryServer([strings, expiry], configText);
  server.reply("SET k v PX 100");
  server.clock.nowMs += 101;
  return server;
}

Deno.test("lazy check: a key lives to the end of the millisecond of its deadline", () => {
  using server = new InMemoryServer([strings, expiry]);
  server.reply("SET k v PX 100");
  server.clock.nowMs += 100;
  assertEquals([server.reply("GET k"), server.reply("PTTL k")], ["$1 v", ":0"]);
  server.clock.nowMs += 1;
  assertEquals([server.reply("GET k"), server.reply("PTTL k")], ["$-1", ":-2"]);
});

Deno.test("lazy check: a read removes a due key, tells of it, and is a miss", () => {
  using server = withDueKey();
  const { keyspace } = server.parts;
  const effects = server.effectsOf(() => assertEquals(server.reply("GET k"), "$-1"));
  assertEquals(effects, { events: ["expired k"], propagated: ["DEL k"], dirty: 0 });
  assertEquals([keyspace.expiredKeys, keyspace.misses, keyspace.size], [1, 1, 0]);
});

Deno.test("lazy check: what a write sends on comes after the removal, in one transaction", () => {
  using server = withDueKey("lazyfree-lazy-expire yes");
  const effects = server.effectsOf(() => server.reply("APPEND k w"));
  assertEquals(effects.events, ["expired k", "append k"]);
  assertEquals(effects.propagated, ["MULTI", "UNLINK k", "APPEND k w", "EXEC"]);
  assertEquals(server.reply("GET k"), "$1 w");
});

Deno.test("lazy check: every way to overwrite a due key begins anew", () => {
  using server = new InMemoryServer([strings, expiry]);
  const writes = ["SET k 5 KEEPTTL", "SET k 5 NX", "SETNX k 5", "INCRBY k 5", "APPEND k 5", "MSET k 5", "MSETNX k 5"];
  for (const write of writes) {
    server.reply("SET k 1 PX 100");
    server.clock.nowMs += 101;
    server.reply(write);
    assertEquals([server.reply("GET k"), server.reply("TTL k")], ["$1 5", ":-1"], write);
    server.verifyHeap();
  }
});

Deno.test("lazy check: a replica hides a due key and leaves it to its master", () => {
  using server = withDueKey();
  Object.assign(server.parts.host, { isReplica: true });
  const effects = server.effectsOf(() => assertEquals(server.reply("GET k"), "$-1"));
  assertEquals(effects, { events: [], propagated: [], dirty: 0 });
  assertEquals(server.parts.keyspace.size, 1);
  assertEquals(server.reply("SET k w"), "+OK");
  assertEquals([server.reply("GET k"), server.parts.keyspace.size], ["$1 w", 1]);
});

Deno.test("lazy check: what the master or the disk sends finds a due key", () => {
  using server = withDueKey();
  Object.assign(server.parts.host, { isReplica: true, isApplying: true });
  assertEquals([server.reply("GET k"), server.reply("APPEND k w")], ["$1 v", ":2"]);
});

Deno.test("lazy check: during a pause a due key is hidden and stays", () => {
  using server = withDueKey();
  server.parts.setMayExpire(false);
  assertEquals([server.reply("GET k"), server.parts.keyspace.size], ["$-1", 1]);
  server.parts.setMayExpire(true);
  assertEquals([server.reply("GET k"), server.parts.keyspace.size], ["$-1", 0]);
});
