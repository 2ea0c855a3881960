import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import strings from "./mod.ts";

const MIB = 1024 * 1024;
const TOO_LONG = "-ERR string exceeds maximum allowed size (proto-max-bulk-len)";

Deno.test("ranges: a string grows up to proto-max-bulk-len and no further", () => {
  using server = new InMemoryServer([strings], "proto-max-bulk-len 1mb");
  assertEquals(server.reply(`SETRANGE k ${MIB - 2} x`), `:${MIB - 1}`);
  assertEquals(server.reply("APPEND k yy"), TOO_LONG);
  assertEquals(server.reply("APPEND k y"), `:${MIB}`);
  assertEquals(server.reply("APPEND k z"), TOO_LONG);
  assertEquals(server.reply(`SETRANGE k ${MIB - 1} zz`), TOO_LONG);
  assertEquals(server.reply("SETRANGE missing 9223372036854775807 x"), TOO_LONG);
  assertEquals(server.reply(`SETRANGE k ${MIB - 1} z`), `:${MIB}`);
  assertEquals(server.reply("GETRANGE k -3 -1"), "$3 \\x00xz");
});

Deno.test("ranges: what a master sends may be longer", () => {
  using server = new InMemoryServer([strings], "proto-max-bulk-len 1mb");
  Object.assign(server.parts.host, { isApplying: true });
  assertEquals(server.reply(`SETRANGE k ${2 * MIB} x`), `:${2 * MIB + 1}`);
});

Deno.test("ranges: every pair of indexes of a short string", () => {
  using server = new InMemoryServer([strings]);
  for (const value of ["abcde", "12345"]) {
    server.call("SET", "k", value);
    for (let start = -7; start <= 7; start++) {
      for (let end = -7; end <= 7; end++) {
        const first = Math.max(0, start < 0 ? 5 + start : start);
        const last = end < 0 ? Math.max(0, 5 + end) : end;
        const reversed = start < 0 && end < 0 && start > end;
        const expected = reversed ? "" : value.slice(first, last + 1);
        const actual = server.call("GETRANGE", "k", start, end);
        assertEquals(actual, new TextEncoder().encode(expected), `GETRANGE ${value} ${start} ${end}`);
      }
    }
  }
});

Deno.test("ranges: changes within a string, of every form, leave the rest as it is", () => {
  using server = new InMemoryServer([strings]);
  for (const length of [1, 44, 45, 300, 8192, 8193, 70_000, 300_000]) {
    for (const offset of [0, 1, length - 1, length, length + 1, length + 9000]) {
      server.call("SET", "k", "a".repeat(length));
      server.call("SETRANGE", "k", offset, "bcd");
      server.call("APPEND", "k", "e");
      const before = "a".repeat(Math.min(offset, length)) + "\0".repeat(Math.max(0, offset - length));
      const expected = `${before}bcd${"a".repeat(Math.max(0, length - offset - 3))}e`;
      assertEquals(server.call("GET", "k"), new TextEncoder().encode(expected), `${length} ${offset}`);
      server.verifyHeap();
    }
  }
});
