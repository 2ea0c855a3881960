/**
 * Entries that were delivered and not acknowledged: acknowledged, listed, claimed by others.
 *
 * @module
 */
import {
  addInt64,
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type IdIndex,
  type Int64,
  oneKey,
  type Ref,
  ReplyError,
  StreamCursor,
  type StreamGroup,
  StreamId,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { createConsumerEvent, noteGroupChange, shown, streamAndGroup } from "./group_errors.ts";
import { readEnd, readId, readStart } from "./ids.ts";
import { replyEntry, replyId } from "./replies.ts";
import { streamType } from "./stream_type.ts";

/** `XACK`, `XPENDING`, `XCLAIM`, `XAUTOCLAIM`. */
export const pendingCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "XACK",
    summary:
      "Marks a pending message as correctly processed, effectively removing it from the pending entries list of the consumer group. Return value of the command is the number of messages successfully acknowledged, that is, the IDs we were actually able to resolve in the PEL.",
    since: "5.0.0",
    group: "stream",
    complexity: "O(1) for each message ID processed.",
    arity: -4,
    flags: ["write", "fast"],
    categories: ["stream"],
    keys: [oneKey("RW", "update")],
    arguments: [argument.key("key", 0), argument.string("group"), argument.string("id", { multiple: true })],
    run: xack,
  }),
  defineCommand({
    name: "XPENDING",
    summary:
      "Return information and entries from a stream consumer group pending entries list, that are messages fetched but never acknowledged.",
    since: "5.0.0",
    group: "stream",
    complexity:
      "O(N) with N being the number of elements returned, so asking for a small fixed number of entries per call is O(1). O(M), where M is the total number of entries scanned when used with the IDLE filter. When the command returns just the summary and the list of consumers is small, it runs in O(1) time; otherwise, an additional O(N) time for iterating every consumer.",
    arity: -3,
    flags: ["readonly"],
    categories: ["stream"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.string("group"),
      argument.block("filters", [
        argument.integer("min-idle-time", { token: "IDLE", since: "6.2.0", optional: true }),
        argument.string("start"),
        argument.string("end"),
        argument.integer("count"),
        argument.string("consumer", { optional: true }),
      ], { optional: true }),
    ],
    history: [["6.2.0", "Added the `IDLE` option and exclusive range intervals."]],
    run: xpending,
  }),
  defineCommand({
    name: "XCLAIM",
    summary:
      "Changes (or acquires) ownership of a message in a consumer group, as if the message was delivered to the specified consumer.",
    since: "5.0.0",
    group: "stream",
    complexity: "O(log N) with N being the number of messages in the PEL of the consumer group.",
    arity: -6,
    flags: ["write", "fast"],
    categories: ["stream"],
    keys: [oneKey("RW", "update")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.string("group"),
      argument.string("consumer"),
      argument.string("min-idle-time"),
      argument.string("id", { multiple: true }),
      argument.integer("ms", { token: "IDLE", optional: true }),
      argument.unixTime("unix-time-milliseconds", { token: "TIME", optional: true }),
      argument.integer("count", { token: "RETRYCOUNT", optional: true }),
      argument.token("force", "FORCE", { optional: true }),
      argument.token("justid", "JUSTID", { optional: true }),
      argument.string("id", { token: "LASTID", optional: true }),
    ],
    run: xclaim,
  }),
  defineCommand({
    name: "XAUTOCLAIM",
    summary:
      "Changes (or acquires) ownership of messages in a consumer group, as if the messages were delivered to the specified consumer.",
    since: "6.2.0",
    group: "stream",
    complexity: "O(1) if COUNT is small.",
    arity: -6,
    flags: ["write", "fast"],
    categories: ["stream"],
    keys: [oneKey("RW", "delete")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.string("group"),
      argument.string("consumer"),
      argument.string("min-idle-time"),
      argument.string("start"),
      argument.integer("count", { token: "COUNT", optional: true }),
      argument.token("justid", "JUSTID", { optional: true }),
    ],
    history: [[
      "7.0.0",
      "Added an element to the reply array, containing deleted entries the command cleared from the PEL",
    ]],
    run: xautoclaim,
  }),
];

