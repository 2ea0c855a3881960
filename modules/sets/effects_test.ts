/**
 * What set commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import { Key } from "../../server/structures/key.ts";
import sets from "./mod.ts";

/** `command: events; lines sent on; changes`, each on the state that those before have left. */
const cases: readonly (readonly [command: string, events: string[], propagated: string[], dirty: number])[] = [
  ["SADD s 1 2 3 1", ["sadd s"], ["SADD s 1 2 3 1"], 3],
  ["SADD s 1", [], [], 0],
  ["SREM s 9", [], [], 0],
  ["SREM s 1 9 2", ["srem s"], ["SREM s 1 9 2"], 2],
  ["SREM s 3", ["srem s", "del s"], ["SREM s 3"], 1],
  ["SREM s 3", [], [], 0],
  ["SADD s 5", ["sadd s"], ["SADD s 5"], 1],
  ["SPOP s 0", [], [], 0],
  ["SPOP s", ["spop s", "del s"], ["SREM s 5"], 1],
  ["SADD s 1 2 3", ["sadd s"], ["SADD s 1 2 3"], 3],
  ["SPOP s 10", ["spop s", "del s"], ["DEL s"], 3],
  ["SPOP s 10", [], [], 0],
  ["SPOP s", [], [], 0],
  ["SADD a 1 2 3", ["sadd a"], ["SADD a 1 2 3"], 3],
  ["SADD b 2 3 4", ["sadd b"], ["SADD b 2 3 4"], 3],
  ["SMOVE a b 1", ["srem a", "sadd b"], ["SMOVE a b 1"], 2],
  ["SMOVE a b 3", ["srem a"], ["SMOVE a b 3"], 1],
  ["SMOVE a b 9", [], [], 0],
  ["SMOVE a a 2", [], [], 0],
  ["SMOVE a b 2", ["srem a", "del a"], ["SMOVE a b 2"], 1],
  ["SADD a 1", ["sadd a"], ["SADD a 1"], 1],
  ["SMOVE a new 1", ["srem a", "del a", "sadd new"], ["SMOVE a new 1"], 2],
  ["SADD a 2 3", ["sadd a"], ["SADD a 2 3"], 2],
  ["SINTERSTORE d a b", ["sinterstore d"], ["SINTERSTORE d a b"], 1],
  ["SUNIONSTORE d a b", ["sunionstore d"], ["SUNIONSTORE d a b"], 1],
  ["SDIFFSTORE d b a", ["sdiffstore d"], ["SDIFFSTORE d b a"], 1],
  ["SDIFFSTORE d a b", ["del d"], ["SDIFFSTORE d a b"], 1],
  ["SDIFFSTORE d nokey b", [], [], 0],
  ["SUNIONSTORE d nokey", [], [], 0],
  ["SINTERSTORE a a nokey", ["del a"], ["SINTERSTORE a a nokey"], 1],
  ["SRANDMEMBER b 2", [], [], 0],
  ["SMEMBERS b", [], [], 0],
];

Deno.test("sets: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([sets]);
  for (const [command, events, propagated, dirty] of cases) {
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});

Deno.test("sets: members taken at random are sent on by name, as one transaction where they are many", () => {
  for (const members of ["1 2 3 4 5 6", "a b c d e f"]) {
    using server = new InMemoryServer([sets]);
    server.reply(`SADD s ${members}`);
    const { propagated, events, dirty } = server.effectsOf(() => server.reply("SPOP s 4"));
    assertEquals([events, dirty, propagated.length], [["spop s"], 4, 6]);
    assertEquals([propagated[0], propagated[5]], ["MULTI", "EXEC"]);
    const gone = propagated.slice(1, 5).map((line) => line.slice("SREM s ".length));
    const left = server.call("SMEMBERS", "s") as Uint8Array[];
    const all = [...gone, ...left.map((member) => new TextDecoder().decode(member))];
    assertEquals(all.sort().join(" "), members);
  }
});

Deno.test("sets: a union replaces the deadline with the value", () => {
  using server = new InMemoryServer([sets]);
  server.reply("SADD s 1");
  server.parts.keyspace.databases[0].setDeadline(Key.of("s"), server.clock.nowMs + 1000);
  server.reply("SUNIONSTORE s s");
  assertEquals(server.session.db.volatileSize, 0);
});

Deno.test("sets: where memory ends in the midst of a command, nothing has changed", () => {
  using server = new InMemoryServer([sets], "maxheap 1mb");
  const long = "m".repeat(30_000);
  server.call("SADD", "s", 1, 2, 3);
  let refused = 0;
  for (let i = 0; refused < 5; i++) {
    const before = server.reply("SCARD s");
    const reply = server.call("SADD", "s", `${i}a${long}`, `${i}b${long}`, `${i}c${long}`);
    if (reply === 3) continue;
    assert(String(reply).includes("OOM"), String(reply));
    refused++;
    assertEquals(server.reply("SCARD s"), before);
    for (const command of ["SUNIONSTORE d s s", `SADD fresh ${long} ${long}b ${long}c`, `SADD other ${long}x`]) {
      server.reply(command);
    }
    assertEquals(server.reply("EXISTS d fresh"), ":0");
    server.verifyHeap();
  }
});
