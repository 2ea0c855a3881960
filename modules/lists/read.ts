/**
 * Asking for elements.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  oneKey,
  type Quicklist,
  ReplyError,
  type ReplyWriter,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { listType } from "./list_type.ts";

/** The commands that leave lists as they are. */
export const readCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "LLEN",
    summary: "Get the length of a list",
    since: "1.0.0",
    group: "list",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["list"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0)],
    run: llen,
  }),
  defineCommand({
    name: "LINDEX",
    summary: "Get an element from a list by its index",
    since: "1.0.0",
    group: "list",
    complexity:
      "O(N) where N is the number of elements to traverse to get to the element at index. This makes asking for the first or the last element of the list O(1).",
    arity: 3,
    flags: ["readonly"],
    categories: ["list"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.integer("index")],
    run: lindex,
  }),
  defineCommand({
    name: "LRANGE",
    summary: "Get a range of elements from a list",
    since: "1.0.0",
    group: "list",
    complexity:
      "O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or TAIL) for large lists; and N is the number of elements in the specified range.",
    arity: 4,
    flags: ["readonly"],
    categories: ["list"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.integer("start"), argument.integer("stop")],
    run: lrange,
  }),
  defineCommand({
    name: "LPOS",
    summary: "Return the index of matching elements on a list",
    since: "6.0.6",
    group: "list",
    complexity:
      "O(N) where N is the number of elements in the list, for the average case. When searching for elements near the head or the tail of the list, or when the MAXLEN option is provided, the command may run in constant time.",
    arity: -3,
    flags: ["readonly"],
    categories: ["list"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("element"),
      argument.integer("rank", { token: "RANK", optional: true }),
      argument.integer("num-matches", { token: "COUNT", optional: true }),
      argument.integer("len", { token: "MAXLEN", optional: true }),
    ],
    run: lpos,
  }),
];

/** This rank has no opposite number in 64 bits: in the C server it stands for the first match from the end. */
const RANK_MIN = -(2n ** 63n);
const RANK_ZERO = new ReplyError(
  "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
);
const NEGATIVE_COUNT = new ReplyError("ERR COUNT can't be negative");
const NEGATIVE_LENGTH = new ReplyError("ERR MAXLEN can't be negative");

function llen({ args, db, reply }: CommandContext): void {
  const list = db.read(args.key(1), listType);
  reply.integer(list === null ? 0 : list.count);
}

function lindex({ args, db, reply }: CommandContext): void {
  const list = db.read(args.key(1), listType);
  if (list === null) return reply.null();
  if (list.seek(args.integer(2))) reply.element(list.element);
  else reply.null();
}

function lrange({ args, db, reply }: CommandContext): void {
  const from = args.integer(2);
  const to = args.integer(3);
  const list = db.read(args.key(1), listType);
  if (list === null) return reply.array(0);
  const { count } = list;
  const first = Math.max(0, from < 0 ? from + count : from);
  const end = Math.min(count, (to < 0 ? to + count : to) + 1);
  if (first >= end) return reply.array(0);
  reply.array(end - first);
  list.seek(first);
  list.forEachHere(end - first, (element) => reply.element(element));
}

/** What `LPOS` looks for. */
interface Search {
  /** Matches to pass by. */
  readonly passed: number;
  readonly forward: boolean;
  /** -1: one, and not as an array. */
  readonly count: number;
  /** Elements to compare at most. */
  readonly compared: number;
}

function lpos({ args, db, reply }: CommandContext): void {
  const search = parseSearch(args);
  const list = db.read(args.key(1), listType);
  if (list === null) return search.count < 0 ? reply.null() : reply.array(0);
  list.look(args.buffer, args.start(2), args.size(2));
  if (search.count >= 0) {
    const mark = reply.arrayLater();
    return reply.close(mark, replyMatches(list, search, search.count || Infinity, reply));
  }
  if (replyMatches(list, search, 1, reply) === 0) reply.null();
}

/** Replies the indices of up to `wanted` matches; how many there were. */
function replyMatches(list: Quicklist, search: Search, wanted: number, reply: ReplyWriter): number {
  const { count } = list;
  const { compared, forward } = search;
  let { passed } = search;
  let matches = 0;
  let there = list.seekEnd(forward);
  for (let i = 0; there && i < compared && matches < wanted; i++) {
    if (list.isHere() && passed-- <= 0) {
      reply.integer(forward ? i : count - 1 - i);
      matches++;
    }
    there = list.step(forward);
  }
  return matches;
}

function parseSearch(args: Arguments): Search {
  let rank = 1;
  let count = -1;
  let length = 0;
  for (let i = 3; i < args.count; i += 2) {
    if (i + 1 >= args.count) throw SYNTAX_ERROR;
    if (args.is(i, "RANK")) {
      rank = args.exactInteger(i + 1) === RANK_MIN ? -1 : args.integer(i + 1);
      if (rank === 0) throw RANK_ZERO;
    } else if (args.is(i, "COUNT")) {
      count = args.integer(i + 1, NEGATIVE_COUNT);
      if (count < 0) throw NEGATIVE_COUNT;
    } else if (args.is(i, "MAXLEN")) {
      length = args.integer(i + 1, NEGATIVE_LENGTH);
      if (length < 0) throw NEGATIVE_LENGTH;
    } else throw SYNTAX_ERROR;
  }
  return { passed: Math.abs(rank) - 1, forward: rank > 0, count, compared: length || Infinity };
}
