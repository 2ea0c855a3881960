/**
 * Adding places and asking for them: a geospatial index is a sorted set whose scores are geohashes.
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandArgument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  oneKey,
  ReplyError,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { addScores, scoreArgument, type ScoredArgument } from "../zsets/add.ts";
import type { SortedSet } from "../zsets/sorted_set.ts";
import { zsetType } from "../zsets/zset_type.ts";
import { decode, encode, geohashString, LATITUDE_MAX, LONGITUDE_MAX, type Place } from "./geohash.ts";
import { replyCoordinates, replyDistance } from "./replies.ts";
import { distanceBetween } from "./shape.ts";
import { metresPer } from "./units.ts";

/** Adding places, asking for positions, distances, geohashes. */
export const placeCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "GEOADD",
    summary: "Add one or more geospatial items in the geospatial index represented using a sorted set",
    since: "3.2.0",
    group: "geo",
    complexity: "O(log(N)) for each item added, where N is the number of elements in the sorted set.",
    arity: -5,
    flags: ["write", "denyoom"],
    categories: ["geo"],
    keys: [oneKey("RW", "update")],
    arguments: [
      argument.key("key", 0),
      argument.oneOf("condition", [argument.token("nx", "NX"), argument.token("xx", "XX")], {
        since: "6.2.0",
        optional: true,
      }),
      argument.token("change", "CH", { since: "6.2.0", optional: true }),
      argument.block("longitude_latitude_member", [
        argument.double("longitude"),
        argument.double("latitude"),
        argument.string("member"),
      ], { multiple: true }),
    ],
    history: [["6.2.0", "Added the `CH`, `NX` and `XX` options."]],
    run: geoadd,
  }),
  defineCommand({
    name: "GEOPOS",
    summary: "Returns longitude and latitude of members of a geospatial index",
    since: "3.2.0",
    group: "geo",
    complexity: "O(N) where N is the number of members requested.",
    arity: -2,
    flags: ["readonly"],
    categories: ["geo"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("member", { multiple: true })],
    run: geopos,
  }),
  defineCommand({
    name: "GEODIST",
    summary: "Returns the distance between two members of a geospatial index",
    since: "3.2.0",
    group: "geo",
    complexity: "O(log(N))",
    arity: -4,
    flags: ["readonly"],
    categories: ["geo"],
    keys: [oneKey("RO", "access")],
    arguments: [
      argument.key("key", 0),
      argument.string("member1"),
      argument.string("member2"),
      argument.oneOf("unit", [
        argument.token("m", "M"),
        argument.token("km", "KM"),
        argument.token("ft", "FT"),
        argument.token("mi", "MI"),
      ], { optional: true }),
    ],
    run: geodist,
  }),
  defineCommand({
    name: "GEOHASH",
    summary: "Returns members of a geospatial index as standard geohash strings",
    since: "3.2.0",
    group: "geo",
    complexity: "O(log(N)) for each member requested, where N is the number of elements in the sorted set.",
    arity: -2,
    flags: ["readonly"],
    categories: ["geo"],
    keys: [oneKey("RO", "access")],
    arguments: [argument.key("key", 0), argument.string("member", { multiple: true })],
    run: geohash,
  }),
];

function geoadd(context: CommandContext): void {
  const { args } = context;
  let first = 2;
  let mustExist: boolean | null = null;
  let countsChanges = false;
  let contradicts = false;
  for (; first < args.count; first++) {
    if (args.is(first, "NX") || args.is(first, "XX")) {
      const asked = args.is(first, "XX");
      if (mustExist !== null && mustExist !== asked) contradicts = true;
      mustExist = asked;
    } else if (args.is(first, "CH")) countsChanges = true;
    else break;
  }
  if ((args.count - first) % 3 !== 0 || contradicts) throw SYNTAX_ERROR;
  const places: ScoredArgument[] = [];
  for (let i = first; i < args.count; i += 3) {
    places.push({ member: i + 2, score: encode(placeArgument(args, i)) });
  }
  if (places.length === 0) throw SYNTAX_ERROR;
  const hasChanged = addScores(context, places, { mustExist, countsChanges });
  if (hasChanged && context.propagates) propagateAsScores(context, first, places);
}

/** Two arguments as longitude and latitude. */
export function placeArgument(args: Arguments, i: number): Place {
  const longitude = scoreArgument(args, i);
  const latitude = scoreArgument(args, i + 1);
  if (Math.abs(longitude) > LONGITUDE_MAX || Math.abs(latitude) > LATITUDE_MAX) {
    throw new ReplyError(`ERR invalid longitude,latitude pair ${fixed(longitude)},${fixed(latitude)}`);
  }
  return { longitude, latitude };
}

function fixed(degrees: number): string {
  if (Object.is(degrees, -0)) return "-0.000000";
  if (!Number.isFinite(degrees)) return degrees > 0 ? "inf" : "-inf";
  return Math.abs(degrees) < 1e21 ? degrees.toFixed(6) : `${BigInt(degrees)}.000000`;
}

function propagateAsScores(context: CommandContext, first: number, places: readonly ScoredArgument[]): void {
  const { args } = context;
  const words: CommandArgument[] = [];
  for (let i = 1; i < first; i++) words.push(args.view(i));
  for (const { member, score } of places) words.push(score, args.view(member));
  context.propagate("zadd", ...words);
}

const found: Place = { longitude: 0, latitude: 0 };

function geopos({ args, db, reply }: CommandContext): void {
  const zset = db.read(args.key(1), zsetType);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    if (findPlace(zset, args, i, found)) replyCoordinates(reply, found);
    else reply.nullArray();
  }
}

function geohash({ args, db, reply }: CommandContext): void {
  const zset = db.read(args.key(1), zsetType);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    if (findPlace(zset, args, i, found)) reply.text(geohashString(found));
    else reply.null();
  }
}

function geodist({ args, db, reply }: CommandContext): void {
  const metres = args.count === 5 ? metresPer(args, 4) : 1;
  if (args.count > 5) throw SYNTAX_ERROR;
  const zset = db.read(args.key(1), zsetType);
  if (!findPlace(zset, args, 2, found)) return reply.null();
  const { longitude, latitude } = found;
  if (!findPlace(zset, args, 3, found)) return reply.null();
  replyDistance(reply, distanceBetween(longitude, latitude, found.longitude, found.latitude) / metres);
}

/** Looks for the place of a member; false where there is none. */
export function findPlace(zset: SortedSet | null, args: Arguments, i: number, place: Place): boolean {
  if (zset === null || !zset.find(args.buffer, args.start(i), args.size(i))) return false;
  decode(zset.score, place);
  return true;
}
