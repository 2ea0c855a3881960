/**
 * A server whose present command takes long: what others send waits and, from `busy-reply-threshold` on, is refused, but for the
 * few commands that can help.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/#running-slow-scripts
 *
 * @module
 */
import { GateOrder, HANDLED } from "../commands/dispatcher.ts";
import { Flag } from "../commands/flags.ts";
import { busyReplyThreshold } from "../config/options/scripting.ts";
import type { ServerParts } from "./parts.ts";
import { PostponedRequests } from "./postponed_requests.ts";

/** Takes care of what others send while a command is suspended. */
export function refuseWhileBusy(parts: ServerParts): void {
  const { config, dispatcher } = parts;
  const postponed = new PostponedRequests(parts);
  let isOverdue = false;
  const activate = dispatcher.addGate(GateOrder.busy, (client, command, args) => {
    const { refusal } = dispatcher.suspended!.longRun;
    if (!isOverdue && !client.internal) {
      postponed.add(client, args);
      return HANDLED;
    }
    return (command.flags & Flag.allow_busy) === 0 ? refusal : undefined;
  });
  dispatcher.suspensionListeners.push(() => {
    const { suspended } = dispatcher;
    activate(suspended !== null);
    const milliseconds = config.get(busyReplyThreshold);
    const wasOverdue = isOverdue;
    // A command that waits for its client takes no time.
    const isRunning = suspended !== null && !suspended.unfinished[0].listens;
    isOverdue = isRunning && milliseconds > 0 && performance.now() - suspended.sinceMs >= milliseconds;
    if (isOverdue && !wasOverdue) suspended!.longRun.onOverdue?.(milliseconds);
    if ((isOverdue || suspended === null) && !postponed.isEmpty) postponed.release();
  });
}
