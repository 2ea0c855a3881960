/**
 * A command that goes on in a later turn of the event loop: a script that runs for long, and the transaction that it may be
 * part of, or one that talks to its client.
 *
 * Between two turns the server looks at everything else, but nothing may change the dataset, as nothing comes between the parts
 * of any other command: a gate holds back what clients send, whoever acts on the server's own account waits for the end, and
 * the time that the command sees stands still.
 *
 * @module
 */
import type { LongRun } from "../api/context.ts";
import type { Frame, Propagated, Step } from "./execution.ts";
import type { Session } from "./session.ts";

/** A handler that has left without having come to its end. */
export interface Unfinished {
  frame: Frame;
  /** How it goes on. */
  step: Step;
  /** Whether that is with the next request of its client. */
  listens: boolean;
  /** What there was before the handler began: bytes of replies, errors, changes. */
  readonly replyStart: number;
  readonly errors: number;
  readonly dirty: number;
  /** How long it has run. */
  microseconds: number;
  /** What else is to be done at its end. */
  atEnd: () => void;
}

/** A command between two turns. */
export interface Suspended {
  /** Whose command it is. */
  readonly client: Session;
  /** From the innermost to the one that the client sent. */
  readonly unfinished: Unfinished[];
  /** Changes that have not been sent on yet. */
  propagated: Propagated[];
  /** Whether its lookups count as access. */
  readonly touching: boolean;
  /** The time that it sees. */
  readonly nowMs: number;
  /** When it began, or went on after it had waited for its client, as `performance.now()` tells. */
  sinceMs: number;
  /** What others hear of it. */
  longRun: LongRun;
}
