import type { ReplyWriter } from "../protocol/reply_writer.ts";

/**
 * Replies to a container's `HELP` as all of Redis's containers do: a line of syntax, for each sub-command its syntax and
 * an indented explanation, at last `HELP` itself.
 *
 * @param container the container's name, upper case.
 * @param lines what is between, without `HELP`: `["COUNT", "    Return the total number of commands."]`.
 */
export function replyHelp(reply: ReplyWriter, container: string, lines: readonly string[]): void {
  reply.array(lines.length + 3);
  reply.status(`${container} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`);
  for (const line of lines) reply.status(line);
  reply.status("HELP");
  reply.status("    Prints this help.");
}
