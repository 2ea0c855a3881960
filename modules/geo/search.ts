/**
 * Searching an area. One function reads the options of all these commands, one finds the members, and what was found is
 * replied or stored.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  keyAt,
  keyEvent,
  keysAfter,
  oneKey,
  ReplyError,
  type ReplyWriter,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { scoreArgument } from "../zsets/add.ts";
import { SortedSet } from "../zsets/sorted_set.ts";
import { storeResult } from "../zsets/store.ts";
import { zsetType } from "../zsets/zset_type.ts";
import { bitsOf, decode, type Place, scoreOf } from "./geohash.ts";
import { findPlace, placeArgument } from "./places.ts";
import { replyCoordinates, replyDistance } from "./replies.ts";
import { cellsOf, Circle, distanceWithin, type Shape } from "./shape.ts";
import { metresPer } from "./units.ts";

const NO_SUCH_MEMBER = new ReplyError("ERR could not decode requested zset member");
const BAD_RADIUS = new ReplyError("ERR need numeric radius");
const NEGATIVE_RADIUS = new ReplyError("ERR radius cannot be negative");
const BAD_WIDTH = new ReplyError("ERR need numeric width");
const BAD_HEIGHT = new ReplyError("ERR need numeric height");
const NEGATIVE_BOX = new ReplyError("ERR height or width cannot be negative");
const BAD_COUNT = new ReplyError("ERR COUNT must be > 0");
const ANY_WITHOUT_COUNT = new ReplyError("ERR the ANY argument requires COUNT argument");
const STORES_MORE = new ReplyError(
  "ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD options",
);
const SEARCH_STORES_MORE = new ReplyError(
  "ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options",
);

const georadiusstoreEvent = keyEvent("sortedSet", "georadiusstore");
const geosearchstoreEvent = keyEvent("sortedSet", "geosearchstore");

/** Searching. */
export const searchCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "GEOSEARCH",
    summary: "Query a sorted set representing a geospatial index to fetch members inside an area of a box or a circle.",
    since: "6.2.0",
    group: "geo",
    complexity:
      "O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around the shape provided as the filter and M is the number of items inside the shape",
    arity: -7,
    flags: ["readonly"],
    categories: ["geo"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.oneOf("from", [
        argument.string("member", { token: "FROMMEMBER" }),
        argument.block("longitude_latitude", [argument.double("longitude"), argument.double("latitude")], {
          token: "FROMLONLAT",
        }),
      ]),
      argument.oneOf("by", [
        argument.block("circle", [
          argument.double("radius", { token: "BYRADIUS" }),
          argument.oneOf("unit", [
            argument.token("m", "M"),
            argument.token("km", "KM"),
            argument.token("ft", "FT"),
            argument.token("mi", "MI"),
          ]),
        ]),
        argument.block("box", [
          argument.double("width", { token: "BYBOX" }),
          argument.double("height"),
          argument.oneOf("unit", [
            argument.token("m", "M"),
            argument.token("km", "KM"),
            argument.token("ft", "FT"),
            argument.token("mi", "MI"),
          ]),
        ]),
      ]),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
      argument.block("count", [
        argument.integer("count", { token: "COUNT" }),
        argument.token("any", "ANY", { optional: true }),
      ], { optional: true }),
      argument.token("withcoord", "WITHCOORD", { optional: true }),
      argument.token("withdist", "WITHDIST", { optional: true }),
      argument.token("withhash", "WITHHASH", { optional: true }),
    ],
    history: [["7.0.0", "Added support for uppercase unit names."]],
    run: geosearch,
  }),
  defineCommand({
    name: "GEOSEARCHSTORE",
    summary:
      "Query a sorted set representing a geospatial index to fetch members inside an area of a box or a circle, and store the result in another key.",
    since: "6.2.0",
    group: "geo",
    complexity:
      "O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around the shape provided as the filter and M is the number of items inside the shape",
    arity: -8,
    flags: ["write", "denyoom"],
    categories: ["geo"],
    keys: [oneKey("OW", "update"), keyAt(2, "RO", "access")],
    arguments: [
      argument.key("destination", 0),
      argument.key("source", 1),
      argument.oneOf("from", [
        argument.string("member", { token: "FROMMEMBER" }),
        argument.block("longitude_latitude", [argument.double("longitude"), argument.double("latitude")], {
          token: "FROMLONLAT",
        }),
      ]),
      argument.oneOf("by", [
        argument.block("circle", [
          argument.double("radius", { token: "BYRADIUS" }),
          argument.oneOf("unit", [
            argument.token("m", "M"),
            argument.token("km", "KM"),
            argument.token("ft", "FT"),
            argument.token("mi", "MI"),
          ]),
        ]),
        argument.block("box", [
          argument.double("width", { token: "BYBOX" }),
          argument.double("height"),
          argument.oneOf("unit", [
            argument.token("m", "M"),
            argument.token("km", "KM"),
            argument.token("ft", "FT"),
            argument.token("mi", "MI"),
          ]),
        ]),
      ]),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
      argument.block("count", [
        argument.integer("count", { token: "COUNT" }),
        argument.token("any", "ANY", { optional: true }),
      ], { optional: true }),
      argument.token("storedist", "STOREDIST", { optional: true }),
    ],
    history: [["7.0.0", "Added support for uppercase unit names."]],
    run: geosearchstore,
  }),
  defineCommand({
    name: "GEORADIUS",
    summary:
      "Query a sorted set representing a geospatial index to fetch members matching a given maximum distance from a point",
    since: "3.2.0",
    group: "geo",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.",
    deprecated: { since: "6.2.0", replacedBy: "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument" },
    arity: -6,
    flags: ["write", "denyoom"],
    categories: ["geo"],
    keys: [
      oneKey("RO", "access"),
      keysAfter("STORE", { startFrom: 6 }, "OW", "update"),
      keysAfter("STOREDIST", { startFrom: 6 }, "OW", "update"),
    ],
    arguments: [
      argument.key("key", 0),
      argument.double("longitude"),
      argument.double("latitude"),
      argument.double("radius"),
      argument.oneOf("unit", [
        argument.token("m", "M"),
        argument.token("km", "KM"),
        argument.token("ft", "FT"),
        argument.token("mi", "MI"),
      ]),
      argument.token("withcoord", "WITHCOORD", { optional: true }),
      argument.token("withdist", "WITHDIST", { optional: true }),
      argument.token("withhash", "WITHHASH", { optional: true }),
      argument.block("count", [
        argument.integer("count", { token: "COUNT" }),
        argument.token("any", "ANY", { since: "6.2.0", optional: true }),
      ], { optional: true }),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
      argument.key("key", 1, { token: "STORE", optional: true }),
      argument.key("key", 2, { token: "STOREDIST", optional: true }),
    ],
    history: [
      ["6.2.0", "Added the `ANY` option for `COUNT`."],
      ["7.0.0", "Added support for uppercase unit names."],
    ],
    run: georadius,
  }),
  defineCommand({
    name: "GEORADIUS_RO",
    summary: "A read-only variant for GEORADIUS",
    since: "3.2.10",
    group: "geo",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.",
    deprecated: { since: "6.2.0", replacedBy: "`GEOSEARCH` with the `BYRADIUS` argument" },
    arity: -6,
    flags: ["readonly"],
    categories: ["geo"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.double("longitude"),
      argument.double("latitude"),
      argument.double("radius"),
      argument.oneOf("unit", [
        argument.token("m", "M"),
        argument.token("km", "KM"),
        argument.token("ft", "FT"),
        argument.token("mi", "MI"),
      ]),
      argument.token("withcoord", "WITHCOORD", { optional: true }),
      argument.token("withdist", "WITHDIST", { optional: true }),
      argument.token("withhash", "WITHHASH", { optional: true }),
      argument.block("count", [
        argument.integer("count", { token: "COUNT" }),
        argument.token("any", "ANY", { since: "6.2.0", optional: true }),
      ], { optional: true }),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
    ],
    history: [["6.2.0", "Added the `ANY` option for `COUNT`."]],
    run: georadiusRo,
  }),
  defineCommand({
    name: "GEORADIUSBYMEMBER",
    summary:
      "Query a sorted set representing a geospatial index to fetch members matching a given maximum distance from a member",
    since: "3.2.0",
    group: "geo",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.",
    deprecated: {
      since: "6.2.0",
      replacedBy: "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments",
    },
    arity: -5,
    flags: ["write", "denyoom"],
    categories: ["geo"],
    keys: [
      oneKey("RO", "access"),
      keysAfter("STORE", { startFrom: 5 }, "OW", "update"),
      keysAfter("STOREDIST", { startFrom: 5 }, "OW", "update"),
    ],
    arguments: [
      argument.key("key", 0),
      argument.string("member"),
      argument.double("radius"),
      argument.oneOf("unit", [
        argument.token("m", "M"),
        argument.token("km", "KM"),
        argument.token("ft", "FT"),
        argument.token("mi", "MI"),
      ]),
      argument.token("withcoord", "WITHCOORD", { optional: true }),
      argument.token("withdist", "WITHDIST", { optional: true }),
      argument.token("withhash", "WITHHASH", { optional: true }),
      argument.block("count", [
        argument.integer("count", { token: "COUNT" }),
        argument.token("any", "ANY", { optional: true }),
      ], { optional: true }),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
      argument.key("key", 1, { token: "STORE", optional: true }),
      argument.key("key", 2, { token: "STOREDIST", optional: true }),
    ],
    history: [["7.0.0", "Added support for uppercase unit names."]],
    run: georadiusbymember,
  }),
  defineCommand({
    name: "GEORADIUSBYMEMBER_RO",
    summary: "A read-only variant for GEORADIUSBYMEMBER",
    since: "3.2.10",
    group: "geo",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.",
    deprecated: { since: "6.2.0", replacedBy: "`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments" },
    arity: -5,
    flags: ["readonly"],
    categories: ["geo"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("member"),
      argument.double("radius"),
      argument.oneOf("unit", [
        argument.token("m", "M"),
        argument.token("km", "KM"),
        argument.token("ft", "FT"),
        argument.token("mi", "MI"),
      ]),
      argument.token("withcoord", "WITHCOORD", { optional: true }),
      argument.token("withdist", "WITHDIST", { optional: true }),
      argument.token("withhash", "WITHHASH", { optional: true }),
      argument.block("count", [
        argument.integer("count", { token: "COUNT" }),
        argument.token("any", "ANY", { optional: true }),
      ], { optional: true }),
      argument.oneOf("order", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], { optional: true }),
    ],
    run: georadiusbymemberRo,
  }),
];

