/**
 * The bag module, by the contract of data types, in a program, and loaded by a server from its file.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { defaultModules, Server } from "../mod.ts";
import { testDataType } from "../tests/contract/data_type.ts";
import { assertEquals } from "../tests/support/assert.ts";
import { freePort } from "../tests/support/free_port.ts";
import { InMemoryServer } from "../tests/support/in_memory_server.ts";
import { RawClient } from "../tests/support/raw_client.ts";
import { startRedeno } from "../tests/support/redeno.ts";
import type { ErrorReply } from "../tests/support/resp.ts";
import bag, { bagType } from "./bag.ts";

const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
const change = (key: string) => [["BAG.ADD", key, "more"]];

testDataType({
  type: bagType,
  modules: [bag],
  samples: [
    { name: "one member", encoding: "raw", build: (key) => [["BAG.ADD", key, "a"]], change },
    {
      name: "members of any bytes",
      encoding: "raw",
      build: (key) => [["BAG.ADD", key, everyByte, 2], ["BAG.ADD", key, ""], ["BAG.ADD", key, "é"]],
      change: (key) => [["BAG.REMOVE", key, everyByte]],
    },
    {
      name: "many members, the largest count",
      encoding: "raw",
      build: (key) => [
        ...Array.from({ length: 300 }, (_, i) => ["BAG.ADD", key, `member:${i}`, i + 1]),
        ["BAG.ADD", key, "often", 2 ** 53 - 1],
      ],
      change,
    },
  ],
});

Deno.test("bag: replies, events, what is sent on", () => {
  using server = new InMemoryServer([...defaultModules, bag]);
  const cases: readonly (readonly [line: string, reply: string, events: string[], dirty: number])[] = [
    ["BAG.ADD k a", ":1", ["bag.add k"], 1],
    ["BAG.ADD k a 4", ":5", ["bag.add k"], 1],
    ["BAG.ADD k b 2", ":2", ["bag.add k"], 1],
    ["BAG.COUNT k a", ":5", [], 0],
    ["BAG.COUNT k c", ":0", [], 0],
    ["BAG.COUNT missing a", ":0", [], 0],
    ["BAG.TOP k 1", "*2 $1 a :5", [], 0],
    ["BAG.TOP k 10", "*4 $1 a :5 $1 b :2", [], 0],
    ["BAG.TOP missing 10", "*0", [], 0],
    ["BAG.REMOVE k c", ":0", [], 0],
    ["BAG.REMOVE k a 2", ":3", ["bag.remove k"], 1],
    ["BAG.REMOVE k a 9", ":0", ["bag.remove k"], 1],
    ["BAG.REMOVE k b 2", ":0", ["bag.remove k", "del k"], 1],
    ["BAG.REMOVE k b", ":0", [], 0],
    ["BAG.ADD k a 0", "-ERR count is not a positive integer or out of range", [], 0],
    ["BAG.ADD k a x", "-ERR count is not a positive integer or out of range", [], 0],
    ["BAG.ADD k a 1 2", "-ERR syntax error", [], 0],
    ["SET s v", "+OK", ["set s"], 1],
    ["BAG.ADD s a", "-WRONGTYPE Operation against a key holding the wrong kind of value", [], 0],
    ["EXISTS k", ":0", [], 0],
  ];
  for (const [line, reply, events, dirty] of cases) {
    let replied = "";
    const effects = server.effectsOf(() => replied = server.reply(line));
    assertEquals({ replied, ...effects }, { replied: reply, events, propagated: dirty > 0 ? [line] : [], dirty }, line);
  }
});

Deno.test("bag: RESP3 has maps", () => {
  using server = new InMemoryServer([bag]);
  server.call("BAG.ADD", "k", "a", 3);
  server.call("HELLO", 3);
  assertEquals(server.reply("BAG.TOP k 1"), "%1 $1 a :3");
});

Deno.test("bag: in a program, beside the default modules", async () => {
  const port = freePort();
  const server = new Server({
    modules: [...defaultModules, bag],
    configText: `port ${port}\nbind 127.0.0.1\nloglevel warning\nlogfile ${
      Deno.build.os === "windows" ? "nul" : "/dev/null"
    }`,
  });
  await server.start();
  try {
    await using client = await RawClient.connect({ port });
    assertEquals(await client.call("BAG.ADD", "fruit", "apple", "3"), 3);
    assertEquals(String(await client.call("SET", "other", "v")), "OK");
    assertEquals(await client.call("DBSIZE"), 2);
  } finally {
    server.shutdown();
  }
  assertEquals(await server.ended, 0);
});

Deno.test("bag: loaded by a server from its file", async () => {
  const path = fileURLToPath(new URL("./bag.ts", import.meta.url));
  await using server = await startRedeno(["--loadmodule", path, "--enable-module-command", "yes"]);
  await using client = await RawClient.connect(server);
  assertEquals(await client.call("BAG.ADD", "fruit", "apple", "3"), 3);
  assertEquals(String(await client.call("TYPE", "fruit")), "count-bag");
  assertEquals(await client.call("COPY", "fruit", "again"), 1);
  assertEquals(await client.call("BAG.COUNT", "again", "apple"), 3);
  const refusal = await client.call("MODULE", "UNLOAD", "bag") as ErrorReply;
  assertEquals(
    refusal.message,
    "ERR Error unloading module: the module exports one or more module-side data types, can't unload",
  );
});
