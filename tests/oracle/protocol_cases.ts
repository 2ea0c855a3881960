/**
 * Cases for the protocol itself: inline commands, malformed requests, limits, pipelines.
 *
 * @module
 */
import { area } from "../support/cases.ts";

const badRequests = [
  // Headers of requests.
  String.raw`"*x\r\n"`,
  String.raw`"*1x\r\n"`,
  String.raw`"*1.5\r\n"`,
  String.raw`"* 1\r\n"`,
  String.raw`"*1 \r\n"`,
  String.raw`"*+1\r\n"`,
  String.raw`"*01\r\n"`,
  String.raw`"*2147483647x\r\n"`,
  String.raw`"*2147483648\r\n"`,
  String.raw`"*99999999999999999999\r\n"`,
  String.raw`"*-99999999999999999999\r\n"`,
  String.raw`"*\r\n"`,
  // Headers of arguments.
  String.raw`"*1\r\nx\r\n"`,
  String.raw`"*1\r\n:1\r\n"`,
  String.raw`"*1\r\n+PING\r\n"`,
  String.raw`"*1\r\n*1\r\n"`,
  String.raw`"*1\r\n\xff\r\n"`,
  String.raw`"*1\r\n'\r\n"`,
  String.raw`"*1\r\n\n\r\n"`,
  String.raw`"*1\r\n\r\n"`,
  String.raw`"*1\r\n$\r\n"`,
  String.raw`"*1\r\n$x\r\n"`,
  String.raw`"*1\r\n$-1\r\n"`,
  String.raw`"*1\r\n$-2\r\n"`,
  String.raw`"*1\r\n$+4\r\nPING\r\n"`,
  String.raw`"*1\r\n$04\r\nPING\r\n"`,
  String.raw`"*1\r\n$4 \r\nPING\r\n"`,
  String.raw`"*1\r\n$ 4\r\nPING\r\n"`,
  String.raw`"*1\r\n$4.0\r\nPING\r\n"`,
  String.raw`"*1\r\n$536870913\r\n"`,
  String.raw`"*1\r\n$9223372036854775807\r\n"`,
  String.raw`"*1\r\n$9223372036854775808\r\n"`,
  String.raw`"*1\r\n$99999999999999999999\r\n"`,
  String.raw`"*2\r\n$3\r\nGET\r\nk\r\n"`,
  String.raw`"*2\r\n$3\r\nGET\r\n$x\r\n"`,
  // Quotes in inline commands.
  String.raw`"SET k \"v\r\n"`,
  String.raw`"SET k 'v\r\n"`,
  String.raw`"SET k \"v\"x\r\n"`,
  String.raw`"SET k 'v'x\r\n"`,
  String.raw`"\"\r\n"`,
  String.raw`"SET k \"v\\\"\r\n"`,
];

