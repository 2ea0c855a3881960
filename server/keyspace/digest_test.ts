import { assertEquals, assertNotEquals } from "@std/assert";
import { type AnyType, defineType, type DigestOutput, type ObjectTypeDefinition } from "../api/type.ts";
import { SystemClock } from "../base/clock.ts";
import { Random } from "../base/random.ts";
import { Key } from "../structures/key.ts";
import { digestEntry, digestKeyspace, EMPTY_DIGEST } from "./digest.ts";
import { Config } from "../config/config.ts";
import { Keyspace } from "./keyspace.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesType = defineType({
  name: "string",
  storage: "bytes",
  encodings: ["int", "embstr", "raw"],
  shortBytesMax: 44,
  rdb: { opcodes: [0], save() {}, load: () => new Uint8Array() },
  digest: (value, output) => output.ordered(value.toBytes()),
  digestNumber: 0,
});

/** A type whose values digest like those of redis-server's type of that number. */
function objectType(digestNumber: number, digest: (output: DigestOutput) => void): ObjectTypeDefinition<object> {
  return defineType<object>({
    name: `type ${digestNumber}`,
    storage: "object",
    create: () => ({}),
    copy: (value) => value,
    memoryUsage: () => 0,
    rdb: { save() {}, load: () => ({}) },
    digest: (_value, output) => digest(output),
    digestNumber,
  });
}

function keyspaceWith(types: readonly AnyType[]): Keyspace {
  const keyspace = new Keyspace({
    config: new Config([]),
    clock: new SystemClock(),
    random: new Random(1),
    databaseCount: 2,
    heapBytesMax: 0,
    slotted: false,
  });
  for (const type of types) keyspace.kinds.register(type);
  return keyspace;
}

function set(keyspace: Keyspace, index: number, key: string, value: string | Uint8Array, deadlineMs?: number): void {
  const bytes = typeof value === "string" ? encode(value) : value;
  keyspace.databases[index].setBytes(Key.of(encode(key)), bytesType, bytes, 0, bytes.length, deadlineMs);
}

Deno.test("digest: strings, deadlines and databases as in redis-server", () => {
  const keyspace = keyspaceWith([bytesType]);
  assertEquals(digestKeyspace(keyspace), EMPTY_DIGEST);
  set(keyspace, 0, "a", "1");
  set(keyspace, 0, "b", "hello");
  set(keyspace, 0, "c", new Uint8Array([0x00, 0xff]));
  assertEquals(hex(digestKeyspace(keyspace)), "a793766152aaf4b6b48d8f9291ab0c69daa71b36");
  set(keyspace, 0, "b", "hello", Date.now() + 1000_000);
  assertEquals(hex(digestKeyspace(keyspace)), "e437c8800b43c5f6769957e076ce96647d2d4615");
  set(keyspace, 1, "a", "1");
  assertEquals(hex(digestKeyspace(keyspace)), "d8249c66ace8d82898e7acd8242649d1e449883b");
});

Deno.test("digest: the shapes of other types as in redis-server", () => {
  const shapes: [number, string, (output: DigestOutput) => void][] = [
    [1, "8bf72d812571eea9b927f3c11beb0c4165a6ff89", (list) => {
      for (const element of ["a", "b", "c"]) list.ordered(encode(element));
    }],
    [2, "aa475a4a8f122ca5936aa41d911aacf8c93b827d", (set) => {
      for (const member of ["b", "3", "a"]) set.unordered(encode(member));
    }],
    [3, "445b877af3c3ec83af30529ddbbdda3185172254", (sortedSet) => {
      sortedSet.unorderedGroup(encode("b"), encode("2"));
      sortedSet.unorderedGroup(encode("a"), encode("1.5"));
    }],
    [4, "d127864ed50239662bf61bafc9bda63c17da5b37", (hash) => {
      hash.unorderedGroup(encode("g"), encode("w"));
      hash.unorderedGroup(encode("f"), encode("v"));
    }],
    [6, "d9d70b86debf21a3704d5dfa326a79db4823e30e", (stream) => {
      for (const part of ["1.1", "f", "v", "2.3", "f", "v", "g", "w"]) stream.ordered(encode(part));
    }],
  ];
  for (const [number, expected, digest] of shapes) {
    const type = objectType(number, digest);
    const db = keyspaceWith([type]).databases[0];
    const key = Key.of(encode("key"));
    db.setObject(key, type, {});
    assertEquals(hex(digestEntry(db, db.find(key))), expected);
  }
});

Deno.test("digest: the order of keys does not count, but which has what", () => {
  const digestOf = (...pairs: [string, string][]) => {
    const keyspace = keyspaceWith([bytesType]);
    for (const [key, value] of pairs) set(keyspace, 0, key, value);
    return hex(digestKeyspace(keyspace));
  };
  assertEquals(digestOf(["a", "1"], ["b", "2"]), digestOf(["b", "2"], ["a", "1"]));
  assertNotEquals(digestOf(["a", "1"], ["b", "2"]), digestOf(["a", "2"], ["b", "1"]));
});
