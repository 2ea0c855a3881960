import { assertEquals, assertThrows } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import {
  type AnyType,
  defineCommand,
  defineModule,
  defineType,
  type ModuleDefinition,
  stringOption,
} from "../api/mod.ts";
import { ModuleError } from "./modules.ts";

function moduleWith(definition: Partial<ModuleDefinition>): ModuleDefinition {
  return defineModule({ name: "mine", version: 1, api: 1, ...definition });
}

function typeWith(name: string, rdb: Partial<AnyType["rdb"]> = {}): AnyType {
  return defineType<{ text: string }>({
    name,
    storage: "object",
    create: () => ({ text: "" }),
    copy: ({ text }) => ({ text }),
    memoryUsage: () => 1,
    digest: () => {},
    rdb: { save: () => {}, load: () => ({ text: "" }), ...rdb as object },
  });
}

const command = defineCommand({
  name: "MINE.DO",
  summary: "Does it",
  since: "1",
  group: "module",
  arity: 1,
  run: ({ reply }) => reply.ok(),
});

const refused: readonly (readonly [reason: string, definition: ModuleDefinition, path?: string])[] = [
  ["needs a name without blanks", moduleWith({ name: "my own" })],
  ["is written for API 2, this server has 1", moduleWith({ api: 2 })],
  ["needs a positive whole version", moduleWith({ version: 0 })],
  ["requires module other", moduleWith({ requires: ["other"] })],
  ["command 'ping' is registered already", moduleWith({ commands: [command, { ...command, name: "PING" }] })],
  ["type name short is not nine letters, digits, - or _", moduleWith({ types: [typeWith("short")] })],
  ["version 1024 of type mine-type is not", moduleWith({ types: [typeWith("mine-type", { version: 1024 })] })],
  ["type mine-type exists", moduleWith({ types: [typeWith("mine-type"), typeWith("mine-type")] })],
  [
    "opcode 3 of type b belongs to another type",
    moduleWith({
      types: [typeWith("a", { opcodes: [2, 3] }), typeWith("b", { opcodes: [3] })],
    }),
  ],
  ["type mine-type claims opcodes", moduleWith({ types: [typeWith("mine-type", { opcodes: [99] })] }), "mine.ts"],
  ["parameter greeting is not named mine.*", moduleWith({ options: [stringOption("greeting")] }), "mine.ts"],
  [
    "no, thanks",
    moduleWith({
      types: [typeWith("mine-type")],
      commands: [command],
      options: [stringOption("mine.greeting")],
      load: () => {
        throw new Error("no, thanks");
      },
    }),
  ],
];

Deno.test("modules: what is refused leaves nothing behind", () => {
  using server = new InMemoryServer([]);
  const { modules, keyspace, config } = server.parts;
  const before = { modules: modules.all.length, types: keyspace.kinds.types().length, options: config.options().size };
  for (const [reason, definition, path] of refused) {
    assertThrows(() => modules.add(definition, path), ModuleError, reason);
    const after = { modules: modules.all.length, types: keyspace.kinds.types().length, options: config.options().size };
    assertEquals(after, before, reason);
    assertEquals(server.reply("MINE.DO").startsWith("-ERR unknown command"), true, reason);
  }
});

Deno.test("modules: hooks take part from when their module comes until it goes", () => {
  using server = new InMemoryServer([]);
  const { modules } = server.parts;
  const seen: string[] = [];
  modules.add(moduleWith({
    commands: [command],
    hooks: { afterCommand: ({ args }) => void seen.push(args.text(0)) },
    unload: () => void seen.push("unload"),
  }));
  server.reply("PING");
  server.reply("MINE.DO");
  modules.remove("mine");
  server.reply("PING");
  assertEquals(seen, ["PING", "MINE.DO", "unload"]);
});
