import { assertEquals } from "@std/assert";
import { NameTable } from "./name_table.ts";

const encoder = new TextEncoder();

function item(name: string) {
  return { name, key: encoder.encode(name) };
}

function tableOf(...names: string[]) {
  const table = new NameTable<ReturnType<typeof item>>();
  for (const name of names) table.add(item(name));
  return table;
}

/** Looks a name up from the middle of a buffer, as requests are. */
function find(table: ReturnType<typeof tableOf>, name: string): string | undefined {
  const bytes = encoder.encode(`$${name}\r\n`);
  return table.lookup(bytes, 1, bytes.length - 3)?.name;
}

Deno.test("name table: names of every length, in whatever case", () => {
  const names = ["a", "ab", "abc", "abcd", "abcde", "abcdefgh", "abcdefghi", "abcdefghijklmnopqrst"];
  const table = tableOf(...names);
  for (const name of names) {
    assertEquals(find(table, name), name);
    assertEquals(find(table, name.toUpperCase()), name);
    assertEquals(find(table, name[0].toUpperCase() + name.slice(1)), name);
  }
  assertEquals(find(table, ""), undefined);
  assertEquals(find(table, "abcdef"), undefined);
});

Deno.test("name table: names that differ in one byte only", () => {
  const table = tableOf("get", "set", "geoadd", "zrangebyscore", "zrangebylexxx");
  for (const other of ["gat", "sex", "geoaddd", "zrangebyscorf", "zrangexyscore", "zrangebylexxy"]) {
    assertEquals(find(table, other), undefined, other);
  }
});

Deno.test("name table: the case bit means something else beside letters", () => {
  const table = tableOf("sort_ro", "x-y", "a1", "a.b");
  for (const name of ["SORT_RO", "X-Y", "A1", "A.B"]) assertEquals(find(table, name), name.toLowerCase());
  for (const other of ["sort\x7fro", "x\ry", "a\x11", "a\x0eb", "sort_r\x0f"]) {
    assertEquals(find(table, other), undefined, JSON.stringify(other));
  }
});

Deno.test("name table: an item that goes leaves the others in their order", () => {
  const table = tableOf("one", "two", "three");
  const two = table.items[1];
  assertEquals(table.delete(two), true);
  assertEquals(table.delete(two), false);
  assertEquals(table.items.map(({ name }) => name), ["one", "three"]);
  assertEquals(find(table, "two"), undefined);
  assertEquals(find(table, "three"), "three");
});

Deno.test("name table: hundreds of random names against a set", () => {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0];
  let state = seed;
  const random = (below: number) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % below;
  const word = () => Array.from({ length: 1 + random(12) }, () => "abcdefgxyz-_.012345"[random(19)]).join("");
  const names = new Set(Array.from({ length: 400 }, word));
  const table = tableOf(...names);
  for (const name of names) assertEquals(find(table, name.toUpperCase()), name, `seed ${seed}`);
  for (let i = 0; i < 2000; i++) {
    const name = word();
    assertEquals(find(table, name), names.has(name) ? name : undefined, `seed ${seed}`);
  }
});
