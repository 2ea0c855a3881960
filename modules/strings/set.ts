/**
 * Storing a value under one key: `SET` with all its options, and the older commands that are special cases of it.
 *
 * What AOF and replicas get has an absolute deadline and nothing that is only of use to the client, so that it has the
 * same effect whenever it is read.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  decodeText,
  defineCommand,
  expireEvent,
  type Int64,
  KEEP_DEADLINE,
  type KeyFinder,
  type KeyFlag,
  NO_DEADLINE,
  oneKey,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import {
  deadlineFrom,
  invalidExpireTime,
  MILLISECONDS,
  SECONDS,
  type TimeForm,
  timeFormAt,
} from "./deadline_option.ts";
import { replyValue, setEvent, storeArgument, stringType } from "./string_type.ts";

const STORED: readonly KeyFlag[] = ["OW", "update"];
const READ_AND_STORED: readonly KeyFlag[] = ["RW", "access", "update"];

/** SET reads its key only with `GET`. */
const setKeys: KeyFinder = (args, found) => {
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, "GET")) return found(1, READ_AND_STORED);
  }
  found(1, STORED);
};

/** `SET` and its special cases. */
export const setCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "SET",
    summary: "Set the string value of a key",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    arity: -3,
    flags: ["write", "denyoom"],
    categories: ["string"],
    keys: [{
      ...oneKey("RW", "access", "update", "variable_flags"),
      notes: "RW and ACCESS due to the optional `GET` argument",
    }],
    findKeys: setKeys,
    arguments: [
      argument.key("key", 0),
      argument.string("value"),
      argument.oneOf("condition", [argument.token("nx", "NX"), argument.token("xx", "XX")], {
        since: "2.6.12",
        optional: true,
      }),
      argument.token("get", "GET", { since: "6.2.0", optional: true }),
      argument.oneOf("expiration", [
        argument.integer("seconds", { token: "EX", since: "2.6.12" }),
        argument.integer("milliseconds", { token: "PX", since: "2.6.12" }),
        argument.unixTime("unix-time-seconds", { token: "EXAT", since: "6.2.0" }),
        argument.unixTime("unix-time-milliseconds", { token: "PXAT", since: "6.2.0" }),
        argument.token("keepttl", "KEEPTTL", { since: "6.0.0" }),
      ], { optional: true }),
    ],
    history: [
      ["2.6.12", "Added the `EX`, `PX`, `NX` and `XX` options."],
      ["6.0.0", "Added the `KEEPTTL` option."],
      ["6.2.0", "Added the `GET`, `EXAT` and `PXAT` option."],
      ["7.0.0", "Allowed the `NX` and `GET` options to be used together."],
    ],
    run: set,
  }),
  defineCommand({
    name: "SETNX",
    summary: "Set the value of a key, only if the key does not exist",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    arity: 3,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("OW", "insert")],
    arguments: [argument.key("key", 0), argument.string("value")],
    run: setnx,
  }),
  defineCommand({
    name: "SETEX",
    summary: "Set the value and expiration of a key",
    since: "2.0.0",
    group: "string",
    complexity: "O(1)",
    arity: 4,
    flags: ["write", "denyoom"],
    categories: ["string"],
    keys: [oneKey("OW", "update")],
    arguments: [argument.key("key", 0), argument.integer("seconds"), argument.string("value")],
    run: setex,
  }),
  defineCommand({
    name: "PSETEX",
    summary: "Set the value and expiration in milliseconds of a key",
    since: "2.6.0",
    group: "string",
    complexity: "O(1)",
    arity: 4,
    flags: ["write", "denyoom"],
    categories: ["string"],
    keys: [oneKey("OW", "update")],
    arguments: [argument.key("key", 0), argument.integer("milliseconds"), argument.string("value")],
    run: psetex,
  }),
  defineCommand({
    name: "GETSET",
    summary: "Set the string value of a key and return its old value",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    deprecated: { since: "6.2.0", replacedBy: "`SET` with the `!GET` argument" },
    arity: 3,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "access", "update")],
    arguments: [argument.key("key", 0), argument.string("value")],
    run: getset,
  }),
];