/** What a command says by its name. */
interface Form {
  /** Positions of the key and of the first option. */
  readonly keyAt: number;
  readonly optionsAt: number;
  /** Where the centre stands, if it is not an option. */
  readonly centre: "place" | "member" | "option";
  readonly mayStore: boolean;
}

const GEORADIUS: Form = { keyAt: 1, optionsAt: 6, centre: "place", mayStore: true };
const GEORADIUS_RO: Form = { ...GEORADIUS, mayStore: false };
const GEORADIUSBYMEMBER: Form = { keyAt: 1, optionsAt: 5, centre: "member", mayStore: true };
const GEORADIUSBYMEMBER_RO: Form = { ...GEORADIUSBYMEMBER, mayStore: false };
const GEOSEARCH: Form = { keyAt: 1, optionsAt: 2, centre: "option", mayStore: false };
const GEOSEARCHSTORE: Form = { keyAt: 2, optionsAt: 3, centre: "option", mayStore: false };

function georadius(context: CommandContext): void {
  search(context, GEORADIUS);
}

function georadiusRo(context: CommandContext): void {
  search(context, GEORADIUS_RO);
}

function georadiusbymember(context: CommandContext): void {
  search(context, GEORADIUSBYMEMBER);
}

function georadiusbymemberRo(context: CommandContext): void {
  search(context, GEORADIUSBYMEMBER_RO);
}

