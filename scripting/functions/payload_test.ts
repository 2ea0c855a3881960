import { assertEquals, assertThrows } from "@std/assert";
import { encodeText, ReplyError } from "../../server/api/mod.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import { decodeLibraries, encodeLibraries } from "./payload.ts";

const CODE = encodeText("#!lua name=lib1\nredis.register_function('f1',function(k,a) return 1 end)");
/** As redis-server 7.0.15 dumps a library of this code, and none. */
const ONE_LIBRARY = Uint8Array.of(0xf5, 0x40, 0x48, ...CODE, 0x0a, 0, 0xb2, 0xc1, 0xd3, 0x03, 0xfe, 0x8f, 0x1d, 0x55);
const NO_LIBRARY = Uint8Array.of(0x0a, 0, 0x5d, 0x9b, 0x5c, 0x40, 0x0f, 0x7f, 0xa2, 0xda);

Deno.test("payloads: byte for byte those of redis-server", () => {
  using server = new InMemoryServer([]);
  const { host } = server.parts;
  assertEquals(encodeLibraries(host, [CODE]), ONE_LIBRARY);
  assertEquals(encodeLibraries(host, []), NO_LIBRARY);
  assertEquals([...decodeLibraries(host, ONE_LIBRARY)], [CODE]);
  assertEquals([...decodeLibraries(host, NO_LIBRARY)], []);
});

Deno.test("payloads: compressed as the configuration says, and read either way", () => {
  using server = new InMemoryServer([]);
  const { host } = server.parts;
  const long = encodeText(`#!lua name=long\n-- ${"x".repeat(1000)}`);
  const compressed = encodeLibraries(host, [long, CODE]);
  server.call("CONFIG", "SET", "rdbcompression", "no");
  const plain = encodeLibraries(host, [long, CODE]);
  assertEquals([compressed.length < 200, plain.length > 1000], [true, true]);
  for (const payload of [compressed, plain]) assertEquals([...decodeLibraries(host, payload)], [long, CODE]);
});

Deno.test("payloads: any damage is noticed", () => {
  using server = new InMemoryServer([]);
  const { host } = server.parts;
  for (let i = 0; i < ONE_LIBRARY.length; i++) {
    const damaged = ONE_LIBRARY.slice();
    damaged[i] ^= 1;
    const refused = assertThrows(() => decodeLibraries(host, damaged), ReplyError);
    assertEquals(refused.message, "ERR DUMP payload version or checksum are wrong");
    assertThrows(() => decodeLibraries(host, ONE_LIBRARY.subarray(0, i)), ReplyError);
  }
});
