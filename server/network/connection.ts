/**
 * A client over a socket: reads requests, runs them, sends the replies.
 *
 * What arrives with one read is run as one batch, and its replies go out with one write at the end of the turn, after all
 * connections that were ready have been served: the peer is woken once, and a log that must be synced first is synced
 * once for all. While a write is under way,
 * replies gather in a second buffer, so neither waits for the other and a slow reader costs memory only, up to the
 * client's output limit.
 *
 * A client that sends without pause is read one buffer at a time, with a look at all other sockets in between, so it holds
 * nobody up for longer than a buffer takes.
 *
 * Reading and writing continue in callbacks that are made once per connection: a request costs one promise for the read
 * and one for the write.
 *
 * @module
 */
import type { Dispatcher } from "../commands/dispatcher.ts";
import { Session } from "../commands/session.ts";
import type { Database } from "../keyspace/database.ts";
import type { BufferPool } from "../protocol/buffer_pool.ts";
import { ReplyWriter } from "../protocol/reply_writer.ts";
import type { NextPoll } from "./next_poll.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { type ArgumentsPool, BROKEN, READY, RequestReader } from "../protocol/request_reader.ts";
import { readStrictRequest } from "../protocol/strict_request.ts";

/** Replies of a batch beyond this are held against the output limit after each request. */
const CHECKED_OUTPUT_BYTES = 64 * 1024;
/** What a client may send without pause until the others are looked at. */
const UNPOLLED_BYTES_MAX = 1024 * 1024;
/** What running a request counts for in this. */
const REQUEST_WEIGHT_BYTES = 16 * 1024;

const OPEN = 0;
/** Sends what is replied already, then closes. */
const CLOSING = 1;
const CLOSED = 2;

/** What a connection needs of its server. */
export interface ConnectionHost {
  readonly dispatcher: Dispatcher;
  readonly argumentsPool: ArgumentsPool;
  readonly buffers: BufferPool;
  readonly nextPoll: NextPoll;
  /** Told once when the connection has ended. */
  ended(connection: Connection): void;
  /** Whether the output of a client is within its limits; called when it has grown. */
  outputGrew(connection: Connection): void;
  /** A stream that is no protocol. */
  protocolError(connection: Connection, reason: string): void;
  /** Most bytes that a client may have sent of unfinished requests. */
  readonly queryBufferBytesMax: number;
  /** Whether something is held back that must be sent before anything else is. */
  readonly isHolding: boolean;
  /** Sends it. */
  releaseHeld(): void;
  /** A client's output has got something that is no reply. */
  pushed(connection: Connection): void;
  /** A connection is about to run requests. */
  turnBegins(): void;
  /** A connection has run its requests; its output is to be sent at the end of the turn. */
  turnEnds(connection: Connection): void;
}

export class Connection extends Session {
  readonly reader: RequestReader;
  bytesIn = 0;
  bytesOut = 0;
  /** When its output went over the soft limit; 0 while it is not. */
  softLimitSinceMs = 0;

  readonly #socket: Deno.Conn;
  readonly #host: ConnectionHost;
  #state = OPEN;
  #reading = false;
  /** Room that the read under way has. */
  #spaceBytes = 0;
  /** What it has sent since the others were looked at. */
  #unpolledBytes = 0;
  #processing = false;
  /** What it was sent in the middle of a command whose reply is taken back. */
  #unsilenced: ReplyWriter | null = null;
  /** What goes out before its replies. */
  #said: ReplyWriter | null = null;
  /** Whether its present command has listened to it. */
  #isConversing = false;
  // The write under way: its buffer, where it is and where it ends.
  #writing = false;
  #outgoing: Uint8Array<ArrayBuffer> = NOTHING;
  #sent = 0;
  #outgoingEnd = 0;

  readonly #onRead = (count: number | null) => this.#received(count);
  readonly #onTurn = () => this.#read();
  readonly #onWritten = (count: number) => this.#written(count);
  readonly #onReadFailure = () => this.#readFailed();
  readonly #onWriteFailure = () => this.#writeFailed();

