/**
 * Consumer groups, created and removed.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  ENTRIES_READ_UNKNOWN,
  type Int64,
  keyAt,
  keyEvent,
  ReplyError,
  replyHelp,
  type Stream,
  type StreamGroup,
  StreamId,
} from "../../server/api/mod.ts";
import { createConsumerEvent, noSuchGroup, noteGroupChange } from "./group_errors.ts";
import { readBound, readId } from "./ids.ts";
import { streamType } from "./stream_type.ts";

/** `XGROUP`. */
export const groupCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "XGROUP",
    summary: "A container for consumer groups commands",
    since: "5.0.0",
    group: "stream",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "CREATE",
        summary: "Create a consumer group.",
        since: "5.0.0",
        complexity: "O(1)",
        arity: -5,
        flags: ["write", "denyoom"],
        categories: ["stream"],
        keys: [keyAt(2, "RW", "insert")],
        arguments: [
          argument.key("key", 0),
          argument.string("groupname"),
          argument.oneOf("id", [argument.string("id"), argument.token("new_id", "$")]),
          argument.token("mkstream", "MKSTREAM", { optional: true }),
          argument.integer("entries_read", { token: "ENTRIESREAD", optional: true }),
        ],
        history: [["7.0.0", "Added the `entries_read` named argument."]],
        run: xgroupCreate,
      },
      {
        name: "CREATECONSUMER",
        summary: "Create a consumer in a consumer group.",
        since: "6.2.0",
        complexity: "O(1)",
        arity: 5,
        flags: ["write", "denyoom"],
        categories: ["stream"],
        keys: [keyAt(2, "RW", "insert")],
        arguments: [argument.key("key", 0), argument.string("groupname"), argument.string("consumername")],
        run: xgroupCreateconsumer,
      },
      {
        name: "DELCONSUMER",
        summary: "Delete a consumer from a consumer group.",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 5,
        flags: ["write"],
        categories: ["stream"],
        keys: [keyAt(2, "RW", "delete")],
        arguments: [argument.key("key", 0), argument.string("groupname"), argument.string("consumername")],
        run: xgroupDelconsumer,
      },
      {
        name: "DESTROY",
        summary: "Destroy a consumer group.",
        since: "5.0.0",
        complexity: "O(N) where N is the number of entries in the group's pending entries list (PEL).",
        arity: 4,
        flags: ["write"],
        categories: ["stream"],
        keys: [keyAt(2, "RW", "delete")],
        arguments: [argument.key("key", 0), argument.string("groupname")],
        run: xgroupDestroy,
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        categories: ["stream"],
        run: xgroupHelp,
      },
      {
        name: "SETID",
        summary: "Set a consumer group to an arbitrary last delivered ID value.",
        since: "5.0.0",
        complexity: "O(1)",
        arity: -5,
        flags: ["write"],
        categories: ["stream"],
        keys: [keyAt(2, "RW", "update")],
        arguments: [
          argument.key("key", 0),
          argument.string("groupname"),
          argument.oneOf("id", [argument.string("id"), argument.token("new_id", "$")]),
          argument.integer("entries_read", { token: "ENTRIESREAD", optional: true }),
        ],
        history: [["7.0.0", "Added the optional `entries_read` argument."]],
        run: xgroupSetid,
      },
    ],
  }),
];

const NEEDS_KEY = new ReplyError(
  "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option " +
    "to create an empty stream automatically.",
);
const GROUP_EXISTS = new ReplyError("BUSYGROUP Consumer Group name already exists");
const BAD_ENTRIES_READ = new ReplyError("ERR value for ENTRIESREAD must be positive or -1");
const DOLLAR = 0x24;
/** Longest lines with all options. */
const CREATE_ARGUMENTS_MAX = 8;
const SETID_ARGUMENTS_MAX = 7;

const createEvent = keyEvent("stream", "xgroup-create");
const setIdEvent = keyEvent("stream", "xgroup-setid");
const destroyEvent = keyEvent("stream", "xgroup-destroy");
const deleteConsumerEvent = keyEvent("stream", "xgroup-delconsumer");

/** Options of CREATE and SETID behind the id. */
function readOptions({ args }: CommandContext, subcommand: "CREATE" | "SETID"): { makes: boolean; entriesRead: Int64 } {
  let makes = false;
  let entriesRead: Int64 = ENTRIES_READ_UNKNOWN;
  for (let i = 5; i < args.count; i++) {
    if (subcommand === "CREATE" && args.is(i, "MKSTREAM")) makes = true;
    else if (args.is(i, "ENTRIESREAD") && i + 1 < args.count) {
      entriesRead = args.exactInteger(++i);
      if (entriesRead < 0 && entriesRead !== ENTRIES_READ_UNKNOWN) throw BAD_ENTRIES_READ;
    } else throw wrongSyntax(args);
  }
  return { makes, entriesRead };
}

