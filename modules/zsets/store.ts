/**
 * Storing a sorted set that a command has made under a key, whatever was there before.
 *
 * The set is built under no key first, so the old value can be a source, and stays where memory ends.
 *
 * @module
 */
import { type Database, delEvent, type Key, type KeyEvent, type ValueRoot } from "../../server/api/mod.ts";
import type { SortedSet } from "./sorted_set.ts";
import { zsetType } from "./zset_type.ts";

/**
 * Builds a set and stores it; an empty one removes the key. The number of members. It counts as one change, or as one for
 * each member.
 */
export function storeResult(
  db: Database,
  key: Key,
  event: KeyEvent,
  build: (root: ValueRoot) => SortedSet,
  countsMembers = false,
): number {
  const root = db.newRoot();
  let count = 0;
  try {
    count = build(root).count;
    if (count > 0) db.adopt(key, zsetType, root);
  } catch (error) {
    if (root.root !== 0) zsetType.open(root).release();
    throw error;
  }
  if (count > 0) {
    db.changed(key, event, countsMembers ? count : 1);
    return count;
  }
  zsetType.open(root).release();
  if (db.lookupForWrite(key) !== 0) {
    db.remove(key);
    db.changed(key, delEvent);
  }
  return 0;
}
