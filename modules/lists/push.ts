/**
 * Adding elements at the ends.
 *
 * Where memory ends between two elements, those before have been added: they are told, and the list is there only if it has
 * any.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  oneKey,
  type Quicklist,
} from "../../server/api/mod.ts";
import { listType } from "./list_type.ts";
import { pushEvent } from "./sides.ts";

/** The commands that add elements at an end. */
export const pushCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "LPUSH",
    summary: "Prepend one or multiple elements to a list",
    since: "1.0.0",
    group: "list",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
    arity: -3,
    flags: ["write", "denyoom", "fast"],
    categories: ["list"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("element", { multiple: true })],
    history: [["2.4.0", "Accepts multiple `element` arguments."]],
    run: lpush,
  }),
  defineCommand({
    name: "RPUSH",
    summary: "Append one or multiple elements to a list",
    since: "1.0.0",
    group: "list",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
    arity: -3,
    flags: ["write", "denyoom", "fast"],
    categories: ["list"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("element", { multiple: true })],
    history: [["2.4.0", "Accepts multiple `element` arguments."]],
    run: rpush,
  }),
  defineCommand({
    name: "LPUSHX",
    summary: "Prepend an element to a list, only if the list exists",
    since: "2.2.0",
    group: "list",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
    arity: -3,
    flags: ["write", "denyoom", "fast"],
    categories: ["list"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("element", { multiple: true })],
    history: [["4.0.0", "Accepts multiple `element` arguments."]],
    run: lpushx,
  }),
  defineCommand({
    name: "RPUSHX",
    summary: "Append an element to a list, only if the list exists",
    since: "2.2.0",
    group: "list",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
    arity: -3,
    flags: ["write", "denyoom", "fast"],
    categories: ["list"],
    keys: [oneKey("RW", "insert")],
    arguments: [argument.key("key", 0), argument.string("element", { multiple: true })],
    history: [["4.0.0", "Accepts multiple `element` arguments."]],
    run: rpushx,
  }),
];

function lpush(context: CommandContext): void {
  push(context, context.db.upsert(context.args.key(1), listType), true);
}

function rpush(context: CommandContext): void {
  push(context, context.db.upsert(context.args.key(1), listType), false);
}

function lpushx(context: CommandContext): void {
  pushToExisting(context, true);
}

function rpushx(context: CommandContext): void {
  pushToExisting(context, false);
}

function pushToExisting(context: CommandContext, left: boolean): void {
  const list = context.db.write(context.args.key(1), listType);
  if (list === null) context.reply.integer(0);
  else push(context, list, left);
}

function push({ args, db, reply }: CommandContext, list: Quicklist, left: boolean): void {
  const key = args.key(1);
  let added = 0;
  try {
    for (let i = 2; i < args.count; i++, added++) list.push(left, args.buffer, args.start(i), args.size(i));
    reply.integer(list.count);
  } finally {
    if (added > 0) db.changed(key, pushEvent(left), added);
    else if (list.count === 0) db.remove(key);
  }
}
