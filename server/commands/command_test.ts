import { assertEquals } from "@std/assert";
import { defineCommand } from "../api/command.ts";
import { oneKey } from "../api/keys.ts";
import { Histogram } from "../observe/histogram.ts";
import { Command } from "./command.ts";
import { Category, Flag, namesOf } from "./flags.ts";

const append = defineCommand({
  name: "APPEND",
  summary: "Append a value to a key",
  since: "2.0.0",
  group: "string",
  arity: 3,
  flags: ["write", "denyoom", "fast"],
  categories: ["string"],
  keys: [oneKey("RW", "insert")],
  run: () => {},
});

Deno.test("command: a definition becomes numbers", () => {
  const command = new Command(append, { id: 7 });
  assertEquals([command.id, command.name, command.group, command.arity], [7, "append", "string", 3]);
  assertEquals(namesOf(Flag, command.flags), ["write", "denyoom", "fast"]);
  assertEquals(namesOf(Category, command.categories), ["write", "string", "fast"]);
  assertEquals([command.firstKey, command.lastKey, command.keyStep], [1, 1, 1]);
});

Deno.test("command: a sub-command has its container's name and group", () => {
  const container = { name: "OBJECT", summary: "", since: "", group: "generic", arity: -2, subcommands: [] } as const;
  const parent = new Command(container, { id: 0 });
  const command = new Command({ name: "FREQ", summary: "", since: "", arity: 3, run: () => {} }, { id: 1, parent });
  assertEquals([command.name, command.group], ["object|freq", "generic"]);
  assertEquals(new TextDecoder().decode(command.key), "freq");
  assertEquals(new TextDecoder().decode(command.nameBytes), "object|freq");
});

Deno.test("command: arity is exact, or a minimum where negative", () => {
  const exact = new Command(append, { id: 0 });
  assertEquals([2, 3, 4].map((count) => exact.accepts(count)), [false, true, false]);
  const atLeast = new Command({ ...append, arity: -3 }, { id: 0 });
  assertEquals([2, 3, 4].map((count) => atLeast.accepts(count)), [false, true, true]);
});

Deno.test("command: counters can be forgotten", () => {
  const command = new Command(append, { id: 0 });
  command.calls =
    command.microseconds =
    command.rejectedCalls =
    command.failedCalls =
      3;
  command.latency = new Histogram();
  command.resetStatistics();
  const { calls, microseconds, rejectedCalls, failedCalls, latency } = command;
  assertEquals([calls, microseconds, rejectedCalls, failedCalls, latency], [0, 0, 0, 0, undefined]);
});
