/**
 * What memory is used for: the figures behind `INFO memory`, `MEMORY STATS` and `MEMORY DOCTOR`.
 *
 * The heap accounts for every block and connections for their buffers, so nothing here is an estimate but the resident
 * set, which also holds the program and the JavaScript heap.
 *
 * @module
 */
import type { ServerParts } from "./parts.ts";

/** The tables of a database that has keys. */
export interface TableBytes {
  readonly index: number;
  readonly entries: number;
  readonly volatile: number;
}

/** In bytes, unless it is said otherwise. */
export interface MemoryReport {
  readonly used: number;
  readonly peak: number;
  /** When the server had started and held nothing. */
  readonly startup: number;
  readonly clients: number;
  readonly databases: readonly TableBytes[];
  /** Everything that is no key and no value. */
  readonly overhead: number;
  readonly dataset: number;
  /** Share of the dataset in what came since the start. */
  readonly datasetPercent: number;
  readonly peakPercent: number;
  readonly keyCount: number;
  /** Live blocks of the heap. */
  readonly allocated: number;
  /** What the heap has taken to hold them. */
  readonly reserved: number;
  /** Of the whole process. */
  readonly resident: number;
}

/** The figures of this moment. */
export function reportMemory({ clients, keyspace, memory }: ServerParts): MemoryReport {
  memory.bufferBytes = clients.bufferBytes;
  const used = memory.usedBytes;
  const databases = keyspace.databases.map(({ index, tables }) => ({
    index,
    entries: tables.entries.ownBytes,
    volatile: tables.volatile.ownBytes,
  }));
  const tableBytes = databases.reduce((sum, { entries, volatile }) => sum + entries + volatile, 0);
  const overhead = Math.min(used, memory.bufferBytes + tableBytes);
  const sinceStart = Math.max(1, used - memory.startupBytes);
  return {
    used,
    peak: memory.peakBytes,
    startup: memory.startupBytes,
    clients: memory.bufferBytes,
    databases: databases.filter(({ index }) => keyspace.databases[index].size > 0),
    overhead,
    dataset: used - overhead,
    datasetPercent: Math.min(100, (used - overhead) * 100 / sinceStart),
    peakPercent: used * 100 / memory.peakBytes,
    keyCount: keyspace.size,
    allocated: keyspace.heap.usedBytes,
    reserved: keyspace.heap.reservedBytes,
    resident: Deno.memoryUsage().rss,
  };
}

/** `part / whole`, 1 where there is no whole yet. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
