/**
 * What geo commands cause beside their replies: key events, the count of changes, what AOF and replicas get. The
 * expectations were taken from redis-server 7.0.15 with `--appendonly yes --notify-keyspace-events KEA`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import sets from "../sets/mod.ts";
import zsets from "../zsets/mod.ts";
import geo from "./mod.ts";

/** `command: events; lines sent on; changes`, each on the state that those before have left. */
const cases: readonly (readonly [command: string, events: string[], propagated: string[], dirty: number])[] = [
  ["GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania", ["zadd g"], [
    "zadd g 3479099956230698 Palermo 3479447370796909 Catania",
  ], 2],
  ["GEOADD g NX 1 1 Palermo", [], [], 0],
  ["geoadd g xx ch 13.5 38 Palermo", ["zadd g"], ["zadd g xx ch 3479097324432493 Palermo"], 1],
  ["GEOADD g 13.5 38 Palermo", [], [], 0],
  ["GEOADD g CH 2 2 new 13.5 38 Palermo", ["zadd g"], ["zadd g CH 3378191666521995 new 3479097324432493 Palermo"], 1],
  ["GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 200 km", ["geosearchstore d"], [
    "GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 200 km",
  ], 2],
  ["GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 200 km STOREDIST", ["geosearchstore d"], [
    "GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 200 km STOREDIST",
  ], 2],
  [
    "GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 1 m",
    ["del d"],
    ["GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 1 m"],
    1,
  ],
  ["GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 1 m", [], [], 0],
  ["GEORADIUS g 15 37 200 km STORE d", ["georadiusstore d"], ["GEORADIUS g 15 37 200 km STORE d"], 2],
  ["GEORADIUS g 15 37 200 km", [], [], 0],
  ["GEORADIUSBYMEMBER g Catania 10 km STOREDIST d", ["georadiusstore d"], [
    "GEORADIUSBYMEMBER g Catania 10 km STOREDIST d",
  ], 1],
  ["GEORADIUSBYMEMBER missing Catania 10 km STOREDIST d", ["del d"], [
    "GEORADIUSBYMEMBER missing Catania 10 km STOREDIST d",
  ], 1],
];

Deno.test("geo: events, propagation and changes of each command", () => {
  using server = new InMemoryServer([sets, zsets, geo]);
  for (const [command, events, propagated, dirty] of cases) {
    assertEquals(server.effectsOf(() => server.reply(command)), { events, propagated, dirty }, command);
  }
});
