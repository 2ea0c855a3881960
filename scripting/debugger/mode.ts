/**
 * Whether the scripts that a client sends are debugged: `SCRIPT DEBUG`.
 *
 * The C server debugs them, unless it is told otherwise, in a fork of itself, and what they change is gone with that. Here is no
 * fork and so no copy of the dataset: the request is refused. As `redis-cli --ldb` does not look at the reply, scripts that
 * follow are refused, too: they must not change what the client believes to be a copy.
 *
 * @module
 */
import { clientState, ReplyError } from "../../server/api/mod.ts";

export type DebugMode = "no" | "sync" | "refused";

export const NO_COPY = new ReplyError(
  "ERR this server has no copy of the dataset to debug scripts on: use SCRIPT DEBUG SYNC (redis-cli --ldb-sync-mode)",
);

/** What a client has asked for. */
export const debugState = clientState((): { mode: DebugMode } => ({ mode: "no" }));
