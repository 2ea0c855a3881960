/**
 * Where a server listens: addresses of `bind`, the Unix socket.
 *
 * @module
 */
import type { Logger } from "../observe/log.ts";

/** The server cannot listen where it is told to. */
export class ListenError extends Error {
  override name = "ListenError";
}

export class Listeners {
  readonly #open = new Set<Deno.Listener>();
  #addresses: readonly string[] = [];
  #port = 0;
  /** New listeners that are about to follow, and the addresses that were in use before. */
  #rebinding: { readonly former: readonly string[]; readonly timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(readonly accept: (socket: Deno.Conn) => void, readonly log: Logger) {}

  /** The TCP port in use; what the system chose where 0 was asked for by {@linkcode Listeners.listenTcp}. */
  get port(): number {
    return this.#port;
  }

  /**
   * Listens on addresses: `*` is every IPv4 address, `::*` every IPv6 address, a `-` before an address allows it to be
   * missing. Throws {@linkcode ListenError} when an address that must be there is not, and listens nowhere then.
   */
  listenTcp(addresses: readonly string[], port: number): void {
    const opened: Deno.Listener[] = [];
    // A wildcard IPv6 listener takes IPv4 connections too, where the system has both; so it goes first.
    const ordered = [...addresses].sort((a, b) => Number(isWildcard6(b)) - Number(isWildcard6(a)));
    let coversIpv4 = false;
    let chosen = port;
    for (const address of ordered) {
      const optional = address.startsWith("-");
      const hostname = hostnameOf(address);
      try {
        const listener = Deno.listen({ hostname, port: chosen });
        chosen = listener.addr.port;
        coversIpv4 ||= hostname === "::";
        opened.push(listener);
      } catch (error) {
        if (hostname === "0.0.0.0" && coversIpv4) continue;
        const reason = reasonOf(error);
        this.log.warning(
          `Warning: Could not create server TCP listening socket ${address.replace(/^-/, "")}:${port}: bind: ${reason}`,
        );
        if (optional) continue;
        opened.forEach((listener) => listener.close());
        throw new ListenError(`Failed listening on port ${port} (TCP), aborting.`);
      }
    }
    this.#addresses = addresses;
    this.#port = chosen;
    opened.forEach((listener) => this.#serve(listener));
  }

  /**
   * Listens on other addresses or another port than so far, on none where the port is 0. Throws {@linkcode ListenError}
   * where that cannot be; all is then as it was.
   */
  moveTcp(addresses: readonly string[], port: number): void {
    if (port === this.#port && port > 0) return this.#rebindTcp(addresses);
    const former = this.#tcpListeners();
    if (port > 0) this.listenTcp(addresses, port);
    else this.#port = 0;
    for (const listener of former) this.#close(listener);
  }

  /**
   * The system gives an address and port free only once the old listener's pending accept has come to its end, which is in
   * the next turn of the event loop; so the new listeners follow then, and whether they can is asked before.
   */
  #rebindTcp(addresses: readonly string[]): void {
    const port = this.#port;
    for (const address of addresses) this.#checkAddress(address);
    const former = this.#rebinding?.former ?? this.#addresses;
    clearTimeout(this.#rebinding?.timer);
    this.#closeTcp();
    this.#port = port;
    const timer = setTimeout(() => {
      this.#rebinding = undefined;
      try {
        this.listenTcp(addresses, port);
      } catch (error) {
        if (!(error instanceof ListenError)) throw error;
        this.log.warning("Failed to bind. The former addresses stay in use.");
        this.listenTcp(former, port);
      }
    });
    this.#rebinding = { former, timer };
  }

  /** Throws {@linkcode ListenError} where an address that must be there is none of this machine. */
  #checkAddress(address: string): void {
    if (address.startsWith("-")) return;
    try {
      Deno.listen({ hostname: hostnameOf(address), port: 0 }).close();
    } catch (error) {
      const reason = reasonOf(error);
      this.log.warning(
        `Warning: Could not create server TCP listening socket ${address}:${this.#port}: bind: ${reason}`,
      );
      this.log.warning("Failed to bind");
      throw new ListenError("Failed to bind to specified addresses.");
    }
  }

  #tcpListeners(): Deno.Listener[] {
    return [...this.#open].filter(({ addr }) => addr.transport === "tcp");
  }

  /** Listens on a Unix socket, in place of one that an earlier process has left. */
  listenUnix(path: string, permissions: number): void {
    if (Deno.build.os === "windows") throw new ListenError("Unix sockets are not available on Windows");
    try {
      Deno.removeSync(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    try {
      const listener = Deno.listen({ transport: "unix", path });
      if (permissions > 0) Deno.chmodSync(path, permissions);
      this.#serve(listener);
    } catch (error) {
      this.log.warning(`Failed opening Unix socket: bind: ${reasonOf(error)}`);
      throw new ListenError(`Failed opening Unix socket: bind: ${reasonOf(error)}`);
    }
  }

  /** Stops listening everywhere; Unix sockets leave the file system. */
  close(): void {
    clearTimeout(this.#rebinding?.timer);
    for (const listener of this.#open) this.#close(listener);
  }

  /** Connections stay. */
  #closeTcp(): void {
    for (const listener of this.#tcpListeners()) this.#close(listener);
    this.#addresses = [];
    this.#port = 0;
  }

  #close(listener: Deno.Listener): void {
    this.#open.delete(listener);
    listener.close();
    if (listener.addr.transport !== "unix") return;
    try {
      Deno.removeSync(listener.addr.path);
    } catch {
      // Somebody removed it already.
    }
  }

  async #serve(listener: Deno.Listener): Promise<void> {
    this.#open.add(listener);
    while (this.#open.has(listener)) {
      try {
        this.accept(await listener.accept());
      } catch (error) {
        if (!this.#open.has(listener) || error instanceof Deno.errors.BadResource) return;
        // Out of file descriptors, or a peer that was gone before it was accepted: the next one may be fine.
        this.log.warning(`Error accepting a client connection: ${reasonOf(error)}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }
}

function isWildcard6(address: string): boolean {
  return hostnameOf(address) === "::";
}

function hostnameOf(address: string): string {
  const plain = address.replace(/^-/, "");
  return plain === "*" ? "0.0.0.0" : plain === "::*" ? "::" : plain;
}

/** The system's words, without Deno's error class and code. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/ \(os error \d+\)$/, "");
}
