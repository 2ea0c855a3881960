import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type CommandDefinition, type CommandFlag, defineCommand } from "../api/command.ts";
import { Arguments } from "../protocol/arguments.ts";
import { CommandDefinitionError, CommandTable } from "./command_table.ts";
import { Flag, namesOf } from "./flags.ts";

const about = { summary: "Does something", since: "1.0.0", group: "generic" } as const;
const run = () => {};

const get = defineCommand({ ...about, name: "GET", arity: 2, flags: ["readonly", "fast"], run });
const config = defineCommand({
  ...about,
  name: "CONFIG",
  arity: -2,
  subcommands: [
    { name: "GET", summary: "Reads", since: "2.0.0", arity: -3, run },
    { name: "SET", summary: "Writes", since: "2.0.0", arity: -4, run },
  ],
});

function tableOf(...definitions: CommandDefinition[]): CommandTable {
  const table = new CommandTable();
  for (const definition of definitions) table.add(definition);
  return table;
}

function names(table: CommandTable): string[] {
  return [...table.withSubcommands()].map(({ name }) => name);
}

Deno.test("command table: found by bytes and by full name, in whatever case", () => {
  const table = tableOf(get, config);
  const bytes = new TextEncoder().encode("*1 GeT x");
  assertEquals(table.lookup(bytes, 3, 3)?.name, "get");
  assertStrictEquals(table.get("GET"), table.lookup(bytes, 3, 3));
  assertEquals(table.get("Config|Get")?.name, "config|get");
  assertEquals(table.get("config|"), undefined);
  assertEquals(table.get("get|x"), undefined);
});

Deno.test("command table: a line runs a command or the sub-command that it names", () => {
  const table = tableOf(get, config);
  const resolve = (...words: string[]) => table.resolve(Arguments.of(words))?.name;
  assertEquals(resolve("get", "a"), "get");
  assertEquals(resolve("CONFIG"), "config");
  assertEquals(resolve("CONFIG", "SET", "a", "b"), "config|set");
  assertEquals(resolve("config", "nope"), undefined);
  assertEquals(resolve("config|get", "a"), undefined);
  assertEquals(resolve("nope"), undefined);
});

Deno.test("command table: listed in the order of registration", () => {
  const table = tableOf(get, config);
  assertEquals([...table].map(({ name }) => name), ["get", "config"]);
  assertEquals(names(table), ["get", "config", "config|get", "config|set"]);
  assertEquals(table.count, 2);
});

Deno.test("command table: a name is given once, and the refusal says by whom", () => {
  const table = tableOf(get);
  table.add(config, "mine");
  assertThrows(() => table.add(get), CommandDefinitionError, "command 'get' is registered already, by the server");
  assertThrows(() => table.add({ ...config, name: "config" }), CommandDefinitionError, "by module 'mine'");
  assertEquals(names(table), ["get", "config", "config|get", "config|set"]);
});

Deno.test("command table: what a module brought goes with it, and comes back under the same numbers", () => {
  const table = tableOf(get);
  const first = table.add(config, "mine");
  const subcommand = table.get("config|set");
  table.remove(first);
  assertEquals(names(table), ["get"]);
  assertEquals(table.get("config|set"), undefined);
  table.add({ ...get, name: "OTHER" });
  const second = table.add(config, "mine");
  assertEquals([second.id, table.get("config|set")?.id], [first.id, subcommand?.id]);
  assertEquals(table.idEnd, 5);
});

Deno.test("command table: a command of a module is flagged as such", () => {
  const table = new CommandTable();
  assertEquals(namesOf(Flag, table.add(get, "mine").flags), ["readonly", "module", "fast"]);
});

Deno.test("command table: definitions that can't work are refused and leave nothing behind", () => {
  const cases: [definition: CommandDefinition, reason: string][] = [
    [{ ...get, name: "" }, "needs a name"],
    [{ ...get, name: "A B" }, "needs a name"],
    [{ ...get, name: "A|B" }, "needs a name"],
    [{ ...get, name: "É" }, "needs a name"],
    [{ ...get, arity: 0 }, "command 'get' needs an arity"],
    [{ ...get, arity: 1.5 }, "command 'get' needs an arity"],
    [{ ...get, run: undefined }, "command 'get' has nothing to run"],
    [{ ...get, flags: ["quick" as CommandFlag] }, "unknown flag 'quick'"],
    [{ ...get, keys: [{ flags: ["XX" as "RW"], begin: "unknown", find: "unknown" }] }, "unknown flag 'XX'"],
    [
      { ...config, subcommands: [{ name: "GET", summary: "", since: "", arity: 2 }] },
      "'config|get' has nothing to run",
    ],
    [
      { ...config, subcommands: [...config.subcommands!, { ...config.subcommands![0], name: "get" }] },
      "'config|get' is defined twice",
    ],
  ];
  for (const [definition, reason] of cases) {
    const table = new CommandTable();
    assertThrows(() => table.add(definition), CommandDefinitionError, reason);
    assertEquals(names(table), []);
    assertEquals(table.idEnd, 0);
  }
});
