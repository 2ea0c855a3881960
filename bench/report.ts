/**
 * Results as Markdown tables, for the terminal and for `RESULTS.md`.
 *
 * @module
 */
import type { CommandRow } from "./commands.ts";
import type { Pair } from "./contenders.ts";
import type { Entry, Parts } from "./history.ts";
import type { FloorRow } from "./floor.ts";
import type { LargeValueRow } from "./large_values.ts";
import type { MemoryRow } from "./memory.ts";
import type { Pings } from "./pinger.ts";
import type { ExpiryPauses, WritePauses } from "./pauses.ts";
import type { PublishRow, PubsubResult } from "./pubsub.ts";
import type { Figures } from "./driver.ts";
import { remarks } from "./remarks.ts";
import type { ThroughputRow } from "./throughput.ts";
import type { ValueMemoryRow } from "./value_memory.ts";

const mega = 1e6;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, at) => at === 0 ? "---" : "---:"), ...rows].map((cells) => `| ${cells.join(" | ")} |`)
    .join(
      "\n",
    );
}

function ratio({ redis, redeno }: Pair<number>): string {
  return (redeno / redis).toFixed(2);
}

function figureCells({ redis, redeno }: Pair<Figures>): string[] {
  return [
    redis.cpuMicrosPerRequest.toFixed(2),
    redeno.cpuMicrosPerRequest.toFixed(2),
    ratio({ redis: redis.cpuMicrosPerRequest, redeno: redeno.cpuMicrosPerRequest }),
    Math.round(redis.requestsPerSecond).toLocaleString("en"),
    Math.round(redeno.requestsPerSecond).toLocaleString("en"),
    ratio({ redis: redis.requestsPerSecond, redeno: redeno.requestsPerSecond }),
    `${redis.p99Ms.toFixed(2)} / ${redeno.p99Ms.toFixed(2)}`,
  ];
}

const figureHead = ["redis µs", "redeno µs", "ratio", "redis/s", "redeno/s", "ratio", "p99 ms"];

/** The cells of one throughput row. */
export function throughputCells({ command, valueBytes, clients, pipeline, figures }: ThroughputRow): string[] {
  return [command, String(valueBytes), String(clients), String(pipeline), ...figureCells(figures)];
}

/** The cells of one command's row. */
export function commandCells({ name, pipeline, figures }: CommandRow): string[] {
  return [name, String(pipeline), ...figureCells(figures)];
}

function throughput(rows: ThroughputRow[]): string {
  return table(["command", "bytes", "clients", "P", ...figureHead], rows.map(throughputCells));
}

function floor(rows: FloorRow[]): string {
  const head = ["clients", "redis µs", "redeno µs", "echo µs", "redeno / redis", "echo / redis", "redeno - echo µs"];
  return "`PING`, one request at a time: a Deno program that answers each read with `+PONG` and does nothing else shows what\n" +
    "the runtime's reads and writes cost. No server on Deno gets below it.\n\n" +
    table(
      head,
      rows.map(({ clients, redis, redeno, echo }) => [
        String(clients),
        ...[redis, redeno, echo].map((micros) => micros.toFixed(2)),
        ratio({ redis, redeno }),
        ratio({ redis, redeno: echo }),
        (redeno - echo).toFixed(2),
      ]),
    );
}

function commands(rows: CommandRow[]): string {
  return table(["command", "P", ...figureHead], rows.map(commandCells));
}

function scripts(rows: CommandRow[]): string {
  return "Called by `EVALSHA`:\n\n" + table(["script", "P", ...figureHead], rows.map(commandCells));
}

/** The cells of one row of publishing. */
export function publishCells({ load, pipeline, figures }: PublishRow): string[] {
  return [load, String(pipeline), ...figureCells(figures)];
}

function pubsub({ rows, costs }: PubsubResult): string {
  const costRow = (title: string, figure: Pair<number>) => [
    title,
    figure.redis.toFixed(2),
    figure.redeno.toFixed(2),
    ratio(figure),
  ];
  const costRows = [
    costRow("resident bytes", costs.bytesEach),
    costRow("CPU to subscribe, µs", costs.makeMicrosEach),
    costRow("CPU to end it with its connection, µs", costs.endMicrosEach),
  ];
  return table(["`PUBLISH` of 64 bytes to", "P", ...figureHead], rows.map(publishCells)) +
    `\n\nEach of ${costs.subscriptions.toLocaleString("en")} subscriptions costs:\n\n` +
    table(["", "redis-server", "redeno", "ratio"], costRows);
}

function values(rows: ValueMemoryRow[]): string {
  return table(
    ["dataset", "redis MB", "redeno MB", "ratio"],
    rows.map(({ dataset, residentBytes }) => [
      dataset,
      (residentBytes.redis / mega).toFixed(1),
      (residentBytes.redeno / mega).toFixed(1),
      ratio(residentBytes),
    ]),
  );
}

