/**
 * What HyperLogLog commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { ReplyError } from "../../server/protocol/errors.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "../strings/mod.ts";
import hyperloglog from "./mod.ts";

/** `command: events; changes`, each on the state that those before have left; what is sent on is the command. */
const cases: readonly (readonly [command: string, events: string[], dirty: number])[] = [
  ["PFADD h", ["pfadd h"], 1],
  ["PFADD h", [], 0],
  ["PFADD h a", ["pfadd h"], 1],
  ["PFADD h a", [], 0],
  ["PFADD n a b c", ["pfadd n"], 4],
  ["PFCOUNT h", [], 1],
  ["PFCOUNT h", [], 0],
  ["PFADD h b c d", ["pfadd h"], 3],
  ["PFCOUNT h n", [], 0],
  ["PFCOUNT missing", [], 0],
  ["PFMERGE m", ["pfadd m"], 1],
  ["PFMERGE m h missing", ["pfadd m"], 1],
  ["PFDEBUG TODENSE m", [], 1],
  ["PFDEBUG TODENSE m", [], 0],
  ["PFDEBUG ENCODING h", [], 0],
  ["PFDEBUG GETREG h", [], 1],
  ["PFADD m x y", ["pfadd m"], 2],
  ["PFADD m x y", [], 0],
];

Deno.test("hyperloglog: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([strings, hyperloglog]);
  for (const [command, events, dirty] of cases) {
    const propagated = dirty > 0 ? [command] : [];
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});

Deno.test("hyperloglog: where memory ends, the value is as it was", () => {
  using server = new InMemoryServer([strings, hyperloglog], "maxheap 1mb");
  server.reply("PFADD h a");
  const before = server.call("GET", "h");
  for (let i = 0; server.reply(`SET key:${i} ${"v".repeat(300 - i % 300)}`) === "+OK"; i++);
  const elements = Array.from({ length: 3000 }, (_, i) => `element ${i}`);
  const reply = server.call("PFADD", "h", ...elements);
  assert(reply instanceof ReplyError && reply.message.startsWith("OOM"));
  assertEquals(server.call("GET", "h"), before);
});
