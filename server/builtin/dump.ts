/**
 * `DUMP` and `RESTORE`: values by themselves, in the RDB format.
 * Source: https://redis.io/docs/latest/commands/restore/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { keyEvent } from "../api/events.ts";
import { oneKey } from "../api/keys.ts";
import { CorruptValueError } from "../api/type.ts";
import { unixTimeMs } from "../base/unix_time.ts";
import { rdbcompression } from "../config/options/snapshotting.ts";
import type { Database } from "../keyspace/database.ts";
import { dumpValue, isIntactPayload, restoreValue } from "../persistence/dump.ts";
import { ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";
import { Key } from "../structures/key.ts";

const BUSY_KEY = new ReplyError("BUSYKEY Target key name already exists.");
const BAD_TTL = new ReplyError("ERR Invalid TTL value, must be >= 0");
const BAD_IDLETIME = new ReplyError("ERR Invalid IDLETIME value, must be >= 0");
const BAD_FREQ = new ReplyError("ERR Invalid FREQ value, must be >= 0 and <= 255");
const BAD_PAYLOAD = new ReplyError("ERR DUMP payload version or checksum are wrong");
const BAD_FORMAT = new ReplyError("ERR Bad data format");
/** Enough that nobody else has the key. */
const SCRATCH_KEY_BYTES = 24;
const restoreEvent = keyEvent("generic", "restore");
const delEvent = keyEvent("generic", "del");

/** The commands of this file. */
export const dumpCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "DUMP",
    summary: "Return a serialized version of the value stored at the specified key.",
    since: "2.6.0",
    group: "generic",
    complexity:
      "O(1) to access the key and additional O(N*M) to serialize it, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1).",
    arity: 2,
    flags: ["readonly"],
    categories: ["keyspace"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [argument.key("key", 0)],
    run: dump,
  }),
  defineCommand({
    name: "RESTORE",
    summary: "Create a key using the provided serialized value, previously obtained using DUMP.",
    since: "2.6.0",
    group: "generic",
    complexity:
      "O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).",
    arity: -4,
    flags: ["write", "denyoom"],
    categories: ["keyspace", "dangerous"],
    keys: [oneKey("OW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.integer("ttl"),
      argument.string("serialized-value"),
      argument.token("replace", "REPLACE", { since: "3.0.0", optional: true }),
      argument.token("absttl", "ABSTTL", { since: "5.0.0", optional: true }),
      argument.integer("seconds", { token: "IDLETIME", since: "5.0.0", optional: true }),
      argument.integer("frequency", { token: "FREQ", since: "5.0.0", optional: true }),
    ],
    history: [
      ["3.0.0", "Added the `REPLACE` modifier."],
      ["5.0.0", "Added the `ABSTTL` modifier."],
      ["5.0.0", "Added the `IDLETIME` and `FREQ` options."],
    ],
    run: restore,
  }),
  defineCommand({
    name: "RESTORE-ASKING",
    summary: "An internal command for migrating keys in a cluster",
    since: "3.0.0",
    group: "server",
    complexity:
      "O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).",
    syscmd: true,
    arity: -4,
    flags: ["write", "denyoom", "asking"],
    categories: ["keyspace", "dangerous"],
    keys: [oneKey("OW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.integer("ttl"),
      argument.string("serialized-value"),
      argument.token("replace", "REPLACE", { since: "3.0.0", optional: true }),
      argument.token("absttl", "ABSTTL", { since: "5.0.0", optional: true }),
      argument.integer("seconds", { token: "IDLETIME", since: "5.0.0", optional: true }),
      argument.integer("frequency", { token: "FREQ", since: "5.0.0", optional: true }),
    ],
    history: [
      ["3.0.0", "Added the `REPLACE` modifier."],
      ["5.0.0", "Added the `ABSTTL` modifier."],
      ["5.0.0", "Added the `IDLETIME` and `FREQ` options."],
    ],
    run: restore,
  }),
];

function dump({ args, config, db, reply }: CommandContext): void {
  const entry = db.lookup(args.key(1));
  if (entry === 0) return reply.null();
  reply.bulk(dumpValue(db as Database, entry, config.get(rdbcompression)));
}

/** What `RESTORE` asks for beside key and payload. */
interface RestoreRequest {
  readonly replaces: boolean;
  readonly isAbsolute: boolean;
  /** -1: not given. */
  readonly idleSeconds: number;
  readonly frequency: number;
}

function parseRestore({ args }: CommandContext): RestoreRequest {
  let replaces = false;
  let isAbsolute = false;
  let idleSeconds = -1;
  let frequency = -1;
  for (let i = 4; i < args.count; i++) {
    const hasNext = i + 1 < args.count;
    if (args.is(i, "REPLACE")) replaces = true;
    else if (args.is(i, "ABSTTL")) isAbsolute = true;
    else if (args.is(i, "IDLETIME") && hasNext && frequency < 0) {
      idleSeconds = args.integer(++i);
      if (idleSeconds < 0) throw BAD_IDLETIME;
    } else if (args.is(i, "FREQ") && hasNext && idleSeconds < 0) {
      frequency = args.integer(++i);
      if (frequency < 0 || frequency > 255) throw BAD_FREQ;
    } else throw SYNTAX_ERROR;
  }
  return { replaces, isAbsolute, idleSeconds, frequency };
}

function restore(context: CommandContext): void {
  const { args, nowMs, reply } = context;
  const db = context.db as Database;
  const { replaces, isAbsolute, idleSeconds, frequency } = parseRestore(context);
  const key = args.key(1);
  if (!replaces && db.lookupForWrite(key) !== 0) throw BUSY_KEY;
  const ttl = args.exactInteger(2);
  if (ttl < 0) throw BAD_TTL;
  if (!isIntactPayload(args.view(3))) throw BAD_PAYLOAD;
  const scratch = restoreAside(db, args.view(3));
  // A time to live that goes beyond 64 bits comes out as one in the past, as in the C server.
  const deadlineMs = unixTimeMs(ttl, 1, isAbsolute ? 0 : nowMs) ?? 0;
  if (ttl > 0 && deadlineMs <= nowMs) {
    db.remove(scratch);
    if (db.remove(key)) {
      db.changed(key, delEvent);
      context.propagate("DEL", key.toBytes());
    }
    return reply.ok();
  }
  try {
    if (ttl > 0) db.setDeadline(scratch, deadlineMs);
    db.rename(scratch, key);
  } catch (error) {
    db.remove(scratch);
    throw error;
  }
  const entry = db.peek(key);
  if (idleSeconds >= 0) db.setIdleSeconds(entry, idleSeconds);
  if (frequency >= 0) db.setFrequency(entry, frequency);
  db.changed(key, restoreEvent);
  if (ttl > 0 && !isAbsolute) {
    const options = Array.from({ length: args.count - 4 }, (_, i) => args.bytes(4 + i));
    context.propagate("RESTORE", key.toBytes(), deadlineMs, args.bytes(3), ...options, "ABSTTL");
  }
  reply.ok();
}

/** Restores a value under a key of its own first, so that a bad payload leaves the key that it is for as it was. */
function restoreAside(db: Database, payload: Uint8Array): Key {
  const scratch = Key.of(crypto.getRandomValues(new Uint8Array(SCRATCH_KEY_BYTES)));
  const { keyspace } = db;
  const { createdListener } = keyspace;
  keyspace.createdListener = null;
  try {
    restoreValue(db, scratch, payload);
  } catch (error) {
    if (error instanceof CorruptValueError) throw BAD_FORMAT;
    throw error;
  } finally {
    keyspace.createdListener = createdListener;
  }
  return scratch;
}
