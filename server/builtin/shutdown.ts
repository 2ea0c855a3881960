/**
 * `SHUTDOWN`.
 * Source: https://redis.io/docs/latest/commands/shutdown/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import { ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";
import type { Arguments } from "../protocol/arguments.ts";
import type { ServerParts, ShutdownOptions } from "./parts.ts";

const NONE_IN_PROGRESS = new ReplyError("ERR No shutdown in progress.");

/** The `SHUTDOWN` command of a server. */
export function shutdownCommand(parts: ServerParts): CommandDefinition {
  return defineCommand({
    name: "SHUTDOWN",
    summary: "Synchronously save the dataset to disk and then shut down the server",
    since: "1.0.0",
    group: "server",
    complexity:
      "O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)",
    arity: -1,
    flags: ["admin", "noscript", "loading", "stale", "no_multi", "allow_busy"],
    arguments: [
      argument.oneOf("nosave_save", [argument.token("nosave", "NOSAVE"), argument.token("save", "SAVE")], {
        optional: true,
      }),
      argument.token("now", "NOW", { since: "7.0.0", optional: true }),
      argument.token("force", "FORCE", { since: "7.0.0", optional: true }),
      argument.token("abort", "ABORT", { since: "7.0.0", optional: true }),
    ],
    history: [["7.0.0", "Added the `NOW`, `FORCE` and `ABORT` modifiers."]],
    run({ args }) {
      const options = parseOptions(args);
      if (options === "abort") throw NONE_IN_PROGRESS;
      const { suspended } = parts.dispatcher;
      if (suspended !== null && options.save !== false) throw suspended.longRun.refusal;
      parts.shutdown(options);
    },
  });
}

/** `ABORT` stands alone, and nothing can be saved and not saved. */
function parseOptions(args: Arguments): ShutdownOptions | "abort" {
  const words = ["SAVE", "NOSAVE", "NOW", "FORCE", "ABORT"];
  const given = new Set<string>();
  for (let i = 1; i < args.count; i++) {
    const word = words.find((word) => args.is(i, word));
    if (word === undefined) throw SYNTAX_ERROR;
    given.add(word);
  }
  if (given.has("SAVE") && given.has("NOSAVE")) throw SYNTAX_ERROR;
  if (given.has("ABORT")) {
    if (given.size > 1) throw SYNTAX_ERROR;
    return "abort";
  }
  const save = given.has("SAVE") ? true : given.has("NOSAVE") ? false : undefined;
  return { save, now: given.has("NOW"), force: given.has("FORCE") };
}
