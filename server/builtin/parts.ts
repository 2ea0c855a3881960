/**
 * What the built-in modules work on: the parts of one server, put together by `server.ts`.
 *
 * Built-in commands are declared like any other module's; that they describe and steer the server itself is what they
 * need more for than a handler's context.
 *
 * @module
 */
import type { ModuleHost } from "../api/module.ts";
import type { Random } from "../base/random.ts";
import type { CommandTable } from "../commands/command_table.ts";
import type { Dispatcher } from "../commands/dispatcher.ts";
import type { Statistics } from "../commands/statistics.ts";
import type { Config } from "../config/config.ts";
import type { RewrittenDirectives } from "../config/rewrite.ts";
import type { Keyspace } from "../keyspace/keyspace.ts";
import type { Memory } from "../keyspace/memory.ts";
import type { Clients } from "../network/clients.ts";
import type { Listeners } from "../network/listeners.ts";
import type { LatencyMonitor } from "../observe/latency_monitor.ts";
import type { Logger } from "../observe/log.ts";
import type { SlowLog } from "../observe/slow_log.ts";
import type { Modules } from "../registry/modules.ts";

/** How `SHUTDOWN` was asked for. */
export interface ShutdownOptions {
  /** `undefined`: as the save points say. */
  readonly save?: boolean;
  readonly now?: boolean;
  readonly force?: boolean;
}

/** Facts about a server that do not change. */
export interface ServerIdentity {
  readonly runId: string;
  readonly startedMs: number;
  /** Absolute path, or empty. */
  readonly configFile: string;
  readonly executable: string;
}

export interface ServerParts {
  readonly identity: ServerIdentity;
  readonly keyspace: Keyspace;
  readonly memory: Memory;
  readonly config: Config;
  readonly table: CommandTable;
  readonly dispatcher: Dispatcher;
  readonly statistics: Statistics;
  readonly clients: Clients;
  readonly listeners: Listeners;
  readonly modules: Modules;
  readonly random: Random;
  readonly log: Logger;
  readonly slowLog: SlowLog;
  readonly latency: LatencyMonitor;
  readonly host: ModuleHost;
  /** What `CONFIG REWRITE` writes beside parameters. */
  directives(): RewrittenDirectives;
  /** Loads a third-party module from a file; rejects with the reason. */
  loadModule(path: string, args: readonly string[]): Promise<void>;
  /** Ends the server. */
  shutdown(options: ShutdownOptions): void;
  /** Whether keys may expire and be evicted now. */
  setMayExpire(may: boolean): void;
  /** The replication id, new when `CHANGE-REPL-ID` asked for it. */
  replicationId: string;
  /** Whether the active expiry cycle runs; `DEBUG SET-ACTIVE-EXPIRE`. */
  readonly activeExpiry: { enabled: boolean };
}
