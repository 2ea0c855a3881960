/**
 * Intersections, unions and differences of sets, replied, counted or stored.
 *
 * An intersection walks over the smallest set and asks all others. A difference walks over its first set and asks the others,
 * or takes the others' members out of a copy, whichever looks at fewer members. What is stored is built under no key first:
 * the destination may be one of the sets.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  delEvent,
  type ElementView,
  type Heap,
  type KeyEvent,
  keyEvent,
  keyNumber,
  keyRange,
  lazyfreeLazyServerDel,
  oneKey,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { setType } from "./set_type.ts";
import { SetValue } from "./set_value.ts";

/** The commands that work on several sets. */
export const algebraCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "SINTER",
    summary: "Intersect multiple sets",
    since: "1.0.0",
    group: "set",
    complexity: "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    arity: -2,
    flags: ["readonly"],
    categories: ["set"],
    keys: [keyRange({ first: 1, last: -1 }, "RO", "access")],
    tips: ["nondeterministic_output_order"],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: sinter,
  }),
  defineCommand({
    name: "SINTERSTORE",
    summary: "Intersect multiple sets and store the resulting set in a key",
    since: "1.0.0",
    group: "set",
    complexity: "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    arity: -3,
    flags: ["write", "denyoom"],
    categories: ["set"],
    keys: [oneKey("RW", "update"), keyRange({ first: 2, last: -1 }, "RO", "access")],
    arguments: [argument.key("destination", 0), argument.key("key", 1, { multiple: true })],
    run: sinterstore,
  }),
  defineCommand({
    name: "SINTERCARD",
    summary: "Intersect multiple sets and return the cardinality of the result",
    since: "7.0.0",
    group: "set",
    complexity: "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    arity: -3,
    flags: ["readonly"],
    categories: ["set"],
    keys: [keyNumber(1, "RO", "access")],
    arguments: [
      argument.integer("numkeys"),
      argument.key("key", 0, { multiple: true }),
      argument.integer("limit", { token: "LIMIT", optional: true }),
    ],
    run: sintercard,
  }),
  defineCommand({
    name: "SUNION",
    summary: "Add multiple sets",
    since: "1.0.0",
    group: "set",
    complexity: "O(N) where N is the total number of elements in all given sets.",
    arity: -2,
    flags: ["readonly"],
    categories: ["set"],
    keys: [keyRange({ first: 1, last: -1 }, "RO", "access")],
    tips: ["nondeterministic_output_order"],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: sunion,
  }),
  defineCommand({
    name: "SUNIONSTORE",
    summary: "Add multiple sets and store the resulting set in a key",
    since: "1.0.0",
    group: "set",
    complexity: "O(N) where N is the total number of elements in all given sets.",
    arity: -3,
    flags: ["write", "denyoom"],
    categories: ["set"],
    keys: [oneKey("OW", "update"), keyRange({ first: 2, last: -1 }, "RO", "access")],
    arguments: [argument.key("destination", 0), argument.key("key", 1, { multiple: true })],
    run: sunionstore,
  }),
  defineCommand({
    name: "SDIFF",
    summary: "Subtract multiple sets",
    since: "1.0.0",
    group: "set",
    complexity: "O(N) where N is the total number of elements in all given sets.",
    arity: -2,
    flags: ["readonly"],
    categories: ["set"],
    keys: [keyRange({ first: 1, last: -1 }, "RO", "access")],
    tips: ["nondeterministic_output_order"],
    arguments: [argument.key("key", 0, { multiple: true })],
    run: sdiff,
  }),
  defineCommand({
    name: "SDIFFSTORE",
    summary: "Subtract multiple sets and store the resulting set in a key",
    since: "1.0.0",
    group: "set",
    complexity: "O(N) where N is the total number of elements in all given sets.",
    arity: -3,
    flags: ["write", "denyoom"],
    categories: ["set"],
    keys: [oneKey("OW", "update"), keyRange({ first: 2, last: -1 }, "RO", "access")],
    arguments: [argument.key("destination", 0), argument.key("key", 1, { multiple: true })],
    run: sdiffstore,
  }),
];

