/**
 * The line of `CLIENT LIST` about a client.
 * Source: https://redis.io/docs/latest/commands/client-list/
 *
 * @module
 */
import type { Session } from "../commands/session.ts";
import { Connection } from "./connection.ts";

/** Fields as Redis 7.0 prints them, in its order. */
export function describeClient(client: Session): string {
  const nowMs = Date.now();
  const connection = client instanceof Connection ? client : null;
  const pending = connection?.reader.pendingBytes ?? 0;
  const capacity = connection?.reader.bufferBytes ?? 0;
  const outputBytes = connection?.pendingOutputBytes ?? 0;
  const memory = connection?.bufferBytes ?? 0;
  const fields: [string, string | number][] = [
    ["id", client.id],
    ["addr", client.address],
    ["laddr", client.localAddress],
    ["fd", connection === null ? -1 : client.id + 7],
    ["name", client.name],
    ["age", Math.max(0, Math.floor((nowMs - client.createdMs) / 1000))],
    ["idle", Math.max(0, Math.floor((nowMs - client.lastActiveMs) / 1000))],
    ["flags", flagsOf(client)],
    ["db", client.databaseIndex],
    ["sub", client.channelCount],
    ["psub", client.patternCount],
    ["ssub", client.shardChannelCount],
    ["multi", client.queuedCount],
    ["qbuf", pending],
    ["qbuf-free", Math.max(0, capacity - pending)],
    ["argv-mem", client.argumentBytes],
    ["multi-mem", client.queuedBytes],
    ["rbs", client.output.buffer.length],
    ["rbp", client.output.buffer.length],
    ["obl", outputBytes],
    ["oll", 0],
    ["omem", 0],
    ["tot-mem", memory],
    ["events", client.closed ? "" : connection?.writing ? "rw" : "r"],
    ["cmd", client.lastCommand?.name ?? "NULL"],
    ["user", client.user],
    ["redir", client.redirectId],
    ["resp", client.version],
  ];
  if (client.libraryName !== "") fields.push(["lib-name", client.libraryName]);
  if (client.libraryVersion !== "") fields.push(["lib-ver", client.libraryVersion]);
  return fields.map(([name, value]) => `${name}=${value}`).join(" ");
}

/** Letters in the order in which they are shown. */
const FLAGS = "OPxbtRBdcUe";

function flagsOf(client: Session): string {
  let flags = client.flags;
  if (client.monitoring) flags += "O";
  if (client.subscribed) flags += "P";
  if (client.queuedCount >= 0) flags += "x";
  if (client.suspended) flags += "b";
  if (client.closing) flags += "c";
  if (client.exempt) flags += "e";
  if (client instanceof Connection && client.localAddress.endsWith(":0")) flags += "U";
  return [...FLAGS].filter((letter) => flags.includes(letter)).join("") || "N";
}
