/**
 * Cases for keyspace notifications: which events are published, when, and in which order.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Key events as messages. */
export const notifications = area(
  "notifications",
  String.raw`
== notify-keyspace-events is shown in an order of its own
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events KEA
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events AKEmn
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events mnEK
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events Kn$
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events KEg$lshzxetd
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events KEg$lshzxet
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events dtexzhsl$gEK
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events KEAq
CONFIG SET notify-keyspace-events "K E"
CONFIG SET notify-keyspace-events ""
CONFIG GET notify-keyspace-events

== nothing is published unless it is asked for
@2 PSUBSCRIBE __key*
SET k v
CONFIG SET notify-keyspace-events A
SET k v
CONFIG SET notify-keyspace-events KE
SET k v
CONFIG SET notify-keyspace-events Kl
SET k v
@2 <none>
CONFIG SET notify-keyspace-events K$
SET k v
@2 <
@2 <none>
CONFIG SET notify-keyspace-events E$
SET k v
@2 <
@2 <none>
CONFIG SET notify-keyspace-events ""
SET k v
@2 <none>

== the key's channel comes first
CONFIG SET notify-keyspace-events KEA
@2 PSUBSCRIBE __key*
SET k v EX 100
@2 <
@2 <
@2 <
@2 <
@2 <none>
SET "a b\x00\xff" v
@2 <
@2 <
DEL k nosuch "a b\x00\xff"
@2 <
@2 <
@2 <
@2 <
@2 <none>

== by channel
CONFIG SET notify-keyspace-events KEA
@2 SUBSCRIBE __keyspace@0__:k
@3 SUBSCRIBE __keyevent@0__:set __keyevent@0__:del
@3 <
@4 SUBSCRIBE __keyspace@1__:k
SET k v
@2 <
@3 <
SET other v
@3 <
DEL k
@2 <
@3 <
SELECT 1
SET k v
@4 <
@2 <none>
@3 <none>

== each class by its letter
@2 PSUBSCRIBE __key*
CONFIG SET notify-keyspace-events Eg
SET k v
RENAME k j
DEL j
@2 <
@2 <
@2 <
CONFIG SET notify-keyspace-events E$
SET k v
APPEND k v
DEL k
@2 <
@2 <
CONFIG SET notify-keyspace-events El
RPUSH l a
LPOP l
@2 <
@2 <
CONFIG SET notify-keyspace-events Es
SADD s a
SREM s a
@2 <
@2 <
CONFIG SET notify-keyspace-events Eh
HSET h f v
HDEL h f
@2 <
@2 <
CONFIG SET notify-keyspace-events Ez
ZADD z 1 a
ZREM z a
@2 <
@2 <
CONFIG SET notify-keyspace-events Et
XADD x 1-1 f v
XDEL x 1-1
DEL x
@2 <
@2 <
CONFIG SET notify-keyspace-events Ed
SET k v
@2 <none>

== new keys
CONFIG SET notify-keyspace-events En
@2 PSUBSCRIBE __key*
SET k v
@2 <
SET k w
GETSET k x
RPUSH l a
@2 <
HSET h f v
@2 <
SADD s a
@2 <
ZADD z 1 a
@2 <
XADD x 1-1 f v
@2 <
INCR n
@2 <
SETRANGE r 1 a
@2 <
SETBIT b 1 1
@2 <
PFADD p a
@2 <
GEOADD g 1 1 a
@2 <
MSET k1 a k2 b k a
@2 <
@2 <
RENAME k j
@2 <
RENAME j k1
@2 <
COPY l m
@2 <
COPY l m REPLACE
@2 <
MOVE l 1
@2 <
SUNIONSTORE u s
@2 <
SUNIONSTORE u s
ZUNIONSTORE v 1 z
@2 <
SORT m ALPHA STORE w
@2 <
LMOVE m q LEFT LEFT
@2 <
SMOVE s t a
@2 <
DUMP h => payload
RESTORE i 0 $payload
@2 <
RESTORE i 0 $payload REPLACE
@2 <
BITOP AND bb b b
@2 <
XGROUP CREATE y g $ MKSTREAM
@2 <
APPEND aa x
@2 <
INCRBYFLOAT ff 1
@2 <
HINCRBY hh f 1
@2 <
ZINCRBY zz 1 m
@2 <
SETNX nn v
@2 <
SETEX ee 100 v
@2 <
@2 <none>

== the event of a new key comes first
CONFIG SET notify-keyspace-events KEAn
@2 PSUBSCRIBE __key*
SET k v
@2 <
@2 <
@2 <
@2 <
RENAME k j
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
MOVE j 1
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <none>

== misses
CONFIG SET notify-keyspace-events Em
@2 PSUBSCRIBE __key*
GET nosuch
@2 <
MGET a b a
@2 <
@2 <
@2 <
EXISTS a b
@2 <
@2 <
TYPE a
@2 <
TTL a
@2 <
PTTL a
@2 <
STRLEN a
@2 <
GETRANGE a 0 1
@2 <
GETBIT a 1
@2 <
BITCOUNT a
@2 <
LLEN a
@2 <
LRANGE a 0 -1
@2 <
LINDEX a 0
@2 <
HGET a f
@2 <
HGETALL a
@2 <
HMGET a f
@2 <
SMEMBERS a
@2 <
SISMEMBER a b
@2 <
SCARD a
@2 <
SINTER a b
@2 <
@2 <
ZSCORE a b
@2 <
ZRANGE a 0 -1
@2 <
ZCARD a
@2 <
XLEN a
@2 <
XRANGE a - +
@2 <
PFCOUNT a
@2 <
PFCOUNT a b
@2 <
@2 <
GEOPOS a b
@2 <
SORT_RO a
@2 <
DUMP a
@2 <
TOUCH a
@2 <
HSCAN a 0
@2 <
XACK a g 1-1
@2 <
XCLAIM a g c 0 1-1
@2 <
XAUTOCLAIM a g c 0 0
@2 <
OBJECT ENCODING a
OBJECT FREQ a
DEL a
LPOP a
RENAME a b
EXPIRE a 1
PERSIST a
HDEL a f
SET k v GET
APPEND l x
GETEX a
GETDEL a
COPY a b
LPOS a b
@2 <
@2 <none>

== expiry when a key is asked for
DEBUG SET-ACTIVE-EXPIRE 0
CONFIG SET notify-keyspace-events KExm
@2 PSUBSCRIBE __key*
SET k v PX 1
DEBUG SLEEP 0.005
GET k
@2 <
@2 <
@2 <
@2 <
@2 <none>
SET k v PX 1
DEBUG SLEEP 0.005
SET k v
@2 <
@2 <
@2 <none>
DEBUG SET-ACTIVE-EXPIRE 1

== expiry that nobody asks for
CONFIG SET notify-keyspace-events Ex
@2 PSUBSCRIBE __key*
SET k v PX 1
@2 <
@2 <none>
EXISTS k

== eviction
CONFIG SET notify-keyspace-events Ee
@2 PSUBSCRIBE __key*
CONFIG SET maxmemory-policy allkeys-random
SET k v
CONFIG SET maxmemory 1
@2 <
@2 <none>
CONFIG SET maxmemory 0

== a deadline in the past deletes
CONFIG SET notify-keyspace-events EA
@2 PSUBSCRIBE __key*
SET k v
@2 <
EXPIRE k -1
@2 <
@2 <none>
SET k v
@2 <
GETEX k PXAT 1
@2 <
@2 <none>

== events within a transaction
CONFIG SET notify-keyspace-events EA
@2 PSUBSCRIBE __key*
MULTI
SET k v
INCR n
DEL k
@2 <none>
EXEC
@2 <
@2 <
@2 <

== events of what a waiting client takes
CONFIG SET notify-keyspace-events EA
@2 PSUBSCRIBE __key*
@3 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH l a
@3 <
@2 <
@2 <
@2 <
@2 <none>

== events to who causes them come as the command goes on {3}
CONFIG SET notify-keyspace-events EA
PSUBSCRIBE __key*
SET k v EX 100
<
<
DEL k
<
MSET a 1 b 2
<
<
INCR a
<
APPEND a 1
<
SETRANGE a 1 x
<
GETSET a x
<
GETDEL a
<
PERSIST b
RENAME b c
<
<
COPY c d
<
INCRBYFLOAT g 1
<
SETBIT bits 1 1
<
UNLINK bits
<
GETEX c EX 100
<
PERSIST c
<
SADD s a b c d
<
SREM s a
<
SMOVE s t b
<
<
ZREM z a
HDEL h f
<none>

`,
);
