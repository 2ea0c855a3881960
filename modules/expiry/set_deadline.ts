/**
 * Giving keys a deadline, and taking it away.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type ArgumentSpec,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  expireAt,
  type Int64,
  oneKey,
  persistEvent,
  ReplyError,
  unixTimeMs,
} from "../../server/api/mod.ts";

/** On what the deadline that the key has decides whether it gets another one. */
const condition: ArgumentSpec = argument.oneOf("condition", [
  argument.token("nx", "NX"),
  argument.token("xx", "XX"),
  argument.token("gt", "GT"),
  argument.token("lt", "LT"),
], { since: "7.0.0", optional: true });

/** `EXPIRE`, its variants, and `PERSIST`. */
export const deadlineCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "EXPIRE",
    summary: "Set a key's time to live in seconds",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.integer("seconds"),
      condition,
    ],
    history: [["7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`."]],
    run: expire,
  }),
  defineCommand({
    name: "PEXPIRE",
    summary: "Set a key's time to live in milliseconds",
    since: "2.6.0",
    group: "generic",
    complexity: "O(1)",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.integer("milliseconds"),
      condition,
    ],
    history: [["7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`."]],
    run: pexpire,
  }),
  defineCommand({
    name: "EXPIREAT",
    summary: "Set the expiration for a key as a UNIX timestamp",
    since: "1.2.0",
    group: "generic",
    complexity: "O(1)",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.unixTime("unix-time-seconds"),
      condition,
    ],
    history: [["7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`."]],
    run: expireat,
  }),
  defineCommand({
    name: "PEXPIREAT",
    summary: "Set the expiration for a key as a UNIX timestamp specified in milliseconds",
    since: "2.6.0",
    group: "generic",
    complexity: "O(1)",
    arity: -3,
    flags: ["write", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.unixTime("unix-time-milliseconds"),
      condition,
    ],
    history: [["7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`."]],
    run: pexpireat,
  }),
  defineCommand({
    name: "PERSIST",
    summary: "Remove the expiration from a key",
    since: "2.2.0",
    group: "generic",
    complexity: "O(1)",
    arity: 2,
    flags: ["write", "fast"],
    categories: ["keyspace"],
    keys: [oneKey("RW", "update")],
    arguments: [argument.key("key", 0)],
    run: persist,
  }),
];

/** What a command asks of the deadline that the key has. */
interface Conditions {
  /** `XX` asks for one, `NX` for none; null: neither. */
  readonly mustExist: boolean | null;
  /** `GT`: only to a later one; none at all is later than any. */
  readonly later: boolean;
  /** `LT` */
  readonly earlier: boolean;
}

const INCOMPATIBLE_WITH_NX = new ReplyError("ERR NX and XX, GT or LT options at the same time are not compatible");
const LATER_AND_EARLIER = new ReplyError("ERR GT and LT options at the same time are not compatible");

function expire(context: CommandContext): void {
  setDeadline(context, "expire", 1000, context.nowMs);
}

function pexpire(context: CommandContext): void {
  setDeadline(context, "pexpire", 1, context.nowMs);
}

function expireat(context: CommandContext): void {
  setDeadline(context, "expireat", 1000, 0);
}

function pexpireat(context: CommandContext): void {
  setDeadline(context, "pexpireat", 1, 0);
}

/** Reads a time in units of `unitMs` from `baseMs` and makes it the deadline, where the conditions allow. */
function setDeadline(context: CommandContext, name: string, unitMs: 1 | 1000, baseMs: number): void {
  const { args, db, reply } = context;
  const conditions = readConditions(args);
  const deadlineMs = unixTimeMs(args.exactInteger(2), unitMs, baseMs);
  if (deadlineMs === null) throw new ReplyError(`ERR invalid expire time in '${name}' command`);

  const key = args.key(1);
  const entry = db.lookupForWrite(key);
  if (entry === 0 || !areMet(conditions, db.exactDeadlineOf(entry), deadlineMs)) return reply.integer(0);
  expireAt(context, key, deadlineMs, 3, replyOne);
}

function replyOne({ reply }: CommandContext): void {
  reply.integer(1);
}

function readConditions(args: Arguments): Conditions {
  let [nx, xx, later, earlier] = [false, false, false, false];
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, "NX")) nx = true;
    else if (args.is(i, "XX")) xx = true;
    else if (args.is(i, "GT")) later = true;
    else if (args.is(i, "LT")) earlier = true;
    else throw new ReplyError(`ERR Unsupported option ${args.text(i).split("\0")[0]}`);
  }
  if (nx && (xx || later || earlier)) throw INCOMPATIBLE_WITH_NX;
  if (later && earlier) throw LATER_AND_EARLIER;
  return { mustExist: nx ? false : xx ? true : null, later, earlier };
}

function areMet({ mustExist, later, earlier }: Conditions, currentMs: Int64, deadlineMs: Int64): boolean {
  const exists = currentMs >= 0;
  if (mustExist !== null && mustExist !== exists) return false;
  if (later && (!exists || deadlineMs <= currentMs)) return false;
  return !(earlier && exists && deadlineMs >= currentMs);
}

function persist(context: CommandContext): void {
  const { args, db, reply } = context;
  const key = args.key(1);
  if (db.lookupForWrite(key) === 0 || !db.clearDeadline(key)) return reply.integer(0);
  db.changed(key, persistEvent);
  reply.integer(1);
}
