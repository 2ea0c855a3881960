/**
 * Cases for `MULTI`, `EXEC`, `DISCARD`, `WATCH` and `UNWATCH`.
 *
 * @module
 */
import { area } from "../support/cases.ts";

const listed = "~client:name,db,flags,sub,psub,ssub,multi,multi-mem,watch,cmd,user,redir,resp,events";

/** Transactions. */
export const transactions = area(
  "transactions",
  String.raw`
== MULTI and EXEC
MULTI
EXEC
MULTI
SET a 1
INCR a
GET a
LRANGE a 0 -1
GET none
EXEC
GET a
multi
get a
exec

== wrong number of arguments
MULTI x
EXEC x
DISCARD x
UNWATCH x
WATCH
EXEC
MULTI
EXEC x
EXEC
MULTI
DISCARD x
DISCARD
MULTI
MULTI x
SET a 1
EXEC
MULTI
WATCH
EXEC
MULTI
UNWATCH x
EXEC
EXISTS a

== without MULTI
EXEC
DISCARD
UNWATCH
PING

== MULTI and WATCH inside do no harm
MULTI
MULTI
SET a 1
EXEC
MULTI
WATCH a
SET a 2
EXEC
GET a

== UNWATCH inside is queued
WATCH a
MULTI
UNWATCH
GET a
EXEC

== DISCARD
SET a 1
MULTI
SET a 2
DISCARD
GET a
DISCARD
MULTI
DISCARD
EXEC

== an error while queueing
MULTI
SET a 1
NOSUCH
SET b 1
EXEC
EXISTS a b
EXEC
MULTI
GET
EXEC
MULTI
SET a
DISCARD
MULTI
SET a 1
EXEC
MULTI
CLIENT NOSUCH
EXEC
MULTI
CLIENT
EXEC
MULTI
CONFIG
EXEC
MULTI
"" x
EXEC

== an error while executing
SET s v
MULTI
LPUSH s 1
SET a 1
INCR s
SET b
EXEC
MULTI
LPUSH s 1
SET a 1
INCR s
SELECT 99
CONFIG SET nosuch 1
OBJECT HELP x
SET b 1 XX GET NX
SET b 1
EXEC
MGET s a b

== commands that are not allowed inside
MULTI
SHUTDOWN
SET a 1
EXEC
MULTI
shutdown nosave
EXEC
EXISTS a

== MONITOR inside
MULTI
MONITOR
EXEC
PING

== SELECT inside
MULTI
SELECT 3
SET a 3
SELECT 99
SELECT 0
SET a 0
SELECT 4
EXEC
GET a
SELECT 3
GET a
SELECT 0
GET a

== SELECT to another database than the watched one
WATCH a
SELECT 1
@2 SELECT 1
@2 SET a 1
MULTI
PING
EXEC
SELECT 0
WATCH a
SELECT 1
@2 SELECT 0
@2 SET a 1
MULTI
PING
EXEC

== HELLO inside {2}
HSET h f v
MULTI
HGETALL h
HELLO 3
HGETALL h
GET none
~digits EXEC
MULTI
GET none
HELLO 2
~digits EXEC
MULTI
HELLO 9
~digits EXEC

== AUTH inside
MULTI
AUTH x
AUTH a b
EXEC

== RESET inside
SET a 1
MULTI
SET a 2
RESET
GET a
EXEC
WATCH a
SET a 2
RESET
MULTI
PING
EXEC

== QUIT inside
MULTI
SET a 2
QUIT
<eof>
@2 GET a

== a client that closes itself
~type CLIENT ID => id
& MULTI
& SET a 1
& CLIENT KILL ID $id SKIPME no
& SET b 1
& GET b
& EXEC
<eof>
@2 MGET a b

== a client that goes while it queues or watches
@2 ~type CLIENT ID => id
@2 WATCH a
@2 MULTI
@2 SET a 1
CLIENT KILL ID $id
SET a 2
GET a
@3 MULTI
@3 GET a
@3 EXEC

== CLIENT REPLY OFF and ON inside
& MULTI
& PING
& CLIENT REPLY OFF
& PING
& CLIENT REPLY ON
& PING
& EXEC
& PING
& QUIT
<eof>

== CLIENT REPLY OFF inside lasts
& MULTI
& PING
& CLIENT REPLY OFF
& PING
& EXEC
& PING
& CLIENT REPLY ON
& QUIT
<eof>

== CLIENT REPLY SKIP inside
& MULTI
& PING
& CLIENT REPLY SKIP
& PING
& EXEC
& ECHO skipped
& ECHO heard
& QUIT
<eof>

== silent MULTI, silent queueing, silent EXEC
& CLIENT REPLY SKIP
& MULTI
& CLIENT REPLY SKIP
& EXEC
& ECHO skipped
& CLIENT REPLY SKIP
& MULTI
& GET a
& EXEC
& CLIENT REPLY SKIP
& NOSUCH
& MULTI
& NOSUCH
& EXEC
& CLIENT REPLY OFF
& MULTI
& GET a
& NOSUCH
& EXEC
& CLIENT REPLY ON
& QUIT
<eof>

== commands that wait do not wait inside
RPUSH l a b c d
ZADD z 1 a 2 b
MULTI
BLPOP l 0
BRPOP l 0
BLMOVE l m LEFT LEFT 0
BRPOPLPUSH l m 0
BZPOPMIN z 0
BZPOPMAX z 0
BLPOP none 0
BRPOP none 0
BLMOVE none m LEFT LEFT 0
BRPOPLPUSH none m 0
BZPOPMIN none 0
BZPOPMAX none 0
BLMPOP 0 1 none LEFT
BZMPOP 0 1 none MIN
XREAD BLOCK 0 STREAMS s $
EXEC
MULTI
BLPOP none 0 x
BLPOP none wrong
BLPOP z 0
EXEC
LRANGE l 0 -1
LRANGE m 0 -1

== a transaction serves who waits
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
MULTI
RPUSH l a b c
LLEN l
EXEC
@2 <
LRANGE l 0 -1
DEL l
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
MULTI
RPUSH l a
DEL l
EXEC
@2 <none>
MULTI
RPUSH l a
DEL l
RPUSH l b
EXEC
@2 <

== WATCH: another client changes the key
WATCH a
@2 SET a 1
MULTI
GET a
EXEC
MULTI
GET a
EXEC
WATCH a b c
@2 SET c 1
MULTI
EXEC

== WATCH: nobody changes the key
SET a 1
WATCH a
@2 GET a
@2 SET b 1
@2 DEL none
@2 SADD b x
@2 OBJECT ENCODING a
MULTI
GET a
EXEC

== WATCH: the client itself changes the key
WATCH a
SET a 1
MULTI
GET a
EXEC
WATCH a
MULTI
SET a 2
EXEC
MULTI
GET a
EXEC

== WATCH: keys and counts
WATCH a a a
@2 SET a 1
MULTI
PING
EXEC
WATCH ""
@2 SET "" 1
MULTI
PING
EXEC
WATCH "\x00\xff"
@2 SET "\x00\xfe" 1
MULTI
PING
EXEC
WATCH "\x00\xff"
@2 SET "\x00\xff" 1
MULTI
PING
EXEC
WATCH aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
@2 SET aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1
MULTI
PING
EXEC

== WATCH: two clients
WATCH a
@2 WATCH a
@3 WATCH b
@4 SET a 1
MULTI
PING
EXEC
@2 MULTI
@2 PING
@2 EXEC
@3 MULTI
@3 PING
@3 EXEC

== WATCH: two clients race
WATCH a
@2 WATCH a
MULTI
SET a 1
@2 MULTI
@2 SET a 2
EXEC
@2 EXEC
GET a

== UNWATCH forgets
WATCH a
UNWATCH
@2 SET a 1
MULTI
PING
EXEC
WATCH a
@2 SET a 2
UNWATCH
MULTI
PING
EXEC

== DISCARD forgets
WATCH a
MULTI
DISCARD
@2 SET a 1
MULTI
PING
EXEC
WATCH a
@2 SET a 2
MULTI
DISCARD
MULTI
PING
EXEC

== a failed EXEC forgets
WATCH a
MULTI
NOSUCH
EXEC
@2 SET a 1
MULTI
PING
EXEC
WATCH a
@2 SET a 2
MULTI
EXEC x
MULTI
PING
EXEC
WATCH a
@2 SET a 2
EXEC
MULTI
PING
EXEC

== WATCH after the change is too late
WATCH a
@2 SET a 1
WATCH a
WATCH b
MULTI
PING
EXEC

== changed and refused: the error comes first
WATCH a
@2 SET a 1
MULTI
NOSUCH
EXEC
PING

== nothing is queued any more
WATCH a
@2 SET a 1
~type CLIENT ID => id
MULTI
SET b 1
GET b
@2 LISTED CLIENT LIST ID $id
EXEC
MULTI
SET b 1
NOSUCH
SET b 2
@2 LISTED CLIENT LIST ID $id
DISCARD
@2 LISTED CLIENT LIST ID $id

== WATCH and FLUSHALL
WATCH none
@2 FLUSHALL
MULTI
PING
EXEC
SET a 1
WATCH a
@2 FLUSHALL
MULTI
PING
EXEC
SET a 1
WATCH a
@2 FLUSHDB
MULTI
PING
EXEC
SET a 1
WATCH a
@2 FLUSHALL ASYNC
MULTI
PING
EXEC
SET a 1
WATCH a
@2 SELECT 1
@2 FLUSHDB
MULTI
PING
EXEC
WATCH none
@2 SET other 1
@2 FLUSHALL
MULTI
PING
EXEC

== WATCH and SWAPDB
SET a 1
WATCH a
@2 SWAPDB 0 1
MULTI
PING
EXEC
WATCH a
@2 SWAPDB 0 1
MULTI
PING
EXEC
WATCH none
@2 SWAPDB 0 1
MULTI
PING
EXEC
WATCH a
@2 SWAPDB 1 2
MULTI
PING
EXEC
WATCH a
@2 SWAPDB 0 0
MULTI
PING
EXEC
@2 FLUSHALL
SET a 1
@2 SELECT 1
@2 SET a 1
WATCH a
@2 SWAPDB 0 1
MULTI
PING
EXEC

== WATCH and a deadline
SET a 1 PX 20
WATCH a
@2 DEBUG SLEEP 0.03
MULTI
GET a
EXEC
SET a 1 PX 20
WATCH a
@2 DEBUG SLEEP 0.03
@2 GET a
MULTI
GET a
EXEC
SET a 1 PX 20
WATCH a
@2 DEBUG SLEEP 0.03
@2 FLUSHALL
MULTI
GET a
EXEC
SET a 1
WATCH a
@2 EXPIRE a 100
MULTI
GET a
EXEC
WATCH a
@2 PERSIST a
MULTI
GET a
EXEC
WATCH a
@2 PERSIST a
MULTI
GET a
EXEC
WATCH a
@2 EXPIRE a -1
MULTI
GET a
EXEC

== WATCH of a key whose deadline has passed
DEBUG SET-ACTIVE-EXPIRE 0
SET a 1 PX 1
DEBUG SLEEP 0.01
WATCH a
MULTI
PING
EXEC
SET a 1 PX 1
DEBUG SLEEP 0.01
WATCH a
@2 GET a
MULTI
PING
EXEC
SET a 1 PX 1
DEBUG SLEEP 0.01
WATCH a
@2 SET a 2
MULTI
PING
EXEC
SET a 1 PX 1
DEBUG SLEEP 0.01
WATCH a
@2 FLUSHALL
MULTI
PING
EXEC
SET a 1 PX 1
DEBUG SLEEP 0.01
WATCH a
@2 GET a
@2 SET a 1
MULTI
PING
EXEC
DEBUG SET-ACTIVE-EXPIRE 1

== SWAPDB and keys whose deadline has passed
DEBUG SET-ACTIVE-EXPIRE 0
SET a 1 PX 1
DEBUG SLEEP 0.01
WATCH a
SWAPDB 0 1
MULTI
PING
EXEC
WATCH a
SWAPDB 0 1
MULTI
PING
EXEC
SELECT 1
SET a 1 PX 1
DEBUG SLEEP 0.01
SELECT 0
WATCH a
SWAPDB 0 1
MULTI
PING
EXEC
FLUSHALL
SELECT 1
SET a 1 PX 1
DEBUG SLEEP 0.01
SELECT 0
WATCH a
SWAPDB 0 1
GET a
MULTI
PING
EXEC
SET a 1 PX 1
DEBUG SLEEP 0.01
SELECT 1
SET a 1
SELECT 0
WATCH a
SWAPDB 0 1
MULTI
PING
EXEC
DEBUG SET-ACTIVE-EXPIRE 1

== time stands still in a transaction
MULTI
SET a 1 PX 5
DEBUG SLEEP 0.02
GET a
EXEC

== WATCH and commands that change keys
SET a 1
WATCH a
@2 RENAME a b
MULTI
PING
EXEC
WATCH a
@2 RENAME b a
MULTI
PING
EXEC
WATCH a
@2 RENAMENX a a
MULTI
PING
EXEC
WATCH a
@2 COPY a b
MULTI
PING
EXEC
WATCH b
@2 COPY a b
MULTI
PING
EXEC
WATCH b
@2 COPY a b REPLACE
MULTI
PING
EXEC
WATCH b
@2 MOVE b 1
MULTI
PING
EXEC
WATCH b
@2 SELECT 1
@2 MOVE b 0
MULTI
PING
EXEC
@2 SELECT 0
WATCH b
@2 UNLINK b
MULTI
PING
EXEC
WATCH b
@2 SETNX a 2
@2 GETEX a
@2 TOUCH a b
@2 SETRANGE a 0 ""
@2 APPEND a ""
MULTI
PING
EXEC
WATCH a
@2 SETRANGE a 0 ""
MULTI
PING
EXEC
WATCH a
@2 APPEND a ""
MULTI
PING
EXEC
WATCH a
@2 SETBIT a 0 0
MULTI
PING
EXEC
WATCH a
@2 GETEX a
@2 TOUCH a
MULTI
PING
EXEC
WATCH a
@2 GETEX a PERSIST
MULTI
PING
EXEC
WATCH a
@2 GETEX a EX 100
MULTI
PING
EXEC

== WATCH and a client that waited
@2 & BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
WATCH m
@3 RPUSH l a
@2 <
MULTI
PING
EXEC
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
WATCH l
@3 RPUSH l a
@2 <
MULTI
PING
EXEC

== no memory while queueing
MULTI
SET a 1
@2 MULTI
@2 GET a
@3 MULTI
@4 CONFIG SET maxmemory 1
EXEC
@2 EXEC
@3 GET a
@3 PING
@3 MULTI
@3 WATCH a
@3 UNWATCH
@3 EXEC
@3 MULTI
@3 DISCARD
@3 MULTI
@3 RESET
@3 MULTI
@3 EXEC
@3 WATCH a
@3 UNWATCH
@3 GET a
@3 MULTI
@3 QUIT
@4 CONFIG SET maxmemory 0
EXISTS a

== evicted
SET a 1
WATCH a
@2 CONFIG SET maxmemory-policy allkeys-random maxmemory 1
@2 CONFIG SET maxmemory 0
@2 EXISTS a
MULTI
PING
EXEC

== a pause while queueing
@2 MULTI
@2 GET a
CLIENT PAUSE 100000 WRITE
@2 & SET a 1
@2 <none>
@2 & PING
LISTED CLIENT LIST
CLIENT UNPAUSE
@2 <
@2 <
@2 EXEC
CLIENT PAUSE 100000 WRITE
@2 MULTI
@2 GET a
@2 EXEC
CLIENT UNPAUSE
@2 MULTI
@2 SET a 2
CLIENT PAUSE 100000 WRITE
@2 & EXEC
@2 <none>
GET a
CLIENT UNPAUSE
@2 <
GET a

== no password given
CONFIG SET requirepass secret
@2 MULTI
@2 EXEC
@2 DISCARD
@2 WATCH a
@2 AUTH secret
@2 MULTI
@2 PING
@2 EXEC
CONFIG SET requirepass ""

== told by CLIENT LIST
~type CLIENT ID => id
LISTED CLIENT INFO
MULTI
@2 LISTED CLIENT LIST ID $id
SET key value
GET key
@2 LISTED CLIENT LIST ID $id
LISTED CLIENT LIST ID $id
~digits EXEC
LISTED CLIENT INFO
WATCH key
@2 LISTED CLIENT LIST ID $id
@2 SET key other
@2 LISTED CLIENT LIST ID $id
UNWATCH
@2 LISTED CLIENT LIST ID $id
WATCH key
@2 SET key other
MULTI
PING
@2 LISTED CLIENT LIST ID $id
EXEC
@2 LISTED CLIENT LIST ID $id
MULTI
NOSUCH
PING
@2 LISTED CLIENT LIST ID $id
DISCARD
@2 LISTED CLIENT LIST ID $id

== counted as they run
CONFIG RESETSTAT
MULTI
SET a v
LPUSH a 1
GET a
MULTI
EXEC
MULTI
GET
EXEC
EXEC
EXEC x
DISCARD
~info:errorstat_ERR,errorstat_EXECABORT,errorstat_WRONGTYPE INFO errorstats
~info:total_commands_processed,total_error_replies INFO stats
~info INFO commandstats

== the slow log has what was run
CONFIG SET slowlog-log-slower-than 0
SLOWLOG RESET
MULTI
SET a 1
AUTH user password
GET a
EXEC
CONFIG SET slowlog-log-slower-than 10000
~digits SLOWLOG GET

== MONITOR is shown what is run
PING
@2 MONITOR
MULTI
SET a 1
AUTH user password
CONFIG GET nosuch
NOSUCH
EXEC
@2 ~digits <
@2 ~digits <
MULTI
SET a 1
AUTH user password
CONFIG GET nosuch
SELECT 2
GET a
EXEC
@2 ~digits <
@2 ~digits <
@2 ~digits <
@2 ~digits <
@2 ~digits <
@2 ~digits <
@2 <none>

== COMMAND knows them
COMMAND INFO multi exec discard watch unwatch
~pairs COMMAND DOCS multi
~pairs COMMAND DOCS exec
COMMAND GETKEYS WATCH a b
COMMAND GETKEYS MULTI
COMMAND GETKEYSANDFLAGS WATCH a b
MULTI
COMMAND GETKEYS SET a b
EXEC

== many commands in one
MULTI
MSET a 1 b 2 c 3
MGET a b c
HSET h f v
HGETALL h
SADD s x
SMEMBERS s
ZADD z 1.5 m
ZRANGE z 0 -1 WITHSCORES
ZSCORE z m
XADD st 1-1 f v
XRANGE st - +
TYPE st
FLUSHALL
DBSIZE
EXEC

== CLIENT REPLY in every mode inside
> "MULTI\r\nPING\r\nCLIENT REPLY SKIP\r\nPING\r\nCLIENT REPLY OFF\r\nPING\r\nCLIENT REPLY ON\r\nECHO a\r\nCLIENT REPLY SKIP\r\nEXEC\r\nECHO b\r\nECHO c\r\nQUIT\r\n"
<eof>

== CLIENT REPLY OFF first inside
> "MULTI\r\nCLIENT REPLY OFF\r\nECHO a\r\nCLIENT REPLY ON\r\nECHO b\r\nEXEC\r\nECHO c\r\nQUIT\r\n"
<eof>

== a silent EXEC that ends silence
> "MULTI\r\nECHO a\r\nCLIENT REPLY ON\r\nECHO b\r\nCLIENT REPLY OFF\r\nECHO c\r\nEXEC\r\nECHO d\r\nCLIENT REPLY ON\r\nCLIENT REPLY OFF\r\nMULTI\r\nECHO e\r\nCLIENT REPLY ON\r\nECHO f\r\nEXEC\r\nECHO g\r\nQUIT\r\n"
<eof>

== CLIENT REPLY SKIP around EXEC
> "MULTI\r\nECHO a\r\nCLIENT REPLY SKIP\r\nECHO b\r\nEXEC\r\nECHO c\r\nECHO d\r\nCLIENT REPLY SKIP\r\nMULTI\r\nECHO e\r\nEXEC\r\nQUIT\r\n"
<eof>

== WATCH, scripts and databases
SET a 1
WATCH a
EVAL "return redis.call('SET', 'a', 2)" 0
MULTI
GET a
EXEC
WATCH a
EVAL "return redis.call('GET', 'a')" 0
EVAL "return redis.pcall('WATCH', 'a')" 0
EVAL "return redis.pcall('MULTI')" 0
EVAL "return redis.pcall('UNWATCH')" 0
EVAL "return redis.pcall('EXEC')" 0
MULTI
GET a
EXEC
WATCH a
@2 EVAL "return redis.call('SET', 'a', 2)" 0
MULTI
EXEC
WATCH a
SELECT 1
WATCH a
@2 SELECT 1
@2 SET a 1
UNWATCH
WATCH a
SELECT 0
WATCH a a
@2 DEL a
MULTI
PING
EXEC

== refusals of every kind
MULTI
SET a 1
CONFIG SET requirepass x
@2 PING
@2 MULTI
@2 EXEC
EXEC
@3 AUTH x
@3 CONFIG SET requirepass ""
MULTI
GET
NOSUCH a
CLIENT NOSUCH
CLIENT
OBJECT
OBJECT FREQ
OBJECT nosuch a
BLPOP
DEBUG
SELECT
MULTI
MULTI x
WATCH
WATCH a
RESET x
QUIT x y
CLIENT PAUSE
EXEC
MULTI
WATCH a
EXEC
MULTI
MULTI
EXEC
MULTI
MULTI a
EXEC
MULTI
DISCARD a
EXEC
MULTI
SUBSCRIBE
EXEC
MULTI
EVAL
EXEC
MULTI
EVAL "x" a
FCALL nosuch 0
EVALSHA a 0
EVAL "nonsense" 0
EXEC
MULTI
HELLO 9
HELLO x
AUTH
RESET
PING
DISCARD
MULTI
SWAPDB 0 x
SWAPDB 0 1
SELECT x
FLUSHALL x
OBJECT ENCODING a
OBJECT FREQ a
DEBUG JMAP
WAIT 1 100
EXEC

== RESET, DISCARD and QUIT in one write
MULTI
> "SET a 1\r\nRESET\r\nGET a\r\nMULTI\r\nSET a 2\r\nDISCARD\r\nGET a\r\nMULTI\r\nSET a 3\r\nQUIT\r\nSET a 4\r\n"
<eof>
@2 GET a

== QUIT behind MULTI in one write
> "MULTI\r\nQUIT\r\nPING\r\n"
<eof>

== a subscriber has no transactions
SUBSCRIBE a
MULTI
SET a 1
EXEC
DISCARD
WATCH a
RESET

== the memory of a queue
~type CLIENT ID => id
MULTI
@2 ~client:multi,multi-mem CLIENT LIST ID $id
SET a 1
@2 ~client:multi,multi-mem CLIENT LIST ID $id
SET aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b EX 100
@2 ~client:multi,multi-mem CLIENT LIST ID $id
PING
@2 ~client:multi,multi-mem CLIENT LIST ID $id
MULTI
@2 ~client:multi,multi-mem CLIENT LIST ID $id
PING
@2 ~client:multi,multi-mem CLIENT LIST ID $id
DISCARD
@2 ~client:multi,multi-mem CLIENT LIST ID $id

== more commands that would wait
XADD s 1-1 a b
XGROUP CREATE s g $
MULTI
XREADGROUP GROUP g c BLOCK 0 STREAMS s >
XREAD BLOCK 10 STREAMS s $
BLMPOP 0 1 nosuch LEFT
BZMPOP 0 1 nosuch MIN
BLMOVE nosuch a LEFT LEFT 0
CLIENT PAUSE 1 WRITE
CLIENT UNPAUSE
DEBUG SLEEP 0
EXEC
`.replaceAll("LISTED", listed),
);
