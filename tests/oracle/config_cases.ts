/**
 * Cases for `CONFIG`: the initial value of each parameter of Redis 7.0, what it accepts and what it refuses.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Parameters whose initial value depends on neither the machine nor the build. */
const parameters = `
acl-pubsub-default aclfile acllog-max-len active-defrag-cycle-max active-defrag-cycle-min active-defrag-ignore-bytes
active-defrag-max-scan-fields active-defrag-threshold-lower active-defrag-threshold-upper active-expire-effort
activedefrag activerehashing always-show-logo aof-disable-auto-gc aof-load-truncated aof-rewrite-incremental-fsync
aof-timestamp-enabled aof-use-rdb-preamble aof_rewrite_cpulist appenddirname appendfilename appendfsync appendonly
auto-aof-rewrite-min-size auto-aof-rewrite-percentage bgsave_cpulist bind bind-source-addr bio_cpulist
busy-reply-threshold client-output-buffer-limit client-query-buffer-limit cluster-allow-pubsubshard-when-down
cluster-allow-reads-when-down cluster-allow-replica-migration cluster-announce-bus-port cluster-announce-hostname
cluster-announce-ip cluster-announce-port cluster-announce-tls-port cluster-config-file cluster-enabled
cluster-link-sendbuf-limit cluster-migration-barrier cluster-node-timeout cluster-port
cluster-preferred-endpoint-type cluster-replica-no-failover cluster-replica-validity-factor
cluster-require-full-coverage cluster-slave-no-failover cluster-slave-validity-factor crash-log-enabled
crash-memcheck-enabled daemonize databases dbfilename disable-thp dynamic-hz enable-debug-command
enable-module-command enable-protected-configs hash-max-listpack-entries hash-max-listpack-value
hash-max-ziplist-entries hash-max-ziplist-value hll-sparse-max-bytes hz ignore-warnings io-threads
io-threads-do-reads jemalloc-bg-thread latency-monitor-threshold latency-tracking latency-tracking-info-percentiles
lazyfree-lazy-eviction lazyfree-lazy-expire lazyfree-lazy-server-del lazyfree-lazy-user-del lazyfree-lazy-user-flush
lfu-decay-time lfu-log-factor list-compress-depth list-max-listpack-size list-max-ziplist-size logfile loglevel
lua-time-limit masterauth masteruser maxclients maxmemory maxmemory-clients maxmemory-eviction-tenacity
maxmemory-policy maxmemory-samples min-replicas-max-lag min-replicas-to-write min-slaves-max-lag min-slaves-to-write
no-appendfsync-on-rewrite notify-keyspace-events oom-score-adj oom-score-adj-values pidfile proc-title-template
propagation-error-behavior protected-mode proto-max-bulk-len rdb-del-sync-files rdb-save-incremental-fsync
rdbchecksum rdbcompression repl-backlog-size repl-backlog-ttl repl-disable-tcp-nodelay repl-diskless-load
repl-diskless-sync repl-diskless-sync-delay repl-diskless-sync-max-replicas repl-ping-replica-period
repl-ping-slave-period repl-timeout replica-announce-ip replica-announce-port replica-announced
replica-ignore-disk-write-errors replica-ignore-maxmemory replica-lazy-flush replica-priority replica-read-only
replica-serve-stale-data replicaof requirepass sanitize-dump-payload save server_cpulist set-max-intset-entries
set-proc-title shutdown-on-sigint shutdown-on-sigterm shutdown-timeout slave-announce-ip slave-announce-port
slave-ignore-maxmemory slave-lazy-flush slave-priority slave-read-only slave-serve-stale-data slaveof
slowlog-log-slower-than slowlog-max-len socket-mark-id stop-writes-on-bgsave-error stream-node-max-bytes
stream-node-max-entries supervised syslog-enabled syslog-facility syslog-ident tcp-backlog tcp-keepalive timeout
tls-auth-clients tls-ca-cert-dir tls-ca-cert-file tls-cert-file tls-ciphers tls-ciphersuites tls-client-cert-file
tls-client-key-file tls-client-key-file-pass tls-cluster tls-dh-params-file tls-key-file tls-key-file-pass tls-port
tls-prefer-server-ciphers tls-protocols tls-replication tls-session-cache-size tls-session-cache-timeout
tls-session-caching tracking-table-max-keys unixsocket unixsocketperm zset-max-listpack-entries
zset-max-listpack-value zset-max-ziplist-entries zset-max-ziplist-value
`.trim().split(/\s+/);

