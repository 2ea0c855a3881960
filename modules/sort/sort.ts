/**
 * Elements of a list, set or sorted set in order, by themselves or by values of other keys, replied or stored as a list.
 *
 * The elements are copied first, so nothing that is looked up on the way can disturb them.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  compareBytes,
  defineCommand,
  delEvent,
  elementBytes,
  type ElementView,
  type Int64,
  keyEvent,
  type KeyFinder,
  type KeyFlag,
  lazyfreeLazyServerDel,
  oneKey,
  ReplyError,
  SYNTAX_ERROR,
  unknownKeys,
  WRONG_TYPE,
} from "../../server/api/mod.ts";
import { listType } from "../lists/list_type.ts";
import { setType } from "../sets/set_type.ts";
import { zsetType } from "../zsets/zset_type.ts";
import { partialSort } from "./partial_sort.ts";
import { parsePattern, type Pattern, valueOf } from "./pattern.ts";
import { scoreOf } from "./score.ts";

const READ: readonly KeyFlag[] = ["RO", "access"];
const STORED: readonly KeyFlag[] = ["OW", "update"];

/** SORT reads one key and may store into another, whose option can stand anywhere; the last one counts. */
const sortKeys: KeyFinder = (args, found) => {
  found(1, READ);
  let store = 0;
  for (let i = 2; i < args.count; i++) {
    if (args.is(i, "LIMIT")) i += 2;
    else if (args.is(i, "BY") || args.is(i, "GET")) i++;
    else if (i + 1 < args.count && args.is(i, "STORE")) store = i + 1;
  }
  if (store > 0) found(store, STORED);
};

/** The keys of SORT_RO's `BY` and `GET` depend on the elements; what stands in the command is the sorted key alone. */
const sortRoKeys: KeyFinder = (_args, found) => found(1, READ);

/** `SORT` and `SORT_RO`. */
export const sortCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "SORT",
    summary: "Sort the elements in a list, set or sorted set",
    since: "1.0.0",
    group: "generic",
    complexity:
      "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).",
    arity: -2,
    flags: ["write", "denyoom"],
    categories: ["set", "sortedset", "list", "dangerous"],
    keys: [
      oneKey("RO", "access"),
      {
        ...unknownKeys("RO", "access"),
        notes:
          "For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the content of the key we sort",
      },
      {
        ...unknownKeys("OW", "update"),
        notes:
          "For the optional STORE keyword. It is marked 'unknown' because the keyword can appear anywhere in the argument array",
      },
    ],
    findKeys: sortKeys,
    arguments: [
      argument.key("key", 0),
      argument.pattern("pattern", { keySpecIndex: 1, token: "BY", optional: true }),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      }),
      argument.pattern("pattern", {
        keySpecIndex: 1,
        token: "GET",
        optional: true,
        multiple: true,
        multipleToken: true,
      }),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
      argument.token("sorting", "ALPHA", { optional: true }),
      argument.key("destination", 2, { token: "STORE", optional: true }),
    ],
    run: sort,
  }),
  defineCommand({
    name: "SORT_RO",
    summary: "Sort the elements in a list, set or sorted set. Read-only variant of SORT.",
    since: "7.0.0",
    group: "generic",
    complexity:
      "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).",
    arity: -2,
    flags: ["readonly"],
    categories: ["set", "sortedset", "list", "dangerous"],
    keys: [
      oneKey("RO", "access"),
      {
        ...unknownKeys("RO", "access"),
        notes:
          "For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the content of the key we sort",
      },
    ],
    findKeys: sortRoKeys,
    arguments: [
      argument.key("key", 0),
      argument.pattern("pattern", { keySpecIndex: 1, token: "BY", optional: true }),
      argument.block("offset_count", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      }),
      argument.pattern("pattern", {
        keySpecIndex: 1,
        token: "GET",
        optional: true,
        multiple: true,
        multipleToken: true,
      }),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
      argument.token("sorting", "ALPHA", { optional: true }),
    ],
    run: sortRo,
  }),
];

