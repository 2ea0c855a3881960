/**
 * Puts a server together: the keyspace, the dispatcher, the network, the modules; and takes it apart again.
 *
 * The order is that of dependence. Nothing here decides anything about data: settings flow from the configuration to the
 * parts they concern, hooks of modules to the ports that ask them.
 *
 * @module
 */
import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type KeyEvent, keyEvent } from "./api/events.ts";
import type { ModuleDefinition, ModuleHost } from "./api/module.ts";
import { type Clock, SystemClock } from "./base/clock.ts";
import { Random } from "./base/random.ts";
import { REDENO_VERSION, REDIS_VERSION } from "./base/version.ts";
import { builtinModules } from "./builtin/mod.ts";
import { Host } from "./builtin/host.ts";
import type { ServerParts, ShutdownOptions } from "./builtin/parts.ts";
import { CommandTable } from "./commands/command_table.ts";
import { Dispatcher, GateOrder } from "./commands/dispatcher.ts";
import { Execution } from "./commands/execution.ts";
import { Flag } from "./commands/flags.ts";
import { Session } from "./commands/session.ts";
import { Statistics } from "./commands/statistics.ts";
import { Config } from "./config/config.ts";
import { checkLoadedConfig, type ConfigDirectives, loadConfigText } from "./config/file.ts";
import { OptionError } from "./config/option.ts";
import { coreOptions } from "./config/options/mod.ts";
import { bind } from "./config/options/bind.ts";
import { clientQueryBufferLimit, maxclients, protoMaxBulkLen } from "./config/options/clients.ts";
import { clusterEnabled } from "./config/options/cluster.ts";
import { dir } from "./config/options/directory.ts";
import { alwaysShowLogo, databases, hz } from "./config/options/general.ts";
import { logfile, loglevel } from "./config/options/log.ts";
import {
  lazyfreeLazyEviction,
  lfuDecayTime,
  lfuLogFactor,
  maxheap,
  maxmemory,
  maxmemoryEvictionTenacity,
  maxmemoryPolicy,
  maxmemorySamples,
} from "./config/options/memory.ts";
import {
  latencyMonitorThreshold,
  latencyTracking,
  slowlogLogSlowerThan,
  slowlogMaxLen,
} from "./config/options/monitoring.ts";
import { port, protectedMode, tcpKeepalive, timeout, unixsocket, unixsocketperm } from "./config/options/network.ts";
import { clientOutputBufferLimit } from "./config/options/output_buffer_limits.ts";
import { requirepass } from "./config/options/security.ts";
import type { Database } from "./keyspace/database.ts";
import { Keyspace } from "./keyspace/keyspace.ts";
import { evictionPolicy, Memory } from "./keyspace/memory.ts";
import { Clients } from "./network/clients.ts";
import { ListenError, Listeners } from "./network/listeners.ts";
import { Info } from "./observe/info.ts";
import { LatencyMonitor } from "./observe/latency_monitor.ts";
import { createLogger, type LogRole, type ServerLogger } from "./observe/log.ts";
import { Rate, RATE_SAMPLE_MS } from "./observe/rate.ts";
import { SlowLog } from "./observe/slow_log.ts";
import { OUT_OF_MEMORY, ReplyError } from "./protocol/errors.ts";
import { type Hook, Hooks } from "./registry/hooks.ts";
import { ModuleError, Modules } from "./registry/modules.ts";
import type { Key } from "./structures/key.ts";

const NOT_AUTHENTICATED = new ReplyError("NOAUTH Authentication required.");
/** Commands below this are only told apart one by one when somebody wants to see them in the slow log. */
const FINE_TIMING_MICROSECONDS = 1000;
const evictedEvent = keyEvent("evicted", "evicted");

/** The server cannot start as it is configured. */
export class StartError extends Error {
  override name = "StartError";
}

/** How a server is made. */
export interface ServerOptions {
  /** The modules it consists of beside the built-in ones, in order. */
  readonly modules?: readonly ModuleDefinition[];
  /** Configuration in the syntax of `redis.conf`. */
  readonly configText?: string;
  /** Where the configuration came from, for `CONFIG REWRITE`; empty for none. */
  readonly configFile?: string;
  readonly clock?: Clock;
  /** Makes everything random repeatable. */
  readonly seed?: number;
  /** Where log lines go instead of the configured place. */
  readonly log?: ServerLogger;
}

