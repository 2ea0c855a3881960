/**
 * Sorted sets in a heap that is full: a command that finds no room changes nothing of what it finds it for, and removing makes
 * room.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { OUT_OF_MEMORY, ReplyError } from "../../server/api/mod.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import sets from "../sets/mod.ts";
import zsets from "./mod.ts";

function tries(server: InMemoryServer, ...words: (string | number)[]): boolean {
  const reply = server.call(...words);
  if (reply instanceof ReplyError) assertEquals(reply.message, OUT_OF_MEMORY.message, words.join(" "));
  return !(reply instanceof ReplyError);
}

for (const [encoding, perSet] of [["listpack", 20], ["skiplist", 500]] as const) {
  Deno.test(`full heap: sorted sets as ${encoding} survive whatever is refused`, () => {
    using server = new InMemoryServer([sets, zsets], "maxheap 2mb");
    const stored: number[] = [];
    for (let i = 0, refused = 0; refused < 200; i++) {
      const set = Math.floor(i / perSet);
      stored[set] ??= 0;
      if (tries(server, "ZADD", `set:${set}`, i % 7 + 0.25, `member:${i}:${"x".repeat(i % 40)}`)) stored[set]++;
      else refused++;
    }
    for (let set = 0; set < stored.length; set++) {
      assertEquals(server.call("ZCARD", `set:${set}`), stored[set]);
      if (stored[set] === 0) assertEquals(server.call("EXISTS", `set:${set}`), 0);
    }
    for (let set = 0; set < 10; set++) {
      tries(server, "ZINCRBY", `set:${set}`, 0.001, `member:${set * perSet}:${"x".repeat((set * perSet) % 40)}`);
      tries(server, "ZUNIONSTORE", `set:${set}`, 2, `set:${set}`, `set:${set + 1}`);
      tries(server, "ZRANGESTORE", "copy", `set:${set}`, 0, -1);
      tries(server, "ZUNION", 2, `set:${set}`, `set:${set + 1}`);
      server.verifyHeap();
    }
    assertEquals(tries(server, "FLUSHALL"), true);
    assertEquals(tries(server, "ZADD", "z", 1, "a"), true);
  });
}
