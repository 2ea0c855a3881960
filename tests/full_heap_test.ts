/**
 * A heap that is full: each command happens as a whole or not at all, nothing is lost or left behind, and removing keys
 * makes room.
 *
 * @module
 */
import { defaultModules } from "../mod.ts";
import { OUT_OF_MEMORY, ReplyError } from "../server/protocol/errors.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { InMemoryServer } from "./support/in_memory_server.ts";

const REFUSALS = 100;
const KEYS_TRIED_MAX = 300;
const longer = "x".repeat(80);

/** Runs a line of words; whether it was done rather than refused for want of memory. */
function tries(server: InMemoryServer, line: string): boolean {
  const reply = server.call(...line.split(" "));
  if (!(reply instanceof ReplyError)) return true;
  assertEquals(reply.message, OUT_OF_MEMORY.message, line);
  return false;
}

/** Writes keys until some were refused; how many there are. */
function fillUp(server: InMemoryServer, valueBytes: number): number {
  let stored = 0;
  for (let i = 0, refused = 0; refused < REFUSALS; i++) {
    const deadline = i % 3 === 0 ? " EX 1000" : "";
    if (tries(server, `SET key:${i} ${"v".repeat(valueBytes + i % 7)}${deadline}`)) stored++;
    else refused++;
  }
  return stored;
}

for (const valueBytes of [10, 3000, 10_000, 200_000]) {
  Deno.test(`full heap: values of ${valueBytes} bytes survive whatever is refused`, () => {
    using server = new InMemoryServer(defaultModules, "maxheap 2mb");
    const stored = fillUp(server, valueBytes);
    assertEquals(server.call("DBSIZE"), stored);
    server.verifyHeap();
    for (let i = 0; i < Math.min(stored, KEYS_TRIED_MAX); i++) {
      const key = `key:${i}`;
      tries(server, `EXPIRE ${key} ${500 + i}`);
      tries(server, `APPEND ${key} ${"a".repeat(1 + i * 10)}`);
      tries(server, `COPY ${key} copied DB 1 REPLACE`);
      const payload = server.call("DUMP", key) as Uint8Array;
      server.call("RESTORE", "restored", 100_000, payload, "REPLACE");
      server.call("DEL", "restored");
      const name = tries(server, `RENAME ${key} ${key}:${longer}`) ? `${key}:${longer}` : key;
      const start = server.reply(`GETRANGE ${name} 0 ${valueBytes - 1}`);
      assertEquals(start, `$${valueBytes} ${"v".repeat(valueBytes)}`);
      assertEquals(server.call("EXISTS", key, `${key}:${longer}`), 1);
    }
    assertEquals(server.call("DBSIZE"), stored);
    server.verifyHeap();
    assert(tries(server, "FLUSHALL"));
    assertEquals(fillUp(server, valueBytes), stored);
  });
}
