import { assertEquals } from "@std/assert";
import { type KeyFinder, type KeySpec } from "../api/command.ts";
import { keyAt, keyNumber, keyRange, keysAfter, oneKey, unknownKeys } from "../api/keys.ts";
import { Arguments } from "../protocol/arguments.ts";
import { Flag, KeyUse, namesOf } from "./flags.ts";
import { KeyPositions } from "./key_positions.ts";
import { KeySearch, legacyKeyRange, movableKeysFlag } from "./key_specs.ts";

/** The keys of a line with their flags: `a:RO,access b:OW`. */
function keysOf(specs: KeySpec[], line: string, findKeys?: KeyFinder): string {
  const args = Arguments.of(line.split(" "));
  const keys = new KeyPositions();
  const count = new KeySearch(specs, findKeys).keysOf(args, keys);
  assertEquals(count, keys.count);
  return Array.from(
    { length: count },
    (_, i) => `${args.text(keys.position(i))}:${namesOf(KeyUse, keys.use(i)).join()}`,
  ).join(" ");
}

const mset = [keyRange({ first: 1, last: -1, step: 2 }, "OW", "update")];
const xread = [keysAfter("STREAMS", { startFrom: 1, last: -1, limit: 2 }, "RO")];
const zunionstore = [oneKey("OW"), keyNumber(2, "RO")];
const georadius = [
  oneKey("RO"),
  keysAfter("STORE", { startFrom: 6 }, "OW"),
  keysAfter("STOREDIST", { startFrom: 6 }, "OW"),
];
const fromTheEnd = [keysAfter("KEYS", { startFrom: -2, last: -1 }, "RW")];

Deno.test("key specs: what redis-server 7.0.15 answers to COMMAND GETKEYSANDFLAGS", () => {
  const cases: [specs: KeySpec[], line: string, expected: string][] = [
    [[oneKey("RO", "access")], "get a", "a:RO,access"],
    [[keyRange({ first: 1, last: -2 }, "RW")], "blpop a b 0", "a:RW b:RW"],
    [[keyRange({ first: 1, last: 2 }, "RO")], "lcs a b", "a:RO b:RO"],
    [[keyAt(2, "OW"), keyRange({ first: 3, last: -1 }, "RO")], "bitop and d a b", "d:OW a:RO b:RO"],
    [mset, "mset a 1 b 2", "a:OW,update b:OW,update"],
    [mset, "mset a 1 b", "a:OW,update b:OW,update"],
    [xread, "xread count 1 streams a b 0 0", "a:RO b:RO"],
    [xread, "xread count streams streams a b 0 0", "streams:RO a:RO"],
    [xread, "xread streams a b c", "a:RO"],
    [xread, "XREAD STREAMS a 0", "a:RO"],
    [xread, "xread count 1 2 3", ""],
    [zunionstore, "zunionstore d 2 x y weights 1 2", "d:OW x:RO y:RO"],
    [zunionstore, "zunionstore d 2 x", ""],
    [zunionstore, "zunionstore d 0 x", ""],
    [zunionstore, "zunionstore d -1 x", ""],
    [zunionstore, "zunionstore d many x", ""],
    [zunionstore, "zunionstore d 99999999999999999999 x", ""],
    [georadius, "georadius k 1 1 1 km store d", "k:RO d:OW"],
    [georadius, "georadius k 1 1 1 km storedist e STORE d", "k:RO d:OW e:OW"],
    [georadius, "georadius k 1 1 1 km store", "k:RO"],
    [georadius, "georadius k store 1 1 km", "k:RO"],
    [[oneKey("RO"), unknownKeys("RO"), unknownKeys("OW")], "sort a", "a:RO"],
  ];
  for (const [specs, line, expected] of cases) assertEquals(keysOf(specs, line), expected, line);
});

Deno.test("key specs: a negative start searches backwards", () => {
  assertEquals(keysOf(fromTheEnd, "migrate h 1 k keys keys a b"), "a:RW b:RW");
  assertEquals(keysOf(fromTheEnd, "migrate h 1 k"), "");
});

Deno.test("key specs: the command's own search has the last word", () => {
  const secondOnly: KeyFinder = (_, found) => found(2, ["RM"]);
  assertEquals(keysOf([oneKey("RO")], "thing a b", secondOnly), "b:RM");
});

Deno.test("key specs: channels are routed like keys but are none", () => {
  const search = new KeySearch([oneKey("not_key")]);
  const line = Arguments.of(["spublish", "channel", "message"]);
  const keys = new KeyPositions();
  assertEquals([search.hasKeys, search.keysOf(line, keys), search.routedOf(line, keys)], [false, 0, 1]);
  assertEquals(keys.position(0), 1);
});

Deno.test("key specs: a second line replaces the first", () => {
  const search = new KeySearch([oneKey("RO")]);
  const keys = new KeyPositions();
  search.keysOf(Arguments.of(["get", "a"]), keys);
  search.keysOf(Arguments.of(["get", "b"]), keys);
  assertEquals(keys.count, 1);
});

Deno.test("key specs: the range that older clients see, as COMMAND INFO of 7.0.15 has it", () => {
  const cases: [name: string, specs: KeySpec[], range: [number, number, number], movable: boolean][] = [
    ["ping", [], [0, 0, 0], false],
    ["get", [oneKey()], [1, 1, 1], false],
    ["mset", mset, [1, -1, 2], false],
    ["bitop", [keyAt(2), keyRange({ first: 3, last: -1 })], [2, -1, 1], false],
    ["pfmerge", [oneKey(), keyRange({ first: 2, last: -1 })], [1, -1, 1], false],
    ["copy", [oneKey(), keyAt(2)], [1, 2, 1], false],
    ["lcs", [keyRange({ first: 1, last: 2 })], [1, 2, 1], false],
    ["blpop", [keyRange({ first: 1, last: -2 })], [1, -2, 1], false],
    ["eval", [keyNumber(2)], [0, 0, 0], true],
    ["xread", xread, [0, 0, 0], true],
    ["zunionstore", zunionstore, [1, 1, 1], true],
    ["georadius", georadius, [1, 1, 1], true],
    ["sort", [oneKey(), unknownKeys()], [1, 1, 1], true],
    ["migrate", [keyAt(3), ...fromTheEnd], [3, 3, 1], true],
  ];
  for (const [name, specs, range, movable] of cases) {
    const { first, last, step } = legacyKeyRange(specs);
    assertEquals([first, last, step], range, name);
    assertEquals(movableKeysFlag(specs, undefined), movable ? Flag.movablekeys : 0, name);
  }
});

Deno.test("key specs: keys that only the command finds are movable, those with a fixed place aren't", () => {
  const findKeys: KeyFinder = (_, found) => found(1, ["RO"]);
  assertEquals(movableKeysFlag([], findKeys), Flag.movablekeys);
  assertEquals(movableKeysFlag([oneKey("RW", "variable_flags")], findKeys), 0);
});
