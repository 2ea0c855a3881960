/**
 * Whatever a script does with `KEYS` and `ARGV`, the next one finds its own.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { InMemoryServer } from "../tests/support/in_memory_server.ts";
import scripting from "./mod.ts";

/** All that is in the tables, and whether they have metatables. */
const LOOK = `
  local function show(t)
    local shown = { #t, tostring(getmetatable(t)) }
    for k, v in pairs(t) do shown[#shown + 1] = tostring(k) .. "=" .. tostring(v) end
    return shown
  end
  return { show(KEYS), show(ARGV) }`;

const changes = [
  "return 1",
  "KEYS[1] = 'other'",
  "KEYS[1] = nil ARGV[2] = nil",
  "for i = #KEYS, 1, -1 do table.remove(KEYS, i) end",
  "table.insert(KEYS, 'more')",
  "table.insert(KEYS, 1, 'first')",
  "for i = 1, 100 do KEYS[i] = i ARGV[i] = i end",
  "KEYS.name = 1",
  "ARGV[0] = 1 ARGV[-1] = 2 ARGV[1e9] = 3",
  "KEYS.name = 1 KEYS.name = nil",
  "KEYS[KEYS] = ARGV ARGV[ARGV] = KEYS",
  "setmetatable(KEYS, { __index = function() return 'ghost' end })",
  "setmetatable(ARGV, { __metatable = 'locked', __newindex = error })",
  "setmetatable(KEYS, {}) setmetatable(KEYS, nil) KEYS[3] = 'x'",
  "rawset(KEYS, 'x', 1) rawset(KEYS, 'x', nil)",
  "error(KEYS)",
  "local co = coroutine.wrap(function(...) coroutine.yield(...) KEYS[1] = 'late' end) co(KEYS, ARGV)",
  "local t = KEYS setmetatable(t, { __gc = function() t[1] = 'late' end }) t = nil collectgarbage()",
  "local t = {} for i = 1, 10000 do t[i] = { KEYS, ARGV } end collectgarbage()",
];

Deno.test("scripting: KEYS and ARGV are each script's own", () => {
  using server = new InMemoryServer([scripting]);
  for (const count of [2, 0, 1, 16, 17, 40, 2]) {
    const words = Array.from({ length: count }, (_, i) => `word ${i}`);
    const items = words.map((word, i) => `${i + 1}=${word}`);
    const shown = [count, "nil", ...items];
    for (const change of changes) {
      server.call("EVAL", change, count, ...words, ...words);
      const looked = server.call("EVAL", LOOK, count, ...words, ...words) as (number | Uint8Array)[][];
      const asText = looked.map((table) =>
        table.map((one) => one instanceof Uint8Array ? new TextDecoder().decode(one) : one)
      );
      assertEquals(asText, [shown, shown], `${count} words after: ${change}`);
    }
  }
});