const sinterstoreEvent = keyEvent("set", "sinterstore");
const sunionstoreEvent = keyEvent("set", "sunionstore");
const sdiffstoreEvent = keyEvent("set", "sdiffstore");

const BAD_KEY_COUNT = new ReplyError("ERR numkeys should be greater than 0");
const TOO_MANY_KEYS = new ReplyError("ERR Number of keys can't be greater than number of args");
const BAD_LIMIT = new ReplyError("ERR LIMIT can't be negative");

/** Sets of one command whose cursors are kept for the next. */
const CURSORS_MAX = 16;

type Visit = (member: ElementView) => void;

function sinter(context: CommandContext): void {
  const { reply } = context;
  const sets = bySize(openSets(context, 1));
  const mark = reply.arrayLater();
  let count = 0;
  if (sets.length > 0) {
    const [smallest] = sets;
    smallest.rewind();
    for (let member = smallest.next(); member !== null; member = smallest.next()) {
      if (!isInAll(member, sets)) continue;
      reply.element(member);
      count++;
    }
  }
  reply.close(mark, count, "set");
}

function sinterstore(context: CommandContext): void {
  store(context, sinterstoreEvent, (result) => {
    const sets = openSets(context, 2);
    visitIntersection(sets, (member) => result.addElement(member));
    return !sets.includes(null);
  });
}

function sintercard(context: CommandContext): void {
  const { args, reply } = context;
  const keys = args.integer(1, BAD_KEY_COUNT);
  if (keys < 1) throw BAD_KEY_COUNT;
  if (keys > args.count - 2) throw TOO_MANY_KEYS;
  let limit = 0;
  for (let i = 2 + keys; i < args.count; i += 2) {
    if (!args.is(i, "LIMIT") || i + 1 >= args.count) throw SYNTAX_ERROR;
    limit = args.integer(i + 1, BAD_LIMIT);
    if (limit < 0) throw BAD_LIMIT;
  }
  reply.integer(countIntersection(openSets(context, 2, 2 + keys), limit === 0 ? Infinity : limit));
}

function sunion(context: CommandContext): void {
  const sets = present(openSets(context, 1));
  if (sets.length <= 1) return replyStream(context, (visit) => sets[0]?.forEach(visit));
  replyBuilt(context, (result) => addUnion(sets, result));
}

function sunionstore(context: CommandContext): void {
  store(context, sunionstoreEvent, (result) => {
    addUnion(present(openSets(context, 2)), result);
    return true;
  });
}

function sdiff(context: CommandContext): void {
  const [first, ...others] = openSets(context, 1);
  if (first === null) return context.reply.set(0);
  const subtrahends = present(others);
  if (isWalkCheaper(first, subtrahends)) {
    return replyStream(context, (visit) => visitDifference(first, subtrahends, visit));
  }
  replyBuilt(context, (result) => addDifference(first, subtrahends, result));
}

function sdiffstore(context: CommandContext): void {
  store(context, sdiffstoreEvent, (result) => {
    const [first, ...others] = openSets(context, 2);
    if (first !== null) addDifference(first, present(others), result);
    return true;
  });
}

/** The sets of the keys from argument `first` on, null for those that are not there. */
function openSets({ args, db }: CommandContext, first: number, end: number = args.count): (SetValue | null)[] {
  const sets: (SetValue | null)[] = [];
  for (let i = first; i < end; i++) sets.push(keep(db.read(args.passingKey(i), setType), i));
  return sets;
}

function present(sets: readonly (SetValue | null)[]): SetValue[] {
  return sets.filter((set) => set !== null);
}

/** The sets from the smallest to the largest; none where one is not there. */
function bySize(sets: readonly (SetValue | null)[]): SetValue[] {
  const all = present(sets);
  return all.length < sets.length ? [] : all.sort((a, b) => a.count - b.count);
}

/** Whether the member that a walk through the first set shows is in all others. */
function isInAll(member: ElementView, sets: readonly SetValue[]): boolean {
  for (let i = 1; i < sets.length; i++) if (!sets[i].hasShownBy(sets[0], member)) return false;
  return true;
}