const sortstoreEvent = keyEvent("list", "sortstore");
const NO_SCORE = new ReplyError("ERR One or more scores can't be converted into double");
const NOTHING = new Uint8Array(0);

/** What stands behind the key. */
interface SortOptions {
  readonly descending: boolean;
  /** Whether bytes are compared rather than numbers. */
  readonly alpha: boolean;
  /** Whether the order of the elements does not matter. */
  readonly unsorted: boolean;
  /** The pattern of what they are compared by; null: themselves. */
  readonly by: Pattern | null;
  /** Patterns of what is wanted of them; none: themselves. */
  readonly wanted: readonly Pattern[];
  readonly offset: number;
  /** Negative: all. */
  readonly count: number;
  /** Position of the destination's name; 0: none. */
  readonly storeAt: number;
}

/** A copy of an element, and what it is compared by. Integers are spelled where their bytes are asked for. */
class Item implements ElementView {
  readonly isInteger: boolean;
  readonly exactInteger: Int64;
  readonly start = 0;
  score = 0;
  weight: Uint8Array | null = null;
  #bytes: Uint8Array | null = null;

  constructor(element: ElementView) {
    this.isInteger = element.isInteger;
    this.exactInteger = element.exactInteger;
    if (!element.isInteger) this.#bytes = elementBytes(element);
  }

  get bytes(): Uint8Array {
    return this.#bytes ??= elementBytes(this);
  }

  get length(): number {
    return this.bytes.length;
  }
}

/** What is replied or stored; null where something that is wanted does not exist. */
type Result = Item | Uint8Array | null;

function sort(context: CommandContext): void {
  const options = parseOptions(context.args, true);
  const results = sorted(context, options);
  if (options.storeAt === 0) replyAll(context, results);
  else store(context, options.storeAt, results);
}

function sortRo(context: CommandContext): void {
  replyAll(context, sorted(context, parseOptions(context.args, false)));
}

function parseOptions(args: Arguments, mayStore: boolean): SortOptions {
  let descending = false;
  let alpha = false;
  let unsorted = false;
  let by: Pattern | null = null;
  const wanted: Pattern[] = [];
  let offset = 0;
  let count = -1;
  let storeAt = 0;
  for (let i = 2; i < args.count; i++) {
    const left = args.count - i - 1;
    if (args.is(i, "ASC")) descending = false;
    else if (args.is(i, "DESC")) descending = true;
    else if (args.is(i, "ALPHA")) alpha = true;
    else if (args.is(i, "LIMIT") && left >= 2) {
      offset = args.integer(++i);
      count = args.integer(++i);
    } else if (mayStore && args.is(i, "STORE") && left >= 1) storeAt = ++i;
    else if (args.is(i, "BY") && left >= 1) {
      by = parsePattern(args.bytes(++i));
      // Without a place for the element, all would be compared by the same.
      if (by.before === null) unsorted = true;
    } else if (args.is(i, "GET") && left >= 1) wanted.push(parsePattern(args.bytes(++i)));
    else throw SYNTAX_ERROR;
  }
  return { descending, alpha, unsorted, by, wanted, offset, count, storeAt };
}

function sorted(context: CommandContext, options: SortOptions): Result[] {
  const { offset, count, descending, wanted } = options;
  const { items, isSet } = readItems(context);
  // A stored list must not depend on the order that a set happens to have.
  const named = options.unsorted && isSet && options.storeAt > 0;
  const { unsorted, alpha, by } = named ? { unsorted: false, alpha: true, by: null } : options;
  const first = Math.min(Math.max(offset, 0), items.length);
  const end = count < 0 ? items.length : Math.min(first + count, items.length);
  if (!unsorted) {
    weigh(context, items, alpha, by);
    if (alpha && options.storeAt === 0) items.forEach(cutAtZero);
    const compare = comparison(alpha, descending);
    if (by !== null && end - first < items.length) partialSort(items, compare, ...partOf(first, end, items.length));
    else items.sort(compare);
  } else if (descending && !isSet) items.reverse();
  const chosen = items.slice(first, end);
  if (wanted.length === 0) return chosen;
  return chosen.flatMap((item) => wanted.map((pattern) => valueOf(context, pattern, item.bytes)));
}