function geosearch(context: CommandContext): void {
  search(context, GEOSEARCH);
}

function geosearchstore(context: CommandContext): void {
  search(context, GEOSEARCHSTORE);
}

/** What is asked for. */
interface Query {
  shape: Shape | null;
  /** Metres of the unit in which lengths are given and distances replied. */
  metres: number;
  withDistance: boolean;
  withScore: boolean;
  withPlace: boolean;
  /** 1 the nearest first, -1 the farthest, 0 as they are found. */
  order: number;
  /** 0: all. */
  count: number;
  /** Whether the first `count` that are found will do. */
  any: boolean;
  /** Position of the key to store to; 0: none. */
  storeAt: number;
  storesDistance: boolean;
}

/** A member within the shape. */
interface Match {
  /** For `goTo` of the set. */
  readonly position: number;
  readonly score: number;
  /** In metres; NaN where nobody asked for it. */
  readonly distance: number;
}

function search(context: CommandContext, form: Form): void {
  const { args, db, reply } = context;
  const zset = db.read(args.key(form.keyAt), zsetType);
  const query = readQuery(args, zset, form);
  const matches = zset === null || query.shape === null ? [] : findMatches(zset, query.shape, query);
  if (query.storeAt > 0) storeMatches(context, zset, matches, query, form);
  else replyMatches(reply, zset, matches, query);
}

