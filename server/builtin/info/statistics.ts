/**
 * `INFO stats`. What belongs to modules (channels, tracked keys) is zero unless they contribute it.
 *
 * @module
 */
import type { InfoFields } from "../../observe/info.ts";
import type { ServerParts } from "../parts.ts";

export function statisticsFields({ keyspace, memory, rates, statistics }: ServerParts): InfoFields {
  const { activeExpiry } = keyspace;
  const exceededMs = Math.floor(memory.exceededForMs);
  return [
    ["total_connections_received", statistics.connectionsReceived],
    ["total_commands_processed", statistics.commandsProcessed],
    ["instantaneous_ops_per_sec", Math.round(rates.commands.perSecond)],
    ["total_net_input_bytes", statistics.bytesIn],
    ["total_net_output_bytes", statistics.bytesOut],
    ["total_net_repl_input_bytes", 0],
    ["total_net_repl_output_bytes", 0],
    ["instantaneous_input_kbps", kibibytes(rates.bytesIn.perSecond)],
    ["instantaneous_output_kbps", kibibytes(rates.bytesOut.perSecond)],
    ["instantaneous_input_repl_kbps", kibibytes(0)],
    ["instantaneous_output_repl_kbps", kibibytes(0)],
    ["rejected_connections", statistics.connectionsRejected],
    ["sync_full", 0],
    ["sync_partial_ok", 0],
    ["sync_partial_err", 0],
    ["expired_keys", keyspace.expiredKeys],
    ["expired_stale_perc", activeExpiry.stalePercent.toFixed(2)],
    ["expired_time_cap_reached_count", activeExpiry.timeCapReachedCount],
    ["expire_cycle_cpu_milliseconds", Math.floor(activeExpiry.spentMs)],
    ["evicted_keys", keyspace.evictedKeys],
    ["evicted_clients", statistics.clientsEvicted],
    ["total_eviction_exceeded_time", Math.floor(statistics.evictionExceededMs) + exceededMs],
    ["current_eviction_exceeded_time", exceededMs],
    ["keyspace_hits", keyspace.hits],
    ["keyspace_misses", keyspace.misses],
    ["pubsub_channels", 0],
    ["pubsub_patterns", 0],
    ["pubsubshard_channels", 0],
    ["latest_fork_usec", 0],
    ["total_forks", 0],
    ["migrate_cached_sockets", 0],
    ["slave_expires_tracked_keys", 0],
    ["active_defrag_hits", 0],
    ["active_defrag_misses", 0],
    ["active_defrag_key_hits", 0],
    ["active_defrag_key_misses", 0],
    ["total_active_defrag_time", 0],
    ["current_active_defrag_time", 0],
    ["tracking_total_keys", 0],
    ["tracking_total_items", 0],
    ["tracking_total_prefixes", 0],
    ["unexpected_error_replies", statistics.unexpectedErrorReplies],
    ["total_error_replies", statistics.errorReplies],
    ["dump_payload_sanitizations", 0],
    ["total_reads_processed", statistics.reads],
    ["total_writes_processed", statistics.writes],
    ["io_threaded_reads_processed", 0],
    ["io_threaded_writes_processed", 0],
    ["reply_buffer_shrinks", 0],
    ["reply_buffer_expands", 0],
  ];
}

function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(2);
}
