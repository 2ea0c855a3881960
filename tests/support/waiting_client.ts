/**
 * A client of an in-memory server that may wait for keys, which that server's own session does not.
 *
 * @module
 */
import type { CommandArgument } from "../../server/api/context.ts";
import { Session } from "../../server/commands/session.ts";
import { Arguments } from "../../server/protocol/arguments.ts";
import { escapeBytes } from "./bytes.ts";
import type { InMemoryServer } from "./in_memory_server.ts";

/** A session of its own. */
export class WaitingClient extends Session {
  readonly #server: InMemoryServer;

  constructor(server: InMemoryServer, id: number) {
    super(id, server.parts.keyspace.databases[0], server.clock.nowMs, "", "");
    this.#server = server;
  }

  override get internal(): boolean {
    return false;
  }

  /** Sends a request. */
  request(...words: CommandArgument[]): void {
    const { dispatcher } = this.#server.parts;
    dispatcher.begin();
    dispatcher.execute(this, Arguments.of(words));
    dispatcher.end();
  }

  override send(message: Uint8Array, size: number = message.length): void {
    this.output.part(message, 0, size);
  }

  /** What has been replied and sent since the last call: RESP, line ends as blanks. */
  get received(): string {
    const text = escapeBytes(this.output.buffer.slice(0, this.output.length));
    this.output.truncate(0);
    return text.replaceAll("\\r\\n", " ").trimEnd();
  }

  /** Ends a wait without a reply. */
  giveUp(): void {
    if (this.waiter !== null) this.#server.parts.dispatcher.blocking.remove(this.waiter);
  }
}
