import { assertEquals } from "@std/assert";
import { KeyUse } from "./flags.ts";
import { KeyPositions } from "./key_positions.ts";

Deno.test("key positions: any number of keys, and none after clear", () => {
  const keys = new KeyPositions();
  for (let i = 0; i < 100; i++) keys.add(i * 2, i);
  assertEquals([keys.count, keys.position(0), keys.position(99), keys.use(99)], [100, 0, 198, 99]);
  keys.clear();
  assertEquals(keys.count, 0);
});

Deno.test("key positions: `found` takes flags by name and can be passed around", () => {
  const keys = new KeyPositions();
  const { found } = keys;
  found(3, ["RW", "access"]);
  assertEquals([keys.position(0), keys.use(0)], [3, KeyUse.RW | KeyUse.access]);
});