/** The protocol. */
export const protocol = area(
  "protocol",
  String.raw`
== Inline commands
> "PING\r\n"
<
> "PING\n"
<
> "  PING  \r\n"
<
> "ping hello\r\n"
<
> "\tPING\tx\t\r\n"
<
> "SET k \"a b\"\r\n"
<
> "GET k\r\n"
<
> "SET k 'a b'\x0c\x0b\r\n"
<
> "GET k\r\n"
<
> "SET k 'a b'\x0cx\r\n"
<
> "SET k 'it\\'s'\r\n"
<
> "GET k\r\n"
<
> "SET k \"\\x00\\xff\\n\\r\\t\\a\\b\\\\\\\"\\q\"\r\n"
<
> "GET k\r\n"
<
> "SET k 'a\\nb'\r\n"
<
> "GET k\r\n"
<
> "SET k \"\"\r\n"
<
> "STRLEN k\r\n"
<
> "SET k ''\r\n"
<
> "STRLEN k\r\n"
<
> "SET k a\"b c\"\r\n"
<
> "GET k\r\n"
<
> "SET k \"\\xzz\\x1\"\r\n"
<
> "GET k\r\n"
<
> "NOSUCH \"a b\" c\r\n"
<
> "GET\r\n"
<
> "ECHO \xff\r\n"
<
> "PING\r\r\n"
<
> "PING a\rb\r\n"
<

== Empty requests
> "\r\n"
> "\n"
> "   \r\n"
> "\t\r\n"
> "*0\r\n"
> "*-1\r\n"
> "*-5\r\n"
> "\r\n\r\n\r\nPING\r\n"
<
> "*0\r\n*0\r\nPING\r\n"
<
> "*-1\r\n*1\r\n$4\r\nPING\r\n"
<
> "*1\r\n$0\r\n\r\n"
<
> "*2\r\n$4\r\nECHO\r\n$0\r\n\r\n"
<
> "PING\r\n*1\r\n$4\r\nPING\r\nPING\r\n"
<
<
<

== Lines of a request that end otherwise
> "*1\r\n$4\r\nPINGxx*1\r\n$4\r\nPING\r\n"
<
<
> "*1\rx$4\r\nPING\r\n"
<
> "*1\r\n$4\rxPING\r\n"
<

== Pipelines
> "*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"
<
<
<
<
> "SET a 1\r\nINCR a\r\nINCR a\r\nGET a\r\nNOSUCH\r\nGET\r\nDEL a\r\nGET a\r\n"
<
<
<
<
<
<
<
<

== A request in pieces
> "*2\r\n"
> "$4"
> "\r\n"
> "EC"
> "HO\r"
> "\n$5\r\nhel"
> "lo"
> "\r\n"
<
> "PI"
> "NG"
> "\r"
> "\n"
<
> "*"
> "1\r\n$4\r\nPING\r\n*"
<
> "1\r\n$4\r\nPING\r\n"
<

== An error leaves the replies before it
> "PING\r\nPING\r\n*1\r\n$x\r\nPING\r\n"
<eof>

== An error in the middle of a pipeline
@2 SET k 0
> "*2\r\n$4\r\nINCR\r\n$1\r\nk\r\n*2\r\n$4\r\nINCR\r\n$1\r\nk\r\n*2\r\n$4\r\nINCR\r\nk\r\n*2\r\n$4\r\nINCR\r\n$1\r\nk\r\n"
<eof>
@2 GET k

== Attempts to speak HTTP
> "POST / HTTP/1.1\r\nHost: x\r\n\r\n"
<eof>
@2 > "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
@2 <eof>
@3 Host: x
@4 > "host: x\r\n"
@4 <eof>
@5 POST x
@5 PING

== Lines that are too long
> "x"*70000
<eof>
@2 > "*"
@2 > "1"*70000
@2 <eof>
@3 > "*1\r\n$"
@3 > "1"*70000
@3 <eof>

== Bulks as long as allowed, and longer
CONFIG SET proto-max-bulk-len 1mb
SET k "x"*1048576
STRLEN k
GETRANGE k 1048570 -1
@2 > "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1048577\r\n"
@2 <eof>
STRLEN k
CONFIG SET proto-max-bulk-len 512mb

== A query buffer that is too small
CONFIG SET client-query-buffer-limit 1mb
SET k "x"*1000000
STRLEN k
SET k v
CONFIG SET client-query-buffer-limit 1gb

== Big requests
SET k "0123456789abcdef"*200000
STRLEN k
GETRANGE k 1599990 1600010
ECHO "x"*70000
MGET "a"*1000 "b"*1000 "c"*1000
MSET "a"*1000 "A"*40000 "b"*1000 "B"*40000 "c"*1000 "C"*40000
STRLEN "b"*1000

== Many arguments
DEL a b c d e f g h i j k l m n o p q r s t u v w x y z aa ab ac ad ae af ag ah ai aj ak al am an ao ap aq ar as at
MGET a b c d e f g h i j k l m n o p q r s t u v w x y z aa ab ac ad ae af ag ah ai aj ak al am an ao ap aq ar as at

== RESP3 on the wire
~masked:id HELLO 3
GET missing
MGET missing
CONFIG GET timeout
CONFIG GET nosuch
SET k v GET
NOSUCH
GET
~type INFO server
RESET
CONFIG GET timeout

${badRequests.map((bytes) => `== Refused: ${bytes}\n> ${bytes}\n<eof>\n`).join("\n")}
`,
);
