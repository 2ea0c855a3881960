/**
 * What clients have queued between `MULTI` and `EXEC`.
 *
 * A client with a queue has an interceptor: what passed every check goes to the queue instead of running. A command that was
 * refused spoils the transaction, and so `EXEC` will not run it; what comes after it is checked and replied to as before, but
 * need not be kept.
 *
 * @module
 */
import {
  Arguments,
  type Client,
  type CommandContext,
  type CommandInfo,
  type ModuleHost,
  moduleState,
  OUT_OF_MEMORY,
  ReplyError,
} from "../../server/api/mod.ts";
import { watchedKeys } from "./watched_keys.ts";

const NOT_INSIDE = new ReplyError("ERR Command not allowed inside a transaction");
/** What these do, they do at once. */
const ENDING = new Set(["discard", "exec", "quit", "reset"]);
/** These are refused by themselves. */
const NESTING = new Set(["multi", "watch"]);
/** As Redis counts what a queued argument takes beside its bytes. */
const ARGUMENT_BYTES = 8;

/** Lines that are kept to be filled again, and the bytes of each. */
const SPARE_LINES_MAX = 256;
const SPARE_BYTES_MAX = 1024;

/** A transaction that has begun. */
class Queue {
  readonly lines: Arguments[] = [];
  /** Whether a command was refused. */
  spoiled = false;
  readonly #host: ModuleHost;
  readonly #spare: Arguments[];

  constructor(host: ModuleHost, spare: Arguments[]) {
    this.#host = host;
    this.#spare = spare;
  }

  /** Takes a command over. A queue takes memory, so where there is none, it can only come to its end. */
  readonly intercept = (context: CommandContext): boolean => {
    const { client, command } = context;
    if (ENDING.has(command.name)) return false;
    if (!this.#host.makeRoom()) throw OUT_OF_MEMORY;
    if (NESTING.has(command.name)) return false;
    if (command.has("no_multi")) throw NOT_INSIDE;
    if (!this.spoiled && !context.state(watchedKeys).isSpoiled(client)) this.#add(client, command, context.args);
    context.reply.status("QUEUED");
    return true;
  };

  #add(client: Client, command: CommandInfo, args: Arguments): void {
    let bytes = args.count * ARGUMENT_BYTES;
    for (let i = 0; i < args.count; i++) bytes += args.size(i);
    this.lines.push((this.#spare.pop() ?? new Arguments()).copyOf(args));
    client.noteQueued(command, bytes);
  }
}

/** The transactions of one server. */
export const queues = moduleState((host) => new Queues(host));

class Queues {
  readonly #queues = new Map<Client, Queue>();
  /** Lines that were run, to be filled again: to make one costs more than to run many a command. */
  readonly #spare: Arguments[] = [];
  readonly #host: ModuleHost;

  constructor(host: ModuleHost) {
    this.#host = host;
  }

  /** What a client has queued, `undefined` outside of a transaction. */
  of(client: Client): Queue | undefined {
    return this.#queues.get(client);
  }

  /** Begins a transaction; false where the client is in one. */
  begin(client: Client): boolean {
    if (this.#queues.has(client)) return false;
    const queue = new Queue(this.#host, this.#spare);
    this.#queues.set(client, queue);
    client.openQueue();
    client.intercept(queue.intercept);
    return true;
  }

  /** Ends the transaction of a client; false where it is in none. */
  end(client: Client): boolean {
    const queue = this.#queues.get(client);
    if (queue === undefined) return false;
    this.#queues.delete(client);
    client.release(queue.intercept);
    client.closeQueue();
    for (const line of queue.lines) {
      if (this.#spare.length < SPARE_LINES_MAX && line.buffer.length <= SPARE_BYTES_MAX) this.#spare.push(line);
    }
    return true;
  }

  /** A command was refused. Where that is `EXEC`, the transaction is over, and the error says so. */
  refused(client: Client, command: CommandInfo | null, error: ReplyError): ReplyError {
    const queue = this.#queues.get(client);
    if (command?.name !== "exec") {
      if (queue !== undefined) queue.spoiled = true;
      return error;
    }
    this.end(client);
    this.#host.state(watchedKeys).forget(client);
    return new ReplyError(`EXECABORT Transaction discarded because of: ${error.message.replace(/^ERR /, "")}`);
  }
}
