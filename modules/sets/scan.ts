/**
 * Walking through a set in steps. An intset is small and replied at once, whatever the cursor.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  matchesElement,
  type MemberTable,
  oneKey,
  parseScanCursor,
  parseScanOptions,
  type Ref,
  replyEmptyScan,
  type ReplyWriter,
  scanElements,
} from "../../server/api/mod.ts";
import { setType } from "./set_type.ts";
import type { SetValue } from "./set_value.ts";

/** `SSCAN`. */
export const scanCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "SSCAN",
    summary: "Incrementally iterate Set elements",
    since: "2.8.0",
    group: "set",
    complexity:
      "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection..",
    arity: -3,
    flags: ["readonly"],
    categories: ["set"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.integer("cursor"),
      argument.pattern("pattern", { token: "MATCH", optional: true }),
      argument.integer("count", { token: "COUNT", optional: true }),
    ],
    run: sscan,
  }),
];

function sscan({ args, db, reply }: CommandContext): void {
  const cursor = parseScanCursor(args, 2);
  const set = db.read(args.key(1), setType);
  if (set === null) return replyEmptyScan(reply);
  const { count, pattern } = parseScanOptions(args, 3);
  reply.array(2);
  if (set.table === null) replyAll(reply, set, pattern);
  else replyPart(reply, set.table, cursor, count, pattern);
}

function replyAll(reply: ReplyWriter, set: SetValue, pattern: Uint8Array | null): void {
  reply.text("0");
  const mark = reply.arrayLater();
  let members = 0;
  set.forEach((member) => {
    if (!matchesElement(pattern, member)) return;
    reply.element(member);
    members++;
  });
  reply.close(mark, members);
}

function replyPart(
  reply: ReplyWriter,
  table: MemberTable,
  cursor: number,
  count: number,
  pattern: Uint8Array | null,
): void {
  const found: Ref[] = [];
  const next = scanElements(table, cursor, count, (ref) => {
    if (matchesElement(pattern, table.show(ref))) found.push(ref);
  });
  reply.integerText(next);
  reply.array(found.length);
  for (const ref of found) reply.element(table.show(ref));
}
