/**
 * Cases for clients that wait for elements of lists: who is served, in which order, with what.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Clients that wait for lists. */
export const waiting = area(
  "waiting",
  String.raw`
== BLPOP waits for a push
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH l a
@2 <
EXISTS l
@2 & BRPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH l a b c
@2 <
LRANGE l 0 -1
@2 PING

== a push of several elements serves as it ended
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
@3 & BRPOP l 0
%until "blocked_clients:2" INFO clients
LPUSH l a b c
@2 <
@3 <
LRANGE l 0 -1

== who waited longest is served first
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
@3 & BLPOP l 0
%until "blocked_clients:2" INFO clients
@4 & BLPOP l 0
%until "blocked_clients:3" INFO clients
RPUSH l a b
@2 <
@3 <
@4 <none>
RPUSH l c
@4 <
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
@4 & BLPOP l 0
%until "blocked_clients:2" INFO clients
RPUSH l d
@2 <
@4 <none>
RPUSH l e
@4 <

== several keys: the one that becomes a list
@2 & BLPOP a b c 0
%until "blocked_clients:1" INFO clients
RPUSH c 1
@2 <
@2 & BLPOP a a b 0
%until "blocked_clients:1" INFO clients
RPUSH a 1 2
@2 <
LRANGE a 0 -1
@2 BLPOP b a 0

== a key of another type is not what is waited for
@2 & BLPOP l m 0
%until "blocked_clients:1" INFO clients
SET l v
HSET m f v
@2 <none>
DEL l
RPUSH l a
@2 <
GET l
TYPE m

== BLMOVE and BRPOPLPUSH wait
@2 & BLMOVE l m LEFT RIGHT 0
%until "blocked_clients:1" INFO clients
RPUSH l a b c
@2 <
LRANGE l 0 -1
LRANGE m 0 -1
DEL l
@2 & BRPOPLPUSH l m 0
%until "blocked_clients:1" INFO clients
RPUSH l a b c
@2 <
LRANGE l 0 -1
LRANGE m 0 -1
DEL l
@2 & BLMOVE l l LEFT RIGHT 0
%until "blocked_clients:1" INFO clients
RPUSH l a b c
@2 <
LRANGE l 0 -1

== BLMPOP waits
@2 & BLMPOP 0 2 a b LEFT COUNT 2
%until "blocked_clients:1" INFO clients
RPUSH b 1 2 3
@2 <
LRANGE b 0 -1
DEL b
@2 & BLMPOP 0 1 b RIGHT
%until "blocked_clients:1" INFO clients
RPUSH b 1 2 3
@2 <
LRANGE b 0 -1
DEL b
@2 & BLMPOP 0 1 b RIGHT COUNT 100
%until "blocked_clients:1" INFO clients
RPUSH b 1 2 3
@2 <
EXISTS b

== the other list is none
SET s v
@2 & BLMOVE l s LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@3 & BLPOP l 0
%until "blocked_clients:2" INFO clients
RPUSH l a
@2 <
@3 <
EXISTS l
GET s
@2 & BRPOPLPUSH l s 0
%until "blocked_clients:1" INFO clients
DEL s
RPUSH l a
@2 <
LRANGE s 0 -1

== chains: what one client moves, another waits for
@2 & BLMOVE a b LEFT LEFT 0
%until "blocked_clients:1" INFO clients
@3 & BLMOVE b c LEFT LEFT 0
%until "blocked_clients:2" INFO clients
@4 & BLPOP c 0
%until "blocked_clients:3" INFO clients
RPUSH a 1
@2 <
@3 <
@4 <
EXISTS a b c
@2 & BRPOPLPUSH a b 0
%until "blocked_clients:1" INFO clients
@3 & BRPOPLPUSH b a 0
%until "blocked_clients:2" INFO clients
RPUSH a 1
@2 <
@3 <
LRANGE a 0 -1
EXISTS b

== keys are served in the order in which they became ready
@2 & BLPOP a x 0
%until "blocked_clients:1" INFO clients
@3 & BLMOVE b x LEFT LEFT 0
%until "blocked_clients:2" INFO clients
RPUSH b 1
@3 <
@2 <
EXISTS x b

== other commands that make a list
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH m a b
RENAME m l
@2 <
LRANGE l 0 -1
DEL l
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH m a
COPY m l
@2 <
EXISTS l
DUMP m => payload
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RESTORE l 0 $payload
@2 <
EXISTS l
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
LMOVE m l LEFT LEFT
@2 <
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH m 1 2
RPOPLPUSH m l
@2 <
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RENAMENX m l
@2 <
EXISTS l m

== other databases
@2 SELECT 1
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH l a
@2 <none>
MOVE l 1
@2 <
EXISTS l
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH l b c
@2 <none>
SWAPDB 0 1
@2 <
LRANGE l 0 -1
@2 LRANGE l 0 -1
SWAPDB 0 1
@2 & BLPOP m 0
%until "blocked_clients:1" INFO clients
FLUSHALL
@2 <none>
@3 SELECT 1
@3 RPUSH m x
@2 <

== a timeout ends the wait
@2 BLPOP l 0.01
@2 BRPOP l m 0.01
@2 BLMOVE l m LEFT LEFT 0.01
@2 BRPOPLPUSH l m 0.01
@2 BLMPOP 0.01 1 l LEFT
@2 PING
RPUSH l a
LRANGE l 0 -1

== CLIENT UNBLOCK
@2 ~type CLIENT ID => id
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
CLIENT UNBLOCK $id
@2 <
@2 & BLMOVE l m LEFT LEFT 0
%until "blocked_clients:1" INFO clients
CLIENT UNBLOCK $id TIMEOUT
@2 <
@2 & BLMPOP 0 1 l LEFT
%until "blocked_clients:1" INFO clients
CLIENT UNBLOCK $id ERROR
@2 <
CLIENT UNBLOCK $id
RPUSH l a
LRANGE l 0 -1
@2 PING

== a client that is gone is not served
@2 ~type CLIENT ID => id
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
@3 & BLPOP l 0
%until "blocked_clients:2" INFO clients
CLIENT KILL ID $id
%until "blocked_clients:1" INFO clients
RPUSH l a b
@3 <
LRANGE l 0 -1

== what was sent behind a command that waits
@2 & BLPOP l 0
@2 & PING
@2 & LLEN l
%until "blocked_clients:1" INFO clients
RPUSH l a b
@2 <
@2 <
@2 <

== the blocking commands count no change but what they are
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
RPUSH l a
@2 <
~info:rdb_changes_since_last_save INFO persistence

== waiting is told by INFO and CLIENT LIST
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
~info:blocked_clients,clients_in_timeout_table INFO clients
@3 & BLPOP l 100
%until "blocked_clients:2" INFO clients
~info:blocked_clients,clients_in_timeout_table INFO clients
RPUSH l a b
@2 <
@3 <
~info:blocked_clients,clients_in_timeout_table INFO clients

== waiting for a sorted set: who is served, by what
@2 & BZPOPMIN z 0
%until "blocked_clients:1" INFO clients
@3 & BZPOPMAX z 0
%until "blocked_clients:2" INFO clients
@4 & BLPOP z 0
%until "blocked_clients:3" INFO clients
SET z v
DEL z
RPUSH z a
@4 <
@2 <none>
ZADD z 1 a 2 b 3 c
@2 <
@3 <
ZRANGE z 0 -1 WITHSCORES
DEL z
@2 & BZPOPMIN z 0
%until "blocked_clients:1" INFO clients
ZADD from 5 m
RENAME from z
@2 <
@2 & BZPOPMIN z 0
%until "blocked_clients:1" INFO clients
ZADD from 5 m
ZUNIONSTORE z 1 from
@2 <
@2 & BZPOPMIN z 0
%until "blocked_clients:1" INFO clients
GEOADD z 13.361389 38.115556 Palermo
@2 <
@2 & BZPOPMIN z 0
%until "blocked_clients:1" INFO clients
ZRANGESTORE z from 0 -1
@2 <
@2 & BZPOPMAX z 0
%until "blocked_clients:1" INFO clients
COPY from z
@2 <
EXISTS z
`,
);
