import { assertEquals } from "@std/assert";
import { categoriesOf, Category, Flag, KeyUse, maskOf, namesOf } from "./flags.ts";

Deno.test("flags: each name has a bit of its own, in the order of the names", () => {
  for (const bits of [Flag, KeyUse, Category]) {
    assertEquals<number[]>(Object.values(bits), Object.keys(bits).map((_, i) => 1 << i));
  }
});

Deno.test("flags: names come back in Redis's order", () => {
  assertEquals(namesOf(Flag, maskOf(Flag, ["fast", "write", "denyoom"])), ["write", "denyoom", "fast"]);
  assertEquals(namesOf(KeyUse, maskOf(KeyUse, [])), []);
});

Deno.test("flags: categories follow from flags", () => {
  const cases: [flags: (keyof typeof Flag)[], named: (keyof typeof Category)[], expected: string[]][] = [
    [["write", "denyoom"], ["string"], ["write", "string", "slow"]],
    [["readonly", "fast"], ["string"], ["read", "string", "fast"]],
    [["readonly"], ["scripting"], ["slow", "scripting"]],
    [["admin", "noscript"], [], ["admin", "slow", "dangerous"]],
    [["pubsub"], [], ["pubsub", "slow"]],
    [["write", "blocking"], ["list"], ["write", "list", "slow", "blocking"]],
    [[], [], ["slow"]],
  ];
  for (const [flags, named, expected] of cases) {
    assertEquals<string[]>(namesOf(Category, categoriesOf(maskOf(Flag, flags), named)), expected, flags.join());
  }
});
