/**
 * Command flags, key flags and ACL categories as bits, so that a check on the way of every command is one `&`.
 *
 * The names are those that Redis prints; the order of the bits is the order in which it prints them.
 *
 * @module
 */
import type { AclCategory, CommandFlag, KeyFlag } from "../api/command.ts";

/** Behaviour flags of a command. */
export const Flag = {
  write: 1 << 0,
  readonly: 1 << 1,
  denyoom: 1 << 2,
  module: 1 << 3,
  admin: 1 << 4,
  pubsub: 1 << 5,
  noscript: 1 << 6,
  blocking: 1 << 7,
  loading: 1 << 8,
  stale: 1 << 9,
  skip_monitor: 1 << 10,
  skip_slowlog: 1 << 11,
  asking: 1 << 12,
  fast: 1 << 13,
  no_auth: 1 << 14,
  may_replicate: 1 << 15,
  no_mandatory_keys: 1 << 16,
  protected: 1 << 17,
  no_async_loading: 1 << 18,
  no_multi: 1 << 19,
  movablekeys: 1 << 20,
  allow_busy: 1 << 21,
} as const satisfies Record<CommandFlag | "module" | "movablekeys", number>;

/** What a command does with a key. */
export const KeyUse = {
  RW: 1 << 0,
  RO: 1 << 1,
  OW: 1 << 2,
  RM: 1 << 3,
  access: 1 << 4,
  update: 1 << 5,
  insert: 1 << 6,
  delete: 1 << 7,
  not_key: 1 << 8,
  incomplete: 1 << 9,
  variable_flags: 1 << 10,
} as const satisfies Record<KeyFlag, number>;

/** ACL categories, in the order of `ACL CAT`. */
export const Category = {
  keyspace: 1 << 0,
  read: 1 << 1,
  write: 1 << 2,
  set: 1 << 3,
  sortedset: 1 << 4,
  list: 1 << 5,
  hash: 1 << 6,
  string: 1 << 7,
  bitmap: 1 << 8,
  hyperloglog: 1 << 9,
  geo: 1 << 10,
  stream: 1 << 11,
  pubsub: 1 << 12,
  admin: 1 << 13,
  fast: 1 << 14,
  slow: 1 << 15,
  blocking: 1 << 16,
  dangerous: 1 << 17,
  connection: 1 << 18,
  transaction: 1 << 19,
  scripting: 1 << 20,
} as const satisfies Record<AclCategory, number>;

/** The mask of some names of `bits`. */
export function maskOf<Name extends string>(bits: Readonly<Record<Name, number>>, names: readonly Name[]): number {
  let mask = 0;
  for (const name of names) mask |= bits[name];
  return mask;
}

/** The names of `bits` that a mask contains, in the order of their bits. */
export function namesOf<Name extends string>(bits: Readonly<Record<Name, number>>, mask: number): Name[] {
  return (Object.keys(bits) as Name[]).filter((name) => (mask & bits[name]) !== 0);
}

/**
 * All ACL categories of a command: those its author names and those that follow from its flags. A script may call
 * anything, so a `readonly` flag alone doesn't make a scripting command a reading one.
 */
export function categoriesOf(flags: number, named: readonly AclCategory[]): number {
  let mask = maskOf(Category, named);
  if (flags & Flag.write) mask |= Category.write;
  if (flags & Flag.readonly && !(mask & Category.scripting)) mask |= Category.read;
  if (flags & Flag.admin) mask |= Category.admin | Category.dangerous;
  if (flags & Flag.pubsub) mask |= Category.pubsub;
  if (flags & Flag.blocking) mask |= Category.blocking;
  return mask | (flags & Flag.fast ? Category.fast : Category.slow);
}
