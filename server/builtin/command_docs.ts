/**
 * What `COMMAND DOCS` says about a command: all that a person, or a client that helps one, needs to write it.
 * Source: https://redis.io/docs/latest/commands/command-docs/
 *
 * @module
 */
import type { ArgumentSpec } from "../api/command.ts";
import type { Command } from "../commands/command.ts";
import { type ReplyFields, statuses } from "./reply_tree.ts";

/** The documentation of a command, its sub-commands' within. */
export function commandDocs(command: Command): ReplyFields {
  const { definition, subcommands } = command;
  const { deprecated, history, arguments: args } = definition;
  return {
    summary: definition.summary,
    since: definition.since,
    group: command.group,
    complexity: definition.complexity,
    module: command.module,
    doc_flags: flagSet({ deprecated: deprecated !== undefined, syscmd: definition.syscmd }),
    deprecated_since: deprecated?.since,
    replaced_by: deprecated?.replacedBy,
    history: history && new Set(history),
    arguments: args?.map(argumentDocs),
    subcommands: subcommands &&
      Object.fromEntries(subcommands.items.map((subcommand) => [subcommand.name, commandDocs(subcommand)])),
  };
}

function argumentDocs(argument: ArgumentSpec): ReplyFields {
  return {
    name: argument.name,
    type: argument.type,
    key_spec_index: argument.keySpecIndex,
    token: argument.token,
    summary: argument.summary,
    since: argument.since,
    deprecated_since: argument.deprecatedSince,
    flags: flagSet({
      optional: argument.optional,
      multiple: argument.multiple,
      multiple_token: argument.multipleToken,
    }),
    arguments: argument.arguments?.map(argumentDocs),
  };
}

/** The names of the flags that are set; nothing where none is. */
function flagSet(flags: Readonly<Record<string, boolean | undefined>>): ReturnType<typeof statuses> | undefined {
  const names = Object.keys(flags).filter((name) => flags[name]);
  return names.length === 0 ? undefined : statuses(names);
}
