/**
 * Giving a key a deadline, with all that follows from it. Several commands do so, of several modules.
 *
 * @module
 */
import type { Int64 } from "../base/number.ts";
import { lazyfreeLazyExpire } from "../config/options/memory.ts";
import type { Key } from "../structures/key.ts";
import type { CommandContext } from "./context.ts";
import { delEvent, expireEvent } from "./events.ts";

/**
 * Gives an existing key a deadline, in Unix milliseconds. One that has passed removes the key at once, unless it is for
 * somebody else to decide about that. AOF and replicas get what happened in place of the command: `PEXPIREAT`, `DEL` or
 * `UNLINK`. The first keeps what the command says beside key and time, from its argument `restFrom` on.
 *
 * `replyTo` replies, before the event of a deadline and behind that of a removal.
 */
export function expireAt(
  context: CommandContext,
  key: Key,
  deadlineMs: Int64,
  restFrom = Infinity,
  replyTo?: (context: CommandContext) => void,
): void {
  const { args, db, host } = context;
  if (deadlineMs <= context.nowMs && !host.isReplica && !host.isApplying) {
    const lazily = context.config.get(lazyfreeLazyExpire);
    db.remove(key, lazily);
    db.changed(key, delEvent);
    replyTo?.(context);
    context.propagate(lazily ? "UNLINK" : "DEL", key.toBytes());
    return;
  }
  const kept = deadlineMs < 0 ? 0 : deadlineMs;
  db.setDeadline(key, kept);
  replyTo?.(context);
  db.changed(key, expireEvent);
  if (!context.propagates) return;
  const rest: Uint8Array[] = [];
  for (let i = restFrom; i < args.count; i++) rest.push(args.bytes(i));
  context.propagate("PEXPIREAT", key.toBytes(), kept, ...rest);
}