/** Parameters that can be changed at run time, one or more values to try, good and bad. */
const changes: Record<string, string[]> = {
  "active-expire-effort": ["1", "10", "0", "11", "x"],
  "activerehashing": ["no", "yes", "YES", "maybe", "1", ""],
  "busy-reply-threshold": ["0", "100", "-1"],
  "client-output-buffer-limit": [
    '"normal 1 2 3"',
    '"pubsub 32mb 8mb 60 normal 0 0 0"',
    '"nosuch 1 2 3"',
    '"normal 1 2"',
    '"normal x 2 3"',
    '"normal -1 2 3"',
    '""',
  ],
  "client-query-buffer-limit": ["1mb", "2gb", "1048575", "0", "x"],
  "databases": ["16", "32"],
  "dbfilename": ["other.rdb", "a/b.rdb", '""'],
  "hash-max-listpack-entries": ["0", "1000", "-1", "x"],
  "hash-max-ziplist-value": ["128"],
  "hz": ["100", "1", "0", "501", "-5", "x"],
  "latency-monitor-threshold": ["0", "10", "-1"],
  "latency-tracking": ["no", "yes", "x"],
  "latency-tracking-info-percentiles": ['"50 99.99"', '""', "101", "x", "-1", '"0 100"'],
  "lazyfree-lazy-expire": ["yes", "no"],
  "lfu-decay-time": ["0", "5", "-1"],
  "lfu-log-factor": ["0", "100", "-1"],
  "list-max-listpack-size": ["-5", "-1", "128", "x"],
  "loglevel": ["debug", "verbose", "notice", "warning", "nothing", "VERBOSE", "wrong", '""'],
  "maxclients": ["100", "0", "-1", "x"],
  "maxmemory": [
    "100mb",
    "1gb",
    "1k",
    "1kb",
    "1KB",
    "1G",
    "100",
    "0",
    "-1",
    "x",
    "1x",
    "1.5mb",
    '""',
    "18446744073709551615",
  ],
  "maxmemory-clients": ["10%", "100%", "101%", "1mb", "0", "-1", "x", "%"],
  "maxmemory-policy": [
    "allkeys-lru",
    "allkeys-lfu",
    "allkeys-random",
    "volatile-lru",
    "volatile-lfu",
    "volatile-random",
    "volatile-ttl",
    "noeviction",
    "NOEVICTION",
    "wrong",
  ],
  "maxmemory-samples": ["1", "64", "0", "x"],
  "notify-keyspace-events": [
    "KEA",
    "AKE",
    "Kg$lshzxetdmn",
    "Elg",
    '""',
    "KEg$lshzxet",
    "KEAmn",
    "KEg$lshzxetd",
    "q",
    "K Z",
  ],
  "oom-score-adj-values": ['"1 2 3"', '"1 2"', '"x 2 3"', '"1 2 3 4"', '"2001 2 3"'],
  "proc-title-template": ['"{title}"', '"{wrong}"', '""'],
  "proto-max-bulk-len": ["1mb", "512mb", "1048575", "0"],
  "replica-priority": ["0", "50", "-1"],
  "requirepass": ["secret", '""'],
  "sanitize-dump-payload": ["clients", "yes", "no", "wrong"],
  "save": ['"900 1 300 10"', '"60 1"', '"60"', '"60 x"', '"0 1"', '"60 -1"', '"x"', '""'],
  "shutdown-on-sigterm": ['"nosave"', '"save now"', '"nosave save"', "default", "wrong", '"default force"'],
  "slowlog-log-slower-than": ["0", "-1", "1000000", "x"],
  "slowlog-max-len": ["0", "10", "-1", "x"],
  "tcp-keepalive": ["0", "60", "-1"],
  "timeout": ["0", "100", "-1", "x"],
  "tracking-table-max-keys": ["0", "10"],
};

