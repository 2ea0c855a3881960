/**
 * Asking for the value of one key, and changing what becomes of it in the same step.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  delEvent,
  expireAt,
  oneKey,
  persistEvent,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { deadlineFrom, invalidExpireTime, type TimeForm, timeFormAt } from "./deadline_option.ts";
import { replyValue, stringType } from "./string_type.ts";

/** `GET`, and those that do more beside. */
export const getCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "GET",
    summary: "Get the value of a key",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["string"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0)],
    run: get,
  }),
  defineCommand({
    name: "GETDEL",
    summary: "Get the value of a key and delete the key",
    since: "6.2.0",
    group: "string",
    complexity: "O(1)",
    arity: 2,
    flags: ["write", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "access", "delete")],
    arguments: [argument.key("key", 0)],
    run: getdel,
  }),
  defineCommand({
    name: "GETEX",
    summary: "Get the value of a key and optionally set its expiration",
    since: "6.2.0",
    group: "string",
    complexity: "O(1)",
    arity: -2,
    flags: ["write", "fast"],
    categories: ["string"],
    keys: [{ ...oneKey("RW", "access", "update"), notes: "RW and UPDATE because it changes the TTL" }],
    arguments: [
      argument.key("key", 0),
      argument.oneOf("expiration", [
        argument.integer("seconds", { token: "EX" }),
        argument.integer("milliseconds", { token: "PX" }),
        argument.unixTime("unix-time-seconds", { token: "EXAT" }),
        argument.unixTime("unix-time-milliseconds", { token: "PXAT" }),
        argument.token("persist", "PERSIST"),
      ], { optional: true }),
    ],
    run: getex,
  }),
];

const INVALID_GETEX_TIME = invalidExpireTime("getex");

function get({ args, db, reply }: CommandContext): void {
  replyValue(reply, db.readBytes(args.key(1), stringType));
}

function getdel(context: CommandContext): void {
  const { args, db, reply } = context;
  const key = args.key(1);
  const value = db.readBytes(key, stringType);
  replyValue(reply, value);
  if (value === null) return;
  db.remove(key);
  db.changed(key, delEvent);
  if (context.propagates) context.propagate("DEL", args.view(1));
}

/** What stands behind the key of `GETEX`. */
interface GetexOptions {
  readonly persist: boolean;
  readonly form: TimeForm | null;
  readonly timeAt: number;
}

function getex(context: CommandContext): void {
  const { args, db, reply } = context;
  const { persist, form, timeAt } = readGetexOptions(args);
  const key = args.key(1);
  const value = db.readBytes(key, stringType);
  if (value === null) return reply.null();
  const deadlineMs = form === null ? 0 : deadlineFrom(args, timeAt, form, context.nowMs, INVALID_GETEX_TIME);
  replyValue(reply, value);
  if (form !== null) expireAt(context, key, deadlineMs);
  else if (persist && db.clearDeadline(key)) {
    db.changed(key, persistEvent);
    if (context.propagates) context.propagate("PERSIST", args.view(1));
  }
}

function readGetexOptions(args: Arguments): GetexOptions {
  let persist = false;
  let form: TimeForm | null = null;
  let timeAt = 0;
  for (let i = 2; i < args.count; i++) {
    if (args.is(i, "PERSIST") && form === null) persist = true;
    else {
      const named = persist ? null : timeFormAt(args, i);
      if (named === null || (form !== null && form !== named)) throw SYNTAX_ERROR;
      form = named;
      timeAt = ++i;
    }
  }
  return { persist, form, timeAt };
}
