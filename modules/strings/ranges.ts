/**
 * Strings as arrays of bytes: their length, parts of them, and changes within them.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type Int64,
  keyEvent,
  oneKey,
  protoMaxBulkLen,
  ReplyError,
  STRING_TOO_LONG,
} from "../../server/api/mod.ts";
import { storeArgument, stringType } from "./string_type.ts";

/** `APPEND`, `STRLEN`, `SETRANGE`, `GETRANGE` and its old name. */
export const rangeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "APPEND",
    summary: "Append a value to a key",
    since: "2.0.0",
    group: "string",
    complexity:
      "O(1). The amortized time complexity is O(1) assuming the appended value is small and the already present value is of any size, since the dynamic string library used by Redis will double the free space available on every reallocation.",
    arity: 3,
    flags: ["write", "denyoom", "fast"],
    categories: ["string"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("value")],
    run: append,
  }),
  defineCommand({
    name: "STRLEN",
    summary: "Get the length of the value stored in a key",
    since: "2.2.0",
    group: "string",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["string"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0)],
    run: strlen,
  }),
  defineCommand({
    name: "SETRANGE",
    summary: "Overwrite part of a string at key starting at the specified offset",
    since: "2.2.0",
    group: "string",
    complexity:
      "O(1), not counting the time taken to copy the new string in place. Usually, this string is very small so the amortized complexity is O(1). Otherwise, complexity is O(M) with M being the length of the value argument.",
    arity: 4,
    flags: ["write", "denyoom"],
    categories: ["string"],
    keys: [oneKey("RW", "update")],
    arguments: [argument.key("key", 0), argument.integer("offset"), argument.string("value")],
    run: setrange,
  }),
  defineCommand({
    name: "GETRANGE",
    summary: "Get a substring of the string stored at a key",
    since: "2.4.0",
    group: "string",
    complexity:
      "O(N) where N is the length of the returned string. The complexity is ultimately determined by the returned length, but because creating a substring from an existing string is very cheap, it can be considered O(1) for small strings.",
    arity: 4,
    flags: ["readonly"],
    categories: ["string"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.integer("start"), argument.integer("end")],
    run: getrange,
  }),
  defineCommand({
    name: "SUBSTR",
    summary: "Get a substring of the string stored at a key",
    since: "1.0.0",
    group: "string",
    complexity:
      "O(N) where N is the length of the returned string. The complexity is ultimately determined by the returned length, but because creating a substring from an existing string is very cheap, it can be considered O(1) for small strings.",
    deprecated: { since: "2.0.0", replacedBy: "`GETRANGE`" },
    arity: 4,
    flags: ["readonly"],
    categories: ["string"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.integer("start"), argument.integer("end")],
    run: getrange,
  }),
];

const appendEvent = keyEvent("string", "append");
const setrangeEvent = keyEvent("string", "setrange");

const NEGATIVE_OFFSET = new ReplyError("ERR offset is out of range");
const EMPTY = new Uint8Array(0);

function append(context: CommandContext): void {
  const { args, db, reply } = context;
  const key = args.key(1);
  const size = args.size(2);
  const oldLength = db.writeBytes(key, stringType)?.spell().length ?? -1;
  if (oldLength < 0) storeArgument(db, key, args, 2);
  else {
    checkLength(context, oldLength + size);
    db.resizeBytes(key, stringType, oldLength + size).write(oldLength, args.buffer, args.start(2), size);
  }
  db.changed(key, appendEvent);
  reply.integer(Math.max(oldLength, 0) + size);
}

function strlen({ args, db, reply }: CommandContext): void {
  reply.integer(db.readBytes(args.key(1), stringType)?.spell().length ?? 0);
}

function setrange(context: CommandContext): void {
  const { args, db, reply } = context;
  const offset = args.integer(2);
  if (offset < 0) throw NEGATIVE_OFFSET;
  const key = args.key(1);
  const size = args.size(3);
  const oldLength = db.writeBytes(key, stringType)?.spell().length ?? 0;
  if (size === 0) return reply.integer(oldLength);
  checkLength(context, offset + size);
  const length = Math.max(oldLength, offset + size);
  db.resizeBytes(key, stringType, length).write(offset, args.buffer, args.start(3), size);
  db.changed(key, setrangeEvent);
  reply.integer(length);
}

function getrange({ args, db, reply }: CommandContext): void {
  const start = args.exactInteger(2);
  const end = args.exactInteger(3);
  const value = db.readBytes(args.key(1), stringType)?.spell();
  const length = value?.length ?? 0;
  const reversed = start < 0 && end < 0 && start > end;
  const first = indexWithin(start, length);
  const last = Math.min(indexWithin(end, length), length - 1);
  if (value === undefined || reversed || first > last) return reply.bulk(EMPTY);
  reply.bulk(value.bytes, value.start + first, last - first + 1);
}

/** An index from the start, or from the end where negative, brought into the range from 0 to `length`. */
function indexWithin(index: Int64, length: number): number {
  if (typeof index === "bigint") return index < 0n ? 0 : length;
  return index < 0 ? Math.max(0, length + index) : Math.min(index, length);
}

function checkLength({ config, host }: CommandContext, length: number): void {
  if (length > config.get(protoMaxBulkLen) && !host.isApplying) throw STRING_TOO_LONG;
}
