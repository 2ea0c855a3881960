/**
 * What the expiry commands cause beside their replies. The expectations were taken from redis-server 7.0.15 with
 * `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "../strings/mod.ts";
import expiry from "./mod.ts";

const now = 1_700_000_000_000;

const cases: readonly (readonly [command: string, events: string[], propagated: string[], dirty: number])[] = [
  ["EXPIRE missing 100", [], [], 0],
  ["EXPIRE k 100", ["expire k"], [`PEXPIREAT k ${now + 100_000}`], 1],
  ["EXPIRE k 100 LT", [], [], 0],
  ["EXPIRE k 100 NX", [], [], 0],
  ["PEXPIRE k 200 XX", ["expire k"], [`PEXPIREAT k ${now + 200} XX`], 1],
  ["EXPIREAT k 33177117420", ["expire k"], ["PEXPIREAT k 33177117420000"], 1],
  ["PEXPIREAT k 33177117420001 GT", ["expire k"], ["PEXPIREAT k 33177117420001 GT"], 1],
  ["TTL k", [], [], 0],
  ["PERSIST k", ["persist k"], ["PERSIST k"], 1],
  ["PERSIST k", [], [], 0],
  ["PERSIST missing", [], [], 0],
  ["EXPIRE k 0", ["del k"], ["DEL k"], 1],
];

Deno.test("expiry: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([strings, expiry]);
  server.reply("SET k v");
  for (const [command, events, propagated, dirty] of cases) {
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});

Deno.test("expiry: a deadline comes and goes with every form of value, and moves nothing else", () => {
  using server = new InMemoryServer([strings, expiry]);
  for (const value of ["v", "12345", "x".repeat(45), "x".repeat(200), "x".repeat(9000), "x".repeat(200_000)]) {
    server.call("SET", "k", value);
    for (const command of ["EXPIRE k 100", "EXPIRE k 200", "PERSIST k", "EXPIRE k 100", "RENAME k l", "RENAME l k"]) {
      server.reply(command);
      server.verifyHeap();
      assertEquals(server.call("GET", "k") ?? server.call("GET", "l"), new TextEncoder().encode(value), command);
    }
    assertEquals(server.reply("TTL k"), ":100");
    server.reply("SET k v KEEPTTL");
    assertEquals(server.reply("TTL k"), ":100");
    server.reply("SET k v");
    assertEquals(server.reply("TTL k"), ":-1");
  }
});

Deno.test("expiry: deadlines keep all 64 bits, wherever the key goes", () => {
  using server = new InMemoryServer([strings, expiry]);
  server.reply("SET k v PXAT 9223372036854775807");
  for (const command of ["RENAME k l", "COPY l k", "SET k w KEEPTTL", "APPEND k x", "SET k 1 KEEPTTL", "INCR k"]) {
    server.reply(command);
  }
  assertEquals([server.reply("PEXPIRETIME k"), server.reply("PEXPIRETIME l")], Array(2).fill(":9223372036854775807"));
  assertEquals(server.reply("PTTL k"), `:${2n ** 63n - 1n - BigInt(now)}`);
  assertEquals(server.reply("TTL k"), `:${(2n ** 63n - 1n - BigInt(now) + 500n) / 1000n}`);
});
