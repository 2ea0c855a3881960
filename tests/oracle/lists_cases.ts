/**
 * Cases for the list commands that do not wait.
 *
 * @module
 */
import { area } from "../support/cases.ts";
import { listpack, payloadWord, savedString, ziplist } from "../support/payload.ts";

/** `0 1 2 …` */
function numbers(count: number): string {
  return Array.from({ length: count }, (_, i) => i).join(" ");
}

/** Elements of so many bytes. */
function elements(count: number, size: number): string {
  return Array.from({ length: count }, (_, i) => String(i).padEnd(size, "x")).join(" ");
}

const long = (character: string) => character.repeat(40);

/** The list commands. */
export const lists = area(
  "lists",
  String.raw`
== LPUSH, RPUSH and what comes back
RPUSH l a b c
LPUSH l x y
LRANGE l 0 -1
LLEN l
LPUSHX l p q
RPUSHX l r s
LRANGE l 0 -1
LPUSHX missing a
RPUSHX missing a b
EXISTS missing
LLEN missing
TYPE l
OBJECT ENCODING l
LPOP l
RPOP l
LPOP l 2
RPOP l 2
LRANGE l 0 -1
LPOP l 100
EXISTS l
LPOP l
RPOP l
LPOP l 1
RPOP l 0
RPUSH l "" "\x00\xff\r\n" 12 -1 007 9223372036854775807 9223372036854775808 4096 -4097
LRANGE l 0 -1
DUMP l
LPOP l 0
RPOP l 0
LPOP l 3
RPOP l 3
LRANGE l 0 -1

== lists: wrong number of arguments
LPUSH
LPUSH l
RPUSH l
LPUSHX l
RPUSHX l
LPOP
LPOP l 1 2
RPOP
RPOP l 1 2
LLEN
LLEN l x
LINDEX l
LINDEX l 0 1
LINSERT l BEFORE a
LINSERT l BEFORE a b c
LSET l 0
LSET l 0 a b
LRANGE l 0
LRANGE l 0 1 2
LTRIM l 0
LTRIM l 0 1 2
LREM l 0
LREM l 0 a b
LPOS l
LMOVE l m LEFT
LMOVE l m LEFT LEFT x
RPOPLPUSH l
RPOPLPUSH l m n
LMPOP 1 l
BLPOP l
BRPOP l
BLMOVE l m LEFT LEFT
BRPOPLPUSH l m
BLMPOP 0 1 l

== lists: a key of another type
SET s v
RPUSH l a
LPUSH s a
RPUSH s a
LPUSHX s a
RPUSHX s a
LPOP s
LPOP s 1
LPOP s abc
RPOP s
LLEN s
LINDEX s 0
LINDEX s abc
LINSERT s BEFORE a b
LINSERT s MIDDLE a b
LSET s 0 a
LSET s abc a
LRANGE s 0 -1
LRANGE s a b
LTRIM s 0 -1
LTRIM s a b
LREM s 0 a
LREM s x a
LPOS s a
LPOS s a RANK 0
LMOVE s l LEFT LEFT
LMOVE l s LEFT LEFT
LMOVE missing s LEFT LEFT
RPOPLPUSH s l
RPOPLPUSH l s
LMPOP 1 s LEFT
LMPOP 2 missing s LEFT
LMPOP 2 s l LEFT
BLPOP s 0
BLPOP missing s 0
BRPOP s 0
BLMOVE s l LEFT LEFT 0
BLMOVE l s LEFT LEFT 0
BRPOPLPUSH s l 0
BRPOPLPUSH l s 0
BLMPOP 0 1 s LEFT
LRANGE l 0 -1
GET l
APPEND l x
INCR l

== LPOP and RPOP with a count
RPUSH l a b c d e
LPOP l -1
LPOP l abc
LPOP l 1.5
LPOP l ""
LPOP l 9223372036854775808
RPOP l -1
LPOP missing -1
LPOP missing abc
LPOP missing 5
LPOP missing 0
LPOP l 1
RPOP l 9223372036854775807
EXISTS l

== LINDEX
RPUSH l a b c
LINDEX l 0
LINDEX l 2
LINDEX l 3
LINDEX l -1
LINDEX l -3
LINDEX l -4
LINDEX l abc
LINDEX l 1.5
LINDEX l 9223372036854775807
LINDEX l -9223372036854775808
LINDEX l 9223372036854775808
LINDEX missing 0
LINDEX missing abc

== LRANGE
RPUSH l a b c d e
LRANGE l 0 0
LRANGE l 0 4
LRANGE l 0 5
LRANGE l 1 3
LRANGE l -2 -1
LRANGE l -100 100
LRANGE l 3 2
LRANGE l 5 6
LRANGE l -1 0
LRANGE l -5 -6
LRANGE l 0 -6
LRANGE l -9223372036854775808 9223372036854775807
LRANGE l 9223372036854775807 -1
LRANGE l a 1
LRANGE l 0 b
LRANGE missing 0 -1
LRANGE missing a b

== LSET
RPUSH l a b c
LSET l 0 x
LSET l -1 z
LSET l 1 100
LRANGE l 0 -1
LSET l 3 a
LSET l -4 a
LSET l abc a
LSET missing 0 a
LSET missing abc a
LSET l 1 ""
LRANGE l 0 -1

== LINSERT
RPUSH l a b c a
LINSERT l BEFORE a x
LINSERT l AFTER a y
LINSERT l before c 1
LINSERT l aFtEr c 2
LINSERT l BEFORE nosuch x
LINSERT l AFTER 1 3
LINSERT l MIDDLE a x
LINSERT missing BEFORE a x
LINSERT missing MIDDLE a x
LRANGE l 0 -1
DUMP l

== LTRIM
RPUSH l a b c d e f g
LTRIM l 0 -1
LTRIM l 1 -2
LRANGE l 0 -1
LTRIM l -100 3
LRANGE l 0 -1
LTRIM l 1 100
LRANGE l 0 -1
LTRIM l a 1
LTRIM l 0 b
LTRIM l 2 1
EXISTS l
LTRIM l 0 1
RPUSH l a b
LTRIM l 5 10
EXISTS l
RPUSH l a b
LTRIM l -1 -9223372036854775808
EXISTS l
LTRIM missing a b

== LREM
RPUSH l a b a c a 1 01 1 a
LREM l 2 a
LRANGE l 0 -1
LREM l -1 a
LRANGE l 0 -1
LREM l 0 1
LRANGE l 0 -1
LREM l 0 nosuch
LREM l abc a
LREM l -9223372036854775808 a
LREM l -9223372036854775807 b
LREM l 9223372036854775807 c
LREM l 0 a
LREM l 0 01
EXISTS l
LREM missing 0 a
LREM missing abc a

== LPOS
RPUSH l a b c 1 2 3 c c 01 1
LPOS l c
LPOS l c RANK 2
LPOS l c RANK -1
LPOS l c RANK -2
LPOS l c RANK 4
LPOS l c RANK -4
LPOS l c COUNT 0
LPOS l c COUNT 2
LPOS l c COUNT 1
LPOS l c COUNT 2 RANK -1
LPOS l c COUNT 0 RANK 2
LPOS l c COUNT 0 RANK -2
LPOS l c COUNT 0 RANK 10
LPOS l c MAXLEN 2
LPOS l c MAXLEN 3
LPOS l c COUNT 0 MAXLEN 7
LPOS l c COUNT 0 MAXLEN 2 RANK -1
LPOS l c COUNT 0 MAXLEN 0
LPOS l c MAXLEN 1000 COUNT 100 RANK 1
LPOS l 1
LPOS l 01
LPOS l 1 RANK 2
LPOS l nosuch
LPOS l nosuch COUNT 0
LPOS missing a
LPOS missing a COUNT 0
LPOS missing a RANK 2
LPOS l c RANK 0
LPOS l c RANK abc
LPOS l c RANK -9223372036854775808
LPOS l c RANK 9223372036854775808
LPOS l c COUNT -1
LPOS l c COUNT abc
LPOS l c MAXLEN -1
LPOS l c MAXLEN abc
LPOS l c COUNT
LPOS l c RANK
LPOS l c FOO 1
LPOS l c rank 2 count 1 maxlen 10
LPOS missing c RANK 0
LPOS l c RANK -9223372036854775807

== LMOVE and RPOPLPUSH
RPUSH l a b c d
LMOVE l m LEFT RIGHT
LMOVE l m RIGHT LEFT
LMOVE l m left left
LRANGE l 0 -1
LRANGE m 0 -1
LMOVE l m RIGHT RIGHT
EXISTS l
LMOVE l m LEFT LEFT
LMOVE m m LEFT RIGHT
LMOVE m m LEFT LEFT
LMOVE m m RIGHT LEFT
LRANGE m 0 -1
RPOPLPUSH m m
RPOPLPUSH m n
LRANGE m 0 -1
LRANGE n 0 -1
RPOPLPUSH n n
LMOVE n n LEFT RIGHT
LRANGE n 0 -1
RPOPLPUSH missing n
LMOVE m n UP DOWN
LMOVE m n LEFT DOWN
LMOVE missing n UP LEFT
RPUSH i 100 -7
LMOVE i j LEFT LEFT
LRANGE j 0 -1
DUMP j

== LMPOP
RPUSH l a b c d e
LMPOP 1 l LEFT
LMPOP 2 missing l RIGHT
LMPOP 2 missing l LEFT COUNT 2
LMPOP 1 l LEFT COUNT 10
EXISTS l
LMPOP 1 l LEFT
LMPOP 2 l m RIGHT COUNT 5
LMPOP 0 l LEFT
LMPOP -1 l LEFT
LMPOP abc l LEFT
LMPOP 3 l LEFT
LMPOP 2 l LEFT
LMPOP 1 l
LMPOP 1 l MIDDLE
LMPOP 1 l LEFT COUNT
LMPOP 1 l LEFT COUNT 0
LMPOP 1 l LEFT COUNT -1
LMPOP 1 l LEFT COUNT abc
LMPOP 1 l LEFT COUNT 1 COUNT 2
LMPOP 1 l LEFT FOO 1
LMPOP 1 l LEFT COUNT 1 FOO
LMPOP 9223372036854775807 l LEFT
LMPOP 1 l m LEFT

== the blocking commands where they need not wait
RPUSH l a b c d e f g h i j
BLPOP l 0
BRPOP missing l 0
BLMOVE l m LEFT RIGHT 0
BRPOPLPUSH l m 0
BLMPOP 0 2 missing l LEFT
BLMPOP 0 2 missing l RIGHT COUNT 3
LRANGE m 0 -1
LRANGE l 0 -1
BLMOVE m m LEFT RIGHT 0
BRPOPLPUSH m m 1.5
LRANGE m 0 -1

== the blocking commands: mistakes
BLPOP l abc
BLPOP l ""
BLPOP l -1
BLPOP l nan
BLPOP l inf
BLPOP l -inf
BLPOP l 1e300
BLPOP l 1e5000
BRPOP l m abc
BLMOVE l m UP DOWN abc
BLMOVE l m LEFT DOWN 0
BLMOVE l m LEFT RIGHT abc
BLMOVE l m LEFT RIGHT -1
BRPOPLPUSH l m abc
BRPOPLPUSH l m -1
BLMPOP abc 0 l LEFT
BLMPOP abc 1 l LEFT
BLMPOP -1 1 l LEFT
BLMPOP 0 0 l LEFT
BLMPOP 0 abc l LEFT
BLMPOP 0 2 l LEFT
BLMPOP 0 1 l MIDDLE
BLMPOP 0 1 l LEFT COUNT
BLMPOP 0 1 l LEFT COUNT 0
BLMPOP 0 1 l LEFT COUNT 1 COUNT 2
BLMPOP 0 1 l LEFT FOO 1
BLMPOP abc 1 l MIDDLE

== the blocking commands: a timeout passes
BLPOP missing 0.001
BRPOP a b c 0.001
BLMOVE a b LEFT LEFT 0.001
BRPOPLPUSH a b 0.001
BLMPOP 0.001 2 a b LEFT
BLPOP missing 0.0000001
BLPOP missing 0x1p-10

== nodes of lists by their bytes
RPUSH l ${elements(300, 40)}
~digits DEBUG OBJECT l

DUMP l
LPUSH l ${elements(300, 40)}
DUMP l
LTRIM l 100 400
DUMP l
LLEN l
LINDEX l 0
LINDEX l 150
LINDEX l -1
LPOP l 120
DUMP l
LINSERT l BEFORE ${"150".padEnd(40, "x")} ${long("n")}
LINSERT l AFTER ${"150".padEnd(40, "x")} ${long("m")}
DUMP l
LREM l 0 ${"40".padEnd(40, "x")}
DUMP l
LRANGE l 0 -1

== nodes of lists by their elements
CONFIG SET list-max-listpack-size 4
RPUSH l ${numbers(10)}
DUMP l
LPUSH l a b c
DUMP l
LINSERT l BEFORE 5 x
DUMP l
LINSERT l AFTER 5 y
DUMP l
LINSERT l AFTER x z
DUMP l
LINSERT l BEFORE 0 w
DUMP l
LINSERT l AFTER 9 v
DUMP l
LREM l 0 x
LTRIM l 2 -3
DUMP l
LSET l 3 ${long("n")}
DUMP l
CONFIG SET list-max-listpack-size 2
RPUSH l 1 2 3 4 5 6
DUMP l
COPY l m
RPUSH m 1 2 3
DUMP m
RPUSH n 1 2 3
DUMP n
CONFIG SET list-max-listpack-size 0
RPUSH o 1 2 3
DUMP o
CONFIG SET list-max-listpack-size -1
RPUSH p ${elements(150, 40)}
DUMP p
CONFIG SET list-max-listpack-size 1000
RPUSH q ${elements(300, 40)}
DUMP q

== elements that get a node of their own
DEBUG QUICKLIST-PACKED-THRESHOLD 20
RPUSH l a b ${long("c")} d e
DUMP l
LRANGE l 0 -1
LINDEX l 2
LINDEX l -3
LPOS l ${long("c")}
LPOS l d
LINSERT l BEFORE ${long("c")} x
LINSERT l AFTER ${long("c")} ${long("f")}
LINSERT l AFTER a ${long("g")}
LINSERT l BEFORE e ${long("h")}
DUMP l
LSET l 0 ${long("i")}
LSET l 1 b
LSET l 2 ${long("j")}
DUMP l
LSET l -1 ${long("k")}
DUMP l
LREM l 0 ${long("f")}
LMOVE l m LEFT LEFT
LMOVE l m RIGHT RIGHT
DUMP l
DUMP m => payload
RESTORE n 0 $payload
LRANGE n 0 -1
LPUSH n ${long("l")}
LPOP n 2
LRANGE n 0 -1
LTRIM l 1 -2
DUMP l
COPY l o
DEBUG QUICKLIST-PACKED-THRESHOLD 0
RPUSH o ${long("m")}
DUMP o
DEBUG DIGEST-VALUE l m n o
DEBUG QUICKLIST-PACKED-THRESHOLD 1
RPUSH p a "" 1
DUMP p
DEBUG QUICKLIST-PACKED-THRESHOLD 0
DEBUG QUICKLIST-PACKED-THRESHOLD abc
DEBUG QUICKLIST-PACKED-THRESHOLD 5gb
DEBUG QUICKLIST-PACKED-THRESHOLD 4293918721
DEBUG QUICKLIST-PACKED-THRESHOLD 4293918720
DEBUG QUICKLIST-PACKED-THRESHOLD 0

== elements larger than a node
RPUSH l a ${"b".repeat(10_000)} c
DUMP l
LSET l 0 ${"d".repeat(9000)}
DUMP l
LINSERT l BEFORE c ${"e".repeat(8170)}
LINSERT l BEFORE c ${"e".repeat(8180)}
DUMP l
RPUSH m ${"e".repeat(8177)}
RPUSH m a
DUMP m
RPUSH n ${"e".repeat(8160)}
RPUSH n a b
DUMP n

== COPY, RENAME and DUMP of lists
RPUSH l a 1 b
DUMP l => payload
RESTORE m 0 $payload
LRANGE m 0 -1
COPY l n
RPUSH n c
LRANGE l 0 -1
LRANGE n 0 -1
RENAME n o
LRANGE o 0 -1
DEBUG DIGEST-VALUE l m o
DEBUG DIGEST

== RESTORE of lists in every form that was ever saved
RESTORE elements 0 ${payloadWord(1, 3, savedString("a"), savedString("12"), savedString(""))}
LRANGE elements 0 -1
DUMP elements
RESTORE ziplist 0 ${payloadWord(10, savedString(ziplist("a", "1", "b", [0xf3], [0xc0, 1, 2])))}
LRANGE ziplist 0 -1
DUMP ziplist
RESTORE ziplists 0 ${
    payloadWord(14, 3, savedString(ziplist("a", "1")), savedString(ziplist()), savedString(ziplist("b", [0xf3])))
  }
LRANGE ziplists 0 -1
DUMP ziplists
RESTORE nodes 0 ${
    payloadWord(18, 3, 2, savedString(listpack("a", 1)), 1, savedString("plain"), 2, savedString(listpack(2, "b")))
  }
LRANGE nodes 0 -1
DUMP nodes
RESTORE empty-node 0 ${payloadWord(18, 2, 2, savedString(listpack()), 2, savedString(listpack(2, "b")))}
LRANGE empty-node 0 -1
DUMP empty-node
RPUSH nodes c
LPUSH nodes x
DUMP nodes
DEBUG DIGEST-VALUE elements ziplist ziplists nodes

== RESTORE of lists that are none
RESTORE l 0 ${payloadWord(1, 0)}
RESTORE l 0 ${payloadWord(1, 2, savedString("a"))}
RESTORE l 0 ${payloadWord(10, savedString(ziplist()))}
RESTORE l 0 ${payloadWord(10, savedString("abc"))}
RESTORE l 0 ${payloadWord(14, 0)}
RESTORE l 0 ${payloadWord(14, 1, savedString(ziplist()))}
RESTORE l 0 ${payloadWord(18, 0)}
RESTORE l 0 ${payloadWord(18, 1, 2, savedString(listpack()))}
RESTORE l 0 ${payloadWord(18, 1, 3, savedString(listpack("a")))}
RESTORE l 0 ${payloadWord(18, 1, 0, savedString(listpack("a")))}
RESTORE l 0 ${payloadWord(18, 1, 2, savedString("abc"))}
EXISTS l
`,
);
