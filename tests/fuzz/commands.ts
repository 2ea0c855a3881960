/**
 * The commands that the fuzzer sends, by type; lines are templates (see template.ts).
 *
 * `RANDOMKEY` is not here: it deletes due keys that it happens to meet, which makes every later count random.
 *
 * @module
 */

const expiryOptions = "[EX <ttl>|PX <ttlMs>|EXAT <time>|PXAT <timeMs>|KEEPTTL]";

/** Template lines of each type. */
export const commandTemplates: Record<string, string[]> = {
  strings: [
    `SET <key> <value> [NX|XX] [GET] ${expiryOptions}`,
    "SET <key> <value>",
    "SET <key> <integer>",
    "GET <key>",
    "GETSET <key> <value>",
    "GETDEL <key>",
    "GETEX <key> [EX <ttl>|PX <ttlMs>|EXAT <time>|PXAT <timeMs>|PERSIST]",
    "SETNX <key> <value>",
    "SETEX <key> <ttl> <value>",
    "PSETEX <key> <ttlMs> <value>",
    "MSET {<key> <value>}",
    "MSETNX {<key> <value>}",
    "MGET {<key>}",
    "APPEND <key> <value>",
    "STRLEN <key>",
    "SETRANGE <key> <offset> <value>",
    "GETRANGE <key> <index> <index>",
    "SUBSTR <key> <index> <index>",
    "INCR <key>",
    "DECR <key>",
    "INCRBY <key> <integer>",
    "DECRBY <key> <integer>",
    "INCRBYFLOAT <key> <float>",
    "LCS <key> <key> [LEN|IDX [MINMATCHLEN <index>] [WITHMATCHLEN]]",
  ],
  keys: [
    "DEL {<key>}",
    "UNLINK {<key>}",
    "EXISTS {<key>}",
    "TOUCH {<key>}",
    "TYPE <key>",
    "RENAME <key> <key>",
    "RENAMENX <key> <key>",
    "COPY <key> <key> [DB <database>] [REPLACE]",
    "MOVE <key> <database>",
    "SELECT <database>",
    "SWAPDB <database> <database>",
    "DBSIZE",
    "~sorted KEYS <pattern>",
    "~scan SCAN 0 COUNT 1000 [MATCH <pattern>] [TYPE <type>]",
    "OBJECT ENCODING <key>",
    "DUMP <key>",
    "RESTORE <key> (0|<ttlMs>) <dumped> [REPLACE] [ABSTTL]",
    "PING [<value>]",
    "ECHO <value>",
    "NOSUCH [<value>]",
    "~masked:id HELLO (2|3)",
  ],
  expiry: [
    "EXPIRE <key> <ttl> [NX|XX|GT|LT]",
    "PEXPIRE <key> <ttlMs> [NX|XX|GT|LT]",
    "EXPIREAT <key> <time> [NX|XX|GT|LT]",
    "PEXPIREAT <key> <timeMs> [NX|XX|GT|LT]",
    "~near:5 TTL <key>",
    "~near:5000 PTTL <key>",
    "~near:5 EXPIRETIME <key>",
    "~near:5000 PEXPIRETIME <key>",
    "PERSIST <key>",
  ],
};
