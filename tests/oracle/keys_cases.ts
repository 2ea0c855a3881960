/**
 * Cases for the commands on keys of any type: existence, names, copies, databases, scans, objects.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** The keyspace commands but for those of expiry and serialisation. */
export const keys = area(
  "keys",
  String.raw`
== DEL UNLINK EXISTS TOUCH
MSET a 1 b 2 c 3 d 4
EXISTS a
EXISTS a b missing
EXISTS a a a
EXISTS missing
TOUCH a b missing
TOUCH a a
TOUCH missing
DEL a
DEL a
DEL b missing c
DEL d d
DBSIZE
MSET a 1 b 2
UNLINK a missing
UNLINK b b
UNLINK missing
DBSIZE
SET big "x"*100000
UNLINK big
EXISTS big
MSET "" 1 "\x00" 2
EXISTS "" "\x00"
DEL "" "\x00"

== Keyspace commands: wrong number of arguments
DEL
UNLINK
EXISTS
TOUCH
TYPE
TYPE a b
RENAME a
RENAME a b c
RENAMENX a
RENAMENX a b c
COPY a
MOVE a
MOVE a 1 2
SWAPDB 0
SWAPDB 0 1 2
SELECT
SELECT 0 1
KEYS
KEYS a b
SCAN
RANDOMKEY x
DBSIZE x
OBJECT
OBJECT ENCODING
OBJECT ENCODING a b
OBJECT FREQ
OBJECT IDLETIME
OBJECT REFCOUNT
FLUSHDB a b
FLUSHALL a b

== TYPE
TYPE missing
SET k v
TYPE k
SET k 10
TYPE k
type k
DEL k
TYPE k

== RENAME
RENAME missing k
SET a 1
RENAME a b
EXISTS a
GET b
SET a 2
RENAME a b
GET b
RENAME b b
GET b
RENAME missing b
RENAME missing missing
GET b
SET t v EX 100
RENAME t u
~near:2 TTL u
SET x plain
RENAME x u
TTL u
GET u
SET t v EX 100
SET x plain
RENAME t x
~near:2 TTL x
RENAME x ""
GET ""
RENAME "" "\x00\xff"
GET "\x00\xff"
DBSIZE

== RENAMENX
RENAMENX missing k
RENAMENX missing missing
SET a 1
SET b 2
RENAMENX a b
GET b
RENAMENX a a
RENAMENX a c
GET c
EXISTS a
SET t v EX 100
RENAMENX t u
~near:2 TTL u

== COPY
COPY missing k
SET a 1
COPY a b
GET b
COPY a b
SET a 2
COPY a b REPLACE
GET b
COPY a b replace
COPY a a
COPY a a REPLACE
COPY a a DB 1
COPY a a DB 1
COPY a a DB 1 REPLACE
COPY a a DB 0
COPY a c DB 0
COPY a d REPLACE DB 2
COPY a e DB 3 DB 4
SELECT 1
GET a
SELECT 2
GET d
SELECT 3
EXISTS e
SELECT 4
EXISTS e
SELECT 0
SET t v EX 100
COPY t u
~near:2 TTL u
SET a 3
COPY a u REPLACE
TTL u
SET big "x"*10000
COPY big big2
APPEND big y
STRLEN big2
SET n 5
COPY n m
INCR n
GET m

== COPY: bad options
SET a 1
COPY a b DB
COPY a b DB -1
COPY a b DB 16
COPY a b DB abc
COPY a b DB 1.5
COPY a b DB 9223372036854775807
COPY a b DB 99999999999999999999
COPY a b WRONG
COPY a b REPLACE REPLACE
COPY a b REPLACE WRONG
COPY missing b DB 16
COPY a a DB 0 REPLACE
DBSIZE

== MOVE
MOVE missing 1
SET a 1
MOVE a 1
EXISTS a
SELECT 1
GET a
SET b in-one
SELECT 0
SET b in-zero
MOVE b 1
GET b
MOVE b 0
MOVE b 16
MOVE b -1
MOVE b abc
MOVE b 1.5
MOVE b 9223372036854775807
MOVE b 99999999999999999999
MOVE missing 0
SET t v EX 100
MOVE t 2
SELECT 2
~near:2 TTL t

== SELECT
SELECT 0
SELECT 15
SET k v
SELECT 16
GET k
SELECT -1
SELECT abc
SELECT ""
SELECT 1.0
SELECT 01
SELECT " 1"
SELECT 99999999999999999999
SELECT 2147483648
GET k
SELECT 0
GET k
@2 GET k
@2 SELECT 15
@2 GET k

== SWAPDB
SET k zero
SELECT 1
SET k one
SELECT 0
SWAPDB 0 1
GET k
SELECT 1
GET k
@2 GET k
SWAPDB 0 0
SWAPDB 1 0
GET k
SWAPDB a 1
SWAPDB 0 b
SWAPDB 0 16
SWAPDB 16 0
SWAPDB -1 0
SWAPDB 0 -1
SWAPDB 1.5 0
SWAPDB 0 99999999999999999999
SELECT 5
SET t v EX 100
SWAPDB 5 6
TTL t
SELECT 6
~near:2 TTL t

== FLUSHDB FLUSHALL DBSIZE
DBSIZE
MSET a 1 b 2
SELECT 1
MSET c 1 d 2 e 3
DBSIZE
FLUSHDB
DBSIZE
SELECT 0
DBSIZE
SELECT 1
SET c 1
FLUSHDB SYNC
DBSIZE
SET c 1
FLUSHDB ASYNC
DBSIZE
SET c 1
FLUSHALL
DBSIZE
SELECT 0
DBSIZE
SET a 1
FLUSHALL sync
DBSIZE
SET a 1
flushall async
DBSIZE
FLUSHALL WRONG
FLUSHDB WRONG
FLUSHDB ""
FLUSHALL SYNC ASYNC
FLUSHALL

== KEYS
KEYS *
~sorted MSET one 1 two 2 three 3 four 4 hello 5 hallo 6 hxllo 7 hllo 8 heeeello 9
~sorted KEYS *
~sorted KEYS h?llo
~sorted KEYS h*llo
~sorted KEYS h[ae]llo
~sorted KEYS h[^e]llo
~sorted KEYS h[a-b]llo
~sorted KEYS h[b-a]llo
~sorted KEYS *o*
~sorted KEYS t*
~sorted KEYS ????
~sorted KEYS [ot]*
KEYS one
KEYS ONE
KEYS missing
KEYS ""
KEYS o\ne
KEYS "o\\ne"
~sorted KEYS **
~sorted KEYS h**o
KEYS h[
KEYS h[a
KEYS "one\\"
SELECT 1
KEYS *

== KEYS with special characters
MSET "a*b" 1 "a?b" 2 "a[b" 3 "a]b" 4 "a\\b" 5 "a-b" 6 "a^b" 7 "\x00\xff" 8 "" 9 "a\nb" 10
~sorted KEYS *
KEYS "a\\*b"
KEYS "a\\?b"
KEYS "a\\[b"
KEYS "a\\\\b"
KEYS a[*]b
KEYS a[?]b
KEYS "a[[]b"
KEYS "a[]]b"
KEYS "a[\\]]b"
KEYS "a[\\-]b"
KEYS a[-]b
~sorted KEYS a[^^]b
~sorted KEYS a[^a]b
~sorted KEYS a[^-]b
~sorted KEYS "a[!-.]b"
KEYS "\x00*"
KEYS "\x00\xff"
~sorted KEYS ?
KEYS ??
~sorted KEYS a?b

== Glob patterns
DEBUG STRINGMATCH-LEN 100 a*
SET aaa 1
SET "a]c" 2
SET abc 3
SET "a-c" 4
KEYS a[abc]a
KEYS a[a-]a
KEYS [a][a][a]
KEYS aaa*
KEYS *aaa
KEYS *a*a*a*
KEYS *a*a*a*a*
KEYS a[^b]a
KEYS a[^a]a
~sorted KEYS a[\]b-]c
~sorted KEYS a[b-z]c
~sorted KEYS a[z-b]c
~sorted KEYS a[]b]c
KEYS a[\b]c
KEYS a\bc

== SCAN
~scan SCAN 0
MSET k:1 1 k:2 2 k:3 3 x:1 4 x:2 5
~scan SCAN 0 COUNT 1000
~scan SCAN 0 MATCH k:* COUNT 1000
~scan SCAN 0 COUNT 1000 MATCH x:*
~scan SCAN 0 MATCH none* COUNT 1000
~scan SCAN 0 TYPE string COUNT 1000
~scan SCAN 0 TYPE STRING COUNT 1000
~scan SCAN 0 TYPE list COUNT 1000
~scan SCAN 0 TYPE nosuch COUNT 1000
~scan SCAN 0 TYPE string COUNT 1000 MATCH *1
~scan SCAN 0 count 1000 match k:1
~scan SCAN 0 MATCH k:1 MATCH k:2 COUNT 1000
~scan SCAN 0 COUNT 1 COUNT 1000
~scan SCAN 0 MATCH "" COUNT 1000
~scan SCAN 0 MATCH * COUNT 1000
SET t v PXAT 1
~scan SCAN 0 COUNT 1000
SELECT 1
~scan SCAN 0 COUNT 1000

== SCAN: bad arguments
SCAN a
SCAN -1
SCAN ""
SCAN 0 COUNT
SCAN 0 COUNT 0
SCAN 0 COUNT -1
SCAN 0 COUNT abc
SCAN 0 COUNT 1.5
SCAN 0 MATCH
SCAN 0 TYPE
SCAN 0 WRONG
SCAN 0 WRONG x
SCAN 0 COUNT 10 WRONG
SCAN " 0"
SCAN "0 "
SCAN 0x0
SCAN 1.5
SCAN 18446744073709551616
SCAN 99999999999999999999
SCAN a COUNT 0
SCAN a WRONG
~type SCAN 18446744073709551615
~type SCAN 9223372036854775808
~type SCAN 1
~type SCAN +0

== RANDOMKEY
RANDOMKEY
SET only 1
RANDOMKEY
SET t v PXAT 33177117420000
DEL only
RANDOMKEY
SELECT 1
RANDOMKEY

== OBJECT
OBJECT ENCODING missing
OBJECT FREQ missing
OBJECT IDLETIME missing
OBJECT REFCOUNT missing
SET k v
OBJECT ENCODING k
~near:1 OBJECT IDLETIME k
OBJECT REFCOUNT k
OBJECT FREQ k
object encoding k
OBJECT Encoding k
SET n 10
OBJECT ENCODING n
OBJECT REFCOUNT n
SET r "x"*45
OBJECT ENCODING r
OBJECT WRONG
OBJECT WRONG k
OBJECT HELP
OBJECT help
OBJECT HELP x
OBJECT ""

== OBJECT FREQ with an LFU policy
CONFIG SET maxmemory-policy allkeys-lfu
SET k v
OBJECT FREQ k
OBJECT IDLETIME k
OBJECT FREQ missing
SET n 10
OBJECT REFCOUNT n
OBJECT ENCODING n
CONFIG SET maxmemory-policy noeviction

== Databases hold the same names
SET k zero
SELECT 1
SET k one
SELECT 2
SET k two
DEL k
SELECT 1
GET k
SELECT 0
GET k
EXISTS k
SELECT 2
EXISTS k

== A thousand keys and back
DEBUG POPULATE 1000
DBSIZE
GET key:0
GET key:999
GET key:1000
DEBUG POPULATE 10 other
~sorted KEYS other*
GET other:3
DEBUG POPULATE 3 sized 100
STRLEN sized:0
GET sized:1
DEBUG POPULATE 2000
DBSIZE
TYPE key:1500
FLUSHDB
DBSIZE
RANDOMKEY
`,
);