function readQuery(args: Arguments, zset: SortedSet | null, form: Form): Query {
  const query: Query = {
    shape: null,
    metres: 1,
    withDistance: false,
    withScore: false,
    withPlace: false,
    order: 0,
    count: 0,
    any: false,
    storeAt: form === GEOSEARCHSTORE ? 1 : 0,
    storesDistance: false,
  };
  let centre: Place | null = null;
  let hasCentre = false;
  if (form.centre !== "option") {
    centre = form.centre === "place" ? placeArgument(args, 2) : memberPlace(zset, args, 2);
    hasCentre = true;
    // Round a member of no set, Redis does not even look at the radius.
    if (form.centre === "place" || zset !== null) query.shape = readCircle(args, form.optionsAt - 2, query);
  }
  let hasShape = hasCentre;
  for (let i = form.optionsAt; i < args.count; i++) {
    const left = args.count - i - 1;
    if (args.is(i, "WITHDIST")) query.withDistance = true;
    else if (args.is(i, "WITHHASH")) query.withScore = true;
    else if (args.is(i, "WITHCOORD")) query.withPlace = true;
    else if (args.is(i, "ANY")) query.any = true;
    else if (args.is(i, "ASC")) query.order = 1;
    else if (args.is(i, "DESC")) query.order = -1;
    else if (left >= 1 && args.is(i, "COUNT")) {
      query.count = args.integer(++i);
      if (query.count <= 0) throw BAD_COUNT;
    } else if (left >= 1 && form.mayStore && (args.is(i, "STORE") || args.is(i, "STOREDIST"))) {
      query.storesDistance = args.is(i, "STOREDIST");
      query.storeAt = ++i;
    } else if (left >= 1 && form.centre === "option" && !hasCentre && args.is(i, "FROMMEMBER")) {
      hasCentre = true;
      centre = memberPlace(zset, args, ++i);
    } else if (left >= 2 && form.centre === "option" && !hasCentre && args.is(i, "FROMLONLAT")) {
      hasCentre = true;
      centre = placeArgument(args, i + 1);
      i += 2;
    } else if (left >= 2 && form.centre === "option" && !hasShape && args.is(i, "BYRADIUS")) {
      hasShape = true;
      query.shape = readCircle(args, i + 1, query);
      i += 2;
    } else if (left >= 3 && form.centre === "option" && !hasShape && args.is(i, "BYBOX")) {
      hasShape = true;
      query.shape = readBox(args, i + 1, query);
      i += 3;
    } else if (form === GEOSEARCHSTORE && args.is(i, "STOREDIST")) query.storesDistance = true;
    else throw SYNTAX_ERROR;
  }
  checkQuery(args, query, form, hasCentre, hasShape);
  query.shape = centre === null ? null : { ...query.shape!, centre };
  return query;
}

