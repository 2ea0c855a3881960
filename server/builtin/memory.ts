/**
 * `MEMORY`: what takes how much.
 * Source: https://redis.io/docs/latest/commands/memory-usage/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import { keyAt } from "../api/keys.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { SYNTAX_ERROR } from "../protocol/errors.ts";
import type { Info } from "../observe/info.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";
import { memoryDoctor } from "./memory_doctor.ts";
import { type MemoryReport, ratio, reportMemory } from "./memory_report.ts";
import type { ServerParts } from "./parts.ts";

const SAMPLES_INITIAL = 5;

/** The `MEMORY` command of a server. */
export function memoryCommand(parts: ServerParts): CommandDefinition {
  return defineCommand({
    name: "MEMORY",
    summary: "A container for memory diagnostics commands",
    since: "4.0.0",
    group: "server",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "DOCTOR",
        summary: "Outputs memory problems report",
        since: "4.0.0",
        complexity: "O(1)",
        arity: 2,
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        run: ({ reply }) => reply.verbatim(memoryDoctor(reportMemory(parts), parts.clients.count)),
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "4.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        run: ({ reply }) => replyHelp(reply, "MEMORY", HELP),
      },
      {
        name: "MALLOC-STATS",
        summary: "Show allocator internal stats",
        since: "4.0.0",
        complexity: "Depends on how much memory is allocated, could be slow",
        arity: 2,
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        run: ({ reply }) => reply.verbatim(heapText(parts)),
      },
      {
        name: "PURGE",
        summary: "Ask the allocator to release memory",
        since: "4.0.0",
        complexity: "Depends on how much memory is allocated, could be slow",
        arity: 2,
        tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
        run({ reply }) {
          // Spans that are wholly free have gone back already; what is left is what waits to be freed.
          parts.keyspace.lazyFree.drain();
          reply.ok();
        },
      },
      {
        name: "STATS",
        summary: "Show memory usage details",
        since: "4.0.0",
        complexity: "O(1)",
        arity: 2,
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        run: ({ reply }) => replyStatistics(reply, reportMemory(parts), parts.info),
      },
      {
        name: "USAGE",
        summary: "Estimate the memory usage of a key",
        since: "4.0.0",
        complexity: "O(N) where N is the number of samples.",
        arity: -3,
        flags: ["readonly"],
        keys: [keyAt(2, "RO")],
        arguments: [argument.key("key", 0), argument.integer("count", { token: "SAMPLES", optional: true })],
        run: usage,
      },
    ],
  });
}

function usage({ args, db, reply }: CommandContext): void {
  const samples = parseSamples(args);
  const entry = db.find(args.key(2));
  if (entry === 0) reply.null();
  else reply.integer(db.memoryUsage(entry, samples));
}

function parseSamples(args: Arguments): number {
  let samples = SAMPLES_INITIAL;
  for (let i = 3; i < args.count; i += 2) {
    if (!args.is(i, "SAMPLES") || i + 1 === args.count) throw SYNTAX_ERROR;
    samples = args.integer(i + 1);
    if (samples < 0) throw SYNTAX_ERROR;
  }
  return samples;
}

/** A number that is sent as a double even where it is whole. */
class Double {
  constructor(readonly value: number) {}
}

type Field = readonly [name: string, value: number | Double];

/** The names are those of Redis; what this server does not have is zero. */
function replyStatistics(reply: ReplyWriter, report: MemoryReport, info: Info): void {
  const { used, startup, keyCount, allocated, reserved, resident, databases } = report;
  const beforeDatabases: readonly Field[] = [
    ["peak.allocated", report.peak],
    ["total.allocated", used],
    ["startup.allocated", startup],
    ["replication.backlog", 0],
    ["clients.slaves", 0],
    ["clients.normal", report.clients],
    ["cluster.links", 0],
    ["aof.buffer", 0],
    ["lua.caches", Number(info.value("memory", "used_memory_scripts_eval"))],
    ["functions.caches", Number(info.value("memory", "used_memory_functions"))],
  ];
  const afterDatabases: readonly Field[] = [
    ["overhead.total", report.overhead],
    ["keys.count", keyCount],
    ["keys.bytes-per-key", keyCount === 0 ? 0 : Math.floor((used - startup) / keyCount)],
    ["dataset.bytes", report.dataset],
    ["dataset.percentage", new Double(report.datasetPercent)],
    ["peak.percentage", new Double(report.peakPercent)],
    ["allocator.allocated", allocated],
    ["allocator.active", reserved],
    ["allocator.resident", reserved],
    ["allocator-fragmentation.ratio", new Double(ratio(reserved, allocated))],
    ["allocator-fragmentation.bytes", reserved - allocated],
    ["allocator-rss.ratio", new Double(1)],
    ["allocator-rss.bytes", 0],
    ["rss-overhead.ratio", new Double(ratio(resident, reserved))],
    ["rss-overhead.bytes", resident - reserved],
    ["fragmentation", new Double(ratio(resident, used))],
    ["fragmentation.bytes", resident - used],
  ];
  reply.map(beforeDatabases.length + databases.length + afterDatabases.length);
  for (const field of beforeDatabases) replyField(reply, ...field);
  for (const { index, entries, volatile } of databases) {
    reply.text(`db.${index}`);
    reply.map(3);
    replyField(reply, "overhead.hashtable.main", entries);
    replyField(reply, "overhead.hashtable.expires", volatile);
    replyField(reply, "overhead.hashtable.slot-to-keys", 0);
  }
  for (const field of afterDatabases) replyField(reply, ...field);
}

function replyField(reply: ReplyWriter, ...[name, value]: Field): void {
  reply.text(name);
  if (value instanceof Double) reply.double(value.value);
  else reply.integer(value);
}

function heapText({ keyspace: { heap } }: ServerParts): string {
  return [
    `live blocks: ${heap.liveBlocks}`,
    `bytes of live blocks: ${heap.usedBytes}`,
    `bytes of spans and large blocks: ${heap.reservedBytes}`,
    `upper bound in bytes: ${heap.bytesMax}`,
    "",
  ].join("\n");
}

const HELP = [
  "DOCTOR",
  "    Return memory problems reports.",
  "MALLOC-STATS",
  "    Return internal statistics report from the memory allocator.",
  "PURGE",
  "    Attempt to purge dirty pages for reclamation by the allocator.",
  "STATS",
  "    Return information about the memory usage of the server.",
  "USAGE <key> [SAMPLES <count>]",
  "    Return memory in bytes used by <key> and its value. Nested values are",
  "    sampled up to <count> times (default: 5, 0 means sample all).",
];
