/**
 * The server's log, line by line in Redis's format, which scripts and log collectors know:
 * `12345:M 20 Nov 2026 20:05:00.123 * Ready to accept connections`.
 *
 * Records, formatters and sinks are LogTape's. Its `configure()` belongs to the process, though, and many servers with
 * levels and files of their own may live in one: so a logger here calls its sink itself. Each record is also handed to
 * LogTape's logger of the category `redeno`, which is silent until the program around the server configures it.
 *
 * A line is written before the call returns, so the last words before an exit are in the file. The file is opened for each
 * line, as in Redis: whoever moves it away gets a new one, and a line costs some tens of microseconds.
 *
 * @module
 */
import { getLogger, type LogLevel, type LogRecord, type Sink, type TextFormatter } from "@logtape/logtape";
import { logLevels, type ServerLogLevel } from "../config/options/log_levels.ts";
import { encodeText } from "../base/text.ts";

/** What a process is: master, replica, one that saves or rewrites, Sentinel. */
export type LogRole = "M" | "S" | "C" | "X";

/** Writes lines of the four levels. */
export interface Logger {
  debug(text: string): void;
  verbose(text: string): void;
  notice(text: string): void;
  warning(text: string): void;
}

/** A logger that also writes text without time and level, such as the banner. */
export interface ServerLogger extends Logger {
  raw(text: string): void;
}

/** A value, or how to find it for each line. */
export type Setting<T> = T | (() => T);

/** Where a logger writes, and how. */
export interface LoggerOptions {
  /** Less important lines are dropped. */
  readonly level: Setting<ServerLogLevel>;
  /** Absolute path of a file to append to; empty: standard output; null: nowhere but to LogTape's own loggers. */
  readonly file: Setting<string | null>;
  readonly role: () => LogRole;
  readonly pid: number;
  /** LogTape's category of the records. */
  readonly category?: readonly [string, ...string[]];
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Redis's four levels among LogTape's six. */
const LOGTAPE_LEVELS: Readonly<Record<ServerLogLevel, LogLevel>> = {
  debug: "trace",
  verbose: "debug",
  notice: "info",
  warning: "warning",
};

const MARKS: Readonly<Record<LogLevel, string>> = {
  trace: ".",
  debug: "-",
  info: "*",
  warning: "#",
  error: "#",
  fatal: "#",
};

/**
 * Makes the logger of a server.
 *
 * @example
 * ```ts
 * import { createLogger } from "./log.ts";
 *
 * const log = createLogger({ level: "notice", file: "", role: () => "M", pid: Deno.pid });
 * log.notice("Ready to accept connections");
 * ```
 */
export function createLogger(options: LoggerOptions): ServerLogger {
  const category = options.category ?? ["redeno"];
  const now = options.now ?? Date.now;
  const sink = lineSink(options.file, redisFormatter(options));
  const write = (level: ServerLogLevel) => (text: string): void => {
    if (logLevels.indexOf(level) < logLevels.indexOf(current(options.level))) return;
    const record: LogRecord = {
      category,
      level: LOGTAPE_LEVELS[level],
      message: [text],
      rawMessage: text,
      timestamp: now(),
      properties: {},
    };
    sink(record);
    getLogger(category).emit(record);
  };
  return {
    debug: write("debug"),
    verbose: write("verbose"),
    notice: write("notice"),
    warning: write("warning"),
    raw: (text) => append(current(options.file), text),
  };
}

/** Formats records as lines of Redis's log. */
function redisFormatter({ pid, role }: Pick<LoggerOptions, "pid" | "role">): TextFormatter {
  return (record) =>
    `${pid}:${role()} ${formatTime(record.timestamp)} ${MARKS[record.level]} ${record.message.map(String).join("")}\n`;
}

/** A sink that appends each record to the file, or to standard output, before it returns. */
function lineSink(file: Setting<string | null>, format: TextFormatter): Sink {
  return (record) => append(current(file), format(record));
}

/** A log that cannot be written is no reason to end a server, and there is nowhere to report it. */
function append(file: string | null, text: string): void {
  if (file === null) return;
  const bytes = encodeText(text);
  try {
    if (file === "") return writeAll(Deno.stdout, bytes);
    using opened = Deno.openSync(file, { append: true, create: true });
    writeAll(opened, bytes);
  } catch {
    return;
  }
}

function writeAll(output: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += output.writeSync(bytes.subarray(at));
}

/** Local time: `20 Nov 2026 20:05:00.123`. */
function formatTime(timestampMs: number): string {
  const date = new Date(timestampMs);
  const pad = (value: number, digits = 2) => String(value).padStart(digits, "0");
  const day = `${pad(date.getDate())} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part)).join(":");
  return `${day} ${time}.${pad(date.getMilliseconds(), 3)}`;
}

function current<T>(setting: Setting<T>): T {
  return typeof setting === "function" ? (setting as () => T)() : setting;
}