  constructor(
    id: number,
    db: Database,
    nowMs: number,
    socket: Deno.Conn,
    addresses: { readonly remote: string; readonly local: string },
    host: ConnectionHost,
  ) {
    super(id, db, nowMs, addresses.remote, addresses.local, host.buffers);
    this.#socket = socket;
    this.#host = host;
    this.reader = new RequestReader(host.argumentsPool, host.buffers);
  }

  override get internal(): boolean {
    return false;
  }

  override get closed(): boolean {
    return this.#state === CLOSED;
  }

  override get closing(): boolean {
    return this.#state !== OPEN;
  }

  /** Whether the socket has not taken all that it was given. */
  get writing(): boolean {
    return this.#writing;
  }

  /** Bytes of replies that the socket has not taken yet. */
  get pendingOutputBytes(): number {
    return this.output.length + this.#outgoingEnd - this.#sent;
  }

  /** Bytes of buffers that it holds. */
  get bufferBytes(): number {
    return this.reader.bufferBytes + this.output.buffer.length + this.#outgoing.length;
  }

  /** Begins to read. */
  start(): void {
    this.#read();
  }

  override flush(): void {
    if (this.#writing) return;
    if (this.#state === CLOSED) return this.#release();
    if (this.#said !== null) {
      this.#send(this.#said);
      this.#said = null;
      return;
    }
    // While a command is unfinished, what may be taken back of its reply must not be on its way.
    if (this.unfinished) return;
    if (this.output.length === 0) {
      if (this.#state === CLOSING && !this.#processing) this.#finish();
      return;
    }
    this.#send(this.output);
    this.pushedEnd = 0;
  }

  #send(output: ReplyWriter): void {
    this.#sent = 0;
    this.#outgoingEnd = output.length;
    this.#outgoing = output.detach();
    this.#writing = true;
    this.#write();
  }

  override say(message: Uint8Array): void {
    if (this.#state === CLOSED) return;
    this.#said ??= new ReplyWriter(this.#host.buffers);
    this.#said.raw(message);
    this.flush();
  }

  /** What was sent together with the command that listens is not for its ears. */
  override listen(listener: (request: Arguments | null) => void): void {
    super.listen(listener);
    if (!this.#isConversing) this.reader.dropPending();
    this.#isConversing = true;
    queueMicrotask(() => this.#hear());
  }

  /** Hands what has arrived to who listens; what came in the same piece is dropped. */
  #hear(): void {
    const { listener, reader } = this;
    if (listener === null) return;
    const request = this.#state === CLOSED ? null : readStrictRequest(reader.pending);
    if (request === undefined) return this.#checkQueryBuffer();
    this.listener = null;
    const words = request?.clone() ?? null;
    if (this.#state !== CLOSED) reader.dropPending();
    listener(words);
  }

  override resume(): void {
    this.#isConversing = this.unfinished;
    if (this.#processing || this.suspended || this.#state !== OPEN) return;
    const postponed = this.postponed;
    if (postponed !== null) return;
    this.#process();
  }

  override send(message: Uint8Array, size: number = message.length): void {
    if (this.#host.isHolding) this.#host.releaseHeld();
    if (this.#state !== OPEN) return;
    const isSilent = this.#processing && this.silent;
    const output = isSilent ? this.#unsilenced ??= new ReplyWriter() : this.output;
    output.part(message, 0, size);
    if (!isSilent) this.pushedEnd = output.length;
    this.#host.pushed(this);
  }

  override breakSilence(): void {
    if (this.#unsilenced === null) return;
    const { buffer, length } = this.#unsilenced;
    this.output.part(buffer, 0, length);
    this.pushedEnd = this.output.length;
    this.#unsilenced = null;
  }

  override close(politely: boolean): void {
    if (this.#state === CLOSED) return;
    if (politely && (this.#writing || this.output.length > 0 || this.#processing || this.unfinished)) {
      this.#state = CLOSING;
      if (!this.#processing) this.flush();
    } else this.#finish();
  }

  /** Gives back memory that an idle connection does not need. */
  shrink(): void {
    this.reader.shrink();
  }

  #read(): void {
    if (this.#state !== OPEN) return;
    this.#reading = true;
    const space = this.reader.space();
    this.#spaceBytes = space.length;
    this.#socket.read(space).then(this.#onRead, this.#onReadFailure);
  }

  #received(count: number | null): void {
    this.#reading = false;
    if (this.#state === CLOSED) return this.#release();
    if (count === null || this.#state !== OPEN) {
      if (this.#state !== CLOSING || !this.#writing) this.#finish();
      return;
    }
    // A full buffer: more is waiting, and the next read would be done at once, again and again, before the event loop
    // looks at anybody else. So after a while the loop gets its turn first.
    const hasMore = count === this.#spaceBytes;
    this.#unpolledBytes = hasMore ? this.#unpolledBytes + count : 0;
    this.reader.filled(count);
    this.bytesIn += count;
    this.#host.dispatcher.statistics.bytesIn += count;
    this.#host.dispatcher.statistics.reads++;
    this.#process();
    if (this.#state !== OPEN || this.#reading) return;
    if (!hasMore || this.#unpolledBytes < UNPOLLED_BYTES_MAX) return this.#read();
    this.#unpolledBytes = 0;
    this.#host.nextPoll.wait(this.#onTurn);
  }

  /** Runs the requests that have arrived. */
  #process(): void {
    if (this.suspended) return this.listener === null ? this.#checkQueryBuffer() : this.#hear();
    const { dispatcher } = this.#host;
    const { reader, output } = this;
    this.#processing = true;
    this.#host.turnBegins();
    this.lastActiveMs = dispatcher.keyspace.clock.nowMs;
    let found = READY;
    while (this.#state === OPEN && !this.suspended && (found = reader.next()) === READY) {
      dispatcher.execute(this, reader.args);
      this.breakSilence();
      this.#unpolledBytes += REQUEST_WEIGHT_BYTES;
      if (output.length > CHECKED_OUTPUT_BYTES) this.#host.outputGrew(this);
    }
    this.#processing = false;
    if (found === BROKEN && this.#state === OPEN) {
      this.#host.protocolError(this, reader.error);
      if (!this.silent) output.error(`ERR ${reader.error}`);
      this.#state = CLOSING;
    } else this.#checkQueryBuffer();
    this.#host.turnEnds(this);
  }

  #checkQueryBuffer(): void {
    if (this.reader.pendingBytes <= this.#host.queryBufferBytesMax) return;
    this.#host.dispatcher.statistics.clientsKilledByQueryLimit++;
    this.#host.protocolError(this, "query buffer limit");
    this.#finish();
  }

  #write(): void {
    const all = this.#sent === 0 && this.#outgoingEnd === this.#outgoing.length;
    const bytes = all ? this.#outgoing : this.#outgoing.subarray(this.#sent, this.#outgoingEnd);
    this.#socket.write(bytes).then(this.#onWritten, this.#onWriteFailure);
  }

  #written(count: number): void {
    this.bytesOut += count;
    this.#host.dispatcher.statistics.bytesOut += count;
    this.#host.dispatcher.statistics.writes++;
    this.#sent += count;
    if (this.#state !== CLOSED && this.#sent < this.#outgoingEnd) return this.#write();
    this.#endWrite();
    if (this.#state === CLOSED) this.#release();
    else if (this.output.length > 0 || this.#said !== null || this.#state === CLOSING) this.flush();
  }

  #readFailed(): void {
    this.#reading = false;
    if (this.#state === CLOSED) this.#release();
    else this.#finish();
  }

  #writeFailed(): void {
    this.#endWrite();
    this.#finish();
  }

  #endWrite(): void {
    this.#writing = false;
    this.#host.buffers.give(this.#outgoing);
    this.#outgoing = NOTHING;
    this.#sent = this.#outgoingEnd = 0;
  }

  /** Gives back the buffers of a closed connection that nobody is using any more. */
  #release(): void {
    if (this.#processing) return;
    this.#host.buffers.give(this.output.detach());
    if (!this.#reading) this.reader.release();
  }

  #finish(): void {
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    try {
      this.#socket.close();
    } catch {
      // The peer was first.
    }
    this.#release();
    this.#host.ended(this);
    if (this.listener !== null) queueMicrotask(() => this.#hear());
  }
}

const NOTHING = new Uint8Array(0);
