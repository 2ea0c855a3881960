/**
 * `COMMAND`: the server's commands, described by themselves. Everything it says comes from the definitions.
 * Source: https://redis.io/docs/latest/commands/command/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import { globMatch } from "../base/glob.ts";
import type { Command } from "../commands/command.ts";
import type { CommandTable } from "../commands/command_table.ts";
import { Category } from "../commands/flags.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { SYNTAX_ERROR } from "../protocol/errors.ts";
import { commandDetails } from "./command_details.ts";
import { commandDocs } from "./command_docs.ts";
import { getKeys, getKeysAndFlags } from "./command_keys.ts";
import { replyTree } from "./reply_tree.ts";

/** `COMMAND` over the commands of `table`. */
export function commandOn(table: CommandTable): CommandDefinition {
  return defineCommand({
    name: "COMMAND",
    summary: "Get array of Redis command details",
    since: "2.8.13",
    group: "server",
    complexity: "O(N) where N is the total number of Redis commands",
    arity: -1,
    flags: ["loading", "stale"],
    categories: ["connection"],
    tips: ["nondeterministic_output_order"],
    subcommands: [
      {
        name: "COUNT",
        summary: "Get total number of Redis commands",
        since: "2.8.13",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        categories: ["connection"],
        run: ({ reply }) => reply.integer(table.count),
      },
      {
        name: "DOCS",
        summary: "Get array of specific Redis command documentation",
        since: "7.0.0",
        complexity: "O(N) where N is the number of commands to look up",
        arity: -2,
        flags: ["loading", "stale"],
        categories: ["connection"],
        tips: ["nondeterministic_output_order"],
        arguments: [argument.string("command-name", { optional: true, multiple: true })],
        run: (context) => replyDocs(table, context),
      },
      {
        name: "GETKEYS",
        summary: "Extract keys given a full Redis command",
        since: "2.8.13",
        complexity: "O(N) where N is the number of arguments to the command",
        arity: -4,
        flags: ["loading", "stale"],
        categories: ["connection"],
        run: (context) => getKeys(table, context),
      },
      {
        name: "GETKEYSANDFLAGS",
        summary: "Extract keys and access flags given a full Redis command",
        since: "7.0.0",
        complexity: "O(N) where N is the number of arguments to the command",
        arity: -4,
        flags: ["loading", "stale"],
        categories: ["connection"],
        run: (context) => getKeysAndFlags(table, context),
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        categories: ["connection"],
        run: ({ reply }) => replyHelp(reply, "COMMAND", HELP),
      },
      {
        name: "INFO",
        summary: "Get array of specific Redis command details, or all when no argument is given.",
        since: "2.8.13",
        complexity: "O(N) where N is the number of commands to look up",
        arity: -2,
        flags: ["loading", "stale"],
        categories: ["connection"],
        tips: ["nondeterministic_output_order"],
        arguments: [argument.string("command-name", { optional: true, multiple: true })],
        history: [["7.0.0", "Allowed to be called with no argument to get info on all commands."]],
        run: (context) => replyDetails(table, context),
      },
      {
        name: "LIST",
        summary: "Get an array of Redis command names",
        since: "7.0.0",
        complexity: "O(N) where N is the total number of Redis commands",
        arity: -2,
        flags: ["loading", "stale"],
        categories: ["connection"],
        tips: ["nondeterministic_output_order"],
        arguments: [
          argument.oneOf("filterby", [
            argument.string("module-name", { token: "MODULE" }),
            argument.string("category", { token: "ACLCAT" }),
            argument.pattern("pattern", { token: "PATTERN" }),
          ], { token: "FILTERBY", optional: true }),
        ],
        run: (context) => replyNames(table, context),
      },
    ],
    run: (context) => replyAllDetails(table, context),
  });
}

function replyAllDetails(table: CommandTable, { reply }: CommandContext): void {
  reply.array(table.count);
  for (const command of table) replyTree(reply, commandDetails(command));
}

/** Names in the order in which they were asked for, a null for each that is unknown. */
function replyDetails(table: CommandTable, context: CommandContext): void {
  const { args, reply } = context;
  if (args.count === 2) return replyAllDetails(table, context);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    const command = table.get(args.text(i));
    if (command === undefined) reply.null();
    else replyTree(reply, commandDetails(command));
  }
}

/** Here unknown names are left out. */
function replyDocs(table: CommandTable, { args, reply }: CommandContext): void {
  const commands = args.count === 2 ? [...table] : namedCommands(table, args);
  reply.map(commands.length);
  for (const command of commands) {
    reply.text(command.name);
    replyTree(reply, commandDocs(command));
  }
}

function namedCommands(table: CommandTable, args: Arguments): Command[] {
  const commands: Command[] = [];
  for (let i = 2; i < args.count; i++) {
    const command = table.get(args.text(i));
    if (command !== undefined) commands.push(command);
  }
  return commands;
}

function replyNames(table: CommandTable, { args, reply }: CommandContext): void {
  const isWanted = args.count === 2 ? () => true : filterOf(args);
  const commands = [...table.withSubcommands()].filter(isWanted);
  reply.array(commands.length);
  for (const { name } of commands) reply.text(name);
}

/** The condition of `FILTERBY MODULE name | ACLCAT category | PATTERN pattern`. */
function filterOf(args: Arguments): (command: Command) => boolean {
  if (args.count !== 5 || !args.is(2, "FILTERBY")) throw SYNTAX_ERROR;
  if (args.is(3, "MODULE")) {
    const module = args.text(4);
    return (command) => command.module === module;
  }
  if (args.is(3, "ACLCAT")) {
    const bit = new Map<string, number>(Object.entries(Category)).get(args.text(4).toLowerCase()) ?? 0;
    return (command) => (command.categories & bit) !== 0;
  }
  if (args.is(3, "PATTERN")) {
    const pattern = args.view(4);
    return (command) => globMatch(pattern, command.nameBytes, true);
  }
  throw SYNTAX_ERROR;
}

const HELP = [
  "(no subcommand)",
  "    Return details about all Redis commands.",
  "COUNT",
  "    Return the total number of commands in this Redis server.",
  "LIST",
  "    Return a list of all commands in this Redis server.",
  "INFO [<command-name> ...]",
  "    Return details about multiple Redis commands.",
  "    If no command names are given, documentation details for all",
  "    commands are returned.",
  "DOCS [<command-name> ...]",
  "    Return documentation details about multiple Redis commands.",
  "    If no command names are given, documentation details for all",
  "    commands are returned.",
  "GETKEYS <full-command>",
  "    Return the keys from a full Redis command.",
  "GETKEYSANDFLAGS <full-command>",
  "    Return the keys and the access flags from a full Redis command.",
];
