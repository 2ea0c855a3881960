/**
 * Attempts of scripts to make the server fail, or to leave something for the next script, by sheer size: memory, stacks, errors
 * upon errors. Each ends in a reply, and the next script finds everything as it was. Attempts whose replies are those of
 * redis-server are cases of the area `sandbox`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { InMemoryServer } from "../tests/support/in_memory_server.ts";
import { ReplyError } from "../server/api/mod.ts";
import lists from "../modules/lists/mod.ts";
import strings from "../modules/strings/mod.ts";
import scripting from "./mod.ts";

const modules = [strings, lists, scripting];
const LIST_ITEMS = 500_000;
const BATCH_ITEMS = 5000;
const SCRIPTS = 1500;
const SCRIPT_BYTES = 100_000;
const TEXT_BYTES = 60_000_000;

/** All that a script can see of its world, as text. */
const WORLD = `
  local lines = {}
  local function show(name, t, depth)
    for k, v in pairs(t) do
      local path = name .. '.' .. tostring(k)
      if type(v) == 'table' and depth < 3 and v ~= _G then show(path, v, depth + 1)
      elseif type(v) == 'table' or type(v) == 'function' then lines[#lines + 1] = path .. ': ' .. type(v)
      else lines[#lines + 1] = path .. ' = ' .. tostring(v) end
    end
  end
  show('_G', _G, 0)
  show('string', getmetatable('').__index, 0)
  show('globals', getmetatable(_G), 0)
  table.sort(lines)
  return { table.concat(lines, '\\n'), redis.call('SET', KEYS[1], ARGV[1]).ok, cjson.encode({ 1 }), ('%d'):format(7) }`;

const memory = [
  "local s='x' while true do s=s..s end",
  "local t={} for i=1,1e8 do t[i]={i} end",
  "local t={} for i=1,1e8 do t[i]='k'..i end return #t",
  "local t={} for i=1,1e8 do t['k'..i]=i end",
  "local f=function() end for i=1,1e8 do local g=f f=function() return g end end",
  "local t={} for i=1,1e7 do t[i]=coroutine.create(function() coroutine.yield(i) end) coroutine.resume(t[i]) end",
  "return string.rep('x',2^27)",
  "local s=string.rep('x',2^24) return {s,s,s..s,s..'y',s..'z',s..'a',s..'b',s..'c'}",
  "local s=string.rep('x',2^22) return (s:gsub('x',s))",
  "return (string.rep('x',2^22):gsub('x',function(x) return 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy' end))",
  "local t={} for i=1,1e6 do t[i]='0123456789012345678901234567890123456789' end for i=1,9 do t[i]=table.concat(t) end",
  "local t={} for i=1,2e6 do t[i]=i end return #cjson.encode({t,t,t,t,t,t,t,t})",
  "return #cjson.decode('['..string.rep('[],',9e6)..'1]')",
  "return {cmsgpack.unpack(string.rep('\\144',5e6))}",
  "local s=string.rep('x',3e7) return #cmsgpack.pack(s,s,s,s,s)",
  "local s=string.rep('x',3e7) return #struct.pack('ssss',s,s,s,s)",
  "local t={} while true do t[#t+1]=redis.call('GET','text') end",
  "local t={} while true do t[#t+1]=redis.call('LRANGE','list',0,-1) end",
  "redis.call('LRANGE','list',0,-1) local t={} while true do t[#t+1]=redis.pcall('LRANGE','list',0,-1) end",
  "return redis.call('SET','x',redis.call('GET','text')..redis.call('GET','text'))",
  "local s=string.rep('x',5e7) error(s..s..s)",
  "error(string.rep('x',5e7))",
  "return {err=string.rep('x',5e7)}",
  "return redis.error_reply(string.rep('x',5e7))",
  "return redis.sha1hex(string.rep('x',5e7))..redis.status_reply(string.rep('x',5e7)).ok..string.rep('x',5e7)",
  "local t={} while pcall(function() t[#t+1]=string.rep('x',1e6) end) do end local s='x' while true do s=s..s end",
  "local t={} local co=coroutine.wrap(function() while true do t[#t+1]=string.rep('x',1e5) end end) co()",
  "collectgarbage('stop') collectgarbage('setpause',1e9) for i=1,1e6 do local t={{},{},{}} end return string.rep('x',2^27)",
  "return loadstring('return {'..string.rep('{1,2,3},',1e7)..'}')",
  "local t={} for i=1,1e5 do t[i]='local a'..i..'='..i..' do' end return {loadstring(table.concat(t,'\\n'))}",
  "setmetatable(KEYS,{__index=function() return string.rep('x',2^27) end}) return KEYS[2]",
  "return xpcall(function() return string.rep('x',2^27) end,function() return string.rep('x',2^27) end)",
];

