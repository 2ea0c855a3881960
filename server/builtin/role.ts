/**
 * What a server is among others: a master without replicas. And when it last saved its dataset.
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ServerParts } from "./parts.ts";

const PORT_MAX = 65535;
const BAD_PORT = new ReplyError("ERR Invalid master port");
const NOT_SUPPORTED = new ReplyError("ERR This version of redeno cannot follow a master");

/** The commands of this file. */
export function roleCommands({ lastSave }: ServerParts): readonly CommandDefinition[] {
  const masterArguments = [
    argument.oneOf("args", [
      argument.block("host-port", [argument.string("host"), argument.integer("port")]),
      argument.block("no-one", [argument.token("no", "NO"), argument.token("one", "ONE")]),
    ]),
  ];
  return [
    defineCommand({
      name: "LASTSAVE",
      summary: "Get the UNIX time stamp of the last successful save to disk",
      since: "1.0.0",
      group: "server",
      complexity: "O(1)",
      arity: 1,
      flags: ["loading", "stale", "fast"],
      categories: ["admin", "dangerous"],
      tips: ["nondeterministic_output"],
      run: ({ reply }) => reply.integer(Math.floor(lastSave.atMs / 1000)),
    }),
    defineCommand({
      name: "REPLICAOF",
      summary: "Make the server a replica of another instance, or promote it as master.",
      since: "5.0.0",
      group: "server",
      complexity: "O(1)",
      arity: 3,
      flags: ["admin", "noscript", "stale", "no_async_loading"],
      arguments: masterArguments,
      run: follow,
    }),
    defineCommand({
      name: "ROLE",
      summary: "Return the role of the instance in the context of replication",
      since: "2.8.12",
      group: "server",
      complexity: "O(1)",
      arity: 1,
      flags: ["noscript", "loading", "stale", "fast"],
      categories: ["admin", "dangerous"],
      run({ reply }) {
        reply.array(3);
        reply.text("master");
        reply.integer(0);
        reply.array(0);
      },
    }),
    defineCommand({
      name: "SLAVEOF",
      summary: "Make the server a replica of another instance, or promote it as master.",
      since: "1.0.0",
      group: "server",
      complexity: "O(1)",
      deprecated: { since: "5.0.0", replacedBy: "`REPLICAOF`" },
      arity: 3,
      flags: ["admin", "noscript", "stale", "no_async_loading"],
      arguments: masterArguments,
      run: follow,
    }),
  ];
}

/** `NO ONE` is what a master on its own follows anyway. */
function follow({ args, reply }: CommandContext): void {
  if (args.is(1, "NO") && args.is(2, "ONE")) return reply.ok();
  const port = args.integer(2, BAD_PORT);
  if (port < 0 || port > PORT_MAX) throw BAD_PORT;
  throw NOT_SUPPORTED;
}
