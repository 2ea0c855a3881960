import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import { listpack, payload, type PayloadPart, savedString, ziplist } from "../../tests/support/payload.ts";
import hashes from "./mod.ts";

const twice: readonly (readonly [form: string, ...parts: PayloadPart[]])[] = [
  ["pairs", 4, 2, savedString("a"), savedString("1"), savedString("a"), savedString("2")],
  ["pairs that spell an integer", 4, 2, savedString("7"), savedString("1"), [0xc0, 7], savedString("2")],
  ["zipmap", 9, savedString(2, 1, "a", 1, 0, "1", 1, "a", 1, 0, "2", 0xff)],
  ["ziplist", 13, savedString(ziplist("a", "1", "a", "2"))],
  ["ziplist with an integer", 13, savedString(ziplist("7", "1", [0xf8], "2"))],
  ["listpack", 16, savedString(listpack("a", 1, "a", 2))],
  ["long listpack", 16, savedString(listpack(...Array.from({ length: 120 }, (_, i) => i % 2 === 0 ? i % 100 : 0)))],
];

Deno.test("hashes: a field that is there twice is refused in every form", () => {
  using server = new InMemoryServer([hashes]);
  for (const [form, ...parts] of twice) {
    const reply = server.call("RESTORE", "k", 0, payload(...parts));
    assertEquals(String(reply), "ReplyError: ERR Bad data format", form);
    server.verifyHeap();
  }
  assertEquals(server.reply("EXISTS k"), ":0");
});
