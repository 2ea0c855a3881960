/**
 * Entries that come and go: adding, trimming, deleting.
 *
 * @module
 */
import {
  argument,
  type CommandArgument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type Int64,
  keyEvent,
  NO_SUCH_KEY,
  oneKey,
  ReplyError,
  type Stream,
  StreamId,
  SYNTAX_ERROR,
  type TrimLimits,
} from "../../server/api/mod.ts";
import { noteGroupChange } from "./group_errors.ts";
import { readId, readNewId } from "./ids.ts";
import { replyId } from "./replies.ts";
import { streamNodeMaxBytes, streamNodeMaxEntries, streamType } from "./stream_type.ts";

/** `XADD` and what changes a stream without groups. */
export const appendCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "XADD",
    summary: "Appends a new entry to a stream",
    since: "5.0.0",
    group: "stream",
    complexity: "O(1) when adding a new entry, O(N) when trimming where N being the number of entries evicted.",
    arity: -5,
    flags: ["write", "denyoom", "fast"],
    categories: ["stream"],
    keys: [{ ...oneKey("RW", "update"), notes: "UPDATE instead of INSERT because of the optional trimming feature" }],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.token("nomkstream", "NOMKSTREAM", { since: "6.2.0", optional: true }),
      argument.block("trim", [
        argument.oneOf("strategy", [
          argument.token("maxlen", "MAXLEN"),
          argument.token("minid", "MINID", { since: "6.2.0" }),
        ]),
        argument.oneOf("operator", [argument.token("equal", "="), argument.token("approximately", "~")], {
          optional: true,
        }),
        argument.string("threshold"),
        argument.integer("count", { token: "LIMIT", since: "6.2.0", optional: true }),
      ], { optional: true }),
      argument.oneOf("id_or_auto", [argument.token("auto_id", "*"), argument.string("id")]),
      argument.block("field_value", [argument.string("field"), argument.string("value")], { multiple: true }),
    ],
    history: [
      ["6.2.0", "Added the `NOMKSTREAM` option, `MINID` trimming strategy and the `LIMIT` option."],
      ["7.0.0", "Added support for the `<ms>-*` explicit ID form."],
    ],
    run: xadd,
  }),
  defineCommand({
    name: "XTRIM",
    summary: "Trims the stream to (approximately if '~' is passed) a certain size",
    since: "5.0.0",
    group: "stream",
    complexity:
      "O(N), with N being the number of evicted entries. Constant times are very small however, since entries are organized in macro nodes containing multiple entries that can be released with a single deallocation.",
    arity: -4,
    flags: ["write"],
    categories: ["stream"],
    keys: [oneKey("RW", "delete")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.block("trim", [
        argument.oneOf("strategy", [
          argument.token("maxlen", "MAXLEN"),
          argument.token("minid", "MINID", { since: "6.2.0" }),
        ]),
        argument.oneOf("operator", [argument.token("equal", "="), argument.token("approximately", "~")], {
          optional: true,
        }),
        argument.string("threshold"),
        argument.integer("count", { token: "LIMIT", since: "6.2.0", optional: true }),
      ]),
    ],
    history: [["6.2.0", "Added the `MINID` trimming strategy and the `LIMIT` option."]],
    run: xtrim,
  }),
  defineCommand({
    name: "XDEL",
    summary:
      "Removes the specified entries from the stream. Returns the number of items actually deleted, that may be different from the number of IDs passed in case certain IDs do not exist.",
    since: "5.0.0",
    group: "stream",
    complexity: "O(1) for each single item to delete in the stream, regardless of the stream size.",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["stream"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.string("id", { multiple: true })],
    run: xdel,
  }),
  defineCommand({
    name: "XLEN",
    summary: "Return the number of entries in a stream",
    since: "5.0.0",
    group: "stream",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["stream"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0)],
    run: xlen,
  }),
  defineCommand({
    name: "XSETID",
    summary: "An internal command for replicating stream values",
    since: "5.0.0",
    group: "stream",
    complexity: "O(1)",
    arity: -3,
    flags: ["write", "denyoom", "fast"],
    categories: ["stream"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.string("last-id"),
      argument.integer("entries_added", { token: "ENTRIESADDED", since: "7.0.0", optional: true }),
      argument.string("max_deleted_entry_id", { token: "MAXDELETEDID", since: "7.0.0", optional: true }),
    ],
    history: [["7.0.0", "Added the `entries_added` and `max_deleted_entry_id` arguments."]],
    run: xsetid,
  }),
];

