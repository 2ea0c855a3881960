/**
 * What sorted set commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import sets from "../sets/mod.ts";
import zsets from "./mod.ts";

/** `command: events; lines sent on; changes`, each on the state that those before have left. */
const cases: readonly (readonly [command: string, events: string[], propagated: string[], dirty: number])[] = [
  ["ZADD z 1 a", ["zadd z"], ["ZADD z 1 a"], 1],
  ["ZADD z 1 a", [], [], 0],
  ["ZADD z 2 a 3 b", ["zadd z"], ["ZADD z 2 a 3 b"], 2],
  ["ZADD z NX 5 a", [], [], 0],
  ["ZADD z XX 5 nosuch", [], [], 0],
  ["ZADD z CH 9 a 10 c", ["zadd z"], ["ZADD z CH 9 a 10 c"], 2],
  ["ZADD z INCR 0 a", [], [], 0],
  ["ZADD z INCR 1 a", ["zincr z"], ["ZADD z INCR 1 a"], 1],
  ["zincrby z 2 a", ["zincr z"], ["zincrby z 2 a"], 1],
  ["ZINCRBY z 0 a", [], [], 0],
  ["ZINCRBY y 2 a", ["zincr y"], ["ZINCRBY y 2 a"], 1],
  ["ZADD y nan a", [], [], 0],
  ["ZREM z nosuch", [], [], 0],
  ["ZREM z a nosuch b", ["zrem z"], ["ZREM z a nosuch b"], 2],
  ["ZREM y a", ["zrem y", "del y"], ["ZREM y a"], 1],
  ["ZADD z 1 a 2 b 3 d 4 e 5 f 6 g", ["zadd z"], ["ZADD z 1 a 2 b 3 d 4 e 5 f 6 g"], 6],
  ["ZREMRANGEBYRANK z 10 20", [], [], 0],
  ["ZREMRANGEBYRANK z 0 1", ["zremrangebyrank z"], ["ZREMRANGEBYRANK z 0 1"], 2],
  ["ZREMRANGEBYSCORE z 3 4", ["zremrangebyscore z"], ["ZREMRANGEBYSCORE z 3 4"], 2],
  ["ZREMRANGEBYLEX z [f [f", [], [], 0],
  ["ZREMRANGEBYRANK z 0 -1", ["zremrangebyrank z", "del z"], ["ZREMRANGEBYRANK z 0 -1"], 3],
  ["ZADD z 1 a 2 b 3 c 4 d 5 e 6 f 7 g 8 h 9 i", ["zadd z"], ["ZADD z 1 a 2 b 3 c 4 d 5 e 6 f 7 g 8 h 9 i"], 9],
  ["ZPOPMIN z", ["zpopmin z"], ["ZPOPMIN z"], 1],
  ["ZPOPMIN z 2", ["zpopmin z"], ["ZPOPMIN z 2"], 2],
  ["ZPOPMAX z 0", [], [], 0],
  ["ZMPOP 2 y z MIN", ["zpopmin z"], ["ZPOPMIN z 1"], 1],
  ["ZMPOP 2 y z MAX COUNT 2", ["zpopmax z"], ["ZPOPMAX z 2"], 2],
  ["ZMPOP 1 missing MAX", [], [], 0],
  ["BZPOPMIN y z 0", ["zpopmin z"], ["ZPOPMIN z"], 1],
  ["BZPOPMAX z 0", ["zpopmax z"], ["ZPOPMAX z"], 1],
  ["BZMPOP 0 1 z MIN COUNT 10", ["zpopmin z", "del z"], ["ZPOPMIN z 1"], 1],
  ["ZPOPMAX z", [], [], 0],
  ["ZADD a 1 x 2 y", ["zadd a"], ["ZADD a 1 x 2 y"], 2],
  ["ZADD b 10 y 20 z", ["zadd b"], ["ZADD b 10 y 20 z"], 2],
  ["ZUNIONSTORE d 2 a b", ["zunionstore d"], ["ZUNIONSTORE d 2 a b"], 1],
  ["ZINTERSTORE d 2 a b WEIGHTS 1 2", ["zinterstore d"], ["ZINTERSTORE d 2 a b WEIGHTS 1 2"], 1],
  ["ZDIFFSTORE d 2 a b", ["zdiffstore d"], ["ZDIFFSTORE d 2 a b"], 1],
  ["ZDIFFSTORE d 2 a a", ["del d"], ["ZDIFFSTORE d 2 a a"], 1],
  ["ZDIFFSTORE d 2 a a", [], [], 0],
  ["ZRANGESTORE d a 0 -1", ["zrangestore d"], ["ZRANGESTORE d a 0 -1"], 1],
  ["ZRANGESTORE d a 5 6", ["del d"], ["ZRANGESTORE d a 5 6"], 1],
  ["ZRANGESTORE d a 5 6", [], [], 0],
  ["ZADD m 1 x", ["zadd m"], ["ZADD m 1 x"], 1],
  ["ZPOPMIN m", ["zpopmin m", "del m"], ["ZPOPMIN m"], 1],
  ["ZUNION 2 a b", [], [], 0],
  ["ZRANDMEMBER a", [], [], 0],
];

Deno.test("zsets: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([sets, zsets]);
  for (const [command, events, propagated, dirty] of cases) {
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});
