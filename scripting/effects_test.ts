/**
 * What scripts cause beside their replies, and that whatever they do stays theirs: memory that ends, stacks that overflow,
 * traps left behind for the next one.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { InMemoryServer } from "../tests/support/in_memory_server.ts";
import { ReplyError } from "../server/api/mod.ts";
import strings from "../modules/strings/mod.ts";
import scripting from "./mod.ts";

const modules = [strings, scripting];

Deno.test("scripting: effects are sent on as those of the commands", () => {
  using server = new InMemoryServer(modules);
  const run = (script: string) => server.effectsOf(() => server.call("EVAL", script, 1, "k"));
  assertEquals(run("redis.call('SET',KEYS[1],1.5)"), { events: ["set k"], propagated: ["SET k 1.5"], dirty: 1 });
  assertEquals(run("redis.call('INCRBYFLOAT',KEYS[1],1) redis.call('APPEND',KEYS[1],'x')"), {
    events: ["incrbyfloat k", "append k"],
    propagated: ["MULTI", "SET k 2.5 KEEPTTL", "APPEND k x", "EXEC"],
    dirty: 2,
  });
  assertEquals(run("return redis.call('GET',KEYS[1])"), { events: [], propagated: [], dirty: 0 });
  assertEquals(run("redis.call('SET',KEYS[1],1) error('x')").propagated, ["SET k 1"]);
});

Deno.test("scripting: where Lua's memory ends, the script fails and the next one runs", () => {
  using server = new InMemoryServer(modules);
  for (
    const script of [
      "local s='x' while true do s=s..s end",
      "local t={} for i=1,1e8 do t[i]={i} end",
      "return string.rep('x',2^29)",
    ]
  ) {
    const reply = server.call("EVAL", script, 0);
    assert(reply instanceof ReplyError && reply.message.startsWith("ERR not enough memory"), String(reply));
    assertEquals(server.call("EVAL", "return redis.call('SET','k',#ARGV)", 0, "a") instanceof ReplyError, false);
  }
});

Deno.test("scripting: a value too large for Lua stops the script alone, and scripts are still known", () => {
  using server = new InMemoryServer(modules);
  server.call("SETRANGE", "large", 100_000_000, "x");
  const sha = server.call("SCRIPT", "LOAD", "return redis.call('STRLEN',KEYS[1])") as Uint8Array;
  const reply = server.call("EVAL", "return redis.call('GET',KEYS[1])..'x'", 1, "large");
  assert(reply instanceof ReplyError, "it does not fit");
  assertEquals(server.call("EVALSHA", sha, 1, "large"), 100_000_001);
});

Deno.test("scripting: recursion without end is an error", () => {
  using server = new InMemoryServer(modules);
  for (
    const script of [
      "local function f() return 1+f() end return f()",
      "local t=setmetatable({},{__index=function(t,k) return t[k] end}) return t.x",
      "local t={} t.a=t return cjson.encode(t)",
      "return cmsgpack.unpack(string.rep('\\145',1e6))",
      "return loadstring('return '..string.rep('(',1e5))()",
      "return cjson.decode(string.rep('[',1e6))",
    ]
  ) {
    assert(server.call("EVAL", script, 0) instanceof ReplyError, script);
    assertEquals(server.call("EVAL", "return 7", 0), 7);
  }
});

Deno.test("scripting: nothing is left for the next script", () => {
  using server = new InMemoryServer(modules);
  for (
    const script of [
      "x=1",
      "_G.x=1",
      "rawset(_G,'x',1)",
      "redis.x=1",
      "rawset(string,'x',1)",
      "table.insert(redis,1)",
      "setmetatable(_G,{})",
      "getmetatable('').__index.x=1",
      "getmetatable(_G).__index=nil",
      "loadstring('x=1')()",
      "for k,v in pairs(_G) do if type(v)=='table' and k~='KEYS' and k~='ARGV' then v.x=1 end end",
      "return load(string.dump(function() end))()",
      "return loadstring(string.dump(function() return 1 end))()",
    ]
  ) {
    assert(server.call("EVAL", script, 0) instanceof ReplyError, script);
  }
  assertEquals(server.call("EVAL", "return {rawget(_G,'x'), rawget(redis,'x'), string.x}", 0), []);
  const finalizer = "setmetatable({},{__gc=function() redis.call('SET','gc',1) end}) collectgarbage()";
  server.call("EVAL", finalizer, 0);
  assertEquals(server.call("EVAL", "collectgarbage() return redis.call('EXISTS','gc')", 0), 0);
});

Deno.test("scripting: servers in one process have states of their own", () => {
  using one = new InMemoryServer(modules);
  using other = new InMemoryServer(modules);
  one.call("EVAL", "cjson.encode_max_depth(7)", 0);
  assertEquals(one.call("EVAL", "return cjson.encode_max_depth()", 0), 7);
  assertEquals(other.call("EVAL", "return cjson.encode_max_depth()", 0), 1000);
});

Deno.test("scripting: random numbers repeat after a seed alone", () => {
  using server = new InMemoryServer(modules);
  const draw = (seed: string) => String(server.call("EVAL", `${seed} return tostring(math.random())`, 0));
  assertEquals(draw("math.randomseed(7)"), draw("math.randomseed(7)"));
  assert(draw("") !== draw(""));
});
