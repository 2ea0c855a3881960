import { assertEquals } from "@std/assert";
import { keyAt, keyNumber, keyRange, keysAfter, oneKey, unknownKeys } from "./keys.ts";

Deno.test("keys: a single key is a range of one", () => {
  const find = { lastKey: 0, step: 1, limit: 0 };
  assertEquals(oneKey("RO", "access"), { flags: ["RO", "access"], begin: { index: 1 }, find });
  assertEquals(keyAt(2, "OW"), { flags: ["OW"], begin: { index: 2 }, find });
});

Deno.test("keys: a range's end counts from its first key, or from the end of the line", () => {
  assertEquals(keyRange({ first: 2, last: 4 }, "RO").find, { lastKey: 2, step: 1, limit: 0 });
  assertEquals(keyRange({ first: 1, last: -1, step: 2 }, "OW").find, { lastKey: -1, step: 2, limit: 0 });
});

Deno.test("keys: a count stands before its keys", () => {
  assertEquals(keyNumber(2, "RO"), {
    flags: ["RO"],
    begin: { index: 2 },
    find: { keyNumIndex: 0, firstKey: 1, step: 1 },
  });
});

Deno.test("keys: behind a keyword there is one key, or a part of the rest", () => {
  assertEquals(keysAfter("STORE", { startFrom: 6 }, "OW"), {
    flags: ["OW"],
    begin: { keyword: "STORE", startFrom: 6 },
    find: { lastKey: 0, step: 1, limit: 0 },
  });
  assertEquals(keysAfter("STREAMS", { startFrom: 1, last: -1, limit: 2 }, "RO").find, {
    lastKey: -1,
    step: 1,
    limit: 2,
  });
});

Deno.test("keys: unknown keys have no place", () => {
  assertEquals(unknownKeys("OW", "update"), { flags: ["OW", "update"], begin: "unknown", find: "unknown" });
});
