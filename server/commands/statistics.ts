/**
 * What a server counts about its clients and commands, for `INFO`; `CONFIG RESETSTAT` begins anew.
 *
 * @module
 */
const ERROR_CODES_MAX = 128;

export class Statistics {
  connectionsReceived = 0;
  connectionsRejected = 0;
  commandsProcessed = 0;
  bytesIn = 0;
  bytesOut = 0;
  errorReplies = 0;
  unexpectedErrorReplies = 0;
  clientsKilledByOutputLimit = 0;
  clientsKilledByQueryLimit = 0;
  clientsEvicted = 0;
  /** Reads from and writes to sockets. */
  reads = 0;
  writes = 0;
  /** Time for which memory has been over its limit, in milliseconds, but for the present time. */
  evictionExceededMs = 0;
  aclDeniedAuth = 0;
  /** Count of error replies by their first word. */
  readonly errors = new Map<string, number>();

  /** Counts an error reply. */
  countError(message: string): void {
    this.errorReplies++;
    const end = message.indexOf(" ");
    const code = end < 0 ? message : message.slice(0, end);
    const count = this.errors.get(code);
    if (count === undefined && this.errors.size >= ERROR_CODES_MAX) return;
    this.errors.set(code, (count ?? 0) + 1);
  }

  reset(): void {
    this.errors.clear();
    for (const [name, value] of Object.entries(this)) {
      if (typeof value === "number") (this as unknown as Record<string, number>)[name] = 0;
    }
  }
}