/** Arguments of XPENDING with all options. */
const XPENDING_ARGUMENTS_MAX = 9;
const ATTEMPTS_PER_CLAIM = 10;
const CLAIM_COUNT = 100;
const CLAIM_COUNT_MAX = 2 ** 63 / 16;
/** From here on a C server finds no memory to remember so many ids in. */
const CLAIM_COUNT_END = 2 ** 43;
const COUNT_TOO_HIGH = new ReplyError(
  "ERR Insufficient memory, failed allocating transient memory, COUNT too high.",
);
const BAD_COUNT = new ReplyError("ERR COUNT must be > 0");

function xack(context: CommandContext): void {
  const { args, db, reply } = context;
  const group = db.read(args.key(1), streamType)?.groups.find(args.view(2)) ?? null;
  if (group === null) return reply.integer(0);
  const ids: StreamId[] = [];
  for (let i = 3; i < args.count; i++) ids.push(readId(args, i, new StreamId()));
  let acknowledged = 0;
  for (const id of ids) if (group.acknowledge(id)) acknowledged++;
  context.addDirty(acknowledged);
  reply.integer(acknowledged);
}

function xpending(context: CommandContext): void {
  const { args, db } = context;
  if (args.count > XPENDING_ARGUMENTS_MAX) throw SYNTAX_ERROR;
  if (args.count === 3) return replySummary(context, streamAndGroup(args, db).group);
  let first = 3;
  let minIdleMs = 0;
  if (args.is(3, "IDLE")) {
    if (args.count === 4) throw SYNTAX_ERROR;
    minIdleMs = args.integer(4);
    first = 5;
  }
  if (args.count < first + 3) throw SYNTAX_ERROR;
  const count = Math.max(0, args.integer(first + 2));
  const from = readStart(args, first, new StreamId());
  const to = readEnd(args, first + 1, new StreamId());
  const { group } = streamAndGroup(args, db);
  const hasConsumer = args.count > first + 3;
  const consumer = hasConsumer ? group.findConsumer(args.view(first + 3)) : null;
  replyPending(context, group, hasConsumer ? consumer?.pending ?? null : group.pending, { from, to, count, minIdleMs });
}

/** How many entries are pending, from which id to which, and how many each consumer has. */
function replySummary({ reply }: CommandContext, group: StreamGroup): void {
  const { pending } = group;
  const id = new StreamId();
  reply.array(4);
  reply.integer(pending.count);
  if (pending.count === 0) {
    reply.null();
    reply.null();
    return reply.nullArray();
  }
  pending.first();
  replyId(reply, pending.readId(id));
  pending.last();
  replyId(reply, pending.readId(id));
  const mark = reply.arrayLater();
  let consumers = 0;
  for (let i = 0; i < group.consumerCount; i++) {
    const consumer = group.consumerAt(i);
    if (consumer.pending.count === 0) continue;
    reply.array(2);
    reply.bulk(consumer.name);
    reply.text(String(consumer.pending.count));
    consumers++;
  }
  reply.close(mark, consumers);
}

function replyPending(
  { reply, nowMs }: CommandContext,
  group: StreamGroup,
  pending: IdIndex | null,
  { from, to, count, minIdleMs }: { from: StreamId; to: StreamId; count: number; minIdleMs: number },
): void {
  const id = new StreamId();
  const mark = reply.arrayLater();
  let replied = 0;
  for (let here = pending !== null && pending.seek(from); here && replied < count; here = pending!.next()) {
    if (pending!.readId(id).compare(to) > 0) break;
    const ref = pending!.value;
    const idleMs = Math.max(0, nowMs - Number(group.deliveredMsOf(ref)));
    if (idleMs < minIdleMs) continue;
    reply.array(4);
    replyId(reply, id);
    reply.bulk(group.consumerOf(ref).name);
    reply.integer(idleMs);
    reply.integer(group.deliveriesOf(ref));
    replied++;
  }
  reply.close(mark, replied);
}

