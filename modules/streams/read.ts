/**
 * Reading what is new, alone or as a member of a group, and waiting for it.
 *
 * Replicas do not get the reading but what it changed: who has which entry, and how far the group is.
 *
 * @module
 */
import {
  addInt64,
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type Key,
  keysAfter,
  ReplyError,
  type ReplyWriter,
  type Stream,
  type StreamConsumer,
  StreamCursor,
  type StreamGroup,
  StreamId,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { createConsumerEvent, noteGroupChange, shown } from "./group_errors.ts";
import { readId } from "./ids.ts";
import { noteRead } from "./reading_progress.ts";
import { replyEntries, replyEntry, replyId } from "./replies.ts";
import { streamType } from "./stream_type.ts";

/** `XREAD` and `XREADGROUP`. */
export const readCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "XREAD",
    summary:
      "Return never seen elements in multiple streams, with IDs greater than the ones reported by the caller for each stream. Can block.",
    since: "5.0.0",
    group: "stream",
    complexity:
      "For each stream mentioned: O(N) with N being the number of elements being returned, it means that XREAD-ing with a fixed COUNT is O(1). Note that when the BLOCK option is used, XADD will pay O(M) time in order to serve the M clients blocked on the stream getting new data.",
    arity: -4,
    flags: ["readonly", "blocking"],
    categories: ["stream"],
    keys: [keysAfter("STREAMS", { startFrom: 1, last: -1, limit: 2 }, "RO", "access")],
    arguments: [
      argument.integer("count", { token: "COUNT", optional: true }),
      argument.integer("milliseconds", { token: "BLOCK", optional: true }),
      argument.block(
        "streams",
        [argument.key("key", 0, { multiple: true }), argument.string("id", { multiple: true })],
        { token: "STREAMS" },
      ),
    ],
    run: xread,
  }),
  defineCommand({
    name: "XREADGROUP",
    summary:
      "Return new entries from a stream using a consumer group, or access the history of the pending entries for a given consumer. Can block.",
    since: "5.0.0",
    group: "stream",
    complexity:
      "For each stream mentioned: O(M) with M being the number of elements returned. If M is constant (e.g. always asking for the first 10 elements with COUNT), you can consider it O(1). On the other side when XREADGROUP blocks, XADD will pay the O(N) time in order to serve the N clients blocked on the stream getting new data.",
    arity: -7,
    flags: ["write", "blocking"],
    categories: ["stream"],
    keys: [keysAfter("STREAMS", { startFrom: 4, last: -1, limit: 2 }, "RO", "access")],
    arguments: [
      argument.block("group_consumer", [argument.string("group"), argument.string("consumer")], { token: "GROUP" }),
      argument.integer("count", { token: "COUNT", optional: true }),
      argument.integer("milliseconds", { token: "BLOCK", optional: true }),
      argument.token("noack", "NOACK", { optional: true }),
      argument.block(
        "streams",
        [argument.key("key", 0, { multiple: true }), argument.string("id", { multiple: true })],
        { token: "STREAMS" },
      ),
    ],
    run: xreadgroup,
  }),
];

const UNBALANCED = new ReplyError(
  "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.",
);
const LAST_IN_GROUP = new ReplyError(
  "ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by " +
    "specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.",
);
const NEW_WITHOUT_GROUP = new ReplyError(
  "ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.",
);
const MISSING_GROUP = new ReplyError("ERR Missing GROUP option for XREADGROUP");
const GROUP_IN_READ = new ReplyError("ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.");
const NOACK_IN_READ = new ReplyError("ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.");
const BAD_TIMEOUT = new ReplyError("ERR timeout is not an integer or out of range");
const NEGATIVE_TIMEOUT = new ReplyError("ERR timeout is negative");
const KEY_GONE = "UNBLOCKED the stream key no longer exists";
const GROUP_GONE = "NOGROUP the consumer group this client was blocked on no longer exists";
const LAST_ID = StreamId.max();
const DOLLAR = 0x24;
const GREATER = 0x3e;

/** What a client asked for. */
interface ReadRequest {
  readonly count: number;
  /** -1: does not wait. */
  readonly blockMs: number;
  readonly noack: boolean;
  readonly group: Uint8Array | null;
  readonly consumer: Uint8Array;
  /** The argument that is the first key. */
  readonly firstKey: number;
  readonly streams: number;
}

function xread(context: CommandContext): void {
  const request = readRequest(context, false);
  read(context, request, lastIds(context, request));
}

function xreadgroup(context: CommandContext): void {
  const request = readRequest(context, true);
  // What it changes is sent piece by piece, if anything.
  context.propagateNothing();
  read(context, request, lastIds(context, request));
}

