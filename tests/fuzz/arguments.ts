/**
 * The arguments that the command fuzzer makes, by kind.
 *
 * Keys are few, so that commands meet on them. Values are small, so that a run is fast, but cross the borders where
 * encodings change. Times to live are far in the future, past or wrong, never close: two servers do not run a command in the
 * same millisecond, and a key that falls due between them would be a false alarm.
 *
 * @module
 */
import type { Argument } from "../support/bytes.ts";
import type { SeededRandom } from "./seeded_random.ts";

const keyNames: Argument[] = ["a", "b", "c", "key:1", "key:2", "", Uint8Array.of(0, 255, 13, 10), "k".repeat(300)];

const edgeIntegers = [
  "0",
  "1",
  "-1",
  "127",
  "-128",
  "128",
  "32767",
  "32768",
  "9999",
  "10000",
  "2147483647",
  "-2147483648",
  "2147483648",
  "4294967296",
  "9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
];

const wrongIntegers = ["abc", "", " 1", "1 ", "01", "+1", "-0", "1.5", "0x10", "9223372036854775808", "1e3"];

const farSeconds = (random: SeededRandom) => String(random.integer(100_000, 1_000_000_000));
const pastOrWrongTimes = ["0", "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775", "abc", ""];

function integer(random: SeededRandom): string {
  if (random.chance(0.1)) return random.pick(wrongIntegers);
  return random.chance(0.4) ? random.pick(edgeIntegers) : String(random.integer(-100, 100));
}

function float(random: SeededRandom): string {
  if (random.chance(0.1)) return random.pick(["abc", "", "nan", "inf", "-inf", "1e400", " 1", "1.2.3", "1e"]);
  if (random.chance(0.2)) return random.pick(["0", "-0", "1e3", "1E-3", ".5", "5.", "+1", "3.0", "1e17", "-1.5e-5"]);
  return (random.integer(-1_000_000, 1_000_000) / 10 ** random.integer(0, 6)).toString();
}

function value(random: SeededRandom): Argument {
  if (random.chance(0.35)) return integer(random);
  if (random.chance(0.1)) return float(random);
  const length = random.pick([0, 1, 3, 11, 12, 20, 21, 43, 44, 45, 63, 64, 65, 200, 1000]);
  if (random.chance(0.3)) return anyBytes(random, length);
  return random.pick(["a", "ab", "abc", "hello "]).repeat(length).slice(0, length);
}

/** Random bytes, zeros included: they are safe inside a bulk string. */
function anyBytes(random: SeededRandom, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.integer(0, 255));
}

function score(random: SeededRandom): string {
  if (random.chance(0.3)) return float(random);
  return String(random.integer(-40, 40) / random.pick([1, 1, 1, 2, 10]));
}

function degrees(random: SeededRandom, max: number): string {
  if (random.chance(0.05)) return float(random);
  return String(random.integer(-max * 10_000, max * 10_000) / 10_000);
}

function pastOr(future: (random: SeededRandom) => string): (random: SeededRandom) => string {
  return (random) => random.chance(0.3) ? random.pick(pastOrWrongTimes) : future(random);
}

const wrongStreamIds = [
  "0",
  "0-0",
  "abc",
  "-",
  "+",
  "$",
  ">",
  "5-",
  "-5",
  "1-1-1",
  "18446744073709551615-18446744073709551615",
  "9-*",
];
/** New entries get ascending ids, or hardly any would be added; the newest of each run. */
const newestMs = new WeakMap<SeededRandom, number>();

function newStreamId(random: SeededRandom): string {
  const ms = (newestMs.get(random) ?? 0) + 1;
  newestMs.set(random, ms);
  return `${ms}-${random.integer(0, 2)}`;
}

function streamId(random: SeededRandom): string {
  const ms = Math.max(0, (newestMs.get(random) ?? 0) - random.integer(0, 40));
  return random.chance(0.3) ? String(ms) : `${ms}-${random.integer(0, 2)}`;
}

