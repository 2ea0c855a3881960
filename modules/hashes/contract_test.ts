import { type Sample, testDataType } from "../../tests/contract/data_type.ts";
import hashes from "./mod.ts";
import { hashType } from "./hash_type.ts";

const pairs = (count: number) => Array.from({ length: count }, (_, i) => [`field:${i}`, i * 1000]).flat();

function sample(name: string, encoding: string, ...words: (string | number | bigint | Uint8Array)[]): Sample {
  return {
    name,
    encoding,
    build: (key) => [["HSET", key, ...words]],
    change: (key) => [
      ["HSET", key, words[0], "another", "a new field", "x"],
      ["HINCRBY", key, "counter", 41],
      ["HDEL", key, "counter"],
      ["HSET", key, "long", "x".repeat(300)],
      ["HDEL", key, "long", words[0]],
    ],
  };
}

testDataType({
  type: hashType,
  modules: [hashes],
  samples: [
    sample("one field", "listpack", "f", "v"),
    sample("empty strings", "listpack", "", ""),
    sample("integers", "listpack", 1, -1, 2n ** 63n - 1n, -(2n ** 63n), 100_000, "007"),
    sample("every byte", "listpack", Uint8Array.of(0, 255, 13, 10), Uint8Array.from({ length: 64 }, (_, i) => i * 4)),
    sample("the longest that a listpack takes", "listpack", "f".repeat(64), "v".repeat(64)),
    sample("the most fields of a listpack", "listpack", ...pairs(512)),
    { ...sample("the fewest fields of a table", "hashtable", ...pairs(513)), unordered: true },
    sample("a field that is too long", "hashtable", "f".repeat(65), "v"),
    sample("a value of many units", "hashtable", "f", "value".repeat(20_000)),
    { ...sample("many fields", "hashtable", ...pairs(5000)), unordered: true },
    {
      ...sample("a table that has become small", "hashtable", "f", "v"),
      loadedEncoding: "listpack",
      unordered: true,
      build: (key) => [["HSET", key, "f", "v", "long", "x".repeat(65)], ["HDEL", key, "long"]],
    },
  ],
  moves: [
    {
      build: (key) => [["HSET", key, ...pairs(512)]],
      from: "listpack",
      change: (key) => [["HSETNX", key, "more", 1]],
      to: "hashtable",
    },
    {
      config: "hash-max-listpack-entries 3",
      build: (key) => [["HSET", key, ...pairs(3)]],
      from: "listpack",
      change: (key) => [["HINCRBY", key, "more", 1]],
      to: "hashtable",
    },
    {
      config: "hash-max-listpack-value 3",
      build: (key) => [["HSET", key, "abc", 999]],
      from: "listpack",
      change: (key) => [["HINCRBY", key, "abc", 1]],
      to: "hashtable",
    },
    {
      build: (key) => [["HSET", key, "f", "v".repeat(65)]],
      from: "hashtable",
      change: (key) => [["HSET", key, "f", "v"]],
      to: "hashtable",
    },
  ],
});
