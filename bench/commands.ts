/**
 * CPU time per request of the commands on every data type, over values in their compact and in their large encodings.
 *
 * @module
 */
import { RawClient } from "../tests/support/raw_client.ts";
import { contenders, type Pair, startContender } from "./contenders.ts";
import { drive, type Figures, type Load, measureLoad } from "./driver.ts";
import type { Sequence } from "./sequence_driver.ts";
import type { Settings } from "./settings.ts";

const clients = 50;
const pipelines = [16, 1];
const keyspace = 100_000;
const largeCount = 100_000;
const batchLines = 1000;

/** A command with what was measured. */
export interface CommandRow {
  readonly name: string;
  readonly pipeline: number;
  readonly figures: Pair<Figures>;
}

type Line = readonly string[];

/** What is measured: arguments for `redis-benchmark` or a sequence, and lines that fill what they work on. */
interface Workload {
  readonly name: string;
  readonly arguments?: readonly string[];
  readonly sequence?: Sequence;
  readonly keyspace?: number;
  readonly fill?: () => Iterable<Line>;
  readonly pilotRequests?: number;
  /** A test of `redis-benchmark` that gives each round what it takes away. */
  readonly refill?: string;
}

const test = (name: string, refill?: string): Workload => ({
  name: name.toUpperCase(),
  arguments: ["-t", name],
  refill,
});

function* numbered(count: number, line: (i: number) => Line): Generator<Line> {
  for (let i = 0; i < count; i++) yield line(i);
}

/** A text of letters in no order. */
function letters(length: number, factor: number): string {
  return Array.from({ length }, (_, i) => String.fromCharCode(0x61 + (i * i * factor % 1009) % 26)).join("");
}

/** As `redis-benchmark` spells `__rand_int__`. */
const digits = (i: number) => String(i).padStart(12, "0");

const range = (count: number): Workload => ({
  name: `LRANGE_${count}`,
  arguments: ["LRANGE", "list", "0", String(count - 1)],
  fill: () => numbered(600, (i) => ["RPUSH", "list", `element:${i}`]),
});

const workloads: readonly Workload[] = [
  ...["ping_inline", "ping_mbulk", "set", "get", "incr", "lpush", "rpush"].map((name) => test(name)),
  ...[test("lpop", "lpush"), test("rpop", "lpush"), test("sadd"), test("hset"), test("spop", "sadd"), test("zadd")],
  ...[test("zpopmin", "zadd"), range(100), range(300), range(500), range(600), test("mset")],
  {
    name: "HGETALL, 20 fields",
    arguments: ["HGETALL", "small"],
    fill: () => numbered(20, (i) => ["HSET", "small", `field:${i}`, `value:${i}`]),
  },
  {
    name: "HGET, large",
    arguments: ["HGET", "hash", "field:__rand_int__"],
    fill: () => numbered(largeCount, (i) => ["HSET", "hash", `field:${digits(i)}`, "value"]),
  },
  {
    name: "SISMEMBER, intset",
    arguments: ["SISMEMBER", "ints", "55"],
    fill: () => numbered(200, (i) => ["SADD", "ints", String(i)]),
  },
  {
    name: "SISMEMBER, large",
    arguments: ["SISMEMBER", "set", "member:__rand_int__"],
    fill: () => numbered(largeCount, (i) => ["SADD", "set", `member:${digits(i)}`]),
  },
  {
    name: "SINTER, 100 and 100",
    arguments: ["SINTER", "one", "two"],
    fill: () => numbered(200, (i) => ["SADD", i % 2 === 0 ? "one" : "two", `member:${i >> 1}`]),
  },
  {
    name: "ZADD, small",
    arguments: ["ZADD", "few", "__rand_int__", "member:5"],
    fill: () => numbered(100, (i) => ["ZADD", "few", String(i), `member:${i}`]),
  },
  {
    name: "ZADD, large",
    arguments: ["ZADD", "zset", "__rand_int__", "member:__rand_int__"],
    fill: () => numbered(largeCount, (i) => ["ZADD", "zset", String(i), `member:${digits(i)}`]),
  },
  {
    name: "ZRANGE 0 9, small",
    arguments: ["ZRANGE", "few", "0", "9"],
    fill: () => numbered(100, (i) => ["ZADD", "few", String(i), `member:${i}`]),
  },
  {
    name: "ZRANGE 0 9, large",
    arguments: ["ZRANGE", "zset", "0", "9"],
    fill: () => numbered(largeCount, (i) => ["ZADD", "zset", String(i), `member:${digits(i)}`]),
  },
  {
    name: "ZRANGEBYSCORE, large",
    arguments: ["ZRANGEBYSCORE", "zset", "__rand_int__", "+inf", "LIMIT", "0", "10"],
    fill: () => numbered(largeCount, (i) => ["ZADD", "zset", String(i), `member:${digits(i)}`]),
  },
  {
    name: "ZINCRBY, large",
    arguments: ["ZINCRBY", "zset", "1", "member:__rand_int__"],
    fill: () => numbered(largeCount, (i) => ["ZADD", "zset", String(i), `member:${digits(i)}`]),
  },
  { name: "XADD", arguments: ["XADD", "stream", "*", "name", "__rand_int__", "value", "text"] },
  {
    name: "XRANGE, 10",
    arguments: ["XRANGE", "stream", "-", "+", "COUNT", "10"],
    fill: () => numbered(10_000, (i) => ["XADD", "stream", "*", "name", String(i), "value", "text"]),
  },
  {
    name: "GEOSEARCH",
    arguments: ["GEOSEARCH", "geo", "FROMLONLAT", "15", "37", "BYRADIUS", "20", "km"],
    fill: () =>
      numbered(10_000, (i) => ["GEOADD", "geo", String(13 + (i % 100) / 25), String(36 + i / 5000), `place:${i}`]),
  },
  { name: "PFADD", arguments: ["PFADD", "hll", "element:__rand_int__"] },
  {
    name: "BITCOUNT, 10 KB",
    arguments: ["BITCOUNT", "bits"],
    fill: () => numbered(10_000, (i) => ["SETBIT", "bits", String(i * 8 + (i % 8)), "1"]),
  },
  {
    name: "PFCOUNT, three keys",
    arguments: ["PFCOUNT", "hll:0", "hll:1", "hll:2"],
    fill: () => numbered(15_000, (i) => ["PFADD", `hll:${i % 3}`, `element:${i}`]),
    pilotRequests: 200,
  },
  {
    name: "BITPOS, 1 MB",
    arguments: ["BITPOS", "zeros", "1"],
    fill: () => [["SETRANGE", "zeros", String(2 ** 20 - 1), "\0"]],
    pilotRequests: 200,
  },
  {
    name: "BITOP AND, 10 KB and 10 KB",
    arguments: ["BITOP", "AND", "both", "one", "two"],
    fill: () => [["SETRANGE", "one", "9999", "1"], ["SETRANGE", "two", "9999", "2"]],
  },
  {
    name: "BITFIELD INCRBY",
    arguments: ["BITFIELD", "fields", "INCRBY", "u32", "100", "1"],
    fill: () => [["SETRANGE", "fields", "9999", "f"]],
  },
  {
    name: "SORT, 1,000 numbers",
    arguments: ["SORT", "numbers"],
    fill: () => numbered(1000, (i) => ["RPUSH", "numbers", String((i * 7919) % 100_003)]),
    pilotRequests: 200,
  },
  {
    name: "LCS, 1 KB and 1 KB",
    arguments: ["LCS", "one", "two"],
    fill: () => [["SET", "one", letters(1024, 7919)], ["SET", "two", letters(1024, 104_729)]],
    pilotRequests: 20,
  },
];