const makers: Record<string, (random: SeededRandom) => Argument> = {
  key: (random) => random.pick(keyNames),
  value,
  field: (random) => random.chance(0.7) ? `f${random.integer(0, 20)}` : value(random),
  integer,
  float,
  /** Seconds from now. */
  ttl: pastOr(farSeconds),
  /** Milliseconds from now. */
  ttlMs: pastOr((random) => farSeconds(random) + "000"),
  /** Seconds since 1970. */
  time: pastOr((random) => random.chance(0.2) ? "1000000000" : String(random.integer(30_000_000_000, 40_000_000_000))),
  /** Milliseconds since 1970. */
  timeMs: pastOr((random) => random.chance(0.2) ? "1" : String(random.integer(30_000_000_000_000, 40_000_000_000_000))),
  database: (random) => random.chance(0.1) ? random.pick(["16", "-1", "abc", ""]) : String(random.integer(0, 3)),
  offset: (random) => random.chance(0.1) ? integer(random) : String(random.integer(-1, 1000)),
  index: (random) => random.chance(0.15) ? integer(random) : String(random.integer(-50, 50)),
  pattern: (random) => random.pick(["*", "a*", "?", "key:[0-9]", "[a-b]", "[^a]", "", "k*k", "\\a", "*1", "nosuch"]),
  type: (random) => random.pick(["string", "list", "nosuch"]),
  member: (random) => random.chance(0.6) ? `m${random.integer(0, 20)}` : value(random),
  setInteger: (random) => random.chance(0.05) ? integer(random) : String(random.integer(-8, 8)),
  bitOffset: (random) =>
    random.chance(0.1)
      ? random.pick(["-1", "4294967296", "abc", "", "#-1", "#1000"])
      : `${random.pick(["", "", "#"])}${random.integer(0, 500)}`,
  bitType: (random) =>
    random.chance(0.05)
      ? random.pick(["u64", "i65", "u0", "x8", "i"])
      : `${random.pick(["u", "i"])}${random.integer(1, 63)}`,
  streamId: (random) => random.chance(0.03) ? random.pick(wrongStreamIds) : streamId(random),
  newStreamId: (random) => random.chance(0.05) ? random.pick(wrongStreamIds) : newStreamId(random),
  streamField: (random) => random.chance(0.8) ? random.pick(["a", "b", "c"]) : value(random),
  group: (random) => random.pick(["g", "h"]),
  consumer: (random) => random.pick(["alice", "bob", "carol"]),
  /** Keys that hold lists: the elements of a hash table have no order to compare. */
  sortKey: (random) => random.pick(["s1", "s2", "s3"]),
  /** Keys that are likely to hold sorted sets. */
  zkey: (random) => random.chance(0.05) ? random.pick(keyNames) : random.pick(["z1", "z2", "z3", "z4"]),
  zmember: (random) => random.chance(0.1) ? value(random) : `m${random.integer(0, 60)}`,
  lexMember: (random) => random.pick(["", "a", "zz", "10", "-1"]) + String(random.integer(0, 20)),
  score,
  scoreBound: (random) => random.pick(["", "", "("]) + score(random),
  memberBound: (random) => random.pick(["-", "+", "[", "("]) + random.pick(["", "", "a", "1", "a1", "105", "3", "zz"]),
  longitude: (random) => degrees(random, 180),
  latitude: (random) => degrees(random, 85.05),
  metres: (random) => (10 ** (random.integer(0, 7500) / 1000)).toFixed(3),
  garbage: (random) =>
    random.pick<Argument>(["abc", "", "-5", "123456789", "NX", "EX", "GET", "LIMIT", random.bytes(3)]),
};

/** An argument of the kind. Throws on a kind that there is not. */
export function makeArgument(kind: string, random: SeededRandom): Argument {
  const make = makers[kind];
  if (!make) throw new Error(`no argument is of kind <${kind}>`);
  return make(random);
}
