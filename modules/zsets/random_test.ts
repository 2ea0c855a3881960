/**
 * Fairness of random members, in each encoding: with 19 degrees of freedom, chi-square is above 43.8 once in a thousand runs,
 * and the seed is fixed.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import sets from "../sets/mod.ts";
import zsets from "./mod.ts";

const MEMBERS = 20;
const DRAWS = 8000;
const CHI_SQUARE_MAX = 43.8;

function chiSquare(server: InMemoryServer, count: string[]): number {
  const seen = new Map<string, number>();
  let total = 0;
  while (total < DRAWS) {
    const reply = server.call("ZRANDMEMBER", "z", ...count);
    for (const member of Array.isArray(reply) ? reply : [reply]) {
      const name = new TextDecoder().decode(member as Uint8Array);
      seen.set(name, (seen.get(name) ?? 0) + 1);
      total++;
    }
  }
  const expected = total / MEMBERS;
  assertEquals(seen.size, MEMBERS);
  return [...seen.values()].reduce((sum, times) => sum + (times - expected) ** 2 / expected, 0);
}

for (const entriesMax of [128, 0]) {
  const encoding = entriesMax === 0 ? "skiplist" : "listpack";
  Deno.test(`ZRANDMEMBER: all members of a ${encoding} are equally likely`, () => {
    using server = new InMemoryServer([sets, zsets], `zset-max-listpack-entries ${entriesMax}`);
    for (let i = 0; i < MEMBERS; i++) server.call("ZADD", "z", i, `member:${i}`);
    assertEquals(server.reply("OBJECT ENCODING z"), `$8 ${encoding}`);
    for (const count of [[], ["1"], ["3"], ["15"], ["-5"]]) {
      const result = chiSquare(server, count);
      assertEquals(result < CHI_SQUARE_MAX, true, `chi-square of ${count[0] ?? "one"} is ${result}`);
    }
  });
}

Deno.test("ZRANDMEMBER: a positive count gives different members", () => {
  using server = new InMemoryServer([sets, zsets], "zset-max-listpack-entries 0");
  for (let i = 0; i < 100; i++) server.call("ZADD", "z", i, `member:${i}`);
  for (const count of [2, 10, 30, 60, 99, 100]) {
    const members = server.call("ZRANDMEMBER", "z", count) as Uint8Array[];
    assertEquals(new Set(members.map(String)).size, count);
  }
});
