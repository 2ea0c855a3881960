/**
 * Fairness of random members: the chi-square statistic of many draws, against the bound that a fair source exceeds once in a
 * million runs. The generator is seeded, so a run repeats.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import sets from "./mod.ts";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Upper quantile of the chi-square distribution by Wilson and Hilferty; 4.75 standard deviations are 1 in 10^6. */
function chiSquareMax(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 4.75 * Math.sqrt(2 / (9 * freedom))) ** 3;
}

function checkFair(counts: Map<string, number>, members: number): void {
  let drawn = 0;
  for (const count of counts.values()) drawn += count;
  const expected = drawn / members;
  let statistic = (members - counts.size) * expected;
  for (const count of counts.values()) statistic += (count - expected) ** 2 / expected;
  assert(statistic < chiSquareMax(members - 1), `chi-square ${statistic} of ${members} members`);
}

const shapes = [
  { name: "intset", members: Array.from({ length: 100 }, (_, i) => `${i * i}`) },
  { name: "hashtable", members: Array.from({ length: 100 }, (_, i) => `member ${i}`) },
  { name: "a hashtable of many segments", members: Array.from({ length: 2000 }, (_, i) => `member ${i}`) },
];

/** How often a command is sent, and how often a member was among its replies. */
function draw(server: InMemoryServer, times: number, ...command: (string | number)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < times; i++) {
    const reply = server.call(...command);
    for (const member of (Array.isArray(reply) ? reply : [reply]) as Uint8Array[]) {
      counts.set(decode(member), (counts.get(decode(member)) ?? 0) + 1);
    }
  }
  return counts;
}

for (const { name, members } of shapes) {
  Deno.test(`sets: SRANDMEMBER is fair on ${name}`, () => {
    using server = new InMemoryServer([sets]);
    server.call("SADD", "s", ...members);
    const size = members.length;
    checkFair(draw(server, size * 50, "SRANDMEMBER", "s"), size);
    checkFair(draw(server, 50, "SRANDMEMBER", "s", -size), size);
    checkFair(draw(server, 500, "SRANDMEMBER", "s", size / 10), size);
    checkFair(draw(server, 500, "SRANDMEMBER", "s", size / 2), size);
  });

  Deno.test(`sets: SPOP is fair on ${name}`, () => {
    using server = new InMemoryServer([sets]);
    const size = members.length;
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000 / size * 10; i++) {
      server.call("SADD", "s", ...members);
      for (const member of server.call("SPOP", "s", size / 10) as Uint8Array[]) {
        counts.set(decode(member), (counts.get(decode(member)) ?? 0) + 1);
      }
    }
    checkFair(counts, size);
  });
}

Deno.test("sets: counts without repetition give each member once", () => {
  using server = new InMemoryServer([sets]);
  for (const { members } of shapes) {
    server.call("DEL", "s");
    server.call("SADD", "s", ...members);
    for (const count of [1, 10, 33, 34, 60, 99, 100, 3000]) {
      const got = (server.call("SRANDMEMBER", "s", count) as Uint8Array[]).map(decode);
      assertEquals(new Set(got).size, Math.min(count, members.length));
      assert(got.every((member) => members.includes(member)));
    }
  }
});
