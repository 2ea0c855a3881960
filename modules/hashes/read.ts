/**
 * Asking for fields and values.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type ElementView,
  oneKey,
} from "../../server/api/mod.ts";
import { hashType } from "./hash_type.ts";
import { FIELDS, type HashValue, PAIRS, VALUES } from "./hash_value.ts";

/** The commands that read known fields, or all. */
export const readCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "HGET",
    summary: "Get the value of a hash field",
    since: "2.0.0",
    group: "hash",
    complexity: "O(1)",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["hash"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("field")],
    run: hget,
  }),
  defineCommand({
    name: "HMGET",
    summary: "Get the values of all the given hash fields",
    since: "2.0.0",
    group: "hash",
    complexity: "O(N) where N is the number of fields being requested.",
    arity: -3,
    flags: ["readonly", "fast"],
    categories: ["hash"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("field", { multiple: true })],
    run: hmget,
  }),
  defineCommand({
    name: "HGETALL",
    summary: "Get all the fields and values in a hash",
    since: "2.0.0",
    group: "hash",
    complexity: "O(N) where N is the size of the hash.",
    arity: 2,
    flags: ["readonly"],
    categories: ["hash"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output_order"],
    arguments: [argument.key("key", 0)],
    run: hgetall,
  }),
  defineCommand({
    name: "HKEYS",
    summary: "Get all the fields in a hash",
    since: "2.0.0",
    group: "hash",
    complexity: "O(N) where N is the size of the hash.",
    arity: 2,
    flags: ["readonly"],
    categories: ["hash"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output_order"],
    arguments: [argument.key("key", 0)],
    run: hkeys,
  }),
  defineCommand({
    name: "HVALS",
    summary: "Get all the values in a hash",
    since: "2.0.0",
    group: "hash",
    complexity: "O(N) where N is the size of the hash.",
    arity: 2,
    flags: ["readonly"],
    categories: ["hash"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output_order"],
    arguments: [argument.key("key", 0)],
    run: hvals,
  }),
  defineCommand({
    name: "HLEN",
    summary: "Get the number of fields in a hash",
    since: "2.0.0",
    group: "hash",
    complexity: "O(1)",
    arity: 2,
    flags: ["readonly", "fast"],
    categories: ["hash"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0)],
    run: hlen,
  }),
  defineCommand({
    name: "HSTRLEN",
    summary: "Get the length of the value of a hash field",
    since: "3.2.0",
    group: "hash",
    complexity: "O(1)",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["hash"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0), argument.string("field")],
    run: hstrlen,
  }),
  defineCommand({
    name: "HEXISTS",
    summary: "Determine if a hash field exists",
    since: "2.0.0",
    group: "hash",
    complexity: "O(1)",
    arity: 3,
    flags: ["readonly", "fast"],
    categories: ["hash"],
    keys: [oneKey("RO")],
    arguments: [argument.key("key", 0), argument.string("field")],
    run: hexists,
  }),
];

function hget({ args, db, reply }: CommandContext): void {
  const hash = db.read(args.key(1), hashType);
  const value = hash === null ? null : hash.find(args.buffer, args.start(2), args.size(2));
  if (value === null) reply.null();
  else reply.element(value);
}

function hmget({ args, db, reply }: CommandContext): void {
  const hash = db.read(args.key(1), hashType);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    const value = hash === null ? null : hash.find(args.buffer, args.start(i), args.size(i));
    if (value === null) reply.null();
    else reply.element(value);
  }
}

function hgetall({ args, db, reply }: CommandContext): void {
  const hash = db.read(args.key(1), hashType);
  reply.map(countOf(hash));
  hash?.replyAll(reply, PAIRS);
}

function hkeys({ args, db, reply }: CommandContext): void {
  const hash = db.read(args.key(1), hashType);
  reply.array(countOf(hash));
  hash?.replyAll(reply, FIELDS);
}

function hvals({ args, db, reply }: CommandContext): void {
  const hash = db.read(args.key(1), hashType);
  reply.array(countOf(hash));
  hash?.replyAll(reply, VALUES);
}

function hlen({ args, db, reply }: CommandContext): void {
  reply.integer(countOf(db.read(args.key(1), hashType)));
}

function hstrlen({ args, db, reply }: CommandContext): void {
  const hash = db.read(args.key(1), hashType);
  const value = hash === null ? null : hash.find(args.buffer, args.start(2), args.size(2));
  reply.integer(value === null ? 0 : lengthOf(value));
}

function hexists({ args, db, reply }: CommandContext): void {
  const hash = db.read(args.key(1), hashType);
  reply.integer(hash !== null && hash.has(args.buffer, args.start(2), args.size(2)) ? 1 : 0);
}

function countOf(hash: HashValue | null): number {
  return hash === null ? 0 : hash.count;
}

function lengthOf(value: ElementView): number {
  return value.isInteger ? String(value.exactInteger).length : value.length;
}
