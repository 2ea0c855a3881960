/**
 * `DEBUG` on keys and values: digests, the heap, tables, test data.
 *
 * @module
 */
import type { BytesTypeDefinition, TableFigures } from "../../api/type.ts";
import type { CommandContext } from "../../api/context.ts";
import type { EntryRef } from "../../api/database.ts";
import { rdbcompression } from "../../config/options/snapshotting.ts";
import type { Database } from "../../keyspace/database.ts";
import { digestEntry, digestKeyspace, EMPTY_DIGEST } from "../../keyspace/digest.ts";
import type { Keyspace } from "../../keyspace/keyspace.ts";
import { saveValue } from "../../persistence/dump.ts";
import { ValueWriter } from "../../persistence/value_codec.ts";
import { NO_SUCH_KEY, ReplyError } from "../../protocol/errors.ts";
import { Key } from "../../structures/key.ts";
import { referenceCount } from "../object.ts";
import type { ServerParts } from "../parts.ts";
import type { DebugSubcommand } from "./subcommand.ts";

const NOT_POSITIVE = new ReplyError("ERR value is out of range, must be positive");
const NO_SUCH_DATABASE = new ReplyError("ERR Out of range database");
const NOT_A_TABLE = new ReplyError("ERR The value stored at the specified key is not represented using an hash table");
const NO_STRINGS = new ReplyError("ERR No module for strings is loaded");
/** The RDB format's opcode for strings. */
const STRING_OPCODE = 0;
const LRU_CLOCK_MASK = 0xffffff;

export function datasetSubcommands({ keyspace }: ServerParts): readonly DebugSubcommand[] {
  return [
    {
      name: "DIGEST",
      words: [0, 0],
      help: ["DIGEST", "Output a hex signature representing the current DB content."],
      run: ({ reply }) => reply.status(hex(digestKeyspace(keyspace))),
    },
    {
      name: "DIGEST-VALUE",
      words: [0, Infinity],
      help: ["DIGEST-VALUE <key> [<key> ...]", "Output a hex signature of the values of all the specified keys."],
      run: digestValues,
    },
    {
      name: "HTSTATS",
      words: [1, 1],
      help: ["HTSTATS <dbid>", "Return hash table statistics of the specified Redis database."],
      run: (context) => tableStatistics(keyspace, context),
    },
    {
      name: "HTSTATS-KEY",
      words: [1, 1],
      help: ["HTSTATS-KEY <key>", "Like HTSTATS but for the hash table stored at <key>'s value."],
      run: valueTableStatistics,
    },
    {
      name: "OBJECT",
      words: [1, 1],
      help: ["OBJECT <key>", "Show low level info about `key` and associated value."],
      run: describeObject,
    },
    {
      name: "POPULATE",
      words: [1, 3],
      help: [
        "POPULATE <count> [<prefix>] [<size>]",
        "Create <count> string keys named key:<num>. If <prefix> is specified then",
        "it is used instead of the 'key' prefix. These are not propagated to",
        "replicas. Cluster slots are not respected so keys not belonging to the",
        "current node can be created in cluster mode.",
      ],
      run: (context) => populate(keyspace, context),
    },
    {
      name: "VERIFY-HEAP",
      words: [0, 0],
      help: ["VERIFY-HEAP", "Check that each block of memory belongs to exactly one value or table."],
      run: ({ reply }) => verify(keyspace, reply),
    },
  ];
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Of values as they stand, due or not. */
function digestValues({ args, db, reply }: CommandContext): void {
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    const entry = db.find(args.passingKey(i));
    reply.status(hex(entry === 0 ? EMPTY_DIGEST : digestEntry(db as Database, entry)));
  }
}

function tableStatistics(keyspace: Keyspace, { args, reply }: CommandContext): void {
  const db = keyspace.databases[args.integer(2)];
  if (db === undefined) throw NO_SUCH_DATABASE;
  const { entries, volatile } = db.tables;
  reply.verbatim(`[Dictionary HT]\n${describeTable(entries)}[Expires HT]\n${describeTable(volatile)}`);
}

function valueTableStatistics({ args, db, reply }: CommandContext): void {
  const entry = db.peek(args.key(2));
  if (entry === 0) throw NO_SUCH_KEY;
  const table = db.typeOf(entry).hashTable?.((db as Database).valueOf(entry) as never) ?? null;
  if (table === null) throw NOT_A_TABLE;
  reply.verbatim(describeTable(table));
}

function describeTable({ count, capacity, ownBytes }: TableFigures): string {
  const headline = "Hash table 0 stats (main hash table):\n";
  if (count === 0) return `${headline}No stats available for empty dictionaries\n`;
  return `${headline} table size: ${capacity}\n number of elements: ${count}\n` +
    ` slots in use: ${(count * 100 / capacity).toFixed(2)}%\n bytes: ${ownBytes}\n`;
}

function describeObject({ args, config, db, nowMs, reply }: CommandContext): void {
  const entry = db.find(args.key(2));
  if (entry === 0) throw NO_SUCH_KEY;
  const idleSeconds = db.idleSeconds(entry);
  const stamp = (Math.floor(nowMs / 1000) - idleSeconds) & LRU_CLOCK_MASK;
  const length = savedBytes(db as Database, entry, config.get(rdbcompression));
  const details = db.typeOf(entry).describe?.((db as Database).valueOf(entry) as never) ?? "";
  reply.status(
    `Value at:0x${(entry >>> 0).toString(16)} refcount:${referenceCount(db, entry)} encoding:${db.encodingOf(entry)} ` +
      `serializedlength:${length} lru:${stamp} lru_seconds_idle:${idleSeconds}${details && ` ${details}`}`,
  );
}

/** Length of a value in a snapshot, without its opcode. */
function savedBytes(db: Database, entry: EntryRef, compresses: boolean): number {
  const output = new ValueWriter(compresses);
  saveValue(db, entry, output);
  return output.bytes.length - 1;
}

/** Keys that exist are left alone. */
function populate(keyspace: Keyspace, context: CommandContext): void {
  const { args, db, reply } = context;
  const count = positive(context, 2, 0);
  const prefix = args.count > 3 ? args.text(3) : "key";
  const size = positive(context, 4, 0);
  const type = keyspace.kinds.types().find(({ rdb }) => rdb.opcodes?.includes(STRING_OPCODE));
  if (type?.storage !== "bytes") throw NO_STRINGS;
  context.propagateNothing();
  const key = new Key();
  for (let i = 0; i < count; i++) {
    const name = encoder.encode(`${prefix}:${i}`);
    key.load(name, 0, name.length);
    if (db.peek(key) !== 0) continue;
    store(db as Database, key, type, i, size);
    db.touched(key);
    context.addDirty(1);
  }
  reply.ok();
}

function store(db: Database, key: Key, type: BytesTypeDefinition, i: number, size: number): void {
  const text = encoder.encode(`value:${i}`);
  const value = size === 0 ? text : new Uint8Array(size);
  value.set(text.subarray(0, value.length));
  db.setBytes(key, type, value, 0, value.length);
}

function positive({ args }: CommandContext, i: number, initial: number): number {
  if (i >= args.count) return initial;
  const value = args.integer(i, NOT_POSITIVE);
  if (value < 0) throw NOT_POSITIVE;
  return value;
}

function verify(keyspace: Keyspace, reply: CommandContext["reply"]): void {
  const { problems } = keyspace.verify();
  if (problems.length > 0) throw new ReplyError(`ERR heap verification failed: ${problems.join("; ")}`);
  reply.ok();
}

const encoder = new TextEncoder();