function visitIntersection(opened: readonly (SetValue | null)[], visit: Visit): void {
  const sets = bySize(opened);
  sets[0]?.forEach((member) => {
    if (isInAll(member, sets)) visit(member);
  });
}

function countIntersection(opened: readonly (SetValue | null)[], limit: number): number {
  const sets = bySize(opened);
  if (sets.length === 0) return 0;
  let count = 0;
  let position = 0;
  do {
    position = sets[0].scan(position, (member) => {
      if (isInAll(member, sets)) count++;
    });
  } while (position !== 0 && count < limit);
  return Math.min(count, limit);
}

function addUnion(sets: readonly SetValue[], result: SetValue): void {
  for (const set of sets) set.forEach((member) => result.addElement(member));
}

function isWalkCheaper(first: SetValue, others: readonly SetValue[]): boolean {
  let members = first.count;
  for (const other of others) members += other.count;
  return Math.floor(first.count * (others.length + 1) / 2) <= members;
}

function visitDifference(first: SetValue, others: readonly SetValue[], visit: Visit): void {
  first.forEach((member) => {
    for (let i = 0; i < others.length; i++) if (others[i].hasShownBy(first, member)) return;
    visit(member);
  });
}

function addDifference(first: SetValue, others: readonly SetValue[], result: SetValue): void {
  if (isWalkCheaper(first, others)) return visitDifference(first, others, (member) => result.addElement(member));
  first.forEach((member) => result.addElement(member));
  for (const other of others) {
    if (result.count === 0) return;
    other.forEach((member) => result.removeElement(member));
  }
}

/** Replies what `walk` visits. */
function replyStream({ reply }: CommandContext, walk: (visit: Visit) => void): void {
  const mark = reply.arrayLater();
  let count = 0;
  walk((member) => {
    reply.element(member);
    count++;
  });
  reply.close(mark, count, "set");
}

/** Replies a set that is built for that alone. */
function replyBuilt(context: CommandContext, fill: (result: SetValue) => void): void {
  const { reply } = context;
  const result = newSet(context);
  try {
    fill(result);
    reply.set(result.count);
    result.forEach((member) => reply.element(member));
  } finally {
    result.release();
  }
}

/**
 * Stores what `fill` puts into an empty set under the first key; where it stays empty, the key is removed. `fill` says whether the
 * reply comes before the event, for a client that listens to it itself.
 */
function store(context: CommandContext, event: KeyEvent, fill: (result: SetValue) => boolean): void {
  const { args, db, reply } = context;
  const result = newSet(context);
  const key = args.key(1);
  let repliesFirst = true;
  try {
    repliesFirst = fill(result);
    if (result.count > 0) db.adopt(key, setType, result.root);
  } catch (error) {
    result.release();
    throw error;
  }
  const { count } = result;
  if (repliesFirst) reply.integer(count);
  if (count > 0) return db.changed(key, event);
  result.release();
  if (db.remove(key, context.config.get(lazyfreeLazyServerDel))) db.changed(key, delEvent);
  if (!repliesFirst) reply.integer(0);
}

function newSet({ db }: CommandContext): SetValue {
  const root = db.newRoot();
  return cursorAt(root.heap, 0).create(root);
}

/** A cursor of its own for the set of argument `i`, until the next command. */
function keep(set: SetValue | null, i: number): SetValue | null {
  return set === null ? null : cursorAt(set.heap, i).open(set.root);
}

/** A cache: cursors by the arguments that they were used for; the first one is the result's. */
const cache: { cursors: SetValue[] } = { cursors: [] };

function cursorAt(heap: Heap, index: number): SetValue {
  if (index >= CURSORS_MAX) return new SetValue(heap);
  if (cache.cursors[0]?.heap !== heap) cache.cursors = [new SetValue(heap)];
  while (cache.cursors.length <= index) cache.cursors.push(new SetValue(heap));
  return cache.cursors[index];
}
