import { assert, assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import hashes from "./mod.ts";

const FIELDS = 60;
const DRAWS = 12_000;
/** 59 degrees of freedom: mean 59, deviation 11. */
const CHI_SQUARE_MAX = 59 + 5 * 11;

function chiSquare(drawn: ReadonlyMap<string, number>, total: number): number {
  assertEquals(drawn.size, FIELDS);
  const expected = total / FIELDS;
  return drawn.values().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Counts what replies name. */
function count(drawn: Map<string, number>, reply: unknown): void {
  for (const field of [reply].flat()) {
    const name = new TextDecoder().decode(field as Uint8Array);
    drawn.set(name, (drawn.get(name) ?? 0) + 1);
  }
}

for (const [encoding, entriesMax] of [["listpack", 512], ["hashtable", 0]] as const) {
  Deno.test(`HRANDFIELD: each field of a ${encoding} has the same chance, however many are asked for`, () => {
    using server = new InMemoryServer([hashes], `hash-max-listpack-entries ${entriesMax}`);
    for (let i = 0; i < FIELDS; i++) server.call("HSET", "k", `field:${i}`, i);
    assertEquals(server.reply("OBJECT ENCODING k"), `$${encoding.length} ${encoding}`);
    const single = new Map<string, number>();
    for (let i = 0; i < DRAWS; i++) count(single, server.call("HRANDFIELD", "k"));
    assert(chiSquare(single, DRAWS) < CHI_SQUARE_MAX);
    const repeated = new Map<string, number>();
    count(repeated, server.call("HRANDFIELD", "k", -DRAWS));
    assert(chiSquare(repeated, DRAWS) < CHI_SQUARE_MAX);
    for (const size of [7, 30]) {
      const distinct = new Map<string, number>();
      for (let i = 0; i < DRAWS / size; i++) {
        const reply = server.call("HRANDFIELD", "k", size) as Uint8Array[];
        assertEquals(new Set(reply.map(String)).size, size);
        count(distinct, reply);
      }
      assert(chiSquare(distinct, DRAWS) < CHI_SQUARE_MAX);
    }
  });

  Deno.test(`HRANDFIELD: values are those of their fields in a ${encoding}`, () => {
    using server = new InMemoryServer([hashes], `hash-max-listpack-entries ${entriesMax}`);
    for (let i = 0; i < FIELDS; i++) server.call("HSET", "k", `f${i}`, `v${i}`);
    for (const size of [1, 7, 30, 60, -100]) {
      const words = (server.call("HRANDFIELD", "k", size, "WITHVALUES") as Uint8Array[])
        .map((word) => new TextDecoder().decode(word));
      assertEquals(words.length, Math.abs(size) * 2);
      for (let i = 0; i < words.length; i += 2) assertEquals(words[i + 1].slice(1), words[i].slice(1));
    }
  });
}
