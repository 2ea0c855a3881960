/**
 * Storing a sorted set that a command has made under a key, whatever was there before.
 *
 * The set is built under no key first, so the old value can be a source, and stays where memory ends.
 *
 * @module
 */
import { type CommandContext, delEvent, type Key, type KeyEvent, type ValueRoot } from "../../server/api/mod.ts";
import type { SortedSet } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

/**
 * Builds a set and stores it; an empty one removes the key. Replies the number of members. It counts as one change, or as one
 * for each member. What GEO commands reply follows the event, which for a client that listens to it itself is a difference.
 */
export function storeResult(
  { db, reply }: CommandContext,
  key: Key,
  event: KeyEvent,
  build: (root: ValueRoot) => SortedSet,
  isOfPlaces = false,
): void {
  const root = db.newRoot();
  let count = 0;
  try {
    count = build(root).count;
    if (count > 0) db.adopt(key, zsetType, root);
  } catch (error) {
    if (root.root !== 0) zsetType.open(root).release();
    throw error;
  }
  if (!isOfPlaces) reply.integer(count);
  if (count > 0) db.changed(key, event, isOfPlaces ? count : 1);
  else {
    zsetType.open(root).release();
    if (db.lookupForWrite(key) !== 0) {
      db.remove(key);
      db.changed(key, delEvent);
    }
  }
  if (isOfPlaces) reply.integer(count);
}