/** Whole transactions, as requests of a batch. */
const transactions: readonly Workload[] = [
  {
    name: "MULTI, SET, EXEC",
    sequence: {
      lines: (connection) => [["MULTI"], ["SET", `key:${connection}`, "value"], ["EXEC"]],
      replies: "+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n",
    },
  },
  {
    name: "MULTI, 10 GET, EXEC",
    fill: () => numbered(10, (i) => ["SET", `key:${i}`, "value"]),
    sequence: {
      lines: () => [["MULTI"], ...Array.from({ length: 10 }, (_, i) => ["GET", `key:${i}`]), ["EXEC"]],
      replies: "+OK\r\n" + "+QUEUED\r\n".repeat(10) + "*10\r\n" + "$5\r\nvalue\r\n".repeat(10),
    },
  },
  {
    name: "WATCH, MULTI, SET, EXEC",
    sequence: {
      lines: (connection) => [
        ["WATCH", `key:${connection}`],
        ["MULTI"],
        ["SET", `key:${connection}`, "value"],
        ["EXEC"],
      ],
      replies: "+OK\r\n+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n",
    },
  },
];

async function fill(port: number, { fill }: Workload): Promise<void> {
  await using client = await RawClient.connect({ port });
  await client.command("FLUSHALL");
  let batch: Line[] = [];
  for (const line of fill?.() ?? []) {
    batch.push(line);
    if (batch.length < batchLines) continue;
    await client.pipeline(batch);
    batch = [];
  }
  if (batch.length > 0) await client.pipeline(batch);
}

function loadOf(workload: Workload, pipeline: number): Load {
  const { refill } = workload;
  const pushes = { clients, pipeline: 64, keyspace };
  return {
    clients,
    pipeline,
    keyspace: workload.keyspace ?? keyspace,
    arguments: workload.arguments ?? [],
    sequence: workload.sequence,
    pilotRequests: workload.pilotRequests,
    prepare: refill === undefined ? undefined : async (port, requests) => {
      await drive(port, { ...pushes, arguments: ["-t", refill] }, requests);
    },
  };
}

const isWanted = (name: string, only: Settings["only"]) =>
  only === undefined || only.some((start) => name.toUpperCase().startsWith(start.toUpperCase()));

/** Measures the workloads; `onRow` sees each row when it is done. */
export async function measureCommands(settings: Settings, onRow: (row: CommandRow) => void): Promise<CommandRow[]> {
  await using redis = await startContender("redis");
  await using redeno = await startContender("redeno");
  const targets = { redis, redeno };
  const rows: CommandRow[] = [];
  for (const workload of [...workloads, ...transactions].filter(({ name }) => isWanted(name, settings.only))) {
    for (const name of contenders) await fill(targets[name].port, workload);
    for (const pipeline of pipelines) {
      const figures = await measureLoad(targets, loadOf(workload, pipeline), settings);
      const row = { name: workload.name, pipeline, figures };
      rows.push(row);
      onRow(row);
    }
  }
  return rows;
}
