/**
 * Cases for publishing and subscribing: who gets what, in which order, and what a subscriber may do meanwhile.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Channels, patterns and shard channels. */
export const pubsub = area(
  "pubsub",
  String.raw`
== SUBSCRIBE tells of each channel
SUBSCRIBE a
SUBSCRIBE a
SUBSCRIBE b c a
<
<
<none>
PSUBSCRIBE p* a
<
PSUBSCRIBE p*
SSUBSCRIBE s a s
<
<
<none>

== UNSUBSCRIBE tells of each channel
UNSUBSCRIBE
UNSUBSCRIBE a b
<
PUNSUBSCRIBE
PUNSUBSCRIBE a
SUNSUBSCRIBE
SUNSUBSCRIBE a
SUBSCRIBE a b
<
UNSUBSCRIBE c
UNSUBSCRIBE a
UNSUBSCRIBE a
PSUBSCRIBE p
PUNSUBSCRIBE nosuch
UNSUBSCRIBE
UNSUBSCRIBE
PUNSUBSCRIBE
PUNSUBSCRIBE
SSUBSCRIBE s
UNSUBSCRIBE
SUNSUBSCRIBE x
SUNSUBSCRIBE s
GET k

== all at once, in the server's own order
SUBSCRIBE a b c
<
<
PSUBSCRIBE p q
<
SSUBSCRIBE s t
<
~shape UNSUBSCRIBE
~shape <
~shape <
<none>
~shape PUNSUBSCRIBE
~shape <
<none>
~shape SUNSUBSCRIBE
~shape <
<none>
GET k

== messages to a channel
@2 SUBSCRIBE a b
@2 <
@3 SUBSCRIBE a
PUBLISH a hello
@2 <
@3 <
PUBLISH b ""
@2 <
@3 <none>
PUBLISH c x
@2 <none>
PUBLISH a "one\r\ntwo\x00\xff"
@2 <
@3 <
@2 UNSUBSCRIBE a
PUBLISH a x
@2 <none>
@3 <
PUBLISH A x
@3 <none>

== messages by pattern
@2 PSUBSCRIBE news.*
@3 PSUBSCRIBE *
PUBLISH news.art x
@2 <
@3 <
PUBLISH new x
@2 <none>
@3 <
@2 SUBSCRIBE news.art
PUBLISH news.art y
@2 <
@2 <
@3 <
@2 PUNSUBSCRIBE news.*
PUBLISH news.art z
@2 <
@2 <none>
@3 <

== patterns of all forms
@2 PSUBSCRIBE h?llo
PUBLISH hello x
@2 <
PUBLISH hllo x
@2 PUNSUBSCRIBE h?llo
@2 PSUBSCRIBE h[ae]llo
PUBLISH hallo x
@2 <
PUBLISH hillo x
@2 PUNSUBSCRIBE
@2 PSUBSCRIBE h[^e]llo
PUBLISH hello x
PUBLISH hillo x
@2 <
@2 PUNSUBSCRIBE
@2 PSUBSCRIBE h[a-c]llo
PUBLISH hbllo x
@2 <
PUBLISH hdllo x
@2 PUNSUBSCRIBE
@2 PSUBSCRIBE "h\\*llo"
PUBLISH h*llo x
@2 <
PUBLISH hxllo x
@2 PUNSUBSCRIBE
@2 PSUBSCRIBE ""
PUBLISH "" x
@2 <
PUBLISH a x
@2 PUNSUBSCRIBE
@2 PSUBSCRIBE "\xff*"
PUBLISH "\xff\xfe" "\xfd"
@2 <
@2 <none>

== an empty channel, and channels of all bytes
SUBSCRIBE ""
SUBSCRIBE "\x00\x01\xff" "\xc3\xa4"
<
@2 PUBLISH "" ""
<
@2 PUBLISH "\x00\x01\xff" x
<
@2 PUBLISH "\xc3\xa4" x
<
@2 ~sorted PUBSUB CHANNELS
@2 PUBSUB CHANNELS "\xc3*"
UNSUBSCRIBE "\xc3\xa4"
UNSUBSCRIBE ""
UNSUBSCRIBE

== names of many lengths
SUBSCRIBE 1234567890123456789012345678901234567890123456789012345678901234
SUBSCRIBE 12345678901234567890123456789012345678901234567890123456789012345
@2 PUBLISH 1234567890123456789012345678901234567890123456789012345678901234 a
<
@2 PUBLISH 12345678901234567890123456789012345678901234567890123456789012345 b
<
@2 PUBLISH 123456789012345678901234567890123456789012345678901234567890123456 c
<none>

== shard channels are a world of their own
@2 SSUBSCRIBE a
@3 SUBSCRIBE a
SPUBLISH a x
@2 <
@3 <none>
PUBLISH a y
@3 <
@2 <none>
@3 PSUBSCRIBE *
SPUBLISH a z
@2 <
@3 <none>
PUBSUB SHARDCHANNELS
PUBSUB CHANNELS
@2 SUNSUBSCRIBE a
SPUBLISH a x

== messages over RESP2 and RESP3 at once
@2 ~skip HELLO 2
@3 ~skip HELLO 3
@4 ~skip HELLO 2
@2 SUBSCRIBE a
@3 SUBSCRIBE a
@4 SUBSCRIBE a
@2 PSUBSCRIBE ?
@3 PSUBSCRIBE ?
@2 SSUBSCRIBE a
@3 SSUBSCRIBE a
PUBLISH a x
@2 <
@2 <
@3 <
@3 <
@4 <
SPUBLISH a x
@2 <
@3 <

== what a subscriber may send {2}
SUBSCRIBE a
GET k
CONFIG GET port
CLIENT ID
PUBLISH a x
SPUBLISH a x
MULTI
HELLO 3
HELLO
AUTH x
NOSUCH
GET
PUBSUB
CONFIG NOSUCH
COMMAND
command count
MONITOR
PING
PING x
ping x y
PSUBSCRIBE p
PUNSUBSCRIBE p
SSUBSCRIBE s
SUNSUBSCRIBE s
UNSUBSCRIBE a
PING
PING x
GET k

== any kind of subscription keeps a client to it
PSUBSCRIBE p
GET k
PING
SUBSCRIBE a
PUNSUBSCRIBE
GET k
UNSUBSCRIBE
GET k
SSUBSCRIBE s
GET k
PING
UNSUBSCRIBE
GET k
SUNSUBSCRIBE
GET k
PING

== what a subscriber must not do counts as refused
CONFIG RESETSTAT
@2 SUBSCRIBE a
@2 GET k
@2 SET k v
@2 INCR k
~info INFO errorstats
GET k

== over RESP3 a subscriber may do anything {3}
SUBSCRIBE a
PING
PING x
SET k v
GET k
PUBLISH b x
UNSUBSCRIBE

== HELLO changes what a subscriber may do {3}
SUBSCRIBE a
~skip HELLO 2
GET k
PING
@2 PUBLISH a x
<
HELLO 3
UNSUBSCRIBE
~skip HELLO 3
PING

== a message to oneself comes before the reply {3}
SUBSCRIBE a
PUBLISH a x
<
PSUBSCRIBE a* *
<
~shape PUBLISH a x
~shape <
~shape <
<
SSUBSCRIBE a
SPUBLISH a x
<

== subscribing within a transaction
MULTI
SUBSCRIBE a b
PUBLISH a x
PING
GET k
UNSUBSCRIBE a b
PING
EXEC
<
<
<
<none>
GET k

== a transaction that ends as a subscriber
MULTI
SUBSCRIBE a
SET k v
EXEC
GET k
PING
@2 GET k
@2 PUBLISH a x
<
UNSUBSCRIBE

== publishing within a transaction
@2 SUBSCRIBE a
MULTI
PUBLISH a x
PUBLISH a y
SPUBLISH a y
@2 <none>
EXEC
@2 <
@2 <

== a client without replies gets its messages {2}
& CLIENT REPLY OFF
SUBSCRIBE a
@2 PUBLISH a x
<
& PING
& GET k
<none>
UNSUBSCRIBE
CLIENT REPLY ON
& CLIENT REPLY SKIP
SUBSCRIBE a
PING
& CLIENT REPLY SKIP
UNSUBSCRIBE
PING

== a client without replies gets its messages, its own too {3}
& CLIENT REPLY OFF
SUBSCRIBE a
@2 PUBLISH a x
<
PUBLISH a y
PUBLISH a z
& PING
<none>
CLIENT REPLY ON
& CLIENT REPLY SKIP
PUBLISH a x
PING
UNSUBSCRIBE

== CLIENT REPLY OFF within a transaction leaves messages {3}
SUBSCRIBE a
MULTI
PUBLISH a x
CLIENT REPLY OFF
PUBLISH a y
SUBSCRIBE b
EXEC
<none>

== RESET ends all subscriptions
SUBSCRIBE a
PSUBSCRIBE p
SSUBSCRIBE s
RESET
GET k
@2 PUBLISH a x
@2 PUBLISH p x
@2 SPUBLISH s x
<none>
@2 PUBSUB NUMPAT
@2 PUBSUB CHANNELS
@2 PUBSUB SHARDCHANNELS
SUBSCRIBE b

== QUIT and a close end all subscriptions
@2 SUBSCRIBE a b
@2 <
@2 PSUBSCRIBE p
@2 SSUBSCRIBE s
@3 SUBSCRIBE b
@2 QUIT
@2 <eof>
%until "pubsub_channels:1" INFO stats
PUBLISH a x
PUBLISH b x
@3 <
SPUBLISH s x
PUBSUB NUMSUB a b
PUBSUB NUMPAT
PUBSUB SHARDCHANNELS

== PUBSUB CHANNELS
PUBSUB CHANNELS
@2 SUBSCRIBE a b
@2 <
@3 SUBSCRIBE b c
@3 <
@3 PSUBSCRIBE d
~sorted PUBSUB CHANNELS
PUBSUB CHANNELS a
PUBSUB CHANNELS A
PUBSUB CHANNELS d
~sorted PUBSUB CHANNELS [ab]
~sorted pubsub channels *
PUBSUB CHANNELS a b
pubsub channels a b
PUBSUB SHARDCHANNELS
@3 UNSUBSCRIBE c
~sorted PUBSUB CHANNELS

== PUBSUB NUMSUB and NUMPAT
PUBSUB NUMSUB
PUBSUB NUMSUB a
PUBSUB NUMPAT
@2 SUBSCRIBE a b
@2 <
@3 SUBSCRIBE b
@2 PSUBSCRIBE p q
@2 <
@3 PSUBSCRIBE p
PUBSUB NUMSUB a b c a
PUBSUB NUMPAT
PUBSUB NUMPAT x
@2 PUNSUBSCRIBE p
PUBSUB NUMPAT
@3 PUNSUBSCRIBE p
PUBSUB NUMPAT

== PUBSUB SHARDCHANNELS and SHARDNUMSUB
PUBSUB SHARDCHANNELS
PUBSUB SHARDNUMSUB
@2 SSUBSCRIBE a b
@2 <
@3 SSUBSCRIBE b
~sorted PUBSUB SHARDCHANNELS
PUBSUB SHARDCHANNELS a
PUBSUB SHARDCHANNELS a b
PUBSUB SHARDNUMSUB a b c
PUBSUB CHANNELS
PUBSUB NUMSUB a b

== PUBSUB without what it needs
PUBSUB
PUBSUB NOSUCH
PUBSUB HELP
PUBSUB HELP x
PUBSUB CHANNELS
SUBSCRIBE
PSUBSCRIBE
SSUBSCRIBE
PUBLISH
PUBLISH a
PUBLISH a b c
SPUBLISH a
SPUBLISH a b c

== a subscriber in CLIENT LIST and INFO
@2 ~type CLIENT ID => id
~client:flags,sub,psub,ssub,cmd CLIENT LIST ID $id
@2 SUBSCRIBE a b
@2 <
~client:flags,sub,psub,ssub,cmd CLIENT LIST ID $id
@2 PSUBSCRIBE p
@2 SSUBSCRIBE s
~client:flags,sub,psub,ssub,cmd CLIENT LIST ID $id
~client:flags,sub,psub,ssub,cmd CLIENT LIST TYPE pubsub
~info:pubsub_channels,pubsub_patterns,pubsubshard_channels INFO stats
@2 UNSUBSCRIBE a b
@2 <
@2 PUNSUBSCRIBE
~client:flags,sub,psub,ssub,cmd CLIENT LIST ID $id
@2 SUNSUBSCRIBE
~client:flags,sub,psub,ssub,cmd CLIENT LIST ID $id
CLIENT LIST TYPE pubsub
~info:pubsub_channels,pubsub_patterns,pubsubshard_channels INFO stats

== CLIENT KILL TYPE pubsub
@2 SUBSCRIBE a
@3 PSUBSCRIBE a
@4 SSUBSCRIBE a
@5 PING
CLIENT KILL TYPE pubsub
@2 <eof>
@3 <eof>
@4 <eof>
@5 PING
%until "pubsub_channels:0" INFO stats
PUBLISH a x
SPUBLISH a x
PUBSUB NUMPAT
CLIENT KILL TYPE pubsub

== many channels of one client
@2 SUBSCRIBE a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6 b7 b8 b9 c1 c2 c3 c4 c5 c6 c7 c8 c9
@2 UNSUBSCRIBE a1 c9 b5
PUBSUB NUMSUB a1 a2 b4 b5 b6 c8 c9
PUBLISH a1 x
PUBLISH b4 x
PUBLISH c9 x
~sorted PUBSUB CHANNELS b*

== MONITOR shows publishing
@2 MONITOR
@3 SUBSCRIBE a
@2 ~digits <
PUBLISH a x
@2 ~digits <
@3 <
SPUBLISH a x
@2 ~digits <

== a pause that lets readers through holds publishers up
@2 SUBSCRIBE a
CLIENT PAUSE 100000 WRITE
@3 & PUBLISH a x
@4 & SPUBLISH a x
@5 & PFCOUNT k
%until "blocked_clients:3" INFO clients
@2 <none>
CLIENT UNPAUSE
@3 <
@4 <
@5 <
@2 <

== publishing does not count as a change
@2 SUBSCRIBE a
PUBLISH a x
SPUBLISH a x
~info:rdb_changes_since_last_save INFO persistence

== what COMMAND says of the commands
COMMAND GETKEYS SSUBSCRIBE a b
COMMAND GETKEYS SPUBLISH a b
COMMAND GETKEYS SUBSCRIBE a
COMMAND GETKEYS PUBLISH a b
COMMAND GETKEYSANDFLAGS SUNSUBSCRIBE a b
~unordered COMMAND INFO publish spublish subscribe psubscribe

== a pause of everything, and a subscriber
@2 SUBSCRIBE a
@3 PING
@4 PING
CLIENT PAUSE 250 ALL
@2 & PING
@3 & PUBLISH a x
@4 & NOSUCH
@4 <
@2 <
@3 <
@2 <

== messages keep their place where no replies are wanted
> "MULTI\r\nSUBSCRIBE a\r\nCLIENT REPLY OFF\r\nSUBSCRIBE b\r\nECHO a\r\nCLIENT REPLY ON\r\nECHO b\r\nUNSUBSCRIBE a b\r\nEXEC\r\nQUIT\r\n"
<eof>

== publishing and subscribing in one transaction {2}
@2 SUBSCRIBE a
MULTI
SUBSCRIBE a
PSUBSCRIBE a*
SSUBSCRIBE a
PUBLISH a x
SPUBLISH a x
GET b
PUNSUBSCRIBE
SUNSUBSCRIBE
UNSUBSCRIBE
UNSUBSCRIBE
PING
PING x
EXEC
<
<
<
<
<
<
<
<
@2 <
GET b

== publishing and subscribing in one transaction, to oneself {3}
> "MULTI\r\nSUBSCRIBE a\r\nPSUBSCRIBE a*\r\nSSUBSCRIBE a\r\nPUBLISH a x\r\nSPUBLISH a x\r\nGET b\r\nPUNSUBSCRIBE\r\nSUNSUBSCRIBE\r\nUNSUBSCRIBE\r\nUNSUBSCRIBE\r\nPING\r\nPING x\r\nEXEC\r\nQUIT\r\n"
<eof>

== patterns that are hardly any
@2 PSUBSCRIBE "[" "[a" "[a-" "[^" "[]" "[^]a]" "a\\" "**" "?*" "[b-a]" "[a-]" "\\[" "[\\]]" "[!a]"
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
@2 <
PUBLISH a x
PUBLISH b x
PUBLISH - x
PUBLISH "[" x
PUBLISH "]" x
PUBLISH "]a" x
PUBLISH "a\\" x
PUBLISH "" x
PUBLISH "!" x
PUBLISH "^" x
PUBSUB NUMPAT

== patterns and the empty name
@2 PSUBSCRIBE "*"
@3 PSUBSCRIBE "**"
@4 PSUBSCRIBE ""
@5 PSUBSCRIBE "[^a]"
@6 PSUBSCRIBE "\\"
PUBLISH "" x
SET "" 1
KEYS "*"
KEYS "**"
KEYS ""
KEYS "***"
SCAN 0 MATCH "*"
SCAN 0 MATCH "**"
SADD s ""
SSCAN s 0 MATCH "*"
SSCAN s 0 MATCH "**"
HSET h "" ""
HSCAN h 0 MATCH "*"
HSCAN h 0 MATCH "**"

== channels of all bytes by pattern, some asked for twice
@2 SUBSCRIBE "\x00a" "\xff" a a
@2 <
@2 <
@2 <
PUBSUB NUMSUB "\x00a" "\xff" a a "" A
PUBSUB SHARDNUMSUB "\x00a" a a
PUBSUB CHANNELS "\x00*"
~sorted PUBSUB CHANNELS ?
~sorted PUBSUB CHANNELS "?*"
PUBSUB CHANNELS ""
PUBSUB CHANNELS "[^a]"
PUBSUB NUMPAT x
pubsub numsub
pubsub help x
@2 UNSUBSCRIBE a a
@2 <
@2 UNSUBSCRIBE x "\xff" x
@2 <
@2 <

== what a subscriber must not send is told by its name {2}
SUBSCRIBE a
PING ""
PING a b
QUIT x
RESET x
SUBSCRIBE
UNSUBSCRIBE a a
<
SUBSCRIBE a
SPUBLISH
PUBSUB CHANNELS x y z
CLIENT REPLY OFF
CLIENT NOSUCH
EVAL "return 1" 0
EVAL x
FCALL a 0
EXEC
DISCARD
WATCH a
INFO
"" a
DEBUG SLEEP 0
QUIT
<eof>

== messages to oneself, in order {3}
SUBSCRIBE c d
<
PSUBSCRIBE c*
SSUBSCRIBE c
& PUBLISH c 1
& SPUBLISH c 2
& PUBLISH d 3
& MULTI
& PUBLISH c 4
& SPUBLISH c 5
& PING
& PUBLISH d 6
& EXEC
& EVAL "redis.call('PUBLISH', 'c', '7'); redis.call('PUBLISH', 'd', '8'); return 9" 0
& EVAL "return redis.call('SPUBLISH', KEYS[1], '7')" 1 c
& QUIT
<eof>
`,
);
