/**
 * Moving an element from an end of a list to an end of another, or of the same.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  type Database,
  defineCommand,
  delEvent,
  elementBytes,
  type Key,
  keyAt,
  oneKey,
  type Quicklist,
} from "../../server/api/mod.ts";
import { listType } from "./list_type.ts";
import { isLeft, popEvent, pushEvent } from "./sides.ts";

/** `LMOVE` and its older form. */
export const moveCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "LMOVE",
    summary: "Pop an element from a list, push it to another list and return it",
    since: "6.2.0",
    group: "list",
    complexity: "O(1)",
    arity: 5,
    flags: ["write", "denyoom"],
    categories: ["list"],
    keys: [oneKey("RW", "access", "delete"), keyAt(2, "RW", "insert")],
    arguments: [
      argument.key("source", 0),
      argument.key("destination", 1),
      argument.oneOf("wherefrom", [argument.token("left", "LEFT"), argument.token("right", "RIGHT")]),
      argument.oneOf("whereto", [argument.token("left", "LEFT"), argument.token("right", "RIGHT")]),
    ],
    run: lmove,
  }),
  defineCommand({
    name: "RPOPLPUSH",
    summary: "Remove the last element in a list, prepend it to another list and return it",
    since: "1.2.0",
    group: "list",
    complexity: "O(1)",
    deprecated: { since: "6.2.0", replacedBy: "`LMOVE` with the `RIGHT` and `LEFT` arguments" },
    arity: 3,
    flags: ["write", "denyoom"],
    categories: ["list"],
    keys: [oneKey("RW", "access", "delete"), keyAt(2, "RW", "insert")],
    arguments: [argument.key("source", 0), argument.key("destination", 1)],
    run: rpoplpush,
  }),
];

/** Where an element goes from and to. */
export interface Move {
  readonly fromLeft: boolean;
  readonly toLeft: boolean;
}

/** `RPOPLPUSH` */
export const RIGHT_TO_LEFT: Move = { fromLeft: false, toLeft: true };

function lmove(context: CommandContext): void {
  const { args } = context;
  const move = { fromLeft: isLeft(args, 3), toLeft: isLeft(args, 4) };
  if (!moveElement(context, args.key(1), move, 1)) context.reply.null();
}

function rpoplpush(context: CommandContext): void {
  if (!moveElement(context, context.args.key(1), RIGHT_TO_LEFT, 1)) context.reply.null();
}

/** Moves an element to the list of argument 2 and replies it; whether there was one. */
export function moveElement({ args, db, reply }: CommandContext, from: Key, move: Move, changes: number): boolean {
  const to = args.key(2);
  const source = db.write(from, listType);
  if (source === null) return false;
  const element = elementBytes(source.peek(move.fromLeft)!);
  const isEmpty = isSame(from, to) ? rotate(source, move, element) : transfer(db, from, to, move, element);
  if (isEmpty) db.remove(from);
  db.changed(to, pushEvent(move.toLeft), 0);
  reply.bulk(element);
  db.changed(from, popEvent(move.fromLeft), changes);
  if (isEmpty) db.notify(from, delEvent);
  return true;
}

function isSame(one: Key, other: Key): boolean {
  if (one.hash !== other.hash || one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one.buffer[one.start + i] !== other.buffer[other.start + i]) return false;
  return true;
}

/** Within one list; never empty afterwards. Where memory ends, the element goes back to where it has just made room. */
function rotate(list: Quicklist, { fromLeft, toLeft }: Move, element: Uint8Array): false {
  list.pop(fromLeft);
  try {
    list.push(toLeft, element, 0, element.length);
  } catch (error) {
    list.push(fromLeft, element, 0, element.length);
    throw error;
  }
  return false;
}

/** From one list to another, which is made where there is none; whether the first is empty then. */
function transfer(db: Database, from: Key, to: Key, { fromLeft, toLeft }: Move, element: Uint8Array): boolean {
  const target = db.upsert(to, listType);
  try {
    target.push(toLeft, element, 0, element.length);
  } catch (error) {
    if (target.count === 0) db.remove(to);
    throw error;
  }
  const source = db.write(from, listType)!;
  source.pop(fromLeft);
  return source.count === 0;
}
