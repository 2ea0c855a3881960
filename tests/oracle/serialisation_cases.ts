/**
 * Cases for `DUMP` and `RESTORE` of strings, and digests.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Serialised values. */
export const serialisation = area(
  "serialisation",
  String.raw`
== DUMP of integers
SET k 0
DUMP k
SET k 1
DUMP k
SET k -1
DUMP k
SET k 127
DUMP k
SET k 128
DUMP k
SET k -128
DUMP k
SET k -129
DUMP k
SET k 32767
DUMP k
SET k 32768
DUMP k
SET k -32768
DUMP k
SET k -32769
DUMP k
SET k 2147483647
DUMP k
SET k 2147483648
DUMP k
SET k -2147483648
DUMP k
SET k -2147483649
DUMP k
SET k 9223372036854775807
DUMP k
SET k -9223372036854775808
DUMP k
SET k 9223372036854775808
DUMP k
SET k 007
DUMP k
APPEND n 123
DUMP n

== DUMP of short and long strings
DUMP missing
SET k ""
DUMP k
SET k a
DUMP k
SET k hello
DUMP k
SET k "\x00\xff\r\n"
DUMP k
SET k 3.14
DUMP k
SET k "abcdefghijklmnopqrst"
DUMP k
SET k "abcdefghijklmnopqrstu"
DUMP k
SET k "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-"
DUMP k
SET k "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+"
DUMP k
SET k v EX 100
DUMP k
EXPIRE k 0
DUMP k
DUMP
DUMP a b

== DUMP of strings that compress
SET k "a"*20
DUMP k
SET k "a"*21
DUMP k
SET k "a"*30
DUMP k
SET k "a"*64
DUMP k
SET k "ab"*50
DUMP k
SET k "abc"*100
DUMP k
SET k "a"*264
DUMP k
SET k "a"*265
DUMP k
SET k "a"*1000
DUMP k
SET k "hello world, "*20
DUMP k
SET k "the quick brown fox jumps over the lazy dog; the quick brown cat jumps over the lazy fox"
DUMP k
SET k "0123456789abcdefghij0123456789ABCDEFGHIJ0123456789abcdefghij"
DUMP k
SET k "a"*20000
DUMP k
SET k "0123456789abcdef"*1000
DUMP k
SET k "xy"*5000
APPEND k "zw"*5000
DUMP k
SET k "abcdefgh"*1024
DUMP k
SET k "abcdefgh"*1025
DUMP k
SET k "The distance of a back reference is at most 8192 bytes........"*150
DUMP k

== DUMP with compression off
CONFIG SET rdbcompression no
SET k "a"*100
DUMP k
CONFIG SET rdbcompression yes
DUMP k

== RESTORE
SET k hello
DUMP k => payload
RESTORE copy 0 $payload
GET copy
TTL copy
RESTORE copy 0 $payload
RESTORE copy 0 $payload REPLACE
RESTORE copy 100000 $payload REPLACE
~near:2000 PTTL copy
RESTORE copy 33177117420000 $payload REPLACE ABSTTL
PEXPIRETIME copy
RESTORE copy 0 $payload ABSTTL REPLACE
TTL copy
RESTORE gone 1 $payload ABSTTL
EXISTS gone
RESTORE copy 1 $payload ABSTTL REPLACE
EXISTS copy
RESTORE c 0 $payload IDLETIME 100
~near:2 OBJECT IDLETIME c
RESTORE c 0 $payload REPLACE FREQ 50
RESTORE c 0 $payload replace absttl idletime 5
SET k 12345
DUMP k => payload
RESTORE i 0 $payload
GET i
OBJECT ENCODING i
SET k "a"*1000
DUMP k => payload
RESTORE z 0 $payload
STRLEN z
OBJECT ENCODING z
SET k "\x00\xff\r\n"
DUMP k => payload
RESTORE b 0 $payload
GET b
SET k ""
DUMP k => payload
RESTORE e 0 $payload
GET e
OBJECT ENCODING e
SET k 10000000000
DUMP k => payload
RESTORE l 0 $payload
GET l
OBJECT ENCODING l

== RESTORE with FREQ
CONFIG SET maxmemory-policy allkeys-lfu
SET k hello
DUMP k => payload
RESTORE f 0 $payload FREQ 50
OBJECT FREQ f
RESTORE f 0 $payload REPLACE FREQ 255
OBJECT FREQ f
CONFIG SET maxmemory-policy noeviction

== RESTORE: bad arguments
SET k hello
DUMP k => payload
RESTORE
RESTORE x
RESTORE x 0
RESTORE x -1 $payload
RESTORE x abc $payload
RESTORE x 1.5 $payload
RESTORE x 9223372036854775808 $payload
RESTORE x 0 $payload WRONG
RESTORE x 0 $payload REPLACE WRONG
RESTORE x 0 $payload IDLETIME
RESTORE x 0 $payload IDLETIME -1
RESTORE x 0 $payload IDLETIME abc
RESTORE x 0 $payload FREQ
RESTORE x 0 $payload FREQ -1
RESTORE x 0 $payload FREQ 256
RESTORE x 0 $payload FREQ abc
RESTORE x 0 $payload IDLETIME 1 FREQ 1
RESTORE x 0 $payload FREQ 1 IDLETIME 1
RESTORE k 0 garbage
RESTORE k -1 garbage
RESTORE x -1 garbage
RESTORE x abc garbage
EXISTS x

== RESTORE: bad payloads
RESTORE x 0 ""
RESTORE x 0 garbage
RESTORE x 0 "\x00\x05hello\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00"
RESTORE x 0 "\x00\xc0\n\n\x00n\x9fWE\x0e\xaec\xbb"
RESTORE x 0 "\x00\xc0\x0a\x0a\x00n\x9fWE\x0e\xaec\xbc"
RESTORE x 0 "\x00\x01v\x63\x00\x91\x08\xce\xb2\x198\x8a\xce"
RESTORE x 0 "\x00\x01v\n\x00\x91\x08\xce\xb2\x198\x8a\xce"
GET x
RESTORE x 0 "\x00\x01v\n\x00\x91\x08\xce\xb2\x198\x8a\xcf" REPLACE
RESTORE x 0 "\x00\x01v\n\x00\x91\x08\xce\xb2\x198\x8a" REPLACE
RESTORE x 0 "\x00\x01w\n\x00\x91\x08\xce\xb2\x198\x8a\xce" REPLACE
RESTORE x 0 "\x00\x01v\x0b\x00\x91\x08\xce\xb2\x198\x8a\xce" REPLACE
GET x
RESTORE y 0 0123456789
RESTORE y 0 012345678
EXISTS y

== RESTORE: payloads with a right checksum and wrong contents
RESTORE x 0 "cabc\x0a\x00R\xed\xc3\xd2/\x0d96" REPLACE
RESTORE x 0 "\x00\x0a\x00]\x9b\x5c@\x0f\x7f\xa2\xda" REPLACE
RESTORE x 0 "\x0a\x00]\x9b\x5c@\x0f\x7f\xa2\xda" REPLACE
RESTORE x 0 "\x00\xc3\x05\x10\xff\xff\xff\xff\xff\x0a\x00Y<\x19\xc5\xcd\xaa\xa1\xce" REPLACE
RESTORE x 0 "\x00\xc3\x05\x14\x01aa\xe0\x00\x0a\x005Ck\xab\xf6Aj|" REPLACE
RESTORE x 0 "\x00\xc4\x01\x0a\x00\xe8\xd2-6\xf9\xec&\x99" REPLACE
RESTORE x 0 "\x00\x05hellomore\x0a\x00\xf16R\x8e\x04W\xc7\x97" REPLACE
RESTORE x 0 "\x00\x80\x00\x00\x00\x05hello\x0a\x00\xd0\xe4\x12\xe25\xd9\x94\x1a" REPLACE
RESTORE x 0 "\x00\x80\xff\xff\xff\xffx\x0a\x00\xc0\xa8\xcd\x8eY\xc8\x5c\xf9" REPLACE
RESTORE old 0 "\x00\x05hello\x02\x00\x87\xc4o\x89\xc3R\x08\xe8" REPLACE
RESTORE new 0 "\x00\x05hello\x0b\x00\x0a\xadb\x05\x98\xab\xc9\x83" REPLACE
GET old
GET x
DBSIZE

== DEBUG DIGEST
DEBUG DIGEST
SET k v
DEBUG DIGEST
SET n 12345
DEBUG DIGEST
DEL k
DEBUG DIGEST
SET k v
DEBUG DIGEST
SET k "x"*1000
DEBUG DIGEST
EXPIRE k 100
DEBUG DIGEST
EXPIRE k 200
DEBUG DIGEST
SELECT 3
SET k v
DEBUG DIGEST
SET "" ""
SET "\x00\xff" "\xff\x00"
DEBUG DIGEST
SELECT 0
DEBUG DIGEST
MSET a 1 b 2 c 3
DEBUG DIGEST
FLUSHALL
DEBUG DIGEST

== DEBUG DIGEST-VALUE
SET k v
SET n 12345
SET t v EX 100
DEBUG DIGEST-VALUE k
DEBUG DIGEST-VALUE k n t
DEBUG DIGEST-VALUE missing
DEBUG DIGEST-VALUE
DEBUG DIGEST-VALUE k missing k

== RESTORE-ASKING is RESTORE
SET k "some text"
DUMP k => payload
RESTORE-ASKING copy 0 $payload
GET copy
TTL copy
RESTORE-ASKING copy 0 $payload
SET copy other
RESTORE-ASKING copy 100000 $payload REPLACE
GET copy
~near:1000 PTTL copy
RESTORE-ASKING later 4102444800000 $payload ABSTTL
PEXPIRETIME later
RESTORE-ASKING gone 1 $payload ABSTTL
EXISTS gone
RESTORE-ASKING bad 0 $payload FREQ 256
RESTORE-ASKING bad 0 $payload IDLETIME -1
RESTORE-ASKING bad 0 $payload WRONG
RESTORE-ASKING bad -1 $payload
RESTORE-ASKING bad x $payload
RESTORE-ASKING bad 0 ""
RESTORE-ASKING bad 0 "some bytes that are no payload"
RESTORE-ASKING bad 0
EXISTS bad
`,
);
