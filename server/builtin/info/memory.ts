/**
 * `INFO memory`.
 *
 * @module
 */
import { formatBytes } from "../../base/byte_count.ts";
import { REDENO_VERSION } from "../../base/version.ts";
import { maxmemory, maxmemoryPolicy } from "../../config/options/memory.ts";
import type { InfoFields } from "../../observe/info.ts";
import { ratio, reportMemory } from "../memory_report.ts";
import type { ServerParts } from "../parts.ts";

export function memoryFields(parts: ServerParts): InfoFields {
  const { config, keyspace } = parts;
  const report = reportMemory(parts);
  const { used, peak, allocated, reserved, resident } = report;
  const systemBytes = Deno.systemMemoryInfo().total;
  return [
    ...withText("used_memory", used),
    ...withText("used_memory_rss", resident),
    ...withText("used_memory_peak", peak),
    ["used_memory_peak_perc", `${report.peakPercent.toFixed(2)}%`],
    ["used_memory_overhead", report.overhead],
    ["used_memory_startup", report.startup],
    ["used_memory_dataset", report.dataset],
    ["used_memory_dataset_perc", `${report.datasetPercent.toFixed(2)}%`],
    ["allocator_allocated", allocated],
    ["allocator_active", reserved],
    ["allocator_resident", reserved],
    ...withText("total_system_memory", systemBytes),
    ["used_memory_lua", 0],
    ["used_memory_vm_eval", 0],
    ["used_memory_lua_human", formatBytes(0)],
    ["used_memory_scripts_eval", 0],
    ["number_of_cached_scripts", 0],
    ["number_of_functions", 0],
    ["number_of_libraries", 0],
    ["used_memory_vm_functions", 0],
    ...withText("used_memory_vm_total", 0),
    ["used_memory_functions", 0],
    ...withText("used_memory_scripts", 0),
    ...withText("maxmemory", config.get(maxmemory)),
    ["maxmemory_policy", config.get(maxmemoryPolicy)],
    ["allocator_frag_ratio", ratio(reserved, allocated).toFixed(2)],
    ["allocator_frag_bytes", reserved - allocated],
    ["allocator_rss_ratio", "1.00"],
    ["allocator_rss_bytes", 0],
    ["rss_overhead_ratio", ratio(resident, reserved).toFixed(2)],
    ["rss_overhead_bytes", resident - reserved],
    ["mem_fragmentation_ratio", ratio(resident, used).toFixed(2)],
    ["mem_fragmentation_bytes", resident - used],
    ["mem_not_counted_for_evict", 0],
    ["mem_replication_backlog", 0],
    ["mem_total_replication_buffers", 0],
    ["mem_clients_slaves", 0],
    ["mem_clients_normal", report.clients],
    ["mem_cluster_links", 0],
    ["mem_aof_buffer", 0],
    ["mem_allocator", `redeno-${REDENO_VERSION}`],
    ["active_defrag_running", 0],
    ["lazyfree_pending_objects", keyspace.lazyFree.pendingObjects],
    ["lazyfreed_objects", keyspace.lazyFree.freedObjects],
  ];
}

/** A number of bytes, and the same to be read by people. */
function withText(name: string, bytes: number): [string, string | number][] {
  return [[name, bytes], [`${name}_human`, formatBytes(bytes)]];
}
