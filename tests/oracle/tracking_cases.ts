/**
 * Cases for `CLIENT TRACKING` and what clients are told by it.
 *
 * @module
 */
import { area } from "../support/cases.ts";

const listed = "~client:name,db,flags,sub,psub,ssub,multi,watch,cmd,user,resp,events";

/** Client-side caching. */
export const tracking = area(
  "tracking",
  String.raw`
== CLIENT TRACKING: arguments
CLIENT TRACKING
CLIENT TRACKING maybe
CLIENT TRACKING on nosuch
CLIENT TRACKING on ""
CLIENT TRACKING on REDIRECT
CLIENT TRACKING on REDIRECT abc
CLIENT TRACKING on REDIRECT 99999999
CLIENT TRACKING on REDIRECT 0
CLIENT TRACKING on REDIRECT -1
CLIENT TRACKING on REDIRECT 99999999999999999999
CLIENT TRACKING off REDIRECT 99999999
CLIENT TRACKING maybe REDIRECT 99999999
CLIENT TRACKING on BCAST REDIRECT 99999999 PREFIX a
CLIENT TRACKING on PREFIX a
CLIENT TRACKING on BCAST PREFIX
CLIENT TRACKING on OPTIN OPTOUT
CLIENT TRACKING on BCAST OPTIN
CLIENT TRACKING on BCAST OPTOUT
CLIENT TRACKING on PREFIX a OPTIN OPTOUT
CLIENT TRACKING on BCAST OPTIN OPTOUT PREFIX a PREFIX a
CLIENT TRACKING off BCAST PREFIX a OPTIN OPTOUT
CLIENT TRACKING off
CLIENT TRACKINGINFO
CLIENT GETREDIR
@2 ~type CLIENT ID => id
CLIENT TRACKING on REDIRECT $id REDIRECT $id
CLIENT TRACKING on REDIRECT $id REDIRECT 99999999
CLIENT TRACKINGINFO

== CLIENT TRACKING: modes that change
CLIENT TRACKING on
CLIENT TRACKINGINFO
CLIENT TRACKING on BCAST
CLIENT TRACKING on BCAST OPTIN
CLIENT TRACKING on NOLOOP
CLIENT TRACKINGINFO
CLIENT TRACKING on
CLIENT TRACKINGINFO
CLIENT TRACKING on OPTIN
CLIENT TRACKING on OPTOUT
CLIENT TRACKING on OPTIN OPTOUT
CLIENT TRACKING on BCAST PREFIX a PREFIX a
CLIENT TRACKING on PREFIX a
CLIENT TRACKING on OPTIN NOLOOP
CLIENT TRACKINGINFO
CLIENT TRACKING on
CLIENT TRACKING on OPTOUT
CLIENT TRACKING on OPTIN
CLIENT TRACKINGINFO
client tracking OFF
CLIENT TRACKING on BCAST
CLIENT TRACKING on
CLIENT TRACKINGINFO
CLIENT TRACKING off
CLIENT TRACKINGINFO

== CLIENT TRACKING: prefixes
CLIENT TRACKING on BCAST PREFIX b PREFIX aa
CLIENT TRACKINGINFO
CLIENT TRACKING on BCAST PREFIX a PREFIX b
CLIENT TRACKING on BCAST PREFIX c PREFIX cc PREFIX b
CLIENT TRACKING on BCAST PREFIX c PREFIX d PREFIX c
CLIENT TRACKING on BCAST NOLOOP PREFIX z
CLIENT TRACKINGINFO
CLIENT TRACKING on BCAST PREFIX z
CLIENT TRACKINGINFO
CLIENT TRACKING on BCAST
CLIENT TRACKINGINFO
CLIENT TRACKING on BCAST
CLIENT TRACKINGINFO
CLIENT TRACKING on BCAST PREFIX ""
CLIENT TRACKING on BCAST PREFIX q
CLIENT TRACKING off
CLIENT TRACKING on PREFIX "\x00b" BCAST PREFIX "\xff\x01" PREFIX "\x80"
CLIENT TRACKINGINFO
CLIENT TRACKING on BCAST PREFIX "\xff"
CLIENT TRACKING off
CLIENT TRACKING on BCAST PREFIX x PREFIX x
CLIENT TRACKINGINFO

== CLIENT CACHING
CLIENT CACHING yes
CLIENT CACHING maybe
CLIENT CACHING
CLIENT CACHING yes no
CLIENT TRACKING on
CLIENT CACHING yes
CLIENT CACHING no
CLIENT CACHING maybe
CLIENT TRACKING on OPTIN
CLIENT CACHING no
CLIENT CACHING maybe
CLIENT CACHING YES
CLIENT TRACKINGINFO
CLIENT TRACKINGINFO
PING
CLIENT TRACKINGINFO
CLIENT CACHING yes
NOSUCH
CLIENT TRACKINGINFO
CLIENT CACHING yes
GET
CLIENT TRACKINGINFO
CLIENT CACHING yes
CLIENT NOSUCH
CLIENT TRACKINGINFO
CLIENT CACHING yes
CLIENT CACHING
CLIENT TRACKINGINFO
CLIENT CACHING yes
CLIENT TRACKING on OPTIN
CLIENT TRACKINGINFO
CLIENT CACHING yes
MULTI
CLIENT TRACKINGINFO
PING
CLIENT TRACKINGINFO
EXEC
CLIENT TRACKINGINFO
CLIENT CACHING yes
MULTI
DISCARD
CLIENT TRACKINGINFO
CLIENT TRACKING off
CLIENT TRACKING on OPTOUT NOLOOP
CLIENT CACHING yes
CLIENT CACHING no
CLIENT TRACKINGINFO
CLIENT TRACKING off
CLIENT TRACKING on BCAST
CLIENT CACHING yes
CLIENT CACHING no

== what a client has read becomes invalid {3}
CLIENT TRACKING on
GET a
@2 SET a 1
<
@2 SET a 2
<none>
GET a
@2 DEL a
<
@2 DEL a
@2 DEL none
<none>
MGET a b c
@2 MSET a 1 b 2 c 3
<
<
<
GET a
@2 INCR a
<
EXISTS a
TYPE a
STRLEN a
@2 EXPIRE a 100
<
TTL a
@2 PERSIST a
<
OBJECT ENCODING a
@2 RENAME a b
<
LRANGE l 0 -1
@2 RPUSH l 1
<
SORT_RO l
@2 RPUSH l 1
<
SORT l
DEL none
SETNX l 1
~sorted KEYS *
@2 RPUSH l 1
<none>
GET l
@2 RPUSH l 1
<
XREAD STREAMS s 0
@2 XADD s 1-1 f v
<
ZUNION 2 z1 z2
@2 ZADD z2 1 m
<
@2 ZADD z1 1 m
<
<none>

== what a client changes itself {3}
CLIENT TRACKING on
GET a
SET a 1
<
SET a 2
<none>
GET a
GET b
MSET a 1 b 1
<
<
CLIENT TRACKING on NOLOOP
GET a
SET a 1
@2 SET a 2
<none>
GET a
@2 SET a 2
<

== two clients {3}
CLIENT TRACKING on
@2 CLIENT TRACKING on
@3 CLIENT TRACKING on
GET a
@2 GET a
@3 GET b
@4 SET a 1
<
@2 <
@3 <none>
GET a
@2 GET a
SET a 1
<
@2 <

== databases are not told apart {3}
CLIENT TRACKING on
GET a
@2 SELECT 1
@2 SET a 1
<
GET a
@2 SWAPDB 0 1
<none>
@2 SET a 1
<

== a transaction {3}
CLIENT TRACKING on
GET a
@2 MULTI
@2 SET a 1
@2 SET b 1
<none>
@2 EXEC
<
<none>
MULTI
GET a
GET b
SET a 1
SET b 1
PING
EXEC
<
<
GET a
MULTI
SET a 1
FLUSHALL
EXEC
<
<
MULTI
FLUSHALL
SET a 1
EXEC
<
<none>
MULTI
CLIENT TRACKING off
CLIENT TRACKING on
CLIENT GETREDIR
GET q
EXEC
@2 SET q 1
<

== everything is gone {3}
CLIENT TRACKING on
GET a
@2 CLIENT TRACKING on BCAST PREFIX x
@3 FLUSHALL
<
@2 <
@3 FLUSHDB
<
@2 <
FLUSHALL
<
@2 <
@3 SET a 1
<none>

== a deadline {3}
CLIENT TRACKING on
@2 SET a 1 PX 30
GET a
<
@2 SET a 1 PX 30
GET a
@2 DEBUG SLEEP 0.05
@2 EXISTS a
<

== evicted {3}
CLIENT TRACKING on
@2 SET a 1
GET a
@2 CONFIG SET maxmemory-policy allkeys-random maxmemory 1
<
@2 CONFIG SET maxmemory 0

== who waits {3}
CLIENT TRACKING on
LRANGE l 0 -1
& BLPOP l 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
<
<
LRANGE l 0 -1
@3 & BLPOP l 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
<
@3 <

== OPTIN {3}
CLIENT TRACKING on OPTIN
GET a
@2 SET a 1
<none>
CLIENT CACHING yes
GET a
GET b
@2 MSET a 1 b 1
<
<none>
CLIENT CACHING yes
PING
GET a
@2 SET a 1
<none>
CLIENT CACHING yes
MGET a b
@2 MSET a 1 b 1
<
<
CLIENT CACHING yes
MULTI
GET a
GET b
EXEC
GET c
@2 MSET a 1 b 1 c 1
<
<
<none>
MULTI
GET c
CLIENT CACHING yes
GET a
GET b
EXEC
GET d
@2 MSET a 1 b 1 c 1 d 1
<
<
<none>

== OPTOUT {3}
CLIENT TRACKING on OPTOUT
GET a
@2 SET a 1
<
CLIENT CACHING no
GET a
@2 SET a 1
<none>
GET a
@2 SET a 1
<
CLIENT CACHING no
MULTI
GET a
GET b
EXEC
GET b
@2 MSET a 1 b 1
<
<none>

== BCAST {3}
CLIENT TRACKING on BCAST PREFIX a PREFIX b
@2 SET a1 1
<
@2 MSET a2 1 a1 2 b1 1 c 1 a1 3
<
<
<none>
@2 SET c 1
@2 GET a1
@2 DEL a9
<none>
SET a1 5
<
@2 MULTI
@2 SET b1 1
@2 SET a1 2
@2 GET a1
@2 EXEC
<
<
MULTI
SET a2 1
SET a1 2
SET a2 3
EXEC
<
<none>
MULTI
SET a1 1
FLUSHALL
SET a2 1
EXEC
<
<
CLIENT TRACKING off
@2 SET a1 1
<none>

== BCAST of everything, with bytes of all kinds {3}
CLIENT TRACKING on BCAST
@2 MSET "\xff\x00" 1 "\x80" 2 "" 3 "\x00" 4 a 5
<
CLIENT TRACKING off
CLIENT TRACKING on BCAST PREFIX "\xff"
@2 MSET "\xff\x00" 1 "\x80" 2 "" 3 "\x00" 4 a 5
<
<none>

== BCAST NOLOOP {3}
CLIENT TRACKING on BCAST NOLOOP
@2 CLIENT TRACKING on BCAST
SET a 1
<none>
@2 <
@3 SET a 1
<
@2 <
@2 SET a 1
<
@2 <
MULTI
SET a 1
SET b 1
EXEC
<none>
@2 <

== REDIRECT to a client of the same protocol
@2 ~type CLIENT ID => id
@2 SUBSCRIBE __redis__:invalidate
CLIENT TRACKING on REDIRECT $id
GET a
@3 SET a 1
@2 <
GET a
SET a 1
@2 <
@3 FLUSHALL
@2 <
<none>
CLIENT TRACKING on NOLOOP REDIRECT $id
GET a
SET a 1
@2 <none>
CLIENT TRACKING off
CLIENT TRACKING on BCAST REDIRECT $id
@3 MSET b 1 a 2
@2 <
SET a 1
@2 <
@3 FLUSHALL
@2 <

== REDIRECT across protocols {2}
@2 ~masked:id HELLO 3
@2 ~type CLIENT ID => id
CLIENT TRACKING on REDIRECT $id
GET a
@3 SET a 1
@2 <
@3 FLUSHALL
@2 <
CLIENT TRACKING off
@4 ~type CLIENT ID => other
@4 PSUBSCRIBE any*
@2 CLIENT TRACKING on REDIRECT $other
@2 GET a
@3 SET a 1
@4 <
@3 FLUSHALL
@4 <

== REDIRECT to who does not listen {2}
@2 ~type CLIENT ID => id
CLIENT TRACKING on REDIRECT $id
GET a
@3 SET a 1
@2 PING
CLIENT TRACKING on
GET a
SET a 1
PING

== REDIRECT to itself {3}
~type CLIENT ID => id
CLIENT TRACKING on REDIRECT $id
GET a
@2 SET a 1
<
GET a
SET a 1
<

== REDIRECT to who is gone {2}
@2 ~type CLIENT ID => id
CLIENT TRACKING on REDIRECT $id
GET a
@3 CLIENT KILL ID $id
LISTED CLIENT INFO
@3 SET a 1
LISTED CLIENT INFO
~shape CLIENT TRACKINGINFO
CLIENT TRACKING on
LISTED CLIENT INFO
CLIENT TRACKINGINFO

== REDIRECT to who is gone, with a push {3}
@2 ~type CLIENT ID => id
CLIENT TRACKING on REDIRECT $id
GET a
@3 CLIENT KILL ID $id
LISTED CLIENT INFO
@3 SET a 1
~digits <
LISTED CLIENT INFO
~shape CLIENT TRACKINGINFO
CLIENT TRACKING on
LISTED CLIENT INFO
CLIENT TRACKINGINFO

== told by CLIENT LIST and INFO
LISTED CLIENT INFO
~info:tracking_clients INFO clients
CLIENT TRACKING on
~client:flags,redir CLIENT INFO
CLIENT TRACKING off
CLIENT TRACKING on BCAST PREFIX b PREFIX a
@2 CLIENT TRACKING on BCAST PREFIX c PREFIX a
~client:flags,redir CLIENT INFO
~info:tracking_clients INFO clients
~info:tracking_total_prefixes INFO stats
CLIENT TRACKING off
~info:tracking_clients INFO clients
~info:tracking_total_prefixes INFO stats
@2 CLIENT TRACKING off
~client:flags,redir CLIENT INFO
CLIENT TRACKING on
@2 CLIENT TRACKING on
GET a
MGET a b
@2 MGET a c
~info:tracking_total_keys,tracking_total_items INFO stats
CLIENT TRACKING off
@2 CLIENT TRACKING off
~info:tracking_total_keys,tracking_total_items,tracking_clients INFO stats
@2 SET a 1
~info:tracking_total_keys,tracking_total_items INFO stats
FLUSHALL
~info:tracking_total_keys,tracking_total_items INFO stats

== on, off and on again {3}
CLIENT TRACKING on
GET a
CLIENT TRACKING off
@2 SET a 1
<none>
CLIENT TRACKING on
GET a
CLIENT TRACKING off
CLIENT TRACKING on
@2 SET a 1
<
GET a
CLIENT TRACKING off
CLIENT TRACKING on BCAST PREFIX x
@2 SET a 1
<none>

== RESET and the protocol's version {3}
CLIENT TRACKING on
GET a
RESET
CLIENT TRACKINGINFO
@2 SET a 1
CLIENT TRACKING on
GET a
@2 SET a 1
~masked:id HELLO 3
GET a
~masked:id HELLO 2
@2 SET a 1
~masked:id HELLO 3
GET a
@2 SET a 1
<

== silence does not concern it {3}
CLIENT TRACKING on
GET a
& CLIENT REPLY OFF
& PING
@2 SET a 1
<
& SET b 1
& CLIENT REPLY ON
<
GET a
& CLIENT REPLY SKIP
& SET a 1
<
PING

== more keys than are remembered {3}
CONFIG SET tracking-table-max-keys 1
CLIENT TRACKING on
GET a
GET b
@2 PING
~shape <
~info:tracking_total_keys INFO stats
CONFIG SET tracking-table-max-keys 0
GET c
GET d
GET e
PING
~info:tracking_total_keys INFO stats

== a client that is gone {3}
@2 ~type CLIENT ID => id
@2 CLIENT TRACKING on
@2 GET a
CLIENT KILL ID $id
SET a 1
~info:tracking_clients INFO clients
~info:tracking_total_keys,tracking_total_items INFO stats

== what a client makes invalid itself is told after each command {3}
CLIENT TRACKING on
& GET a
& SET a 1
& MGET a b
& MULTI
& GET a
& SET a 2
& GET a
& SET a 3
& PING
& EXEC
& GET a
& EVAL "redis.call('GET', 'a'); redis.call('SET', 'a', 1); redis.call('GET', 'a'); return redis.call('DEL', 'a')" 1 a
& EVAL "redis.call('GET', 'a'); redis.call('SET', 'a', 1); redis.call('GET', 'a'); return redis.call('DEL', 'a')" 0
& GET a
& FLUSHALL
& GET a
& RENAME b a
& SET b 1
& RENAME b a
& GET a
& RPUSH l 1
& LRANGE l 0 -1
& BLPOP l 0
& GET a
& BLMOVE l m LEFT LEFT 0.01
& SORT l STORE a
& QUIT
<eof>

== messages and what is invalid, to one client {3}
CONFIG SET notify-keyspace-events EA
PSUBSCRIBE __key*
CLIENT TRACKING on
& GET a
& SET a 1
& GET a
& MULTI
& SET a 2
& PUBLISH __keyx a
& EXEC
& GET a
& FLUSHALL
& GET a
& SET a 1 EX 10
& GET a
& EXPIRE a 0
& QUIT
<eof>

== what a waiting client takes {3}
CLIENT TRACKING on
LRANGE l 0 -1
LRANGE m 0 -1
& BLPOP l 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1 2
<
<
<none>
LRANGE l 0 -1
LRANGE m 0 -1
DEL l
<
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
<
<
<none>
LRANGE m 0 -1
LRANGE l 0 -1
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 CLIENT TRACKING on
@2 LRANGE l 0 -1
@2 LRANGE m 0 -1
@2 RPUSH l 1
@2 <
@2 <
@2 <none>
<
<
<
<none>

== what a waiting client takes itself, with NOLOOP {3}
CLIENT TRACKING on NOLOOP
LRANGE l 0 -1
& BLPOP l 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
<
<
<none>
LRANGE l 0 -1
LRANGE m 0 -1
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
<
<
<none>
LRANGE l 0 -1
LRANGE m 0 -1
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 CLIENT TRACKING on NOLOOP
@2 LRANGE l 0 -1
@2 LRANGE m 0 -1
@2 RPUSH l 1 2
@2 <none>
<
<
<none>
LRANGE l 0 -1
& BLPOP l 0
<
<none>

== what a waiting client stores, told to all {3}
CLIENT TRACKING on
@2 CLIENT TRACKING on
@3 CLIENT TRACKING on
LRANGE m 0 -1
@2 LRANGE m 0 -1
@3 LRANGE m 0 -1
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
@2 <
@2 <none>
@3 <
@3 <none>
<
<
<none>

== who serves a waiting client has not changed what that one stores {3}
CLIENT TRACKING on
@2 CLIENT TRACKING on NOLOOP
LRANGE m 0 -1
@2 LRANGE m 0 -1
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
@2 <
@2 PING
<
<

== a waiting client with NOLOOP is not told what it stores {3}
CLIENT TRACKING on NOLOOP
@2 CLIENT TRACKING on NOLOOP
LRANGE m 0 -1
@2 LRANGE m 0 -1
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
@2 <
@2 PING
<
<none>

== who waits for a key with NOLOOP is told that somebody else has changed it {3}
CLIENT TRACKING on NOLOOP
@2 CLIENT TRACKING on NOLOOP
@3 CLIENT TRACKING on NOLOOP
LRANGE l 0 -1
@2 LRANGE l 0 -1
@3 LRANGE l 0 -1
& BLPOP l 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
@2 <none>
<
<
<none>
@3 <
@3 <none>

== BCAST NOLOOP and a waiting client {3}
CLIENT TRACKING on BCAST NOLOOP
@2 CLIENT TRACKING on BCAST NOLOOP
@3 CLIENT TRACKING on BCAST
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
@2 <
@2 <none>
<
<
<none>
@3 <
@3 <none>

== BCAST and a waiting client {3}
CLIENT TRACKING on BCAST
& BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@2 RPUSH l 1
<
<
<none>

== BCAST of what a client changes itself {3}
CLIENT TRACKING on BCAST
SET a1 1
<
& MULTI
& SET a2 1
& DEL a1
& EXEC
<
<
<
<
<
EVAL "redis.call('SET', 'a3', 1); return redis.call('DEL', 'a2')" 0
<
PING
FLUSHALL
<
PING

== a script reads the keys that it was given, whatever it reads {3}
CLIENT TRACKING on
EVAL "return redis.call('GET', KEYS[1])" 1 a
@2 SET a 1
<
EVAL "return redis.call('GET', 'b')" 1 a
@2 SET b 1
<none>
@2 SET a 1
<
EVAL "return redis.call('GET', 'b')" 0
@2 SET b 1
<none>
EVAL "return 1" 1 a
@2 SET a 1
<none>
EVAL_RO "return 1" 1 a
@2 SET a 1
<none>
EVAL_RO "return redis.call('GET', 'b')" 1 a
@2 SET a 1
<
EVAL "redis.call('SET', 'b', 1)" 1 a
@2 SET a 1
<none>
EVAL "return redis.call('GET', 'b')" 2 a c
@2 SET a 1
<
@2 SET c 1
<
FUNCTION LOAD REPLACE "#!lua name=x\nredis.register_function('f', function(k, a) return redis.call('GET', 'zz') end)\nredis.register_function{function_name='g', callback=function(k, a) return redis.call('GET', 'zz') end, flags={'no-writes'}}"
FCALL f 1 a
@2 SET a 1
<
FCALL_RO g 1 a
@2 SET a 1
<
FCALL_RO g 0
MULTI
EVAL "return redis.call('GET', 'b')" 1 a
GET c
EXEC
@2 SET a 1
<
@2 SET c 1
<
CLIENT TRACKING off
CLIENT TRACKING on OPTIN
EVAL "return redis.call('GET', 'b')" 1 a
@2 SET a 1
<none>
CLIENT CACHING yes
EVAL "return redis.call('GET', 'b')" 1 a
@2 SET a 1
<
CLIENT CACHING yes
MULTI
EVAL "return redis.call('GET', 'b')" 1 a
EXEC
@2 SET a 1
<
EVAL "return redis.call('CLIENT', 'CACHING', 'yes')" 1 a
CLIENT TRACKING off
CLIENT TRACKING on OPTOUT
CLIENT CACHING no
EVAL "return redis.call('GET', 'b')" 1 a
@2 SET a 1
<none>
EVAL "return redis.call('GET', 'b')" 1 a
@2 SET a 1
<
EVAL "redis.call('GET', 'b'); redis.call('SET', KEYS[1], 1); return 5" 1 a
<
GET a
EVAL "redis.call('SET', KEYS[1], 1); return 5" 1 a
<
CLIENT TRACKING off
CLIENT TRACKING on NOLOOP
GET a
EVAL "redis.call('SET', KEYS[1], 1); return 5" 1 a
<none>

== keys that commands for others touch {3}
CLIENT TRACKING on
@2 MSET a 1 b 2 c 3
MGET a b c
@2 RENAME a b
<
<
<none>
MGET a b c
@2 COPY b c REPLACE
<
<none>
MGET a b c
@2 MOVE c 1
<
<none>
@2 DUMP b => payload
MGET a b c
@2 RESTORE a 0 $payload
<
@2 RESTORE b 0 $payload REPLACE
<
<none>
MGET a b c
@2 RPUSH l 2 1
@2 SORT l STORE a
<
<none>
@2 SORT nosuch STORE a
<none>
GET a
@2 SET x 1
@2 RENAME x a
<
GET x
@2 RENAME a x
<
GET x
@2 SWAPDB 0 1
<none>
@2 SELECT 1
@2 FLUSHDB
<
GET x
@2 SELECT 2
@2 FLUSHDB
<
@2 FLUSHALL ASYNC
<
<none>
GET x
@2 RENAMENX nosuch x
@2 GETEX x EX 10
@2 EXPIRE x 0
@2 SETNX x 1
<
GET x
@2 OBJECT FREQ x
@2 TOUCH x
@2 GETEX x
@2 SETRANGE x 0 ""
@2 APPEND x ""
<
GET x
@2 DEL x x
<

== deadlines that pass {3}
CLIENT TRACKING on
DEBUG SET-ACTIVE-EXPIRE 0
SET a 1 PX 1
DEBUG SLEEP 0.01
GET a
<none>
@2 SET a 1
<
SET b 1 PX 20
GET b
DEBUG SLEEP 0.04
GET b
<
PING
SET b 1 PX 20
GET b
DEBUG SLEEP 0.04
MULTI
GET b
GET c
EXEC
<
PING
SET b 1 PX 20
GET b
DEBUG SLEEP 0.04
@2 SET b 1
<
<none>
SET b 1 PX 20
<
GET b
DEBUG SLEEP 0.04
SET b 2
<
PING
CLIENT TRACKING on NOLOOP
SET b 1 PX 20
GET b
DEBUG SLEEP 0.04
GET b
<none>
PING
DEBUG SET-ACTIVE-EXPIRE 1
SET b 1 PX 20
GET b
<
`.replaceAll("LISTED", listed),
);
