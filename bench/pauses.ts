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

/** Latencies while the keyspace is filled and while it is overwritten. */
export interface WritePauses {
  readonly keys: number;
  readonly seconds: number;
  readonly overwrittenPerSecond: Pair<number>;
  readonly filling: Pair<Pings>;
  readonly overwriting: Pair<Pings>;
}

/** Latencies while keys fall due. */
export interface ExpiryPauses {
  readonly keys: number;
  /** From the deadline until the keyspace was empty. */
  readonly emptyAfterMs: Pair<number>;
  readonly pings: Pair<Pings>;
}

/** One of the figures that were taken together of each server. */
function pick<T, K extends keyof T>({ redis, redeno }: Pair<T>, figure: K): Pair<T[K]> {
  return { redis: redis[figure], redeno: redeno[figure] };
}

/** Fills each server, then overwrites random keys; another process pings. */
export async function measureWritePauses({ pauseKeys, pauseSeconds }: Settings): Promise<WritePauses> {
  const measured = await measureEach(async ({ port }) => {
    const filler = await Filler.connect(port, { valueBytes });
    const filling = await pingDuring(port, () => filler.fill(pauseKeys));
    let written = 0;
    const overwriting = await pingDuring(port, async () => {
      written = await filler.overwrite(pauseKeys, pauseSeconds);
    });
    filler.close();
    return { overwrittenPerSecond: written / pauseSeconds, filling, overwriting };
  });
  return {
    keys: pauseKeys,
    seconds: pauseSeconds,
    overwrittenPerSecond: pick(measured, "overwrittenPerSecond"),
    filling: pick(measured, "filling"),
    overwriting: pick(measured, "overwriting"),
  };
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
    const pings = await pingDuring(port, async () => {
      await delay(deadlineMs - Date.now());
      while (await client.call("DBSIZE") !== 0) await delay(emptyPollMs);
    });
    return { emptyAfterMs: Date.now() - deadlineMs, pings };
  });
  return { keys: expiryKeys, emptyAfterMs: pick(measured, "emptyAfterMs"), pings: pick(measured, "pings") };
}
