/**
 * Writes keys by the million over one pipelined connection.
 *
 * The driver must cost little, or it takes CPU time from the server it drives: a batch of requests is built once, and
 * only the digits of its keys are written anew. Keys are `key:` and twelve digits.
 *
 * @module
 */

const batchRequests = 512;
const batchesInFlightMax = 8;
const keyDigits = 12;
const okReplyBytes = 5;

/** What each key is set to. */
export interface FillOptions {
  readonly valueBytes: number;
  /** Deadline in milliseconds since 1970. */
  readonly deadlineMs?: number;
}

/** A connection that sets keys. */
export class Filler {
  readonly #batch: Uint8Array;
  readonly #requestBytes: number;
  readonly #keyOffset: number;
  readonly #replies = new Uint8Array(64 * 1024);
  #unread = 0;

  private constructor(readonly connection: Deno.Conn, { valueBytes, deadlineMs }: FillOptions) {
    const deadline = deadlineMs === undefined ? "" : `$4\r\nPXAT\r\n$13\r\n${deadlineMs}\r\n`;
    const head = `*${deadline ? 5 : 3}\r\n$3\r\nSET\r\n$${4 + keyDigits}\r\nkey:`;
    const request = `${head}${"0".repeat(keyDigits)}\r\n$${valueBytes}\r\n${"v".repeat(valueBytes)}\r\n${deadline}`;
    this.#batch = new TextEncoder().encode(request.repeat(batchRequests));
    this.#requestBytes = request.length;
    this.#keyOffset = head.length;
  }

  /** Connects. */
  static async connect(port: number, options: FillOptions): Promise<Filler> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.setNoDelay(true);
    return new Filler(connection, options);
  }

  /** Sets keys `0` to `count - 1`. */
  async fill(count: number): Promise<void> {
    for (let next = 0; next < count; next += batchRequests) {
      const requests = Math.min(batchRequests, count - next);
      for (let at = 0; at < requests; at++) this.#writeKey(at, next + at);
      await this.#send(requests, batchesInFlightMax);
    }
    await this.#settle(0);
  }

  /** Overwrites random keys among `count` for `seconds`, one batch at a time; how many. */
  async overwrite(count: number, seconds: number): Promise<number> {
    const end = performance.now() + seconds * 1000;
    let written = 0;
    for (; performance.now() < end; written += batchRequests) {
      for (let at = 0; at < batchRequests; at++) this.#writeKey(at, Math.floor(Math.random() * count));
      await this.#send(batchRequests, 1);
    }
    await this.#settle(0);
    return written;
  }

  close(): void {
    this.connection.close();
  }

  #writeKey(request: number, key: number): void {
    let rest = key;
    let at = request * this.#requestBytes + this.#keyOffset + keyDigits - 1;
    for (let digits = keyDigits; digits > 0; digits--, at--) {
      const tenth = Math.floor(rest / 10);
      this.#batch[at] = 0x30 + rest - tenth * 10;
      rest = tenth;
    }
  }

  async #send(requests: number, batchesMax: number): Promise<void> {
    const bytes = this.#batch.subarray(0, requests * this.#requestBytes);
    for (let at = 0; at < bytes.length;) at += await this.connection.write(bytes.subarray(at));
    this.#unread += requests * okReplyBytes;
    await this.#settle((batchesMax - 1) * batchRequests * okReplyBytes);
  }

  /** Reads replies until no more than `unreadMax` bytes of them are due. */
  async #settle(unreadMax: number): Promise<void> {
    while (this.#unread > unreadMax) {
      const count = await this.connection.read(this.#replies);
      if (count === null) throw new Error("the server closed the connection");
      const isOk = this.#replies[0] === 0x2b || this.#unread % okReplyBytes !== 0;
      if (!isOk) throw new Error(new TextDecoder().decode(this.#replies.subarray(0, count)));
      this.#unread -= count;
    }
  }
}