function checkQuery(args: Arguments, query: Query, form: Form, hasCentre: boolean, hasShape: boolean): void {
  if (query.storeAt > 0 && (query.withDistance || query.withScore || query.withPlace)) {
    throw form === GEOSEARCHSTORE ? SEARCH_STORES_MORE : STORES_MORE;
  }
  if (!hasCentre) {
    throw new ReplyError(`ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${args.text(0)}`);
  }
  if (!hasShape) throw new ReplyError(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${args.text(0)}`);
  if (query.any && query.count === 0) throw ANY_WITHOUT_COUNT;
  if (query.count > 0 && query.order === 0 && !query.any) query.order = 1;
}

/** The place of a member that must be there; null where there is no set at all. */
function memberPlace(zset: SortedSet | null, args: Arguments, i: number): Place | null {
  if (zset === null) return null;
  const found = { longitude: 0, latitude: 0 };
  if (!findPlace(zset, args, i, found)) throw NO_SUCH_MEMBER;
  return found;
}

/** The place that is looked at. */
const place: Place = { longitude: 0, latitude: 0 };

const NOWHERE: Place = { longitude: 0, latitude: 0 };

function readCircle(args: Arguments, i: number, query: Query): Shape {
  const radius = scoreArgument(args, i, BAD_RADIUS);
  if (radius < 0) throw NEGATIVE_RADIUS;
  query.metres = metresPer(args, i + 1);
  return { centre: NOWHERE, radius: radius * query.metres, width: 0, height: 0 };
}

function readBox(args: Arguments, i: number, query: Query): Shape {
  const width = scoreArgument(args, i, BAD_WIDTH);
  const height = scoreArgument(args, i + 1, BAD_HEIGHT);
  if (width < 0 || height < 0) throw NEGATIVE_BOX;
  query.metres = metresPer(args, i + 2);
  return { centre: NOWHERE, radius: null, width: width * query.metres, height: height * query.metres };
}

/** The members within a shape, those that are wanted. */
function findMatches(zset: SortedSet, shape: Shape, query: Query): Match[] {
  const { any, count, order } = query;
  const matches: Match[] = [];
  const limit = any ? count : Infinity;
  const measures = order !== 0 || query.withDistance || query.storesDistance;
  const circle = shape.radius === null ? null : new Circle(shape.centre, shape.radius);
  for (const cell of cellsOf(shape)) {
    const bits = bitsOf(cell);
    const from = zset.countBelow(scoreOf(bits, cell.steps), false);
    const to = zset.countBelow(scoreOf(bits + 1, cell.steps), false);
    if (from === to) continue;
    zset.seek(from);
    for (let left = to - from; left > 0 && matches.length < limit; left--) {
      const score = zset.walkedScore;
      decode(score, place);
      const side = circle === null ? 0 : circle.side(place);
      const distance = side < 0 || (side > 0 && !measures) ? NaN : distanceWithin(shape, place);
      if (side > 0 || distance === distance) matches.push({ position: zset.position, score, distance });
      zset.next();
    }
    if (matches.length >= limit) break;
  }
  if (order !== 0) matches.sort((a, b) => (a.distance - b.distance) * order);
  return count > 0 ? matches.slice(0, count) : matches;
}

function replyMatches(reply: ReplyWriter, zset: SortedSet | null, matches: readonly Match[], query: Query): void {
  const { withDistance, withScore, withPlace, metres } = query;
  const details = Number(withDistance) + Number(withScore) + Number(withPlace);
  reply.array(matches.length);
  for (const { position, score, distance } of matches) {
    if (details > 0) reply.array(details + 1);
    zset!.goTo(position);
    reply.element(zset!.member);
    if (withDistance) replyDistance(reply, distance / metres);
    if (withScore) reply.integer(Math.trunc(score));
    if (withPlace) replyCoordinates(reply, decode(score, place));
  }
}

function storeMatches(
  context: CommandContext,
  zset: SortedSet | null,
  matches: readonly Match[],
  query: Query,
  form: Form,
): void {
  const event = form === GEOSEARCHSTORE ? geosearchstoreEvent : georadiusstoreEvent;
  storeResult(context, context.args.key(query.storeAt), event, (root) => {
    const stored = new SortedSet(root.heap).createTable(root);
    for (const { position, score, distance } of matches) {
      zset!.goTo(position);
      stored.addElement(zset!.member, query.storesDistance ? distance / query.metres : score);
    }
    stored.compact();
    return stored;
  }, true);
}
