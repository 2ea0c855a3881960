/**
 * What `CONFIG RESETSTAT` sets back. The peak of memory, the slow log and the latency monitor stay as they are.
 *
 * @module
 */
import type { ServerParts } from "./parts.ts";

/** Begins all statistics of a server anew. */
export function resetStatistics({ keyspace, rates, statistics, table }: ServerParts): void {
  statistics.reset();
  keyspace.hits = 0;
  keyspace.misses = 0;
  keyspace.expiredKeys = 0;
  keyspace.evictedKeys = 0;
  keyspace.activeExpiry.stalePercent = 0;
  keyspace.activeExpiry.timeCapReachedCount = 0;
  keyspace.activeExpiry.spentMs = 0;
  keyspace.lazyFree.freedObjects = 0;
  for (const rate of Object.values(rates)) rate.reset();
  for (const command of table.withSubcommands()) command.resetStatistics();
}
