/**
 * What hash commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import hashes from "./mod.ts";

/** `command: events; lines sent on; changes`, each on the state that those before have left. */
const cases: readonly (readonly [command: string, events: string[], propagated: string[], dirty: number])[] = [
  ["HSET k a 1", ["hset k"], ["HSET k a 1"], 1],
  ["HSET k a 1 b 2 c 3", ["hset k"], ["HSET k a 1 b 2 c 3"], 3],
  ["HMSET k a 1 d 4", ["hset k"], ["HMSET k a 1 d 4"], 2],
  ["HSETNX k a 1", [], [], 0],
  ["HSETNX k e 1", ["hset k"], ["HSETNX k e 1"], 1],
  ["HINCRBY k a 5", ["hincrby k"], ["HINCRBY k a 5"], 1],
  ["HINCRBY k a 0", ["hincrby k"], ["HINCRBY k a 0"], 1],
  ["HINCRBYFLOAT k a 1.5", ["hincrbyfloat k"], ["HSET k a 7.5"], 1],
  ["HINCRBYFLOAT k a 0", ["hincrbyfloat k"], ["HSET k a 7.5"], 1],
  ["HINCRBY k a 1", [], [], 0],
  ["HDEL k x", [], [], 0],
  ["HDEL k a b x", ["hdel k"], ["HDEL k a b x"], 2],
  ["HGETALL k", [], [], 0],
  ["HRANDFIELD k 1", [], [], 0],
  ["HSCAN k 0", [], [], 0],
  ["HDEL k c d e f", ["hdel k", "del k"], ["HDEL k c d e f"], 3],
  ["HDEL k c", [], [], 0],
  ["HINCRBYFLOAT n f 2", ["hincrbyfloat n"], ["HSET n f 2"], 1],
  ["HINCRBY m f 2", ["hincrby m"], ["HINCRBY m f 2"], 1],
  ["HSETNX o f 2", ["hset o"], ["HSETNX o f 2"], 1],
  ["HMSET p f 2 f 3", ["hset p"], ["HMSET p f 2 f 3"], 2],
];

Deno.test("hashes: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([hashes]);
  for (const [command, events, propagated, dirty] of cases) {
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});
