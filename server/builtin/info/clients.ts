/**
 * `INFO clients`.
 *
 * @module
 */
import { maxclients } from "../../config/options/clients.ts";
import type { InfoFields } from "../../observe/info.ts";
import type { ServerParts } from "../parts.ts";

export function clientFields({ clients, config, dispatcher }: ServerParts): InfoFields {
  const suspended = [...clients.all].filter((client) => client.suspended);
  return [
    ["connected_clients", clients.count],
    ["cluster_connections", 0],
    ["maxclients", config.get(maxclients)],
    ["client_recent_max_input_buffer", clients.queryBytesPeak],
    ["client_recent_max_output_buffer", clients.outputBytesPeak],
    ["blocked_clients", suspended.length],
    ["tracking_clients", 0],
    ["clients_in_timeout_table", dispatcher.blocking.timedCount],
  ];
}
