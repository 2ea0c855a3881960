/**
 * `MODULE`: third-party modules, loaded from files while the server runs.
 * Source: https://redis.io/docs/latest/commands/module-load/
 *
 * Importing a file takes time and is asynchronous, so the client waits for it while others go on.
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { ReplyWriter } from "../protocol/reply_writer.ts";
import { type LoadedModule, ModuleError } from "../registry/modules.ts";
import type { ServerParts } from "./parts.ts";

const NOT_LOADED = new ReplyError("ERR Error loading the extension. Please check the server logs.");

/** The `MODULE` command of a server. */
export function moduleCommand(parts: ServerParts): CommandDefinition {
  return defineCommand({
    name: "MODULE",
    summary: "A container for module commands",
    since: "4.0.0",
    group: "server",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        run: ({ reply }) => replyHelp(reply, "MODULE", HELP),
      },
      {
        name: "LIST",
        summary: "List all modules loaded by the server",
        since: "4.0.0",
        complexity: "O(N) where N is the number of loaded modules.",
        arity: 2,
        flags: ["admin", "noscript"],
        tips: ["nondeterministic_output_order"],
        run: ({ reply }) => replyModules(parts, reply),
      },
      {
        name: "LOAD",
        summary: "Load a module",
        since: "4.0.0",
        complexity: "O(1)",
        arity: -3,
        flags: ["admin", "noscript", "protected", "no_async_loading"],
        arguments: [argument.string("path"), argument.string("arg", { optional: true, multiple: true })],
        run: (context) => load(parts, context),
      },
      {
        name: "LOADEX",
        summary: "Load a module with extended parameters",
        since: "7.0.0",
        complexity: "O(1)",
        arity: -3,
        flags: ["admin", "noscript", "protected", "no_async_loading"],
        arguments: [
          argument.string("path"),
          argument.block("configs", [argument.string("name"), argument.string("value")], {
            token: "CONFIG",
            optional: true,
            multiple: true,
            multipleToken: true,
          }),
          argument.block("args", [argument.string("arg")], { token: "ARGS", optional: true, multiple: true }),
        ],
        run: (context) => loadWithParameters(parts, context),
      },
      {
        name: "UNLOAD",
        summary: "Unload a module",
        since: "4.0.0",
        complexity: "O(1)",
        arity: 3,
        flags: ["admin", "noscript", "protected", "no_async_loading"],
        arguments: [argument.string("name")],
        run: (context) => unload(parts, context),
      },
    ],
  });
}

/** Replies the third-party modules, as `MODULE LIST` and `HELLO` show them. */
export function replyModules({ modules }: ServerParts, reply: ReplyWriter): void {
  const loaded = modules.all.filter(({ path }) => path !== "");
  reply.array(loaded.length);
  for (const module of loaded) replyModule(reply, module);
}

function replyModule(reply: ReplyWriter, { definition, path, args }: LoadedModule): void {
  reply.map(4);
  reply.text("name");
  reply.text(definition.name);
  reply.text("ver");
  reply.integer(definition.version);
  reply.text("path");
  reply.text(path);
  reply.text("args");
  reply.array(args.length);
  for (const arg of args) reply.text(arg);
}

/** What is to be loaded, and how. */
interface LoadRequest {
  readonly path: string;
  readonly args: readonly string[];
  /** Names and values of the module's parameters. */
  readonly settings: ReadonlyMap<string, string>;
}

function load(parts: ServerParts, context: CommandContext): void {
  const { args } = context;
  start(parts, context, { path: args.text(2), args: textsFrom(context, 3), settings: new Map() });
}

/** `MODULE LOADEX path [CONFIG name value ...] [ARGS arg ...]` */
function loadWithParameters(parts: ServerParts, context: CommandContext): void {
  const { args } = context;
  const settings = new Map<string, string>();
  let i = 3;
  for (; i < args.count && !args.is(i, "ARGS"); i += 3) {
    if (!args.is(i, "CONFIG")) {
      parts.log.notice(`Syntax Error from arguments to loadex around ${args.text(i)}.`);
      throw NOT_LOADED;
    }
    if (i + 2 >= args.count) {
      parts.log.notice("CONFIG specified without name value pair");
      throw NOT_LOADED;
    }
    settings.set(args.text(i + 1), args.text(i + 2));
  }
  start(parts, context, { path: args.text(2), args: textsFrom(context, i + 1), settings });
}

function start(parts: ServerParts, context: CommandContext, { path, args, settings }: LoadRequest): void {
  const work = () =>
    parts.loadModule(path, args, settings).catch(() => {
      throw NOT_LOADED;
    });
  context.replyLater(work, ({ reply }) => reply.ok());
}

function textsFrom({ args }: CommandContext, first: number): string[] {
  return Array.from({ length: Math.max(0, args.count - first) }, (_, i) => args.text(first + i));
}

function unload({ log, modules }: ServerParts, { args, reply }: CommandContext): void {
  const name = args.text(2);
  try {
    if (modules.get(name)?.path === "") throw new ModuleError("the module is a part of the server");
    modules.remove(name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warning(`Error unloading module ${name}: ${reason}`);
    throw new ReplyError(`ERR Error unloading module: ${reason}`);
  }
  log.notice(`Module ${name} unloaded`);
  reply.ok();
}

const HELP = [
  "LIST",
  "    Return a list of loaded modules.",
  "LOAD <path> [<arg> ...]",
  "    Load a module library from <path>, passing to it any optional arguments.",
  "LOADEX <path> [[CONFIG NAME VALUE] [CONFIG NAME VALUE]] [ARGS ...]",
  "    Load a module library from <path>, while passing it module configurations and optional arguments.",
  "UNLOAD <name>",
  "    Unload a module.",
];
