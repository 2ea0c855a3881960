/**
 * What functions keep and lose, what they cause, and that a state that is lost brings them back.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import strings from "../../modules/strings/mod.ts";
import { ReplyError } from "../../server/api/mod.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import { LuaPanic } from "../lua.ts";
import scripting from "../mod.ts";
import { functionsOf } from "./functions.ts";

const modules = [strings, scripting];
const COUNTER = `#!lua name=counter
local n = 0
redis.register_function('count', function() n = n + 1 return n end)
redis.register_function('set', function(keys, args) return redis.call('SET', keys[1], args[1]) end)`;
const ECHO = `#!lua name=echo
redis.register_function{function_name='echo', description='says it', flags={'no-writes'},
  callback=function(keys, args) return args[1] end}`;

function text(reply: unknown): string {
  return reply instanceof Uint8Array ? new TextDecoder().decode(reply) : String(reply);
}

function memoryFields(server: InMemoryServer): Record<string, string> {
  const lines = text(server.call("INFO", "memory")).split("\r\n");
  return Object.fromEntries(lines.map((line) => line.split(":")));
}

Deno.test("functions: libraries are sent on as they came, calls as what they change", () => {
  using server = new InMemoryServer(modules);
  const load = server.effectsOf(() => server.call("FUNCTION", "LOAD", COUNTER));
  assertEquals([load.propagated.length, load.propagated[0].startsWith("FUNCTION LOAD #!lua"), load.dirty], [
    1,
    true,
    1,
  ]);
  const set = server.effectsOf(() => server.call("FCALL", "set", 1, "k", "v"));
  assertEquals(set, { events: ["set k"], propagated: ["SET k v"], dirty: 1 });
  const nothing = { events: [], propagated: [], dirty: 0 };
  assertEquals(server.effectsOf(() => server.call("FCALL", "count", 0)), nothing);
  assertEquals(server.effectsOf(() => server.call("FUNCTION", "LOAD", COUNTER)), nothing);
  assertEquals(server.effectsOf(() => server.call("FUNCTION", "DELETE", "nosuch")), nothing);
  assertEquals(server.effectsOf(() => server.call("FUNCTION", "DELETE", "counter")).propagated, [
    "FUNCTION DELETE counter",
  ]);
  assertEquals(server.effectsOf(() => server.call("FUNCTION", "FLUSH")).propagated, ["FUNCTION FLUSH"]);
});

Deno.test("functions: what a library keeps is its own, and outlives everything but the library", () => {
  using server = new InMemoryServer(modules);
  using other = new InMemoryServer(modules);
  for (const one of [server, other]) one.call("FUNCTION", "LOAD", COUNTER);
  assertEquals(server.call("FCALL", "count", 0), 1);
  server.call("FLUSHALL");
  server.call("SCRIPT", "FLUSH");
  assert(server.call("EVAL", "n = 5", 0) instanceof ReplyError);
  assertEquals(server.call("FCALL", "count", 0), 2);
  assertEquals(other.call("FCALL", "count", 0), 1);
  server.call("FUNCTION", "LOAD", "REPLACE", COUNTER);
  assertEquals(server.call("FCALL", "count", 0), 1);
});

Deno.test("functions: a large state is not dropped with the scripts while there are libraries", () => {
  using server = new InMemoryServer(modules);
  const large = COUNTER.replace("local n = 0", "local n, large = 0, ('x'):rep(10000000)");
  server.call("FUNCTION", "LOAD", large);
  server.call("FCALL", "count", 0);
  server.call("SCRIPT", "FLUSH");
  assertEquals(server.call("FCALL", "count", 0), 2);
});

Deno.test("functions: a state that is lost brings the libraries back, without what they had kept", () => {
  using server = new InMemoryServer(modules);
  server.call("FUNCTION", "LOAD", COUNTER);
  server.call("FUNCTION", "LOAD", ECHO);
  server.call("FCALL", "count", 0);
  server.parts.host.state(functionsOf).interpreter.restart(new LuaPanic("not enough memory"));
  assertEquals(server.call("FCALL", "count", 0), 1);
  assertEquals(text(server.call("FCALL_RO", "echo", 0, "a")), "a");
  assert(server.call("FUNCTION", "LOAD", COUNTER) instanceof ReplyError, "it is there already");
});

Deno.test("functions: a library that takes all memory, or does not come to its end, leaves the others", () => {
  using server = new InMemoryServer(modules);
  server.call("FUNCTION", "LOAD", COUNTER);
  server.call("FCALL", "count", 0);
  const endless = [
    "local t={} for i=1,1e9 do t[i]={i} end",
    "local s='x' while true do s=s..s end",
    "while true do end",
    "local function f() return f() end f()",
  ];
  for (const body of endless) {
    const reply = server.call("FUNCTION", "LOAD", "REPLACE", `#!lua name=counter\n${body}`);
    assert(
      reply instanceof ReplyError && reply.message.startsWith("ERR Error registering functions: ERR "),
      `${body}: ${reply}`,
    );
  }
  assertEquals(server.call("FCALL", "count", 0), 2);
});

Deno.test("functions: restored all or none, and what is not used is let go of", () => {
  using server = new InMemoryServer(modules);
  server.call("FUNCTION", "LOAD", COUNTER);
  server.call("FUNCTION", "LOAD", ECHO);
  const payload = server.call("FUNCTION", "DUMP") as Uint8Array;
  server.call("FUNCTION", "FLUSH");
  server.call("FUNCTION", "LOAD", ECHO);
  const refused = server.call("FUNCTION", "RESTORE", payload);
  assertEquals(refused instanceof ReplyError && refused.message, "ERR Library echo already exists");
  assertEquals(text(server.call("FCALL", "count", 0)), "ReplyError: ERR Function not found");
  assertEquals(server.call("FUNCTION", "RESTORE", payload, "REPLACE") instanceof ReplyError, false);
  assertEquals([server.call("FCALL", "count", 0), text(server.call("FCALL", "echo", 0, "b"))], [1, "b"]);
  const { interpreter } = server.parts.host.state(functionsOf);
  const usedBytes = () => {
    server.call("EVAL", "collectgarbage() collectgarbage()", 0);
    return interpreter.usedBytes;
  };
  const before = usedBytes();
  for (let i = 0; i < 500; i++) server.call("FUNCTION", "RESTORE", payload, ["REPLACE", "FLUSH", "APPEND"][i % 3]);
  assert(usedBytes() < before + 30_000, "functions that are gone are still there");
});

Deno.test("functions: the code of all libraries, for who saves them", () => {
  using server = new InMemoryServer(modules);
  using other = new InMemoryServer(modules);
  server.call("FUNCTION", "LOAD", COUNTER);
  server.call("FUNCTION", "LOAD", ECHO);
  const codes = [...server.parts.host.state(functionsOf).codes()];
  assertEquals(codes.map(text), [COUNTER, ECHO]);
  other.parts.host.state(functionsOf).restore(codes, { flushes: true, replaces: false });
  assertEquals(other.call("FUNCTION", "LIST", "WITHCODE"), server.call("FUNCTION", "LIST", "WITHCODE"));
});

Deno.test("functions: INFO and MEMORY STATS tell of them", () => {
  using server = new InMemoryServer(modules);
  const { used_memory_lua: none } = memoryFields(server);
  assertEquals(none, "0");
  server.call("FUNCTION", "LOAD", COUNTER);
  server.call("FUNCTION", "LOAD", ECHO);
  server.call("SCRIPT", "LOAD", "return 1");
  const fields = memoryFields(server);
  assertEquals([fields.number_of_libraries, fields.number_of_functions, fields.number_of_cached_scripts], [
    "2",
    "3",
    "1",
  ]);
  const functionBytes = COUNTER.length + ECHO.length + "counter".length + "count".length + "set".length +
    "echo".length * 2 + "says it".length;
  assertEquals(fields.used_memory_functions, String(functionBytes));
  assertEquals(fields.used_memory_scripts_eval, String(40 + "return 1".length));
  assert(Number(fields.used_memory_vm_eval) > 10_000);
  const stats = server.call("MEMORY", "STATS") as unknown[];
  const statistics = stats instanceof Map ? stats : new Map(stats.map((name, i) => [text(name), stats[i + 1]]));
  assertEquals([statistics.get("lua.caches"), statistics.get("functions.caches")], [48, functionBytes]);
});

Deno.test("functions: scripts and functions do not see each other's arguments and environment", () => {
  using server = new InMemoryServer(modules);
  const run = `#!lua name=run
redis.register_function('run', function(keys, args) return loadstring(args[1])() end)`;
  server.call("FUNCTION", "LOAD", run);
  server.call("EVAL", "return 1", 1, "k", "v");
  for (const name of ["KEYS", "ARGV", "redis.register_function()"]) {
    assert(server.call("FCALL", "run", 0, `return ${name}`) instanceof ReplyError, name);
  }
  assertEquals(server.call("FCALL", "run", 0, "return redis.breakpoint"), null);
  assert(server.call("EVAL", "return redis.register_function()", 0) instanceof ReplyError);
  assertEquals(server.call("EVAL", "return type(redis.breakpoint) == 'function' and #KEYS", 1, "k"), 1);
});
