/**
 * The reference of all commands as Markdown, from their definitions alone.
 *
 * @module
 */
import type { CommandGroup, KeySpec } from "../server/api/command.ts";
import type { Command } from "../server/commands/command.ts";
import { Category, Flag, namesOf } from "../server/commands/flags.ts";
import { commandSyntax } from "./command_syntax.ts";

/** Headings in the order of the reference. */
const TITLES: Readonly<Record<CommandGroup, string>> = {
  string: "Strings",
  bitmap: "Bitmaps",
  list: "Lists",
  hash: "Hashes",
  set: "Sets",
  "sorted-set": "Sorted sets",
  stream: "Streams",
  hyperloglog: "HyperLogLog",
  geo: "Geospatial indexes",
  generic: "Keys of any type",
  pubsub: "Publish and subscribe",
  transactions: "Transactions",
  scripting: "Scripts and functions",
  connection: "Connection",
  server: "Server",
  cluster: "The cluster",
  sentinel: "Sentinel",
  module: "Modules",
};

const PREFACE = `# Commands

Every command of the default server, generated from the commands' definitions by \`tools/command_reference.ts\`.
Behaviour is that of Redis 7.0; "since" is the version of Redis that brought the command.
`;

/** The whole reference. Commands are in alphabetical order within their group. */
export function commandReference(commands: Iterable<Command>): string {
  const all = [...commands].sort(byName);
  const groups = (Object.keys(TITLES) as CommandGroup[])
    .map((group) => ({ title: TITLES[group], members: all.filter((command) => command.group === group) }))
    .filter(({ members }) => members.length > 0);
  const contents = groups.map(({ title, members }) =>
    `- [${title}](#${anchor(title)}): ${members.map(({ name }) => `[${name.toUpperCase()}](#${name})`).join(", ")}`
  );
  const sections = groups.map(({ title, members }) => `## ${title}\n\n${members.map(commandText).join("\n")}`);
  return [PREFACE, contents.join("\n") + "\n", ...sections].join("\n");
}

function commandText(command: Command): string {
  const subcommands = [...(command.subcommands?.items ?? [])].sort(byName);
  return `### ${command.name.toUpperCase()}\n\n${details(command)}\n` +
    subcommands.map((subcommand) => `\n#### ${displayName(subcommand)}\n\n${details(subcommand)}\n`).join("");
}

/** Everything below a command's heading. */
function details(command: Command): string {
  const { summary, deprecated, run, arguments: args = [] } = command.definition;
  const paragraphs = [sentence(summary), factsText(command)];
  if (run !== undefined) paragraphs.unshift(`    ${commandSyntax(displayName(command), args)}`);
  if (deprecated !== undefined) {
    paragraphs.splice(-1, 0, `**Deprecated** since ${deprecated.since}: use ${deprecated.replacedBy}.`);
  }
  return paragraphs.join("\n\n");
}

function factsText({ definition, flags, categories, keySpecs }: Command): string {
  const { since, complexity, history = [] } = definition;
  const facts = [
    `Since ${since}.`,
    `Flags: ${codes(namesOf(Flag, flags))}.`,
    `ACL categories: ${codes(namesOf(Category, categories).map((name) => `@${name}`))}.`,
  ];
  if (complexity !== undefined) facts.splice(1, 0, `Complexity: ${sentence(complexity)}`);
  if (keySpecs.length > 0) facts.push(`Keys: ${keySpecs.map(keySpecText).join("; ")}.`);
  return [...facts, ...history.map(([version, change]) => `${version}: ${change}`)].map((fact) => `- ${fact}`).join(
    "\n",
  );
}

/** Where keys are and what happens to them: `argument 1 (RO, access)`. */
function keySpecText({ begin, find, flags }: KeySpec): string {
  return `${placeText(begin, find)} (${flags.join(", ")})`;
}

function placeText(begin: KeySpec["begin"], find: KeySpec["find"]): string {
  if (begin === "unknown" || find === "unknown") return "depending on the options";
  const start = "index" in begin ? `argument ${begin.index}` : `after \`${begin.keyword}\``;
  if ("keyNumIndex" in find) return `as many as ${start} says, behind it`;
  if (find.lastKey === 0) return start;
  const step = find.step === 1 ? "" : `, one in ${find.step}`;
  if (find.limit > 1) return `${start}, the first 1/${find.limit} of the rest${step}`;
  return `${start} to ${find.lastKey > 0 && "index" in begin ? begin.index + find.lastKey : `${find.lastKey}`}${step}`;
}

function displayName({ name }: Command): string {
  return name.toUpperCase().replace("|", " ");
}

function codes(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", ");
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-");
}

/** By code unit, so that the order is the same everywhere. */
function byName(a: Command, b: Command): number {
  return a.name < b.name ? -1 : 1;
}
