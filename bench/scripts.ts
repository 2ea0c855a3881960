/**
 * CPU time of scripts called by `EVALSHA`: from one that calls a single command to one that calls none and calculates.
 *
 * @module
 */
import { RawClient } from "../tests/support/raw_client.ts";
import { contenders, startContender } from "./contenders.ts";
import type { CommandRow } from "./commands.ts";
import { measureLoad } from "./driver.ts";
import type { Settings } from "./settings.ts";

const keyspace = 100_000;
const randomKey = "key:__rand_int__";
const documentKey = "key:document";
/** 1 KB as a service might keep it. */
const document = JSON.stringify({
  id: 4711,
  active: true,
  ratio: 0.25,
  tags: ["red", "green", "blue"],
  orders: Array.from(
    { length: 12 },
    (_, i) => ({ number: 1000 + i, item: `article ${i}`, price: i * 1.5, open: i % 3 === 0 }),
  ),
  notes: "n".repeat(180),
});

/** A script and how it is called. */
interface ScriptLoad {
  readonly name: string;
  readonly script: string;
  /** What follows the number of keys, which is that of the words beginning with `key:`. */
  readonly words: readonly string[];
  readonly clients: number;
  readonly pipelines: readonly number[];
  readonly pilotRequests: number;
}

const usual = { clients: 50, pipelines: [16, 1], pilotRequests: 5000 };

const loads: readonly ScriptLoad[] = [
  {
    name: "SET",
    script: "return redis.call('SET',KEYS[1],ARGV[1])",
    words: [randomKey, "value"],
    ...usual,
  },
  {
    name: "10 commands on strings, a hash and a list",
    script: `
      redis.call('SET', KEYS[1], ARGV[1])
      local value = redis.call('GET', KEYS[1])
      redis.call('HSET', KEYS[2], 'field', value, 'other', ARGV[2])
      local count = redis.call('HINCRBY', KEYS[2], 'count', 1)
      local fields = redis.call('HMGET', KEYS[2], 'field', 'count')
      redis.call('LPUSH', KEYS[3], fields[1])
      redis.call('LTRIM', KEYS[3], 0, 9)
      local items = redis.call('LRANGE', KEYS[3], 0, 4)
      redis.call('EXPIRE', KEYS[3], 100)
      return { count, #items, redis.call('EXISTS', KEYS[1]) }`,
    words: [randomKey, "key:h:__rand_int__", "key:l:__rand_int__", "value", "other"],
    ...usual,
    pilotRequests: 1000,
  },
  {
    name: "GET, cjson decode and encode of 1 KB",
    script: "return #cjson.encode(cjson.decode(redis.call('GET',KEYS[1])))",
    words: [documentKey],
    ...usual,
    pilotRequests: 1000,
  },
  {
    name: "rate limiter",
    script: `
      local count = redis.call('INCR', KEYS[1])
      if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
      if count > tonumber(ARGV[2]) then return 0 end
      return 1`,
    words: [randomKey, "60", "100"],
    ...usual,
  },
  {
    name: "a loop of a million additions",
    script: "local sum = 0 for i = 1, 1000000 do sum = sum + i % 7 end return sum",
    words: [],
    clients: 2,
    pipelines: [1],
    pilotRequests: 20,
  },
];

async function load(port: number, script: string): Promise<string> {
  await using client = await RawClient.connect({ port });
  await client.command("FLUSHALL");
  await client.command("SET", documentKey, document);
  return String(await client.call("SCRIPT", "LOAD", script));
}

/** Measures each script; `onRow` sees each row when it is done. */
export async function measureScripts(settings: Settings, onRow: (row: CommandRow) => void): Promise<CommandRow[]> {
  await using redis = await startContender("redis");
  await using redeno = await startContender("redeno");
  const targets = { redis, redeno };
  const rows: CommandRow[] = [];
  for (const { name, script, words, clients, pipelines, pilotRequests } of loads) {
    const shas = await Promise.all(contenders.map((contender) => load(targets[contender].port, script)));
    const keyCount = words.filter((word) => word.startsWith("key:")).length;
    for (const pipeline of pipelines) {
      const line = ["EVALSHA", shas[0], String(keyCount), ...words];
      const figures = await measureLoad(
        targets,
        { clients, pipeline, keyspace, pilotRequests, arguments: line },
        settings,
      );
      const row = { name, pipeline, figures };
      rows.push(row);
      onRow(row);
    }
  }
  return rows;
}
