/**
 * A server as a child process: its own port, its own directory, its log kept in memory.
 *
 * Readiness is the log line `Ready to accept connections`, which redis-server and redeno share, so nothing here polls
 * or sleeps. A port that was taken meanwhile shows in the log and is answered by another try. Processes are ended by
 * their pid alone, first by SIGTERM, so that a server's shutdown runs as it does in production.
 *
 * @module
 */
import { freePort } from "./free_port.ts";

const startAttemptsMax = 5;
const readyWaitMsMax = 30_000;
const stopWaitMsMax = 10_000;
const crashLogCharsMax = 4000;
const readyLine = /Ready to accept connections/;
const portTakenLine = /Address already in use/;

/** How to start a server. */
export interface ServerCommand {
  /** The name that messages use. */
  readonly name: string;
  /** The executable. */
  readonly executable: string;
  /** Its arguments; the port and the directory are appended as `--port N --dir PATH`. */
  readonly args: readonly string[];
}

/** A running server. */
export interface ServerProcess {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  /** A temporary directory, the server's `dir`; removed by {@link ServerProcess.stop}. */
  readonly directory: string;
  /** Everything that the server wrote on stdout and stderr. */
  log(): string;
  /** Resolves with the first log line, written already or still to come, that matches. */
  waitForLog(pattern: RegExp): Promise<string>;
  /** Resolves when the process has ended, whoever ended it, and all that it wrote is in the log. */
  readonly exited: Promise<Deno.CommandStatus>;
  /** Ends the process and removes its directory. Throws, with the end of its log, when it had crashed. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

class LogLines {
  #text = "";
  #ended = false;
  readonly #waiters = new Set<() => void>();

  get text(): string {
    return this.#text;
  }

  append(text: string): void {
    this.#text += text;
    for (const wake of this.#waiters) wake();
  }

  end(): void {
    this.#ended = true;
    for (const wake of this.#waiters) wake();
  }

  waitFor(pattern: RegExp, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiters.delete(look);
        settle();
      };
      const look = () => {
        const line = this.#text.split("\n").find((line) => pattern.test(line));
        if (line !== undefined) finish(() => resolve(line));
        else if (this.#ended) finish(() => reject(new Error(`ended before ${pattern} was logged:\n${this.#text}`)));
      };
      const timer = setTimeout(
        () => finish(() => reject(new Error(`${pattern} not logged in ${timeoutMs} ms:\n${this.#text}`))),
        timeoutMs,
      );
      this.#waiters.add(look);
      look();
    });
  }
}

async function collect(stream: ReadableStream<Uint8Array>, log: LogLines): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)) {
    log.append(text);
  }
}

async function endWithin(child: Deno.ChildProcess, timeoutMs: number): Promise<void> {
  const killer = setTimeout(() => signal(child, "SIGKILL"), timeoutMs);
  signal(child, "SIGTERM");
  await child.status;
  clearTimeout(killer);
}

function signal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    const endedAlready = error instanceof TypeError || error instanceof Deno.errors.NotFound;
    if (!endedAlready) throw error;
  }
}

async function startOnce(command: ServerCommand): Promise<ServerProcess> {
  const port = freePort();
  const directory = await Deno.makeTempDir({ prefix: `${command.name}-` });
  const child = new Deno.Command(command.executable, {
    args: [...command.args, "--port", String(port), "--dir", directory],
    cwd: directory,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const log = new LogLines();
  const collected = Promise.all([collect(child.stdout, log), collect(child.stderr, log)]).then(() => log.end());
  let endedBy: Deno.CommandStatus | undefined;
  child.status.then((status) => endedBy = status);
  let stopped: Promise<void> | undefined;
  const stop = () =>
    stopped ??= (async () => {
      const crashed = endedBy !== undefined && !endedBy.success;
      await endWithin(child, stopWaitMsMax);
      await collected;
      await Deno.remove(directory, { recursive: true });
      if (crashed) throw new Error(`${command.name} ended by itself:\n${log.text.slice(-crashLogCharsMax)}`);
    })();
  try {
    await log.waitFor(readyLine, readyWaitMsMax);
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  return {
    name: command.name,
    port,
    pid: child.pid,
    directory,
    log: () => log.text,
    waitForLog: (pattern) => log.waitFor(pattern, readyWaitMsMax),
    exited: Promise.all([child.status, collected]).then(([status]) => status),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Starts the server and resolves when it accepts connections; tries other ports when one was taken. */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  for (let attempt = 1;; attempt++) {
    try {
      return await startOnce(command);
    } catch (error) {
      const portTaken = error instanceof Error && portTakenLine.test(error.message);
      if (!portTaken || attempt === startAttemptsMax) throw error;
    }
  }
}
