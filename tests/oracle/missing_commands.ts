/**
 * The commands of Redis 7.0 that redeno does not have, each with the reason.
 *
 * Cases that use one of them are left out. The list cannot grow old: the completeness test fails when a command on it
 * has come, and when one that is not on it is missing.
 *
 * @module
 */

const reasons: Record<string, string> = {
  "comes with replication": "failover psync replconf sync",
  "comes with cluster mode": "asking cluster migrate readonly readwrite",
  "comes with persistence": "bgrewriteaof bgsave save",
  "comes with access control": "acl",
};

/** Name of a missing command or `command|subcommand`, in lower case, and why it is missing. */
export const missingCommands: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, names]) => names.split(" ").map((name) => [name, reason])),
);
