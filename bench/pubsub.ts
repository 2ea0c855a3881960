/**
 * CPU time of publishing: to a thousand clients that listen to one channel, and to a hundred thousand channels that a thousand
 * clients listen to; and what those subscriptions cost in memory and time.
 *
 * Those who listen are a process of their own, so that only the servers' figures are the servers' work.
 *
 * @module
 */
import { RawClient } from "../tests/support/raw_client.ts";
import { type Contender, contenders, type Pair, startContender } from "./contenders.ts";
import { type Figures, type Load, measureLoad } from "./driver.ts";
import { cpuSeconds, residentBytes } from "./process_stat.ts";
import type { Settings } from "./settings.ts";
import { type Audience, channelName, Subscribers } from "./subscribers.ts";

const clients = 1000;
const message = "m".repeat(64);
const pollMs = 5;

/** One load of publishing. */
export interface PublishRow {
  readonly load: string;
  readonly pipeline: number;
  readonly figures: Pair<Figures>;
}

/** What subscriptions cost. */
export interface SubscriptionCosts {
  readonly subscriptions: number;
  /** Of memory, for each, connections not counted. */
  readonly bytesEach: Pair<number>;
  /** CPU time for each: to make it, and to end it with its connection. */
  readonly makeMicrosEach: Pair<number>;
  readonly endMicrosEach: Pair<number>;
}

/** What is measured. */
export interface PubsubResult {
  readonly rows: PublishRow[];
  readonly costs: SubscriptionCosts;
}

interface Shape {
  readonly load: string;
  readonly audience: Audience;
  readonly channel: string;
  readonly pipelines: readonly number[];
  readonly pilotRequests: number;
}

const shapes: readonly Shape[] = [
  {
    load: "one channel, 1,000 subscribers",
    audience: { clients, channelsPerClient: 1, distinctChannels: 1 },
    channel: channelName(0),
    pipelines: [1, 16],
    pilotRequests: 50,
  },
  {
    load: "100,000 channels, each of 1,000 clients subscribed to 100",
    audience: { clients, channelsPerClient: 100, distinctChannels: 100_000 },
    channel: "channel:__rand_int__",
    pipelines: [1, 16],
    pilotRequests: 5000,
  },
  {
    load: "the same, and nobody listens",
    audience: { clients, channelsPerClient: 100, distinctChannels: 100_000 },
    channel: "other:__rand_int__",
    pipelines: [16],
    pilotRequests: 20_000,
  },
];

interface Costs {
  readonly bytes: number;
  readonly makeSeconds: number;
  readonly endSeconds: number;
}

/** Returns when nobody listens to anything any more. */
async function untilQuiet(client: RawClient): Promise<void> {
  while (!String(await client.call("INFO", "stats")).includes("pubsub_channels:0\r\n")) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function measureShape(shape: Shape, settings: Settings): Promise<{ rows: PublishRow[]; costs: Pair<Costs> }> {
  const { audience, load } = shape;
  await using redis = await startContender("redis");
  await using redeno = await startContender("redeno");
  const targets = { redis, redeno };
  const audiences: Record<Contender, Subscribers> = {
    redis: await Subscribers.connect(redis.port, audience),
    redeno: await Subscribers.connect(redeno.port, audience),
  };
  const made: Partial<Record<Contender, Costs>> = {};
  for (const name of contenders) {
    const { pid } = targets[name];
    const [bytes, seconds] = [residentBytes(pid), cpuSeconds(pid)];
    await audiences[name].subscribe();
    made[name] = { bytes: residentBytes(pid) - bytes, makeSeconds: cpuSeconds(pid) - seconds, endSeconds: 0 };
  }
  const rows: PublishRow[] = [];
  for (const pipeline of shape.pipelines) {
    const publishes: Load = {
      clients: 1,
      pipeline,
      keyspace: audience.distinctChannels,
      arguments: ["PUBLISH", shape.channel, message],
      pilotRequests: shape.pilotRequests,
    };
    rows.push({ load, pipeline, figures: await measureLoad(targets, publishes, settings) });
  }
  for (const name of contenders) {
    await using client = await RawClient.connect(targets[name]);
    const receivers = await client.call("PUBLISH", channelName(0), message);
    const expected = audience.clients * audience.channelsPerClient / audience.distinctChannels;
    if (receivers !== expected) throw new Error(`${name} lost subscribers: ${receivers} of ${expected} are left`);
    const seconds = cpuSeconds(targets[name].pid);
    await audiences[name].end();
    await untilQuiet(client);
    made[name] = { ...made[name]!, endSeconds: cpuSeconds(targets[name].pid) - seconds };
  }
  return { rows, costs: made as Pair<Costs> };
}

/** Measures each load; `onRow` sees each row when it is done. */
export async function measurePubsub(settings: Settings, onRow: (row: PublishRow) => void): Promise<PubsubResult> {
  const rows: PublishRow[] = [];
  let most: { subscriptions: number; costs: Pair<Costs> } | null = null;
  for (const shape of shapes) {
    const measured = await measureShape(shape, settings);
    measured.rows.forEach(onRow);
    rows.push(...measured.rows);
    const subscriptions = shape.audience.clients * shape.audience.channelsPerClient;
    if (most === null || subscriptions > most.subscriptions) most = { subscriptions, costs: measured.costs };
  }
  const { subscriptions, costs } = most!;
  const each = (figure: keyof Costs, factor: number): Pair<number> => ({
    redis: costs.redis[figure] * factor / subscriptions,
    redeno: costs.redeno[figure] * factor / subscriptions,
  });
  return {
    rows,
    costs: {
      subscriptions,
      bytesEach: each("bytes", 1),
      makeMicrosEach: each("makeSeconds", 1e6),
      endMicrosEach: each("endSeconds", 1e6),
    },
  };
}