function changeLines([name, values]: [string, string[]]): string {
  const lines = values.map((value) => `CONFIG SET ${name} ${value}\nCONFIG GET ${name}`);
  return `== CONFIG SET ${name}\n${lines.join("\n")}`;
}

/** The `CONFIG` sub-commands. */
export const config = area(
  "config",
  String.raw`
== CONFIG GET of each parameter
${parameters.map((name) => `CONFIG GET ${name}`).join("\n")}

== CONFIG GET with patterns and several names
CONFIG GET nosuch
CONFIG GET ""
CONFIG GET MAXMEMORY
CONFIG GET MaxMemory
~pairs CONFIG GET maxmemory*
~pairs CONFIG GET max[ck]l*
~pairs CONFIG GET *ziplist*
~pairs CONFIG GET ?z
~pairs CONFIG GET maxmemory timeout
~pairs CONFIG GET timeout timeout
~pairs CONFIG GET time* timeout hz nosuch
~pairs CONFIG GET slave-p* replica-p*
~keys CONFIG GET *
CONFIG GET
CONFIG get timeout

== CONFIG SET
CONFIG SET
CONFIG SET timeout
CONFIG SET timeout 10 hz
CONFIG SET nosuch x
CONFIG SET "" x
CONFIG SET "no\r\nsuch" x
CONFIG SET timeout 10
CONFIG GET timeout
CONFIG SET TIMEOUT 20
CONFIG GET timeout
config set timeout 30
CONFIG GET timeout
CONFIG SET timeout 40 hz 20
~pairs CONFIG GET timeout hz
CONFIG SET timeout 50 hz x
~pairs CONFIG GET timeout hz
CONFIG SET timeout 50 nosuch x
CONFIG GET timeout
CONFIG SET timeout 50 timeout 60
CONFIG SET timeout 50 TIMEOUT 60
CONFIG SET replica-priority 50 slave-priority 60
CONFIG GET timeout
CONFIG SET slave-priority 70
CONFIG GET replica-priority
CONFIG SET timeout " 10"
CONFIG SET timeout "10 "
CONFIG SET timeout "10\x00"
CONFIG SET time* 10
CONFIG SET port -1
CONFIG SET port 65536
CONFIG SET port x

== CONFIG SET of what cannot be changed
CONFIG SET daemonize yes
CONFIG SET databases 5
CONFIG SET cluster-enabled yes
CONFIG SET io-threads 4
CONFIG SET unixsocket /tmp/x.sock
CONFIG SET logfile x
CONFIG SET pidfile x
CONFIG SET supervised auto
CONFIG SET enable-debug-command no
CONFIG SET enable-module-command no
CONFIG SET enable-protected-configs yes
CONFIG SET always-show-logo yes
CONFIG SET aclfile x
CONFIG SET appendfilename x
CONFIG SET appenddirname x
CONFIG SET dir /tmp
CONFIG SET dbfilename x.rdb
CONFIG SET replicaof "127.0.0.1 1"
CONFIG SET slaveof "127.0.0.1 1"
CONFIG SET loadmodule x
CONFIG SET include x
CONFIG SET rename-command x
CONFIG SET user x

== CONFIG RESETSTAT
GET missing
CONFIG RESETSTAT
~info:keyspace_hits,keyspace_misses,expired_keys,evicted_keys,total_error_replies INFO stats
GET missing
SET k v
GET k
NOSUCH
~info:keyspace_hits,keyspace_misses,expired_keys,total_error_replies INFO stats
CONFIG RESETSTAT
~info:keyspace_hits,keyspace_misses,total_error_replies INFO stats
CONFIG RESETSTAT x

== CONFIG REWRITE without a file
CONFIG REWRITE
CONFIG REWRITE x

== CONFIG HELP
CONFIG HELP
CONFIG HELP x

${Object.entries(changes).map(changeLines).join("\n\n")}
`,
);
