/**
 * A client, as handlers see it: a connection, or a caller within the process.
 *
 * @module
 */
export interface Client {
  readonly id: number;
  /** `address:port`, or `path:0` for a Unix socket. */
  readonly address: string;
  readonly localAddress: string;
  /** Set by `CLIENT SETNAME`. */
  name: string;
  /** RESP version, 2 or 3. */
  readonly version: number;
  /** Name of the user it is authenticated as. */
  user: string;
  authenticated: boolean;
  /** Index of the selected database. */
  readonly databaseIndex: number;
  /** Whether there is no connection behind it. */
  readonly internal: boolean;
  /** Aborted when the client is gone. */
  readonly closed: boolean;
}
