/**
 * `CLIENT PAUSE`: requests wait, all or only those that may write, until the time is up or somebody ends the pause.
 * Meanwhile nothing expires or is evicted either, so the dataset stands still.
 *
 * @module
 */
import { GateOrder, HANDLED } from "../commands/dispatcher.ts";
import { Flag } from "../commands/flags.ts";
import type { ServerParts } from "./parts.ts";
import { PostponedRequests } from "./postponed_requests.ts";

export class Pause {
  readonly #postponed: PostponedRequests;
  readonly #activate: (active: boolean) => void;
  #writesOnly = false;
  #untilMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly parts: ServerParts) {
    this.#postponed = new PostponedRequests(parts);
    this.#activate = parts.dispatcher.addGate(GateOrder.pause, (client, command, args) => {
      if (client.internal) return undefined;
      const flags = command.flagsFor(client, args, parts.host);
      if (this.#writesOnly && (flags & (Flag.write | Flag.may_replicate)) === 0) return undefined;
      this.#postponed.add(client, args);
      return HANDLED;
    });
  }

  /** Begins or prolongs a pause; one that is under way is never shortened or loosened. */
  begin(milliseconds: number, writesOnly: boolean): void {
    const { keyspace } = this.parts;
    const paused = this.#timer !== undefined;
    this.#untilMs = Math.max(paused ? this.#untilMs : 0, keyspace.clock.nowMs + milliseconds);
    this.#writesOnly = writesOnly && (!paused || this.#writesOnly);
    this.parts.setMayExpire(false);
    this.#activate(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), Math.min(2 ** 31 - 1, this.#untilMs - keyspace.clock.nowMs));
  }

  /** Ends the pause and runs what has waited, in the order of arrival. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#activate(false);
    this.parts.setMayExpire(true);
    this.#postponed.release();
  }
}
