/**
 * `INFO`: what the server knows about itself, in sections of `name:value` lines.
 * Source: https://redis.io/docs/latest/commands/info/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import type { InfoContribution, InfoFields, InfoLevel } from "../observe/info.ts";
import { clientFields } from "./info/clients.ts";
import { commandFields, errorFields, latencyFields } from "./info/commands.ts";
import { keyspaceFields, moduleFields } from "./info/dataset.ts";
import { memoryFields } from "./info/memory.ts";
import { persistenceFields } from "./info/persistence.ts";
import { cpuFields, serverFields } from "./info/process.ts";
import { clusterFields, replicationFields } from "./info/replication.ts";
import { statisticsFields } from "./info/statistics.ts";
import type { ServerParts } from "./parts.ts";

/** The sections, in the order in which they are shown. */
const SECTIONS: readonly (readonly [title: string, level: InfoLevel, fields: (parts: ServerParts) => InfoFields])[] = [
  ["Server", "default", serverFields],
  ["Clients", "default", clientFields],
  ["Memory", "default", memoryFields],
  ["Persistence", "default", persistenceFields],
  ["Stats", "default", statisticsFields],
  ["Replication", "default", replicationFields],
  ["CPU", "default", cpuFields],
  ["Modules", "default", moduleFields],
  ["Commandstats", "all", commandFields],
  ["Errorstats", "default", errorFields],
  ["Latencystats", "all", latencyFields],
  ["Cluster", "default", clusterFields],
  ["Keyspace", "default", keyspaceFields],
];

/** The `INFO` command of a server. Defines the sections. */
export function infoCommand(parts: ServerParts): CommandDefinition {
  for (const [title, level, fields] of SECTIONS) {
    parts.info.define({ title, level, fields: () => fields(parts) });
  }
  parts.info.addContributor(() => moduleContributions(parts));
  return defineCommand({
    name: "INFO",
    summary: "Get information and statistics about the server",
    since: "1.0.0",
    group: "server",
    complexity: "O(1)",
    arity: -1,
    flags: ["loading", "stale"],
    categories: ["dangerous"],
    tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
    arguments: [argument.string("section", { optional: true, multiple: true })],
    history: [["7.0.0", "Added support for taking multiple section arguments."]],
    run: (context) => info(parts, context),
  });
}

function info(parts: ServerParts, { args, reply }: CommandContext): void {
  const asked = Array.from({ length: args.count - 1 }, (_, i) => args.text(i + 1));
  reply.verbatim(parts.info.text(asked));
}

/** Sections of third-party modules are shown with `everything` only, as long as they are not asked for by name. */
function* moduleContributions({ host, modules }: ServerParts): Iterable<InfoContribution> {
  for (const { definition, path } of modules.all) {
    for (const { section, fields } of definition.info ?? []) {
      yield { section, level: path === "" ? "default" : "everything", fields: () => fields(host) };
    }
  }
}
