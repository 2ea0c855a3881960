/**
 * The longest time that a server leaves a client waiting while a single value of millions of elements grows, is scanned, and
 * is freed: by a client, and by its deadline.
 *
 * @module
 */
import { RawClient } from "../tests/support/raw_client.ts";
import { contenders, type Pair, startContender } from "./contenders.ts";
import { pingDuring, type Pings } from "./pinger.ts";
import type { Settings } from "./settings.ts";

const batchLines = 100;
const lineElements = 10;
const scanCount = 1000;
const freedPollMs = 20;

/** Latencies during one phase of a value's life. */
export interface LargeValueRow {
  readonly phase: string;
  readonly pings: Pair<Pings>;
}

interface LargeValue {
  readonly name: string;
  readonly key: string;
  /** Sets elements `first` to `end - 1`. */
  readonly line: (first: number, end: number, count: number) => string[];
  readonly scan: string;
  readonly freedBy: string;
  readonly free: readonly string[];
}

/** Spreads numbers below a power of ten, so that neighbours do not follow one another. */
const spread = (i: number, count: number) => (i * 7919) % count;

const values: readonly LargeValue[] = [
  {
    name: "sorted set",
    key: "zset",
    line: (first, end, count) => {
      const line = ["ZADD", "zset"];
      for (let i = first; i < end; i++) line.push(String(spread(i, count)), `member:${i}`);
      return line;
    },
    scan: "ZSCAN",
    freedBy: "UNLINK",
    free: ["UNLINK", "zset"],
  },
  {
    name: "hash",
    key: "hash",
    line: (first, end) => {
      const line = ["HSET", "hash"];
      for (let i = first; i < end; i++) line.push(`field:${i}`, `value:${i}`);
      return line;
    },
    scan: "HSCAN",
    freedBy: "its deadline",
    free: ["PEXPIRE", "hash", "1"],
  },
];

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function grow(client: RawClient, { line }: LargeValue, count: number): Promise<void> {
  for (let next = 0; next < count;) {
    const lines: string[][] = [];
    for (; lines.length < batchLines && next < count; next += lineElements) {
      lines.push(line(next, Math.min(next + lineElements, count), count));
    }
    await client.pipeline(lines);
  }
}

async function scan(client: RawClient, { scan, key }: LargeValue): Promise<void> {
  let cursor = "0";
  do {
    [cursor] = await client.call(scan, key, cursor, "COUNT", String(scanCount)) as [string, unknown];
  } while (cursor !== "0");
}

async function free(client: RawClient, { free }: LargeValue): Promise<void> {
  await client.command(...free);
  while (await client.call("DBSIZE") !== 0 || !await isFreed(client)) await delay(freedPollMs);
}

async function isFreed(client: RawClient): Promise<boolean> {
  return String(await client.call("INFO", "memory")).includes("lazyfree_pending_objects:0\r\n");
}

/** Takes each value through its life on fresh servers; another process pings. */
export async function measureLargeValues({ largeValueCount: count }: Settings): Promise<LargeValueRow[]> {
  const rows: LargeValueRow[] = [];
  for (const value of values) {
    const phases: Record<string, Record<string, Pings>> = {};
    for (const name of contenders) {
      await using server = await startContender(name);
      await using client = await RawClient.connect(server);
      const measure = async (phase: string, work: () => Promise<void>) => {
        (phases[phase] ??= {})[name] = await pingDuring(server.port, work);
      };
      await measure(`${value.name} grows`, () => grow(client, value, count));
      await measure(`${value.name} is scanned`, () => scan(client, value));
      await measure(`${value.name} is freed by ${value.freedBy}`, () => free(client, value));
    }
    for (const [phase, pings] of Object.entries(phases)) {
      rows.push({ phase, pings: { redis: pings.redis, redeno: pings.redeno } });
    }
  }
  return rows;
}