/** Options of XCLAIM. */
interface ClaimOptions {
  readonly deliveredMs: number;
  /** -1: counts on. */
  readonly deliveries: Int64;
  readonly force: boolean;
  readonly justId: boolean;
  readonly lastId: StreamId | null;
}

function xclaim(context: CommandContext): void {
  const { args, db, reply, nowMs } = context;
  const key = args.key(1);
  const { stream, group } = streamAndGroup(args, db);
  const minIdleMs = Math.max(0, args.integer(4, new ReplyError("ERR Invalid min-idle-time argument for XCLAIM")));
  const ids: StreamId[] = [];
  let i = 5;
  for (; i < args.count; i++) {
    const id = new StreamId();
    try {
      ids.push(readId(args, i, id));
    } catch {
      break;
    }
  }
  const options = readClaimOptions(context, i);
  let changes = 0;
  if (options.lastId !== null && options.lastId.compare(group.readLastId(new StreamId())) > 0) {
    group.setLastId(options.lastId);
    changes++;
    if (context.propagates) {
      context.propagateToEverybody(
        "XGROUP",
        "SETID",
        args.bytes(1),
        args.bytes(2),
        `${options.lastId}`,
        "ENTRIESREAD",
        group.entriesRead,
      );
    }
  }
  const mark = reply.arrayLater();
  let replied = 0;
  let consumer = group.findConsumer(args.view(3));
  if (consumer !== null) consumer.seenMs = nowMs;
  const cursor = new StreamCursor(stream);
  for (const id of ids) {
    let pending = group.findPending(id);
    const exists = cursor.range(id, id, false).next();
    if (!exists) {
      // What is deleted can't be claimed, and nobody needs to wait for it.
      if (pending !== 0) {
        propagateClaim(context, group, group.consumerOf(pending).name.slice(), id, pending);
        group.acknowledge(id);
        changes++;
      }
      continue;
    }
    if (pending === 0 && !options.force) continue;
    if (pending !== 0 && minIdleMs > 0 && nowMs - Number(group.deliveredMsOf(pending)) < minIdleMs) continue;
    if (consumer === null) {
      consumer = group.createConsumer(args.bytes(3), nowMs);
      noteGroupChange(context, key, createConsumerEvent);
    }
    if (pending === 0) pending = group.addPending(id, consumer, options.deliveredMs, 1);
    else group.movePending(id, pending, consumer);
    group.setDelivery(pending, options.deliveredMs, nextDeliveries(group, pending, options));
    if (options.justId) replyId(reply, id);
    else replyEntry(reply, cursor);
    replied++;
    propagateClaim(context, group, args.bytes(3), id, pending);
    changes++;
  }
  context.addDirty(changes);
  reply.close(mark, replied);
}

function nextDeliveries(group: StreamGroup, pending: Ref, { deliveries, justId }: ClaimOptions): Int64 {
  if (deliveries >= 0) return deliveries;
  const before = group.deliveriesOf(pending);
  return justId ? before : addInt64(before, 1) ?? before;
}

function readClaimOptions({ args, nowMs }: CommandContext, first: number): ClaimOptions {
  let deliveredMs = -1;
  let deliveries: Int64 = -1;
  let force = false;
  let justId = false;
  let lastId: StreamId | null = null;
  for (let i = first; i < args.count; i++) {
    const hasValue = i + 1 < args.count;
    if (args.is(i, "FORCE")) force = true;
    else if (args.is(i, "JUSTID")) justId = true;
    else if (args.is(i, "IDLE") && hasValue) {
      deliveredMs = nowMs - args.integer(++i, new ReplyError("ERR Invalid IDLE option argument for XCLAIM"));
    } else if (args.is(i, "TIME") && hasValue) {
      deliveredMs = args.integer(++i, new ReplyError("ERR Invalid TIME option argument for XCLAIM"));
    } else if (args.is(i, "RETRYCOUNT") && hasValue) {
      deliveries = args.exactInteger(++i, new ReplyError("ERR Invalid RETRYCOUNT option argument for XCLAIM"));
    } else if (args.is(i, "LASTID") && hasValue) lastId = readId(args, ++i, new StreamId());
    else throw new ReplyError(`ERR Unrecognized XCLAIM option '${shown(args.view(i))}'`);
  }
  // A time to come, or one that is no time, is now.
  if (deliveredMs < 0 || deliveredMs > nowMs) deliveredMs = nowMs;
  return { deliveredMs, deliveries, force, justId, lastId };
}

