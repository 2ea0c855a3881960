/**
 * Changing elements anywhere in a list.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  delEvent,
  keyEvent,
  NO_SUCH_KEY,
  oneKey,
  OUT_OF_RANGE,
  type Quicklist,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { listType } from "./list_type.ts";

/** The commands that change elements in place. */
export const changeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "LINSERT",
    summary: "Insert an element before or after another element in a list",
    since: "2.2.0",
    group: "list",
    complexity:
      "O(N) where N is the number of elements to traverse before seeing the value pivot. This means that inserting somewhere on the left end on the list (head) can be considered O(1) and inserting somewhere on the right end (tail) is O(N).",
    arity: 5,
    flags: ["write", "denyoom"],
    categories: ["list"],
    keys: [oneKey("RW", "insert")],
    arguments: [
      argument.key("key", 0),
      argument.oneOf("where", [argument.token("before", "BEFORE"), argument.token("after", "AFTER")]),
      argument.string("pivot"),
      argument.string("element"),
    ],
    run: linsert,
  }),
  defineCommand({
    name: "LSET",
    summary: "Set the value of an element in a list by its index",
    since: "1.0.0",
    group: "list",
    complexity:
      "O(N) where N is the length of the list. Setting either the first or the last element of the list is O(1).",
    arity: 4,
    flags: ["write", "denyoom"],
    categories: ["list"],
    keys: [oneKey("RW", "update")],
    arguments: [argument.key("key", 0), argument.integer("index"), argument.string("element")],
    run: lset,
  }),
  defineCommand({
    name: "LTRIM",
    summary: "Trim a list to the specified range",
    since: "1.0.0",
    group: "list",
    complexity: "O(N) where N is the number of elements to be removed by the operation.",
    arity: 4,
    flags: ["write"],
    categories: ["list"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.integer("start"), argument.integer("stop")],
    run: ltrim,
  }),
  defineCommand({
    name: "LREM",
    summary: "Remove elements from a list",
    since: "1.0.0",
    group: "list",
    complexity: "O(N+M) where N is the length of the list and M is the number of elements removed.",
    arity: 4,
    flags: ["write"],
    categories: ["list"],
    keys: [oneKey("RW", "delete")],
    arguments: [argument.key("key", 0), argument.integer("count"), argument.string("element")],
    run: lrem,
  }),
];

const linsertEvent = keyEvent("list", "linsert");
const lsetEvent = keyEvent("list", "lset");
const ltrimEvent = keyEvent("list", "ltrim");
const lremEvent = keyEvent("list", "lrem");

function linsert({ args, db, reply }: CommandContext): void {
  const behind = args.is(2, "AFTER");
  if (!behind && !args.is(2, "BEFORE")) throw SYNTAX_ERROR;
  const key = args.key(1);
  const list = db.write(key, listType);
  if (list === null) return reply.integer(0);
  list.look(args.buffer, args.start(3), args.size(3));
  if (!findHere(list, true)) return reply.integer(-1);
  list.insertHere(behind, args.buffer, args.start(4), args.size(4));
  const { count } = list;
  db.changed(key, linsertEvent);
  reply.integer(count);
}

/** Chooses the first element that is looked for, from an end. */
function findHere(list: Quicklist, forward: boolean): boolean {
  for (let there = list.seekEnd(forward); there; there = list.step(forward)) if (list.isHere()) return true;
  return false;
}

function lset({ args, db, reply }: CommandContext): void {
  const key = args.key(1);
  const list = db.write(key, listType);
  if (list === null) throw NO_SUCH_KEY;
  if (!list.seek(args.integer(2))) throw OUT_OF_RANGE;
  list.replaceHere(args.buffer, args.start(3), args.size(3));
  reply.ok();
  db.changed(key, lsetEvent);
}

function ltrim({ args, db, reply }: CommandContext): void {
  const from = args.integer(2);
  const to = args.integer(3);
  const key = args.key(1);
  const list = db.write(key, listType);
  if (list === null) return reply.ok();
  const { count } = list;
  const first = Math.max(0, from < 0 ? from + count : from);
  const end = Math.min(count, (to < 0 ? to + count : to) + 1);
  const kept = Math.max(0, end - first);
  if (kept > 0) {
    list.removeRange(first + kept, count - first - kept);
    list.removeRange(0, first);
  } else db.remove(key);
  db.changed(key, ltrimEvent, count - kept);
  if (kept === 0) db.notify(key, delEvent);
  reply.ok();
}

function lrem({ args, db, reply }: CommandContext): void {
  const limit = args.integer(2);
  const key = args.key(1);
  const list = db.write(key, listType);
  if (list === null) return reply.integer(0);
  list.look(args.buffer, args.start(3), args.size(3));
  const removed = removeMatches(list, limit >= 0, Math.abs(limit) || Infinity);
  const isEmpty = list.count === 0;
  if (isEmpty) db.remove(key);
  if (removed > 0) db.changed(key, lremEvent, removed);
  if (isEmpty) db.notify(key, delEvent);
  reply.integer(removed);
}

function removeMatches(list: Quicklist, forward: boolean, limit: number): number {
  let removed = 0;
  let there = list.seekEnd(forward);
  while (there && removed < limit) {
    if (!list.isHere()) there = list.step(forward);
    else {
      removed++;
      there = list.removeHere(forward);
    }
  }
  return removed;
}
