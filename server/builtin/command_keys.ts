/**
 * `COMMAND GETKEYS` and `GETKEYSANDFLAGS`: the keys of a whole command line, for clients that can't find them themselves.
 * Source: https://redis.io/docs/latest/commands/command-getkeys/
 *
 * @module
 */
import type { CommandContext } from "../api/context.ts";
import { argumentTail } from "../commands/argument_tail.ts";
import type { Command } from "../commands/command.ts";
import type { CommandTable } from "../commands/command_table.ts";
import { Flag, KeyUse, namesOf } from "../commands/flags.ts";
import { KeyPositions } from "../commands/key_positions.ts";
import { type Arguments } from "../protocol/arguments.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";
import { replyTree, statuses } from "./reply_tree.ts";

const UNKNOWN_COMMAND = new ReplyError("ERR Invalid command specified");
const NO_KEY_ARGUMENTS = new ReplyError("ERR The command has no key arguments");
const WRONG_ARITY = new ReplyError("ERR Invalid number of arguments specified for command");
const NO_KEYS = new ReplyError("ERR Invalid arguments specified for command");

/** Where the line begins in `COMMAND GETKEYS line…`. */
const LINE_POSITION = 2;

/** Replies with the keys alone. */
export function getKeys(table: CommandTable, { args, reply }: CommandContext): void {
  const line = argumentTail(args, LINE_POSITION);
  const keys = findKeys(table, line);
  reply.array(keys.count);
  for (let i = 0; i < keys.count; i++) replyKey(reply, line, keys.position(i));
}

/** Replies with pairs of a key and what the command does with it. */
export function getKeysAndFlags(table: CommandTable, { args, reply }: CommandContext): void {
  const line = argumentTail(args, LINE_POSITION);
  const keys = findKeys(table, line);
  reply.array(keys.count);
  for (let i = 0; i < keys.count; i++) {
    reply.array(2);
    replyKey(reply, line, keys.position(i));
    replyTree(reply, statuses(namesOf(KeyUse, keys.use(i))));
  }
}

function findKeys(table: CommandTable, line: Arguments): KeyPositions {
  const command: Command | undefined = table.resolve(line);
  if (command === undefined) throw UNKNOWN_COMMAND;
  if (!command.keys.hasKeys) throw NO_KEY_ARGUMENTS;
  if (!command.accepts(line.count)) throw WRONG_ARITY;
  const keys = new KeyPositions();
  const count = command.keys.keysOf(line, keys);
  if (count === 0 && (command.flags & Flag.no_mandatory_keys) === 0) throw NO_KEYS;
  return keys;
}

function replyKey(reply: ReplyWriter, line: Arguments, position: number): void {
  reply.bulk(line.buffer, line.start(position), line.size(position));
}
