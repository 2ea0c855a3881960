/**
 * Who sends commands.
 *
 * @module
 */

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
}