function memory(rows: MemoryRow[]): string {
  return table(
    ["keys", "redis MB", "redeno MB", "ratio", "redis bytes/key", "redeno bytes/key", "ratio"],
    rows.map(({ keys, residentBytes, bytesPerKey }) => [
      keys.toLocaleString("en"),
      (residentBytes.redis / mega).toFixed(0),
      (residentBytes.redeno / mega).toFixed(0),
      ratio(residentBytes),
      bytesPerKey.redis.toFixed(0),
      bytesPerKey.redeno.toFixed(0),
      ratio(bytesPerKey),
    ]),
  );
}

function pingCells({ count, p50Ms, p99Ms, p999Ms, longestMs }: Pings): string[] {
  return [
    String(count),
    ...[p50Ms, p99Ms, p999Ms].map((ms) => ms.toFixed(2)),
    longestMs.map((ms) => ms.toFixed(1)).join(", "),
  ];
}

function pingRows({ redis, redeno }: Pair<Pings>): string[][] {
  return [["redis-server", ...pingCells(redis)], ["redeno", ...pingCells(redeno)]];
}

const pingHead = ["server", "pings", "p50 ms", "p99 ms", "p99.9 ms", "longest ms"];

function pause({ keys, seconds, overwrittenPerSecond: { redis, redeno }, filling, overwriting }: WritePauses): string {
  const perSecond = (count: number) => `${Math.round(count).toLocaleString("en")}/s`;
  return `${keys.toLocaleString("en")} keys set for the first time:\n\n${table(pingHead, pingRows(filling))}\n\n` +
    `and then overwritten at random for ${seconds} s (redis-server ${perSecond(redis)}, redeno ${
      perSecond(redeno)
    }):\n\n` +
    table(pingHead, pingRows(overwriting));
}

function large(rows: LargeValueRow[]): string {
  return table(
    ["phase", ...pingHead],
    rows.flatMap(({ phase, pings }) => pingRows(pings).map((cells) => [phase, ...cells])),
  );
}

function expiry({ keys, emptyAfterMs, pings }: ExpiryPauses): string {
  return `${keys.toLocaleString("en")} keys of one deadline, all gone ${emptyAfterMs.redis} ms (redis-server) and ` +
    `${emptyAfterMs.redeno} ms (redeno) after it:\n\n${table(pingHead, pingRows(pings))}`;
}

function start({ redis, redeno }: Pair<number>): string {
  return table(["", "redis-server", "redeno"], [["first PONG after, ms", redis.toFixed(0), redeno.toFixed(0)]]);
}

const titles: Record<keyof Parts, string> = {
  throughput: "CPU time per request and throughput",
  floor: "What the runtime costs",
  commands: "CPU time per request by command",
  scripts: "CPU time of scripts",
  pubsub: "Publish and subscribe",
  memory: "Memory with 64-byte values",
  values: "Memory of values of every type",
  pause: "Pauses while filling and overwriting",
  large: "Pauses by values of millions of elements",
  expiry: "Pauses while keys fall due",
  start: "Start",
};

function body(entry: Entry): string {
  switch (entry.part) {
    case "throughput":
      return throughput(entry.result);
    case "floor":
      return floor(entry.result);
    case "commands":
      return commands(entry.result);
    case "scripts":
      return scripts(entry.result);
    case "pubsub":
      return pubsub(entry.result);
    case "memory":
      return memory(entry.result);
    case "values":
      return values(entry.result);
    case "pause":
      return pause(entry.result);
    case "large":
      return large(entry.result);
    case "expiry":
      return expiry(entry.result);
    case "start":
      return start(entry.result);
  }
}

/** One part with its title and circumstances. */
export function section(entry: Entry): string {
  const { part, date, commit, deno, redis, machine, quick } = entry;
  const under = `${date}, commit ${commit}, Deno ${deno}, redis-server ${redis}, ${machine}${
    quick ? ", a quick run" : ""
  }.`;
  const remark = remarks[part];
  return `## ${titles[part]}\n\n${under}\n\n${body(entry)}\n${remark === undefined ? "" : `\n${remark}\n`}`;
}

const method = `# Benchmark results

Written by \`deno task bench\`; do not edit. Both servers are measured in the same run on the same machine, with persistence
off. A ratio is redeno's figure divided by redis-server's: below 1 is better for times and memory, above 1 for throughput.

- Throughput: \`redis-benchmark -r 100000 --threads 1\`, alternating rounds, medians. The µs are the server's user and system
  time per request over all its threads (\`/proc/PID/stat\`), the figure that stays true on a noisy machine; the driver shares
  the cores with the servers. MSET sets ten keys.
- Memory: resident set, filled over one pipelined connection.
- Pauses: a process of its own sends PING every millisecond; the longest replies are the server's pauses, and what the
  system's scheduler adds to both.
`;

/** The text of \`RESULTS.md\`: the newest full run of each part, or the newest quick one where there is none. */
export function results(history: readonly Entry[]): string {
  const sections = Object.keys(titles).flatMap((part) => {
    const entries = history.filter((entry) => entry.part === part);
    const newest = entries.findLast(({ quick }) => !quick) ?? entries.at(-1);
    return newest ? [section(newest)] : [];
  });
  return [method, ...sections].join("\n");
}
