/**
 * A data type from outside: bags, which count how often each member was added. Values are JavaScript `Map`s, so the whole
 * type is what is written here; the server does the rest: `TYPE`, `COPY`, `EXPIRE`, `DUMP` and `RESTORE`, `OBJECT`,
 * `MEMORY USAGE`, `SCAN … TYPE`, `DEBUG DIGEST` work on bags as on any value.
 *
 * Load it with `--loadmodule ./examples/bag.ts`, or put it beside the default modules of a server in a program:
 * `new Server({ modules: [...defaultModules, bag] })`. Then:
 *
 * ```
 * > BAG.ADD fruit apple 3
 * (integer) 3
 * > BAG.ADD fruit pear
 * (integer) 1
 * > BAG.TOP fruit 1
 * 1) "apple"
 * 2) (integer) 3
 * ```
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  CorruptValueError,
  decodeText,
  defineCommand,
  defineModule,
  defineType,
  delEvent,
  encodeText,
  keyEvent,
  oneKey,
  ReplyError,
  SYNTAX_ERROR,
} from "../mod.ts";

/** How often each member was added: at least once. Members are texts that stand for any bytes, as `args.text` gives them. */
type Bag = Map<string, number>;

/** Bytes that a `Map` takes for an entry, about; for `MEMORY USAGE`. */
const ENTRY_BYTES = 48;
const COUNT_MAX = Number.MAX_SAFE_INTEGER;

const BAD_COUNT = new ReplyError("ERR count is not a positive integer or out of range");
const addEvent = keyEvent("module", "bag.add");
const removeEvent = keyEvent("module", "bag.remove");

/** The type. Its name is what identifies its values in dumps: nine characters, unlike those of any other type. */
export const bagType = defineType<Bag>({
  name: "count-bag",
  storage: "object",
  create: () => new Map(),
  copy: (bag) => new Map(bag),
  memoryUsage(bag, samples) {
    const count = samples === 0 ? bag.size : Math.min(samples, bag.size);
    let bytes = 0;
    let left = count;
    for (const member of bag.keys()) {
      if (left-- === 0) break;
      bytes += ENTRY_BYTES + member.length;
    }
    return count === 0 ? 0 : Math.round(bytes / count * bag.size);
  },
  freeEffort: (bag) => bag.size,
  digest(bag, output) {
    for (const [member, count] of bag) output.unorderedGroup(encodeText(member), encodeText(String(count)));
  },
  rewriteAof(bag, key, output) {
    for (const [member, count] of bag) output.command("BAG.ADD", key, encodeText(member), count);
  },
  rdb: {
    version: 1,
    save(bag, output) {
      output.length(bag.size);
      for (const [member, count] of bag) {
        output.string(encodeText(member));
        output.length(count);
      }
    },
    load(version, input) {
      if (version !== 1) throw new CorruptValueError(`no bag has version ${version}`);
      const bag: Bag = new Map();
      for (let left = input.length(); left > 0; left--) {
        const member = decodeText(input.string());
        const count = input.length();
        if (count === 0 || count > COUNT_MAX || bag.has(member)) throw new CorruptValueError("a bag counts wrongly");
        bag.set(member, count);
      }
      if (bag.size === 0) throw new CorruptValueError("a bag is empty");
      return bag;
    },
  },
});

const member = argument.string("member");
const count = argument.integer("count", { optional: true });

const add = defineCommand({
  name: "BAG.ADD",
  summary: "Adds a member, once or as often as given, and returns how often it is there.",
  since: "1.0.0",
  group: "module",
  complexity: "O(1)",
  arity: -3,
  flags: ["write", "denyoom", "fast"],
  keys: [oneKey("RW", "insert")],
  arguments: [argument.key("key", 0), member, count],
  run(context) {
    const { args, db, reply } = context;
    const added = countOf(context);
    const key = args.key(1);
    const name = args.text(2);
    const total = (db.read(key, bagType)?.get(name) ?? 0) + added;
    if (total > COUNT_MAX) throw BAD_COUNT;
    db.upsert(key, bagType).set(name, total);
    db.changed(key, addEvent);
    reply.integer(total);
  },
});

const remove = defineCommand({
  name: "BAG.REMOVE",
  summary: "Takes a member out, once or as often as given, and returns how often it is still there.",
  since: "1.0.0",
  group: "module",
  complexity: "O(1)",
  arity: -3,
  flags: ["write", "fast"],
  keys: [oneKey("RW", "delete")],
  arguments: [argument.key("key", 0), member, count],
  run(context) {
    const { args, db, reply } = context;
    const removed = countOf(context);
    const key = args.key(1);
    const name = args.text(2);
    const bag = db.write(key, bagType);
    const present = bag?.get(name);
    if (bag === null || present === undefined) return reply.integer(0);
    const left = Math.max(0, present - removed);
    if (left > 0) bag.set(name, left);
    else bag.delete(name);
    db.changed(key, removeEvent);
    if (bag.size === 0) {
      db.remove(key);
      db.changed(key, delEvent, 0);
    }
    reply.integer(left);
  },
});

const countCommand = defineCommand({
  name: "BAG.COUNT",
  summary: "Returns how often a member is there.",
  since: "1.0.0",
  group: "module",
  complexity: "O(1)",
  arity: 3,
  flags: ["readonly", "fast"],
  keys: [oneKey("RO", "access")],
  arguments: [argument.key("key", 0), member],
  run: ({ args, db, reply }) => reply.integer(db.read(args.key(1), bagType)?.get(args.text(2)) ?? 0),
});

const top = defineCommand({
  name: "BAG.TOP",
  summary: "Returns the members that are there most often, with how often.",
  since: "1.0.0",
  group: "module",
  complexity: "O(N*log(N)) where N is the number of different members",
  arity: 3,
  flags: ["readonly"],
  keys: [oneKey("RO", "access")],
  arguments: [argument.key("key", 0), argument.integer("number")],
  run({ args, db, reply }) {
    const number = args.integer(2);
    if (number < 0) throw BAD_COUNT;
    const bag = db.read(args.key(1), bagType) ?? new Map<string, number>();
    const members = [...bag].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).slice(0, number);
    reply.map(members.length);
    for (const [name, present] of members) {
      reply.text(name);
      reply.integer(present);
    }
  },
});

/** The optional third argument. */
function countOf({ args }: CommandContext): number {
  if (args.count > 4) throw SYNTAX_ERROR;
  if (args.count === 3) return 1;
  const given = args.integer(3, BAD_COUNT);
  if (given < 1 || given > COUNT_MAX) throw BAD_COUNT;
  return given;
}

/** The module, for a server in a program. */
export default defineModule({
  name: "bag",
  version: 1,
  api: 1,
  types: [bagType],
  commands: [add, remove, countCommand, top],
});
