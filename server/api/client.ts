/**
 * Who sends commands.
 *
 * @module
 */
import type { CommandContext } from "./context.ts";
import type { Database } from "./database.ts";

/**
 * Asked about each command of a client that nothing has refused, before it runs. True: it has taken the command over, and has
 * replied if there is to be a reply. A `ReplyError` that it throws refuses the command.
 */
export type Interceptor = (context: CommandContext) => boolean;

/** Names what a module keeps of each client; the state itself is the client's, and ends with it. */
export interface ClientStateKey<S> {
  readonly create: (client: Client) => S;
}

/** Declares state that each client has its own instance of, made at first use. */
export function clientState<S>(create: (client: Client) => S): ClientStateKey<S> {
  return { create };
}

/** A client, as handlers see it: a connection, or a caller within the process. */
export interface Client {
  /** As `CLIENT ID` replies it: counted from 1 on, never used again. */
  readonly id: number;
  /** `address:port`, or `path:0` for a Unix socket. */
  readonly address: string;
  /** The same of the server's end. */
  readonly localAddress: string;
  /** Set by `CLIENT SETNAME`. */
  name: string;
  /** RESP version, 2 or 3. */
  readonly version: number;
  /** Name of the user it is authenticated as. */
  user: string;
  /** Whether it may run commands beside those with the flag `no_auth`. */
  authenticated: boolean;
  /** The selected database. */
  db: Database;
  /** Its index. */
  readonly databaseIndex: number;
  /** Whether there is no connection behind it. */
  readonly internal: boolean;
  /** Whether it is scripts that run commands in its name: some are refused to them. */
  scripted: boolean;
  /** Whether it wants no reply to its present command. */
  readonly silent: boolean;
  /** Whether the client is gone. */
  readonly closed: boolean;
  /** Number of channels, of patterns and of shard channels that it listens to. With any, it is under the limits of its kind. */
  channelCount: number;
  patternCount: number;
  shardChannelCount: number;
  /** Number of commands in its queue, as they wait for `EXEC`; -1 while it has none open. */
  readonly queuedCount: number;
  /** The client that gets in its place what has become invalid, as `CLIENT LIST` shows it: 0 for none, -1 where nothing is sent. */
  redirectId: number;
  /** Letters that `CLIENT LIST` shows as `flags`, beside those of what the server knows itself. */
  flags: string;
  /** What a module keeps of it. Costs about 10 ns. */
  state<S>(key: ClientStateKey<S>): S;
  /** The same, `undefined` where nothing has been kept yet. */
  knownState<S>(key: ClientStateKey<S>): S | undefined;
  /** Lets an interceptor take part in its commands, behind those that do already. */
  intercept(interceptor: Interceptor): void;
  /** An interceptor that does nothing but refuse: asked once more, before what lets requests wait (`CLIENT PAUSE`). */
  restriction: Interceptor | null;
  /** Ends that. */
  release(interceptor: Interceptor): void;
  /** Opens an empty queue. The commands themselves are kept by whoever opens it. */
  openQueue(): void;
  /** Counts the command of a context into the queue. What refuses such a command refuses the one that runs the queue, too. */
  noteQueued(context: CommandContext, bytes: number): void;
  /** Closes the queue. */
  closeQueue(): void;
  /**
   * Sends bytes of the protocol that are no reply, all of `message` or so many: a message, what has become invalid. They follow
   * what it has been replied, and come through where it wants no replies.
   */
  send(message: Uint8Array, size?: number): void;
  /**
   * Sends bytes of the protocol at once, before any reply that waits to be sent, whether it wants replies or not: what a command
   * has to say in a conversation.
   */
  say(message: Uint8Array): void;
  /** Ends the connection once the reply of the present command has been sent. */
  closeAfterReply(): void;
}

/** Adds a letter to the flags of a client, or takes it out. */
export function setClientFlag(client: Client, letter: string, present: boolean): void {
  const others = client.flags.replace(letter, "");
  client.flags = present ? others + letter : others;
}