const INVALID_SET_TIME = invalidExpireTime("set");
const INVALID_SETEX_TIME = invalidExpireTime("setex");
const INVALID_PSETEX_TIME = invalidExpireTime("psetex");

/** What stands behind the value. */
interface SetOptions {
  /** `XX` asks for a key that exists, `NX` for one that does not; null: neither. */
  readonly mustExist: boolean | null;
  /** Whether the old value is the reply. */
  readonly get: boolean;
  readonly deadlineMs: Int64;
}

function set(context: CommandContext): void {
  const { args, db, reply } = context;
  const key = args.key(1);
  if (args.count === 3) {
    store(context, 2, NO_DEADLINE);
    return reply.ok();
  }
  const { mustExist, get, deadlineMs } = readSetOptions(args, context.nowMs);
  if (get) replyValue(reply, db.readBytes(key, stringType));
  if (mustExist !== null && (db.lookupForWrite(key) !== 0) !== mustExist) {
    if (!get) reply.null();
    return;
  }
  store(context, 2, deadlineMs);
  if (!get) return reply.ok();
  if (deadlineMs < 0 && context.propagates) propagateWithoutGet(context);
}

function readSetOptions(args: Arguments, nowMs: number): SetOptions {
  let mustExist: boolean | null = null;
  let get = false;
  let keep = false;
  let form: TimeForm | null = null;
  let timeAt = 0;
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, "NX") && mustExist !== true) mustExist = false;
    else if (args.is(i, "XX") && mustExist !== false) mustExist = true;
    else if (args.is(i, "GET")) get = true;
    else if (args.is(i, "KEEPTTL") && form === null) keep = true;
    else {
      const named = keep ? null : timeFormAt(args, i);
      if (named === null || (form !== null && form !== named)) throw SYNTAX_ERROR;
      form = named;
      timeAt = ++i;
    }
  }
  if (form !== null) return { mustExist, get, deadlineMs: deadlineFrom(args, timeAt, form, nowMs, INVALID_SET_TIME) };
  return { mustExist, get, deadlineMs: keep ? KEEP_DEADLINE : NO_DEADLINE };
}

function setnx(context: CommandContext): void {
  const { args, db, reply } = context;
  if (db.lookupForWrite(args.key(1)) !== 0) return reply.integer(0);
  store(context, 2, NO_DEADLINE);
  reply.integer(1);
}

function setex(context: CommandContext): void {
  storeFor(context, deadlineFrom(context.args, 2, SECONDS, context.nowMs, INVALID_SETEX_TIME));
}

function psetex(context: CommandContext): void {
  storeFor(context, deadlineFrom(context.args, 2, MILLISECONDS, context.nowMs, INVALID_PSETEX_TIME));
}

function storeFor(context: CommandContext, deadlineMs: Int64): void {
  store(context, 3, deadlineMs);
  context.reply.ok();
}

function getset(context: CommandContext): void {
  const { args, db, reply } = context;
  replyValue(reply, db.readBytes(args.key(1), stringType));
  store(context, 2, NO_DEADLINE);
  if (context.propagates) context.propagate("SET", args.view(1), args.view(2));
}

/** Stores the argument at `valueAt` under the key, with all that follows from it. */
function store(context: CommandContext, valueAt: number, deadlineMs: Int64): void {
  const { args, db } = context;
  const key = args.key(1);
  storeArgument(db, key, args, valueAt, deadlineMs);
  db.changed(key, setEvent);
  if (deadlineMs < 0) return;
  db.notify(key, expireEvent);
  if (context.propagates) context.propagate("SET", args.view(1), args.view(valueAt), "PXAT", deadlineMs);
}

/** The command as it came, in whatever letters, but that nobody is to be replied to. */
function propagateWithoutGet(context: CommandContext): void {
  const { args } = context;
  const words: Uint8Array[] = [];
  for (let i = 1; i < args.count; i++) if (i < 3 || !args.is(i, "GET")) words.push(args.view(i));
  context.propagate(decodeText(args.view(0)), ...words);
}