const ZERO_ID = new ReplyError("ERR The ID specified in XADD must be greater than 0-0");
const ID_NOT_ABOVE = new ReplyError(
  "ERR The ID specified in XADD is equal or smaller than the target stream top item",
);
const EXHAUSTED = new ReplyError("ERR The stream has exhausted the last possible ID, unable to add more items");
const NEGATIVE_LENGTH = new ReplyError("ERR The MAXLEN argument must be >= 0.");
const NEGATIVE_LIMIT = new ReplyError("ERR The LIMIT argument must be >= 0.");
const TWO_STRATEGIES = new ReplyError(
  "ERR syntax error, MAXLEN and MINID options at the same time are not compatible",
);
const LIMIT_ALONE = new ReplyError("ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
const LIMIT_EXACT = new ReplyError("ERR syntax error, LIMIT cannot be used without the special ~ option");
const SMALLER_SET_ID = new ReplyError("ERR The ID specified in XSETID is smaller than the target stream top item");
const SMALLER_THAN_DELETED = new ReplyError(
  "ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id",
);
const FEWER_THAN_LENGTH = new ReplyError(
  "ERR The entries_added specified in XSETID is smaller than the target stream length",
);
const NEGATIVE_ADDED = new ReplyError("ERR entries_added must be positive");

/** Nodes that an approximate trim without `LIMIT` takes out at most. */
const TRIMMED_NODES_MAX = 100;
/** The same where nodes have no limit of entries. */
const TRIMMED_ENTRIES_MAX = 10000;

const LARGEST_ID = StreamId.max();

/** Of the entry that is added, and of the one before: for one call of XADD. */
const newId = new StreamId();
const topId = new StreamId();

const addEvent = keyEvent("stream", "xadd");
const trimEvent = keyEvent("stream", "xtrim");
const deleteEvent = keyEvent("stream", "xdel");
const setIdEvent = keyEvent("stream", "xsetid");

/** The options of XADD and XTRIM. */
interface TrimOptions extends TrimLimits {
  /** Whether a trim is asked for at all. */
  readonly trims: boolean;
  readonly makesStream: boolean;
  /** The argument behind the options. */
  readonly next: number;
  /** Where the threshold stands. */
  readonly threshold: number;
}

const NO_OPTIONS: TrimOptions = {
  next: 2,
  trims: false,
  makesStream: true,
  threshold: 0,
  lengthMax: -1,
  idMin: null,
  approximate: false,
  removedMax: 0,
};

function xadd(context: CommandContext): void {
  const { args, config, db, reply, nowMs } = context;
  const isPlain = args.size(2) === 1 || args.buffer[args.start(2)] <= 0x39;
  const options = isPlain ? NO_OPTIONS : readOptions(context, true);
  const first = options.next + 1;
  const strings = args.count - first;
  const id = newId.clear();
  const automatic = options.next < args.count ? readNewId(args, options.next, id) : "all";
  if (strings < 2 || strings % 2 !== 0) throw new ReplyError("ERR wrong number of arguments for 'xadd' command");
  if (automatic === "none" && id.isZero) throw ZERO_ID;
  const key = args.key(1);
  const existing = db.write(key, streamType);
  if (existing === null && !options.makesStream) {
    context.propagateNothing();
    return reply.null();
  }
  const lastId = existing === null ? topId.clear() : existing.readLastId(topId);
  if (existing !== null && lastId.compare(LARGEST_ID) === 0) throw EXHAUSTED;
  if (automatic === "all") chooseId(lastId, nowMs, id);
  else if (automatic === "sequence") chooseSequence(lastId, id);
  if (id.compare(lastId) <= 0) throw ID_NOT_ABOVE;
  const stream = existing ?? db.upsert(key, streamType);
  try {
    stream.append(id, args, first, strings / 2, config.get(streamNodeMaxBytes), config.get(streamNodeMaxEntries));
  } catch (error) {
    if (existing === null) db.remove(key);
    throw error;
  }
  replyId(reply, id);
  db.changed(key, addEvent, 1);
  const trimmed = options.trims ? stream.trim(options) : 0;
  if (trimmed > 0) db.notify(key, trimEvent);
  if (context.propagates && (automatic !== "none" || options.approximate)) {
    propagateExactly(context, stream, options, automatic === "none" ? "" : `${id}`);
  }
}

/** The time, or what follows the last id where that is ahead of it. */
function chooseId(lastId: StreamId, nowMs: number, into: StreamId): void {
  into.setTime(nowMs);
  if (into.compare(lastId) > 0) return;
  into.set(lastId).increment();
}

/** The first sequence number of a millisecond, or the next one. */
function chooseSequence(lastId: StreamId, into: StreamId): void {
  if (into.msHigh === lastId.msHigh && into.msLow === lastId.msLow) {
    const next = new StreamId().set(lastId);
    if (!next.increment() || next.msLow !== into.msLow) throw ID_NOT_ABOVE;
    into.set(next);
  } else {
    into.setSeq(0, 0);
    if (into.isZero) into.setSeq(0, 1);
  }
}

/** Replicas get the id that was chosen and the threshold that an approximate trim has reached. */
function propagateExactly(context: CommandContext, stream: Stream, options: TrimOptions, id: string): void {
  const { args } = context;
  const line: CommandArgument[] = [];
  for (let i = 1; i < args.count; i++) line.push(args.bytes(i));
  if (id !== "") line[options.next - 1] = id;
  if (options.approximate) {
    line[options.threshold - 2] = "=";
    line[options.threshold - 1] = options.idMin === null ? stream.length : `${stream.readFirstId(new StreamId())}`;
  }
  context.propagate(args.text(0), ...line);
}

function readOptions({ args, config }: CommandContext, isAdd: boolean): TrimOptions {
  let strategy = "";
  let lengthMax = -1;
  let idMin: StreamId | null = null;
  let approximate = false;
  let limit = -1;
  let makesStream = true;
  let threshold = 0;
  let i = 2;
  for (; i < args.count; i++) {
    const left = args.count - i - 1;
    if (isAdd && args.size(i) === 1 && args.buffer[args.start(i)] === 0x2a) break;
    const byLength = args.is(i, "MAXLEN");
    if ((byLength || args.is(i, "MINID")) && left >= 1) {
      if (strategy !== "" && (strategy === "MAXLEN") !== byLength) throw TWO_STRATEGIES;
      strategy = byLength ? "MAXLEN" : "MINID";
      approximate = false;
      const hasOperator = left >= 2 && (args.is(i + 1, "~") || args.is(i + 1, "="));
      if (hasOperator) approximate = args.is(++i, "~");
      threshold = ++i;
      if (byLength) {
        lengthMax = args.integer(i);
        if (lengthMax < 0) throw NEGATIVE_LENGTH;
      } else idMin = readId(args, i, new StreamId());
    } else if (args.is(i, "LIMIT") && left >= 1) {
      limit = args.integer(++i);
      if (limit < 0) throw NEGATIVE_LIMIT;
    } else if (isAdd && args.is(i, "NOMKSTREAM")) makesStream = false;
    else if (isAdd) break;
    else throw SYNTAX_ERROR;
  }
  if (isAdd && i < args.count) readNewId(args, i, new StreamId());
  if (limit >= 0 && strategy === "") throw LIMIT_ALONE;
  if (!isAdd && strategy === "") throw SYNTAX_ERROR;
  if (limit >= 0 && !approximate) throw LIMIT_EXACT;
  const entriesMax = config.get(streamNodeMaxEntries);
  const removedMax = !approximate
    ? 0
    : limit >= 0
    ? limit
    : entriesMax > 0
    ? Math.min(TRIMMED_NODES_MAX * entriesMax, 1000000)
    : TRIMMED_ENTRIES_MAX;
  return { trims: strategy !== "", makesStream, next: i, threshold, lengthMax, idMin, approximate, removedMax };
}

function xtrim(context: CommandContext): void {
  const { args, db, reply } = context;
  const options = readOptions(context, false);
  const key = args.key(1);
  const stream = db.write(key, streamType);
  const trimmed = stream?.trim(options) ?? 0;
  if (stream !== null && trimmed > 0) {
    db.changed(key, trimEvent, trimmed);
    if (context.propagates && options.approximate) propagateExactly(context, stream, options, "");
  }
  reply.integer(trimmed);
}

function xdel({ args, db, reply }: CommandContext): void {
  const key = args.key(1);
  const stream = db.write(key, streamType);
  const ids: StreamId[] = [];
  if (stream !== null) { for (let i = 2; i < args.count; i++) ids.push(readId(args, i, new StreamId())); }
  const maxDeleted = stream?.readMaxDeletedId(new StreamId());
  let deleted = 0;
  for (const id of ids) {
    if (!stream!.remove(id)) continue;
    deleted++;
    if (id.compare(maxDeleted!) > 0) stream!.setMaxDeletedId(maxDeleted!.set(id));
  }
  if (deleted > 0) db.changed(key, deleteEvent, deleted);
  reply.integer(deleted);
}

function xlen({ args, db, reply }: CommandContext): void {
  reply.integer(db.read(args.key(1), streamType)?.length ?? 0);
}

function xsetid(context: CommandContext): void {
  const { args, db, reply } = context;
  const id = readId(args, 2, new StreamId());
  let added: Int64 | null = null;
  let maxDeleted: StreamId | null = null;
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, "ENTRIESADDED") && i + 1 < args.count) {
      added = args.exactInteger(++i);
      if (added < 0) throw NEGATIVE_ADDED;
    } else if (args.is(i, "MAXDELETEDID") && i + 1 < args.count) {
      maxDeleted = readId(args, ++i, new StreamId());
      if (id.compare(maxDeleted) < 0) throw SMALLER_THAN_DELETED;
    } else throw SYNTAX_ERROR;
  }
  const key = args.key(1);
  const stream = db.write(key, streamType);
  if (stream === null) throw NO_SUCH_KEY;
  if (stream.length > 0) {
    if (id.compare(stream.readLastEntryId(new StreamId())) < 0) throw SMALLER_SET_ID;
    if (added !== null && added < stream.length) throw FEWER_THAN_LENGTH;
  }
  stream.setLastId(id);
  if (added !== null) stream.entriesAdded = added;
  if (maxDeleted !== null && !maxDeleted.isZero) stream.setMaxDeletedId(maxDeleted);
  reply.ok();
  noteGroupChange(context, key, setIdEvent);
}