/** Refuses a line with options that are given twice; the key and the group are looked at before. */
function checkLength(args: Arguments, argumentsMax: number): void {
  if (args.count > argumentsMax) throw wrongSyntax(args);
}

function wrongSyntax(args: Arguments): ReplyError {
  return new ReplyError(`ERR unknown subcommand or wrong number of arguments for '${args.text(1)}'. Try XGROUP HELP.`);
}

/** The id behind which a group begins; `$` is the stream's last. */
function readGroupId({ args }: CommandContext, stream: Stream | null, read: typeof readId = readId): StreamId {
  const isLast = args.size(4) === 1 && args.buffer[args.start(4)] === DOLLAR;
  if (!isLast) return read(args, 4, new StreamId());
  return stream === null ? new StreamId() : stream.readLastId(new StreamId());
}

function xgroupCreate(context: CommandContext): void {
  const { args, db, reply } = context;
  const { makes, entriesRead } = readOptions(context, "CREATE");
  const key = args.key(2);
  const existing = db.write(key, streamType);
  if (existing === null && !makes) throw NEEDS_KEY;
  checkLength(args, CREATE_ARGUMENTS_MAX);
  const lastId = readGroupId(context, existing);
  if (existing !== null && existing.groups.find(args.view(3)) !== null) throw GROUP_EXISTS;
  const stream = existing ?? db.upsert(key, streamType);
  try {
    stream.groups.create(args.bytes(3), lastId, entriesRead);
  } catch (error) {
    if (existing === null) db.remove(key);
    throw error;
  }
  // To have a further group is no change for who watches the key; to exist is.
  if (existing === null) db.touched(key);
  reply.ok();
  noteGroupChange(context, key, createEvent);
}

function xgroupSetid(context: CommandContext): void {
  const { args, reply } = context;
  const { entriesRead } = readOptions(context, "SETID");
  const { stream, group } = groupOf(context);
  checkLength(args, SETID_ARGUMENTS_MAX);
  group.setLastId(readGroupId(context, stream, readBound));
  group.entriesRead = entriesRead;
  reply.ok();
  noteGroupChange(context, args.key(2), setIdEvent);
}

function xgroupDestroy(context: CommandContext): void {
  const { args, db, reply } = context;
  const key = args.key(2);
  const stream = db.write(key, streamType);
  if (stream === null) throw NEEDS_KEY;
  const { groups } = stream;
  const group = groups.find(args.view(3));
  if (group === null) return reply.integer(0);
  groups.remove(group);
  reply.integer(1);
  noteGroupChange(context, key, destroyEvent);
  db.wake(key);
}

function xgroupCreateconsumer(context: CommandContext): void {
  const { args, reply, nowMs } = context;
  const { group } = groupOf(context);
  if (group.findConsumer(args.view(4)) !== null) return reply.integer(0);
  group.createConsumer(args.bytes(4), nowMs);
  noteGroupChange(context, args.key(2), createConsumerEvent);
  reply.integer(1);
}

function xgroupDelconsumer(context: CommandContext): void {
  const { args, reply } = context;
  const { group } = groupOf(context);
  const consumer = group.findConsumer(args.view(4));
  if (consumer === null) return reply.integer(0);
  const pending = group.removeConsumer(consumer);
  noteGroupChange(context, args.key(2), deleteConsumerEvent);
  reply.integer(pending);
}

/** The group that a sub-command names. */
function groupOf({ args, db }: CommandContext): { stream: Stream; group: StreamGroup } {
  const stream = db.write(args.key(2), streamType);
  if (stream === null) throw NEEDS_KEY;
  const group = stream.groups.find(args.view(3));
  if (group === null) throw noSuchGroup(args.view(3), args.view(2));
  return { stream, group };
}

function xgroupHelp({ reply }: CommandContext): void {
  replyHelp(reply, "XGROUP", [
    "CREATE <key> <groupname> <id|$> [option]",
    "    Create a new consumer group. Options are:",
    "    * MKSTREAM",
    "      Create the empty stream if it does not exist.",
    "    * ENTRIESREAD entries_read",
    "      Set the group's entries_read counter (internal use).",
    "CREATECONSUMER <key> <groupname> <consumer>",
    "    Create a new consumer in the specified group.",
    "DELCONSUMER <key> <groupname> <consumer>",
    "    Remove the specified consumer.",
    "DESTROY <key> <groupname>",
    "    Remove the specified group.",
    "SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]",
    "    Set the current group ID and entries_read counter.",
  ]);
}