/** Replicas get each claim with its outcome. */
function propagateClaim(
  context: CommandContext,
  group: StreamGroup,
  consumer: Uint8Array,
  id: StreamId,
  pending: Ref,
): void {
  if (!context.propagates) return;
  const { args } = context;
  const delivery = ["TIME", group.deliveredMsOf(pending), "RETRYCOUNT", group.deliveriesOf(pending)];
  const lastId = `${group.readLastId(new StreamId())}`;
  const line = [args.bytes(1), args.bytes(2), consumer, 0, `${id}`, ...delivery, "FORCE", "JUSTID", "LASTID", lastId];
  context.propagateToEverybody("XCLAIM", ...line);
}

function xautoclaim(context: CommandContext): void {
  const { args, db, reply, nowMs } = context;
  const minIdleMs = Math.max(0, args.integer(4, new ReplyError("ERR Invalid min-idle-time argument for XAUTOCLAIM")));
  const from = readStart(args, 5, new StreamId());
  let count = CLAIM_COUNT;
  let justId = false;
  for (let i = 6; i < args.count; i++) {
    if (args.is(i, "COUNT") && i + 1 < args.count) {
      count = args.integer(++i, BAD_COUNT);
      if (count < 1 || count >= CLAIM_COUNT_MAX) throw BAD_COUNT;
    } else if (args.is(i, "JUSTID")) justId = true;
    else throw SYNTAX_ERROR;
  }
  const { stream, group } = streamAndGroup(args, db);
  if (count >= CLAIM_COUNT_END) throw COUNT_TOO_HIGH;
  const key = args.key(1);
  let consumer = group.findConsumer(args.view(3));
  if (consumer !== null) consumer.seenMs = nowMs;
  const known = consumer;
  let changes = 0;
  const claimed: StreamId[] = [];
  const deleted: StreamId[] = [];
  const next = new StreamId();
  const cursor = new StreamCursor(stream);
  const options = { deliveredMs: nowMs, deliveries: -1, force: false, justId, lastId: null };
  let attempts = count * ATTEMPTS_PER_CLAIM;
  let here = group.pending.seek(from);
  while (here && attempts-- > 0 && count > 0) {
    const id = group.pending.readId(new StreamId());
    const ref = group.pending.value;
    if (!cursor.range(id, id, false).next()) {
      propagateClaim(context, group, group.consumerOf(ref).name.slice(), id, ref);
      group.acknowledge(id);
      changes++;
      deleted.push(id);
      count--;
      here = group.pending.seek(id);
      continue;
    }
    if (minIdleMs === 0 || nowMs - Number(group.deliveredMsOf(ref)) >= minIdleMs) {
      consumer ??= group.createConsumer(args.bytes(3), nowMs);
      group.movePending(id, ref, consumer);
      group.setDelivery(ref, nowMs, nextDeliveries(group, ref, options));
      claimed.push(id);
      count--;
      propagateClaim(context, group, args.bytes(3), id, ref);
      changes++;
    }
    here = group.pending.next();
  }
  if (here) group.pending.readId(next);
  reply.array(3);
  replyId(reply, next);
  reply.array(claimed.length);
  if (consumer !== known) noteGroupChange(context, key, createConsumerEvent);
  for (const id of claimed) {
    if (justId) replyId(reply, id);
    else if (cursor.range(id, id, false).next()) replyEntry(reply, cursor);
  }
  reply.array(deleted.length);
  for (const id of deleted) replyId(reply, id);
  context.addDirty(changes);
}
