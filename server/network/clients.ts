/**
 * All connections of a server: who they are, their limits, and what concerns them together.
 *
 * Memory stays bounded because every connection's buffers are: unread requests by `client-query-buffer-limit`, unread
 * replies by `client-output-buffer-limit` of the client's class, the number of connections by `maxclients`.
 *
 * @module
 */
import type { Dispatcher } from "../commands/dispatcher.ts";
import type { Session } from "../commands/session.ts";
import type { Logger } from "../observe/log.ts";
import { NextPoll } from "./next_poll.ts";
import { BufferPool } from "../protocol/buffer_pool.ts";
import { ArgumentsPool } from "../protocol/request_reader.ts";
import { Connection, type ConnectionHost } from "./connection.ts";
import { describeClient } from "./description.ts";

/** Limits of replies that a client has not read: at once above `hardBytes`, or above `softBytes` for `softSeconds`. */
export interface OutputLimit {
  readonly hardBytes: number;
  readonly softBytes: number;
  readonly softSeconds: number;
}

/** Classes of clients with limits of their own. */
export type ClientClass = "normal" | "replica" | "pubsub";

/** Settings, kept current by the server. */
export interface ClientLimits {
  countMax: number;
  queryBufferBytesMax: number;
  bulkBytesMax: number;
  output: Record<ClientClass, OutputLimit>;
  /** Seconds without a request after which a connection is closed; 0: never. */
  idleSecondsMax: number;
  /** Whether connections send TCP keep-alive probes. */
  keepAlive: boolean;
  /** Refuses connections from other machines while no password protects the server. */
  protectedMode: boolean;
  passwordRequired: boolean;
}

const UNLIMITED: OutputLimit = { hardBytes: 0, softBytes: 0, softSeconds: 0 };
/** An idle connection gives its larger buffers back after so long. */
const SHRINK_AFTER_MS = 2000;

const TOO_MANY = "-ERR max number of clients reached\r\n";
const DENIED =
  "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for " +
  "the default user. In this mode connections are only accepted from the loopback interface. If you want to connect from " +
  "external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode sending the " +
  "command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis from the same host the " +
  "server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. Use CONFIG REWRITE " +
  "to make this change permanent. 2) Alternatively you can just disable the protected mode by editing the Redis " +
  "configuration file, and setting the protected mode option to 'no', and then restarting the server. 3) If you started " +
  "the server manually just for testing, restart it with the '--protected-mode no' option. 4) Set up an authentication " +
  "password for the default user. NOTE: You only need to do one of the above things in order for the server to start " +
  "accepting connections from the outside.\r\n";

export class Clients implements ConnectionHost {
  readonly argumentsPool = new ArgumentsPool();
  readonly buffers = new BufferPool();
  readonly nextPoll = new NextPoll();
  readonly limits: ClientLimits = {
    countMax: 10000,
    queryBufferBytesMax: 1024 ** 3,
    bulkBytesMax: 512 * 1024 * 1024,
    output: { normal: UNLIMITED, replica: UNLIMITED, pubsub: UNLIMITED },
    idleSecondsMax: 0,
    keepAlive: true,
    protectedMode: true,
    passwordRequired: false,
  };
  /** Told of connections that come and go. */
  readonly connectedListeners: ((client: Session) => void)[] = [];
  readonly disconnectedListeners: ((client: Session) => void)[] = [];
  /** Told of `RESET`. */
  readonly resetListeners: ((client: Session) => void)[] = [];
  /** Largest pending output and largest query buffer among the connections, as of the last cron. */
  outputBytesPeak = 0;
  queryBytesPeak = 0;

