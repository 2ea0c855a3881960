/**
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { Key } from "./key.ts";
import { KeyMap } from "./key_map.ts";

Deno.test("keys are told apart by their bytes", () => {
  const map = new KeyMap<number>();
  map.set(Key.of(new Uint8Array([1, 2, 3])), 1);
  assertEquals(map.get(Key.of(new Uint8Array([1, 2, 3]))), 1);
  assertEquals(map.get(Key.of(new Uint8Array([9, 2, 3]))), undefined);
  map.set(Key.of(new Uint8Array([1, 2, 3])), 2);
  assertEquals([map.size, map.get(Key.of(new Uint8Array([1, 2, 3])))], [1, 2]);
  map.clear();
  assertEquals([map.size, map.get(Key.of(new Uint8Array([1, 2, 3])))], [0, undefined]);
});

/** Two names of the same hash; among so many it would be strange if there were none. */
function namesThatCollide(): [string, string] {
  const seen = new Map<number, string>();
  for (let i = 0;; i++) {
    const name = `key:${i}`;
    const { hash } = Key.of(name);
    const other = seen.get(hash);
    if (other !== undefined) return [other, name];
    seen.set(hash, name);
  }
}

Deno.test("keys of the same hash live side by side", () => {
  const map = new KeyMap<string>();
  const names = namesThatCollide();
  for (const name of names) map.set(Key.of(name), name);
  assertEquals(names.map((name) => map.get(Key.of(name))), names);
  assertEquals([...map.keys()].map((key) => new TextDecoder().decode(key.toBytes())), names);
  assert(map.delete(Key.of(names[0])));
  assert(!map.delete(Key.of(names[0])));
  assertEquals([map.size, map.get(Key.of(names[1]))], [1, names[1]]);
  assert(map.delete(Key.of(names[1])));
  assertEquals([map.size, [...map.keys()].length], [0, 0]);
});

Deno.test("many keys come and go in any order", () => {
  const map = new KeyMap<number>();
  const names = Array.from({ length: 1000 }, (_, i) => `key:${i}`);
  for (const [i, name] of names.entries()) map.set(Key.of(name), i);
  for (const name of names) if (name.endsWith("7")) assert(map.delete(Key.of(name)));
  const left = names.filter((name) => !name.endsWith("7"));
  assertEquals([...map.values()], left.map((name) => names.indexOf(name)));
  for (const name of left.slice(5)) assert(map.delete(Key.of(name)));
  assertEquals([map.size, ...left.slice(0, 5).map((name) => map.get(Key.of(name)))], [5, 0, 1, 2, 3, 4]);
  map.set(Key.of("key:7"), 7);
  assertEquals([...map.values()], [0, 1, 2, 3, 4, 7]);
});