const stacks = [
  "local function f() return 1+f() end return f()",
  "local function f() return pcall(f) end return {f()}",
  "local function f() return pcall(pcall,f) end return {f()}",
  "local function f() return (string.gsub('a','a',f)) end return f()",
  "local function f() table.sort({1,2,3},f) end return f()",
  "local function f() return coroutine.wrap(f)() end return f()",
  "local function f() return load(f) end return {f()}",
  "local t=setmetatable({},{}) getmetatable(t).__index=function(t,k) return t[k] end return t.x",
  "local t=setmetatable({},{}) getmetatable(t).__newindex=function(t,k,v) t[k]=v end t.x=1",
  "local t=setmetatable({},{}) getmetatable(t).__concat=function(a,b) return a..b end return t..t",
  "local t=setmetatable({},{}) getmetatable(t).__tostring=function(a) return tostring(a) end return tostring(t)",
  "local t=setmetatable({},{}) getmetatable(t).__eq=function(a,b) return a==setmetatable({},getmetatable(t)) end return t==setmetatable({},getmetatable(t))",
  "local t=setmetatable({},{}) getmetatable(t).__call=function(a) return 1+a() end return 1+t()",
  "local t={} t[1]=t return t",
  "local t={} t.map={t=t} t.map.t=t return {map=t}",
  "local t={} t.set={[t]=t} return t",
  "local t={} for i=1,1e6 do t={t} end return t",
  "local t={} t.t=t return cjson.encode(t)",
  "cjson.encode_max_depth(1e6) local t={} t.t=t return cjson.encode(t)",
  "cjson.decode_max_depth(1e6) return cjson.decode(string.rep('[',1e6)..string.rep(']',1e6))",
  "return cmsgpack.unpack(string.rep('\\145',1e6))",
  "return cmsgpack.unpack(string.rep('\\129\\1',1e6))",
  "local t={} t.t=t return cmsgpack.pack(t)",
  "return loadstring('return '..string.rep('(',1e5))",
  "return loadstring(string.rep('do ',1e5))()",
  "return loadstring('return '..string.rep('{',1e5))()",
  "return loadstring('return '..string.rep('-',1e5)..'1')()",
  "return loadstring('return '..string.rep('not ',1e5)..'1')()",
  "return loadstring('return '..string.rep('a..',1e5)..'1')()",
  "return loadstring('return '..string.rep('2^',1e5)..'1')()",
  "return loadstring('local '..string.rep('a,',300)..'b=1')()",
  "return string.find(string.rep('a',300000),string.rep('a?',300000)..'b')",
  "return string.match(string.rep('(',1e5),string.rep('%(',1e5))",
  "return string.gsub('x',string.rep('(x)?',100),'y')",
  "return unpack({},1,1e8)",
  "return {unpack({},1,1e6)}",
  "return redis.call('DEL',unpack(redis.call('LRANGE','list',0,-1)))",
  "return string.byte(string.rep('x',1e7),1,-1)",
  "return string.char(unpack({},1,1e7))",
];

const errors = [
  "error(setmetatable({},{__tostring=function() error('boom') end}))",
  "error(setmetatable({err='x'},{__index=function() error('boom') end}))",
  "error(setmetatable({},{__index=function() error('boom') end}))",
  "error(function() end)",
  "error(coroutine.create(function() end))",
  "error({err={}})",
  "error({err=setmetatable({},{__tostring=function() error('boom') end})})",
  "error({ok=setmetatable({},{__tostring=function() error('boom') end})})",
  "error(cjson.null)",
  "error('\\r\\n+OK\\r\\n')",
  "return {err='\\r\\n+OK\\r\\n'}",
  "return {ok='\\r\\n+OK\\r\\n'}",
  "return xpcall(error,function(e) error(e) end)",
  "return pcall(error,setmetatable({},{__tostring=function() error('boom') end}))",
  "local co=coroutine.wrap(function() error(setmetatable({},{__tostring=error})) end) co()",
  "return setmetatable({},{__index=error,__len=error,__pairs=error,__ipairs=error,__tostring=error})",
  "return setmetatable({err=1,ok=setmetatable({},{__tostring=error})},{__index=error})",
  "return {double=setmetatable({},{}),map=5,set='x',big_number=5,verbatim_string={string=5}}",
];

function worldOf(server: InMemoryServer): unknown {
  return server.call("EVAL", WORLD, 1, "k", "v");
}

for (const [name, scripts] of Object.entries({ memory, stacks, errors })) {
  Deno.test(`sandbox: ${name}`, () => {
    using server = new InMemoryServer(modules);
    server.call("SETRANGE", "text", TEXT_BYTES - 1, "t");
    const items = Array.from({ length: BATCH_ITEMS }, (_, i) => `item ${i}`);
    for (let count = 0; count < LIST_ITEMS; count += BATCH_ITEMS) server.call("RPUSH", "list", ...items);
    const world = worldOf(server);
    assert(!(world instanceof ReplyError), String(world));
    for (const script of scripts) {
      const reply = server.call("EVAL", script, 1, "key", "argument");
      // Nothing of it was so bad that the state of Lua had to be made anew.
      assert(!(reply instanceof ReplyError && /was stopped|internal error/.test(reply.message)), `${script}: ${reply}`);
      assertEquals(worldOf(server), world, script);
    }
  });
}

Deno.test("sandbox: more scripts than Lua's memory holds", () => {
  using server = new InMemoryServer(modules);
  const scriptOf = (i: number) => `local text = '${"t".repeat(SCRIPT_BYTES)}' return ${i}`;
  const shas: Uint8Array[] = [];
  for (let i = 0; i < SCRIPTS; i++) {
    assertEquals(server.call("EVAL", scriptOf(i), 0), i);
    shas.push(server.call("SCRIPT", "LOAD", scriptOf(i)) as Uint8Array);
  }
  for (let i = 0; i < SCRIPTS; i += 100) assertEquals(server.call("EVALSHA", shas[i], 0), i);
  assertEquals(server.call("SCRIPT", "EXISTS", ...shas.slice(0, 3)), [1, 1, 1]);
});