  readonly #all = new Map<number, Connection>();
  /** Connections that ran requests in this turn. */
  readonly #served: Connection[] = [];
  /** Clients that were sent something by others; those that are gone have no flush pending any more. */
  #toFlush: Session[] = [];
  #flushing: Session[] = [];
  /** The smallest of the output limits, as they were when it was looked for. */
  #leastLimit: { readonly of: ClientLimits["output"] | null; readonly bytes: number } = { of: null, bytes: 0 };
  /** Sends what is held back for many. */
  #held: (() => void) | null = null;
  #inTurn = false;
  readonly #endTurn = () => {
    if (this.#held !== null) this.releaseHeld();
    this.#inTurn = false;
    this.dispatcher.end();
    this.#flushAll();
  };
  #flushScheduled = false;
  readonly #flushScheduledOutputs = () => {
    this.#flushScheduled = false;
    this.#flushAll();
  };
  #nextId = 1;

  constructor(readonly dispatcher: Dispatcher, readonly log: Logger) {}

  /** Connections in the order in which they came. */
  get all(): IterableIterator<Connection> {
    return this.#all.values();
  }

  get count(): number {
    return this.#all.size;
  }

  get queryBufferBytesMax(): number {
    return this.limits.queryBufferBytesMax;
  }

  /** Bytes of all connections' buffers. */
  get bufferBytes(): number {
    let bytes = this.buffers.bytes;
    for (const client of this.#all.values()) bytes += client.bufferBytes;
    return bytes;
  }

  /** The next client id. */
  takeId(): number {
    return this.#nextId++;
  }

  /** By id. */
  get(id: number): Connection | undefined {
    return this.#all.get(id);
  }

  /** Takes a new connection over, or refuses it. */
  accept(socket: Deno.Conn): void {
    const { statistics, keyspace } = this.dispatcher;
    const remote = addressText(socket.remoteAddr, socket.localAddr);
    if (this.#all.size >= this.limits.countMax) {
      statistics.connectionsRejected++;
      return refuse(socket, TOO_MANY);
    }
    if (this.limits.protectedMode && !this.limits.passwordRequired && !isLocal(socket)) {
      statistics.connectionsRejected++;
      return refuse(socket, DENIED);
    }
    if (socket.remoteAddr.transport === "tcp") {
      const tcp = socket as Deno.TcpConn;
      tcp.setNoDelay(true);
      if (this.limits.keepAlive) tcp.setKeepAlive(true);
    }
    const local = addressText(socket.localAddr, socket.localAddr);
    const id = this.takeId();
    const client = new Connection(id, keyspace.databases[0], keyspace.clock.nowMs, socket, { remote, local }, this);
    client.reader.bulkBytesMax = this.limits.bulkBytesMax;
    client.authenticated = !this.limits.passwordRequired;
    client.reader.unauthenticated = !client.authenticated;
    this.#all.set(id, client);
    statistics.connectionsReceived++;
    this.log.verbose(`Accepted ${remote}`);
    for (const listener of this.connectedListeners) listener(client);
    client.start();
  }

  ended(connection: Connection): void {
    this.#all.delete(connection.id);
    connection.flushPending = false;
    if (connection.waiter !== null) this.dispatcher.blocking.remove(connection.waiter);
    connection.postponed = null;
    for (const listener of this.disconnectedListeners) listener(connection);
  }

  protocolError(connection: Connection, reason: string): void {
    if (reason === "query buffer limit") {
      this.log.warning(`Closing client that reached max query buffer length: ${describeClient(connection)}`);
    } else this.log.verbose(`Protocol error (${reason}) from client: ${describeClient(connection)}`);
  }

  outputGrew(connection: Connection): void {
    const pending = connection.pendingOutputBytes;
    if (pending <= this.#leastLimitBytes()) {
      connection.softLimitSinceMs = 0;
      return;
    }
    const limit = this.limits.output[classOf(connection)];
    const nowMs = this.dispatcher.keyspace.clock.nowMs;
    if (limit.softBytes > 0 && pending > limit.softBytes) connection.softLimitSinceMs ||= nowMs;
    else connection.softLimitSinceMs = 0;
    const overHard = limit.hardBytes > 0 && pending > limit.hardBytes;
    const overSoft = connection.softLimitSinceMs > 0 &&
      nowMs - connection.softLimitSinceMs > limit.softSeconds * 1000;
    if (!overHard && !overSoft) return;
    this.dispatcher.statistics.clientsKilledByOutputLimit++;
    this.log.warning(
      `Client ${describeClient(connection)} scheduled to be closed ASAP for overcoming of output buffer limits.`,
    );
    connection.close(false);
  }

  /** What is within every limit. */
  #leastLimitBytes(): number {
    const { output } = this.limits;
    if (output === this.#leastLimit.of) return this.#leastLimit.bytes;
    const limits = Object.values(output).flatMap(({ hardBytes, softBytes }) => [hardBytes, softBytes]);
    this.#leastLimit = { of: output, bytes: Math.min(...limits.filter((bytes) => bytes > 0)) };
    return this.#leastLimit.bytes;
  }

  /** Sends what the commands of a turn have put into outputs. */
  #flushAll(): void {
    for (let i = 0; i < this.#served.length; i++) this.#served[i].flush();
    this.#served.length = 0;
    const clients = this.#toFlush;
    if (clients.length === 0) return;
    this.#toFlush = this.#flushing;
    this.#flushing = clients;
    for (let i = 0; i < clients.length; i++) {
      const client = clients[i];
      if (!client.flushPending) continue;
      client.flushPending = false;
      client.flush();
    }
    clients.length = 0;
  }

  /** Holds something back until anything else is sent, or to the end of the turn; false where no turn is. */
  hold(deliver: () => void): boolean {
    if (!this.#inTurn) return false;
    if (this.#held !== null) this.releaseHeld();
    this.#held = deliver;
    return true;
  }

  get isHolding(): boolean {
    return this.#held !== null;
  }

  releaseHeld(): void {
    const deliver = this.#held;
    this.#held = null;
    deliver?.();
  }

  /** Notes that a client's output has got something that is no reply to its own request. */
  pushed(client: Session): void {
    if (!client.flushPending) {
      client.flushPending = true;
      this.#toFlush.push(client);
    }
    if (client instanceof Connection) this.outputGrew(client);
    if (this.#inTurn || this.#flushScheduled) return;
    this.#flushScheduled = true;
    queueMicrotask(this.#flushScheduledOutputs);
  }

  turnBegins(): void {
    if (this.#inTurn) return;
    this.#inTurn = true;
    this.dispatcher.begin();
    // Runs behind the reads that the event loop has completed together with this one.
    queueMicrotask(this.#endTurn);
  }

  turnEnds(connection: Connection): void {
    this.#served.push(connection);
  }

  /** Closes what has been idle too long, gives buffers back, looks after limits. Runs several times a second. */
  cron(nowMs: number): void {
    this.outputBytesPeak = 0;
    this.queryBytesPeak = 0;
    for (const client of this.#all.values()) {
      this.outputBytesPeak = Math.max(this.outputBytesPeak, client.pendingOutputBytes);
      this.queryBytesPeak = Math.max(this.queryBytesPeak, client.reader.pendingBytes);
      const idleMs = nowMs - client.lastActiveMs;
      if (client.pendingOutputBytes > 0) this.outputGrew(client);
      if (this.limits.idleSecondsMax > 0 && idleMs > this.limits.idleSecondsMax * 1000 && mayTimeOut(client)) {
        this.log.verbose("Closing idle client");
        client.close(false);
      } else if (idleMs > SHRINK_AFTER_MS) client.shrink();
    }
    this.buffers.trim(nowMs);
    if (!this.#inTurn) this.#flushAll();
  }

  /** Closes all connections. */
  closeAll(): void {
    for (const client of [...this.#all.values()]) client.close(false);
    this.nextPoll.close();
  }
}

/** The class whose output limit a client is under. */
export function classOf(client: Session): ClientClass {
  return client.subscribed ? "pubsub" : "normal";
}

function mayTimeOut(client: Connection): boolean {
  return !client.suspended && !client.monitoring && !client.subscribed;
}

function refuse(socket: Deno.Conn, reason: string): void {
  socket.write(new TextEncoder().encode(reason)).catch(() => {}).finally(() => socket.close());
}

/** `address:port`; IPv6 addresses in brackets; of a Unix socket its path and port 0. */
function addressText(address: Deno.Addr, local: Deno.Addr): string {
  if (address.transport === "unix") return `${address.path ?? (local as Deno.UnixAddr).path}:0`;
  const { hostname, port } = address as Deno.NetAddr;
  const plain = hostname.replace(/^::ffff:/, "");
  return plain.includes(":") ? `[${plain}]:${port}` : `${plain}:${port}`;
}

function isLocal(socket: Deno.Conn): boolean {
  const address = socket.remoteAddr;
  if (address.transport === "unix") return true;
  const hostname = (address as Deno.NetAddr).hostname.replace(/^::ffff:/, "");
  return hostname.startsWith("127.") || hostname === "::1";
}
