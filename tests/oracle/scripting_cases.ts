/**
 * Cases for scripts in Lua: replies, errors and their places, the sandbox, the libraries.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Scripts. */
export const scripting = area(
  "scripting",
  String.raw`
== replies, errors, globals of scripts (1)
EVAL 'error()' 0
EVAL 'error(nil)' 0
EVAL 'error(5)' 0
EVAL 'error("x",0)' 0
EVAL 'return redis.error_reply("MY err")' 0
EVAL 'return redis.error_reply("err")' 0
EVAL 'return redis.error_reply("-err")' 0
EVAL 'return redis.error_reply("-MY err x")' 0
EVAL 'return redis.error_reply("")' 0
EVAL 'return redis.error_reply()' 0
EVAL 'return redis.error_reply(1)' 0
EVAL 'return redis.status_reply("x")' 0
EVAL 'return redis.status_reply()' 0
EVAL 'return redis.status_reply("a","b")' 0
EVAL 'return redis.call()' 0
EVAL 'return redis.pcall()' 0
EVAL 'return redis.call("foo")' 0
EVAL 'return redis.pcall("foo")' 0
EVAL 'return redis.call("get")' 0
EVAL 'return redis.pcall("get")' 0
EVAL 'return redis.call("get",{})' 0
EVAL 'return redis.call("get",nil)' 0
EVAL 'return redis.call("get",true)' 0
EVAL 'return redis.call({})' 0
EVAL 'return redis.call("set","s","v")' 0
EVAL 'return redis.call("lpush","s",1)' 0
EVAL 'return redis.pcall("lpush","s",1)' 0
EVAL 'return {pcall(redis.call,"lpush","s",1)}' 0
EVAL 'local a,b=pcall(redis.call,"lpush","s",1) local t={} for k,v in pairs(b) do t[#t+1]=k.."="..tostring(v) end return t' 0
EVAL 'local b=redis.pcall("lpush","s",1) local t={} for k,v in pairs(b) do t[#t+1]=k.."="..tostring(v) end return t' 0
EVAL 'local b=redis.pcall("foo") local t={} for k,v in pairs(b) do t[#t+1]=k.."="..tostring(v) end return t' 0
EVAL 'return redis.call("eval","return 1",0)' 0
EVAL 'return redis.call("subscribe","x")' 0
EVAL 'return redis.call("config","foo")' 0
EVAL 'return redis.call("config","get")' 0
EVAL 'return redis.call("config")' 0
EVAL 'return redis.call("object")' 0
EVAL 'return redis.call("blpop","nol",0)' 0
EVAL 'return foo' 0
EVAL 'foo=1' 0

== replies, errors, globals of scripts (2)
EVAL 'function foo() end' 0
EVAL 'return foo()' 0
EVAL 'local x; return x.y' 0
EVAL 'local x; x()' 0
EVAL 'return string.foo()' 0
EVAL 'string.foo=1' 0
EVAL 'redis.call=1' 0
EVAL 'redis=1' 0
EVAL '_G=1' 0
EVAL '_G.x=1' 0
EVAL 'rawset(_G,"x",1)' 0
EVAL 'rawset(redis,"x",1)' 0
EVAL 'setmetatable(_G,{})' 0
EVAL 'setmetatable(redis,{})' 0
EVAL 'getmetatable(_G).__index=1' 0
EVAL 'getmetatable("").foo=1' 0
EVAL 'KEYS=1' 0
EVAL 'KEYS[1]=1 return KEYS[1]' 0
EVAL 'table.insert(redis,1)' 0
EVAL 'return tostring(getmetatable(redis))' 0
EVAL 'return tostring(next(redis)~=nil)' 0
EVAL 'return rawget(_G,"foo")' 0
EVAL 'return tostring(rawget(redis,"call")~=nil)' 0
EVAL 'return rawlen' 0
EVAL 'print(1)' 0
EVAL 'return math.random(0)' 0
EVAL 'return math.random(1,2,3)' 0
EVAL 'return 1 end' 0
EVAL 'return ...' 0
EVAL 'if true then' 0
EVAL 'return 1 x' 0
EVAL 'x x' 0
EVAL return 0
EVAL '' 0
EVAL 'return "abc' 0
EVAL 'return [[a' 0
EVAL 'return "\q"' 0
EVAL 'return "\x41"' 0
EVAL 'return 5 // 2' 0
EVAL 'return #ARGV' 0

== replies, errors, globals of scripts (3)
EVAL 'return {ok=1}' 0
EVAL 'return {err=1}' 0
EVAL 'return {err={}}' 0
EVAL 'return {ok={}}' 0
EVAL 'return loadstring("\27Lua")' 0
EVAL 'return {loadstring(string.dump(function() return 1 end))}' 0
EVAL 'return {loadstring("x x")}' 0
EVAL 'return loadstring("return 7")()' 0
EVAL 'return tonumber("inf")' 0
EVAL 'return tostring(tonumber("nan"))..tostring(tonumber("0x10"))..tostring(tonumber("1e5"))..tostring(tonumber(" 5 "))..tostring(tonumber("5x"))..tostring(tonumber("10",2))..tostring(tonumber("zz",36))..tostring(tonumber(""))..tostring(tonumber("0x"))..tostring(tonumber("0x1p4"))' 0
EVAL "local function f() error(\"deep\") end\nf()" 0
EVAL "\n\nreturn redis.call(\"foo\")" 0
EVAL 'error({err="ERR foo\nbar"})' 0
EVAL 'return pcall(error,"x")' 0
EVAL 'return {pcall(function() error("x") end)}' 0
EVAL 'return xpcall(function() error("x") end, function(e) return "H"..e end)' 0
EVAL 'return {xpcall(function() error("x") end, function(e) return "H"..e end)}' 0
EVAL 'return redis.call("nosuch","a")' 0
EVAL 'local t={} t[nil]=1' 0
EVAL 'return 1 .. {}' 0
EVAL 'return 1 < "2"' 0
EVAL 'return {} < {}' 0
EVAL 'return #nil' 0
EVAL 'return -{}' 0
EVAL 'local a="x" return a+1' 0
EVAL 'return ("x"):rep(5)' 0
EVAL 'return ("x"):bad()' 0
EVAL 'for i="a",2 do end' 0
EVAL 'return string.rep()' 0
EVAL 'return string.rep("x",-1)' 0
EVAL 'return string.format("%d",3.7)' 0
EVAL 'return string.format("%d",2^40)' 0
EVAL 'return string.format("%s %q %5.2f %g %x %X %o %c %i %u %e %%","a","b\n\0\"",3.14159,1e20,255,255,8,65,5,-1,12345.678)' 0
EVAL 'return string.format("%s",nil)' 0
EVAL 'return string.format("%s",{})' 0
EVAL 'return string.format("%d","10")' 0
EVAL 'return string.format("%d","x")' 0
EVAL 'return string.format("%y",1)' 0
EVAL 'return string.format("%10s|%-10s|%.2s|%05d|%+d|% d|%#x","abc","abc","abc",42,42,42,255)' 0
EVAL 'return string.format("%5.20000f",1)' 0

== replies, errors, globals of scripts (4)
EVAL 'return string.format("%.14g %.17g %.3g",0.1,0.1,1e10)' 0
EVAL 'return string.format("%x",-1)' 0
EVAL 'return string.format("%d",-2^63)' 0
EVAL 'return string.format("%d",2^63)' 0
EVAL 'return string.format("%a",1)' 0
EVAL 'return string.format("%s","a\0b")' 0
EVAL 'return tostring(1e15)..","..tostring(1e14)..","..tostring(123456789012345)..","..tostring(0.1)..","..tostring(-0.0)..","..tostring(1e100)' 0
EVAL 'return 10/3' 0
EVAL 'return {10/3, "x", 1e15, -5.9}' 0
EVAL 'return redis.call("set",1.5,10/3) and redis.call("get","1.5")' 0
EVAL 'return redis.call("echo",1e15)' 0
EVAL 'return redis.call("echo",1e17)' 0
EVAL 'return redis.call("echo",2^63)' 0
EVAL 'return redis.call("echo",0.1)' 0
EVAL 'return redis.call("echo",-0.0)' 0
EVAL 'return redis.call("echo",0/0)' 0
EVAL 'return redis.call("echo",1/0)' 0
EVAL 'return redis.call("echo",123456789012345678)' 0
EVAL 'return 1,2' 0
EVAL 'return type(redis.call("set","x","y").ok)' 0
EVAL 'return {redis.call("get","nokey")}' 0
EVAL 'return redis.call("get","nokey") == false' 0
EVAL 'return redis.call("hgetall","nokey")' 0
EVAL 'return redis.call("exists","x")' 0
EVAL 'return {1,{2,{3,{}}}}' 0
EVAL 'local t={} for i=1,100 do t={t} end return t' 0
EVAL 'return {a=1}' 0
EVAL 'return {[0]=1}' 0
EVAL 'return {1,[3]=3}' 0
EVAL 'return print' 0
EVAL 'return {print}' 0
EVAL 'return {redis.call}' 0
EVAL 'return redis.call' 0
EVAL 'return coroutine.create(function() end)' 0
EVAL 'return coroutine.wrap(function() return 5 end)()' 0
EVAL 'return coroutine.wrap(function() return redis.call("get","x") end)()' 0
EVAL 'return string.len("\0a")' 0
EVAL 'return table.getn({1,2,3})' 0
EVAL 'return table.maxn({1,2,[10]=3})' 0
EVAL 'table.setn({},1)' 0

== replies, errors, globals of scripts (5)
EVAL 'table.foreach({1,2},function(k,v) end)' 0
EVAL 'return table.foreachi({1,2},function(k,v) return v end)' 0
EVAL 'return string.gfind("a b","%a")()' 0
EVAL 'return {unpack({1,2,3})}' 0
EVAL 'return {unpack({1,2,3},2)}' 0
EVAL 'return {select("#",1,2)}' 0
EVAL 'return tostring(select(-1,1,2))' 0
EVAL 'return table.unpack' 0
EVAL 'return table.pack' 0
EVAL 'return math.log(8,2)' 0
EVAL 'return tostring(math.mod(7,3))..tostring(math.fmod(-7,3))..tostring(-7%3)..tostring(math.pow(2,3))..tostring(math.log10(100))' 0
EVAL 'return string.find("a.b",".",1,true)' 0
EVAL 'return string.gsub("hello","l","%%")' 0
EVAL 'return string.gsub("hello","l","%2")' 0
EVAL 'return string.format("%-5d|",3)' 0
EVAL 'return bit32' 0
EVAL 'return utf8' 0
EVAL 'return math.maxinteger' 0
EVAL 'return rawequal(1,1)' 0
EVAL 'return redis.call("multi")' 0
EVAL 'return redis.call("watch","a")' 0
EVAL 'return redis.call("client","id")' 0
EVAL 'return redis.call("client","setname","x")' 0
EVAL 'return redis.call("hello")' 0
EVAL 'return redis.call("auth","x")' 0
EVAL 'return redis.call("debug","sleep",0)' 0
EVAL 'return redis.call("shutdown")' 0
EVAL 'return redis.call("script","load","x")' 0
EVAL 'return redis.call("time")[1]~=nil' 0
EVAL 'return redis.call("wait",0,0)' 0
EVAL 'return redis.call("publish","a","b")' 0
EVAL 'return redis.call("ping")' 0
EVAL 'return redis.call("spop","nokey")' 0
EVAL 'return redis.call("reset")' 0
EVAL 'return redis.call("quit")' 0

== the first line of a script
EVAL "#!lua\nreturn 1" 0
EVAL "#!lua flags=no-writes\nreturn redis.call(\"set\",\"a\",1)" 0
EVAL "#!lua flags=no-writes,allow-oom\nreturn 1" 0
EVAL "#!lua flags=foo\nreturn 1" 0
EVAL "#!lua name=x\nreturn 1" 0
EVAL "#!foo\nreturn 1" 0
EVAL '#!lua' 0
EVAL "#!lua flags=\nreturn 1" 0
EVAL "#!lua  flags=no-writes  \nerror(\"x\")" 0
EVAL "#!\nreturn 1" 0
EVAL "#!lua flags=no-writes flags=allow-stale\nreturn redis.call(\"set\",\"a\",1)" 0
EVAL "#!lua foo\nreturn 1" 0
EVAL "#! lua\nreturn 1" 0
EVAL "# lua\nreturn 1" 0
EVAL "#!LUA\nreturn 1" 0
EVAL "#!lua flags=NO-WRITES\nreturn 1" 0
EVAL "#!lua flags=no-cluster\nreturn 1" 0
EVAL "#!lua flags=allow-cross-slot-keys\nreturn 1" 0
EVAL "#!lua flags=allow-stale\nerror(\"x\")" 0
EVAL "#!lua flags=no-writes,\nreturn 1" 0
EVAL "#!lua flags=,no-writes\nreturn 1" 0
EVAL "#!lua \"flags=no-writes\"\nreturn 1" 0
EVAL "#!lua \"flags\nreturn 1" 0
EVAL "#!lua\nx x" 0

== the commands of scripts
eval_ro 'return redis.call("set","a",1)' 0
eval_ro 'return redis.pcall("set","a",1)' 0
eval_ro 'return redis.call("get","a")' 0
eval_ro "#!lua\nreturn redis.call(\"get\",\"a\")" 0
eval_ro "#!lua flags=no-writes\nreturn redis.call(\"get\",\"a\")" 0
evalsha_ro foo 0
evalsha foo 0
evalsha ffffffffffffffffffffffffffffffffffffffff 0
evalsha ffffffffffffffffffffffffffffffffffffffff a
eval 'return 1' a
eval 'return 1' -1
eval 'return 1' 1
eval 'return 1' 2 a
eval 'x x' a
script kill
script load 'return 1'
script load 'x x'
script load
script exists
script exists e0e1f9fabfc9d4800c877a703b823ac0578ff8db E0E1F9FABFC9D4800C877A703B823AC0578FF8DB x
evalsha E0E1F9FABFC9D4800C877A703B823AC0578FF8DB 0
script flush foo
script flush sync async
script flush async
script flush
script flush SYNC
script debug no
script debug foo
script foo
script
script load "#!foo\nreturn 1"
eval 'redis.call("set","a",1) redis.pcall("lpush","a",1) redis.pcall("nope") redis.pcall("get") return redis.call("lpush","a",1)' 0

== redis.* and what values become (1)
EVAL 'return redis.sha1hex("a")' 0
EVAL 'return redis.sha1hex()' 0
EVAL 'return redis.sha1hex(1)' 0
EVAL 'return redis.sha1hex({})' 0
EVAL 'return redis.log()' 0
EVAL 'return redis.log(1)' 0
EVAL 'return redis.log(7,"x")' 0
EVAL 'return redis.log(-1,"x")' 0
EVAL 'return redis.log("a","x")' 0
EVAL 'return redis.log(redis.LOG_WARNING,"x","y",1)' 0
EVAL 'return redis.log(1,{})' 0
EVAL 'return redis.log("1","x")' 0
EVAL 'return redis.setresp(3)' 0
EVAL 'return redis.setresp(4)' 0
EVAL 'return redis.setresp()' 0
EVAL 'return redis.setresp("x")' 0
EVAL 'return redis.setresp("3")' 0
EVAL 'return redis.set_repl(1)' 0
EVAL 'return redis.set_repl(9)' 0
EVAL 'return redis.set_repl()' 0
EVAL 'return redis.set_repl("x")' 0
EVAL 'return redis.replicate_commands()' 0
EVAL 'return redis.breakpoint()' 0
EVAL 'return redis.debug(1)' 0
EVAL 'return redis.acl_check_cmd("set","a",1)' 0
EVAL 'return redis.acl_check_cmd("foo","a",1)' 0
EVAL 'return redis.acl_check_cmd()' 0
EVAL 'return redis.acl_check_cmd({})' 0
EVAL 'return {pcall(error,{err="a",foo=1})}' 0
EVAL 'local a,b=pcall(error,{err="a",foo=1}) return {type(b),tostring(b)}' 0
EVAL 'local a,b=pcall(error,{err={},foo=1}) return {type(b)}' 0
EVAL 'local a,b=pcall(error,{foo=1}) return {type(b),b.foo}' 0
EVAL 'local a,b=pcall(error,setmetatable({},{__tostring=function() return "T" end})) return {type(b),tostring(b)}' 0
EVAL 'local a,b=xpcall(function() error({err="a"}) end,function(e) return type(e) end) return {tostring(a),b}' 0
EVAL 'local c=coroutine.create(function() error({err="a"}) end) local a,b=coroutine.resume(c) return {type(b)}' 0
EVAL 'local c=coroutine.create(function() redis.call("nope") end) local a,b=coroutine.resume(c) return {type(b), b.err, b.source, tostring(b.line), tostring(b.ignore_error_stats_update)}' 0
EVAL 'local a,b=xpcall(function() redis.call("nope") end,function(e) return e end) local t={} for k,v in pairs(b) do t[#t+1]=k.."="..tostring(v) end table.sort(t) return t' 0
EVAL 'error(redis.error_reply("x"))' 0
EVAL 'error(redis.pcall("nope"))' 0
EVAL 'return {err="a",source="b",line=3}' 0

== redis.* and what values become (2)
EVAL 'error({err="MY x",source="src",line=7})' 0
EVAL 'local ok,e=pcall(redis.call,"nope") error(e)' 0
EVAL 'local ok,e=pcall(redis.call,"nope") return {err=e}' 0
EVAL 'local ok,e=pcall(redis.call,"nope") return e' 0
EVAL 'return {1,redis.error_reply("a b")}' 0
EVAL 'return {redis.pcall("nope"),2}' 0
EVAL 'return {{ok="fine"},{err="bad"}}' 0
EVAL 'redis.setresp(3) return redis.call("hgetall","nokey")' 0
EVAL 'redis.call("del","h") redis.call("hset","h","f","v") redis.setresp(3) return redis.call("hgetall","h")' 0
EVAL 'redis.setresp(3) local x=redis.call("hgetall","h") return {type(x.map), x.map.f}' 0
EVAL 'redis.call("del","ss") redis.call("sadd","ss","m") redis.setresp(3) local x=redis.call("smembers","ss") return {type(x.set), tostring(x.set.m)}' 0
EVAL 'redis.call("zadd","z","1.5","m") redis.setresp(3) local x=redis.call("zscore","z","m") return {type(x),tostring(x.double)}' 0
EVAL 'redis.setresp(3) return redis.call("zscore","z","m")' 0
EVAL 'redis.setresp(3) local x=redis.call("get","nokey") return tostring(x)' 0
EVAL 'redis.setresp(3) return redis.call("get","nokey")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","bignum")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","true")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","verbatim")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","attrib")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","push")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","false")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","map")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","set")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","double")' 0
EVAL 'redis.setresp(3) return redis.call("debug","protocol","null")' 0
EVAL 'return redis.call("debug","protocol","null")' 0
EVAL 'redis.setresp(3) local x=redis.call("debug","protocol","bignum") return {type(x), x.big_number}' 0
EVAL 'redis.setresp(3) local x=redis.call("debug","protocol","verbatim") return {type(x), x.verbatim_string.string, x.verbatim_string.format}' 0
EVAL 'redis.setresp(3) local x=redis.call("debug","protocol","attrib") local t={} for k,v in pairs(x) do t[#t+1]=tostring(k).."="..tostring(v) end return t' 0
EVAL 'return true' 0
EVAL 'redis.setresp(3) return true' 0
EVAL 'redis.setresp(3) return false' 0
EVAL 'redis.setresp(3) return {true,false,nil,1}' 0
EVAL 'redis.setresp(3) return nil' 0
EVAL 'return {double=1/0}' 0
EVAL 'return {double=-1/0}' 0
EVAL 'return {double=0/0}' 0
EVAL 'return {double=1e20}' 0
EVAL 'return {double=0.1}' 0
EVAL 'return {double=3}' 0

== redis.* and what values become (3)
EVAL 'return {double="3"}' 0
EVAL 'return {map={}}' 0
EVAL 'return {map=1}' 0
EVAL 'return {map={[1]=2,a={1,2}}}' 0
EVAL 'return {set={a=true,[1]=1}}' 0
EVAL 'return {set={}}' 0
EVAL 'return {set=1}' 0
EVAL 'return {big_number=1}' 0
EVAL 'return {big_number="12\r\n3"}' 0
EVAL 'return {big_number="abc"}' 0
EVAL 'return {verbatim_string="x"}' 0
EVAL 'return {verbatim_string={string="a"}}' 0
EVAL 'return {verbatim_string={string="a",format="toolong"}}' 0
EVAL 'return {verbatim_string={string="a",format="t"}}' 0
EVAL 'return {verbatim_string={string=1,format="txt"}}' 0
EVAL 'return {null=1}' 0
EVAL 'return {bool=true}' 0
EVAL 'return {attribute={}}' 0
EVAL 'return {double=1,map={}}' 0
EVAL 'return {ok="a",double=1}' 0
EVAL 'return setmetatable({},{__index=function(t,k) return "x" end})' 0
EVAL 'return {big_number="1",double=2}' 0
EVAL 'return "a\0b"' 0
EVAL 'return {ok="a\0b"}' 0
EVAL 'return {err="a\0b"}' 0
EVAL 'return {err=""}' 0
EVAL 'return {err="-x"}' 0
EVAL 'return {err="x y"}' 0
EVAL 'return {err=" "}' 0
EVAL 'return {"a",ok="b"}' 0
EVAL 'return {nil,1}' 0
EVAL 'return {1.9,-0.5,2^31,2^63,-2^63}' 0

== cjson and cmsgpack (1)
EVAL 'return cjson.encode(1)' 0
EVAL 'return cjson.encode(1.5)' 0
EVAL 'return cjson.encode(-0)' 0
EVAL 'return cjson.encode(1e15)' 0
EVAL 'return cjson.encode(1e14)' 0
EVAL 'return cjson.encode(0.1)' 0
EVAL 'return cjson.encode(1/3)' 0
EVAL 'return cjson.encode(1e100)' 0
EVAL 'return cjson.encode(2^53)' 0
EVAL 'return cjson.encode("a\"\\/\b\f\n\r\t\1\127\200")' 0
EVAL 'return cjson.encode({})' 0
EVAL 'return cjson.encode({1,2,3})' 0
EVAL 'return cjson.encode({1,nil,3})' 0
EVAL 'return cjson.encode({[1]=1,[20]=2})' 0
EVAL 'return cjson.encode({[1]=1,[11]=2})' 0
EVAL 'return cjson.encode({[1]=1,[10]=2})' 0
EVAL 'return cjson.encode({a=1})' 0
EVAL 'return cjson.encode({[1.5]=1})' 0
EVAL 'return cjson.encode({[true]=1})' 0
EVAL 'return cjson.encode({[-1]=1})' 0
EVAL 'return cjson.encode({[0]=1})' 0
EVAL 'return cjson.encode({1,2,a=3})' 0
EVAL 'return cjson.encode(print==nil)' 0
EVAL 'return cjson.encode(nil)' 0
EVAL 'return cjson.encode(true)' 0
EVAL 'return cjson.encode(false)' 0
EVAL 'return cjson.encode(function() end)' 0
EVAL 'return cjson.encode({function() end})' 0
EVAL 'return cjson.encode(0/0)' 0
EVAL 'return cjson.encode(1/0)' 0
EVAL 'return cjson.encode(-1/0)' 0
EVAL 'return cjson.encode({{},{{}}})' 0
EVAL 'return cjson.encode()' 0
EVAL 'return cjson.encode(1,2)' 0
EVAL 'return cjson.encode(redis.call)' 0
EVAL 'return cjson.encode(coroutine.create(function() end))' 0
EVAL 'local t={} for i=1,1001 do t={t} end return #cjson.encode(t)' 0
EVAL 'local t={} for i=1,1000 do t={t} end return #cjson.encode(t)' 0
EVAL 'local t={} for i=1,999 do t={t} end return #cjson.encode(t)' 0
EVAL 'return cjson.decode(string.rep("[",1001)..string.rep("]",1001))==nil' 0

== cjson and cmsgpack (2)
EVAL 'return cjson.decode(string.rep("[",1000)..string.rep("]",1000))~=nil' 0
EVAL "local ok,r=pcall(cjson.decode,'') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[1') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[1,') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[1,]') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{\"a\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{\"a\":') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{\"a\":1') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{\"a\":1,') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{\"a\":1,}') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{a:1}') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'nul') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'true') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'tru') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'1') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'-') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'-1') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'+1') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'01') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'1.') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'.5') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'1e') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'1e5') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'0x10') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"abc') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"\\\\q\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"\\\\u0041\\\\u00e9\\\\u20ac\\\\ud83d\\\\ude00\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"\\\\ud800\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"\\\\u12\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"\\\\u0000\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"a\\nb\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[1] 2') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,' [ 1 , 2 ] ') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'nan') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'inf') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'-inf') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'NaN') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'Infinity') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0

== cjson and cmsgpack (3)
EVAL "local ok,r=pcall(cjson.decode,'1e400') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'12345678901234567890') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[1 2]') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{\"a\" 1}') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'@') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'//x') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"\\\\/\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[true,false,null]') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'1x') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'1.5.5') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'-0') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'infinity') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'-Infinity') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[nan]') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'0x') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'0X1F') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'1E+2') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'\"\x09\"') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'[]') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{}') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL "local ok,r=pcall(cjson.decode,'{\"a\":1,\"a\":2}') return {tostring(ok),type(r),type(r)=='table' and cjson.encode(r) or tostring(r)}" 0
EVAL 'return cjson.decode()' 0
EVAL 'return cjson.decode(1)' 0
EVAL 'return cjson.decode({})' 0
EVAL 'return cjson.decode("1","2")' 0
EVAL 'return {cjson.encode_sparse_array()}' 0
EVAL 'return {tostring(cjson.encode_sparse_array(true,2,10)),cjson.encode({[1]=1,[20]=2})}' 0
EVAL 'return {cjson.encode_max_depth()}' 0
EVAL 'return {cjson.decode_max_depth()}' 0
EVAL 'return {cjson.encode_number_precision()}' 0
EVAL 'return {tostring(cjson.encode_keep_buffer())}' 0
EVAL 'return {tostring(cjson.encode_invalid_numbers())}' 0
EVAL 'return {tostring(cjson.decode_invalid_numbers())}' 0
EVAL 'return cjson.encode_number_precision(17), cjson.encode(0.1)' 0
EVAL 'cjson.encode_number_precision(3) local r=cjson.encode(math.pi) cjson.encode_number_precision(14) return r' 0
EVAL 'return cjson.encode_number_precision(0)' 0
EVAL 'return cjson.encode_number_precision(17)' 0
EVAL 'return cjson.encode_number_precision(14)' 0
EVAL 'return cjson.encode_number_precision(1.5)' 0
EVAL 'return cjson.encode_number_precision(1,2)' 0

== cjson and cmsgpack (4)
EVAL 'return cjson.encode_max_depth(0)' 0
EVAL 'return cjson.encode_max_depth("x")' 0
EVAL 'return cjson.encode_max_depth(5)' 0
EVAL 'return cjson.encode({{{{{{1}}}}}})' 0
EVAL 'return cjson.encode_max_depth(1000)' 0
EVAL 'return cjson.encode_invalid_numbers("null")' 0
EVAL 'return cjson.encode({0/0,1/0})' 0
EVAL 'return tostring(cjson.encode_invalid_numbers(true))' 0
EVAL 'return cjson.encode({0/0,1/0,-1/0})' 0
EVAL 'return cjson.encode_invalid_numbers(false)' 0
EVAL 'return cjson.encode_invalid_numbers("x")' 0
EVAL 'return cjson.decode_invalid_numbers(false)' 0
EVAL 'return cjson.decode("nan")' 0
EVAL 'return cjson.decode("0x10")' 0
EVAL 'return tostring(cjson.decode_invalid_numbers(true))' 0
EVAL 'return cjson.encode_sparse_array(false)' 0
EVAL 'return {cjson.encode_sparse_array(false,1,1),cjson.encode_sparse_array()}' 0
EVAL 'return cjson.encode({[1]=1,[5]=1})' 0
EVAL 'return cjson.encode_sparse_array(false,-1)' 0
EVAL 'return {cjson.encode_sparse_array(false,2,10)}' 0
EVAL 'return cjson.decode("null")==cjson.null' 0
EVAL 'return cjson.encode({a={b=1}})' 0
EVAL 'return type(cjson.new())' 0
EVAL 'return tostring(cjson.new().encode({1}))' 0
EVAL 'return cjson.encode({[3]=3})' 0
EVAL 'return cjson.encode({nil,nil,1})' 0
EVAL 'return cjson.encode({["1"]=1})' 0
EVAL 'return cjson.encode(setmetatable({},{__index={1}}))' 0
EVAL 'return cjson.encode(1e308*10)' 0
EVAL 'return cjson.encode(-1.5e-10)' 0
EVAL 'return cjson.encode(123456789012345)' 0
EVAL 'return cjson.decode("[1.0]")[1]' 0
EVAL 'return cjson.encode(cjson.decode("[1.0,2.50,1e3,1e20]"))' 0
EVAL 'return cjson.encode(cjson.decode("9007199254740993"))' 0
EVAL 'local r=cmsgpack.pack(1) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-1) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(127) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(128) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(255) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(256) return {#r,r:sub(1,60)}' 0

== cjson and cmsgpack (5)
EVAL 'local r=cmsgpack.pack(65535) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(65536) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(4294967295) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(4294967296) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-32) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-33) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-128) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-129) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-32768) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-32769) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-2147483648) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-2147483649) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(2^53) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(2^63) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(2^64) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(-2^63) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(1.5) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(0.1) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(1/0) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(0/0) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack("a") return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(("x"):rep(31)) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(("x"):rep(32)) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(("x"):rep(255)) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(("x"):rep(256)) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(("x"):rep(65536)) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(nil) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(true) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(false) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({1,2,3}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({a=1}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({1,nil,3}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({[0]=1}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({[2]=1}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({1,2,a=3}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({{1},{a={}}}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(function() end) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(1,"a",{}) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack() return {#r,r:sub(1,60)}' 0

== cjson and cmsgpack (6)
EVAL 'local r=cmsgpack.pack(1e20) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(16777217) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(3.4e38) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack(1e39) return {#r,r:sub(1,60)}' 0
EVAL 'local r=cmsgpack.pack({unpack({1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16})}) return {#r,r:sub(1,60)}' 0
EVAL 'local t={} for i=1,20 do t={t} end return cmsgpack.pack(t)' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\255")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\127")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\128")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\192")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\194")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\195")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\204\200")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\205\1\2")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\206\1\2\3\4")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\207\0\0\0\1\0\0\0\0")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\208\200")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\209\200\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\210\200\1\1\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\211\255\255\255\255\255\255\255\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\202\63\192\0\0")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\203\63\248\0\0\0\0\0\0")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\161a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\217\1a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\218\0\1a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\219\0\0\0\1a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\196\1a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\197\0\1a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\198\0\0\0\1a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\146\1\2")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\220\0\2\1\2")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\221\0\0\0\2\1\2")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\129\161a\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\222\0\1\161a\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\223\0\0\0\1\161a\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\193")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\199")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\212\1\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\162a")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0

== cjson and cmsgpack (7)
EVAL 'local r={pcall(cmsgpack.unpack,"\204")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\1\2\3")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\146\1")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'local r={pcall(cmsgpack.unpack,"\207\255\255\255\255\255\255\255\255")} for i=1,#r do r[i]=type(r[i])=="table" and cjson.encode(r[i]) or tostring(r[i]) end return r' 0
EVAL 'return cmsgpack.unpack()' 0
EVAL 'return cmsgpack.unpack({})' 0
EVAL 'return {cmsgpack.unpack_one("\1\2\3")}' 0
EVAL 'return {cmsgpack.unpack_one("\1\2\3",1)}' 0
EVAL 'return {cmsgpack.unpack_one("\1\2\3",2)}' 0
EVAL 'return {cmsgpack.unpack_one("\1\2\3",3)}' 0
EVAL 'return {cmsgpack.unpack_one("\1\2\3",4)}' 0
EVAL 'return {cmsgpack.unpack_one("\1",-1)}' 0
EVAL 'return {cmsgpack.unpack_limit("\1\2\3",2)}' 0
EVAL 'return {cmsgpack.unpack_limit("\1\2\3",2,1)}' 0
EVAL 'return {cmsgpack.unpack_limit("\1\2\3",0)}' 0
EVAL 'return {cmsgpack.unpack_limit("\1\2\3",-1)}' 0
EVAL 'return cmsgpack.unpack_limit("\1")' 0

== bit
EVAL 'return bit.tobit(2^31)' 0
EVAL 'return bit.tobit(1.5)' 0
EVAL 'return bit.tobit(2.5)' 0
EVAL 'return bit.tobit(-1.5)' 0
EVAL 'return bit.tobit(2^40+5)' 0
EVAL 'return bit.tobit("0xff")' 0
EVAL 'return bit.tobit("x")' 0
EVAL 'return bit.tobit()' 0
EVAL 'return bit.bnot(0)' 0
EVAL 'return bit.band(0xff,0x0f,3)' 0
EVAL 'return bit.band()' 0
EVAL 'return bit.bor(1,2,4)' 0
EVAL 'return bit.bxor(7,2)' 0
EVAL 'return bit.lshift(1,31)' 0
EVAL 'return bit.lshift(1,32)' 0
EVAL 'return bit.lshift(1,-1)' 0
EVAL 'return bit.rshift(-1,4)' 0
EVAL 'return bit.arshift(-16,2)' 0
EVAL 'return bit.rol(0x12345678,8)' 0
EVAL 'return bit.ror(0x12345678,8)' 0
EVAL 'return bit.bswap(0x12345678)' 0
EVAL 'return bit.tohex(255)' 0
EVAL 'return bit.tohex(255,4)' 0
EVAL 'return bit.tohex(255,-4)' 0
EVAL 'return bit.tohex(-1)' 0
EVAL 'return bit.tohex(255,0)' 0
EVAL 'return bit.tohex(255,20)' 0
EVAL 'return bit.tohex(255,-20)' 0
EVAL 'return bit.tohex(255,1)' 0
EVAL 'return bit.tobit(0/0)' 0
EVAL 'return bit.tobit(1e15)' 0
EVAL 'return bit.tobit(2^51)' 0
EVAL 'return bit.tobit(2^52+1)' 0
EVAL 'return bit.tobit(1e20)' 0

== struct (1)
EVAL 'local r={pcall(struct.pack,"b",200)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"B",200)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"h",-2)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"H",65535)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"I",2^32-1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"l",-5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"L",5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"f",1.5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"d",0.1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"s","abc")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"c3","abc")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"c0","abc")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"c5","abc")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"x")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,">i",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"<i",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"=i",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"!4bi",1,2)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"!bd",1,2)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i3",5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i8",-5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i5",5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,">i8",2^40)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"bbb",1,2,3)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,">h<h",1,1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"T",5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"!8bT",1,5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"q",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i9",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i33",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"!3i",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"c","a")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack," b b",1,2)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,">I2I4",1,2)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"b","x")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i",1.9)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i",-1.9)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"I",-1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"c2","abc")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"n",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"z","a")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i0",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"!",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"c100","a")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"d",1/0)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"f",1e300)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,">f",1.5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,">d",1.5)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"!2bi",1,1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"X",1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"B",-1)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"b",300)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"i2",70000)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"s","a\0b")} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.pack,"!16bd",1,2)} return {tostring(r[1]),#r[2],r[2]}' 0
EVAL 'local r={pcall(struct.unpack,"b","\200")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"B","\200")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"h","\1\2")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,">h","\1\2")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0

== struct (2)
EVAL 'local r={pcall(struct.unpack,"i","\1\0\0\0")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,">i","\255\255\255\255")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"I","\255\255\255\255")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"l","\1\0\0\0\0\0\0\0")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"L","\255\255\255\255\255\255\255\255")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"f","\0\0\192\63")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"d","\0\0\0\0\0\0\248\63")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"s","abc\0d")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"s","abc")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"c2","abc")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"c0","abc")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"Bc0","\2abc")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"bbb","\1\2\3")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"bx b","\1\2\3")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"!4bi","\1\0\0\0\2\0\0\0")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"i","\1")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"","x")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"bc0","\9ab")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"c3","ab")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"i3","\255\255\255")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"I3","\255\255\255")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"c0","a")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'local r={pcall(struct.unpack,"bBc0","\1\2ab")} for i=1,#r do r[i]=tostring(r[i]) end return r' 0
EVAL 'return {struct.unpack("b","\1\2\3",2)}' 0
EVAL 'return {struct.unpack("b","\1",3)}' 0
EVAL 'return {struct.unpack("b","\1",0)}' 0
EVAL 'return {struct.unpack("b","\1",-1)}' 0
EVAL 'return struct.unpack("b")' 0
EVAL 'return struct.unpack()' 0
EVAL 'return struct.size("b")' 0
EVAL 'return struct.size("!4bi")' 0
EVAL 'return struct.size("s")' 0
EVAL 'return struct.size("c0")' 0
EVAL 'return struct.size("bhild")' 0
EVAL 'return struct.size("c10x")' 0
EVAL 'return struct.size("")' 0
EVAL 'return struct.size("!8bd")' 0
EVAL 'return struct.size("q")' 0
EVAL 'return struct.pack()' 0
EVAL 'return struct.pack({})' 0
EVAL 'return struct.size("i3")' 0
EVAL 'return struct.size("c2147483647c2147483647")' 0
EVAL 'return struct.size("T")' 0

== what Lua itself does (1)
EVAL 'return {pcall(string.format,"%y",1)}' 0
EVAL 'return {pcall(string.format,"%",1)}' 0
EVAL 'return {pcall(string.format,"%10",1)}' 0
EVAL 'return string.format("%5c|%-5c|",65,66)' 0
EVAL 'return string.format("%q","a\rb")' 0
EVAL 'return string.format("%q","a\tb")' 0
EVAL 'return string.format("%.3s|%5.1s|","abcdef","xyz")' 0
EVAL 'return string.format("%i %5i %-5i| %05i",1,2,3,4)' 0
EVAL 'return string.format("%g %g %g %g",1e5,1e6,1e-5,123456789)' 0
EVAL 'return string.format("%g %g %g",0/0,1/0,-1/0)' 0
EVAL 'return string.format("%5g|%05g|%05g",1/0,1/0,-1.5)' 0
EVAL 'return string.format("%#o %#X %#g",8,255,1)' 0
EVAL 'return string.format("%.0f %.0f %.0f %.0f",0.5,1.5,2.5,1e22)' 0
EVAL 'return string.format("%.20f",0.1)' 0
EVAL 'return string.format("%.3d|%+.3d|%8.3d",5,5,5)' 0
EVAL 'return string.format("%E %G",12345.678,1e-10)' 0
EVAL 'return string.format("%------5d",1)' 0
EVAL 'return string.format("%123d",1)' 0
EVAL 'return string.format("%s",1e15)' 0
EVAL 'return string.format("%s %s",1,true)' 0
EVAL 'return string.format("%c",256+65)' 0
EVAL 'return string.format("%5.2s|","abc")' 0
EVAL 'return string.format("%s",string.rep("x",200)):len()' 0
EVAL 'return string.format("%x",3.9)' 0
EVAL 'return string.format("%d","0x10")' 0
EVAL 'return string.format("%%")' 0
EVAL 'return string.format()' 0
EVAL 'return string.format(1)' 0
EVAL 'return math.random(0.5)' 0
EVAL 'return math.random(2,1)' 0
EVAL 'return math.randomseed()' 0
EVAL 'return {tonumber("10",16),tonumber("ff",16),tonumber("0xff",16),tonumber("-ff",16),tonumber(" 7 ",8),tonumber("8",8)}' 0
EVAL 'return tostring(tonumber("-1",16))' 0
EVAL 'return tonumber("10",1)' 0
EVAL 'return tonumber("10",37)' 0
EVAL 'return tonumber()' 0
EVAL 'return tonumber(nil)' 0
EVAL 'return tonumber({})' 0
EVAL 'return tostring(tonumber("1e"))' 0
EVAL 'return tonumber("1_000")' 0

== what Lua itself does (2)
EVAL 'return tostring(tonumber("10",10))' 0
EVAL 'return tostring(tonumber(10,16))' 0
EVAL 'return 10 == "10"' 0
EVAL 'return "10"+5' 0
EVAL 'return "0x10"+0' 0
EVAL 'return 2^0.5' 0
EVAL 'return 7 % -3' 0
EVAL 'return -7 % 3' 0
EVAL 'return 5.5 % 2' 0
EVAL 'return string.rep("ab",3)' 0
EVAL 'return {string.byte("abc",1,-1)}' 0
EVAL 'return table.concat({1,2,"x"},",")' 0
EVAL 'return table.concat({1,{}},",")' 0
EVAL 'local t={3,1,2} table.sort(t) return t' 0
EVAL 'local t={3,1,2} table.sort(t,function(a,b) return a>b end) return t' 0
EVAL 'local t={1,2,3} table.remove(t,1) return t' 0
EVAL 'local t={1,2,3} return table.remove(t)' 0
EVAL 'local t={1} table.insert(t,1,0) return t' 0
EVAL 'local t={} table.insert(t,1,2,3)' 0
EVAL 'return {string.match("key=val","(%w+)=(%w+)")}' 0
EVAL 'return {string.find("hello world","o w")}' 0
EVAL 'local r={} for k in string.gmatch("a,b,c","[^,]+") do r[#r+1]=k end return r' 0
EVAL 'return string.gsub("abc","%w","%0%0")' 0
EVAL 'return string.reverse("abc")..string.upper("abc")..string.lower("ABC")' 0
EVAL 'return {math.floor(3.7),math.ceil(3.2),math.max(1,5,3),math.min(4,2),math.abs(-3)}' 0
EVAL 'return tostring(math.huge)..tostring(-math.huge)' 0
EVAL 'return tostring(math.pi)' 0
EVAL 'local a <const> = 1' 0
EVAL 'return 0x10' 0
EVAL 'return 1e2' 0
EVAL 'return select(2,"a","b","c")' 0
EVAL 'return type(nil)..type(1)..type("")..type({})..type(print==nil)..type(type)' 0
EVAL 'for i=1,3 do local x=i if x==2 then break end end return 1' 0
EVAL 'return {next({})}' 0
EVAL 'local t=setmetatable({},{__call=function(self,a) return a*2 end}) return t(21)' 0
EVAL 'local t=setmetatable({},{__tostring=function() return "T!" end}) return tostring(t)' 0
EVAL 'local t=setmetatable({},{__pairs=function() return function() end end}) return #t' 0
EVAL 'local t=setmetatable({},{__metatable="locked"}) return getmetatable(t)' 0
EVAL 'local t=setmetatable({},{__metatable="locked"}) setmetatable(t,{})' 0
EVAL 'setmetatable({},1)' 0

== what Lua itself does (3)
EVAL 'setmetatable(1,{})' 0
EVAL 'return setmetatable({},nil)' 0
EVAL 'return assert(false,"msg")' 0
EVAL 'return assert(nil)' 0
EVAL 'return assert(1,2)' 0
EVAL 'assert(false,{err="ERR custom"})' 0
EVAL 'return error("a",2)' 0
EVAL 'local function f() error("lvl2",2) end f()' 0
EVAL 'return unpack({1,2,3},2,3)' 0
EVAL 'return #{1,2,3,nil}' 0
EVAL 'return #{n=1}' 0
EVAL 'return tostring(nil)' 0
EVAL 'return tostring()' 0
EVAL 'local s="" for k,v in ipairs({1,2,3}) do s=s..v end return s' 0
EVAL 'for k,v in pairs(redis) do end return 1' 0
EVAL 'for k,v in pairs(nil) do end' 0
EVAL 'for k,v in ipairs() do end' 0
EVAL 'return rawlen' 0
EVAL 'local x = {} ; x.y.z = 1' 0
EVAL 'local x = 5 ; x.y = 1' 0
EVAL 'local t = {} t.x.y()' 0
EVAL 'return ("a").b' 0
EVAL 'return #5' 0
EVAL 'return nil .. "x"' 0
EVAL 'local t={} return t.x .. "y"' 0
EVAL 'return a.b' 0
EVAL 'return KEYS.x.y' 0
EVAL 'local s = string.rep("x",1024*1024) return #s' 0
EVAL 'return table.concat(ARGV)' 0
EVAL 'x = 5' 0
EVAL 'return redis.foo' 0
EVAL 'redis.foo()' 0
EVAL 'return cjson.foo' 0
EVAL 'return _G.foo' 0
EVAL 'return _G["redis"]==redis' 0
EVAL 'return _G._G==_G' 0
EVAL 'local _ENV={} return 1' 0
EVAL 'return loadstring("return KEYS")()' 0
EVAL 'return loadstring("x=1")()' 0
EVAL 'return {pcall(loadstring("error(5)"))}' 0

== what Lua itself does (4)
EVAL 'return loadstring("error([[x]])")()' 0
EVAL 'local f=load(function() return nil end) return tostring(f())' 0
EVAL 'return string.format("%5s|%-5s|","a","b")' 0
EVAL 'return tostring(12345678901234567890)' 0
EVAL 'return tostring(1e15+0.5)' 0
EVAL 'return 1e15+0.5' 0
EVAL 'return tostring(3)' 0
EVAL 'return tostring(3.0)' 0
EVAL 'return 3 == 3.0' 0
EVAL 'return tostring(100000000000000)' 0
EVAL 'return tostring(2^31)' 0
EVAL 'return coroutine.running()==nil' 0
EVAL 'return coroutine.status(coroutine.create(function() end))' 0
EVAL 'local f=coroutine.wrap(function() error("in co") end) f()' 0
EVAL 'return {coroutine.resume(coroutine.create(function() error("in co") end))}' 0
EVAL 'return {coroutine.resume(coroutine.create(function() coroutine.yield(1,2) end))}' 0

== keys and arguments
EVAL 'return {KEYS[1],KEYS[2],ARGV[1],ARGV[2],#KEYS,#ARGV}' 2 a b c d
EVAL 'return redis.call("SET",KEYS[1],ARGV[1])' 1 k "a\x00\xff\r\nb"
GET k
EVAL 'return redis.call("GET",KEYS[1])' 1 k
EVAL 'return ARGV[1]' 0 ""
EVAL 'return #ARGV[1]' 0 "\x00\x01"
EVAL 'KEYS[1]="x" ARGV[1]="y" return {KEYS[1],ARGV[1]}' 1 a b
EVAL 'return {KEYS[1],ARGV[1]}' 1 a b

== commands within scripts
EVAL 'redis.call("rpush",KEYS[1],1,2,"x") return redis.call("lrange",KEYS[1],0,-1)' 1 l
EVAL 'return redis.call("hset",KEYS[1],"f",1.5,"g",10)' 1 h
EVAL 'return redis.call("hgetall",KEYS[1])' 1 h
EVAL 'return redis.call("incrby",KEYS[1],3)' 1 n
EVAL 'return redis.call("get",KEYS[1])+1' 1 n
EVAL 'return redis.call("zadd",KEYS[1],1,"a",2.5,"b")' 1 z
EVAL 'return redis.call("zrange",KEYS[1],0,-1,"withscores")' 1 z
EVAL 'redis.setresp(3) return redis.call("zrange",KEYS[1],0,-1,"withscores")' 1 z
EVAL 'local n=0 for i=1,1000 do n=n+redis.call("incr",KEYS[1]) end return n' 1 c
EVAL 'return redis.call("exists","l","h","n","nokey")' 0
EVAL 'local r=redis.call("mget","n","nokey","c") return {r[1],r[2]==false,r[3]}' 0
EVAL 'return redis.call("type","l")' 0
EVAL 'return redis.call("type","l").ok' 0
EVAL 'redis.call("set","a",1) error("after")' 0
GET a
EVAL 'redis.call("select",3) redis.call("set","in3",1) return redis.call("dbsize")' 0
EXISTS in3
SELECT 3
EXISTS in3
EVAL 'return redis.call("blmove","nokey","other","left","left",0)' 0

== scripts inside of transactions
MULTI
EVAL 'return redis.call("incr",KEYS[1])' 1 n
EVAL 'return redis.call("nope")' 0
EVALSHA ffffffffffffffffffffffffffffffffffffffff 0
GET n
EXEC
WATCH n
EVAL 'return redis.call("incr",KEYS[1])' 1 n
MULTI
GET n
EXEC

== what scripts count
CONFIG RESETSTAT
EVAL 'redis.call("set","a",1) redis.pcall("lpush","a",1) redis.pcall("nope") redis.pcall("get") return redis.call("lpush","a",1)' 0
INFO errorstats

== a script wakes who waits for a key
@2 & BLPOP l 0
%until "blocked_clients:1" INFO clients
EVAL 'redis.call("rpush","l","a") redis.call("rpush","l","b") return redis.call("llen","l")' 0
@2 <
LRANGE l 0 -1

== streams within scripts
XADD s 1-1 f v
EVAL 'return redis.call("xread","block",0,"streams","s","0")' 0
EVAL 'return redis.pcall("XREADGROUP","group","g","c","block",0,"streams","s",">")' 0
EVAL 'return redis.call("xread","streams","s","0")' 0
EVAL 'return redis.call("xrange","s","-","+")' 0

== the order of keys
EVAL 'local r={} for k,v in pairs({alpha=1,beta=2,gamma=3,delta=4,x=5,y=6}) do r[#r+1]=k end return r' 0
EVAL 'return cjson.encode({name="n",id=5,tags={"a","b"},nested={x=1,y=2,z=3},flag=true})' 0
EVAL 'return cjson.encode(cjson.decode(ARGV[1]))' 0 '{"zeta":1,"eta":2,"theta":[1,2,{"iota":null}],"kappa":"k","lambda":{"mu":1.5,"nu":-1}}'
EVAL 'local t={} for i=1,30 do t["key"..i]=i end local r={} for k in pairs(t) do r[#r+1]=k end return r' 0
EVAL 'return cmsgpack.pack({one=1,two=2,three=3,four=4})' 0
EVAL 'local t={a=1,b=2,c=3,d=4} t.b=nil t.e=5 local r={} for k in pairs(t) do r[#r+1]=k end return r' 0
EVAL 'return {map={first=1,second=2,third=3}}' 0

== keys with a deadline
EVAL 'redis.call("set","k","v","px",100000) return redis.call("pttl","k")>0' 0
EVAL 'return redis.call("expire","k",-1)' 0
EXISTS k

== MONITOR and scripts
@2 MONITOR
EVAL 'redis.call("set",KEYS[1],1) return redis.call("get",KEYS[1])' 1 k
PING
@2 ~digits <
@2 ~digits <
@2 ~digits <
@2 ~digits <

== scripts that were flushed
SCRIPT LOAD 'return 5'
EVALSHA 4ca238f611c9d0ae4e9a75a5dbac22aedc1e44ef 0
SCRIPT FLUSH
EVALSHA 4ca238f611c9d0ae4e9a75a5dbac22aedc1e44ef 0
SCRIPT EXISTS 4ca238f611c9d0ae4e9a75a5dbac22aedc1e44ef
EVAL 'return 5' 0
EVALSHA 4ca238f611c9d0ae4e9a75a5dbac22aedc1e44ef 0

== too few words
EVAL
EVAL x
EVALSHA x
EVAL_RO x
SCRIPT HELP
== redis.set_repl
EVAL 'redis.set_repl(redis.REPL_NONE) return redis.call("set","a",1)' 0
EVAL 'redis.set_repl(redis.REPL_AOF) return redis.call("set","a",1)' 0
EVAL 'redis.set_repl(redis.REPL_REPLICA) return redis.call("set","a",1)' 0
EVAL 'redis.set_repl(redis.REPL_SLAVE) return redis.call("set","a",1)' 0
EVAL 'redis.set_repl(redis.REPL_ALL) return redis.call("set","a",1)' 0
EVAL 'redis.set_repl(redis.REPL_NONE)' 0
EVAL 'return redis.call("set","a",2)' 0
EVAL 'redis.call("set","a",1) redis.set_repl(0) redis.call("set","b",1) redis.set_repl(3) redis.call("set","c",1)' 0
EVAL 'redis.call("set","a",1) redis.set_repl(1) redis.call("set","b",1) redis.set_repl(2) redis.call("set","c",1)' 0
EVAL 'redis.set_repl(1) redis.call("set","b",1) redis.call("set","c",1)' 0
EVAL 'redis.set_repl(2) redis.call("incrbyfloat","f",1.5) redis.call("expire","f",100) redis.call("getex","f","persist")' 0
EVAL 'redis.set_repl(0) redis.call("set","a",1) error("x")' 0
EVAL 'redis.set_repl(1) redis.call("rpush","l",1,2,3) redis.call("lmpop",1,"l","left") redis.call("lmove","l","m","left","left")' 0
EVAL 'redis.set_repl(2) redis.call("sadd","s","m") redis.call("spop","s",5)' 0
EVAL 'redis.set_repl(1) redis.call("publish","ch","x")' 0
EVAL 'redis.set_repl(2) redis.call("publish","ch","x")' 0
EVAL 'redis.call("publish","ch","x")' 0
EVAL 'redis.call("set","a",1) redis.call("publish","ch","x")' 0
EVAL 'redis.call("xadd","st","1-1","a","b") redis.call("xadd","st","2-1","a","b") redis.call("xgroup","create","st","g","0")' 0
EVAL 'redis.set_repl(0) redis.call("xreadgroup","group","g","c","count",1,"streams","st",">")' 0
EVAL 'redis.set_repl(0) redis.call("xreadgroup","group","g","c","noack","streams","st",">")' 0
EVAL 'redis.set_repl(0) redis.call("xclaim","st","g","d",0,"1-1") redis.call("xautoclaim","st","g","e",0,0)' 0
EVAL 'redis.set_repl(0) redis.call("xack","st","g","1-1") redis.call("xdel","st","1-1")' 0
EVAL 'redis.set_repl(1.9) redis.call("set","a",1)' 0
EVAL 'redis.set_repl("2") redis.call("set","a",1)' 0
EVAL 'redis.set_repl(nil) redis.call("set","a",1)' 0
EVAL 'redis.set_repl(4)' 0
EVAL 'redis.set_repl(-1)' 0
EVAL 'redis.set_repl()' 0
EVAL 'redis.set_repl(1,2)' 0
MULTI
EVAL 'redis.set_repl(0) redis.call("set","a",1)' 0
SET b 2
EVAL 'redis.set_repl(1) redis.call("set","a",1)' 0
EXEC
`,
);
