/**
 * Cases for functions: libraries and what they find, calls, errors and their places, payloads.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Functions. */
export const functions = area(
  "functions",
  String.raw`
== the first line of a library
FUNCTION FLUSH
FUNCTION LOAD ""
FUNCTION LOAD "return 1"
FUNCTION LOAD "#!lua"
FUNCTION LOAD "#!lua\n"
FUNCTION LOAD "#!lua name=a"
FUNCTION LOAD "#!lua name=a\n"
FUNCTION LOAD "#!lua name=\nx"
FUNCTION LOAD "#!lua name=a-b\nx"
FUNCTION LOAD "#!lua name=a name=b\nx"
FUNCTION LOAD "#!lua name=a foo=b\nx"
FUNCTION LOAD "#!lua foo\nx"
FUNCTION LOAD "#!lua NAME=a\nredis.register_function('f',function() end)"
FUNCTION LOAD "#!LUA name=a2\nredis.register_function('fa',function() end)"
FUNCTION LOAD "#!js name=a\nx"
FUNCTION LOAD "#! lua name=a\nx"
FUNCTION LOAD "#!\nx"
FUNCTION LOAD "#! \nx"
FUNCTION LOAD "#!lua \"name=a\nx"
FUNCTION LOAD "#!lua \"name=q\"\nredis.register_function('fq',function() end)"
FUNCTION LOAD "#!lua name=\"q2\"\nredis.register_function('fq2',function() end)"

== words of FUNCTION LOAD, and names that are taken
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=a\nreturn 1"
FUNCTION LOAD "#!lua name=a\n\n\nlocal x = nil\nx.y=1"
FUNCTION LOAD
FUNCTION LOAD a b
FUNCTION LOAD replace
FUNCTION LOAD REPLACE REPLACE
FUNCTION LOAD REPLACE x y
FUNCTION LOAD foo x
~unordered FUNCTION LIST
FUNCTION LOAD "#!lua name=a\nredis.register_function('f',function() end)"
FUNCTION LOAD "#!lua name=A\nredis.register_function('f',function() end)"
FUNCTION LOAD "#!lua name=c\nredis.register_function('F',function() end)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('fq',function() end)"
FUNCTION LOAD REPLACE "#!lua name=a\nx x"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('g',function() end)"
~unordered FUNCTION LIST
FCALL f 0
FCALL g 0
FUNCTION DELETE f
FUNCTION DELETE A
FUNCTION DELETE a
~unordered FUNCTION LIST

== what a library finds while it is loaded (1)
FUNCTION FLUSH
FUNCTION LOAD "#!js name=a-b\nx"
FUNCTION LOAD "#!js name=a b\nx"
FUNCTION LOAD "#!lua name=a\nx x"
FUNCTION LOAD "#!lua name=a\nx()"
FUNCTION LOAD "#!lua name=a\nx=1"
FUNCTION LOAD "#!lua name=a\nfunction x() end"
FUNCTION LOAD "#!lua name=a\nlocal y = x"
FUNCTION LOAD "#!lua name=a\nerror('x')"
FUNCTION LOAD "#!lua name=a\nerror({err='x'})"
FUNCTION LOAD "#!lua name=a\nerror({err='MY x y'})"
FUNCTION LOAD "#!lua name=a\nerror({err='MY x y',ignore_error_stats_update=true})"
FUNCTION LOAD "#!lua name=a\nerror({err={}})"
FUNCTION LOAD "#!lua name=a\nerror({})"
FUNCTION LOAD "#!lua name=a\nerror()"
FUNCTION LOAD "#!lua name=a\nerror(5)"
FUNCTION LOAD "#!lua name=a\nerror(true)"
FUNCTION LOAD "#!lua name=a\nredis.call('get','x')"
FUNCTION LOAD "#!lua name=a\nredis.pcall('get','x')"
FUNCTION LOAD "#!lua name=a\nredis.call()"
FUNCTION LOAD "#!lua name=a\nredis.log(redis.LOG_DEBUG,'loading')"
FUNCTION LOAD "#!lua name=a\nredis.log(redis.LOG_WARNING)"
FUNCTION LOAD "#!lua name=a\nredis.foo()"
FUNCTION LOAD "#!lua name=a\nreturn redis.sha1hex('a')"
FUNCTION LOAD "#!lua name=a\nreturn KEYS"
FUNCTION LOAD "#!lua name=a\nreturn 1"
FUNCTION LOAD "#!lua name=a\n\n\nlocal x = nil\nx.y=1"
FUNCTION LOAD "#!lua name=a\nlocal t={} for k,v in pairs(redis) do t[#t+1]=k end table.sort(t) error(table.concat(t,','))"
FUNCTION LOAD "#!lua name=a\nlocal t={} for k,v in pairs(_G) do t[#t+1]=k end table.sort(t) error(table.concat(t,','))"
FUNCTION LOAD "#!lua name=a\nlocal t={} for k,v in pairs(getmetatable(_G).__index) do t[#t+1]=k end table.sort(t) error(table.concat(t,','))"
FUNCTION LOAD "#!lua name=a\nlocal t={} for k,v in pairs(getmetatable(redis) or {}) do t[#t+1]=k end table.sort(t) error(table.concat(t,','))"
FUNCTION LOAD "#!lua name=a\nerror(tostring(redis.call))"
FUNCTION LOAD "#!lua name=a\nredis.x=1"
FUNCTION LOAD "#!lua name=a\nredis=1"
FUNCTION LOAD "#!lua name=a\n_G.redis=1"
FUNCTION LOAD "#!lua name=a\nrawset(_G,'x',1)"
FUNCTION LOAD "#!lua name=a\nrawset(redis,'x',1)"

== what a library finds while it is loaded (2)
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=a\nsetmetatable(_G,{})"
FUNCTION LOAD "#!lua name=a\nsetmetatable(redis,{})"
FUNCTION LOAD "#!lua name=a\ngetmetatable(_G).__index=1"
FUNCTION LOAD "#!lua name=a\ngetmetatable(_G).__index.redis=1"
FUNCTION LOAD "#!lua name=a\nstring.x=1"
FUNCTION LOAD "#!lua name=a\nmath.random=1"
FUNCTION LOAD "#!lua name=a\nerror(tostring(math.random~=nil)..tostring(cjson~=nil))"
FUNCTION LOAD "#!lua name=a\nmath.random()"
FUNCTION LOAD "#!lua name=a\nos.clock()"
FUNCTION LOAD "#!lua name=a\nloadstring('x=1')()"
FUNCTION LOAD "#!lua name=a\nloadstring('return redis')()"
FUNCTION LOAD "#!lua name=a\nloadstring('return redis.call')()"
FUNCTION LOAD "#!lua name=a\nerror(tostring(loadstring('return redis.foo')()))"
FUNCTION LOAD "#!lua name=a\nerror(tostring(redis.REDIS_VERSION)..tostring(redis.setresp)..tostring(redis.REPL_ALL))"
FUNCTION LOAD "#!lua name=a\nprint(1)"
FUNCTION LOAD "#!lua name=a\nerror(tostring(rawget(_G,'redis')))"
FUNCTION LOAD "#!lua name=a\nerror(tostring(rawget(_G,'string')))"
FUNCTION LOAD "#!lua name=a\nerror(tostring(_G))"
FUNCTION LOAD "#!lua name=a\nlocal x = _G.foo"
FUNCTION LOAD "#!lua name=a\nlocal x = redis['foo']"
FUNCTION LOAD "#!lua name=a\nlocal x = redis[1]"
FUNCTION LOAD "#!lua name=a\nlocal x = _G[1]"
FUNCTION LOAD "#!lua name=a\nlocal x = _G[{}]"
FUNCTION LOAD "#!lua name=a\nlocal x = redis[{}]"
FUNCTION LOAD "#!lua name=a\nlocal x = redis['call']"
FUNCTION LOAD "#!lua name=a\nsetfenv(1,{})"
FUNCTION LOAD "#!lua name=a\nerror(tostring(getfenv))"
FUNCTION LOAD "#!lua name=a\ncoroutine.wrap(function() error('in co') end)()"
FUNCTION LOAD "#!lua name=a\nlocal function f() error('deep') end\nf()"
FUNCTION LOAD "#!lua name=a\nerror('deep',2)"
FUNCTION LOAD "#!lua name=a\nerror('deep',0)"
FUNCTION LOAD "#!lua name=a\nerror('deep\\nnl')"
FUNCTION LOAD "#!lua name=a\nreturn \"\\q\", error(\"\\q\")"
FUNCTION LOAD "#!lua name=a\nx = \"abc"
FUNCTION LOAD "#!lua name=a\nif true then"
FUNCTION LOAD "#!lua name=a\r\nx x"

== what there is of redis while a library is loaded
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=a\nlocal x = redis.acl_check_cmd"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.breakpoint"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.debug"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.error_reply"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.log"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.replicate_commands"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.set_repl"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.setresp"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.status_reply"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.register_function"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.LOG_DEBUG"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.REPL_ALL"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.REDIS_VERSION"
FUNCTION LOAD "#!lua name=a\nlocal x = redis.REDIS_VERSION_NUM"
FUNCTION LOAD "#!lua name=a\nlocal x = _VERSION"
FUNCTION LOAD "#!lua name=a\nlocal x = bit"
FUNCTION LOAD "#!lua name=a\nlocal x = cjson"
FUNCTION LOAD "#!lua name=a\nlocal x = cmsgpack"
FUNCTION LOAD "#!lua name=a\nlocal x = struct"
FUNCTION LOAD "#!lua name=a\nlocal x = collectgarbage"
FUNCTION LOAD "#!lua name=a\nlocal x = next"
FUNCTION LOAD "#!lua name=a\nlocal x = pairs"
FUNCTION LOAD "#!lua name=a\nlocal x = unpack"
FUNCTION LOAD "#!lua name=a\nlocal x = xpcall"
FUNCTION LOAD "#!lua name=a\nlocal x = KEYS"
FUNCTION LOAD "#!lua name=a\nlocal x = ARGV"
FUNCTION LOAD "#!lua name=a\nlocal s=('x'):rep(3) redis.log(0,s)"
FUNCTION LOAD "#!lua name=a\nlocal x = ('').foo"
FUNCTION LOAD "#!lua name=a\nredis.log('0','a',1,2)"
FUNCTION LOAD "#!lua name=a\nredis.log(0,{})"
FUNCTION LOAD "#!lua name=a\nredis.log(9,'x')"
FUNCTION LOAD "#!lua name=a\nlocal t = {} t.x.y=1"
FUNCTION LOAD "#!lua name=a\nwhile true do end"
FUNCTION LOAD "#!lua name=a\nlocal t=redis.register_function t.x=1"
FUNCTION LOAD "#!lua name=a\nreturn ('x'):bad()"
FUNCTION LOAD "#!lua name=a\nredis.register_function('a',function() end)\nredis.foo()"

== redis.register_function (1)
FUNCTION FLUSH
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function()"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('a')"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('a',1)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function(1,function() end) local z = redis['x']"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({},function() end)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function(function() end,'a')"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('a',function() end,1)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('a b',function() end)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('',function() end)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('a\\0b',function() end)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('a',function() end) redis.register_function('a',function() end)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x'})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({callback=function() end})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=1})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name={},callback=function() end})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name=5,callback=function() end}) local z = redis['passed']"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,foo=1})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,1})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,[{}]=1})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags=1})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags='no-writes'})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={'foo'}})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={1}})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={{}}})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={foo='no-writes'}})"
~unordered FUNCTION LIST

== redis.register_function (2)
FUNCTION FLUSH
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={'no-writes',nil,'bad'}})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={'NO-WRITES'}})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={'no-writes','no-writes','allow-oom','allow-stale','no-cluster','allow-cross-slot-keys'}})"
~unordered FUNCTION LIST
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,flags={'allow-cross-slot-keys','no-cluster','allow-stale','allow-oom','no-writes'}})"
~unordered FUNCTION LIST
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,description=1})"
~unordered FUNCTION LIST
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,description={}})"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,description=''})"
~unordered FUNCTION LIST
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,description='a\\0b c',flags={}})"
~unordered FUNCTION LIST
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({function_name='x',callback=function() end,description='d'}, 1)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function({FUNCTION_NAME='x',CALLBACK=function() end,Description='up',FLAGS={}})"
~unordered FUNCTION LIST
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('x')"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function(1)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function(nil)"
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function(setmetatable({},{__index={function_name='x',callback=function() end}}))"
FUNCTION LOAD REPLACE "#!lua name=a\nlocal ok,e=pcall(redis.register_function) local z = redis[type(e)..tostring(e)]"
FUNCTION LOAD REPLACE "#!lua name=a\nlocal ok,e=pcall(redis.register_function,'a-',1) redis.register_function('h',function() return 1 end) local z = redis[type(e)..tostring(e)]"
FUNCTION LOAD REPLACE "#!lua name=a\nlocal ok,e=pcall(redis.call,'get','x') local z = redis[type(e)..tostring(e)]"
FUNCTION LOAD REPLACE "#!lua name=a\nlocal r=redis.pcall('get','x') local z = redis[type(r)..tostring(r.err)]"
FUNCTION LOAD REPLACE "#!lua name=a\nlocal r=redis.register_function('h',print or function() return 1 end) local z = redis[tostring(r)]"
FUNCTION LOAD REPLACE "#!lua name=a\nlocal r=redis.register_function('h',tostring)"
FCALL h 1 a b
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('h',redis.register_function)"
FCALL h 1 a b
FUNCTION LOAD REPLACE "#!lua name=a\nlocal r = redis.register_function redis.register_function('h',function(k,a) return r('x',function() end) end)"
FCALL h 1 a b
FUNCTION LOAD REPLACE "#!lua name=a\nlocal r = redis.register_function redis.register_function('h',function(k,a) return redis.register_function('x',function() end) end)"
FCALL h 1 a b
FUNCTION LOAD REPLACE "#!lua name=a\nlocal l = redis redis.register_function('h',function(k,a) return tostring(l==redis)..tostring(l.call)..tostring(redis.call) end)"
FCALL h 1 a b
FUNCTION LOAD REPLACE "#!lua name=a\nlocal l = redis redis.register_function('h',function(k,a) return l.call('get','x') end)"
FCALL h 1 a b
FUNCTION LOAD REPLACE "#!lua name=a\nlocal l = redis redis.register_function('h',function(k,a) local t={} for k,v in pairs(redis) do t[#t+1]=k end table.sort(t) return t end)"
FCALL h 1 a b
FUNCTION LOAD REPLACE "#!lua name=a\nlocal l = redis redis.register_function('h',function(k,a) local t={} for k,v in pairs(_G) do t[#t+1]=k end table.sort(t) return t end)"
FCALL h 1 a b

== FCALL
FUNCTION FLUSH
FUNCTION LOAD REPLACE "#!lua name=a\nredis.register_function('h',redis.log)"
FCALL h 1 a b
FCALL h 0 b
FCALL h 0
FUNCTION LOAD "#!lua name=b\nlocal f=function(k,a) return redis.call(unpack(a)) end redis.register_function('w',f) redis.register_function{function_name='r',callback=f,flags={'no-writes'}}"
FCALL w 0 set a 1
FCALL_RO w 0 get a
FCALL_RO r 0 get a
FCALL_RO r 0 set a 1
FCALL r 0 set a 1
FCALL r 0 get a
FCALL R 0 get a
FCALL r -1 get a
FCALL r 5 get a
FCALL r x get a
FCALL r 1.5 get a
FCALL r
FCALL r 99999999999999999999
FCALL r 0
FCALL nosuch 0
FCALL nosuch x
FCALL nosuch 5
FCALL_RO nosuch 0
FCALL_RO r x
FCALL w 0 nosuch
FCALL w 0 get
FCALL w 0 fcall r 0
FCALL w 0 function list
FCALL w 0 eval 'return 1' 0
FCALL w 0 lpush a 1
FCALL w 0 debug sleep 0
EVAL "return redis.call('fcall','r',0,'get','a')" 0
EVAL "return redis.call('function','list')" 0
EVAL "return redis.call('fcall_ro','r',0,'get','a')" 0

== what functions find (1)
FUNCTION FLUSH
FUNCTION LOAD REPLACE "#!lua name=c\nredis.register_function('e',function(k,a) return loadstring(a[1])() end)\nredis.register_function('t',function(k,a) return a[1] end)"
FCALL e 0 "return 1"
FCALL e 0 "return {1,'a',{ok='x'},{err='y z'}}"
FCALL e 0 "return foo"
FCALL e 0 "error('x')"
FCALL e 0 "error('x',0)"
FCALL e 0 "error('x',2)"
FCALL e 0 "error({err='MY x'})"
FCALL e 0 "error()"
FCALL e 0 "error(5)"
FCALL e 0 "return redis.call('nosuch')"
FCALL e 0 "redis.call('nosuch') return 1"
FCALL e 0 "return redis.pcall('nosuch')"
FCALL e 0 "return KEYS"
FCALL e 0 "return ARGV"
FCALL e 0 "x=1"
FCALL e 0 "_G.x=1"
FCALL e 0 "rawset(_G,'x',1)"
FCALL e 0 "_G=1"
FCALL e 0 "redis=1"
FCALL e 0 "redis.x=1"
FCALL e 0 "return redis.x"
FCALL e 0 "rawset(redis,'x',1)"
FCALL e 0 "setmetatable(_G,{})"
FCALL e 0 "setmetatable(redis,{})"
FCALL e 0 "getmetatable(_G).__index=1"
FCALL e 0 "return tostring(getmetatable(redis))"
FCALL e 0 "local t={} for k,v in pairs(getmetatable(_G)) do t[#t+1]=k..type(v) end table.sort(t) return t"
FCALL e 0 "return tostring(getmetatable(_G)==nil)"
FCALL e 0 "return tostring(_G==_G._G)"
FCALL e 0 "return tostring(rawget(_G,'foo'))"
FCALL e 0 "return tostring(rawget(_G,'redis')==redis)"
FCALL e 0 "string.x=1"
FCALL e 0 "return tostring(string.foo)"
FCALL e 0 "return _G.foo"
FCALL e 0 "return _G[{}]"
FCALL e 0 "return _G[1]"
EVAL "return _G[{}]" 0
EVAL "return _G[1]" 0
EVAL "return _G[true]" 0

== what functions find (2)
FUNCTION FLUSH
FUNCTION LOAD REPLACE "#!lua name=c\nredis.register_function('e',function(k,a) return loadstring(a[1])() end)\nredis.register_function('t',function(k,a) return a[1] end)"
EVAL "return redis.foo" 0
FCALL e 0 "return os"
FCALL e 0 "return tostring(os)"
FCALL e 0 "return require"
FCALL e 0 "return redis.breakpoint"
FCALL e 0 "return {redis.setresp(3), redis.call('hgetall','x')}"
FCALL e 0 "return redis.call('hgetall','x')"
FCALL e 0 "return redis.REDIS_VERSION"
FCALL e 0 "return redis.replicate_commands()"
FCALL e 0 "function foo() end"
FCALL e 0 "return table.concat({...})"
FCALL e 0 "return ..."
FCALL e 0 "x x"
FCALL e 0 "local x = nil\nx.y=1"
FCALL e 0 "return getfenv"
FCALL e 0 "return newproxy"
FCALL e 0 "return debug"
FCALL e 0 "return {pcall(function() error('x') end)}"
FCALL t 0 "x"
FCALL t 2 a b c d

== what functions keep, and how their errors are told
FUNCTION FLUSH
FUNCTION LOAD REPLACE "#!lua name=t\nlocal n=0\nlocal function inc() n=n+1 return n end\nredis.register_function('inc',inc) redis.register_function('peek',function() return n end)"
FCALL inc 0
FCALL inc 0
FCALL peek 0
FUNCTION LOAD REPLACE "#!lua name=t\nlocal function d() redis.call('nosuch') end\nlocal function c(k,a)\n d()\n return 1 end\nredis.register_function('c',c)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nlocal function d() redis.call('nosuch') end\nlocal function c(k,a)\n d()\n return 1 end\nredis.register_function('c',function(k,a) local ok,e=pcall(c) return {tostring(ok),type(e),e} end)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) k[1]='x' a.foo=1 return {k[1],a[1],#k,#a,a.foo} end)"
FCALL c 1 k v
FCALL c 1 k v
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(...) return select('#',...) end)"
FCALL c 1 k v
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) return redis.setresp(3) end) redis.register_function('h',function() return redis.call('debug','protocol','map') end)"
FCALL c 0
FCALL h 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) local x=coroutine.wrap(function() return redis.call('nosuch') end) return x() end)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) return cjson.encode({1,2}) end)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) return {redis.call('set','x','y'), redis.call('get','x'), redis.sha1hex('a'), redis.error_reply('foo')} end)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) return redis.error_reply('foo') end)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) error(redis.error_reply('foo')) end)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) return f.x end)"
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nlocal t={}\nredis.register_function('c',function(k,a)\nif k[1] then t[#t+1]=k[1] end return t end)"
FCALL c 1 a
FCALL c 1 b
FCALL c 0
FUNCTION LOAD REPLACE "#!lua name=t\nredis.register_function('c',function(k,a) return loadstring('return function() return redis.register_function end')()() end)"
FCALL c 0

== the sandbox of functions, and what they return
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=c\nlocal shared={} redis.register_function('e',function(k,a) return loadstring(a[1])(k,a,shared) end)"
FCALL e 0 "local t={} for k,v in pairs(_G) do if type(v)=='table' and k~='_G' then t[#t+1]=tostring(pcall(rawset,v,'x',1)) end end return t"
FCALL e 0 "return {pcall(rawset,_G,'x',1)}"
FCALL e 0 "return {pcall(setmetatable,_G,{})}"
FCALL e 0 "return {pcall(table.insert,redis,1)}"
FCALL e 0 "local a,b,shared=... shared[1]=(shared[1] or 0)+1 return shared[1]"
FCALL e 0 "local a,b,shared=... shared[1]=(shared[1] or 0)+1 return shared[1]"
FCALL e 0 "return load(function() return nil end)()"
FCALL e 0 "local n=0 return load(function() n=n+1 if n==1 then return 'return redis.REDIS_VERSION' end end)()"
FCALL e 0 "return {load('x')}"
FCALL e 0 "return {loadstring('x x')}"
FCALL e 0 "return loadstring('return _G==...','name')(_G)"
FCALL e 0 "return loadstring('return loadstring(\"return tostring(_G)==...\")(...)')(tostring(_G))"
FCALL e 0 "local co=coroutine.wrap(function() return loadstring('return type(redis.sha1hex)')() end) return co()"
FCALL e 0 "return {xpcall(function() error('x') end, function(e) return e..tostring(KEYS) end)}"
FCALL e 0 "return xpcall(function() return nosuch end, function(e) return e end)"
FCALL e 0 "return {next({}), next({5})}"
FCALL e 0 "return tostring(rawequal(_G,_G._G))"
FCALL e 0 "for i=1,3 do rawset(_G,i,1) end"
FCALL e 0 "return cjson.encode({a=redis.REDIS_VERSION_NUM})"
FCALL e 0 "return redis.setresp(3)"
FCALL e 0 "return redis.call('config','get','maxmemory')"
FCALL e 0 "return redis.acl_check_cmd('set','a',1)"
FCALL e 0 "return redis.acl_check_cmd('nosuch')"
FCALL e 0 "return redis.status_reply('x')"
FCALL e 0 "return redis.set_repl(redis.REPL_NONE)"
FCALL e 0 "return string.rep('x',10)"
FCALL e 0 "return {gcinfo()>0, collectgarbage('count')>0}"
FCALL e 0 "return redis.call('publish','a','b')"
FCALL e 0 "return redis.call('eval','return 1',0)"
FCALL e 0 "return {err='A b'}"
FCALL e 0 "return {ok='A b'}"
FCALL e 0 "return {double=1.5}"
FCALL e 0 "return {map={a=1}}"
FCALL e 0 "return {set={a=true}}"
FCALL e 0 "return true"
FCALL e 0 "return false"
FCALL e 0 "return 3.99"
FCALL e 0 "return nil"
FCALL e 0 "return {1,nil,3}"
FCALL e 0 "return function() end"
FCALL e 1 "return 1" "k"
FCALL e 2 "return 1" "k"
EVAL "return redis.register_function" 0
EVAL "return {pcall(function() return KEYS[1],ARGV[1] end)}" 1 a b

== other sub-commands
FUNCTION FLUSH
FUNCTION
FUNCTION foo
FUNCTION HELP
FUNCTION HELP x
FUNCTION STATS
FUNCTION STATS x
FUNCTION KILL
FUNCTION RESTORE "" 
FUNCTION RESTORE "\xf6\x0a\x00"
FUNCTION RESTORE "\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00"
FUNCTION LOAD "#!lua name=lib1\nredis.register_function('f1',function(k,a) return 1 end)"
FUNCTION LOAD "#!lua name=lib2\nredis.register_function('f2',function(k,a) return 1 end) redis.register_function{function_name='f3',callback=function(k,a) return 1 end,description='the third'}"
FUNCTION STATS
~unordered FUNCTION LIST WITHCODE
~unordered FUNCTION LIST LIBRARYNAME lib1
~unordered FUNCTION LIST libraryname LIB1 withcode
~unordered FUNCTION LIST LIBRARYNAME lib[12]
~unordered FUNCTION LIST LIBRARYNAME
~unordered FUNCTION LIST LIBRARYNAME a LIBRARYNAME lib2
~unordered FUNCTION LIST WITHCODE WITHCODE
~unordered FUNCTION LIST foo
~unordered FUNCTION LIST LIBRARYNAME a b
FUNCTION DELETE
FUNCTION DELETE lib1 lib2
FUNCTION DELETE nosuch
FUNCTION FLUSH foo
FUNCTION FLUSH SYNC ASYNC
FUNCTION FLUSH async
FUNCTION RESTORE x FLUSH
FUNCTION RESTORE x foo
FUNCTION RESTORE x FLUSH REPLACE
FUNCTION RESTORE
FUNCTION LOAD "#!lua name=lib2\nredis.register_function('f2',function(k,a) return 1 end) redis.register_function{function_name='f3',callback=function(k,a) return 1 end,description='the third',flags={'no-writes'}}"
~unordered FUNCTION LIST WITHCODE
FUNCTION STATS
EVAL "return 1" 0
~info:number_of_cached_scripts,number_of_functions,number_of_libraries INFO memory
FUNCTION FLUSH
~info:number_of_functions,number_of_libraries INFO memory

== FUNCTION DUMP
FUNCTION FLUSH
FUNCTION DUMP
FUNCTION LOAD "#!lua name=lib1\nredis.register_function('f1',function(k,a) return 1 end)"
FUNCTION DUMP => payload
FUNCTION RESTORE $payload
FUNCTION RESTORE $payload REPLACE
FUNCTION DELETE lib1
FUNCTION RESTORE $payload
FCALL f1 0
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=long\nredis.register_function(\"f\",function() return \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" end)"
FUNCTION DUMP => payload
FUNCTION RESTORE $payload FLUSH
FUNCTION DUMP
CONFIG SET rdbcompression no
FUNCTION DUMP => payload
FUNCTION FLUSH
FUNCTION RESTORE $payload
FCALL f 0
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=bytes\nredis.register_function(\"f\",function() return \"\x00\xff\" end)"
FUNCTION DUMP => payload
FUNCTION LIST WITHCODE
FUNCTION FLUSH
FUNCTION RESTORE $payload
FCALL f 0
DUMP k
RESTORE k 0 $payload

== FUNCTION RESTORE of what is damaged
FUNCTION FLUSH
FUNCTION RESTORE "\n\x00]\x9b\\@\x0f\x7f\xa2\xda"
FUNCTION RESTORE "\x00\n\x00]\x9b\\@\x0f\x7f\xa2\xda"
FUNCTION RESTORE "\xf5\n\x00?\x97u!\x84\xd9\\\xa4"
FUNCTION RESTORE "\xf5\xc0\x05\n\x00\x15\nt\xee\xf2w\xaf6"
FUNCTION RESTORE "\xf5\xc9\x05\n\x00\x8f<\x98c\xc0\xc5!p"
FUNCTION RESTORE "\xf5\x03abc\n\x00rm\x92\xda\x94\x89B0"
FUNCTION RESTORE "\xf5\x10#!lua name=a\nx x\n\x00\xf3\n\r\x84\xc7\x00\xa7B"
FUNCTION RESTORE "\xf5\x10#!lua name=a\nx()\n\x00\xa6F\x97\x9e\x10\xc3\xe0a"
FUNCTION RESTORE "\xf5\r#!lua name=a\n\n\x00I/\xe7\xfe\x0b\xa1\\C"
FUNCTION RESTORE "\xf5@G#!lua name=d\nredis.register_function('fd',function(k,a) return 'd' end)\x00\n\x00\x84\x8e\x9e\xcb*\xaf\x17\x8c"
FUNCTION RESTORE "\x0b\x004D\xe13\xf2\xe0KS"
FUNCTION RESTORE "\x09\x00\x8di\r\x8c[\xf9\xc1k"
FUNCTION RESTORE ""
FUNCTION LIST

== policies of FUNCTION RESTORE
FUNCTION FLUSH
FUNCTION RESTORE "\xf5@G#!lua name=a\nredis.register_function('fa',function(k,a) return 'a' end)\n\x00\xa1\xfa\x9c\xd7\xbc\xddr\x85"
~unordered FUNCTION LIST
FUNCTION RESTORE "\xf5@G#!lua name=a\nredis.register_function('fa',function(k,a) return 'a' end)\n\x00\xa1\xfa\x9c\xd7\xbc\xddr\x85"
FUNCTION RESTORE "\xf5@G#!lua name=b\nredis.register_function('fb',function(k,a) return 'b' end)\xf5@G#!lua name=a\nredis.register_function('fa',function(k,a) return 'a' end)\n\x00*\xdc qo\x9d\x1d\x0e"
~unordered FUNCTION LIST
FUNCTION RESTORE "\xf5@G#!lua name=b\nredis.register_function('fb',function(k,a) return 'b' end)\xf5@G#!lua name=a\nredis.register_function('fa',function(k,a) return 'a' end)\n\x00*\xdc qo\x9d\x1d\x0e" APPEND
~unordered FUNCTION LIST
FUNCTION RESTORE "\xf5@G#!lua name=b\nredis.register_function('fb',function(k,a) return 'b' end)\xf5@G#!lua name=a\nredis.register_function('fa',function(k,a) return 'a' end)\n\x00*\xdc qo\x9d\x1d\x0e" REPLACE
~unordered FUNCTION LIST
FUNCTION RESTORE "\xf5@G#!lua name=c\nredis.register_function('fb',function(k,a) return 'c' end)\n\x00\"|\x82x\xf2\xad\xc3g" append
FUNCTION RESTORE "\xf5@G#!lua name=c\nredis.register_function('fb',function(k,a) return 'c' end)\n\x00\"|\x82x\xf2\xad\xc3g" replace
FUNCTION RESTORE "\xf5@G#!lua name=c\nredis.register_function('FB',function(k,a) return 'c' end)\n\x00\x19\xef\x13\xfb4\xaa\xa9\xdc" replace
FUNCTION RESTORE "\xf5@G#!lua name=a\nredis.register_function('fb',function(k,a) return 'a' end)\n\x00\x10\xb6\xb9m\\\xac\xd9m" replace
FUNCTION RESTORE "\xf5@G#!lua name=a\nredis.register_function('fb',function(k,a) return 'a' end)\xf5@G#!lua name=b\nredis.register_function('fa',function(k,a) return 'b' end)\n\x00\x09\xbaxh[\x05\xa1\x86" replace
~unordered FUNCTION LIST
FCALL fa 0
FCALL fb 0
FUNCTION RESTORE "\xf5@G#!lua name=d\nredis.register_function('fd',function(k,a) return 'd' end)\xf5@G#!lua name=d\nredis.register_function('fe',function(k,a) return 'd' end)\n\x00\xc5\x16M\x12\xf3\x19\xb8\xe2" append
FUNCTION RESTORE "\xf5@G#!lua name=d\nredis.register_function('fd',function(k,a) return 'd' end)\xf5@G#!lua name=e\nredis.register_function('fd',function(k,a) return 'e' end)\n\x00j\xb9\xbeF\xb5+\x1bY" append
FUNCTION RESTORE "\xf5@G#!lua name=d\nredis.register_function('fd',function(k,a) return 'd' end)\xf5@G#!lua name=e\nredis.register_function('fd',function(k,a) return 'e' end)\n\x00j\xb9\xbeF\xb5+\x1bY" flush
~unordered FUNCTION LIST
FCALL fa 0
FUNCTION RESTORE "\xf5@G#!lua name=d\nredis.register_function('fd',function(k,a) return 'd' end)\xf5@G#!lua name=e\nredis.register_function('fe',function(k,a) return 'e' end)\n\x00\xdc\xf3\xd0\x18$\x19\xb5\xe7" FLUSH
~unordered FUNCTION LIST
FCALL fa 0
FCALL fe 0
FUNCTION RESTORE "\n\x00]\x9b\\@\x0f\x7f\xa2\xda" FLUSH
FUNCTION LIST

== libraries of the release candidates
FUNCTION FLUSH
FUNCTION RESTORE "\xf6\n\x00\x96M\"+\xad\x0c3\x93"
FUNCTION RESTORE "\xf6\x03lib\n\x00\xda\xd4\xc0\x8c\x9a\x03\xd7u"
FUNCTION RESTORE "\xf6\x03lib\x03LUA\x00\n\x001o\xae\xb4\xfe\x01n\xb4"
FUNCTION RESTORE "\xf6\x03lib\x03LUA\x01\n\x00\x8fW\xeez\xd7P|@"
FUNCTION RESTORE "\xf6\x03lib\x03LUA\x01\x04desc\n\x00N\x91\xba\xf8BDE\x03"
FUNCTION RESTORE "\xf6\x03lib\x03LUA\x006\nredis.register_function('pg',function() return 1 end)\n\x00\x09\x88\xcb\x88\xf3\x11\x1a."
FUNCTION RESTORE "\xf6\x04lib2\x03LUA\x01\x04desc7\nredis.register_function('pg2',function() return 1 end)\n\x00\x13\xc2\xdb\xcb\x85\x93\x15H"
FUNCTION RESTORE "\xf6\x04lib3\x02JS\x01\x04desc7\nredis.register_function('pg3',function() return 1 end)\n\x00nZ\x83\xc2\xaf4\x8fB"
FUNCTION RESTORE "\xf6\x04li b\x03LUA\x007\nredis.register_function('pg4',function() return 1 end)\n\x00\xe6\x13MJ\xadp\xe5\""
FUNCTION RESTORE "\xf6\x04lib5\x03LUA\x006redis.register_function('pg5',function() return 1 end)\n\x00\x80\xf6\x1e\x10+\x06W\x8a"
~unordered FUNCTION LIST WITHCODE

== quotes and bytes in the first line
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=z\x00z\nx"
FUNCTION LOAD "#!lua \x00 name=z\nx"
FUNCTION LOAD "#!lua\x09name=z3 \r\nredis.register_function(\"f4\",function() return \"\x00\xff\" end)"
FUNCTION LOAD "#!lua 'name=z4'\nredis.register_function(\"f5\",function() return 1 end)"
FUNCTION LOAD "#!lua 'name=z4'x\nx"
FUNCTION LOAD "#!lua na'me=z5\nx"
FUNCTION LOAD "#!lua na'me'=z5\nx"
FUNCTION LOAD "#!lua \"name=\\x7a6\"\nredis.register_function(\"f6\",function() return 1 end)"
FUNCTION LOAD "#! name=z7\nx"
FUNCTION LOAD "#!\"lua\" name=z7\nredis.register_function(\"f7\",function() return 1 end)"
FUNCTION LOAD "#!lua name=\xc3\xa9\nx"
FUNCTION LOAD "#!lua name=\xff\nx"
FUNCTION LOAD "#!l\xff name=a\nx"
FUNCTION LOAD "#!lua \xff\nx"
~unordered FUNCTION LIST
EVAL "#!lua \"flags=no-\\x77rites\"\nreturn 1" 0
EVAL "#!lua fl\"ags=no-\"writes\nreturn 1" 0
EVAL "#!\"lua\" \nreturn 1" 0
EVAL "#!lua \x00\nreturn 1" 0
EVAL "#!lua flags=no-writes\tflags=allow-oom\x0b\nreturn 1" 0
FUNCTION foofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoo
FUNCTION FLUSH aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
function flush a b
function restore a b c

== bytes that Lua does not know
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=b\n\xff"
FUNCTION LOAD "#!lua name=b\n\x01"
FUNCTION LOAD "#!lua name=b\n\x7f"
FUNCTION LOAD "#!lua name=b\n\x80"
FUNCTION LOAD "#!lua name=b\n$"
FUNCTION LOAD "#!lua name=b\nx = 1 @"
FUNCTION LOAD "#!lua name=b\n\xc3\xa9"
EVAL "\xff" 0
EVAL "return \x01" 0
EVAL "return {loadstring('\xff')}" 0
EVAL "return {loadstring('\x01')}" 0
EVAL "x \x00 y" 0
EVAL "return 'a\x00b'" 0

== functions in transactions and scripts
FUNCTION FLUSH
MULTI
FUNCTION LOAD "#!lua name=a\nredis.register_function('f',function(k,a) return redis.call('set',k[1],a[1]) end)"
FCALL f 1 k v
FCALL f 1
FCALL_RO f 1 k v
GET k
FUNCTION LIST
FUNCTION DELETE a
FCALL f 1 k v
EXEC
FUNCTION LIST
MULTI
FUNCTION
FUNCTION FOO
EXEC
EVAL "return redis.pcall('function','flush')" 0
EVAL "return redis.pcall('fcall','f',0)" 0

== a full memory
FUNCTION FLUSH
SET k v
FUNCTION LOAD "#!lua name=a\nredis.register_function('w',function(k,a) return redis.call(unpack(a)) end) redis.register_function{function_name='r',callback=function(k,a) return redis.call(unpack(a)) end,flags={'no-writes'}} redis.register_function{function_name='o',callback=function(k,a) return redis.call(unpack(a)) end,flags={'allow-oom'}}"
CONFIG SET maxmemory 1
EVAL "#!lua\nreturn 1" 0
EVAL "#!lua flags=no-writes\nreturn 1" 0
EVAL "#!lua flags=allow-oom\nreturn redis.call('set','a',1)" 0
EVAL_RO "#!lua\nreturn 1" 0
EVAL "return 1" 0
EVAL "#!lua" 0
FCALL w 0 set x 1
FCALL w x
FCALL_RO w 0 get k
FCALL r 0 get k
FCALL o 0 set x 1
FCALL_RO r 0 get k
FCALL nosuch 0
FUNCTION LOAD "#!lua name=b\nredis.register_function('b',function() end)"
FUNCTION RESTORE x
FUNCTION DELETE b
MULTI
FCALL w 0 get k
EXEC
CONFIG SET maxmemory 0
MULTI
FCALL w 0 get k
CONFIG SET maxmemory 1
FCALL w 0 get k
FCALL r 0 get k
EXEC
CONFIG SET maxmemory 0
MULTI
FCALL w 0 get k
@2 CONFIG SET maxmemory 1
EXEC
@2 CONFIG SET maxmemory 0
MULTI
FCALL r 0 get k
EVAL "return 1" 0
@2 CONFIG SET maxmemory 1
EXEC
CONFIG SET maxmemory 0

== a pause of writes
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=a\nredis.register_function('w',function() return 1 end) redis.register_function{function_name='r',callback=function() return 2 end,flags={'no-writes'}}"
CLIENT PAUSE 100000 WRITE
FCALL r 0
FCALL_RO r 0
EVAL_RO "return 1" 0
EVAL "#!lua flags=no-writes\nreturn 1" 0
@2 & FCALL w 0
@2 <none>
@3 & EVAL "return 1" 0
@3 <none>
@4 & EVAL "#!lua\nreturn 1" 0
@4 <none>
CLIENT UNPAUSE
@2 <
@3 <
@4 <

== a function that does not end
FUNCTION FLUSH
CONFIG SET busy-reply-threshold 50
FUNCTION LOAD "#!lua name=z\nredis.register_function('loop',function(k,a) if a[2] then redis.call('set','x',1) end while a[1]~='stop' do if redis.call('exists','stop')==1 then return 5 end end end) redis.register_function{function_name='rloop',callback=function() while true do end end,flags={'no-writes'}}"
@2 & FCALL loop 1 k a
%until "FUNCTION KILL" PING
PING
FUNCTION LIST
FUNCTION FOO
FCALL loop 0
FUNCTION HELP
SCRIPT KILL
~digits FUNCTION STATS
FUNCTION KILL
@2 <
FUNCTION KILL
FUNCTION STATS
@2 & fcall_ro RLOOP 1 k a
%until "FUNCTION KILL" PING
MULTI
SCRIPT KILL
DISCARD
~digits FUNCTION STATS
SCRIPT KILL
FUNCTION KILL
@2 <
@2 & EVAL 'while true do end' 0
%until "SCRIPT KILL" PING
PING
FUNCTION STATS
FUNCTION KILL
SCRIPT KILL
@2 <

== MONITOR and functions
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=a\nredis.register_function('f',function(k,a) redis.call('set',k[1],1) return redis.call('get',k[1]) end)"
@2 MONITOR
FCALL f 1 k
PING
@2 ~digits <
@2 ~digits <
@2 ~digits <
@2 ~digits <
FUNCTION DELETE a
@2 ~digits <

== libraries outlive the keys
FUNCTION FLUSH
FUNCTION LOAD "#!lua name=a\nlocal n=0 redis.register_function('f',function() n=n+1 return n end)"
FCALL f 0
FLUSHALL
FCALL f 0
SCRIPT FLUSH
FCALL f 0
FUNCTION LOAD REPLACE "#!lua name=a\nlocal n=0 redis.register_function('f',function() n=n+1 return n end)"
FCALL f 0
COMMAND GETKEYS FCALL f 2 a b c
COMMAND GETKEYS FCALL_RO f 1 a b c
COMMAND GETKEYS FCALL f 0
FCALL
FCALL f
FCALL_RO f
SCRIPT KILL
`,
);
