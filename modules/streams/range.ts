/**
 * Reading by ids.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  oneKey,
  StreamCursor,
  StreamId,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { readEnd, readStart } from "./ids.ts";
import { replyEntries } from "./replies.ts";
import { streamType } from "./stream_type.ts";

/** `XRANGE` and `XREVRANGE`. */
export const rangeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "XRANGE",
    summary: "Return a range of elements in a stream, with IDs matching the specified IDs interval",
    since: "5.0.0",
    group: "stream",
    complexity:
      "O(N) with N being the number of elements being returned. If N is constant (e.g. always asking for the first 10 elements with COUNT), you can consider it O(1).",
    arity: -4,
    flags: ["readonly"],
    categories: ["stream"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("start"),
      argument.string("end"),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    history: [["6.2.0", "Added exclusive ranges."]],
    run: xrange,
  }),
  defineCommand({
    name: "XREVRANGE",
    summary:
      "Return a range of elements in a stream, with IDs matching the specified IDs interval, in reverse order (from greater to smaller IDs) compared to XRANGE",
    since: "5.0.0",
    group: "stream",
    complexity:
      "O(N) with N being the number of elements returned. If N is constant (e.g. always asking for the first 10 elements with COUNT), you can consider it O(1).",
    arity: -4,
    flags: ["readonly"],
    categories: ["stream"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("end"),
      argument.string("start"),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    history: [["6.2.0", "Added exclusive ranges."]],
    run: xrevrange,
  }),
];

function xrange(context: CommandContext): void {
  replyInterval(context, 2, 3, false);
}

function xrevrange(context: CommandContext): void {
  replyInterval(context, 3, 2, true);
}

function replyInterval({ args, db, reply }: CommandContext, start: number, end: number, backwards: boolean): void {
  const from = readStart(args, start, new StreamId());
  const to = readEnd(args, end, new StreamId());
  let count = -1;
  for (let i = 4; i < args.count; i++) {
    if (!args.is(i, "COUNT") || i + 1 === args.count) throw SYNTAX_ERROR;
    count = Math.max(0, args.integer(++i));
  }
  const stream = db.read(args.key(1), streamType);
  if (stream === null) return reply.array(0);
  if (count === 0) return reply.nullArray();
  replyEntries(reply, new StreamCursor(stream).range(from, to, backwards), count);
}
