/**
 * What bitmap commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Ref } from "../../server/heap/layout.ts";
import { ReplyError } from "../../server/protocol/errors.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "../strings/mod.ts";
import bitmaps from "./mod.ts";

/** `command: events; changes`, each on the state that those before have left; what is sent on is the command. */
const cases: readonly (readonly [command: string, events: string[], dirty: number])[] = [
  ["SETBIT b 7 1", ["setbit b"], 1],
  ["SETBIT b 7 1", [], 0],
  ["SETBIT b 15 0", ["setbit b"], 1],
  ["SETBIT b 15 0", [], 0],
  ["GETBIT b 7", [], 0],
  ["BITFIELD fresh GET u8 0", [], 0],
  ["BITFIELD fresh SET u8 0 0 SET u8 0 0 SET u8 8 0", ["setbit fresh"], 3],
  ["BITFIELD fresh SET u8 0 0 SET u8 0 0", [], 0],
  ["BITFIELD fresh INCRBY u8 0 3 GET u8 0 SET u8 0 4", ["setbit fresh"], 2],
  ["BITFIELD fresh OVERFLOW FAIL INCRBY u8 0 255", [], 0],
  ["BITFIELD e OVERFLOW FAIL SET u4 100 17", [], 0],
  ["BITOP OR d b fresh", ["set d"], 1],
  ["BITOP OR d nokey", ["del d"], 1],
  ["BITOP OR d nokey", [], 0],
  ["BITOP NOT b b", ["set b"], 1],
];

Deno.test("bitmaps: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([strings, bitmaps]);
  for (const [command, events, dirty] of cases) {
    const propagated = dirty > 0 ? [command] : [];
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});

Deno.test("bitmaps: a frozen view shows the string as it was", () => {
  for (const bytes of [1, 40, 50, 3000, 9000, 40_000]) {
    using server = new InMemoryServer([strings, bitmaps]);
    const { heap } = server.parts.keyspace;
    server.call("SET", "k", "a".repeat(bytes));
    server.call("SETBIT", "k", 0, 0);
    const before = new Map<Ref, Uint8Array>();
    heap.forEachBlock((ref, size) => before.set(ref, new Uint8Array(size)));
    const view = heap.freeze();
    for (const [ref, content] of before) view.read(ref, 0, content);
    server.call("SETBIT", "k", bytes * 8 - 1, 0);
    server.call("BITFIELD", "k", "SET", "u32", bytes * 4, 7, "INCRBY", "i64", "#0", 1);
    for (const [ref, content] of before) {
      const seen = new Uint8Array(content.length);
      view.read(ref, 0, seen);
      assertEquals(seen, content);
    }
    heap.release(view);
  }
});

Deno.test("bitmaps: where memory ends, the string is as it was", () => {
  using server = new InMemoryServer([strings, bitmaps], "maxheap 1mb");
  server.call("SET", "k", "value");
  for (const line of ["SETBIT k 80000000 1", "BITFIELD k SET u8 80000000 1", "SETBIT new 80000000 1"]) {
    const reply = server.call(...line.split(" "));
    assert(reply instanceof ReplyError && reply.message.startsWith("OOM"), line);
  }
  assertEquals(server.reply("GET k"), "$5 value");
  assertEquals(server.reply("EXISTS new"), ":0");
});
