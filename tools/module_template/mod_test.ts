import { testDataType } from "../../tests/contract/data_type.ts";
import { assertEquals } from "../../tests/support/assert.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import scaffold, { scaffoldType } from "./mod.ts";

const anyBytes = Uint8Array.from({ length: 256 }, (_, i) => i);
const change = (key: string) => [["SCAFFOLD.SET", key, "another text"]];

testDataType({
  type: scaffoldType,
  modules: [scaffold],
  samples: [
    { name: "empty", encoding: "raw", build: (key) => [["SCAFFOLD.SET", key, ""]], change },
    { name: "any bytes", encoding: "raw", build: (key) => [["SCAFFOLD.SET", key, anyBytes]], change },
  ],
});

Deno.test("scaffold: replies, events, what is sent on", () => {
  using server = new InMemoryServer([scaffold]);
  assertEquals(server.reply("SCAFFOLD.GET k"), "$-1");
  const effects = server.effectsOf(() => assertEquals(server.reply("SCAFFOLD.SET k text"), "+OK"));
  assertEquals(effects, { events: ["scaffold.set k"], propagated: ["SCAFFOLD.SET k text"], dirty: 1 });
  assertEquals(server.reply("SCAFFOLD.GET k"), "$4 text");
});
