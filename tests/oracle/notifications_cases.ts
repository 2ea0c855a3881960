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

== events to oneself have their place before or behind the reply {3}
CONFIG SET notify-keyspace-events KEA
PSUBSCRIBE __key*__:*
& SET k v
& INCR n
& MSET a 1 b 2
& DEL a b
& RPUSH l a b c
& LPOP l 2
& LPOP l
& SADD s 1
& SPOP s
& ZADD z 1 a
& ZPOPMIN z
& XADD x 1-1 f v
& HSET h f v
& HDEL h f
& GET nosuch
& QUIT
<eof>

== misses and new keys, told to who causes them {3}
CONFIG SET notify-keyspace-events KEAmn
PSUBSCRIBE __keyevent*__:*
& GET nosuch
& MGET x y z
& SET k v
& GETSET k w
& HGETALL nosuch
& LRANGE nosuch 0 -1
& SMEMBERS nosuch
& SUNION a b
& SINTER a b
& ZRANGE a 0 -1
& XRANGE a - +
& EXISTS a b
& XREAD STREAMS x 0
& SORT nosuch
& GETEX nosuch
& SMOVE a b c
& SUNIONSTORE d a b
& ZUNIONSTORE d 2 a b
& COPY k j
& RENAME k i
& LMPOP 2 a b LEFT
& ZMPOP 2 a b MIN
& ZRANGESTORE d a 0 -1
& GEOSEARCHSTORE d a FROMMEMBER x BYRADIUS 1 m
& PFADD p a
& PFMERGE p q
& BITOP NOT d nosuch
& QUIT
<eof>

== events to oneself in transactions and scripts {3}
CONFIG SET notify-keyspace-events EA
PSUBSCRIBE __key*
& MULTI
& SET a 1
& INCR a
& EVAL "redis.call('SET', 'b', 1); return redis.call('DEL', 'a')" 0
& DEL b
& EXEC
& EVAL "redis.call('SET', 'b', 1); return redis.call('DEL', 'a', 'b')" 0
& EVAL "redis.call('SET', 'b', 1); return redis.error_reply('x')" 0
& EVAL "redis.call('DEL', 'b', 1); return redis.call('nosuch')" 0
& QUIT
<eof>

== events of what a waiting client takes, told to itself {3}
CONFIG SET notify-keyspace-events EA
SUBSCRIBE __keyevent@0__:lpop __keyevent@0__:lpush
<
& BLPOP l 0
%until "blocked_clients:1" INFO clients
@2 LPUSH l a b
<
<
<
& BLMOVE l m LEFT RIGHT 0
<
<
& BLMOVE l m LEFT RIGHT 0
%until "blocked_clients:1" INFO clients
@2 SUBSCRIBE __keyevent@0__:rpush
@2 LPUSH l a b c
@2 <
@2 <
<
<
<
<none>

== events of what waiting clients take, told to who serves them {3}
CONFIG SET notify-keyspace-events EA
PSUBSCRIBE __key*
@2 & BLPOP l 0
@3 & BZPOPMIN z 0
@4 & BLMOVE q r LEFT RIGHT 0
@5 & XREAD BLOCK 0 STREAMS x $
%until "blocked_clients:4" INFO clients
& RPUSH l a b
& ZADD z 1 a
& RPUSH q 1
& XADD x 1-1 a b
& GET none
& QUIT
<eof>
@2 <
@3 <
@4 <
@5 <

== events of what waiting clients take after a transaction {3}
CONFIG SET notify-keyspace-events EA
PSUBSCRIBE __key*
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
& MULTI
& RPUSH l a b
& SET x 1
& EXEC
& QUIT
<eof>

== each flag alone, and all
CONFIG SET notify-keyspace-events K
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events E
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events g
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events d
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events m
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events n
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events nmdtexzhsl$gEK
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events KKEE$$
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events AA
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events g$lshzxetdmn
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events KEAo
CONFIG GET notify-keyspace-events
CONFIG SET notify-keyspace-events Kk
CONFIG SET notify-keyspace-events ""

== events of two databases
CONFIG SET notify-keyspace-events KEAn
@2 PSUBSCRIBE __key*@*
SELECT 2
SET a 1
@2 <
@2 <
@2 <
@2 <
COPY a b DB 3
@2 <
@2 <
@2 <
@2 <
MOVE a 4
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
SWAPDB 2 3
FLUSHDB
@2 <none>

== events within a script
CONFIG SET notify-keyspace-events EAm
@2 PSUBSCRIBE __key*
EVAL "redis.call('SET', 'a', 1); redis.call('GET', 'nosuch'); redis.call('DEL', 'a'); return redis.call('RPUSH', 'l', 1)" 0
@2 <
@2 <
@2 <
@2 <
@2 <none>

# The reply of a command comes before or behind the events that it causes, each command has its own order.

