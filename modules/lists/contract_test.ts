import type { CommandArgument } from "../../server/api/mod.ts";
import { type Sample, testDataType } from "../../tests/contract/data_type.ts";
import lists from "./mod.ts";
import { listType } from "./list_type.ts";

const numbered = (count: number, size: number) => Array.from({ length: count }, (_, i) => `${i}`.padEnd(size, "x"));

function sample(name: string, ...words: CommandArgument[]): Sample {
  return {
    name,
    encoding: "quicklist",
    build: (key) => [["RPUSH", key, ...words]],
    change: (key) => [
      ["LPUSH", key, "at the front", 1],
      ["LSET", key, 0, "changed"],
      ["LINSERT", key, "AFTER", "changed", "y".repeat(9000)],
      ["LINSERT", key, "BEFORE", "changed", "z".repeat(4000)],
      ["LSET", key, -1, "x".repeat(500)],
      ["LREM", key, 0, 1],
      ["LMOVE", key, key, "RIGHT", "LEFT"],
      ["LPOP", key, 1],
      ["LTRIM", key, 0, -1],
      ["RPUSH", key, ...numbered(50, 400)],
      ["LTRIM", key, 1, -10],
    ],
  };
}

const plain = (key: string): readonly CommandArgument[][] => [
  ["CONFIG", "SET", "quicklist-packed-threshold", 30],
  ["RPUSH", key, "a", "p".repeat(30), "b", "c", "q".repeat(500), "d"],
];

testDataType({
  type: listType,
  modules: [lists],
  samples: [
    sample("one element", "a"),
    sample("an empty element", ""),
    sample("integers", 0, -1, 2n ** 63n - 1n, -(2n ** 63n), "007", 4096),
    sample("every byte", Uint8Array.from({ length: 256 }, (_, i) => i)),
    sample("the most that one node takes", "x".repeat(8177)),
    sample("an element that is larger than a node", "x".repeat(8178), "y"),
    sample("an element of many units", "element".repeat(20_000)),
    sample("two nodes", ...numbered(10, 1000)),
    sample("many nodes", ...numbered(400, 300)),
    {
      ...sample("elements outside of listpacks"),
      build: plain,
      change: (key) => [
        ["LSET", key, 1, "short"],
        ["LSET", key, 0, "x".repeat(40)],
        ["LSET", key, 3, "y".repeat(40)],
        ["LINSERT", key, "BEFORE", "d", "z".repeat(40)],
        ["LREM", key, 1, "z".repeat(40)],
        ["RPUSH", key, "w".repeat(40)],
        ["LPOP", key, 2],
      ],
    },
    {
      ...sample("nodes of two elements"),
      build: (key) => [["CONFIG", "SET", "list-max-listpack-size", 2], ["RPUSH", key, 1, 2, 3, 4, 5, 6, 7]],
      change: (key) => [
        ["LINSERT", key, "AFTER", 3, "x"],
        ["LINSERT", key, "BEFORE", 4, "y"],
        ["LINSERT", key, "BEFORE", 3, "z"],
        ["LREM", key, 0, 5],
        ["LTRIM", key, 1, -2],
        ["LPOP", key, 3],
      ],
    },
    {
      ...sample("a node that was two"),
      build: (key) => [["RPUSH", key, ...numbered(10, 1000)], ["LTRIM", key, 3, 4]],
    },
    {
      ...sample("one that is compressed elsewhere"),
      build: (key) => [["CONFIG", "SET", "list-compress-depth", 1], ["RPUSH", key, 1, 2]],
    },
  ],
});
