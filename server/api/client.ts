/**
 * Who sends commands.
 *
 * @module
 */
import type { CommandContext } from "./context.ts";

/**
 * Asked about each command of a client that nothing has refused, before it runs. True: it has taken the command over, and has
 * replied if there is to be a reply. A `ReplyError` that it throws refuses the command.
 */
export type Interceptor = (context: CommandContext) => boolean;

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
  /** Index of the selected database. */
  readonly databaseIndex: number;
  /** Whether there is no connection behind it. */
  readonly internal: boolean;
  /** Whether the client is gone. */
  readonly closed: boolean;
  /** Number of channels, of patterns and of shard channels that it listens to. With any, it is under the limits of its kind. */
  channelCount: number;
  patternCount: number;
  shardChannelCount: number;
  /** Number of commands that wait for `EXEC`; -1 outside of a transaction. */
  queuedCount: number;
  /** Letters that `CLIENT LIST` shows as `flags`, beside those of what the server knows itself. */
  flags: string;
  /** Lets an interceptor take part in its commands, behind those that do already. */
  intercept(interceptor: Interceptor): void;
  /** Ends that. */
  release(interceptor: Interceptor): void;
  /** Sends bytes of the protocol that are no reply: a message, what has become invalid. They follow what it has been replied. */
  send(message: Uint8Array): void;
}
