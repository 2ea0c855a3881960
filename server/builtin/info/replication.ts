/**
 * `INFO replication` and `INFO cluster`, of a master on its own.
 *
 * @module
 */
import { clusterEnabled } from "../../config/options/cluster.ts";
import { replBacklogSize } from "../../config/options/replication.ts";
import type { InfoFields } from "../../observe/info.ts";
import type { ServerParts } from "../parts.ts";

export function replicationFields({ config, replicationId }: ServerParts): InfoFields {
  return [
    ["role", "master"],
    ["connected_slaves", 0],
    ["master_failover_state", "no-failover"],
    ["master_replid", replicationId],
    ["master_replid2", "0".repeat(replicationId.length)],
    ["master_repl_offset", 0],
    ["second_repl_offset", -1],
    ["repl_backlog_active", 0],
    ["repl_backlog_size", config.get(replBacklogSize)],
    ["repl_backlog_first_byte_offset", 0],
    ["repl_backlog_histlen", 0],
  ];
}

export function clusterFields({ config }: ServerParts): InfoFields {
  return [["cluster_enabled", config.get(clusterEnabled) ? 1 : 0]];
}
