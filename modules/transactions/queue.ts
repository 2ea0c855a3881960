/**
 * What clients have queued between `MULTI` and `EXEC`.
 *
 * A client with an open queue has an interceptor: what passed every check goes to the queue instead of running. A command that
 * was refused spoils the transaction, and so `EXEC` will not run it; what comes after it is checked and replied to as before,
 * but need not be kept.
 *
 * A client that has used transactions keeps its queue for the next one, and the lines themselves are kept for all: to make and
 * to forget these costs more than to run many a command.
 *
 * @module
 */
import {
  Arguments,
  type Client,
  clientState,
  type CommandContext,
  type CommandInfo,
  moduleState,
  OUT_OF_MEMORY,
  ReplyError,
} from "../../server/api/mod.ts";
import { type Watcher, watchers } from "./watched_keys.ts";

const NOT_INSIDE = new ReplyError("ERR Command not allowed inside a transaction");
/** What these do, they do at once. */
const ENDS = 1;
/** These are refused by themselves. */
const NESTS = 2;
const special = new Map([
  ...["discard", "exec", "quit", "reset"].map((name): [string, number] => [name, ENDS]),
  ...["multi", "watch"].map((name): [string, number] => [name, NESTS]),
]);
/** As Redis counts what a queued argument takes beside its bytes. */
const ARGUMENT_BYTES = 8;

/** Lines that are kept to be filled again, and the bytes of each. */
const SPARE_LINES_MAX = 256;
const SPARE_BYTES_MAX = 1024;

/** Lines of a server that are to be filled again. */
class SpareLines {
  readonly #lines: Arguments[] = [];

  take(): Arguments {
    return this.#lines.pop() ?? new Arguments();
  }

  give(line: Arguments): void {
    if (this.#lines.length < SPARE_LINES_MAX && line.buffer.length <= SPARE_BYTES_MAX) this.#lines.push(line);
  }
}

const spareLines = moduleState(() => new SpareLines());

/** A client's transaction. */
export class Queue {
  readonly client: Client;
  /** What it watches. */
  readonly watcher: Watcher;
  /** The commands, in order. */
  readonly lines: Arguments[] = [];
  /** Whether it is between `MULTI` and its end. */
  isOpen = false;
  /** Whether a command was refused. */
  isSpoiled = false;
  /** Whether its commands run, and go on in a later turn. */
  isRunning = false;
  #spare: SpareLines | null = null;

  constructor(client: Client) {
    this.client = client;
    this.watcher = client.state(watchers);
  }

  /** Begins a transaction; false where there is one. */
  begin(context: CommandContext): boolean {
    if (this.isOpen) return false;
    this.isOpen = true;
    this.isSpoiled = false;
    this.#spare = context.state(spareLines);
    this.client.openQueue();
    this.client.intercept(this.#intercept);
    return true;
  }

  /** Ends it; false where there is none. What runs comes to its end by itself, even if the client is gone. */
  end(): boolean {
    if (!this.isOpen || this.isRunning) return false;
    this.isOpen = false;
    this.client.release(this.#intercept);
    this.client.closeQueue();
    // Taken one by one, they leave the array its room.
    for (let left = this.lines.length; left > 0; left--) this.#spare!.give(this.lines.pop()!);
    return true;
  }

  /** Takes a command over. A queue takes memory, so where there is none, it can only come to its end. */
  readonly #intercept = (context: CommandContext): boolean => {
    const { command, reply } = context;
    const kind = special.get(command.name);
    if (kind === ENDS) return false;
    if (!context.host.makeRoom()) throw OUT_OF_MEMORY;
    if (kind === NESTS) return false;
    if (command.has("no_multi")) throw NOT_INSIDE;
    if (!this.isSpoiled && !this.watcher.isSpoiled) this.#add(context);
    reply.status("QUEUED");
    return true;
  };

  #add(context: CommandContext): void {
    const { args } = context;
    let bytes = args.count * ARGUMENT_BYTES;
    for (let i = 0; i < args.count; i++) bytes += args.size(i);
    this.lines.push(this.#spare!.take().copyOf(args));
    this.client.noteQueued(context, bytes);
  }
}

/** The transaction of each client. */
export const queues = clientState((client) => new Queue(client));

/** A command was refused. Where that is `EXEC`, the transaction is over, and the error says so. */
export function refused(client: Client, command: CommandInfo | null, error: ReplyError): ReplyError {
  if (command?.name !== "exec") {
    if (client.queuedCount >= 0) client.state(queues).isSpoiled = true;
    return error;
  }
  client.state(queues).end();
  client.state(watchers).forget();
  return new ReplyError(`EXECABORT Transaction discarded because of: ${error.message.replace(/^ERR /, "")}`);
}
