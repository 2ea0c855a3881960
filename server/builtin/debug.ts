/**
 * `DEBUG`: what tests of the server, of its clients and of those who operate it need, and nobody else should use. Who may
 * is said by `enable-debug-command`.
 *
 * Left out of Redis 7.0's sub-commands is what looks into C structures that are not here (`LISTPACK`, `QUICKLIST`,
 * `SDSLEN`, `STRUCTSIZE`, `MALLCTL`, `LEAK`, `REPLYBUFFER`, `STRINGMATCH-TEST`), what restarts the process, which Deno
 * cannot do from within (`RESTART`, `CRASH-AND-RECOVER`), and what belongs to parts of the server that bring it along.
 *
 * @module
 */
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import { ReplyError } from "../protocol/errors.ts";
import { datasetSubcommands } from "./debug/dataset.ts";
import { processSubcommands } from "./debug/process.ts";
import { protocolSubcommand } from "./debug/protocol.ts";
import type { DebugSubcommand } from "./debug/subcommand.ts";
import type { ServerParts } from "./parts.ts";

/** Characters of an unknown sub-command that the error shows. */
const NAME_SHOWN_MAX = 128;

/** The `DEBUG` command of a server. */
export function debugCommand(parts: ServerParts): CommandDefinition {
  const subcommands = [...datasetSubcommands(parts), ...processSubcommands(parts), protocolSubcommand];
  subcommands.sort((a, b) => a.name < b.name ? -1 : 1);
  return defineCommand({
    name: "DEBUG",
    summary: "A container for debugging commands",
    since: "1.0.0",
    group: "server",
    complexity: "Depends on subcommand.",
    syscmd: true,
    arity: -2,
    flags: ["admin", "noscript", "loading", "stale", "protected"],
    run: (context) => debug(subcommands, context),
  });
}

function debug(subcommands: readonly DebugSubcommand[], context: CommandContext): void {
  const { args, reply } = context;
  const words = args.count - 2;
  if (args.is(1, "HELP") && words === 0) return replyHelp(reply, "DEBUG", subcommands.flatMap(helpLines));
  const subcommand = subcommands.find(({ name }) => args.is(1, name));
  if (subcommand === undefined || words < subcommand.words[0] || words > subcommand.words[1]) {
    const name = args.text(1).split("\0", 1)[0].slice(0, NAME_SHOWN_MAX);
    throw new ReplyError(`ERR unknown subcommand or wrong number of arguments for '${name}'. Try DEBUG HELP.`);
  }
  subcommand.run(context);
}

function helpLines({ help: [syntax, ...explanation] }: DebugSubcommand): string[] {
  return [syntax, ...explanation.map((line) => `    ${line}`)];
}
