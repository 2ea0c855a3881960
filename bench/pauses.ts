/**
 * The longest time that a server leaves a client waiting: while it overwrites a large keyspace, and while a million keys
 * fall due at once.
 *
 * @module
 */
import { RawClient } from "../tests/support/raw_client.ts";
import { measureEach, type Pair } from "./contenders.ts";
import { Filler } from "./filler.ts";
import { pingDuring, type Pings } from "./pinger.ts";
import type { Settings } from "./settings.ts";

const valueBytes = 64;
const expiryLeadMs = 3000;
const fillMsPerKey = 0.02;
const emptyPollMs = 20;

/** Latencies while the keyspace is overwritten. */
export interface OverwritePauses {
  readonly keys: number;
  readonly seconds: number;
  readonly overwrittenPerSecond: Pair<number>;
  readonly pings: Pair<Pings>;
}

/** Latencies while keys fall due. */
export interface ExpiryPauses {
  readonly keys: number;
  /** From the deadline until the keyspace was empty. */
  readonly emptyAfterMs: Pair<number>;
  readonly pings: Pair<Pings>;
}

function split<A, B>({ redis, redeno }: Pair<{ a: A; b: B }>): [Pair<A>, Pair<B>] {
  return [{ redis: redis.a, redeno: redeno.a }, { redis: redis.b, redeno: redeno.b }];
}

/** Fills each server, then overwrites random keys while another process pings. */
export async function measureOverwritePauses({ pauseKeys, pauseSeconds }: Settings): Promise<OverwritePauses> {
  const measured = await measureEach(async ({ port }) => {
    const filler = await Filler.connect(port, { valueBytes });
    await filler.fill(pauseKeys);
    let written = 0;
    const b = await pingDuring(port, async () => {
      written = await filler.overwrite(pauseKeys, pauseSeconds);
    });
    filler.close();
    return { a: written / pauseSeconds, b };
  });
  const [overwrittenPerSecond, pings] = split(measured);
  return { keys: pauseKeys, seconds: pauseSeconds, overwrittenPerSecond, pings };
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Fills each server with keys of one deadline and pings until they are gone. */
export async function measureExpiryPauses({ expiryKeys }: Settings): Promise<ExpiryPauses> {
  const measured = await measureEach(async ({ port }) => {
    const deadlineMs = Date.now() + Math.ceil(expiryKeys * fillMsPerKey) + expiryLeadMs;
    const filler = await Filler.connect(port, { valueBytes, deadlineMs });
    await filler.fill(expiryKeys);
    filler.close();
    if (Date.now() >= deadlineMs) throw new Error("the keys fell due while they were being set");
    await using client = await RawClient.connect({ port });
    const b = await pingDuring(port, async () => {
      await delay(deadlineMs - Date.now());
      while (await client.call("DBSIZE") !== 0) await delay(emptyPollMs);
    });
    return { a: Date.now() - deadlineMs, b };
  });
  const [emptyAfterMs, pings] = split(measured);
  return { keys: expiryKeys, emptyAfterMs, pings };
}