== replies and events to oneself: strings {3}
CONFIG SET notify-keyspace-events EAmn
PSUBSCRIBE __keyevent*
& SET k v
& SET k v EX 100
& SET k v GET
& SET k v NX
& SETNX nx v
& SETNX nx v
& SETEX se 100 v
& PSETEX se 100000 v
& GETSET k w
& GETSET nosuch9 w
& APPEND k x
& SETRANGE k 0 ab
& INCR n
& DECR n
& INCRBYFLOAT f 1
& MSET a 1 b 2
& MSETNX c 1 d 2
& GETDEL c
& GETEX d EX 100
& GETEX d PERSIST
& GETEX d PXAT 1
& SETBIT sb 1 1
& BITFIELD bf SET u8 0 1
& BITFIELD bf GET u8 0
& BITOP AND bo bf bf
& BITOP AND bo nosuch nosuch
& PFADD pf a
& PFADD pf a
& PFMERGE pg pf
& PFCOUNT pf nosuch
& QUIT
<eof>

== replies and events to oneself: lists {3}
CONFIG SET notify-keyspace-events EAmn
PSUBSCRIBE __keyevent*
& LPUSH l a
& RPUSH l a b 3 1 2
& LPUSHX l z
& LPUSHX nosuch z
& RPUSHX l z
& LINSERT l BEFORE a 0
& LINSERT l BEFORE nosuch 0
& LSET l 0 9
& LREM l 0 9
& LREM l 0 nosuch
& LPOP l
& LPOP l 1
& LPOP l 0
& RPOP l
& LTRIM l 0 1
& RPOPLPUSH l m
& RPOPLPUSH l m
& RPOPLPUSH m m
& LMOVE m m LEFT RIGHT
& LMPOP 2 nosuch m LEFT COUNT 1
& LMPOP 1 m LEFT COUNT 9
& RPUSH l a b c d
& BLPOP nosuch l 0
& BRPOP l 0
& BRPOPLPUSH l m 0
& BLMOVE l m LEFT LEFT 0
& BLPOP m 0
& BLPOP m 0
& RPUSH m a b
& BLMPOP 0 1 m LEFT COUNT 2
& RPUSH m a b
& LTRIM m 9 9
& RPUSH m a
& LREM m 0 a
& RPUSH m 3 2 1
& SORT m STORE r
& SORT nosuch STORE r
& SORT nosuch STORE r
& LPOP m 5
& RPUSH m 3 2 1
& LPOP m 0
& DEL m
& QUIT
<eof>

== replies and events to oneself: sets {3}
CONFIG SET notify-keyspace-events EAmn
PSUBSCRIBE __keyevent*
& SADD s a b c
& SADD s a
& SADD t b c
& SINTERSTORE u s t
& SINTERSTORE u s nosuch
& SINTERSTORE u s nosuch
& SUNIONSTORE u s t
& SDIFFSTORE u s t
& SDIFFSTORE u s s
& SMOVE s t a
& SMOVE s t a
& SREM s b
& SREM s b c
& SADD s a b c d
& SINTERCARD 1 s
& SADD s a
& SMOVE s t a
& SMOVE t t b
& QUIT
<eof>

== replies and events to oneself: sorted sets {3}
CONFIG SET notify-keyspace-events EAmn
PSUBSCRIBE __keyevent*
& ZADD z 1 a 2 b
& ZADD z 1 a
& ZADD z CH 2 a
& ZADD z INCR 3 a
& ZADD z NX INCR 3 a
& ZINCRBY z 1 a
& ZREM z a
& ZREM z nosuch
& ZREM z b
& ZADD z 1 a 2 b 3 c 4 d 5 e 6 f
& ZRANGESTORE y z 0 -1
& ZRANGESTORE y z 9 9
& ZRANGESTORE y z 9 9
& ZUNIONSTORE w 2 z s
& ZINTERSTORE w 2 z nosuch
& ZINTERSTORE w 2 z nosuch
& ZDIFFSTORE w 2 z nosuch
& ZPOPMIN z
& ZPOPMAX z 1
& ZPOPMIN z 0
& BZPOPMIN z 0
& QUIT
<eof>

== replies and events to oneself: hashes {3}
CONFIG SET notify-keyspace-events EAmn
PSUBSCRIBE __keyevent*
& HSET h a 1 b 2
& HSET h a 1
& HSETNX h c 1
& HSETNX h c 1
& HMSET h d 1
& HINCRBY h a 1
& HINCRBYFLOAT h a 1
& HDEL h a
& HDEL h nosuch
& HDEL h a b c d
& QUIT
<eof>

