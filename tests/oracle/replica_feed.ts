/**
 * What a replica of the oracle gets: its connection, on which nothing is ever acknowledged.
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
 *
 * @module
 */
import { concatBytes, escapeBytes } from "../support/bytes.ts";
import { decode, encodeCommand, replyEnd } from "../support/resp.ts";

const LINE_FEED = 0x0a;

/** Options for a server whose replica stays in place without saying anything, and is told nothing but commands. */
export const feedOptions: readonly string[] = [
  ...["--repl-diskless-sync", "no", "--repl-timeout", "100000", "--repl-ping-replica-period", "100000"],
];

/** The stream of commands to a replica. */
export class ReplicaFeed {
  #bytes: Uint8Array = new Uint8Array(0);

  private constructor(readonly connection: Deno.TcpConn) {}

  /** Resolves when the dataset has come; commands follow. */
  static async connect(port: number): Promise<ReplicaFeed> {
    const feed = new ReplicaFeed(await Deno.connect({ hostname: "127.0.0.1", port }));
    await feed.connection.write(encodeCommand(["PSYNC", "?", "-1"]));
    await feed.#line();
    const dataset = await feed.#line();
    const size = Number(dataset.slice(1));
    while (feed.#bytes.length < size) await feed.#read();
    feed.#bytes = feed.#bytes.slice(size);
    return feed;
  }

  /** The commands that have come, up to one that is looked for, which is not among them. */
  async until(last: string): Promise<string[]> {
    const lines: string[] = [];
    for (;;) {
      const end = replyEnd(this.#bytes, 0, this.#bytes.length);
      if (end === -1) {
        await this.#read();
        continue;
      }
      const words = decode(this.#bytes.subarray(0, end), { bytes: true }) as Uint8Array[];
      this.#bytes = this.#bytes.slice(end);
      const line = words.map((word) => escapeBytes(word)).join(" ");
      if (line === last) return lines;
      lines.push(line);
    }
  }

  /** The next line that is not empty, as those are that keep the connection alive. */
  async #line(): Promise<string> {
    for (;;) {
      const end = this.#bytes.indexOf(LINE_FEED);
      if (end === -1) {
        await this.#read();
        continue;
      }
      const line = new TextDecoder().decode(this.#bytes.subarray(0, end)).trim();
      this.#bytes = this.#bytes.slice(end + 1);
      if (line !== "") return line;
    }
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    const count = await this.connection.read(buffer);
    if (count === null) throw new Error("the server closed its replica's connection");
    this.#bytes = concatBytes([this.#bytes, buffer.subarray(0, count)]);
  }

  [Symbol.dispose](): void {
    this.connection.close();
  }
}
