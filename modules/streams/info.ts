/**
 * What streams, groups and consumers tell about themselves.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  ENTRIES_READ_UNKNOWN,
  type IdIndex,
  keyAt,
  NO_SUCH_KEY,
  ReplyError,
  replyHelp,
  type ReplyWriter,
  type Stream,
  StreamCursor,
  type StreamGroup,
  StreamId,
} from "../../server/api/mod.ts";
import { noSuchGroup } from "./group_errors.ts";
import { lagOf } from "./reading_progress.ts";
import { replyEntries, replyEntry, replyId } from "./replies.ts";
import { radixNodeCount } from "./radix_nodes.ts";
import { streamType } from "./stream_type.ts";

/** `XINFO`. */
export const infoCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "XINFO",
    summary: "A container for stream introspection commands",
    since: "5.0.0",
    group: "stream",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "CONSUMERS",
        summary: "List the consumers in a consumer group",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 4,
        flags: ["readonly"],
        categories: ["stream"],
        keys: [keyAt(2, "RO", "access")],
        tips: ["nondeterministic_output"],
        arguments: [argument.key("key", 0), argument.string("groupname")],
        run: xinfoConsumers,
      },
      {
        name: "GROUPS",
        summary: "List the consumer groups of a stream",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 3,
        flags: ["readonly"],
        categories: ["stream"],
        keys: [keyAt(2, "RO", "access")],
        arguments: [argument.key("key", 0)],
        history: [["7.0.0", "Added the `entries-read` and `lag` fields"]],
        run: xinfoGroups,
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        categories: ["stream"],
        run: xinfoHelp,
      },
      {
        name: "STREAM",
        summary: "Get information about a stream",
        since: "5.0.0",
        complexity: "O(1)",
        arity: -3,
        flags: ["readonly"],
        categories: ["stream"],
        keys: [keyAt(2, "RO", "access")],
        arguments: [
          argument.key("key", 0),
          argument.block("full", [argument.integer("count", { token: "COUNT", optional: true })], {
            token: "FULL",
            optional: true,
          }),
        ],
        history: [
          ["6.0.0", "Added the `FULL` modifier."],
          [
            "7.0.0",
            "Added the `max-deleted-entry-id`, `entries-added`, `recorded-first-entry-id`, `entries-read` and `lag` fields",
          ],
        ],
        run: xinfoStream,
      },
    ],
  }),
];

const FULL_COUNT = 10;
const LAST_ID = StreamId.max();
const FIRST_ID = new StreamId();

function xinfoStream(context: CommandContext): void {
  const { args, db, reply } = context;
  const stream = db.read(args.key(2), streamType);
  if (stream === null) throw NO_SUCH_KEY;
  let count = -1;
  if (args.count > 3) {
    const isCount = args.count === 6 && args.is(4, "COUNT");
    if (!args.is(3, "FULL") || (args.count !== 4 && !isCount)) {
      throw new ReplyError(
        `ERR unknown subcommand or wrong number of arguments for '${args.text(1)}'. Try XINFO HELP.`,
      );
    }
    count = isCount ? args.integer(5) : FULL_COUNT;
    if (count < 0) count = FULL_COUNT;
  }
  const full = count >= 0;
  const id = new StreamId();
  reply.map(full ? 9 : 10);
  reply.text("length");
  reply.integer(stream.length);
  reply.text("radix-tree-keys");
  reply.integer(stream.nodeCount);
  reply.text("radix-tree-nodes");
  reply.integer(radixNodeCount(stream));
  reply.text("last-generated-id");
  replyId(reply, stream.readLastId(id));
  reply.text("max-deleted-entry-id");
  replyId(reply, stream.readMaxDeletedId(id));
  reply.text("entries-added");
  reply.integer(stream.entriesAdded);
  reply.text("recorded-first-entry-id");
  replyId(reply, stream.readFirstId(id));
  if (full) return replyFull(context, stream, count);
  reply.text("groups");
  reply.integer(stream.groups.count);
  reply.text("first-entry");
  replyOne(reply, new StreamCursor(stream).range(FIRST_ID, LAST_ID, false));
  reply.text("last-entry");
  replyOne(reply, new StreamCursor(stream).range(FIRST_ID, LAST_ID, true));
}

function replyOne(reply: ReplyWriter, cursor: StreamCursor): void {
  if (cursor.next()) replyEntry(reply, cursor);
  else reply.null();
}

