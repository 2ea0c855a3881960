/**
 * `TIME`.
 *
 * @module
 */
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { Clock } from "../base/clock.ts";

const SECOND_MICROSECONDS = 1_000_000;

/** The `TIME` command by a clock. */
export function timeCommand(clock: Clock): CommandDefinition {
  return defineCommand({
    name: "TIME",
    summary: "Return the current server time",
    since: "2.6.0",
    group: "server",
    complexity: "O(1)",
    arity: 1,
    flags: ["loading", "stale", "fast"],
    tips: ["nondeterministic_output"],
    run({ reply }) {
      const now = clock.readMicroseconds();
      reply.array(2);
      reply.integerText(Math.floor(now / SECOND_MICROSECONDS));
      reply.integerText(now % SECOND_MICROSECONDS);
    },
  });
}
