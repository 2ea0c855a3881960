/**
 * `LATENCY`: spikes that the latency monitor has seen, and the distribution of each command's durations.
 * Source: https://redis.io/docs/latest/commands/latency-latest/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import type { Command } from "../commands/command.ts";
import type { CommandTable } from "../commands/command_table.ts";
import { slowlogLogSlowerThan } from "../config/options/monitoring.ts";
import { latencyReport } from "../observe/latency_doctor.ts";
import type { LatencyMonitor } from "../observe/latency_monitor.ts";
import { sparkline } from "../observe/sparkline.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";
import type { ServerParts } from "./parts.ts";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The `LATENCY` command of a server. */
export function latencyCommand({ latency, table }: ServerParts): CommandDefinition {
  return defineCommand({
    name: "LATENCY",
    summary: "A container for latency diagnostics commands",
    since: "2.8.13",
    group: "server",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "DOCTOR",
        summary: "Return a human readable latency analysis report.",
        since: "2.8.13",
        complexity: "O(1)",
        arity: 2,
        flags: ["admin", "noscript", "loading", "stale"],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        run: (context) => doctor(latency, context),
      },
      {
        name: "GRAPH",
        summary: "Return a latency graph for the event.",
        since: "2.8.13",
        complexity: "O(1)",
        arity: 3,
        flags: ["admin", "noscript", "loading", "stale"],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        arguments: [argument.string("event")],
        run: (context) => graph(latency, context),
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands.",
        since: "2.8.13",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        run: ({ reply }) => replyHelp(reply, "LATENCY", HELP),
      },
      {
        name: "HISTOGRAM",
        summary: "Return the cumulative distribution of latencies of a subset of commands or all.",
        since: "7.0.0",
        complexity: "O(N) where N is the number of commands with latency information being retrieved.",
        arity: -2,
        flags: ["admin", "noscript", "loading", "stale"],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        arguments: [argument.string("command", { optional: true, multiple: true })],
        run: (context) => histogram(table, context),
      },
      {
        name: "HISTORY",
        summary: "Return timestamp-latency samples for the event.",
        since: "2.8.13",
        complexity: "O(1)",
        arity: 3,
        flags: ["admin", "noscript", "loading", "stale"],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        arguments: [argument.string("event")],
        run: (context) => history(latency, context),
      },
      {
        name: "LATEST",
        summary: "Return the latest latency samples for all events.",
        since: "2.8.13",
        complexity: "O(1)",
        arity: 2,
        flags: ["admin", "noscript", "loading", "stale"],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        run: ({ reply }) => latest(latency, reply),
      },
      {
        name: "RESET",
        summary: "Reset latency data for one or more events.",
        since: "2.8.13",
        complexity: "O(1)",
        arity: -2,
        flags: ["admin", "noscript", "loading", "stale"],
        tips: ["request_policy:all_nodes", "response_policy:all_succeeded"],
        arguments: [argument.string("event", { optional: true, multiple: true })],
        run({ args, reply }) {
          const events = Array.from({ length: args.count - 2 }, (_, i) => args.text(i + 2));
          reply.integer(latency.reset(events.length === 0 ? undefined : events));
        },
      },
    ],
  });
}

function doctor(latency: LatencyMonitor, { config, nowMs, reply }: CommandContext): void {
  reply.verbatim(latencyReport(latency, {
    nowSeconds: Math.floor(nowMs / 1000),
    slowLogMicroseconds: config.get(slowlogLogSlowerThan),
  }));
}

function graph(latency: LatencyMonitor, { args, nowMs, reply }: CommandContext): void {
  const event = args.text(2);
  const series = latency.series.get(event);
  if (series === undefined) throw new ReplyError(`ERR No samples available for event '${event}'`);
  const values = series.samples.map(({ milliseconds }) => milliseconds);
  const headline = `${event} - high ${Math.max(...values)} ms, low ${Math.min(...values)} ms ` +
    `(all time high ${series.maxMilliseconds} ms)\n`;
  const columns = series.samples.map(({ milliseconds, unixSeconds }) => ({
    value: milliseconds,
    label: ageText(Math.floor(nowMs / 1000) - unixSeconds),
  }));
  reply.verbatim(headline + "-".repeat(80) + "\n" + sparkline(columns));
}

function ageText(seconds: number): string {
  if (seconds < MINUTE_SECONDS) return `${seconds}s`;
  if (seconds < HOUR_SECONDS) return `${Math.floor(seconds / MINUTE_SECONDS)}m`;
  if (seconds < DAY_SECONDS) return `${Math.floor(seconds / HOUR_SECONDS)}h`;
  return `${Math.floor(seconds / DAY_SECONDS)}d`;
}

function history(latency: LatencyMonitor, { args, reply }: CommandContext): void {
  const samples = latency.series.get(args.text(2))?.samples ?? [];
  reply.array(samples.length);
  for (const { unixSeconds, milliseconds } of samples) {
    reply.array(2);
    reply.integer(unixSeconds);
    reply.integer(milliseconds);
  }
}

function latest(latency: LatencyMonitor, reply: ReplyWriter): void {
  reply.array(latency.series.size);
  for (const [event, { samples, maxMilliseconds }] of latency.series) {
    const last = samples[samples.length - 1];
    reply.array(4);
    reply.text(event);
    reply.integer(last.unixSeconds);
    reply.integer(last.milliseconds);
    reply.integer(maxMilliseconds);
  }
}

/** Of the commands asked for, their sub-commands too, or of all: those that were called while latencies are tracked. */
function histogram(table: CommandTable, { args, reply }: CommandContext): void {
  const asked = args.count === 2 ? table.withSubcommands() : commandsAsked(table, args);
  const commands = [...asked].filter(({ latency }) => latency !== undefined);
  reply.map(commands.length);
  for (const { name, latency } of commands) {
    reply.text(name);
    reply.map(2);
    reply.text("calls");
    reply.integer(latency!.count);
    reply.text("histogram_usec");
    const rows = latency!.cumulative();
    reply.map(rows.length);
    for (const [microseconds, count] of rows) {
      reply.integer(microseconds);
      reply.integer(count);
    }
  }
}

function* commandsAsked(table: CommandTable, args: CommandContext["args"]): Iterable<Command> {
  for (let i = 2; i < args.count; i++) {
    const command = table.get(args.text(i));
    if (command === undefined) continue;
    yield command;
    yield* command.subcommands?.items ?? [];
  }
}

const HELP = [
  "DOCTOR",
  "    Return a human readable latency analysis report.",
  "GRAPH <event>",
  "    Return an ASCII latency graph for the <event> class.",
  "HISTORY <event>",
  "    Return time-latency samples for the <event> class.",
  "LATEST",
  "    Return the latest latency samples for all events.",
  "RESET [<event> ...]",
  "    Reset latency data of one or more <event> classes.",
  "    (default: reset all data for all event classes)",
  "HISTOGRAM [COMMAND ...]",
  "    Return a cumulative distribution of latencies in the format of a histogram for the specified command names.",
  "    If no commands are specified then all histograms are replied.",
];