function replyFull({ reply }: CommandContext, stream: Stream, count: number): void {
  const limit = count === 0 ? -1 : count;
  reply.text("entries");
  replyEntries(reply, new StreamCursor(stream).range(FIRST_ID, LAST_ID, false), limit);
  const { groups } = stream;
  reply.text("groups");
  reply.array(groups.count);
  for (let i = 0; i < groups.count; i++) {
    const group = groups.at(i);
    reply.map(7);
    replyGroupHead(reply, group, "last-delivered-id");
    replyProgress(reply, stream, group);
    reply.text("pel-count");
    reply.integer(group.pending.count);
    reply.text("pending");
    replyPending(reply, group, group.pending, limit, true);
    reply.text("consumers");
    reply.array(group.consumerCount);
    for (let k = 0; k < group.consumerCount; k++) {
      const consumer = group.consumerAt(k);
      reply.map(4);
      reply.text("name");
      reply.bulk(consumer.name);
      reply.text("seen-time");
      reply.integer(consumer.seenMs);
      reply.text("pel-count");
      reply.integer(consumer.pending.count);
      reply.text("pending");
      replyPending(reply, group, consumer.pending, limit, false);
    }
  }
}

/** Name and last delivered id. */
function replyGroupHead(reply: ReplyWriter, group: StreamGroup, idName: string): void {
  reply.text("name");
  reply.bulk(group.name);
  reply.text(idName);
  replyId(reply, group.readLastId(new StreamId()));
}

function replyProgress(reply: ReplyWriter, stream: Stream, group: StreamGroup): void {
  reply.text("entries-read");
  if (group.entriesRead === ENTRIES_READ_UNKNOWN) reply.null();
  else reply.integer(group.entriesRead);
  reply.text("lag");
  const lag = lagOf(stream, group);
  if (lag === null) reply.null();
  else reply.integer(lag);
}

function replyPending(reply: ReplyWriter, group: StreamGroup, pending: IdIndex, limit: number, owners: boolean): void {
  const id = new StreamId();
  const mark = reply.arrayLater();
  let replied = 0;
  for (let here = pending.first(); here && replied !== limit; here = pending.next(), replied++) {
    reply.array(owners ? 4 : 3);
    replyId(reply, pending.readId(id));
    if (owners) reply.bulk(group.consumerOf(pending.value).name);
    reply.integer(group.deliveredMsOf(pending.value));
    reply.integer(group.deliveriesOf(pending.value));
  }
  reply.close(mark, replied);
}

function xinfoGroups({ args, db, reply }: CommandContext): void {
  const stream = db.read(args.key(2), streamType);
  if (stream === null) throw NO_SUCH_KEY;
  const { groups } = stream;
  reply.array(groups.count);
  for (let i = 0; i < groups.count; i++) {
    const group = groups.at(i);
    reply.map(6);
    reply.text("name");
    reply.bulk(group.name);
    reply.text("consumers");
    reply.integer(group.consumerCount);
    reply.text("pending");
    reply.integer(group.pending.count);
    reply.text("last-delivered-id");
    replyId(reply, group.readLastId(new StreamId()));
    replyProgress(reply, stream, group);
  }
}

function xinfoConsumers({ args, db, reply, nowMs }: CommandContext): void {
  const stream = db.read(args.key(2), streamType);
  if (stream === null) throw NO_SUCH_KEY;
  const group = stream.groups.find(args.view(3));
  if (group === null) throw noSuchGroup(args.view(3), args.view(2));
  reply.array(group.consumerCount);
  for (let i = 0; i < group.consumerCount; i++) {
    const consumer = group.consumerAt(i);
    reply.map(3);
    reply.text("name");
    reply.bulk(consumer.name);
    reply.text("pending");
    reply.integer(consumer.pending.count);
    reply.text("idle");
    reply.integer(Math.max(0, nowMs - Number(consumer.seenMs)));
  }
}

function xinfoHelp({ reply }: CommandContext): void {
  replyHelp(reply, "XINFO", [
    "CONSUMERS <key> <groupname>",
    "    Show consumers of <groupname>.",
    "GROUPS <key>",
    "    Show the stream consumer groups.",
    "STREAM <key> [FULL [COUNT <count>]",
    "    Show information about the stream.",
  ]);
}
