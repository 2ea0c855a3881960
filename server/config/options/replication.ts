/** Masters and replicas. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { INT32_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";
import { stringOption } from "../string_option.ts";

export { replicaof } from "./replica_of.ts";

const MIB = 1024 ** 2;

/** User to log in with at the master; empty: the default user. */
export const masteruser = stringOption("masteruser", { live: true, sensitive: true });

/** Password to log in with at the master. */
export const masterauth = stringOption("masterauth", { live: true, sensitive: true });

/** Whether a replica answers while its master is away. */
export const replicaServeStaleData = booleanOption("replica-serve-stale-data", {
  initial: true,
  aliases: ["slave-serve-stale-data"],
  live: true,
});

/** Whether a replica refuses writes of clients. */
export const replicaReadOnly = booleanOption("replica-read-only", {
  initial: true,
  aliases: ["slave-read-only"],
  live: true,
});

/** Rank for promotion by Sentinel, the lowest first; 0: never. */
export const replicaPriority = integerOption("replica-priority", {
  initial: 100,
  min: 0,
  max: INT32_MAX,
  aliases: ["slave-priority"],
  live: true,
});

/** Whether Sentinel tells clients of this replica. */
export const replicaAnnounced = booleanOption("replica-announced", { initial: true, live: true });

/** Address under which the master knows this replica; empty: that of the connection. */
export const replicaAnnounceIp = stringOption("replica-announce-ip", { aliases: ["slave-announce-ip"], live: true });

/** Port under which the master knows this replica; 0: the one that it listens on. */
export const replicaAnnouncePort = integerOption("replica-announce-port", {
  initial: 0,
  min: 0,
  max: 65535,
  aliases: ["slave-announce-port"],
  live: true,
});

/** Whether a replica leaves eviction to its master. */
export const replicaIgnoreMaxmemory = booleanOption("replica-ignore-maxmemory", {
  initial: true,
  aliases: ["slave-ignore-maxmemory"],
  live: true,
});

/** Whether a replica goes on when it cannot write its append-only file. */
export const replicaIgnoreDiskWriteErrors = booleanOption("replica-ignore-disk-write-errors", {
  initial: false,
  live: true,
});

/** Whether a full synchronisation frees the old dataset in the background. */
export const replicaLazyFlush = booleanOption("replica-lazy-flush", {
  initial: false,
  aliases: ["slave-lazy-flush"],
  live: true,
});

/** What happens when a command from the master or the append-only file fails. */
export const propagationErrorBehavior = enumOption("propagation-error-behavior", {
  values: ["ignore", "panic", "panic-on-replicas"],
  initial: "ignore",
  live: true,
});

/** Whether a full synchronisation goes straight to the socket instead of through a file. */
export const replDisklessSync = booleanOption("repl-diskless-sync", { initial: true, live: true });

/** Seconds to wait for more replicas that want the same. */
export const replDisklessSyncDelay = integerOption("repl-diskless-sync-delay", {
  initial: 5,
  min: 0,
  max: INT32_MAX,
  live: true,
});

/** Replicas at which the waiting ends early; 0: none. */
export const replDisklessSyncMaxReplicas = integerOption("repl-diskless-sync-max-replicas", {
  initial: 0,
  min: 0,
  max: INT32_MAX,
  live: true,
});

/** Whether a replica loads a full synchronisation from the socket. */
export const replDisklessLoad = enumOption("repl-diskless-load", {
  values: ["disabled", "on-empty-db", "swapdb"],
  initial: "disabled",
  live: true,
  refusedWhileLoading: true,
});

/** Seconds between two pings of the master to its replicas. */
export const replPingReplicaPeriod = integerOption("repl-ping-replica-period", {
  initial: 10,
  min: 1,
  max: INT32_MAX,
  aliases: ["repl-ping-slave-period"],
  live: true,
});

/** Seconds of silence after which the link between master and replica counts as broken. */
export const replTimeout = integerOption("repl-timeout", { initial: 60, min: 1, max: INT32_MAX, live: true });

/** Whether the link to replicas trades delay for bandwidth. */
export const replDisableTcpNodelay = booleanOption("repl-disable-tcp-nodelay", { initial: false, live: true });

/** Bytes of the replication stream that are kept for replicas that come back. */
export const replBacklogSize = integerOption("repl-backlog-size", {
  initial: 1 * MIB,
  min: 1,
  form: "memory",
  live: true,
});

/** Seconds after the last replica left for which they are kept; 0: for ever. */
export const replBacklogTtl = integerOption("repl-backlog-ttl", { initial: 3600, min: 0, live: true });

/** Replicas without which writes are refused; 0: none needed. */
export const minReplicasToWrite = integerOption("min-replicas-to-write", {
  initial: 0,
  min: 0,
  max: INT32_MAX,
  aliases: ["min-slaves-to-write"],
  live: true,
});

/** Seconds of silence after which a replica no longer counts for that; 0: the check is off. */
export const minReplicasMaxLag = integerOption("min-replicas-max-lag", {
  initial: 10,
  min: 0,
  max: INT32_MAX,
  aliases: ["min-slaves-max-lag"],
  live: true,
});
