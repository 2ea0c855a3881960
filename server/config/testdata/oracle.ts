/**
 * A `redis-server` of its own for each question, in a directory of its own, spoken to over a Unix socket.
 *
 * @module
 */
import { decodeText } from "../../base/text.ts";

/** What the server answered: text, error (with its code), or a list. */
export type Reply = string | number | null | { readonly error: string } | readonly Reply[];

/** The end of a server that did not come to work. */
export interface Failure {
  readonly stderr: string;
  /** Lines of the log from importance `#` on, without their prefix. */
  readonly warnings: readonly string[];
}

/** A directory for servers, with the files that the cases include; `$DIR` in texts stands for it. */
export class Sandbox {
  readonly path = Deno.realPathSync(Deno.makeTempDirSync());

  constructor() {
    this.write("known.conf", "timeout 7\n");
    this.write("included.conf", "timeout 5\n");
    this.write("broken.conf", "timeout 5\nbaddir 7\n");
    Deno.mkdirSync(`${this.path}/sub`);
  }

  write(name: string, text: string): void {
    Deno.writeTextFileSync(`${this.path}/${name}`, text);
  }

  read(name: string): string {
    return Deno.readTextFileSync(`${this.path}/${name}`);
  }

  /** With the path in the place of `$DIR`. */
  fill(text: string): string {
    return text.replaceAll("$DIR", this.path);
  }

  /** With `$DIR` in the place of the path. */
  blank(text: string): string {
    return text.replaceAll(this.path, "$DIR");
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Runs a server that is expected to refuse its configuration. */
export async function runToFailure(sandbox: Sandbox, args: readonly string[], stdin = ""): Promise<Failure> {
  const child = new Deno.Command("redis-server", {
    args: args.map((arg) => sandbox.fill(arg)),
    cwd: sandbox.path,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  // A server that does not read its standard input may have closed it.
  await writer.write(new TextEncoder().encode(stdin)).catch(() => {});
  await writer.close().catch(() => {});
  const { stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => sandbox.blank(new TextDecoder().decode(bytes));
  const warnings = decode(stdout).split("\n").flatMap((line) => line.match(/^\d+:. .{24} # (Fatal.*)/)?.[1] ?? []);
  return { stderr: decode(stderr), warnings };
}

/** Runs a server while `act` speaks to it. */
export async function withServer(
  sandbox: Sandbox,
  file: string,
  act: (call: (...words: string[]) => Promise<Reply>) => Promise<void>,
  options: readonly string[] = serverOptions,
): Promise<void> {
  sandbox.write("redis.conf", sandbox.fill(file));
  const child = new Deno.Command("redis-server", {
    args: ["redis.conf", ...options.map((option) => sandbox.fill(option))],
    cwd: sandbox.path,
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    using connection = await connect(`${sandbox.path}/redis.sock`);
    const replies = readReplies(connection);
    await act(async (...words) => {
      await connection.write(new TextEncoder().encode(encodeCall(words)));
      return (await replies.next()).value!;
    });
  } finally {
    child.kill("SIGKILL");
    await child.status;
    Deno.removeSync(`${sandbox.path}/redis.sock`);
  }
}

/** What a server needs to be spoken to. */
export const listenOptions: readonly string[] = ["--port", "0", "--unixsocket", "$DIR/redis.sock"];

/** The same with nothing protected: what servers are started with unless the case says otherwise. */
export const serverOptions: readonly string[] = [...listenOptions, "--enable-protected-configs", "yes"];

async function connect(path: string): Promise<Deno.Conn> {
  for (let attempt = 0;; attempt++) {
    try {
      return await Deno.connect({ transport: "unix", path });
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

function encodeCall(words: readonly string[]): string {
  const parts = words.map((word) => `$${new TextEncoder().encode(word).length}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join("")}`;
}

/** Bytes are read as Latin-1, so that lengths are counted in bytes, and decoded once a reply is complete. */
async function* readReplies(connection: Deno.Conn): AsyncGenerator<Reply, never> {
  let buffer = "";
  while (true) {
    const parsed = parseReply(buffer, 0);
    if (parsed === null) {
      const chunk = new Uint8Array(65536);
      const size = await connection.read(chunk);
      if (size === null) throw new Error("the server has closed the connection");
      for (const byte of chunk.subarray(0, size)) buffer += String.fromCharCode(byte);
    } else {
      buffer = buffer.slice(parsed.end);
      yield parsed.reply;
    }
  }
}

function parseReply(buffer: string, start: number): { reply: Reply; end: number } | null {
  const lineEnd = buffer.indexOf("\r\n", start);
  if (lineEnd < 0) return null;
  const line = fromLatin1(buffer.slice(start + 1, lineEnd));
  const end = lineEnd + 2;
  switch (buffer[start]) {
    case "+":
      return { reply: line, end };
    case "-":
      return { reply: { error: line }, end };
    case ":":
      return { reply: Number(line), end };
    case "$": {
      const size = Number(line);
      if (size < 0) return { reply: null, end };
      return buffer.length < end + size + 2
        ? null
        : { reply: fromLatin1(buffer.slice(end, end + size)), end: end + size + 2 };
    }
  }
  const list: Reply[] = [];
  let at = end;
  for (let i = 0; i < Number(line); i++) {
    const element = parseReply(buffer, at);
    if (element === null) return null;
    list.push(element.reply);
    at = element.end;
  }
  return { reply: list, end: at };
}

function fromLatin1(text: string): string {
  return decodeText(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
