/**
 * `INFO server` and `INFO cpu`: the process.
 *
 * @module
 */
import process from "node:process";
import { Crc64 } from "../../base/crc64.ts";
import { REDENO_VERSION, REDIS_VERSION } from "../../base/version.ts";
import { hz } from "../../config/options/general.ts";
import type { InfoFields } from "../../observe/info.ts";
import type { ServerParts } from "../parts.ts";

const SECOND_MS = 1000;
const DAY_SECONDS = 24 * 60 * 60;
/** Bits of the clock that entries are stamped with. */
const LRU_CLOCK_RANGE = 2 ** 24;

/** What the system offers for waiting for many sockets, which is what Deno uses. */
const MULTIPLEXING: Partial<Record<typeof Deno.build.os, string>> = { linux: "epoll", windows: "iocp" };

export function serverFields({ config, identity, keyspace, listeners }: ServerParts): InfoFields {
  const nowMs = keyspace.clock.nowMs;
  const uptimeSeconds = Math.floor((nowMs - identity.startedMs) / SECOND_MS);
  return [
    ["redis_version", REDIS_VERSION],
    ["redeno_version", REDENO_VERSION],
    ["redis_git_sha1", "00000000"],
    ["redis_git_dirty", 0],
    ["redis_build_id", buildId()],
    ["redis_mode", "standalone"],
    ["os", operatingSystem()],
    ["arch_bits", 64],
    ["monotonic_clock", "POSIX clock_gettime"],
    ["multiplexing_api", MULTIPLEXING[Deno.build.os] ?? "kqueue"],
    ["atomicvar_api", "c11-builtin"],
    ["gcc_version", "0.0.0"],
    ["process_id", Deno.pid],
    ["process_supervised", "no"],
    ["run_id", identity.runId],
    ["tcp_port", listeners.port],
    ["server_time_usec", keyspace.clock.readMicroseconds()],
    ["uptime_in_seconds", uptimeSeconds],
    ["uptime_in_days", Math.floor(uptimeSeconds / DAY_SECONDS)],
    ["hz", config.get(hz)],
    ["configured_hz", config.get(hz)],
    ["lru_clock", Math.floor(nowMs / SECOND_MS) % LRU_CLOCK_RANGE],
    ["executable", identity.executable],
    ["config_file", identity.configFile],
    ["io_threads_active", 0],
  ];
}

/** Times are those of the whole process: a thread's own are not to be had. There are no children. */
export function cpuFields(): InfoFields {
  const { system, user } = process.cpuUsage();
  return [
    ["used_cpu_sys", seconds(system)],
    ["used_cpu_user", seconds(user)],
    ["used_cpu_sys_children", seconds(0)],
    ["used_cpu_user_children", seconds(0)],
    ["used_cpu_sys_main_thread", seconds(system)],
    ["used_cpu_user_main_thread", seconds(user)],
  ];
}

/** As `uname` says it: `Linux 6.1.0 x86_64`. */
function operatingSystem(): string {
  const { os, arch } = Deno.build;
  return `${os[0].toUpperCase()}${os.slice(1)} ${Deno.osRelease()} ${arch}`;
}

/** Tells builds apart, in hexadecimal. */
function buildId(): string {
  const { high, low } = new Crc64().update(new TextEncoder().encode(`${REDENO_VERSION} ${Deno.version.deno}`));
  return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString(16);
}

function seconds(microseconds: number): string {
  return (microseconds / 1e6).toFixed(6);
}
