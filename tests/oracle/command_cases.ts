/**
 * Cases for `COMMAND`: what the server says of each command, and the keys that it finds in a command line.
 *
 * @module
 */
import { area } from "../support/cases.ts";

const names = `
acl append asking auth bgrewriteaof bgsave bitcount bitfield bitfield_ro bitop bitpos blmove blmpop blpop brpop
brpoplpush bzmpop bzpopmax bzpopmin client cluster command config copy dbsize debug decr decrby del discard dump echo
eval eval_ro evalsha evalsha_ro exec exists expire expireat expiretime failover fcall fcall_ro flushall flushdb function
geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch geosearchstore get
getbit getdel getex getrange getset hdel hello hexists hget hgetall hincrby hincrbyfloat hkeys hlen hmget hmset
hrandfield hscan hset hsetnx hstrlen hvals incr incrby incrbyfloat info keys lastsave latency lcs lindex linsert llen
lmove lmpop lolwut lpop lpos lpush lpushx lrange lrem lset ltrim memory mget migrate module monitor move mset msetnx
multi object persist pexpire pexpireat pexpiretime pfadd pfcount pfdebug pfmerge pfselftest ping psetex psubscribe psync
pttl publish pubsub punsubscribe quit randomkey readonly readwrite rename renamenx replconf replicaof reset restore
restore-asking role rpop rpoplpush rpush rpushx sadd save scan scard script sdiff sdiffstore select set setbit setex
setnx setrange shutdown sinter sintercard sinterstore sismember slaveof slowlog smembers smismember smove sort sort_ro
spop spublish srandmember srem sscan ssubscribe strlen subscribe substr sunion sunionstore sunsubscribe swapdb sync time
touch ttl type unlink unsubscribe unwatch wait watch xack xadd xautoclaim xclaim xdel xgroup xinfo xlen xpending xrange
xread xreadgroup xrevrange xsetid xtrim zadd zcard zcount zdiff zdiffstore zincrby zinter zintercard zinterstore
zlexcount zmpop zmscore zpopmax zpopmin zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem
zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscore zunion
zunionstore
`.trim().split(/\s+/);

/** Every top-level command of Redis 7.0.15. */
export const commandNames: readonly string[] = names;

/** Commands whose sub-commands are listed in the order of a hash table. */
const containers = new Set(
  "acl client cluster command config function latency memory module object pubsub script slowlog xgroup xinfo".split(
    " ",
  ),
);

function entryCase(verb: "INFO" | "DOCS", name: string): string {
  const mode = containers.has(name) ? "~unordered " : "";
  return `== COMMAND ${verb} ${name}\n${mode}COMMAND ${verb} ${name}\n`;
}

/** `CLIENT` has sub-commands of later versions too, which clients send on connecting. */
const comparedNames = names.filter((name) => name !== "client");

/** A command line per command that has keys; several where keys are found in several ways. */
const keyLines = `
append k v
bitcount k
bitfield k get u8 0
bitfield_ro k get u8 0
bitop and dest a b c
bitpos k 1
blmove a b left right 0
blmpop 0 2 a b left
blmpop 0 3 a b left
blpop a b c 0
brpop a b 0
brpoplpush a b 0
bzmpop 0 2 a b min
bzpopmax a b 0
bzpopmin a b 0
copy a b
copy a b db 1 replace
decr k
decrby k 1
del a
del a b c
dump k
eval x 2 a b c
eval x 0
eval x 0 a
eval x -1 a
eval x abc a
eval x 5 a
eval_ro x 1 a
evalsha x 1 a b
evalsha_ro x 1 a b
exists a b
expire k 1
expire k 1 nx
expireat k 1
expiretime k
fcall f 1 a b
fcall_ro f 1 a b
geoadd k 1 2 m
georadius k 1 2 3 m
georadius k 1 2 3 m store d
georadius k 1 2 3 m storedist d
georadiusbymember k m 1 m store d
geosearch k frommember m byradius 1 m
geosearchstore d k frommember m byradius 1 m
get k
getbit k 0
getdel k
getex k
getex k ex 1
getrange k 0 1
getset k v
hset k f v
hmget k f g
incr k
incrby k 1
incrbyfloat k 1
lcs a b
lcs a b len
linsert k before p v
lmove a b left right
lmpop 2 a b left
lpush k v
memory usage k
memory usage k samples 5
mget a b c
migrate h 1 k 0 10
migrate h 1 "" 0 10 keys a b
migrate h 1 "" 0 10 copy replace keys a b
move k 1
mset a 1 b 2
mset a 1 b
msetnx a 1 b 2
object encoding k
object freq k
object idletime k
object refcount k
persist k
pexpire k 1
pexpireat k 1
pexpiretime k
pfadd k v
pfcount a b
pfmerge d a b
psetex k 1 v
pttl k
rename a b
renamenx a b
restore k 0 x
rpoplpush a b
sadd k v
sdiff a b
sdiffstore d a b
set k v
set k v get
set k v ex 1 nx
set k v nx get
setbit k 0 1
setex k 1 v
setnx k v
setrange k 0 v
sintercard 2 a b
sintercard 2 a b limit 1
smove a b m
sort k
sort k by p get q store d
sort k store d limit 0 1
sort_ro k by p
spublish c m
ssubscribe a b
strlen k
substr k 0 1
sunionstore d a b
touch a b
ttl k
type k
unlink a b
watch a b
xadd s * f v
xgroup create s g 0
xinfo stream s
xread count 1 streams a b 0 0
xread streams a 0 b
xreadgroup group g c streams a b 0 0
zadd k 1 m
zdiff 2 a b
zdiffstore d 2 a b
zinterstore d 2 a b weights 1 2
zmpop 2 a b min
zrangestore d k 0 1
zunion 2 a b
zunionstore d 2 a b
zunionstore d 5 a b
`.trim().split("\n");

