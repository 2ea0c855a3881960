import { type Sample, testDataType } from "../../tests/contract/data_type.ts";
import strings from "./mod.ts";
import { stringType } from "./string_type.ts";

function sample(name: string, encoding: string, value: string | number | bigint | Uint8Array): Sample {
  return {
    name,
    encoding,
    build: (key) => [["SET", key, value]],
    change: (key) => [["SETRANGE", key, 1, "!?"], ["APPEND", key, "and more"]],
  };
}

const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

testDataType({
  type: stringType,
  modules: [strings],
  samples: [
    sample("zero", "int", 0),
    sample("a small integer", "int", -7),
    sample("beyond 2^53", "int", 2n ** 53n + 1n),
    sample("the smallest integer", "int", -(2n ** 63n)),
    { ...sample("counted in place", "int", 41), change: (key) => [["INCR", key]] },
    { ...sample("overwritten in place", "embstr", "some text"), change: (key) => [["SET", key, "else text"]] },
    sample("empty", "embstr", ""),
    sample("almost an integer", "embstr", "007"),
    sample("the longest that counts as short", "embstr", "x".repeat(44)),
    sample("the shortest that counts as long", "raw", "x".repeat(45)),
    sample("every byte", "raw", bytes),
    sample("the longest inline", "raw", "ab".repeat(4096)),
    sample("in a block of its own", "raw", "ab".repeat(4097)),
    sample("in many units", "raw", "abcdefghijklmnop".repeat(20_000)),
    {
      ...sample("short and changed in place", "raw", ""),
      loadedEncoding: "embstr",
      build: (key) => [["SET", key, "a"], ["APPEND", key, "b"]],
    },
    {
      ...sample("grown in place", "raw", "a"),
      build: (key) => Array.from({ length: 40 }, (_, i) => ["APPEND", key, "b".repeat(i * 20)]),
    },
  ],
  moves: [
    { build: (key) => [["SET", key, "9"]], from: "int", change: (key) => [["APPEND", key, "9"]], to: "raw" },
    { build: (key) => [["APPEND", key, "9"]], from: "int", change: (key) => [["SETRANGE", key, 0, "8"]], to: "raw" },
    { build: (key) => [["SET", key, "x"]], from: "embstr", change: (key) => [["APPEND", key, ""]], to: "raw" },
    { build: (key) => [["SETRANGE", key, 0, "9"]], from: "raw", change: (key) => [["INCR", key]], to: "int" },
    { build: (key) => [["SET", key, "1"]], from: "int", change: (key) => [["INCRBYFLOAT", key, "1"]], to: "embstr" },
  ],
});
