/**
 * What string commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "./mod.ts";

const now = 1_700_000_000_000;

/** `command: events; lines sent on; changes`, each on the state that those before have left. */
const cases: readonly (readonly [command: string, events: string[], propagated: string[], dirty: number])[] = [
  ["SET k v", ["set k"], ["SET k v"], 1],
  ["set k v ex 1000", ["set k", "expire k"], [`SET k v PXAT ${now + 1_000_000}`], 1],
  ["SET k v PX 5 GET", ["set k", "expire k"], [`SET k v PXAT ${now + 5}`], 1],
  ["SET k v GET", ["set k"], ["SET k v"], 1],
  ["SET k v GET XX", ["set k"], ["SET k v XX"], 1],
  ["SET k v KEEPTTL GET", ["set k"], ["SET k v KEEPTTL"], 1],
  ["SET k v KEEPTTL", ["set k"], ["SET k v KEEPTTL"], 1],
  ["SET k w NX", [], [], 0],
  ["SET k w NX GET", [], [], 0],
  ["SET k w XX EXAT 33177117420 GET", ["set k", "expire k"], ["SET k w PXAT 33177117420000"], 1],
  ["SETEX k 100 v", ["set k", "expire k"], [`SET k v PXAT ${now + 100_000}`], 1],
  ["PSETEX k 100 v", ["set k", "expire k"], [`SET k v PXAT ${now + 100}`], 1],
  ["SETNX n 1", ["set n"], ["SETNX n 1"], 1],
  ["SETNX n 1", [], [], 0],
  ["GETSET n 5", ["set n"], ["SET n 5"], 1],
  ["GETEX n", [], [], 0],
  ["GETEX n EX 100", ["expire n"], [`PEXPIREAT n ${now + 100_000}`], 1],
  ["GETEX n PERSIST", ["persist n"], ["PERSIST n"], 1],
  ["GETEX n PERSIST", [], [], 0],
  ["GETEX n PXAT 1", ["del n"], ["DEL n"], 1],
  ["INCR n", ["incrby n"], ["INCR n"], 1],
  ["INCRBY n 0", ["incrby n"], ["INCRBY n 0"], 1],
  ["DECRBY n 3", ["incrby n"], ["DECRBY n 3"], 1],
  ["INCRBYFLOAT n 1.5", ["incrbyfloat n"], ["SET n -0.5 KEEPTTL"], 1],
  ["INCR n", [], [], 0],
  ["APPEND n x", ["append n"], ["APPEND n x"], 1],
  ["APPEND m 123", ["append m"], ["APPEND m 123"], 1],
  ["APPEND m ", ["append m"], ["APPEND m "], 1],
  ["SETRANGE m 1 zz", ["setrange m"], ["SETRANGE m 1 zz"], 1],
  ["SETRANGE m 1 ", [], [], 0],
  ["GETDEL m", ["del m"], ["DEL m"], 1],
  ["GETDEL m", [], [], 0],
  ["MSET a 1 b 2", ["set a", "set b"], ["MSET a 1 b 2"], 2],
  ["MSETNX a 1 c 2", [], [], 0],
  ["MSETNX c 1 d 2", ["set c", "set d"], ["MSETNX c 1 d 2"], 2],
  ["MGET a b c", [], [], 0],
];

Deno.test("strings: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([strings]);
  for (const [command, events, propagated, dirty] of cases) {
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});

Deno.test("strings: with lazyfree-lazy-expire, a deadline in the past is sent on as UNLINK", () => {
  using server = new InMemoryServer([strings], "lazyfree-lazy-expire yes");
  server.reply("SET k v");
  assertEquals(server.effectsOf(() => server.reply("GETEX k EXAT 1")).propagated, ["UNLINK k"]);
});

Deno.test("strings: a replica leaves a deadline in the past to its master", () => {
  using server = new InMemoryServer([strings]);
  Object.assign(server.parts.host, { isReplica: true });
  server.reply("SET k v");
  assertEquals(server.effectsOf(() => server.reply("GETEX k PXAT 1")).propagated, ["PEXPIREAT k 1"]);
  assertEquals(server.reply("GET k"), "$1 v");
});
