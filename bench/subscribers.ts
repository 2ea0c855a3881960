/**
 * Many clients that listen, in a process of their own: `subscribers.ts PORT CLIENTS CHANNELS_PER_CLIENT DISTINCT_CHANNELS`.
 *
 * It prints a line when all are connected, waits for a byte, subscribes them, prints a line when all are told so, and reads what
 * comes until its standard input closes; then it ends, and all connections with it. Nothing is looked at on the way, so that it
 * reads as fast as it can.
 *
 * @module
 */
import { encodeCommand } from "../tests/support/resp.ts";

const nameDigits = 12;

/** What is listened to. */
export interface Audience {
  readonly clients: number;
  readonly channelsPerClient: number;
  /** Channels that there are; clients take them in turn. */
  readonly distinctChannels: number;
}

/** A channel's name, as `redis-benchmark` spells `channel:__rand_int__`. */
export function channelName(i: number): string {
  return `channel:${String(i).padStart(nameDigits, "0")}`;
}

function channelsOf(client: number, { channelsPerClient, distinctChannels }: Audience): string[] {
  return Array.from(
    { length: channelsPerClient },
    (_, i) => channelName((client * channelsPerClient + i) % distinctChannels),
  );
}

/** Bytes by which a client is told that it has subscribed. */
function bytesTold(channels: readonly string[]): number {
  return channels.reduce((sum, name, i) => {
    return sum + `*3\r\n$9\r\nsubscribe\r\n$${name.length}\r\n${name}\r\n:${i + 1}\r\n`.length;
  }, 0);
}

async function run(port: number, audience: Audience): Promise<void> {
  const connections: Deno.Conn[] = [];
  for (let i = 0; i < audience.clients; i++) connections.push(await Deno.connect({ hostname: "127.0.0.1", port }));
  // A server has accepted it only when it answers.
  const scratch = new Uint8Array(64 * 1024);
  for (const connection of connections) {
    await connection.write(new TextEncoder().encode("PING\r\n"));
    await connection.read(scratch);
  }
  console.log();
  await Deno.stdin.read(new Uint8Array(1));
  const subscribe = async (connection: Deno.Conn, client: number) => {
    const channels = channelsOf(client, audience);
    const request = encodeCommand(["SUBSCRIBE", ...channels]);
    for (let at = 0; at < request.length;) at += await connection.write(request.subarray(at));
    for (let left = bytesTold(channels); left > 0;) left -= await connection.read(scratch) ?? left;
  };
  for (const [client, connection] of connections.entries()) await subscribe(connection, client);
  console.log();
  for (const connection of connections) listen(connection, scratch);
  await Deno.stdin.read(new Uint8Array(1));
  Deno.exit();
}

async function listen(connection: Deno.Conn, scratch: Uint8Array): Promise<void> {
  while (await connection.read(scratch) !== null);
  throw new Error("the server closed a subscriber");
}

/** Such a process. */
export class Subscribers {
  private constructor(
    readonly child: Deno.ChildProcess,
    readonly lines: AsyncIterator<Uint8Array>,
    readonly input: WritableStreamDefaultWriter<Uint8Array>,
  ) {}

  /** Connects them. */
  static async connect(port: number, { clients, channelsPerClient, distinctChannels }: Audience): Promise<Subscribers> {
    const numbers = [port, clients, channelsPerClient, distinctChannels].map(String);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "--allow-net", import.meta.url, ...numbers],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const subscribers = new Subscribers(child, child.stdout[Symbol.asyncIterator](), child.stdin.getWriter());
    await subscribers.#line();
    return subscribers;
  }

  /** Subscribes them. */
  async subscribe(): Promise<void> {
    await this.input.write(new Uint8Array(1));
    await this.#line();
  }

  /** Closes all connections. */
  async end(): Promise<void> {
    await this.input.close();
    await this.lines.return?.();
    if (!(await this.child.status).success) throw new Error("the subscribers failed");
  }

  async #line(): Promise<void> {
    if ((await this.lines.next()).done) throw new Error("the subscribers failed");
  }
}

if (import.meta.main) {
  const [port, clients, channelsPerClient, distinctChannels] = Deno.args.map(Number);
  await run(port, { clients, channelsPerClient, distinctChannels });
}
