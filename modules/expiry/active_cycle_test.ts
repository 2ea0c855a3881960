import { assert, assertEquals } from "@std/assert";
import type { ModuleHost } from "../../server/api/mod.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "../strings/mod.ts";
import { ActiveCycle } from "./active_cycle.ts";
import expiry from "./mod.ts";

/** A server with `due` keys that are due in a millisecond and `later` ones that are not, half of each in database 1. */
function withKeys(due: number, later: number): InMemoryServer {
  const server = new InMemoryServer([strings, expiry]);
  for (let i = 0; i < due + later; i++) {
    if (i % 2 === 0) server.session.db = server.parts.keyspace.databases[i % 4 / 2];
    server.call("SET", `key:${i}`, "v", "PX", i < due ? 1 : 100_000);
  }
  server.clock.nowMs += 2;
  return server;
}

/** A cycle over the server whose rests are kept to be ended by hand. */
function cycleOf({ parts }: InMemoryServer) {
  const rests: { delayMs: number; end: () => void }[] = [];
  const after = (delayMs: number, end: () => void) => {
    rests.push({ delayMs, end });
    return () => {};
  };
  const host: ModuleHost = Object.create(parts.host, { after: { value: after } });
  return { cycle: new ActiveCycle(host), rests };
}

/** Runs `act` while no time passes, so that no slice is cut short. */
function timeless<T>(act: () => T): T {
  const { now } = performance;
  performance.now = () => 0;
  try {
    return act();
  } finally {
    performance.now = now;
  }
}

Deno.test("active cycle: the server's cron removes due keys of all databases, with event and propagation", () => {
  using server = withKeys(6, 4);
  const { events, propagated, dirty } = server.effectsOf(() => timeless(() => server.cron()));
  assertEquals(events.toSorted(), Array.from({ length: 6 }, (_, i) => `expired key:${i}`));
  assertEquals(propagated.toSorted(), Array.from({ length: 6 }, (_, i) => `DEL key:${i}`));
  assertEquals([dirty, server.parts.keyspace.expiredKeys, server.parts.keyspace.size], [0, 6, 4]);
});

Deno.test("active cycle: many due keys are removed in short slices with rests, and none is left", () => {
  using server = withKeys(20_000, 1000);
  const { cycle, rests } = cycleOf(server);
  const { keyspace } = server.parts;
  cycle.run();
  let slices = 1;
  for (; rests.length > 0; slices++) {
    const { delayMs, end } = rests.shift()!;
    assert(delayMs >= 3, "a rest is three times as long as the slice before it");
    cycle.run();
    assertEquals(rests.length, 0, "the cron does not interrupt a rest");
    end();
  }
  assert(slices > 3, `${slices} slices`);
  assertEquals(keyspace.activeExpiry.timeCapReachedCount, slices - 1);
  assert(keyspace.activeExpiry.spentMs > slices - 1);
  // The last few are found by later cycles: a tenth may be due at any time.
  assert(keyspace.size < 1000 + 1000 / 9 + 100, `${keyspace.size} keys are left`);
  for (let i = 0; i < 1000 && keyspace.size > 1000; i++) timeless(() => cycle.run());
  assertEquals(keyspace.size, 1000);
});

Deno.test("active cycle: where nothing is due, a few keys are looked at, and the time to live is estimated", () => {
  using server = withKeys(0, 10_000);
  const { keyspace } = server.parts;
  const { cycle, rests } = cycleOf(server);
  timeless(() => cycle.run());
  assertEquals([rests.length, keyspace.activeExpiry.timeCapReachedCount], [0, 0]);
  for (const db of keyspace.databases.slice(0, 2)) assertEquals(db.averageTtlMs, 99_998);
  assertEquals([keyspace.size, keyspace.expiredKeys, keyspace.activeExpiry.stalePercent], [10_000, 0, 0]);
});

Deno.test("active cycle: rests when it is switched off, on a replica, and during a pause", () => {
  using server = withKeys(10, 0);
  const { keyspace, host, setMayExpire } = server.parts;
  const stays = (why: string) => {
    server.cron();
    assertEquals(keyspace.size, 10, why);
  };
  keyspace.activeExpiry.enabled = false;
  stays("switched off");
  keyspace.activeExpiry.enabled = true;
  Object.assign(host, { isReplica: true });
  stays("replica");
  Object.assign(host, { isReplica: false });
  setMayExpire(false);
  stays("paused");
  setMayExpire(true);
  timeless(() => server.cron());
  assertEquals(keyspace.size, 0);
});

Deno.test("active cycle: more effort looks at more keys and allows fewer to be due", () => {
  const sizes = ["1", "10"].map((effort) => {
    using server = withKeys(200, 2000);
    server.parts.config.set([["active-expire-effort", effort]]);
    const { cycle, rests } = cycleOf(server);
    for (let i = 0; i < 5; i++) {
      cycle.run();
      while (rests.length > 0) rests.shift()!.end();
    }
    return server.parts.keyspace.size;
  });
  assert(sizes[1] < sizes[0], `${sizes}`);
});