/** A third-party module to be loaded at the start. */
interface ModuleToLoad {
  readonly path: string;
  readonly args: readonly string[];
}

/** Reads a configuration, with the parameters of the modules that the server begins with; throws `ConfigFileError`. */
function readConfig(
  text: string,
  modules: readonly ModuleDefinition[],
): { config: Config; toLoad: ModuleToLoad[]; renames: [string, string][] } {
  const config = new Config([...coreOptions, ...modules.flatMap(({ options }) => options ?? [])]);
  const toLoad: ModuleToLoad[] = [];
  const renames: [string, string][] = [];
  const directives: ConfigDirectives = {
    renameCommand: (name, newName) => void renames.push([name, newName]),
    user: () => {
      throw new OptionError("ACL users are not supported yet");
    },
    loadModule: (path, args) => void toLoad.push({ path, args }),
  };
  loadConfigText(text, config, directives);
  checkLoadedConfig(config);
  return { config, toLoad, renames };
}

/** A running server. */
export class Server {
  readonly parts: ServerParts;
  /** Resolves with the process's exit code once the server has ended. */
  readonly ended: Promise<number>;
  readonly #end: (code: number) => void;
  readonly #host: Host;
  readonly #hooks: Hooks;
  readonly #log: ServerLogger;
  readonly #toLoad: readonly ModuleToLoad[];
  #cron: ReturnType<typeof setInterval> | undefined;
  #cronPaused = false;
  #isEnded = false;
  /** How many modules were imported; each import gets an address of its own, so that a changed file is read anew. */
  #imports = 0;
  /** As the log shows it: `C` while starting, then `M`. */
  #role: LogRole = "C";

