/**
 * Elements of a list, set or sorted set in order, by themselves or by values of other keys, replied or stored as a list.
 *
 * The elements are copied first, so nothing that is looked up on the way can disturb them.
 *
 * @module
 */
import {
  type AnyType,
  argument,
  type Arguments,
  BytesElement,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  delEvent,
  type ElementView,
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
import { createUnconfiguredList, listType } from "../lists/list_type.ts";
import { setType } from "../sets/set_type.ts";
import { zsetType } from "../zsets/zset_type.ts";
import { Items } from "./items.ts";
import { partialSort } from "./partial_sort.ts";
import { parsePattern, type Pattern, PatternReader } from "./pattern.ts";
import { scoreOf } from "./score.ts";
import { stableSort } from "./stable_sort.ts";

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
const NOTHING = new BytesElement();

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

/** Which items are replied or stored: those at some places of their order. */
interface Chosen extends Part {
  readonly items: Items;
}

/** Places from `first` to before `end`. */
interface Part {
  readonly first: number;
  readonly end: number;
}

/** A cache: the arrays of the last command; null while a command uses them. */
const spare: { items: Items | null } = { items: null };

function sort(context: CommandContext): void {
  answer(context, parseOptions(context.args, true));
}

function sortRo(context: CommandContext): void {
  answer(context, parseOptions(context.args, false));
}

function answer(context: CommandContext, options: SortOptions): void {
  const items = spare.items ?? new Items();
  spare.items = null;
  items.clear();
  const chosen = choose(context, options, items);
  if (options.storeAt === 0) replyAll(context, options, chosen);
  else store(context, options, chosen);
  if (items.isSmall) spare.items = items;
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
      by = parsePattern(args, ++i);
      // Without a place for the element, all would be compared by the same.
      if (by.before === null) unsorted = true;
    } else if (args.is(i, "GET") && left >= 1) wanted.push(parsePattern(args, ++i));
    else throw SYNTAX_ERROR;
  }
  return { descending, alpha, unsorted, by, wanted, offset, count, storeAt };
}

function choose(context: CommandContext, options: SortOptions, items: Items): Chosen {
  const entry = context.db.lookup(context.args.key(1));
  const type = entry === 0 ? null : context.db.typeOf(entry);
  const isSet = type === setType;
  // A stored list must not depend on the order that a set happens to have.
  const named = options.unsorted && isSet && options.storeAt > 0;
  const { unsorted, alpha, by } = named ? { unsorted: false, alpha: true, by: null } : options;
  const keepsOrder = unsorted && !isSet;
  readItems(context, type, items, (total) => keepsOrder ? partInOrder(options, total) : { first: 0, end: total });
  const { count, order } = items;
  if (keepsOrder) {
    if (options.descending) order.subarray(0, count).reverse();
    return { items, first: 0, end: count };
  }
  const { first, end } = partOf(options, count);
  if (!unsorted) {
    items.alpha = alpha;
    items.descending = options.descending;
    weigh(context, items, by);
    if (alpha && options.storeAt === 0) items.cutWeightsAtZero();
    if (by !== null && end - first < count) partialSort(order, count, items, ...lookedAt(first, end, count));
    else stableSort(order, items.spareOrder, count, items);
  }
  return { items, first, end };
}

/** The places that `LIMIT` names, of so many. */
function partOf({ offset, count }: SortOptions, total: number): Part {
  const first = Math.min(Math.max(offset, 0), total);
  return { first, end: count < 0 ? total : Math.min(first + count, total) };
}

/** Where those are in what is not sorted. */
function partInOrder(options: SortOptions, total: number): Part {
  const { first, end } = partOf(options, total);
  return options.descending ? { first: total - end, end: total - first } : { first, end };
}

