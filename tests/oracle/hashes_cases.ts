/**
 * Cases for the hash commands.
 *
 * @module
 */
import { area } from "../support/cases.ts";
import { listpack, payloadWord, savedString, ziplist } from "../support/payload.ts";

/** `f0 0 f1 1 …` */
function pairs(count: number): string {
  return Array.from({ length: count }, (_, i) => `f${i} ${i}`).join(" ");
}

/** The hash commands. */
export const hashes = area(
  "hashes",
  String.raw`
== HSET, HGET and their family
HSET k f v
HSET k f w
HSET k f v g w f x
HGET k f
HGET k missing
HGET missing f
HMGET k f missing g f
HMGET missing a b
HGETALL k
HGETALL missing
HKEYS k
HKEYS missing
HVALS k
HVALS missing
HLEN k
HLEN missing
HSTRLEN k f
HSTRLEN k missing
HSTRLEN missing f
HEXISTS k f
HEXISTS k missing
HEXISTS missing f
HMSET k a 1 b 2
HMSET k a 3
HSETNX k a 9
HSETNX k c 9
HSETNX new f v
HGETALL k
TYPE k
OBJECT ENCODING k

== hashes of binary and empty strings
HSET "" "" ""
HGET "" ""
HSTRLEN "" ""
HGETALL ""
HSET "\x00\xff\r\n" "\xff\x00" "\r\n\x80" "\xff\x01" "\x00"
HGETALL "\x00\xff\r\n"
HGET "\x00\xff\r\n" "\xff\x00"
HDEL "\x00\xff\r\n" "\xff\x00"
HGETALL "\x00\xff\r\n"
HSET k f ""
HGET k f
HSTRLEN k f
HEXISTS k f

== hashes of integers
HSET k 1 2 -1 -2 127 128 4095 4096 -4096 -4097 32767 32768 8388607 8388608 2147483647 2147483648 9223372036854775807 -9223372036854775808 9223372036854775808 01 +1 -0
HGETALL k
HGET k 9223372036854775807
HGET k 9223372036854775808
HGET k +1
HGET k 01
HSTRLEN k 9223372036854775807
HSTRLEN k 32767
HEXISTS k 2147483647
HDEL k 2147483647
HEXISTS k 2147483647
DUMP k

== hashes: wrong number of arguments
HSET
HSET k
HSET k f
HSET k f v g
HSET k f v g w h
HMSET k f
HMSET k f v g
HMSET k f v g w h
HSETNX k f
HSETNX k f v x
HGET k
HGET k f g
HMGET k
HGETALL
HGETALL k f
HKEYS
HKEYS k f
HVALS
HVALS k f
HLEN
HLEN k f
HSTRLEN k
HSTRLEN k f g
HEXISTS k
HEXISTS k f g
HDEL k
HINCRBY k f
HINCRBY k f 1 2
HINCRBYFLOAT k f
HINCRBYFLOAT k f 1 2
HRANDFIELD
HSCAN k
EXISTS k

== hashes: a key of another type
SET s v
HSET s f v
HSET s f
HMSET s f v
HSETNX s f v
HGET s f
HMGET s f
HGETALL s
HKEYS s
HVALS s
HLEN s
HSTRLEN s f
HEXISTS s f
HDEL s f
HINCRBY s f 1
HINCRBY s f x
HINCRBYFLOAT s f 1
HINCRBYFLOAT s f x
HINCRBYFLOAT s f inf
HRANDFIELD s
HRANDFIELD s 1
HRANDFIELD s x
HSCAN s 0
HSCAN s x
HSCAN s 0 COUNT 0
HSET h f v
GET h
APPEND h x
SET h v GET

== HDEL
HSET k a 1 b 2 c 3 d 4
HDEL k b
HGETALL k
HDEL k b x y
HDEL k a a d
HGETALL k
HDEL k c x
EXISTS k
HDEL k c
HSET k a 1
HDEL k a a
TYPE k

== HINCRBY
HINCRBY k f 5
HINCRBY k f -7
HINCRBY k f 0
HGET k f
HINCRBY k g 9223372036854775807
HINCRBY k g 1
HINCRBY k g -1
HINCRBY k h -9223372036854775808
HINCRBY k h -1
HINCRBY k h 9223372036854775807
HSET k t abc e "" b " 1" x "1 " z 01 p +1 l "1"*40 fl 1.5
HINCRBY k t 1
HINCRBY k e 1
HINCRBY k b 1
HINCRBY k x 1
HINCRBY k z 1
HINCRBY k p 1
HINCRBY k l 1
HINCRBY k fl 1
HINCRBY k f abc
HINCRBY k f 1.5
HINCRBY k f ""
HINCRBY k f 9223372036854775808
HINCRBY k t abc
HINCRBY missing f abc
EXISTS missing
HGETALL k

== HINCRBYFLOAT
HINCRBYFLOAT k f 10.5
HINCRBYFLOAT k f 0.1
HINCRBYFLOAT k f -5e3
HINCRBYFLOAT k f 5.0e3
HINCRBYFLOAT k i 3
HINCRBYFLOAT k i 0x10
HINCRBYFLOAT k i 9007199254740993
HGET k i
HSET k t abc e "" b " 1" x "1 " n nan inf inf big 1e4932 int 9223372036854775807 hex 0x1p4
HINCRBYFLOAT k t 1
HINCRBYFLOAT k e 1
HINCRBYFLOAT k b 1
HINCRBYFLOAT k x 1
HINCRBYFLOAT k n 1
HINCRBYFLOAT k inf 1
HINCRBYFLOAT k big 1e4932
HINCRBYFLOAT k int 1
HINCRBYFLOAT k hex 1
HINCRBYFLOAT k f abc
HINCRBYFLOAT k f ""
HINCRBYFLOAT k f nan
HINCRBYFLOAT k f inf
HINCRBYFLOAT k f -infinity
HINCRBYFLOAT k f 1e5000
HINCRBYFLOAT k t inf
HINCRBYFLOAT missing f inf
EXISTS missing
HINCRBYFLOAT k f 1e-5
HINCRBYFLOAT k zero 0
HINCRBYFLOAT k zero -0
HGETALL k

== HRANDFIELD: what does not depend on chance
HRANDFIELD missing
HRANDFIELD missing 0
HRANDFIELD missing 5
HRANDFIELD missing -5
HRANDFIELD missing 5 WITHVALUES
HRANDFIELD missing abc
HSET k f v
HRANDFIELD k
HRANDFIELD k 1
HRANDFIELD k -3
HRANDFIELD k 1 WITHVALUES
HRANDFIELD k -3 withvalues
HRANDFIELD k 0
HRANDFIELD k 0 WITHVALUES
HRANDFIELD k 9223372036854775807
HSET k g w 3 4
HRANDFIELD k 3
HRANDFIELD k 100
HRANDFIELD k 3 WITHVALUES
HRANDFIELD k 4611686018427387903 WITHVALUES
~shape HRANDFIELD k
~shape HRANDFIELD k 2
~shape HRANDFIELD k -7
~shape HRANDFIELD k 2 WITHVALUES
~shape HRANDFIELD k -7 WITHVALUES

== HRANDFIELD: mistakes
HSET k f v
HRANDFIELD k abc
HRANDFIELD k 1.5
HRANDFIELD k ""
HRANDFIELD k 1 WITHVALUE
HRANDFIELD k 1 WITHVALUES x
HRANDFIELD k 1 x WITHVALUES
HRANDFIELD k -9223372036854775808
HRANDFIELD k -9223372036854775808 WITHVALUES
HRANDFIELD k -9223372036854775808 x
HRANDFIELD k -4611686018427387904 WITHVALUES
HRANDFIELD k -9223372036854775807 WITHVALUES
HRANDFIELD k 4611686018427387904 WITHVALUES
HRANDFIELD k 9223372036854775808
HRANDFIELD missing 1 x
HRANDFIELD missing -9223372036854775808

== HRANDFIELD of a table
HSET k f "x"*65 g w 3 4
OBJECT ENCODING k
~sorted HRANDFIELD k 3
~sorted HRANDFIELD k 100
~pairs HRANDFIELD k 3 WITHVALUES {2}
~shape HRANDFIELD k 2
~shape HRANDFIELD k -7
~shape HRANDFIELD k -7 WITHVALUES
~shape HRANDFIELD k

== HSCAN
HSCAN missing 0
HSCAN missing 5
HSCAN missing x
HSCAN missing 0 COUNT abc
HSCAN missing 0 COUNT
HSET k f1 v1 f2 v2 g1 w1 12 13
HSCAN k 0
HSCAN k 7
HSCAN k 0 COUNT 1
HSCAN k 0 MATCH f*
HSCAN k 0 MATCH 1*
HSCAN k 0 MATCH w*
HSCAN k 0 MATCH * COUNT 100
HSCAN k 0 match F*
HSCAN k 0 COUNT 0
HSCAN k 0 COUNT -1
HSCAN k 0 COUNT abc
HSCAN k 0 COUNT
HSCAN k 0 MATCH
HSCAN k 0 NOVALUES
HSCAN k 0 TYPE string
HSCAN k abc
HSCAN k -1
HSCAN k ""
HSCAN k 18446744073709551615
HSCAN k 18446744073709551616
HSCAN k abc COUNT 0

== HSCAN of a table
CONFIG SET hash-max-listpack-entries 0
HSET k f1 v1 f2 v2 g1 w1 12 13
OBJECT ENCODING k
~scan HSCAN k 0 COUNT 1000
~scan HSCAN k 0 COUNT 1000 MATCH f*
~scan HSCAN k 0 COUNT 1000 MATCH nosuch

== encodings of hashes, by the number of fields
HSET k ${pairs(512)}
OBJECT ENCODING k
HLEN k
HSET k f5 x
OBJECT ENCODING k
HGETALL k
DUMP k
HSET k more 1
OBJECT ENCODING k
HLEN k
HGET k f5
HGET k f511
~sorted HKEYS k
~sorted HVALS k
~pairs HGETALL k
HDEL k more
OBJECT ENCODING k
HSTRLEN k f100
HSETNX k f100 x
HINCRBY k f100 1
HINCRBYFLOAT k f100 1.5
HMGET k f100 f101 missing
HSET l ${pairs(513)}
OBJECT ENCODING l

== encodings of hashes, by the size of a field or value
HSET k f "x"*64
OBJECT ENCODING k
HSET k "f"*64 v
OBJECT ENCODING k
HSET k f "x"*65
OBJECT ENCODING k
HGET k f
HGET k "f"*64
~pairs HGETALL k
HSET l "f"*65 v
OBJECT ENCODING l
HMSET m f "x"*65
OBJECT ENCODING m
HSET n f v
HSETNX n f "x"*65
OBJECT ENCODING n
HGET n f
HSETNX o f "x"*65
OBJECT ENCODING o
HINCRBY p "f"*65 1
OBJECT ENCODING p
HINCRBYFLOAT q "f"*65 1
OBJECT ENCODING q
HSET r a 1 f "x"*65 b 2
OBJECT ENCODING r
HDEL r f
OBJECT ENCODING r
HDEL r a b
EXISTS r

== encodings of hashes follow the configuration
CONFIG SET hash-max-listpack-entries 2
HSET k a 1 b 2
OBJECT ENCODING k
HSET k a 3
OBJECT ENCODING k
CONFIG SET hash-max-listpack-entries 1
OBJECT ENCODING k
HGET k a
HSETNX k a 4
OBJECT ENCODING k
HDEL k x
OBJECT ENCODING k
HSET k a 5
OBJECT ENCODING k
CONFIG SET hash-max-listpack-entries 512
HSET l a 1 b abcdef
CONFIG SET hash-max-listpack-value 4
HSET l a 2
OBJECT ENCODING l
HSETNX l a 12345
OBJECT ENCODING l
HSET m a 1234
HINCRBY m a 10000
OBJECT ENCODING m
HSET n a 1234
HINCRBYFLOAT n a 0.5
OBJECT ENCODING n
HSETNX o a 1
OBJECT ENCODING o
HSETNX o abcde 1
OBJECT ENCODING o

== DEBUG HTSTATS-KEY of hashes
HSET k f v
DEBUG HTSTATS-KEY k
DEBUG HTSTATS-KEY missing
HSET k f "x"*65
~type DEBUG HTSTATS-KEY k
LPUSH l a
DEBUG HTSTATS-KEY l

== COPY, RENAME and DUMP of hashes
HSET k f v 1 2
DUMP k => payload
RESTORE l 0 $payload
HGETALL l
COPY k m
HSET m f w
HGETALL k
HGETALL m
RENAME m n
HGETALL n
OBJECT ENCODING n
DEBUG DIGEST-VALUE k l n
HSET t f "x"*65
COPY t u
OBJECT ENCODING u
HGETALL u
DUMP t => payload
RESTORE v 0 $payload
OBJECT ENCODING v
DUMP u
DEBUG DIGEST-VALUE t u v
DEBUG DIGEST

== RESTORE of hashes in every form that was ever saved
RESTORE table 0 ${payloadWord(4, 2, savedString("a"), savedString("1"), savedString("b"), savedString("xyz"))}
HGETALL table
OBJECT ENCODING table
DUMP table
RESTORE zipmap 0 ${payloadWord(9, savedString(2, 1, "a", 1, 0, "1", 1, "b", 3, 2, "xyz__", 0xff))}
HGETALL zipmap
OBJECT ENCODING zipmap
DUMP zipmap
RESTORE long-zipmap 0 ${payloadWord(9, savedString(254, 1, "a", 254, 0, 1, 0, 0, 1, "x".repeat(257), 0xff))}
HGETALL long-zipmap
OBJECT ENCODING long-zipmap
RESTORE ziplist 0 ${payloadWord(13, savedString(ziplist("a", "1", "b", [0xf3], [0xc0, 1, 2], "xyz")))}
HGETALL ziplist
OBJECT ENCODING ziplist
DUMP ziplist
RESTORE listpack 0 ${payloadWord(16, savedString(listpack("a", 1, "b", "xyz", "1", "2")))}
HGETALL listpack
OBJECT ENCODING listpack
DUMP listpack
DEBUG DIGEST-VALUE table zipmap ziplist listpack

== RESTORE of hashes follows the configuration
CONFIG SET hash-max-listpack-entries 1
RESTORE table 0 ${payloadWord(4, 2, savedString("a"), savedString("1"), savedString("b"), savedString("xyz"))}
OBJECT ENCODING table
RESTORE zipmap 0 ${payloadWord(9, savedString(2, 1, "a", 1, 0, "1", 1, "b", 3, 2, "xyz__", 0xff))}
OBJECT ENCODING zipmap
RESTORE ziplist 0 ${payloadWord(13, savedString(ziplist("a", "1", "b", [0xf3])))}
OBJECT ENCODING ziplist
RESTORE listpack 0 ${payloadWord(16, savedString(listpack("a", 1, "b", "xyz")))}
OBJECT ENCODING listpack
CONFIG SET hash-max-listpack-entries 10 hash-max-listpack-value 2
RESTORE table2 0 ${payloadWord(4, 2, savedString("a"), savedString("1"), savedString("b"), savedString("xyz"))}
OBJECT ENCODING table2
RESTORE zipmap2 0 ${payloadWord(9, savedString(2, 1, "a", 1, 0, "1", 1, "b", 3, 2, "xyz__", 0xff))}
OBJECT ENCODING zipmap2
RESTORE ziplist2 0 ${payloadWord(13, savedString(ziplist("a", "1", "b", "xyz")))}
OBJECT ENCODING ziplist2
RESTORE listpack2 0 ${payloadWord(16, savedString(listpack("a", 1, "b", "xyz")))}
OBJECT ENCODING listpack2

== RESTORE of hashes that are none
RESTORE k 0 ${payloadWord(4, 0)}
RESTORE k 0 ${payloadWord(4, 1, savedString("a"))}
RESTORE k 0 ${payloadWord(9, savedString(0, 0xff))}
RESTORE k 0 ${payloadWord(9, savedString(1, 1, "a", 0xff))}
RESTORE k 0 ${payloadWord(9, savedString(1, 1, "a", 254, 2, 0, 0, 0, 0, "xx", 0xff))}
RESTORE k 0 ${payloadWord(13, savedString(ziplist()))}
RESTORE k 0 ${payloadWord(13, savedString(ziplist("a", "1", "b")))}
RESTORE k 0 ${payloadWord(16, savedString(listpack()))}
EXISTS k
`,
);
