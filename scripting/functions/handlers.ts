/**
 * What `FUNCTION` does.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/functions-intro/
 *
 * @module
 */
import {
  type CommandContext,
  encodeText,
  globMatch,
  ReplyError,
  replyHelp,
  type ReplyWriter,
} from "../../server/api/mod.ts";
import { interpreterOf } from "../handlers.ts";
import type { BusyFunction } from "../interpreter.ts";
import { functionsOf } from "./functions.ts";
import type { Library, LibraryFunction } from "./libraries.ts";
import { decodeLibraries, encodeLibraries } from "./payload.ts";

const ENGINE = "LUA";
const NO_LIBRARY = new ReplyError("ERR Library not found");
const NO_PATTERN = new ReplyError("ERR library name argument was not given");
const BAD_FLUSH_MODE = new ReplyError("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
const BAD_POLICY = new ReplyError("ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
/** As much of a word of the client's as an error shows. */
const SHOWN_LETTERS_MAX = 128;

/** `FUNCTION LOAD [REPLACE] function-code` */
export function functionLoad(context: CommandContext): void {
  const { args, reply } = context;
  let replaces = false;
  for (let i = 2; i < args.count - 1; i++) {
    if (!args.is(i, "REPLACE")) throw new ReplyError(`ERR Unknown option given: ${args.text(i)}`);
    replaces = true;
  }
  const name = context.state(functionsOf).load(args.view(args.count - 1), replaces);
  context.addDirty(1);
  reply.text(name);
}

/** `FUNCTION DELETE library-name` */
export function functionDelete(context: CommandContext): void {
  if (!context.state(functionsOf).delete(context.args.text(2))) throw NO_LIBRARY;
  context.addDirty(1);
  context.reply.ok();
}

/** `FUNCTION FLUSH [ASYNC | SYNC]`: at once either way. */
export function functionFlush(context: CommandContext): void {
  const { args } = context;
  if (args.count > 3) throw wrongSyntax(context);
  if (args.count === 3 && !args.is(2, "SYNC") && !args.is(2, "ASYNC")) throw BAD_FLUSH_MODE;
  context.state(functionsOf).flush();
  context.addDirty(1);
  context.reply.ok();
}

/** `FUNCTION LIST [LIBRARYNAME pattern] [WITHCODE]` */
export function functionList(context: CommandContext): void {
  const { args, reply } = context;
  let pattern: Uint8Array | null = null;
  let withCode = false;
  for (let i = 2; i < args.count; i++) {
    if (!withCode && args.is(i, "WITHCODE")) withCode = true;
    else if (pattern === null && args.is(i, "LIBRARYNAME")) {
      if (++i === args.count) throw NO_PATTERN;
      pattern = args.view(i);
    } else throw new ReplyError(`ERR Unknown argument ${args.text(i)}`);
  }
  const shown = [...context.state(functionsOf).libraries.all].filter(({ name }) =>
    pattern === null || globMatch(pattern, encodeText(name), true)
  );
  reply.array(shown.length);
  for (const library of shown) replyLibrary(reply, library, withCode);
}

function replyLibrary(reply: ReplyWriter, { name, functions, code }: Library, withCode: boolean): void {
  reply.map(withCode ? 4 : 3);
  reply.text("library_name");
  reply.text(name);
  reply.text("engine");
  reply.text(ENGINE);
  reply.text("functions");
  reply.array(functions.length);
  for (const one of functions) replyFunction(reply, one);
  if (!withCode) return;
  reply.text("library_code");
  reply.bulk(code);
}

function replyFunction(reply: ReplyWriter, { name, description, flags }: LibraryFunction): void {
  reply.map(3);
  reply.text("name");
  reply.text(name);
  reply.text("description");
  if (description === null) reply.null();
  else reply.bulk(description);
  reply.text("flags");
  reply.set(flags.length);
  for (const flag of flags) reply.status(flag);
}

/** `FUNCTION STATS` */
export function functionStats(context: CommandContext): void {
  const { reply } = context;
  const { libraries, interpreter } = context.state(functionsOf);
  const running = interpreter.busyFunction();
  reply.map(2);
  reply.text("running_script");
  if (running === null) reply.null();
  else replyRunning(reply, running);
  reply.text("engines");
  reply.map(1);
  reply.text(ENGINE);
  reply.map(2);
  reply.text("libraries_count");
  reply.integer(libraries.count);
  reply.text("functions_count");
  reply.integer(libraries.functionCount);
}

function replyRunning(reply: ReplyWriter, { name, line, milliseconds }: BusyFunction): void {
  reply.map(3);
  reply.text("name");
  reply.text(name);
  reply.text("command");
  reply.array(line.count);
  for (let i = 0; i < line.count; i++) reply.bulk(line.view(i));
  reply.text("duration_ms");
  reply.integer(milliseconds);
}

/** `FUNCTION DUMP` */
export function functionDump(context: CommandContext): void {
  const { host, reply } = context;
  reply.bulk(encodeLibraries(host, context.state(functionsOf).codes()));
}

/** `FUNCTION RESTORE serialized-value [FLUSH | APPEND | REPLACE]` */
export function functionRestore(context: CommandContext): void {
  const { args, host } = context;
  if (args.count > 4) throw wrongSyntax(context);
  const flushes = args.count === 4 && args.is(3, "FLUSH");
  const replaces = args.count === 4 && args.is(3, "REPLACE");
  if (args.count === 4 && !flushes && !replaces && !args.is(3, "APPEND")) throw BAD_POLICY;
  context.state(functionsOf).restore(decodeLibraries(host, args.view(2)), { flushes, replaces });
  context.addDirty(1);
  context.reply.ok();
}

/** `FUNCTION KILL` */
export function functionKill(context: CommandContext): void {
  context.state(interpreterOf).kill(true);
  context.reply.ok();
}

/** What a sub-command says to too many words. */
function wrongSyntax({ args }: CommandContext): ReplyError {
  const name = args.text(1).slice(0, SHOWN_LETTERS_MAX);
  return new ReplyError(`ERR unknown subcommand or wrong number of arguments for '${name}'. Try FUNCTION HELP.`);
}

/** `FUNCTION HELP` */
export function functionHelp({ reply }: CommandContext): void {
  replyHelp(reply, "FUNCTION", [
    "LOAD [REPLACE] <FUNCTION CODE>",
    "    Create a new library with the given library name and code.",
    "DELETE <LIBRARY NAME>",
    "    Delete the given library.",
    "LIST [LIBRARYNAME PATTERN] [WITHCODE]",
    "    Return general information on all the libraries:",
    "    * Library name",
    "    * The engine used to run the Library",
    "    * Library description",
    "    * Functions list",
    "    * Library code (if WITHCODE is given)",
    "    It also possible to get only function that matches a pattern using LIBRARYNAME argument.",
    "STATS",
    "    Return information about the current function running:",
    "    * Function name",
    "    * Command used to run the function",
    "    * Duration in MS that the function is running",
    "    If no function is running, return nil",
    "    In addition, returns a list of available engines.",
    "KILL",
    "    Kill the current running function.",
    "FLUSH [ASYNC|SYNC]",
    "    Delete all the libraries.",
    "    When called without the optional mode argument, the behavior is determined by the",
    "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
    "    * ASYNC: Asynchronously flush the libraries.",
    "    * SYNC: Synchronously flush the libraries.",
    "DUMP",
    "    Return a serialized payload representing the current libraries, can be restored using FUNCTION RESTORE command",
    "RESTORE <PAYLOAD> [FLUSH|APPEND|REPLACE]",
    "    Restore the libraries represented by the given payload, it is possible to give a restore policy to",
    "    control how to handle existing libraries (default APPEND):",
    "    * FLUSH: delete all existing libraries.",
    "    * APPEND: appends the restored libraries to the existing libraries. On collision, abort.",
    "    * REPLACE: appends the restored libraries to the existing libraries, On collision, replace the old",
    "      libraries with the new libraries (notice that even on this option there is a chance of failure",
    "      in case of functions name collision with another library).",
  ]);
}