/** Copies of the elements: of a sorted set by score. */
function readItems({ args, db }: CommandContext): { items: Item[]; isSet: boolean } {
  const key = args.key(1);
  const items: Item[] = [];
  const entry = db.lookup(key);
  const type = entry === 0 ? null : db.typeOf(entry);
  if (type === listType) {
    const list = db.write(key, listType)!;
    list.seekEnd(true);
    list.forEachHere(list.count, (element) => items.push(new Item(element)));
  } else if (type === setType) db.write(key, setType)!.forEach((member) => items.push(new Item(member)));
  else if (type === zsetType) {
    const zset = db.write(key, zsetType)!;
    zset.seek(0);
    for (let left = zset.count; left > 0; left--) {
      items.push(new Item(zset.member));
      zset.next();
    }
  } else if (type !== null) throw WRONG_TYPE;
  return { items, isSet: type === setType };
}

/** Finds out what the items are compared by. */
function weigh(context: CommandContext, items: readonly Item[], alpha: boolean, by: Pattern | null): void {
  for (const item of items) {
    if (by !== null) item.weight = valueOf(context, by, item.bytes);
    else if (alpha || !item.isInteger) item.weight = item.bytes;
    if (alpha) continue;
    if (item.weight !== null) item.score = scoreOf(item.weight);
    else if (by === null) item.score = Number(item.exactInteger);
    if (item.score !== item.score) throw NO_SCORE;
  }
}

/** What is replied is ordered as C's `strcoll` orders texts: a zero byte ends them. What is stored is ordered by all bytes. */
function cutAtZero(item: Item): void {
  const end = item.weight?.indexOf(0) ?? -1;
  if (end >= 0) item.weight = item.weight!.subarray(0, end);
}

/** The first and the last index of the part that is wanted; of a part behind the end, the last item stands for it. */
function partOf(first: number, end: number, count: number): [first: number, last: number] {
  return first < count ? [first, end - 1] : [count - 1, count - 2];
}

function comparison(alpha: boolean, descending: boolean): (a: Item, b: Item) => number {
  const direction = descending ? -1 : 1;
  if (alpha) return (a, b) => direction * compareWeights(a.weight, b.weight);
  return (a, b) => direction * compareScores(a, b);
}

/** Elements of one score are ordered by their bytes. */
function compareScores(a: Item, b: Item): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1;
  return compareBytes(a.bytes, 0, a.bytes.length, b.bytes, 0, b.bytes.length);
}

/** What does not exist comes first. */
function compareWeights(a: Uint8Array | null, b: Uint8Array | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareBytes(a, 0, a.length, b, 0, b.length);
}

function replyAll({ reply }: CommandContext, results: readonly Result[]): void {
  reply.array(results.length);
  for (const result of results) {
    if (result === null) reply.null();
    else if (result instanceof Item) reply.element(result);
    else reply.bulk(result);
  }
}

/** Makes a list of the results the value of a key; where there is none, the key is removed. */
function store(context: CommandContext, keyAt: number, results: readonly Result[]): void {
  const { args, config, db, reply } = context;
  const key = args.key(keyAt);
  if (results.length === 0) {
    if (db.remove(key, config.get(lazyfreeLazyServerDel))) db.changed(key, delEvent);
    return reply.integer(0);
  }
  const root = db.newRoot();
  const list = listType.create(root);
  try {
    for (const result of results) {
      const bytes = result instanceof Item ? result.bytes : result ?? NOTHING;
      list.push(false, bytes, 0, bytes.length);
    }
    db.adopt(key, listType, root);
  } catch (error) {
    listType.free(listType.open(root));
    throw error;
  }
  db.changed(key, sortstoreEvent, results.length);
  reply.integer(results.length);
}
