/**
 * Requests that wait until something is over; they run then as if they had just come, in the order in which they came.
 *
 * @module
 */
import type { Session } from "../commands/session.ts";
import type { Arguments } from "../protocol/arguments.ts";
import type { ServerParts } from "./parts.ts";

export class PostponedRequests {
  readonly #waiting = new Set<Session>();

  constructor(readonly parts: ServerParts) {
    parts.clients.disconnectedListeners.push((client) => this.#waiting.delete(client));
  }

  /** Whether anybody waits. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Lets a client wait with a request. */
  add(client: Session, args: Arguments): void {
    client.postponed = args.clone();
    this.#waiting.add(client);
  }

  /** Runs what has waited, after whatever runs now. */
  release(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    queueMicrotask(() => waiting.forEach((client) => this.#run(client)));
  }

  #run(client: Session): void {
    const { dispatcher } = this.parts;
    const args = client.postponed;
    if (args === null || client.closed) return;
    client.postponed = null;
    dispatcher.begin();
    dispatcher.execute(client, args);
    dispatcher.end();
    client.flush();
    client.resume();
  }
}
