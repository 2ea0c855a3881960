/**
 * Resident memory with many small values.
 *
 * @module
 */
import { measureEach, type Pair } from "./contenders.ts";
import { Filler } from "./filler.ts";
import { residentBytes } from "./process_stat.ts";
import type { Settings } from "./settings.ts";

const valueBytes = 64;

/** Resident memory at one number of keys. */
export interface MemoryRow {
  readonly keys: number;
  /** All of it. */
  readonly residentBytes: Pair<number>;
  /** What it grew by since the server was empty, per key. */
  readonly bytesPerKey: Pair<number>;
}

/** Fills each server and reads its memory on the way. */
export async function measureMemory({ memoryKeys }: Settings): Promise<MemoryRow[]> {
  const readings = await measureEach(async ({ port, pid }) => {
    const filler = await Filler.connect(port, { valueBytes });
    const empty = residentBytes(pid);
    const filled: { resident: number; perKey: number }[] = [];
    for (const keys of memoryKeys) {
      await filler.fill(keys);
      const resident = residentBytes(pid);
      filled.push({ resident, perKey: (resident - empty) / keys });
    }
    filler.close();
    return filled;
  });
  return memoryKeys.map((keys, at) => ({
    keys,
    residentBytes: { redis: readings.redis[at].resident, redeno: readings.redeno[at].resident },
    bytesPerKey: { redis: readings.redis[at].perKey, redeno: readings.redeno[at].perKey },
  }));
}
