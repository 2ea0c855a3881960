/**
 * A client that hides nothing: it sends the bytes it is given and returns the bytes that came.
 *
 * Every read has a time limit, because a server under test that forgets a reply must fail the test and not hang it.
 * `send` does not read meanwhile, as a real client that writes a long pipeline before it reads does not either; `pipeline`
 * does both at once.
 *
 * @module
 */
import { type Argument, concatBytes } from "./bytes.ts";
import { decode, encodeCommand, type Reply, replyEnd } from "./resp.ts";

const replyWaitMsMax = 10_000;
const readBytes = 64 * 1024;

/** Where a server listens. */
export type Address = { port: number; hostname?: string } | { path: string };

/** Thrown when nothing came in time. */
export class NoReply extends Error {}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** One connection. */
export class RawClient {
  readonly #connection: Deno.Conn;
  #buffer = new Uint8Array(readBytes);
  #start = 0;
  #end = 0;
  /** A read that outlived its time limit goes on and delivers its bytes to the next reader. */
  #reading: Promise<boolean> | undefined;
  #closed = false;

  private constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /** Connects over TCP (on 127.0.0.1 unless told otherwise) or to a Unix socket. */
  static async connect(address: Address): Promise<RawClient> {
    if ("path" in address) return new RawClient(await Deno.connect({ transport: "unix", path: address.path }));
    const connection = await Deno.connect({ hostname: address.hostname ?? "127.0.0.1", port: address.port });
    connection.setNoDelay(true);
    return new RawClient(connection);
  }

  /** Writes one command and does not wait for its reply. */
  send(...args: Argument[]): Promise<void> {
    return this.sendRaw(encodeCommand(args));
  }

  /** Writes the bytes as they are. */
  sendRaw(bytes: Uint8Array): Promise<void> {
    return writeAll(this.#connection, bytes);
  }

  /** The raw reply to one command. Throws when the connection closes instead. */
  async command(...args: Argument[]): Promise<Uint8Array> {
    await this.send(...args);
    return await this.#expectReply();
  }

  /** The decoded reply to one command. */
  async call(...args: Argument[]): Promise<Reply> {
    return decode(await this.command(...args));
  }

  /** The raw replies to all commands, sent at once. */
  async pipeline(commands: readonly (readonly Argument[])[]): Promise<Uint8Array[]> {
    const sent = this.sendRaw(concatBytes(commands.map(encodeCommand)));
    const replies: Uint8Array[] = [];
    while (replies.length < commands.length) replies.push(await this.#expectReply());
    await sent;
    return replies;
  }

  /** The next raw reply, push messages included; `null` when the connection is closed. */
  async readReply(timeoutMs = replyWaitMsMax): Promise<Uint8Array | null> {
    for (;;) {
      const end = replyEnd(this.#buffer, this.#start, this.#end);
      if (end !== -1) {
        const reply = this.#buffer.slice(this.#start, end);
        this.#start = end;
        return reply;
      }
      if (!await this.#fill(timeoutMs)) return null;
    }
  }

  /** All bytes until the server closes the connection. */
  async readUntilClose(timeoutMs = replyWaitMsMax): Promise<Uint8Array> {
    while (await this.#fill(timeoutMs));
    const rest = this.#buffer.slice(this.#start, this.#end);
    this.#start = this.#end;
    return rest;
  }

  /** Tells the server that nothing more will be sent; replies still arrive. */
  async closeWrite(): Promise<void> {
    await (this.#connection as Deno.TcpConn).closeWrite();
  }

  /** Closes the connection. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
    await this.#reading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #expectReply(): Promise<Uint8Array> {
    const reply = await this.readReply();
    if (reply === null) throw new Error("the server closed the connection");
    return reply;
  }

  /** Waits for more bytes; false when the connection is closed. */
  async #fill(timeoutMs: number): Promise<boolean> {
    this.#reading ??= this.#read().finally(() => this.#reading = undefined);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NoReply(`nothing came in ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      return await Promise.race([this.#reading, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(): Promise<boolean> {
    this.#makeRoom();
    let count: number | null;
    try {
      count = await this.#connection.read(this.#buffer.subarray(this.#end));
    } catch (error) {
      const gone = error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BadResource ||
        error instanceof Deno.errors.Interrupted;
      if (!gone) throw error;
      return false;
    }
    this.#end += count ?? 0;
    return count !== null;
  }

  #makeRoom(): void {
    if (this.#buffer.length - this.#end >= readBytes / 2) return;
    const unread = this.#buffer.subarray(this.#start, this.#end);
    const roomy = unread.length > this.#buffer.length / 2 ? new Uint8Array(this.#buffer.length * 2) : this.#buffer;
    roomy.set(unread);
    this.#buffer = roomy;
    this.#end = unread.length;
    this.#start = 0;
  }
}
