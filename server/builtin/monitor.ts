/**
 * `MONITOR`: a client gets every command as it runs.
 * Source: https://redis.io/docs/latest/commands/monitor/
 *
 * A line is made once for all monitors, and only while there are any. It counts for the output limit of each.
 *
 * @module
 */
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import { REPLY_OFF, type Session } from "../commands/session.ts";
import type { ShownArguments } from "../commands/shown_arguments.ts";
import { quoteBytes } from "../config/quoting.ts";
import { Connection } from "../network/connection.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ServerParts } from "./parts.ts";

const NOT_HERE = new ReplyError("ERR MONITOR isn't allowed for DENY BLOCKING client");

/** The `MONITOR` command of a server. */
export function monitorCommand(parts: ServerParts): CommandDefinition {
  const monitors = new Monitors(parts);
  return defineCommand({
    name: "MONITOR",
    summary: "Listen for all requests received by the server in real time",
    since: "1.0.0",
    group: "server",
    arity: 1,
    flags: ["admin", "noscript", "loading", "stale"],
    run({ client, mayBlock, reply }) {
      if (!mayBlock) throw NOT_HERE;
      if (monitors.add(client as Session)) reply.ok();
    },
  });
}

/** The clients that listen. */
class Monitors {
  readonly #clients = new Set<Session>();
  readonly #parts: ServerParts;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    parts.clients.disconnectedListeners.push((client) => this.#remove(client));
    parts.clients.resetListeners.push((client) => this.#remove(client));
  }

  /** False where the client listens already. */
  add(client: Session): boolean {
    if (client.monitoring) return false;
    client.monitoring = true;
    this.#clients.add(client);
    this.#parts.dispatcher.monitor = (source, args) => this.#feed(source, args);
    return true;
  }

  #remove(client: Session): void {
    client.monitoring = false;
    if (this.#clients.delete(client) && this.#clients.size === 0) this.#parts.dispatcher.monitor = null;
  }

  #feed(source: Session, args: ShownArguments): void {
    const { clients, keyspace } = this.#parts;
    const line = lineOf(keyspace.clock.readMicroseconds(), source, args);
    for (const client of this.#clients) {
      if (client.replyMode === REPLY_OFF || (client instanceof Connection && client.closing)) continue;
      client.output.status(line);
      clients.pushed(client);
    }
  }
}

/** `1700000000.123456 [0 127.0.0.1:1234] "SET" "k" "v"` */
function lineOf(microseconds: number, { address, databaseIndex }: Session, args: ShownArguments): string {
  const fraction = String(microseconds % 1_000_000).padStart(6, "0");
  // A Unix socket has no port.
  const source = address.endsWith(":0") ? `unix:${address.slice(0, -2)}` : address;
  let line = `${Math.floor(microseconds / 1_000_000)}.${fraction} [${databaseIndex} ${source}]`;
  for (let i = 0; i < args.count; i++) line += ` ${quoteBytes(args.bytes(i))}`;
  return line;
}