/** Sub-commands whose entries can be asked for by name. */
const subcommands = `
client|getname client|id client|info client|kill client|list client|no-evict client|pause client|reply client|setname
client|unblock client|unpause client|help command|count command|docs command|getkeys command|getkeysandflags
command|info command|list config|get config|set config|resetstat config|rewrite config|help object|encoding object|freq
object|idletime object|refcount memory|usage memory|stats memory|doctor memory|purge memory|malloc-stats slowlog|get
slowlog|len slowlog|reset latency|doctor latency|graph latency|histogram latency|history latency|latest latency|reset
module|list module|load module|loadex module|unload xgroup|create xinfo|stream script|load function|load
pubsub|channels cluster|info acl|whoami
`.trim().split(/\s+/);

const keyCases = Map.groupBy(keyLines, (line) => line.split(" ")[0]);

/** The `COMMAND` sub-commands. */
export const command = area(
  "command",
  String.raw`
== COMMAND: wrong number of arguments
COMMAND COUNT x
COMMAND GETKEYS
COMMAND GETKEYSANDFLAGS
COMMAND LIST x
COMMAND LIST FILTERBY
COMMAND LIST FILTERBY MODULE
COMMAND LIST FILTERBY WRONG x
COMMAND LIST WRONG MODULE x
COMMAND LIST FILTERBY ACLCAT string x
COMMAND HELP x
COMMAND NOSUCH
COMMAND NOSUCH x

== COMMAND INFO and DOCS of what is not there
COMMAND INFO nosuch
COMMAND INFO ""
COMMAND INFO nosuch nosuch
COMMAND INFO get|x
COMMAND INFO config|nosuch
COMMAND INFO GET
COMMAND INFO get nosuch get
COMMAND DOCS nosuch
COMMAND DOCS config|nosuch
COMMAND DOCS ""
COMMAND HELP

== COMMAND GETKEYS: errors
COMMAND GETKEYS nosuch a
COMMAND GETKEYS ping
COMMAND GETKEYS get
COMMAND GETKEYS get a b
COMMAND GETKEYS set a
COMMAND GETKEYS mset
COMMAND GETKEYS mset a
COMMAND GETKEYS config get x
COMMAND GETKEYS config nosuch
COMMAND GETKEYS config
COMMAND GETKEYS object encoding
COMMAND GETKEYS object help
COMMAND GETKEYS memory doctor
COMMAND GETKEYS echo x
COMMAND GETKEYS ""
COMMAND GETKEYSANDFLAGS nosuch a
COMMAND GETKEYSANDFLAGS ping
COMMAND GETKEYSANDFLAGS get

== COMMAND LIST with filters
~type COMMAND COUNT
COMMAND LIST FILTERBY MODULE nosuch
COMMAND LIST FILTERBY ACLCAT nosuch
~sorted COMMAND LIST FILTERBY PATTERN set*range
~sorted COMMAND LIST FILTERBY PATTERN SET*RANGE
COMMAND LIST FILTERBY PATTERN nosuch*
~sorted COMMAND LIST FILTERBY PATTERN config|g*
~sorted COMMAND LIST FILTERBY PATTERN *expire*
command list filterby pattern append

${comparedNames.map((name) => entryCase("INFO", name)).join("\n")}
${comparedNames.map((name) => entryCase("DOCS", name)).join("\n")}
${
    subcommands.map((name) => `== COMMAND INFO and DOCS ${name}\nCOMMAND INFO ${name}\nCOMMAND DOCS ${name}\n`).join(
      "\n",
    )
  }
${
    [...keyCases].map(([name, lines]) =>
      `== COMMAND GETKEYS ${name}\n${
        lines.map((line) => `COMMAND GETKEYS ${line}\nCOMMAND GETKEYSANDFLAGS ${line}`).join("\n")
      }\n`
    ).join("\n")
  }
`,
);
