import { assert, assertEquals, assertMatch } from "@std/assert";
import { defineModule } from "../api/module.ts";
import type { ReplyValue } from "../protocol/reply_value.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";

const textOf = (reply: ReplyValue) => new TextDecoder().decode(reply as Uint8Array);

const channels = defineModule({
  name: "channels",
  version: 1,
  api: 1,
  info: [
    { section: "stats", fields: () => [["pubsub_channels", 5], ["channel_groups", 2]] },
    { section: "channels", fields: ({ databaseCount }) => [["databases", databaseCount]] },
  ],
});

Deno.test("info: a module's fields take the places of the server's own, or follow them", () => {
  using server = new InMemoryServer([channels]);
  const lines = textOf(server.call("INFO", "stats")).split("\r\n");
  assertEquals(lines.filter((line) => line.startsWith("pubsub_channels")), ["pubsub_channels:5"]);
  assert(lines.indexOf("pubsub_channels:5") < lines.indexOf("pubsub_patterns:0"));
  assertEquals(lines.slice(-2), ["channel_groups:2", ""]);
});

Deno.test("info: a section of a module that belongs to the server is among the default ones", () => {
  using server = new InMemoryServer([channels]);
  assertMatch(textOf(server.call("INFO")), /\r\n\r\n# channels\r\ndatabases:16\r\n$/);
  assertEquals(textOf(server.call("INFO", "CHANNELS")), "# channels\r\ndatabases:16\r\n");
});

Deno.test("info: used memory is exact, its peak and what belongs to databases are told apart", () => {
  using server = new InMemoryServer([]);
  const { keyspace } = server.parts;
  const field = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(textOf(server.call("INFO", "memory")))![1]);
  const before = field("used_memory");
  const block = keyspace.heap.allocate(100_000);
  assertEquals(field("used_memory"), before + keyspace.heap.blockBytes(block));
  assertEquals(field("used_memory_dataset"), keyspace.heap.blockBytes(block));
  keyspace.heap.free(block);
  assertEquals(field("used_memory"), before);
  assertEquals(field("used_memory_startup"), before);
  assert(field("used_memory_peak") >= before + 100_000);
});
