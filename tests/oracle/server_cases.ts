/**
 * Cases for the commands on the server: its statistics, logs, memory, clock and debugging aids.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** The server commands but for `CONFIG` and `COMMAND`. */
export const server = area(
  "server",
  String.raw`
== TIME and LOLWUT
~shape TIME
TIME x
~type LOLWUT
~type LOLWUT VERSION 5
~type LOLWUT VERSION 6
~type LOLWUT VERSION 5 1 1 1
LOLWUT VERSION
LOLWUT VERSION abc
~type LOLWUT wrong
LOLWUT
LOLWUT VERSION 7
LOLWUT VERSION -1 x
LOLWUT VERSION 5 x
LOLWUT VERSION 6 1 x

== LASTSAVE and ROLE
~type LASTSAVE
LASTSAVE x
ROLE
ROLE x

== INFO sections
CONFIG RESETSTAT
~info:redis_version,redis_git_dirty,redis_mode,arch_bits,process_supervised,uptime_in_days,hz,configured_hz,config_file,io_threads_active INFO server
~info:connected_clients,cluster_connections,maxclients,blocked_clients,tracking_clients,clients_in_timeout_table INFO clients
~info:maxmemory,maxmemory_human,maxmemory_policy,number_of_cached_scripts,number_of_functions,number_of_libraries,mem_replication_backlog,mem_clients_slaves,mem_cluster_links,mem_aof_buffer,active_defrag_running INFO memory
~info:loading,async_loading,rdb_bgsave_in_progress,rdb_last_bgsave_status,rdb_last_bgsave_time_sec,rdb_current_bgsave_time_sec,rdb_saves,rdb_last_load_keys_expired,rdb_last_load_keys_loaded,aof_enabled,aof_rewrite_in_progress,aof_rewrite_scheduled,aof_last_rewrite_time_sec,aof_current_rewrite_time_sec,aof_last_bgrewrite_status,aof_rewrites,aof_last_write_status INFO persistence
~info:rejected_connections,sync_full,sync_partial_ok,evicted_keys,evicted_clients,pubsub_channels,pubsub_patterns,pubsubshard_channels,tracking_total_keys,unexpected_error_replies INFO stats
~info:role,connected_slaves,master_failover_state,master_replid2,master_repl_offset,second_repl_offset,repl_backlog_active,repl_backlog_size,repl_backlog_first_byte_offset,repl_backlog_histlen INFO replication
~info INFO cpu
~info INFO modules
~info:cluster_enabled INFO cluster
~info INFO keyspace
~info INFO latencystats
~info INFO
~info INFO default
~info INFO all
~info INFO everything
~info INFO nosuch
~info INFO ""
~info INFO SERVER
~info INFO Clients
~info:cluster_enabled INFO clients cluster
~info:cluster_enabled INFO cluster cluster CLUSTER
~info:cluster_enabled INFO cluster nosuch

== INFO keyspace
MSET a 1 b 2 c 3
EXPIRE a 100
~info INFO keyspace
SELECT 5
SET k v
DEL k
SET x y EXAT 33177117420
SET z y
~info INFO keyspace

== INFO keyspace counts
MSET a 1 b 2 c 3
INFO keyspace
SELECT 5
MSET a 1 b 2
INFO KEYSPACE
FLUSHALL
INFO keyspace

== INFO commandstats and errorstats
CONFIG RESETSTAT
SET k v
GET k
GET k
GET
NOSUCH
INCR k
CONFIG GET timeout
~info INFO commandstats
INFO errorstats
CONFIG RESETSTAT
~info INFO commandstats
INFO errorstats

== SLOWLOG
CONFIG SET slowlog-log-slower-than 0
SLOWLOG RESET
SET k v
~shape SLOWLOG GET
~shape SLOWLOG GET 1
~shape SLOWLOG GET -1
SLOWLOG GET -2
SLOWLOG GET abc
SLOWLOG GET 1 2
SLOWLOG LEN
SLOWLOG LEN x
CONFIG SET slowlog-log-slower-than -1
SLOWLOG LEN
SLOWLOG RESET
SLOWLOG LEN
SLOWLOG GET
SLOWLOG GET 0
SLOWLOG RESET x
SLOWLOG HELP
SLOWLOG
slowlog len

== SLOWLOG entries
CLIENT SETNAME me
CONFIG SET slowlog-log-slower-than 0
SLOWLOG RESET
MSET a "b c" c "\x00\xff"
~shape SLOWLOG GET 2
SET k "x"*128
SET k "x"*129
SET k "x"*1000
~shape SLOWLOG GET 3
MGET 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35
~shape SLOWLOG GET 1
MGET 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
~shape SLOWLOG GET 1
CONFIG SET slowlog-log-slower-than -1
SLOWLOG RESET

== SLOWLOG shows no passwords
CONFIG SET slowlog-log-slower-than 0
SLOWLOG RESET
AUTH pw
AUTH default pw
~masked:id HELLO 2 AUTH default pw SETNAME me
CONFIG SET requirepass "" timeout 0 masterauth secret
CONFIG SET slowlog-log-slower-than -1
~digits SLOWLOG GET 5
CONFIG SET masterauth ""
SLOWLOG RESET

== SLOWLOG keeps the newest
CONFIG SET slowlog-log-slower-than 0 slowlog-max-len 3
SLOWLOG RESET
PING 1
PING 2
PING 3
PING 4
SLOWLOG LEN
CONFIG SET slowlog-max-len 1
PING 5
SLOWLOG LEN
~shape SLOWLOG GET 10
CONFIG SET slowlog-log-slower-than -1
SLOWLOG RESET

== LATENCY
LATENCY RESET
LATENCY LATEST
LATENCY HISTORY command
LATENCY HISTORY nosuch
LATENCY HISTORY
LATENCY RESET command nosuch
LATENCY GRAPH nosuch
LATENCY GRAPH
~type LATENCY DOCTOR
LATENCY DOCTOR x
LATENCY LATEST x
LATENCY HELP
LATENCY
LATENCY HISTOGRAM nosuch
LATENCY HISTOGRAM nosuch get|x
CONFIG RESETSTAT
SET k v
LATENCY HISTOGRAM get
~shape LATENCY HISTOGRAM set
~shape LATENCY HISTOGRAM SET set
LATENCY HISTOGRAM config|get
CONFIG SET latency-monitor-threshold 1
DEBUG SLEEP 0.01
~shape LATENCY LATEST
~shape LATENCY HISTORY command
~type LATENCY GRAPH command
LATENCY RESET command
LATENCY RESET

== MONITOR
PING
@2 MONITOR
SET k "a b"
@2 ~digits <
ECHO "\x00\xff\r\n\t\"\\"
@2 ~digits <
SELECT 3
@2 ~digits <
GET k
@2 ~digits <
GET
NOSUCH
PING
@2 ~digits <
MONITOR x
@2 RESET
PING
@2 <none>
@2 PING
@3 MONITOR
@3 QUIT
@3 <

== MONITOR shows no passwords
PING
@2 MONITOR
AUTH pw
@2 ~digits <
AUTH default pw
@2 ~digits <
~masked:id HELLO 2 AUTH default pw SETNAME me
@2 ~digits <
CONFIG GET timeout
HELLO 2 AUTH default
@2 ~digits <

== MONITOR of its own commands
MONITOR
PING
~digits <
& MONITOR
& CLIENT REPLY OFF
& PING
CLIENT REPLY ON
~digits <
RESET
PING

== MEMORY
MEMORY
MEMORY USAGE
MEMORY USAGE missing
SET k v
~type MEMORY USAGE k
~type MEMORY USAGE k SAMPLES 0
~type MEMORY USAGE k samples 5
MEMORY USAGE k SAMPLES
MEMORY USAGE k SAMPLES -1
MEMORY USAGE k SAMPLES abc
MEMORY USAGE k WRONG 5
MEMORY USAGE k WRONG
~keys MEMORY STATS
MEMORY STATS x
~type MEMORY DOCTOR
MEMORY PURGE
MEMORY PURGE x
~type MEMORY MALLOC-STATS
MEMORY HELP
MEMORY NOSUCH

== MODULE
MODULE LIST
MODULE
MODULE LIST x
MODULE LOAD
MODULE UNLOAD
MODULE UNLOAD nosuch
MODULE HELP
MODULE NOSUCH
MODULE LOAD /nosuch/file
MODULE LOADEX /nosuch/file WRONG

== DEBUG
DEBUG
DEBUG NOSUCH
DEBUG SLEEP 0
DEBUG SLEEP 0.01
DEBUG SLEEP
DEBUG STRINGMATCH-LEN 100 a*
DEBUG STRINGMATCH-LEN
DEBUG SET-ACTIVE-EXPIRE 0
DEBUG SET-ACTIVE-EXPIRE 1
DEBUG SET-ACTIVE-EXPIRE
DEBUG QUICKLIST-PACKED-THRESHOLD 100b
DEBUG QUICKLIST-PACKED-THRESHOLD 0
DEBUG QUICKLIST-PACKED-THRESHOLD wrong
DEBUG CHANGE-REPL-ID
DEBUG LOG message
DEBUG JMAP
DEBUG ERROR "ERR something"
DEBUG ERROR "CUSTOM other error"
DEBUG POPULATE
DEBUG POPULATE abc
DEBUG POPULATE -1
debug sleep 0

== DEBUG DIGEST
DEBUG DIGEST
DEBUG DIGEST-VALUE
DEBUG DIGEST-VALUE missing
SET a 1
SET b hello
SET c "\x00\xff"
DEBUG DIGEST
DEBUG DIGEST-VALUE a b c missing
EXPIRE b 1000
DEBUG DIGEST
DEBUG DIGEST-VALUE b
PERSIST b
SELECT 1
SET a 1
DEBUG DIGEST
DEBUG DIGEST-VALUE a b
FLUSHALL
DEBUG DIGEST
DEBUG DIGEST x

== DEBUG POPULATE
DEBUG POPULATE 3
MGET key:0 key:1 key:2 key:3
SET p:1 mine
DEBUG POPULATE 3 p 10
MGET p:0 p:1 p:2
DEBUG POPULATE 2 q 1
MGET q:0 q:1
DEBUG POPULATE 2 r 0
MGET r:0 r:1
DBSIZE
DEBUG POPULATE 2 s -1
DEBUG POPULATE 1 2 3 4

== DEBUG on a server alone
DEBUG REPLICATE SET a b
DEBUG CLIENT-EVICTION
DEBUG PAUSE-CRON 1
DEBUG PAUSE-CRON 0
DEBUG PAUSE-CRON
DEBUG HTSTATS 0
DEBUG HTSTATS 16
DEBUG HTSTATS x
DEBUG HTSTATS-KEY missing
SET k v
DEBUG HTSTATS-KEY k
DEBUG ERROR ""
DEBUG ERROR "a\r\nb"
DEBUG LOG
DEBUG CHANGE-REPL-ID x
DEBUG SLEEP abc
DEBUG SLEEP -1

== DEBUG OBJECT
DEBUG OBJECT missing
SET k v
~digits DEBUG OBJECT k
SET n 10
~digits DEBUG OBJECT n
SET r "x"*100
~digits DEBUG OBJECT r
SET r "xyz0123"*200
~digits DEBUG OBJECT r
DEBUG OBJECT

== DEBUG PROTOCOL
DEBUG PROTOCOL string
DEBUG PROTOCOL integer
DEBUG PROTOCOL double
DEBUG PROTOCOL null
DEBUG PROTOCOL array
DEBUG PROTOCOL set
DEBUG PROTOCOL map
DEBUG PROTOCOL bignum
DEBUG PROTOCOL true
DEBUG PROTOCOL false
DEBUG PROTOCOL verbatim
DEBUG PROTOCOL STRING
DEBUG PROTOCOL nosuch
DEBUG PROTOCOL

== DEBUG PROTOCOL attribute {3}
DEBUG PROTOCOL attrib
DEBUG PROTOCOL push
<
PING

== DEBUG PROTOCOL push and attribute of RESP3 in RESP2 {2}
DEBUG PROTOCOL attrib
DEBUG PROTOCOL push

== SHUTDOWN: refusals
SHUTDOWN WRONG
SHUTDOWN NOSAVE SAVE
SHUTDOWN ABORT
SHUTDOWN ABORT NOW
SHUTDOWN SAVE ABORT
SHUTDOWN ABORT FORCE
SHUTDOWN NOSAVE NOW FORCE WRONG
PING

== REPLICAOF: refusals
REPLICAOF
REPLICAOF a
REPLICAOF NO ONE
SLAVEOF no one
REPLICAOF 127.0.0.1 abc
REPLICAOF 127.0.0.1 -1
REPLICAOF 127.0.0.1 65536
ROLE

== FAILOVER, WAIT and roles on a server alone
FAILOVER
FAILOVER ABORT
FAILOVER TO 127.0.0.1 1
WAIT 0 0
WAIT 0 10
WAIT abc 0
WAIT 0 abc
WAIT 0 -1
WAIT 0
WAIT 1 1
REPLCONF
REPLCONF wrong x
READONLY
READWRITE
ASKING
CLUSTER INFO
`,
);
