import { type Sample, testDataType } from "../../tests/contract/data_type.ts";
import streams from "./mod.ts";
import { streamType } from "./stream_type.ts";

function sample(name: string, lines: string[], change: string[] = ["XADD KEY 9999999999-1 a b"]): Sample {
  const words = (line: string, key: string) => line.split(" ").map((word) => word === "KEY" ? key : word);
  return {
    name,
    encoding: "stream",
    build: (key) => lines.map((line) => words(line, key)),
    change: (key) => change.map((line) => words(line, key)),
  };
}

const entries = (count: number, fields: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `XADD KEY ${i + 1}-0 ${fields(i)}`);

const groups = [
  "XGROUP CREATE KEY g 0",
  "XGROUP CREATE KEY empty $",
  "XREADGROUP GROUP g alice COUNT 3 STREAMS KEY >",
  "XREADGROUP GROUP g bob COUNT 2 STREAMS KEY >",
  "XGROUP CREATECONSUMER KEY g idle",
];

testDataType({
  type: streamType,
  modules: [streams],
  samples: [
    sample("one entry", ["XADD KEY 1-1 field value"]),
    sample("fields of many kinds", [
      "XADD KEY 1-1 a 1",
      "XADD KEY 1-2 a 2",
      "XADD KEY 2-0 b 1 c -70000",
      "XADD KEY 3-0 a x",
    ]),
    sample("several nodes", entries(250, (i) => `a ${i} b ${"x".repeat(i % 50)}`), [
      "XDEL KEY 3-0",
      "XTRIM KEY MAXLEN 120",
      "XDEL KEY 200-0 250-0",
    ]),
    sample("deleted entries", [...entries(30, () => "a b"), "XDEL KEY 1-0 7-0 30-0"]),
    sample("the largest ids", ["XADD KEY 18446744073709551614-3 a b", "XADD KEY 18446744073709551615-1 a b"], [
      "XDEL KEY 18446744073709551615-1",
    ]),
    sample("groups", [...entries(6, () => "a b"), ...groups], [
      "XACK KEY g 1-0",
      "XDEL KEY 2-0",
      "XCLAIM KEY g carol 0 3-0 6-0 FORCE",
      "XGROUP DELCONSUMER KEY g bob",
      "XGROUP DESTROY KEY empty",
    ]),
    sample("many pending", [
      ...entries(150, () => "a b"),
      "XGROUP CREATE KEY g 0",
      "XREADGROUP GROUP g c STREAMS KEY >",
    ], [
      "XAUTOCLAIM KEY g d 0 0",
      "XDEL KEY 1-0",
    ]),
  ],
});
