/**
 * `SLOWLOG`: the commands that took long.
 * Source: https://redis.io/docs/latest/commands/slowlog-get/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import type { SlowLog } from "../observe/slow_log.ts";
import { ReplyError } from "../protocol/errors.ts";

const COUNT_INITIAL = 10;
/** In place of a count: all entries. */
const ALL = -1;
const BAD_COUNT = new ReplyError("ERR count should be greater than or equal to -1");

/** The `SLOWLOG` command over a log. */
export function slowlogCommand(slowLog: SlowLog): CommandDefinition {
  return defineCommand({
    name: "SLOWLOG",
    summary: "A container for slow log commands",
    since: "2.2.12",
    group: "server",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "GET",
        summary: "Get the slow log's entries",
        since: "2.2.12",
        complexity: "O(N) where N is the number of entries returned",
        arity: -2,
        flags: ["admin", "loading", "stale"],
        tips: ["request_policy:all_nodes", "nondeterministic_output"],
        arguments: [argument.integer("count", { optional: true })],
        history: [["4.0.0", "Added client IP address, port and name to the reply."]],
        run: (context) => get(slowLog, context),
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "6.2.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        run: ({ reply }) => replyHelp(reply, "SLOWLOG", HELP),
      },
      {
        name: "LEN",
        summary: "Get the slow log's length",
        since: "2.2.12",
        complexity: "O(1)",
        arity: 2,
        flags: ["admin", "loading", "stale"],
        tips: ["request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output"],
        run: ({ reply }) => reply.integer(slowLog.entries.length),
      },
      {
        name: "RESET",
        summary: "Clear all entries from the slow log",
        since: "2.2.12",
        complexity: "O(N) where N is the number of entries in the slowlog",
        arity: 2,
        flags: ["admin", "loading", "stale"],
        tips: ["request_policy:all_nodes", "response_policy:all_succeeded"],
        run({ reply }) {
          slowLog.reset();
          reply.ok();
        },
      },
    ],
  });
}

function get(slowLog: SlowLog, { args, reply }: CommandContext): void {
  if (args.count > 3) {
    throw new ReplyError("ERR unknown subcommand or wrong number of arguments for 'GET'. Try SLOWLOG HELP.");
  }
  const count = args.count === 3 ? args.integer(2, BAD_COUNT) : COUNT_INITIAL;
  if (count < ALL) throw BAD_COUNT;
  const entries = count === ALL ? slowLog.entries : slowLog.entries.slice(0, count);
  reply.array(entries.length);
  for (const entry of entries) {
    reply.array(6);
    reply.integer(entry.id);
    reply.integer(entry.unixSeconds);
    reply.integer(entry.microseconds);
    reply.array(entry.args.length);
    for (const arg of entry.args) reply.bulk(arg);
    reply.text(entry.address);
    reply.text(entry.clientName);
  }
}

const HELP = [
  "GET [<count>]",
  "    Return top <count> entries from the slowlog (default: 10, -1 mean all).",
  "    Entries are made of:",
  "    id, timestamp, time in microseconds, arguments array, client IP and port,",
  "    client name",
  "LEN",
  "    Return the length of the slowlog.",
  "RESET",
  "    Reset the slowlog.",
];
