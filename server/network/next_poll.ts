/**
 * Waiting until the event loop has asked the system which sockets are ready.
 *
 * While one socket always has data, its reads complete at once and the loop goes round without asking about the others:
 * neither an immediate nor a message changes that, and a timer waits a millisecond. What helps is to wait for something
 * that only the system can tell: a byte sent to oneself. It costs some 10 µs, and serves all who wait at the time.
 *
 * @module
 */
import { setImmediate } from "node:timers";

const BYTE = new Uint8Array(1);

export class NextPoll {
  #sender: Deno.TcpConn | null = null;
  #receiver: Deno.TcpConn | null = null;
  #opening: Promise<void> | null = null;
  #waiting: (() => void)[] = [];
  #closed = false;
  readonly #received = new Uint8Array(16);
  readonly #onPoll = () => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) callback();
  };

  /** Calls back once the loop has looked at all sockets. */
  wait(callback: () => void): void {
    this.#waiting.push(callback);
    if (this.#waiting.length > 1) return;
    if (this.#opening === null) this.#opening = this.#open();
    if (this.#sender === null) this.#opening.then(() => this.#poll());
    else this.#poll();
  }

  /** Lets the sockets go; who waits is called soon. */
  close(): void {
    this.#closed = true;
    this.#sender?.close();
    this.#receiver?.close();
    this.#sender = this.#receiver = null;
  }

  #poll(): void {
    if (this.#sender === null || this.#receiver === null) return void setImmediate(this.#onPoll);
    this.#receiver.read(this.#received).then(this.#onPoll, this.#onPoll);
    this.#sender.write(BYTE).catch(() => {});
  }

  async #open(): Promise<void> {
    try {
      using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const address = { ...listener.addr, transport: "tcp" as const };
      const [sender, receiver] = await Promise.all([Deno.connect(address), listener.accept()]);
      sender.setNoDelay(true);
      this.#sender = sender;
      this.#receiver = receiver;
      const isOurs = receiver.remoteAddr.port === sender.localAddr.port;
      if (this.#closed || !isOurs) this.close();
    } catch {
      // Without a loopback the loop does without.
    }
  }
}
