/**
 * The command line: `redeno [/path/to/redis.conf] [--options] [-]`, as `redis-server`.
 *
 * Alone reads `Deno.args` and exits. What it prints before the server runs, and how it ends, is what scripts around
 * `redis-server` wait for.
 *
 * @module
 */
import { resolve } from "node:path";
import { defaultModules, REDENO_VERSION, REDIS_VERSION, Server } from "../mod.ts";
import { joinConfigTexts, parseCommandLine, type ServeInvocation } from "./config/command_line.ts";
import { ConfigFileError, readConfigFile } from "./config/file.ts";
import { dir } from "./config/options/directory.ts";
import { daemonize, pidfile } from "./config/options/general.ts";
import { shutdownOnSigint, shutdownOnSigterm } from "./config/options/shutdown.ts";
import { createLogger } from "./observe/log.ts";
import { ListenError } from "./network/listeners.ts";
import { isDaemon, spawnDaemon } from "./daemon.ts";

const USAGE = `Usage: ./redis-server [/path/to/redis.conf] [options] [-]
       ./redis-server - (read config from stdin)
       ./redis-server -v or --version
       ./redis-server -h or --help
       ./redis-server --test-memory <megabytes>
       ./redis-server --check-system

Examples:
       ./redis-server (run the server with default conf)
       echo 'maxmemory 128mb' | ./redis-server -
       ./redis-server /etc/redis/6379.conf
       ./redis-server --port 7777
       ./redis-server --port 7777 --replicaof 127.0.0.1 8888
       ./redis-server /etc/myredis.conf --loglevel verbose -
       ./redis-server /etc/myredis.conf --loglevel verbose

Sentinel mode:
       ./redis-server /etc/sentinel.conf --sentinel`;

const invocation = parseCommandLine(Deno.args);
switch (invocation.kind) {
  case "version":
    console.log(`Redis server v=${REDIS_VERSION} sha=00000000:0 malloc=redeno-${REDENO_VERSION} bits=64 build=0`);
    break;
  case "help":
    console.error(USAGE);
    Deno.exit(1);
    break;
  case "serve":
    await serve(invocation);
    break;
  default:
    console.error(`redeno: '${Deno.args[0]}' is not available`);
    Deno.exit(1);
}

async function serve({ configFile, readStdin, options }: ServeInvocation): Promise<void> {
  let server: Server;
  try {
    const file = configFile === null ? "" : readConfigFile(configFile, Deno.cwd());
    const stdin = readStdin ? await new Response(Deno.stdin.readable).text() : "";
    server = new Server({
      modules: defaultModules,
      configText: joinConfigTexts(file, stdin, options),
      configFile: configFile === null ? "" : resolve(configFile),
    });
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error;
    if (error.stream === "stderr") console.error(error.text.replace(/\n$/, ""));
    else createLogger({ level: "notice", file: "", role: () => "C", pid: Deno.pid }).warning(error.text);
    Deno.exit(1);
  }
  const { config, log } = server.parts;
  if (config.get(dir) !== "") Deno.chdir(config.get(dir));
  if (config.get(daemonize) && !isDaemon()) {
    await spawnDaemon(Deno.args);
    Deno.exit(0);
  }
  const pidPath = config.get(pidfile) || (config.get(daemonize) ? "/var/run/redis.pid" : "");
  try {
    server.announce(configFile !== null || readStdin || options !== "");
    if (pidPath !== "") writePidFile(pidPath, server);
    // Whoever waits for the log to say that the server is ready may end it at once.
    handleSignals(server);
    await server.start();
  } catch (error) {
    if (error instanceof ListenError) log.warning(error.message);
    else log.warning(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
  const code = await server.ended;
  if (pidPath !== "") removePidFile(pidPath, server);
  log.warning("Redis is now ready to exit, bye bye...");
  Deno.exit(code);
}

function handleSignals(server: Server): void {
  let asked = false;
  const on = (signal: Deno.Signal, insists: boolean) => {
    Deno.addSignalListener(signal, () => {
      if (asked && insists) {
        server.parts.log.warning("You insist... exiting now.");
        Deno.exit(1);
      }
      asked = true;
      server.parts.log.warning(`Received ${signal} scheduling shutdown...`);
      const flags = server.parts.config.get(signal === "SIGINT" ? shutdownOnSigint : shutdownOnSigterm);
      server.shutdown({
        save: flags.includes("save") ? true : flags.includes("nosave") ? false : undefined,
        now: flags.includes("now"),
        force: flags.includes("force"),
      });
    });
  };
  on("SIGINT", true);
  if (Deno.build.os !== "windows") on("SIGTERM", false);
}

function writePidFile(path: string, server: Server): void {
  try {
    Deno.writeTextFileSync(path, `${Deno.pid}\n`);
  } catch (error) {
    server.parts.log.warning(`Failed to write PID file: ${error instanceof Error ? error.message : error}`);
  }
}

function removePidFile(path: string, server: Server): void {
  server.parts.log.notice("Removing the pid file.");
  try {
    Deno.removeSync(path);
  } catch {
    // Somebody else did.
  }
}