  /** Puts the parts together; nothing listens yet. Throws `ConfigFileError`, `ModuleError`. */
  constructor(options: ServerOptions = {}) {
    const { config, toLoad, renames } = readConfig(options.configText ?? "", options.modules ?? []);
    this.#toLoad = toLoad;
    const clock = options.clock ?? new SystemClock();
    const random = new Random(options.seed);
    const log = this.#log = options.log ?? createLogger({
      level: () => config.get(loglevel),
      file: config.get(logfile) && resolve(config.get(dir), config.get(logfile)),
      role: () => this.#role,
      pid: Deno.pid,
    });
    const keyspace = new Keyspace({
      config,
      clock,
      random,
      databaseCount: config.get(databases),
      heapBytesMax: config.get(maxheap),
      slotted: config.get(clusterEnabled),
    });
    const table = new CommandTable();
    const statistics = new Statistics();
    const dispatcher = new Dispatcher(table, keyspace, statistics, log);
    const clients = new Clients(dispatcher, log);
    const latency = new LatencyMonitor();
    const session = new Session(0, keyspace.databases[0], clock.nowMs, "", "");
    const hooks = this.#hooks = new Hooks();
    const memory = new Memory(keyspace, random);
    this.#host = new Host({ keyspace, memory, clients, dispatcher, config, random, log, latency, hooks, session });
    const { promise, resolve: end } = Promise.withResolvers<number>();
    this.ended = promise;
    this.#end = end;
    this.parts = {
      identity: {
        runId: random.hex(40),
        startedMs: clock.nowMs,
        configFile: options.configFile ?? "",
        executable: Deno.execPath(),
      },
      keyspace,
      memory,
      config,
      table,
      dispatcher,
      statistics,
      clients,
      listeners: new Listeners((socket) => clients.accept(socket), log),
      modules: new Modules(table, keyspace, config, this.#host, hooks),
      random,
      log,
      slowLog: new SlowLog(config.get(slowlogMaxLen)),
      latency,
      info: new Info(),
      rates: { commands: new Rate(), bytesIn: new Rate(), bytesOut: new Rate() },
      host: this.#host,
      directives: () => this.#directives(),
      loadModule: (path, args, settings) => this.loadModule(path, args, settings),
      shutdown: (shutdownOptions) => this.shutdown(shutdownOptions),
      setMayExpire: (may) => void (this.#host.expiryPaused = memory.paused = !may),
      setCronPaused: (paused) => void (this.#cronPaused = paused),
      lastSave: { atMs: clock.nowMs },
      replicationId: random.hex(40),
      activeExpiry: keyspace.activeExpiry,
    };
    for (const module of builtinModules(this.parts)) this.parts.modules.add(module);
    dispatcher.context = new Execution(
      dispatcher,
      keyspace,
      config,
      random,
      () => this.#host,
      session,
      table.get("ping")!,
    );
    this.#wire();
    for (const module of options.modules ?? []) this.parts.modules.add(module);
    for (const [name, newName] of renames) table.rename(name, newName);
    this.parts.memory.startupBytes = this.parts.memory.usedBytes;
  }

  /** Says in the log what starts here. */
  announce(configured: boolean): void {
    const { config, log } = this.parts;
    log.warning("oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
    log.warning(
      `Redis version=${REDIS_VERSION}, bits=64, commit=00000000, modified=0, pid=${Deno.pid}, just started`,
    );
    if (configured) log.warning("Configuration loaded");
    else {
      log.warning(
        "Warning: no config file specified, using the default config. In order to specify a config file use " +
          "redis-server /path/to/redis.conf",
      );
    }
    this.#role = "M";
    log.notice("monotonic clock: POSIX clock_gettime");
    if (config.get(alwaysShowLogo)) this.#log.raw(banner(config.get(port)));
    else log.notice(`Running mode=standalone, port=${config.get(port)}.`);
  }

  /** Loads the configured modules and listens. Throws `StartError`, `ListenError`. */
  async start(): Promise<void> {
    const { clients, config, listeners, log } = this.parts;
    for (const { path, args } of this.#toLoad) {
      await this.loadModule(path, args).catch(() => {
        throw new StartError(`Can't load module from ${path}: server aborting`);
      });
    }
    if (this.#isEnded) return;
    if (config.postponed.length > 0) {
      throw new StartError(
        "Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting",
      );
    }
    clients.buffers.prepare();
    if (config.get(port) > 0) listeners.listenTcp(config.get(bind), config.get(port));
    if (config.get(unixsocket) !== "") listeners.listenUnix(config.get(unixsocket), config.get(unixsocketperm));
    this.#schedule();
    log.warning("Server initialized");
    if (config.get(port) > 0) log.notice("Ready to accept connections");
    if (config.get(unixsocket) !== "") {
      log.notice(`The server is now ready to accept connections at ${config.get(unixsocket)}`);
    }
  }

  /** Loads a third-party module from a file, relative to the working directory, with values for its parameters. */
  async loadModule(
    path: string,
    args: readonly string[],
    settings: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    const { config, log, modules } = this.parts;
    try {
      const definition = await this.#import(path);
      for (const [name, value] of settings) config.postpone(name, [value]);
      modules.add(definition, path, args);
      log.notice(`Module '${definition.name}' loaded from ${path}`);
      if (!config.forgetPostponed(settings.keys())) return;
      log.warning("Loadex configurations were not applied, likely due to invalid arguments. Unloading the module.");
      modules.remove(definition.name);
    } catch (error) {
      config.forgetPostponed(settings.keys());
      log.warning(`Module ${path} failed to load: ${error instanceof Error ? error.message : error}`);
      throw error;
    }
    throw new OptionError("the module has no such parameters");
  }

  /** What a file says about the module in it, as its default export. */
  async #import(path: string): Promise<ModuleDefinition> {
    const url = pathToFileURL(isAbsolute(path) ? path : resolve(path));
    if (this.#imports++ > 0) url.search = `import=${this.#imports}`;
    const { default: definition } = await import(url.href);
    if (typeof definition !== "object" || definition === null) throw new ModuleError("has no module as default export");
    return definition;
  }

  /** Ends the server: stops listening, closes connections, frees everything. */
  shutdown(_options: ShutdownOptions = {}): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const { listeners, clients, dispatcher, keyspace, log } = this.parts;
    log.warning("User requested shutdown...");
    clearInterval(this.#cron);
    listeners.close();
    clients.closeAll();
    this.#host.close();
    dispatcher.abandon();
    keyspace.lazyFree.drain();
    this.#end(0);
  }

  #directives() {
    const modules = this.parts.modules.all.filter(({ path }) => path !== "");
    return { users: [], modules: modules.map(({ path, args }) => [path, ...args].join(" ")) };
  }

  #wire(): void {
    const { clients, dispatcher } = this.parts;
    dispatcher.nextTurn = (action) => clients.nextPoll.wait(action);
    this.#wireSettings();
    this.#wireGates();
    this.#wireModules();
  }

  /** Passes settings on to the parts they concern, now and whenever they change. */
  #wireSettings(): void {
    const { config, clients, dispatcher, keyspace, memory, slowLog, latency, listeners } = this.parts;
    const follow = <T>(option: Parameters<typeof config.get<T>>[0], apply: (value: T) => void) => {
      apply(config.get(option));
      config.onChange(option, apply);
    };
    const { limits } = clients;
    follow(maxclients, (count) => limits.countMax = count);
    follow(clientQueryBufferLimit, (bytes) => limits.queryBufferBytesMax = bytes);
    follow(protoMaxBulkLen, (bytes) => limits.bulkBytesMax = bytes);
    follow(clientOutputBufferLimit, (output) => limits.output = output);
    follow(timeout, (seconds) => limits.idleSecondsMax = seconds);
    follow(tcpKeepalive, (seconds) => limits.keepAlive = seconds > 0);
    follow(protectedMode, (on) => limits.protectedMode = on);
    follow(requirepass, (password) => limits.passwordRequired = password !== "");
    follow(maxmemory, (bytes) => memory.bytesMax = bytes);
    config.onChange(maxmemory, (bytes) => this.#limitLowered(bytes));
    follow(maxmemorySamples, (samples) => memory.samples = samples);
    follow(maxmemoryPolicy, (name) => {
      memory.policy = evictionPolicy(name);
      memory.forgetCandidates();
      keyspace.lfu = memory.policy.by === "lfu";
    });
    follow(maxmemoryEvictionTenacity, (tenacity) => memory.evictionMsMax = evictionMsOf(tenacity));
    follow(lazyfreeLazyEviction, (lazily) => memory.lazily = lazily);
    follow(lfuDecayTime, (minutes) => keyspace.lfuDecayMinutes = minutes);
    follow(lfuLogFactor, (factor) => keyspace.lfuLogFactor = factor);
    const timing = () => {
      dispatcher.slowMicroseconds = config.get(slowlogLogSlowerThan);
      dispatcher.tracksLatency = config.get(latencyTracking);
      latency.thresholdMs = config.get(latencyMonitorThreshold);
      if (latency.thresholdMs > 0) {
        const thresholdUs = latency.thresholdMs * 1000;
        const slow = dispatcher.slowMicroseconds;
        dispatcher.slowMicroseconds = slow < 0 ? thresholdUs : Math.min(slow, thresholdUs);
      }
      dispatcher.finely = dispatcher.slowMicroseconds >= 0 && dispatcher.slowMicroseconds < FINE_TIMING_MICROSECONDS;
    };
    timing();
    config.onAnyChange([slowlogLogSlowerThan, latencyTracking, latencyMonitorThreshold], timing);
    follow(slowlogMaxLen, (length) => {
      slowLog.lengthMax = length;
      slowLog.trim();
    });
    dispatcher.beforeWaiter = () => clients.releaseHeld();
    dispatcher.slowListener = (client, command, args, microseconds) => {
      const threshold = config.get(slowlogLogSlowerThan);
      if (threshold >= 0 && microseconds >= threshold && (command.flags & Flag.skip_slowlog) === 0) {
        slowLog.add(args, client, keyspace.clock.nowMs, microseconds);
      }
      const event = (command.flags & Flag.fast) !== 0 ? "fast-command" : "command";
      latency.note(event, microseconds / 1000, keyspace.clock.nowMs);
    };
    config.onAnyChange([port, bind], () => {
      const refusal = config.get(port) === listeners.port
        ? "Failed to bind to specified addresses."
        : "Unable to listen on this port. Check server logs.";
      try {
        listeners.moveTcp(config.get(bind), config.get(port));
      } catch (error) {
        throw error instanceof ListenError ? new OptionError(refusal) : error;
      }
    });
    config.onChange(hz, () => this.#schedule());
  }

  #wireGates(): void {
    const { config, dispatcher, keyspace, latency, memory } = this.parts;
    const authentication = dispatcher.addGate(GateOrder.authentication, (client, command) => {
      if (client.authenticated || (command.flags & Flag.no_auth) !== 0) return undefined;
      return NOT_AUTHENTICATED;
    });
    const room = dispatcher.addGate(GateOrder.memory, (client, command, args) => {
      if (dispatcher.suspended !== null || memory.makeRoom()) return undefined;
      return (command.flagsFor(client, args, this.#host) & Flag.denyoom) === 0 ? undefined : OUT_OF_MEMORY;
    });
    authentication(config.get(requirepass) !== "");
    room(memory.bytesMax > 0);
    config.onChange(requirepass, (password) => authentication(password !== ""));
    config.onChange(maxmemory, (bytes) => room(bytes > 0));
    memory.evict = (db, key) => this.#evict(db, key);
    memory.evicted = (milliseconds) => latency.note("eviction-cycle", milliseconds, keyspace.clock.nowMs);
  }

  /** What is used already is evicted, where the policy allows that. */
  #limitLowered(bytesMax: number): void {
    const { log, memory } = this.parts;
    if (bytesMax === 0 || memory.usedBytes <= bytesMax) return;
    log.warning(
      `WARNING: the new maxmemory value set via CONFIG SET (${bytesMax}) is smaller than the current memory usage ` +
        `(${memory.usedBytes}). This will result in key eviction and/or the inability to accept new write commands ` +
        "depending on the maxmemory-policy.",
    );
    memory.makeRoom();
  }

  #evict(db: Database, key: Key): void {
    const { dispatcher, keyspace, memory } = this.parts;
    const bytes = dispatcher.propagates ? key.toBytes() : null;
    if (!db.remove(key, memory.lazily)) return;
    keyspace.evictedKeys++;
    keyspace.signal(db, key, evictedEvent);
    if (bytes !== null) this.#host.propagate(db, memory.lazily ? "UNLINK" : "DEL", bytes);
  }

  /** Connects the hooks of modules, those that there are now, to those who ask them. */
  #wireModules(): void {
    const { keyspace, dispatcher, clients, memory } = this.parts;
    const host = this.#host;
    const hooks = this.#hooks;
    let before = hooks.of("beforeCommand");
    const runBefore = dispatcher.addGate(GateOrder.modules, (client, command, args) => {
      const { context } = dispatcher;
      context.enter(client, command, args, client.output);
      try {
        for (const hook of before) hook(context, host);
      } catch (error) {
        if (error instanceof ReplyError) return error;
        throw error;
      }
    });
    let events = hooks.of("keyEvent");
    const publish = (db: Database, key: Key, event: KeyEvent) => {
      for (const hook of events) hook({ db, key, event }, host);
    };
    let touches = hooks.of("keyTouched");
    const touched = (db: Database, key: Key) => {
      for (const hook of touches) hook({ db, key }, host);
    };
    let after = hooks.of("afterCommand");
    const runAfter = () => {
      for (const hook of after) hook(dispatcher.context, host);
    };
    let served = hooks.of("clientServed");
    const tellServed = (client: Session) => {
      for (const hook of served) hook(client, host);
    };
    const refresh = () => {
      before = hooks.of("beforeCommand");
      runBefore(before.length > 0);
      events = hooks.of("keyEvent");
      setPresent(keyspace.eventListeners, publish, events.length > 0);
      touches = hooks.of("keyTouched");
      setPresent(keyspace.touchListeners, touched, touches.length > 0);
      after = hooks.of("afterCommand");
      setPresent(dispatcher.afterListeners, runAfter, after.length > 0);
      served = hooks.of("clientServed");
      setPresent(dispatcher.servedListeners, tellServed, served.length > 0);
      keyspace.missListener = tellAll(hooks.of("keyMissed"), host);
      keyspace.createdListener = tellAll(hooks.of("keyCreated"), host);
      const expired = hooks.of("keyExpired");
      keyspace.expired = (db, key, entry) => expired.some((hook) => hook({ db, key, entry }, host));
    };
    refresh();
    hooks.changeListeners.push(refresh);
    keyspace.flushListeners.push((databases) => {
      for (const hook of hooks.of("databasesFlushed")) hook({ databases }, host);
    });
    keyspace.swapListeners.push((databases) => {
      for (const hook of hooks.of("databasesSwapped")) hook({ databases }, host);
    });
    dispatcher.refusalListeners.push((client, command, error) => {
      return hooks.of("commandRefused").reduce(
        (said, hook) => hook({ client, command, error: said }, host) ?? said,
        error,
      );
    });
    clients.connectedListeners.push((client) => {
      for (const hook of hooks.of("clientConnected")) hook(client, host);
    });
    clients.disconnectedListeners.push((client) => {
      for (const hook of hooks.of("clientDisconnected")) hook(client, host);
    });
    clients.resetListeners.push((client) => {
      for (const hook of hooks.of("clientReset")) hook(client, host);
    });
    memory.pressure = (overBytes) => {
      for (const hook of hooks.of("memoryPressure")) hook({ overBytes }, host);
    };
  }

  #schedule(): void {
    clearInterval(this.#cron);
    const intervalMs = Math.max(1, Math.floor(1000 / this.parts.config.get(hz)));
    let lastMs = performance.now();
    let sampledMs = lastMs;
    this.#cron = setInterval(() => {
      if (this.#cronPaused) return;
      const nowMs = performance.now();
      this.#runCron(nowMs - lastMs);
      lastMs = nowMs;
      if (nowMs - sampledMs < RATE_SAMPLE_MS) return;
      sampledMs = nowMs;
      this.#sampleRates(nowMs);
    }, intervalMs);
  }

  #runCron(elapsedMs: number): void {
    const { clients, dispatcher, keyspace, memory, statistics } = this.parts;
    keyspace.clock.calibrate();
    clients.cron(keyspace.clock.nowMs);
    memory.bufferBytes = clients.bufferBytes;
    if (memory.bytesMax > 0 && memory.usedBytes > memory.bytesMax) {
      memory.exceededForMs += elapsedMs;
      if (dispatcher.suspended === null) memory.makeRoom();
    } else {
      statistics.evictionExceededMs += memory.exceededForMs;
      memory.exceededForMs = 0;
    }
    for (const hook of this.#hooks.of("cron")) hook({ elapsedMs }, this.#host);
  }

  #sampleRates(nowMs: number): void {
    const { rates, statistics } = this.parts;
    rates.commands.sample(statistics.commandsProcessed, nowMs);
    rates.bytesIn.sample(statistics.bytesIn, nowMs);
    rates.bytesOut.sample(statistics.bytesOut, nowMs);
  }
}

/** Time that one round of evictions may take: from half a millisecond on, growing without limit. */
function evictionMsOf(tenacity: number): number {
  if (tenacity <= 10) return 0.05 * tenacity;
  return tenacity < 100 ? 0.5 * 1.15 ** (tenacity - 10) : Infinity;
}

/** Tells all hooks of a key; null where there are none. */
function tellAll(
  hooks: readonly Hook<"keyMissed" | "keyCreated">[],
  host: ModuleHost,
): ((db: Database, key: Key) => void) | null {
  if (hooks.length === 0) return null;
  return (db, key) => {
    for (const hook of hooks) hook({ db, key }, host);
  };
}

function setPresent<T>(list: T[], item: T, present: boolean): void {
  const at = list.indexOf(item);
  if (present && at < 0) list.push(item);
  if (!present && at >= 0) list.splice(at, 1);
}

function banner(tcpPort: number): string {
  return `
    .--------------------------.
    |   redeno ${REDENO_VERSION.padEnd(16)}|
    |   Redis ${REDIS_VERSION.padEnd(17)}|
    '--------------------------'
      Running in standalone mode
      Port: ${tcpPort}
      PID: ${Deno.pid}

`;
}