/** Reads elements: of a sorted set by score; of a set all, else the part that is asked for. */
function readItems(
  { args, db }: CommandContext,
  type: AnyType | null,
  items: Items,
  partOf: (total: number) => Part,
): void {
  const key = args.key(1);
  if (type === listType) {
    const list = db.write(key, listType)!;
    const { first, end } = partOf(list.count);
    if (list.seek(first)) list.forEachHere(end - first, (element) => items.add(element));
  } else if (type === setType) db.write(key, setType)!.forEach((member) => items.add(member));
  else if (type === zsetType) {
    const zset = db.write(key, zsetType)!;
    zset.useTable(); // as a C server does, which `OBJECT ENCODING` and `DUMP` show
    const { first, end } = partOf(zset.count);
    if (first === end) return;
    zset.seek(first);
    for (let left = end - first; left > 0; left--) {
      items.add(zset.member);
      zset.next();
    }
  } else if (type !== null) throw WRONG_TYPE;
}

/** Finds out what the items are compared by. */
function weigh(context: CommandContext, items: Items, by: Pattern | null): void {
  if (by === null && items.alpha) return;
  const reader = by === null ? null : new PatternReader(context);
  const { count, scores } = items;
  for (let item = 0; item < count; item++) {
    if (reader === null && scores[item] === scores[item]) continue;
    const element = items.element(item);
    const weight = reader === null ? element : reader.read(by!, element);
    if (items.alpha) items.setWeight(item, weight);
    else scores[item] = weight === null ? 0 : scoreOfView(weight);
    if (!items.alpha && scores[item] !== scores[item]) throw NO_SCORE;
  }
}

function scoreOfView(view: ElementView): number {
  return view.isInteger ? Number(view.exactInteger) : scoreOf(view.bytes, view.start, view.length);
}

/** The first and the last index of the part that is wanted; of a part behind the end, the last item stands for it. */
function lookedAt(first: number, end: number, count: number): [first: number, last: number] {
  return first < count ? [first, end - 1] : [count - 1, count - 2];
}

/** Calls `visit` with each result: an item, or what is wanted of it; null where that does not exist. */
function forEachResult(
  context: CommandContext,
  { wanted }: SortOptions,
  { items, first, end }: Chosen,
  visit: (result: ElementView | null) => void,
): void {
  const reader = wanted.length === 0 ? null : new PatternReader(context);
  for (let i = first; i < end; i++) {
    if (reader === null) visit(items.element(items.order[i]));
    else for (const pattern of wanted) visit(reader.read(pattern, items.element(items.order[i])));
  }
}

function resultCount({ wanted }: SortOptions, { first, end }: Chosen): number {
  return (end - first) * Math.max(1, wanted.length);
}

function replyAll(context: CommandContext, options: SortOptions, chosen: Chosen): void {
  const { reply } = context;
  reply.array(resultCount(options, chosen));
  forEachResult(context, options, chosen, (result) => {
    if (result === null) reply.null();
    else reply.element(result);
  });
}

/**
 * Copies of what is wanted. What is looked up may be a list that expires and is opened to be freed: the one that is made must
 * not be open meanwhile.
 */
function lookUp(context: CommandContext, options: SortOptions, chosen: Chosen): Chosen {
  const items = new Items();
  forEachResult(context, options, chosen, (result) => items.add(result ?? NOTHING));
  return { items, first: 0, end: items.count };
}

/** Makes a list of the results the value of a key, with the usual limits, as C does; where there is none, the key is removed. */
function store(context: CommandContext, options: SortOptions, chosen: Chosen): void {
  const { args, config, db, reply } = context;
  const key = args.key(options.storeAt);
  const count = resultCount(options, chosen);
  if (count === 0) {
    if (db.remove(key, config.get(lazyfreeLazyServerDel))) db.changed(key, delEvent);
    return reply.integer(0);
  }
  const { items, first, end } = options.wanted.length === 0 ? chosen : lookUp(context, options, chosen);
  const root = db.newRoot();
  const list = createUnconfiguredList(root);
  try {
    for (let i = first; i < end; i++) {
      const { bytes, start, length } = items.element(items.order[i]);
      list.push(false, bytes, start, length);
    }
    db.adopt(key, listType, root);
  } catch (error) {
    listType.free(listType.open(root));
    throw error;
  }
  db.changed(key, sortstoreEvent, count);
  reply.integer(count);
}
