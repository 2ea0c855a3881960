/**
 * What the commands of scripts do.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/eval-intro/
 *
 * @module
 */
import {
  type Arguments,
  type CommandContext,
  type CommandFlag,
  type ModuleHost,
  moduleState,
  ReplyError,
  replyHelp,
} from "../server/api/mod.ts";
import { debugState, NO_COPY } from "./debugger/mode.ts";
import { DebugSession } from "./debugger/session.ts";
import { Interpreter } from "./interpreter.ts";
import { checkKeyCount } from "./key_count.ts";
import { readScript, SHA_LETTERS } from "./script_cache.ts";

const NO_SCRIPT = new ReplyError("NOSCRIPT No matching script. Please use EVAL.");
const BAD_FLUSH_MODE = new ReplyError("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
const BAD_DEBUG_MODE = new ReplyError("ERR Use SCRIPT DEBUG YES/SYNC/NO");
const IN_PIPELINE = new ReplyError("ERR SCRIPT DEBUG must be called outside a pipeline");
const EVALSHA_IN_DEBUGGER = new ReplyError("ERR Please use EVAL instead of EVALSHA for debugging");

/** The interpreter of a server. */
export const interpreterOf = moduleState((host) => new Interpreter(host));

/** `EVAL script numkeys [key …] [arg …]` */
export function evalCommand(context: CommandContext): void {
  evaluateText(context, false);
}

/** `EVAL_RO` */
export function evalRo(context: CommandContext): void {
  evaluateText(context, true);
}

/** `EVALSHA sha1 numkeys [key …] [arg …]` */
export function evalsha(context: CommandContext): void {
  evaluateSha(context, false);
}

/** `EVALSHA_RO` */
export function evalshaRo(context: CommandContext): void {
  evaluateSha(context, true);
}

/** What `EVAL` and `EVAL_RO` are taken for. */
export function textFlags(line: Arguments, host: ModuleHost): readonly CommandFlag[] | null {
  const script = host.state(interpreterOf).scripts.findText(line, 1);
  if (script !== undefined) return script.commandFlags;
  try {
    return readScript(line.view(1)).flags.commandFlags;
  } catch (error) {
    if (error instanceof ReplyError) return null;
    throw error;
  }
}

/** What `EVALSHA` and `EVALSHA_RO` are taken for. */
export function shaFlags(line: Arguments, host: ModuleHost): readonly CommandFlag[] | null {
  return host.state(interpreterOf).scripts.find(line, 1)?.commandFlags ?? null;
}

function evaluateText(context: CommandContext, readOnly: boolean): void {
  if (!isDebugged(context)) return evaluate(context, readOnly, null);
  const session = new DebugSession(context, context.args.view(1));
  try {
    evaluate(context, readOnly, session);
  } catch (error) {
    session.end();
    throw error;
  }
}

/** Throws `ReplyError` where the client has asked for what there is not. */
function isDebugged({ client, mayContinueLater }: CommandContext): boolean {
  const mode = client.knownState(debugState)?.mode;
  if (mode === "refused") throw NO_COPY;
  return mode === "sync" && mayContinueLater;
}

function evaluate(context: CommandContext, readOnly: boolean, session: DebugSession | null): void {
  const keyCount = keyCountOf(context);
  const interpreter = context.state(interpreterOf);
  const script = interpreter.scripts.findText(context.args, 1) ?? interpreter.load(context.args.view(1));
  interpreter.run(context, script, keyCount, readOnly, session);
}

function evaluateSha(context: CommandContext, readOnly: boolean): void {
  if (isDebugged(context)) throw context.args.size(1) === SHA_LETTERS ? EVALSHA_IN_DEBUGGER : NO_SCRIPT;
  const keyCount = keyCountOf(context);
  const interpreter = context.state(interpreterOf);
  const script = interpreter.scripts.find(context.args, 1);
  if (script === undefined) throw NO_SCRIPT;
  interpreter.run(context, script, keyCount, readOnly);
}

function keyCountOf({ args }: CommandContext): number {
  return checkKeyCount(args, args.integer(2));
}

/** `SCRIPT LOAD script` */
export function scriptLoad(context: CommandContext): void {
  const { scripts } = context.state(interpreterOf);
  const script = scripts.findText(context.args, 2) ?? context.state(interpreterOf).load(context.args.view(2));
  context.reply.text(script.name);
}

/** `SCRIPT EXISTS sha1 [sha1 …]` */
export function scriptExists(context: CommandContext): void {
  const { args, reply } = context;
  const { scripts } = context.state(interpreterOf);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) reply.integer(scripts.find(args, i) === undefined ? 0 : 1);
}

/** `SCRIPT FLUSH [ASYNC | SYNC]`: either way at once, as the state is dropped as a whole. */
export function scriptFlush(context: CommandContext): void {
  const { args, reply } = context;
  if (args.count > 3 || (args.count === 3 && !args.is(2, "SYNC") && !args.is(2, "ASYNC"))) throw BAD_FLUSH_MODE;
  context.state(interpreterOf).flush();
  reply.ok();
}

/** `SCRIPT KILL` */
export function scriptKill(context: CommandContext): void {
  context.state(interpreterOf).kill(false);
  context.reply.ok();
}

/** `SCRIPT DEBUG YES | SYNC | NO` */
export function scriptDebug({ args, client, reply }: CommandContext): void {
  const mode = args.is(2, "NO") ? "no" : args.is(2, "SYNC") ? "sync" : args.is(2, "YES") ? "refused" : null;
  if (mode === null) throw BAD_DEBUG_MODE;
  if (mode !== "no" && reply.length > 0) throw IN_PIPELINE;
  client.state(debugState).mode = mode;
  if (mode === "refused") throw NO_COPY;
  reply.ok();
}

/** `SCRIPT HELP` */
export function scriptHelp({ reply }: CommandContext): void {
  replyHelp(reply, "SCRIPT", [
    "DEBUG (YES|SYNC|NO)",
    "    Set the debug mode for subsequent scripts executed.",
    "EXISTS <sha1> [<sha1> ...]",
    "    Return information about the existence of the scripts in the script cache.",
    "FLUSH [ASYNC|SYNC]",
    "    Flush the Lua scripts cache. Very dangerous on replicas.",
    "    When called without the optional mode argument, the behavior is determined by the",
    "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
    "    * ASYNC: Asynchronously flush the scripts cache.",
    "    * SYNC: Synchronously flush the scripts cache.",
    "KILL",
    "    Kill the currently executing Lua script.",
    "LOAD <script>",
    "    Load a script into the scripts cache without executing it.",
  ]);
}
