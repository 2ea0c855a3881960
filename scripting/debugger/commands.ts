/**
 * What the client of a debugged script can ask for.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/lua-debugging/
 *
 * @module
 */
import { type Arguments, decodeText, encodeText } from "../../server/api/mod.ts";
import { GLOBALS, spelledAs51 } from "../dialect.ts";
import { NIL } from "../lua.ts";
import type { Pointer } from "../lua_vm.ts";
import { raisedError } from "../raised_error.ts";
import { asLua52 } from "../source_text.ts";
import { helpLines } from "./help.ts";
import type { DebugSession } from "./session.ts";
import { valueText } from "./value_text.ts";

const UNKNOWN = "<error> Unknown Redis Lua debugger command or wrong number of arguments.";
/** Lines before and after the one that is asked for. */
const LINES_AROUND = 5;
const LINES_MAX = 1_000_000;
const BREAKPOINT = /^(?:0|-?[1-9]\d*)$/;
const EVALUATED_SOURCE = "@ldb_eval";
/** Time for what is evaluated, as nothing else happens meanwhile. */
const EVALUATION_MS_MAX = 5000;

/** The globals that a script is given. */
const GIVEN = ["KEYS", "ARGV"];

/** Runs what the client has asked for. True: the script goes on. */
type Command = (session: DebugSession, words: readonly string[]) => boolean | void;

const COMMANDS: Readonly<Record<string, Command>> = {
  help: ({ journal }) => helpLines.forEach((line) => journal.add(line)),
  step: proceed,
  next: proceed,
  continue: (session) => {
    session.goOn();
    return true;
  },
  list: (session, words) => list(session, atoi(words[1]), words.length > 2 ? atoi(words[2]) : LINES_AROUND),
  whole: (session) => list(session, 1, LINES_MAX),
  print: (session, words) => words.length === 2 ? printOne(session, words[1]) : printAll(session),
  break: editBreakpoints,
  trace,
  eval: evaluate,
  redis: runCommand,
  maxlen: ({ journal }, words) => {
    if (words.length === 2) journal.bytesMax = atoi(words[1]);
    const { bytesMax } = journal;
    journal.add(`<value> replies are ${bytesMax === 0 ? "unlimited" : `truncated at ${bytesMax} bytes`}.`);
  },
  abort: (session) => {
    session.goOn("script aborted for user request");
    return true;
  },
};

/** Answers a request in the session's journal, or lets the script go on, which is what it returns. */
export function runDebuggerCommand(session: DebugSession, request: Arguments): boolean {
  const words = Array.from({ length: request.count }, (_, i) => decodeText(request.view(i)));
  const asked = words[0].toLowerCase();
  const name = Object.keys(COMMANDS).find((name) => name === asked || name[0] === asked);
  if (name !== undefined && (name !== "redis" || words.length > 1)) return COMMANDS[name](session, words) === true;
  session.journal.add(UNKNOWN);
  return false;
}

/** A number as C's `atoi` reads it. */
function atoi(text = ""): number {
  return Number(/^\s*([-+]?\d+)/.exec(text)?.[1] ?? 0);
}

function proceed(session: DebugSession): boolean {
  session.isStepping = true;
  session.goOn();
  return true;
}

function list({ journal, source }: DebugSession, line: number, around: number): void {
  for (const shown of source.list(line > 0 ? line : source.line, around)) journal.add(shown);
}

function printAll(session: DebugSession): void {
  const { frames: [frame], journal } = session;
  if (frame.names.length === 0) journal.add("No local variables in the current context.");
  frame.names.forEach((name, i) => journal.addTrimmed(`<value> ${name} = ${session.variable(frame, i)}`));
}

/** A local variable of the innermost function that has one of the name. */
function printOne(session: DebugSession, name: string): void {
  for (const frame of session.frames) {
    const i = frame.names.indexOf(name);
    if (i >= 0) return session.journal.addTrimmed(`<value> ${session.variable(frame, i)}`);
  }
  if (!GIVEN.includes(name)) return session.journal.add("No such variable.");
  const { lua } = session.machine;
  const L = lua.main;
  lua.pushKept(L, GLOBALS);
  if (lua.pushField(L, -1, encodeText(name)) === NIL) session.journal.add("No such variable.");
  else session.journal.addTrimmed(`<value> ${valueText(lua, L)}`);
  lua.api._lua_settop(L, -3);
}

function editBreakpoints(session: DebugSession, words: readonly string[]): void {
  const { journal, source } = session;
  if (words.length > 1) return words.slice(1).forEach((word) => editBreakpoint(session, word));
  const { breakpoints } = source;
  if (breakpoints.size === 0) return journal.add("No breakpoints set. Use 'b <line>' to add one.");
  journal.add(`${breakpoints.size} breakpoints set:`);
  for (const line of breakpoints) journal.add(source.show(line));
}

function editBreakpoint({ journal, source }: DebugSession, word: string): void {
  if (!BREAKPOINT.test(word)) return journal.add(`Invalid argument:'${word}'`);
  const line = Number(word);
  if (line === 0) {
    source.breakpoints.clear();
    journal.add("All breakpoints removed.");
  } else if (line < 0) {
    const isRemoved = source.breakpoints.delete(-line);
    journal.add(isRemoved ? "Breakpoint removed." : "No breakpoint in the specified line.");
  } else if (source.isFull) journal.add("Too many breakpoints set.");
  else if (!source.addBreakpoint(line)) journal.add("Wrong line number.");
  else for (const shown of source.list(line, 1)) journal.add(shown);
}

function trace({ frames, journal, source }: DebugSession): void {
  frames.forEach(({ name, line }, i) => {
    journal.add(`${i === 0 ? "In" : "From"} ${name ?? "top level"}:`);
    journal.add(source.show(line));
  });
}

/** As an expression, or else as statements. */
function evaluate(session: DebugSession, words: readonly string[]): void {
  const { journal, machine: { lua } } = session;
  const code = words.slice(1).join(" ");
  if (!load(session, `return ${code}`)) {
    lua.api._lua_settop(lua.main, 0);
    if (!load(session, code)) {
      journal.add(`<error> ${spelledAs51(decodeText(lua.view(lua.main, -1)!))}`);
      return lua.api._lua_settop(lua.main, 0);
    }
  }
  if (runAside(session, 0)) journal.addTrimmed(`<retval> ${valueText(lua, lua.main)}`);
  else journal.add(`<error> ${raisedError(lua).message.replace(/^ERR /, "")}`);
  lua.api._lua_settop(lua.main, 0);
}

function load({ machine: { lua } }: DebugSession, code: string): boolean {
  return lua.load(asLua52(encodeText(code)), EVALUATED_SOURCE);
}

/** A command as the script could run it; the session itself notes it and its reply. */
function runCommand(session: DebugSession, words: readonly string[]): void {
  const { lua, redis } = session.machine;
  lua.api._lua_checkstack(lua.main, words.length);
  lua.pushFunction(lua.main, redis.pcall);
  for (const word of words.slice(1)) lua.pushText(lua.main, word);
  session.isStepping = true;
  runAside(session, words.length - 1);
  session.isStepping = false;
  lua.api._lua_settop(lua.main, 0);
}

function runAside({ machine: { lua, thread } }: DebugSession, args: number): boolean {
  const onOverdue = (L: Pointer) => lua.fail(L, "evaluation took too long");
  return thread.runAside(args, EVALUATION_MS_MAX, onOverdue) === "finished";
}
