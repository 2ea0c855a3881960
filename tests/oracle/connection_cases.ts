/**
 * Cases for the commands on a connection itself: greeting, authentication, protocol version, unknown commands.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** The connection commands but for `CLIENT`. */
export const connection = area(
  "connection",
  String.raw`
== PING ECHO
PING
ping
PiNg
PING hello
PING ""
PING "\x00\xff\r\n"
PING a b
ECHO hello
ECHO ""
ECHO "\x00\xff\r\n"
ECHO
ECHO a b
ECHO "x"*20000

== Unknown commands
FOO
foo bar
FOO a b c d
NOSUCH ""
NOSUCH "" ""
"" a
"" ""
"NO SUCH" x
"NO\r\nSUCH" "a\r\nb"
"\x00\xff" "\x00\xff"
"nosuch'quote" "it's"
nosuch "x"*100
nosuch "x"*127 y
nosuch "x"*128 y
nosuch "x"*129 y
nosuch "x"*200 y
nosuch "a"*50 "b"*50 "c"*50 d
nosuch a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9 a b c d e f g h i j
"n"*127 x
"n"*128 x
"n"*129 x
"n"*500 x
GETX
GE T
"get " k
"GET\x00" k

== Unknown and wrong sub-commands
CONFIG
CONFIG NOSUCH
CONFIG NOSUCH a b
CONFIG ""
CONFIG "\x00\xff"
CONFIG "a\r\nb"
CONFIG "x"*200
CLIENT
CLIENT NOSUCH
CLIENT GETNAME x
CLIENT SETNAME
COMMAND NOSUCH
OBJECT NOSUCH k
MEMORY NOSUCH
SLOWLOG NOSUCH
LATENCY NOSUCH
MODULE NOSUCH
DEBUG
DEBUG NOSUCH
DEBUG NOSUCH x
"config|get" x
CONFIG|GET x
client|id

== HELLO
~masked:id HELLO
~masked:id HELLO 2
~masked:id HELLO
~masked:id HELLO 3
GET missing
~masked:id HELLO 2
GET missing
HELLO 4
HELLO 1
HELLO 0
HELLO -1
HELLO abc
HELLO ""
HELLO 3.0
HELLO 99999999999999999999
~masked:id hello 3
GET missing

== HELLO with options
~masked:id HELLO 2 SETNAME me
CLIENT GETNAME
~masked:id HELLO 3 SETNAME you
CLIENT GETNAME
~masked:id HELLO 2 setname ""
CLIENT GETNAME
HELLO 3 SETNAME
HELLO 3 SETNAME "a b"
HELLO 3 SETNAME "a\nb"
CLIENT GETNAME
HELLO 3 AUTH
HELLO 3 AUTH default
HELLO 3 AUTH nosuch wrong
~masked:id HELLO 3 AUTH default anything
HELLO 3 WRONG
HELLO 3 SETNAME x WRONG
~masked:id HELLO 2 AUTH default x SETNAME y
CLIENT GETNAME
HELLO SETNAME x
GET missing

== RESET
SELECT 3
CLIENT SETNAME me
RESET
CLIENT GETNAME
GET missing
~masked:id HELLO 3
RESET
GET missing
RESET x
reset
~masked:id HELLO

== RESET in a transaction
MULTI
SET k v
RESET
EXEC
GET k

== QUIT
QUIT
<
== QUIT with arguments
QUIT a b
<
== QUIT and what is behind it
> "*1\r\n$4\r\nQUIT\r\n*1\r\n$4\r\nPING\r\n"
<eof>
== QUIT after a pipeline
> "PING\r\nPING\r\nQUIT\r\n"
<eof>

== AUTH without a password
AUTH
AUTH x
AUTH default x
AUTH nosuch x
AUTH a b c
AUTH "" ""
PING

== AUTH with a password
PING
CONFIG SET requirepass secret
PING
@2 PING
@2 GET k
@2 SET k v
@2 NOSUCH
@2 NOSUCH a b
@2 GET
@2 ECHO x
@2 COMMAND COUNT
@2 CLIENT ID
@2 RESET
@2 AUTH
@2 AUTH wrong
@2 AUTH default wrong
@2 AUTH nosuch secret
@2 AUTH a b c
@2 GET k
@2 AUTH secret
@2 GET k
@3 AUTH default secret
@3 GET k
@3 AUTH wrong
@3 GET k
@3 RESET
@3 GET k
@4 HELLO 2
@4 HELLO 3
@4 HELLO 5
@4 HELLO 3 AUTH default wrong
@4 HELLO 3 AUTH nosuch secret
@4 GET k
@4 PING
@4 HELLO 3 SETNAME x
@4 ~masked:id HELLO 3 AUTH default secret SETNAME x
@4 GET missing
@4 CLIENT GETNAME
@5 QUIT
@5 <
CONFIG SET requirepass ""
@6 PING

== Limits before authentication
CONFIG SET requirepass secret
@2 > "*11\r\n"
@2 <eof>
@3 > "*2\r\n$3\r\nGET\r\n$16385\r\n"
@3 <eof>
@4 > "*10\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nd\r\n$1\r\ne\r\n$1\r\nf\r\n$1\r\ng\r\n$1\r\nh\r\n$1\r\ni\r\n$1\r\nj\r\n"
@4 <
@4 NOSUCH "x"*16384
@5 > "*12\r\n$1\r\na\r\n"
@5 <eof>
CONFIG SET requirepass ""

== SELECT on two connections
SET k zero
@2 SELECT 1
@2 SET k one
GET k
@2 GET k
@2 RESET
@2 GET k
`,
);
