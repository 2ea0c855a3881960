/**
 * What `COMMAND INFO` says about a command: all that a client needs to route it.
 * Source: https://redis.io/docs/latest/commands/command/
 *
 * @module
 */
import type { KeySpec } from "../api/command.ts";
import type { Command } from "../commands/command.ts";
import { Category, Flag, namesOf } from "../commands/flags.ts";
import { type ReplyFields, type ReplyTree, statuses } from "./reply_tree.ts";

/** The entry of a command, its sub-commands' entries within. Redis keeps to itself which are `protected`, or may replicate. */
export function commandDetails(command: Command): readonly ReplyTree[] {
  const { name, arity, firstKey, lastKey, keyStep } = command;
  return [
    name,
    arity,
    statuses(namesOf(Flag, command.flags & ~(Flag.protected | Flag.may_replicate))),
    firstKey,
    lastKey,
    keyStep,
    statuses(namesOf(Category, command.categories).map((category) => `@${category}`)),
    new Set(command.definition.tips),
    new Set(command.keySpecs.map(keySpecDetails)),
    command.subcommands === undefined ? new Set() : command.subcommands.items.map(commandDetails),
  ];
}

function keySpecDetails({ notes, flags, begin, find }: KeySpec): ReplyFields {
  return { notes, flags: statuses(flags), begin_search: beginDetails(begin), find_keys: findDetails(find) };
}

function beginDetails(begin: KeySpec["begin"]): ReplyFields {
  if (begin === "unknown") return { type: "unknown", spec: {} };
  if ("index" in begin) return { type: "index", spec: { index: begin.index } };
  return { type: "keyword", spec: { keyword: begin.keyword, startfrom: begin.startFrom } };
}

function findDetails(find: KeySpec["find"]): ReplyFields {
  if (find === "unknown") return { type: "unknown", spec: {} };
  if ("lastKey" in find) {
    return { type: "range", spec: { lastkey: find.lastKey, keystep: find.step, limit: find.limit } };
  }
  return { type: "keynum", spec: { keynumidx: find.keyNumIndex, firstkey: find.firstKey, keystep: find.step } };
}
