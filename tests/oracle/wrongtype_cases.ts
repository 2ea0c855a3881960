/**
 * Cases for string and keyspace commands on keys of other types.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Commands on keys that hold another type than they need. */
export const wrongtype = area(
  "wrongtype",
  String.raw`
== String commands on a list
RPUSH l a b
GET l
SET l v NX
SET l v GET
SET l v XX GET
SET l v EX 0
TYPE l
GETSET l v
GETDEL l
GETEX l
GETEX l EX 100
GETEX l EX 0
GETEX l WRONG
SETNX l v
MSETNX l v
MGET l
APPEND l v
STRLEN l
SETRANGE l 0 v
SETRANGE l -1 v
SETRANGE l 0 ""
GETRANGE l 0 1
GETRANGE l a 1
SUBSTR l 0 1
INCR l
DECR l
INCRBY l 1
INCRBY l abc
DECRBY l 1
INCRBYFLOAT l 1
INCRBYFLOAT l abc
SET k v
LCS l k
LCS k l
LRANGE l 0 -1

== SET replaces any type
RPUSH l a b
SET l v
TYPE l
SADD s a
MSET s 1
TYPE s
HSET h f v
SETEX h 100 v
TYPE h
ZADD z 1 a
SET z v XX
TYPE z
RPUSH l2 a
SET l2 v KEEPTTL
TYPE l2

== Keyspace commands on every type
RPUSH l a b c
SADD s a b
SADD i 1 2 3
HSET h f v
ZADD z 1 a
XADD x 1-1 f v
TYPE l
TYPE s
TYPE h
TYPE z
TYPE x
OBJECT ENCODING l
OBJECT ENCODING s
OBJECT ENCODING i
OBJECT ENCODING h
OBJECT ENCODING z
OBJECT ENCODING x
EXISTS l s h z x
EXPIRE l 100
~near:2 TTL l
RENAME l l2
~near:2 TTL l2
COPY l2 l3
~near:2 TTL l3
LRANGE l3 0 -1
COPY h h2
HGETALL h2
COPY z z2
ZRANGE z2 0 -1 WITHSCORES
COPY s s2
~sorted SMEMBERS s2
COPY x x2
XRANGE x2 - +
MOVE l2 1
EXISTS l2
~sorted KEYS *
SCAN 0 TYPE list COUNT 100
SCAN 0 TYPE hash COUNT 100 MATCH h2
DUMP l3
DUMP i
DUMP h
DUMP z
DEL l3 s h z x
DBSIZE
`,
);