function readRequest({ args, client }: CommandContext, inGroup: boolean): ReadRequest {
  let count = -1;
  let blockMs = -1;
  let noack = false;
  let group: Uint8Array | null = null;
  let consumer = NOTHING;
  for (let i = 1; i < args.count; i++) {
    const left = args.count - i - 1;
    if (args.is(i, "BLOCK") && left >= 1) {
      blockMs = args.integer(++i, BAD_TIMEOUT);
      if (blockMs < 0) throw NEGATIVE_TIMEOUT;
      if (client.scripted) {
        throw new ReplyError(`ERR ${args.text(0)} command is not allowed with BLOCK option from scripts`);
      }
    } else if (args.is(i, "COUNT") && left >= 1) {
      count = args.integer(++i);
      if (count <= 0) count = -1;
    } else if (args.is(i, "STREAMS") && left >= 1) {
      if (left % 2 !== 0) throw UNBALANCED;
      if (inGroup && group === null) throw MISSING_GROUP;
      return { count, blockMs, noack, group, consumer, firstKey: i + 1, streams: left / 2 };
    } else if (args.is(i, "GROUP") && left >= 2) {
      if (!inGroup) throw GROUP_IN_READ;
      group = args.bytes(++i);
      consumer = args.bytes(++i);
    } else if (args.is(i, "NOACK")) {
      if (!inGroup) throw NOACK_IN_READ;
      noack = true;
    } else throw SYNTAX_ERROR;
  }
  throw SYNTAX_ERROR;
}

/** For each stream the id behind which to read; null: what the group has not delivered yet. */
function lastIds({ args, db }: CommandContext, { firstKey, streams, group }: ReadRequest): (StreamId | null)[] {
  const after: (StreamId | null)[] = [];
  for (let at = 0; at < streams; at++) {
    const i = firstKey + streams + at;
    const only = args.size(i) === 1 ? args.buffer[args.start(i)] : 0;
    const key = args.passingKey(firstKey + at);
    const stream = db.read(key, streamType);
    if (group !== null && (stream === null || stream.groups.find(group) === null)) {
      throw new ReplyError(
        `NOGROUP No such key '${shown(args.view(firstKey + at))}' or consumer group '${shown(group)}' in XREADGROUP ` +
          "with GROUP option",
      );
    }
    if (only === DOLLAR) {
      if (group !== null) throw LAST_IN_GROUP;
      after.push(stream === null ? new StreamId() : stream.readLastId(new StreamId()));
    } else if (only === GREATER) {
      if (group === null) throw NEW_WITHOUT_GROUP;
      after.push(null);
    } else {
      const id = readId(args, i, new StreamId());
      // Behind the largest id is what the group has not delivered yet, as with `>`.
      after.push(group !== null && id.compare(LAST_ID) === 0 ? null : id);
    }
  }
  return after;
}

function read(context: CommandContext, request: ReadRequest, after: readonly (StreamId | null)[]): void {
  const { args, db, reply } = context;
  const mark = reply.arrayLater();
  let replied = 0;
  let waits = true;
  for (let at = 0; at < request.streams; at++) {
    const key = args.key(request.firstKey + at);
    const stream = db.read(key, streamType);
    if (stream === null) continue;
    const name = () => reply.bulk(args.buffer, args.start(request.firstKey + at), args.size(request.firstKey + at));
    if (request.group !== null && after[at] !== null) waits = false;
    if (!replyStream(context, key, stream, request, after[at], name)) continue;
    replied++;
    // Not for those that waited: there a C server counts no change either.
    if (request.group !== null) context.addDirty(1);
  }
  if (replied > 0) {
    return closeStreams(reply, mark, replied);
  }
  if (request.blockMs < 0 || !waits || !context.mayBlock) return reply.nullArray();
  const keys = Array.from({ length: request.streams }, (_, at) => args.bytes(request.firstKey + at));
  context.block({
    keys,
    timeoutMs: request.blockMs,
    onReady: (woken, key) => serve(woken, key, request, after[indexOfKey(keys, key)]),
    onTimeout: ({ reply }) => reply.nullArray(),
  });
}

function closeStreams(reply: ReplyWriter, mark: number, streams: number): void {
  reply.close(mark, streams, reply.version < 3 ? "array" : "map");
}

/** Serves a client that waits, for one key; whether it has its reply. */
function serve(context: CommandContext, key: Key, request: ReadRequest, after: StreamId | null): boolean {
  const { db, reply } = context;
  const { group } = request;
  const entry = db.peek(key);
  const isStream = entry !== 0 && db.typeOf(entry) === streamType;
  if (group !== null && !isStream) {
    reply.error(KEY_GONE);
    return true;
  }
  if (!isStream) return false;
  const stream = db.write(key, streamType)!;
  if (group !== null && stream.groups.find(group) === null) {
    reply.error(GROUP_GONE);
    return true;
  }
  const mark = reply.arrayLater();
  const name = () => reply.bulk(key.buffer, key.start, key.length);
  if (!replyStream(context, key, stream, request, after, name)) return false;
  closeStreams(reply, mark, 1);
  return true;
}

