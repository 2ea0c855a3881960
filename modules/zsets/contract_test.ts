import { type Sample, testDataType } from "../../tests/contract/data_type.ts";
import sets from "../sets/mod.ts";
import zsets from "./mod.ts";
import { zsetType } from "./zset_type.ts";

type Pair = readonly [score: string | number, member: string | Uint8Array];

function added(pairs: readonly Pair[]): Sample["build"] {
  return (key) => {
    const lines: (string | number | Uint8Array)[][] = [];
    for (let i = 0; i < pairs.length; i += 100) lines.push(["ZADD", key, ...pairs.slice(i, i + 100).flat()]);
    return lines;
  };
}

/** Members that are new, members with other scores at other places and at the same, members that go. */
const change: Sample["change"] = (key) => [
  ["ZADD", key, "7.5", "new member"],
  ["ZADD", key, "0.25", "new member"],
  ["ZINCRBY", key, 1e-9, "new member"],
  ["ZADD", key, 3, "a second one"],
  ["ZREM", key, "new member"],
];

function sample(name: string, encoding: string, pairs: readonly Pair[]): Sample {
  return { name, encoding, build: added(pairs), change };
}

const numbered = (count: number): Pair[] => Array.from({ length: count }, (_, i) => [(i * 37) % count, `member:${i}`]);

testDataType({
  type: zsetType,
  modules: [sets, zsets],
  samples: [
    sample("one member", "listpack", [[1, "a"]]),
    sample("members empty, of any bytes, and of integers", "listpack", [
      [1, ""],
      [1, Uint8Array.from({ length: 64 }, (_, i) => i * 4)],
      [1, "12"],
      [1, "-99999999999"],
      [1, "9223372036854775807"],
    ]),
    sample("scores of every kind", "listpack", [
      ["-inf", "a"],
      ["inf", "b"],
      ["1.1", "c"],
      [2 ** 62, "d"],
      [2 ** 63, "e"],
      ["-1e-300", "f"],
      ["1e300", "g"],
    ]),
    sample("the most of a listpack", "listpack", numbered(126)),
    sample("the fewest of a skiplist", "skiplist", numbered(129)),
    sample("a member too long for a listpack", "skiplist", [[1, "x".repeat(65)]]),
    sample("many members with the same scores", "skiplist", numbered(1500).map(([, member], i) => [i % 7, member])),
    sample("scores of every kind in a skiplist", "skiplist", [
      ["-inf", "x".repeat(100)],
      ["inf", ""],
      ["0.1", "123"],
      [2 ** 63, "e"],
    ]),
    {
      ...sample("shrunk again", "skiplist", []),
      loadedEncoding: "listpack",
      build: (key) => [...added(numbered(300))(key), ["ZREMRANGEBYRANK", key, 0, -6]],
    },
  ],
  moves: [
    { build: added(numbered(128)), from: "listpack", change: (key) => [["ZADD", key, 1, "z"]], to: "skiplist" },
    {
      build: added([[1, "a"]]),
      from: "listpack",
      change: (key) => [["ZADD", key, 1, "x".repeat(65)]],
      to: "skiplist",
    },
    {
      config: "zset-max-listpack-value 3",
      build: added([[1, "abc"]]),
      from: "listpack",
      change: (key) => [["ZADD", key, 1, "abcd"]],
      to: "skiplist",
    },
    {
      config: "zset-max-listpack-entries 2",
      build: added(numbered(3)),
      from: "skiplist",
      change: (key) => [["ZREM", key, "member:1"], ["ZUNIONSTORE", key, 1, key]],
      to: "listpack",
    },
  ],
});
