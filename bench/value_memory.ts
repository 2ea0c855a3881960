/**
 * Resident memory of values of every type: many small ones, and single large ones.
 *
 * @module
 */
import { RawClient } from "../tests/support/raw_client.ts";
import { measureEach, type Pair } from "./contenders.ts";
import { residentBytes } from "./process_stat.ts";
import type { Settings } from "./settings.ts";

const batchLines = 500;

/** Growth of resident memory by one kind of dataset. */
export interface ValueMemoryRow {
  readonly dataset: string;
  readonly residentBytes: Pair<number>;
}

/** A dataset of a number of keys, elements or entries. */
interface Dataset {
  readonly name: (count: string) => string;
  readonly line: (i: number) => readonly string[];
}

const datasets: readonly Dataset[] = [
  {
    name: (count) => `${count} hashes of 5 fields`,
    line: (i) => ["HSET", `hash:${i}`, ...[1, 2, 3, 4, 5].flatMap((f) => [`field:${f}`, `value:${i + f}`])],
  },
  { name: (count) => `one hash of ${count} fields`, line: (i) => ["HSET", "hash", `field:${i}`, `value:${i}`] },
  { name: (count) => `one set of ${count} members`, line: (i) => ["SADD", "set", `member:${i}`] },
  { name: (count) => `one list of ${count} elements`, line: (i) => ["RPUSH", "list", `element:${i}`] },
  { name: (count) => `one sorted set of ${count} members`, line: (i) => ["ZADD", "zset", String(i), `member:${i}`] },
  {
    name: (count) => `${count} sorted sets of 10 members`,
    line: (i) => ["ZADD", `zset:${i}`, ...Array.from({ length: 10 }, (_, m) => [String(m), `member:${i + m}`]).flat()],
  },
  {
    name: (count) => `one stream of ${count} entries of 3 fields`,
    line: (i) => ["XADD", "stream", "*", "sensor", String(i % 100), "value", String(i), "unit", "celsius"],
  },
];

/** Fills fresh servers with each dataset. */
export async function measureValueMemory({ valueMemoryCount }: Settings): Promise<ValueMemoryRow[]> {
  const rows: ValueMemoryRow[] = [];
  for (const { name, line } of datasets) {
    const grown = await measureEach(async ({ port, pid }) => {
      await using client = await RawClient.connect({ port });
      await client.command("PING");
      const empty = residentBytes(pid);
      for (let i = 0; i < valueMemoryCount; i += batchLines) {
        const lines = Math.min(batchLines, valueMemoryCount - i);
        await client.pipeline(Array.from({ length: lines }, (_, at) => line(i + at)));
      }
      return residentBytes(pid) - empty;
    });
    rows.push({ dataset: name(valueMemoryCount.toLocaleString("en")), residentBytes: grown });
  }
  return rows;
}
