/**
 * Expiry: the commands that give keys a deadline, and the removal of keys whose deadline has passed, when they are asked
 * for (`lazy_check.ts`) and when nobody does (`active_cycle.ts`). The deadline itself is part of every entry.
 *
 * @module
 */
import { defineModule, moduleState } from "../../server/api/mod.ts";
import { ActiveCycle } from "./active_cycle.ts";
import { keyExpired } from "./lazy_check.ts";
import { remainingTimeCommands } from "./remaining_time.ts";
import { deadlineCommands } from "./set_deadline.ts";

const activeCycle = moduleState((host) => new ActiveCycle(host));

/** The expiry module. */
export default defineModule({
  name: "expiry",
  version: 1,
  api: 1,
  commands: [...deadlineCommands, ...remainingTimeCommands],
  hooks: {
    keyExpired,
    cron: (_subject, host) => host.state(activeCycle).run(),
  },
});
