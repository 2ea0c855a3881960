/**
 * What the arguments of `redis-server` ask for. Options become the text of a configuration file, one line each, so that
 * everything about values is said once, where files are read: `--port 6380` is the line `port "6380"`.
 *
 * An option takes all arguments up to the next that begins with `--`. The one right behind it is always a value, even
 * `--x`, unless the option brought its value along (`"--port 6380"`) or needs none (`--save`, `--sentinel`).
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/management/config/
 *
 * @module
 */
import { quote, splitWords } from "./quoting.ts";

/** What to do, and with what. */
export type Invocation =
  | { readonly kind: "version" }
  | { readonly kind: "help" }
  | { readonly kind: "check-system" }
  | { readonly kind: "test-memory"; readonly megabytes: string }
  /** `--test-memory` without a size. */
  | { readonly kind: "test-memory-usage" }
  | ServeInvocation;

/** Run a server. */
export interface ServeInvocation {
  readonly kind: "serve";
  readonly sentinel: boolean;
  /** As it was given, to be resolved against the working directory. */
  readonly configFile: string | null;
  /** Whether configuration is read from standard input as well. */
  readonly readStdin: boolean;
  /** The options, as lines of a configuration file. */
  readonly options: string;
}

/** Reads the arguments, without the program's name. Values are not looked at. */
export function parseCommandLine(args: readonly string[]): Invocation {
  switch (args[0]) {
    case "-v":
    case "--version":
      return { kind: "version" };
    case "-h":
    case "--help":
      return { kind: "help" };
    case "--check-system":
      return { kind: "check-system" };
    case "--test-memory":
      return args.length === 2 ? { kind: "test-memory", megabytes: args[1] } : { kind: "test-memory-usage" };
  }
  return parseServe(args);
}

function parseServe(args: readonly string[]): ServeInvocation {
  const rest = [...args];
  const configFile = rest.length > 0 && !rest[0].startsWith("-") ? rest.shift()!.trim() : null;
  const stdinFirst = rest.length > 0 && configFile === null && rest[0] === "-";
  if (stdinFirst) rest.shift();
  const stdinLast = rest.at(-1) === "-";
  if (stdinLast) rest.pop();
  return {
    kind: "serve",
    sentinel: args.includes("--sentinel"),
    configFile: configFile === "" ? null : configFile,
    readStdin: stdinFirst || stdinLast,
    options: optionLines(rest),
  };
}

/** Arguments before the first option form a line, too, which the reader of the file then refuses. */
function optionLines(args: readonly string[]): string {
  const lines: string[] = [];
  let awaitsValue = false;
  args.forEach((arg, index) => {
    if (arg.startsWith("--") && !awaitsValue) {
      lines.push(arg.slice(2));
      const next = args[index + 1];
      awaitsValue = next !== undefined && takesNext(arg, next);
      if (arg.toLowerCase() === "--save" && !awaitsValue) lines.push(`${lines.pop()} ""`);
    } else {
      lines.push(lines.length === 0 ? quote(arg) : `${lines.pop()} ${quote(arg)}`);
      awaitsValue = false;
    }
  });
  return lines.join("\n");
}

/** Whether the argument behind an option is its value, whatever it looks like. */
function takesNext(option: string, next: string): boolean {
  const name = option.toLowerCase();
  if (name === "--sentinel") return false;
  if (name === "--save") return !next.startsWith("--");
  return splitWords(option)?.length === 1;
}

/** The whole configuration: what the file says, what standard input says, what the options say. */
export function joinConfigTexts(file: string, stdin: string, options: string): string {
  const separator = file === "" || file.endsWith("\n") ? "" : "\n";
  return `${file}${separator}${stdin}\n${options}`;
}
