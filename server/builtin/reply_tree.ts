/**
 * Nested descriptions as replies. `COMMAND INFO` and `COMMAND DOCS` send deep trees in which most fields may be missing;
 * built as values first, they are written in one walk that knows all lengths.
 *
 * @module
 */
import { ReplyStatus } from "../protocol/reply_value.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";

/** A map by name; a field that is `undefined` isn't sent. */
export interface ReplyFields {
  readonly [name: string]: ReplyTree | undefined;
}

/** Strings become bulk strings, sets and fields become sets and maps in RESP3 and arrays in RESP2. */
export type ReplyTree =
  | string
  | number
  | ReplyStatus
  | readonly ReplyTree[]
  | ReadonlySet<ReplyTree>
  | ReplyFields;

/** Names as a set of simple strings, the form of all flags. */
export function statuses(names: readonly string[]): ReadonlySet<ReplyTree> {
  return new Set(names.map((name) => new ReplyStatus(name)));
}

/** Writes a tree. */
export function replyTree(reply: ReplyWriter, tree: ReplyTree): void {
  if (typeof tree === "string") reply.text(tree);
  else if (typeof tree === "number") reply.integer(tree);
  else if (tree instanceof ReplyStatus) reply.status(tree.text);
  else if (isList(tree)) {
    reply.array(tree.length);
    for (const item of tree) replyTree(reply, item);
  } else if (tree instanceof Set) {
    reply.set(tree.size);
    for (const item of tree) replyTree(reply, item);
  } else {
    const fields = Object.entries(tree as ReplyFields).filter(([, value]) => value !== undefined);
    reply.map(fields.length);
    for (const [name, value] of fields) {
      reply.text(name);
      replyTree(reply, value as ReplyTree);
    }
  }
}

/** `Array.isArray` that knows of readonly arrays. */
function isList(tree: ReplyTree): tree is readonly ReplyTree[] {
  return Array.isArray(tree);
}
