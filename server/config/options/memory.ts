/** How much memory the dataset may take, and what happens at the limit. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { INT32_MAX, UINT64_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";

const MIB = 1024 ** 2;

/** Bytes that the server may use before keys are evicted or writes refused; 0: no limit. */
export const maxmemory = integerOption("maxmemory", {
  initial: 0,
  min: 0,
  max: UINT64_MAX,
  form: "memory",
  live: true,
});

/**
 * Bytes of address space that the heap may reserve; 0: bounded by the machine. Not a parameter of today's Redis: the name
 * is that of its port to Windows, whose heap, too, had a size fixed at start.
 */
export const maxheap = integerOption("maxheap", { initial: 0, min: 0, form: "memory" });

/** Which keys are evicted at the limit. */
export const maxmemoryPolicy = enumOption("maxmemory-policy", {
  values: [
    "volatile-lru",
    "volatile-lfu",
    "volatile-random",
    "volatile-ttl",
    "allkeys-lru",
    "allkeys-lfu",
    "allkeys-random",
    "noeviction",
  ],
  initial: "noeviction",
  live: true,
});

/** Keys that eviction compares to find a victim. */
export const maxmemorySamples = integerOption("maxmemory-samples", {
  initial: 5,
  min: 1,
  max: INT32_MAX,
  live: true,
});

/** How long eviction may hold up commands, from 0 (hardly) to 100 (as long as it takes). */
export const maxmemoryEvictionTenacity = integerOption("maxmemory-eviction-tenacity", {
  initial: 10,
  min: 0,
  max: 100,
  live: true,
});

/** How many accesses it takes to saturate a key's frequency counter; higher: more. */
export const lfuLogFactor = integerOption("lfu-log-factor", { initial: 10, min: 0, max: INT32_MAX, live: true });

/** Minutes after which an unused key's frequency counter is lowered; 0: at each look. */
export const lfuDecayTime = integerOption("lfu-decay-time", { initial: 1, min: 0, max: INT32_MAX, live: true });

/** How much time is spent on finding expired keys, from 1 to 10. */
export const activeExpireEffort = integerOption("active-expire-effort", { initial: 1, min: 1, max: 10, live: true });

/** Whether evicted values are freed in the background. */
export const lazyfreeLazyEviction = booleanOption("lazyfree-lazy-eviction", { initial: false, live: true });

/** Whether expired values are freed in the background. */
export const lazyfreeLazyExpire = booleanOption("lazyfree-lazy-expire", { initial: false, live: true });

/** Whether overwritten values are freed in the background. */
export const lazyfreeLazyServerDel = booleanOption("lazyfree-lazy-server-del", { initial: false, live: true });

/** Whether `DEL` frees values in the background, as `UNLINK` does. */
export const lazyfreeLazyUserDel = booleanOption("lazyfree-lazy-user-del", { initial: false, live: true });

/** Whether `FLUSHDB`, `FLUSHALL` and `SCRIPT FLUSH` without a word run in the background. */
export const lazyfreeLazyUserFlush = booleanOption("lazyfree-lazy-user-flush", { initial: false, live: true });

/** Whether to move values together to win memory back. Kept, not acted on, as are the six that follow. */
export const activedefrag = booleanOption("activedefrag", { initial: false, live: true });

/** Wasted bytes below which nothing is moved. */
export const activeDefragIgnoreBytes = integerOption("active-defrag-ignore-bytes", {
  initial: 100 * MIB,
  min: 1,
  form: "memory",
  live: true,
});

/** Percentage of waste at which moving begins. */
export const activeDefragThresholdLower = integerOption("active-defrag-threshold-lower", {
  initial: 10,
  min: 0,
  max: 1000,
  live: true,
});

/** Percentage of waste at which moving takes its full effort. */
export const activeDefragThresholdUpper = integerOption("active-defrag-threshold-upper", {
  initial: 100,
  min: 0,
  max: 1000,
  live: true,
});

/** Least effort, in percent of the processor. */
export const activeDefragCycleMin = integerOption("active-defrag-cycle-min", {
  initial: 1,
  min: 1,
  max: 99,
  live: true,
});

/** Full effort, in percent of the processor. */
export const activeDefragCycleMax = integerOption("active-defrag-cycle-max", {
  initial: 25,
  min: 1,
  max: 99,
  live: true,
});

/** Elements of a collection that are looked at in one go. */
export const activeDefragMaxScanFields = integerOption("active-defrag-max-scan-fields", {
  initial: 1000,
  min: 1,
  live: true,
});

/** Whether the C allocator purges in a thread of its own. Kept, not acted on. */
export const jemallocBgThread = booleanOption("jemalloc-bg-thread", { initial: true, live: true });