== replies and events to oneself: streams {3}
CONFIG SET notify-keyspace-events EAmn
PSUBSCRIBE __keyevent*
& XADD x 1-1 f v
& XADD x NOMKSTREAM 1-2 f v
& XADD x MAXLEN 1 1-3 f v
& XADD x MINID 1-3 1-4 f v
& XGROUP CREATE x g 0
& XGROUP CREATE x2 g 0 MKSTREAM
& XGROUP SETID x g 0
& XGROUP CREATECONSUMER x g c
& XGROUP CREATECONSUMER x g c
& XREADGROUP GROUP g c STREAMS x >
& XREADGROUP GROUP g c2 STREAMS x >
& XREADGROUP GROUP g c2 STREAMS x 0
& XACK x g 1-3
& XGROUP DELCONSUMER x g c
& XGROUP DELCONSUMER x g nosuch
& XGROUP DESTROY x g
& XGROUP DESTROY x g
& XTRIM x MAXLEN 1
& XTRIM x MAXLEN 1
& XTRIM x MAXLEN 0
& XSETID x 100-1
& XADD x 101-1 a b
& XDEL x 101-1
& XDEL x 101-1
& XREAD STREAMS x 0
& XREAD STREAMS nosuch x 0 0
& QUIT
<eof>

== replies and events to oneself: misses {3}
CONFIG SET notify-keyspace-events EAmn
PSUBSCRIBE __keyevent*
& TYPE nosuch
& TTL nosuch
& PTTL nosuch
& EXPIRETIME nosuch
& PEXPIRETIME nosuch
& EXISTS nosuch k nosuch
& GET nosuch
& MGET nosuch k nosuch
& STRLEN nosuch
& GETRANGE nosuch 0 1
& SUBSTR nosuch 0 1
& LCS nosuch nosuch2
& GETBIT nosuch 0
& BITCOUNT nosuch
& BITPOS nosuch 1
& BITFIELD nosuch GET u8 0
& BITFIELD_RO nosuch GET u8 0
& LLEN nosuch
& LINDEX nosuch 0
& LRANGE nosuch 0 1
& LPOS nosuch a
& LPOP nosuch
& LPOP nosuch 1
& LSET nosuch 0 a
& LINSERT nosuch BEFORE a b
& LREM nosuch 0 a
& LTRIM nosuch 0 1
& RPOPLPUSH nosuch m
& LMOVE nosuch m LEFT LEFT
& LMPOP 1 nosuch LEFT
& SCARD nosuch
& SISMEMBER nosuch a
& SMISMEMBER nosuch a
& SMEMBERS nosuch
& SREM nosuch a
& SMOVE nosuch t a
& SINTER nosuch t
& SDIFF nosuch t
& SINTERCARD 2 nosuch t
& SSCAN nosuch 0
& HGET nosuch a
& HMGET nosuch a
& HGETALL nosuch
& HKEYS nosuch
& HVALS nosuch
& HLEN nosuch
& HEXISTS nosuch a
& HSTRLEN nosuch a
& HRANDFIELD nosuch
& HRANDFIELD nosuch 1
& HSCAN nosuch 0
& HDEL nosuch a
& ZCARD nosuch
& ZSCORE nosuch a
& ZMSCORE nosuch a
& ZRANK nosuch a
& ZREVRANK nosuch a
& ZRANGE nosuch 0 1
& ZREVRANGE nosuch 0 1
& ZRANGEBYSCORE nosuch 0 1
& ZREVRANGEBYSCORE nosuch 1 0
& ZRANGEBYLEX nosuch - +
& ZREVRANGEBYLEX nosuch + -
& ZCOUNT nosuch 0 1
& ZLEXCOUNT nosuch - +
& ZRANDMEMBER nosuch
& ZRANDMEMBER nosuch 1
& ZSCAN nosuch 0
& ZREM nosuch a
& ZPOPMIN nosuch
& ZMPOP 1 nosuch MIN
& ZREMRANGEBYRANK nosuch 0 1
& ZUNION 2 nosuch z
& ZINTER 2 nosuch z
& ZDIFF 2 nosuch z
& ZINTERCARD 2 nosuch z
& ZUNIONSTORE w 2 nosuch nosuch2
& GEOPOS nosuch a
& GEODIST nosuch a b
& GEOHASH nosuch a
& GEOSEARCH nosuch FROMLONLAT 1 1 BYRADIUS 1 m
& XRANGE nosuch - +
& XREVRANGE nosuch + -
& XREAD STREAMS nosuch 0
& XREADGROUP GROUP g c STREAMS nosuch >
& XINFO STREAM nosuch
& XACK nosuch g 1-1
& XDEL nosuch 1-1
& XTRIM nosuch MAXLEN 1
& XSETID nosuch 1-1
& XGROUP SETID nosuch g 0
& PFCOUNT nosuch
& PFMERGE pz nosuch
& SORT nosuch
& SORT_RO nosuch
& WATCH nosuch
& UNWATCH
& GETEX nosuch
& GETDEL nosuch
& QUIT
<eof>
`,
);
