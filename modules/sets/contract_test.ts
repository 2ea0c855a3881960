import { type Sample, testDataType } from "../../tests/contract/data_type.ts";
import sets from "./mod.ts";
import { setType } from "./set_type.ts";

type Member = string | number | bigint | Uint8Array;

function sample(name: string, encoding: string, members: readonly Member[]): Sample {
  return {
    name,
    encoding,
    unordered: encoding === "hashtable",
    build: (key) => [["SADD", key, ...members]],
    change: (key) => [["SADD", key, 7777], ["SREM", key, members[0]], ["SADD", key, 100_000], ["SADD", key, "word"]],
  };
}

const integers = (count: number) => Array.from({ length: count }, (_, i) => i * 3);
const words = (count: number) => Array.from({ length: count }, (_, i) => `member ${i}`);
const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

testDataType({
  type: setType,
  modules: [sets],
  samples: [
    sample("one small integer", "intset", [-7]),
    sample("integers of 16 bits", "intset", [1, 2, 32767, -32768]),
    sample("integers of 32 bits", "intset", [1, 32768, -2147483648]),
    sample("integers of 64 bits", "intset", [1, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n]),
    sample("the most of an intset", "intset", integers(512)),
    sample("one integer more than an intset has", "hashtable", integers(513)),
    sample("one string", "hashtable", ["word"]),
    sample("empty, and almost an integer", "hashtable", ["", "007", "-0", " 1"]),
    sample("every byte, and of many units", "hashtable", [bytes, "x".repeat(100_000)]),
    sample("many strings", "hashtable", words(3000)),
    {
      ...sample("an intset that became a table", "hashtable", [1, 2, 3]),
      loadedEncoding: "intset",
      build: (key) => [["SADD", key, 1, 2, 3, "word"], ["SREM", key, "word"]],
    },
    {
      ...sample("members taken out at random", "hashtable", ["word"]),
      build: (key) => [["SADD", key, ...words(200)], ["SPOP", key, 120]],
      change: (key) => [["SPOP", key], ["SPOP", key, 20]],
    },
  ],
  moves: [
    { build: (key) => [["SADD", key, 1]], from: "intset", change: (key) => [["SADD", key, "a"]], to: "hashtable" },
    {
      build: (key) => [["SADD", key, ...integers(512)]],
      from: "intset",
      change: (key) => [["SADD", key, 3], ["SADD", key, 1]],
      to: "hashtable",
    },
    {
      config: "set-max-intset-entries 2",
      build: (key) => [["SADD", key, 1, 2]],
      from: "intset",
      change: (key) => [["SADD", key, 3]],
      to: "hashtable",
    },
    {
      config: "set-max-intset-entries 0",
      build: (key) => [["SADD", key, 1]],
      from: "hashtable",
      change: (key) => [["SUNIONSTORE", key, key]],
      to: "hashtable",
    },
    {
      build: (key) => [["SADD", key, 1, "a"]],
      from: "hashtable",
      change: (key) => [["SADD", "integers", 1, 5], ["SINTERSTORE", key, key, "integers"]],
      to: "intset",
    },
  ],
});