function indexOfKey(keys: readonly Uint8Array[], key: Key): number {
  return keys.findIndex((bytes) =>
    bytes.length === key.length && bytes.every((byte, i) => byte === key.buffer[key.start + i])
  );
}

/** What a stream has for the reader, with its name; false, and nothing is replied, where that is nothing. */
function replyStream(
  context: CommandContext,
  key: Key,
  stream: Stream,
  request: ReadRequest,
  after: StreamId | null,
  name: () => void,
): boolean {
  const { reply } = context;
  const { group: groupName, count } = request;
  const begin = () => {
    if (reply.version < 3) reply.array(2);
    name();
  };
  if (groupName === null) {
    if (after!.compare(stream.readLastId(new StreamId())) >= 0) return false;
    const from = new StreamId().set(after!);
    from.increment();
    const cursor = new StreamCursor(stream).range(from, LAST_ID, false);
    if (!hasNext(stream, from)) return false;
    begin();
    replyEntries(reply, cursor, count);
    return true;
  }
  const group = stream.groups.find(groupName)!;
  if (after !== null) {
    const from = new StreamId().set(after);
    from.increment();
    begin();
    const consumer = consumerOf(context, key, group, request);
    replyHistory(context, stream, group, consumer, from, count);
    return true;
  }
  const from = group.readLastId(new StreamId());
  if (!from.increment() || !hasNext(stream, from)) return false;
  begin();
  const consumer = consumerOf(context, key, group, request);
  deliver(context, key, stream, group, consumer, from, request);
  return true;
}

function hasNext(stream: Stream, from: StreamId): boolean {
  return new StreamCursor(stream).range(from, LAST_ID, false).next();
}

function consumerOf(context: CommandContext, key: Key, group: StreamGroup, request: ReadRequest): StreamConsumer {
  const known = group.findConsumer(request.consumer);
  if (known !== null) {
    known.seenMs = context.nowMs;
    return known;
  }
  const consumer = group.createConsumer(request.consumer, context.nowMs);
  noteGroupChange(context, key, createConsumerEvent);
  if (request.noack && context.propagates) {
    context.propagateToEverybody("XGROUP", "CREATECONSUMER", key.toBytes(), request.group!, request.consumer);
  }
  return consumer;
}

/** Delivers new entries to a consumer of a group. */
function deliver(
  context: CommandContext,
  key: Key,
  stream: Stream,
  group: StreamGroup,
  consumer: StreamConsumer,
  from: StreamId,
  { count, noack, group: groupName, consumer: consumerName }: ReadRequest,
): void {
  const { reply, nowMs, propagates } = context;
  const cursor = new StreamCursor(stream).range(from, LAST_ID, false);
  const mark = reply.arrayLater();
  let replied = 0;
  const keyBytes = propagates ? key.toBytes() : NOTHING;
  while (replied !== count && cursor.next()) {
    replyEntry(reply, cursor);
    replied++;
    noteRead(stream, group, cursor.id);
    group.setLastId(cursor.id);
    if (noack) continue;
    const pending = group.findPending(cursor.id);
    if (pending === 0) group.addPending(cursor.id, consumer, nowMs, 1);
    else {
      group.movePending(cursor.id, pending, consumer);
      group.setDelivery(pending, nowMs, 1);
    }
    if (propagates) {
      const id = `${cursor.id}`;
      const claim = ["TIME", nowMs, "RETRYCOUNT", 1, "FORCE", "JUSTID", "LASTID", id];
      context.propagateToEverybody("XCLAIM", keyBytes, groupName!, consumerName, 0, id, ...claim);
    }
  }
  if (noack && propagates) {
    const lastId = `${group.readLastId(new StreamId())}`;
    context.propagateToEverybody("XGROUP", "SETID", keyBytes, groupName!, lastId, "ENTRIESREAD", group.entriesRead);
  }
  reply.close(mark, replied);
}

/** Entries that a consumer has got and not acknowledged; those that are deleted by now without fields. */
function replyHistory(
  context: CommandContext,
  stream: Stream,
  group: StreamGroup,
  consumer: StreamConsumer,
  from: StreamId,
  count: number,
): void {
  const { reply, nowMs } = context;
  const mark = reply.arrayLater();
  let replied = 0;
  const { pending } = consumer;
  const id = new StreamId();
  for (let here = pending.seek(from); here && replied !== count; here = pending.next()) {
    pending.readId(id);
    const cursor = new StreamCursor(stream).range(id, id, false);
    if (cursor.next()) {
      replyEntry(reply, cursor);
      const deliveries = addInt64(group.deliveriesOf(pending.value), 1)!;
      group.setDelivery(pending.value, nowMs, deliveries);
    } else {
      reply.array(2);
      replyId(reply, id);
      reply.nullArray();
    }
    replied++;
  }
  reply.close(mark, replied);
}

const NOTHING = new Uint8Array(0);
