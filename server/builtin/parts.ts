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
import type { Info } from "../observe/info.ts";
import type { LatencyMonitor } from "../observe/latency_monitor.ts";
import type { Logger } from "../observe/log.ts";
import type { Rate } from "../observe/rate.ts";
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

/** What a server is made of. For built-in commands and tests; a program that embeds a server should need none of it. */
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
  readonly info: Info;
  /** How fast these counters of `statistics` grow. */
  readonly rates: { readonly commands: Rate; readonly bytesIn: Rate; readonly bytesOut: Rate };
  readonly host: ModuleHost;
  /** What `CONFIG REWRITE` writes beside parameters. */
  directives(): RewrittenDirectives;
  /**
   * Loads a third-party module from a file, with values for its parameters. The reason of a failure is in the log and what
   * the promise is rejected with; nothing of the module is left then.
   */
  loadModule(path: string, args: readonly string[], settings?: ReadonlyMap<string, string>): Promise<void>;
  /** Ends the server. */
  shutdown(options: ShutdownOptions): void;
  /** Whether keys may expire and be evicted now. */
  setMayExpire(may: boolean): void;
  /** Stops and continues the server's regular work; `DEBUG PAUSE-CRON`. */
  setCronPaused(paused: boolean): void;
  /** The last successful save of the dataset, at first the start of the server. */
  readonly lastSave: { atMs: number };
  /** The replication id, new when `CHANGE-REPL-ID` asked for it. */
  replicationId: string;
  /** Whether the active expiry cycle runs; `DEBUG SET-ACTIVE-EXPIRE`. */
  readonly activeExpiry: { enabled: boolean };
}
