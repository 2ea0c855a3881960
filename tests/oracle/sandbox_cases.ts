/**
 * Cases for what scripts may try in order to get out, to change what the next script finds, or to make the server fail; none of
 * them does. What differs from the oracle by design is in `scripting/sandbox_test.ts`.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Attempts of scripts, each followed by the next one. */
export const sandbox = area(
  "sandbox",
  String.raw`
== attempts (1)
EVAL 'return tostring(io)' 1 key arg
EVAL 'return tostring(rawget(_G,"io"))' 1 key arg
EVAL 'return tostring(rawget(_G,"os"))..tostring(rawget(_G,"package"))..tostring(rawget(_G,"require"))..tostring(rawget(_G,"debug"))' 1 key arg
EVAL 'return tostring(rawget(_G,"dofile"))..tostring(rawget(_G,"loadfile"))..tostring(rawget(_G,"print"))' 1 key arg
EVAL 'return tostring(rawget(_G,"js"))' 1 key arg
EVAL 'return js' 1 key arg
EVAL 'return os.execute("id")' 1 key arg
EVAL 'return os.clock() >= 0' 1 key arg
EVAL 'return os.time()' 1 key arg
EVAL 'return type(os)' 1 key arg
EVAL 'local t={} for k in pairs(os) do t[#t+1]=k end table.sort(t) return t' 1 key arg
EVAL 'return io.open("/etc/passwd")' 1 key arg
EVAL 'return require("os")' 1 key arg
EVAL 'return package.loaded.os' 1 key arg
EVAL 'return debug.getinfo(1)' 1 key arg
EVAL 'return dofile("/etc/passwd")' 1 key arg
EVAL 'return loadfile("/etc/passwd")' 1 key arg
EVAL 'return type(string.dump)' 1 key arg
EVAL 'return #string.dump(function() end) > 0' 1 key arg
EVAL 'return loadstring(string.dump(function() return 1 end))' 1 key arg
EVAL 'return loadstring(string.dump(function() return 1 end))()' 1 key arg
EVAL 'return loadstring("\27Lua")' 1 key arg
EVAL 'return {loadstring("\27LuaQ")}' 1 key arg
EVAL 'return load(function() return nil end)()' 1 key arg
EVAL 'return {load(function() return "\27Lua" end)}' 1 key arg
EVAL 'return {pcall(loadstring, "\27Lua")}' 1 key arg
EVAL 'local mt=getmetatable("") mt.__index=function() return 1 end' 1 key arg
EVAL 'local mt=getmetatable("") mt.__index.upper=1' 1 key arg
EVAL 'getmetatable("").__add=function() return 1 end' 1 key arg
EVAL 'return type(getmetatable("").__index)' 1 key arg
EVAL 'return tostring(getmetatable("").__index==string)' 1 key arg
EVAL 'local mt=getmetatable("") return tostring(rawget(mt,"__index")==string)' 1 key arg
EVAL 'rawset(getmetatable(""),"x",1)' 1 key arg
EVAL 'return tostring(getmetatable(getmetatable("")))' 1 key arg
EVAL 'setmetatable(getmetatable(""),{})' 1 key arg
EVAL 'setmetatable(_G,{__index=function() return 1 end})' 1 key arg
EVAL 'setmetatable(_G,nil)' 1 key arg
EVAL 'setmetatable(string,{})' 1 key arg
EVAL 'setmetatable(redis,nil)' 1 key arg
EVAL 'rawset(_G,"a",1)' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (2)
EVAL 'rawset(string,"a",1)' 1 key arg
EVAL 'rawset(redis,"call",1)' 1 key arg
EVAL 'rawset(KEYS,1,"a") return KEYS[1]' 1 key arg
EVAL 'return tostring(rawget(_G,"redis")==redis)' 1 key arg
EVAL 'return tostring(rawequal(_G,_G._G))' 1 key arg
EVAL 'return tostring(_G==_G._G)' 1 key arg
EVAL 'local k,v=next(_G) return type(k)' 1 key arg
EVAL 'local n=0 for k,v in next,_G do n=n+1 end return n>10' 1 key arg
EVAL 'local n=0 for k,v in pairs(_G) do n=n+1 end return n>10' 1 key arg
EVAL 'local t={} for k,v in pairs(redis) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(string) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(table) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(math) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(coroutine) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(cjson) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(cmsgpack) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(struct) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'local t={} for k,v in pairs(bit) do t[#t+1]=tostring(k).."="..type(v) end table.sort(t) return t' 1 key arg
EVAL 'return type(getfenv)' 1 key arg
EVAL 'return type(getfenv())' 1 key arg
EVAL 'return tostring(getfenv()==_G)' 1 key arg
EVAL 'return tostring(getfenv(0)==_G)' 1 key arg
EVAL 'return tostring(getfenv(1)==_G)' 1 key arg
EVAL 'return {pcall(getfenv,99)}' 1 key arg
EVAL 'return tostring(getfenv(redis.call)==_G)' 1 key arg
EVAL 'return type(setfenv)' 1 key arg
EVAL 'setfenv(1,{}) return 1' 1 key arg
EVAL 'local f=function() return x end setfenv(f,{x=7}) return f()' 1 key arg
EVAL 'setfenv(0,{}) return 1' 1 key arg
EVAL 'setfenv(redis.call,{}) return 1' 1 key arg
EVAL 'local e=setmetatable({},{__index=_G}) setfenv(1,e) x=5 return x' 1 key arg
EVAL 'local e={} setfenv(1,e) y=5 return y' 1 key arg
EVAL 'getfenv(0).zz=1' 1 key arg
EVAL 'getfenv().zz=1' 1 key arg
EVAL 'return {pcall(setfenv,redis.call,{})}' 1 key arg
EVAL 'return {pcall(setfenv,print,{})}' 1 key arg
EVAL 'return {pcall(setfenv,1)}' 1 key arg
EVAL 'return {pcall(setfenv,"a",{})}' 1 key arg
EVAL 'return tostring(newproxy)' 1 key arg
EVAL 'return type(newproxy)' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (3)
EVAL 'return type(newproxy(true))' 1 key arg
EVAL 'return type(getmetatable(newproxy(true)))' 1 key arg
EVAL 'local p=newproxy(true) getmetatable(p).__gc=function() redis.call("set","gc",1) end p=nil collectgarbage() return 1' 1 key arg
EVAL 'return redis.call("exists","gc")' 1 key arg
EVAL 'return collectgarbage("count") > 0' 1 key arg
EVAL 'return collectgarbage()' 1 key arg
EVAL 'return collectgarbage("collect")' 1 key arg
EVAL 'return collectgarbage("step")' 1 key arg
EVAL 'return collectgarbage("stop")' 1 key arg
EVAL 'return collectgarbage("restart")' 1 key arg
EVAL 'return collectgarbage("setpause",100)' 1 key arg
EVAL 'return collectgarbage("setpause",200)' 1 key arg
EVAL 'return collectgarbage("setstepmul",200)' 1 key arg
EVAL 'co=coroutine.create(function() end)' 1 key arg
EVAL 'local co=coroutine.create(function() redis.call("set","co",1) coroutine.yield(1) redis.call("set","co",2) end) return {coroutine.resume(co)}' 1 key arg
EVAL 'return {coroutine.resume(coroutine.create(function() return redis.call("get","co") end))}' 1 key arg
EVAL 'return coroutine.yield(1)' 1 key arg
EVAL 'return {pcall(coroutine.yield,1)}' 1 key arg
EVAL 'return {coroutine.resume(coroutine.running())}' 1 key arg
EVAL 'return {coroutine.status(coroutine.create(function() end))}' 1 key arg
EVAL 'local co=coroutine.wrap(function() error({err="My error"}) end) return co()' 1 key arg
EVAL 'local co=coroutine.wrap(function() error("plain") end) return co()' 1 key arg
EVAL 'return {coroutine.resume(coroutine.create(function() error("plain") end))}' 1 key arg
EVAL 'return {coroutine.resume(coroutine.create(function() error({err="tab"}) end))}' 1 key arg
EVAL 'return {coroutine.resume(coroutine.create(function() return redis.call("nosuch") end))}' 1 key arg
EVAL 'redis.call=function() return 1 end' 1 key arg
EVAL 'redis.foo=1' 1 key arg
EVAL 'cjson.encode=function() return "x" end' 1 key arg
EVAL 'cjson.null=1' 1 key arg
EVAL 'string.upper=nil' 1 key arg
EVAL 'string.format=function() return 1 end' 1 key arg
EVAL 'math.pi=3' 1 key arg
EVAL 'table.concat=nil' 1 key arg
EVAL 'struct.pack=1' 1 key arg
EVAL 'cmsgpack.pack=1' 1 key arg
EVAL 'bit.band=1' 1 key arg
EVAL 'os.clock=nil' 1 key arg
EVAL 'pairs=nil' 1 key arg
EVAL 'KEYS="x"' 1 key arg
EVAL 'ARGV=nil' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (4)
EVAL 'KEYS[1]="replaced" return KEYS[1]' 1 key arg
EVAL 'for k in pairs(ARGV) do ARGV[k]=nil end ARGV[1]="a" ARGV[2]="b" return #ARGV' 1 key arg
EVAL 'table.insert(KEYS,"more") return #KEYS' 1 key arg
EVAL 'setmetatable(KEYS,{__index=function(t,k) return "ghost"..k end}) return KEYS[99]' 1 key arg
EVAL 'return tostring(KEYS[99])..#KEYS..#ARGV' 1 key arg
EVAL 'setmetatable(ARGV,{__metatable="locked"}) return getmetatable(ARGV)' 1 key arg
EVAL 'return tostring(getmetatable(ARGV))' 1 key arg
EVAL 'local t=setmetatable({},{__metatable="locked"}) return getmetatable(t)' 1 key arg
EVAL 'local t=setmetatable({},{__metatable="locked"}) setmetatable(t,{})' 1 key arg
EVAL 'local t=setmetatable({},{__metatable=false}) return tostring(getmetatable(t))' 1 key arg
EVAL 'return tostring(getmetatable(redis))' 1 key arg
EVAL 'return tostring(getmetatable(string))' 1 key arg
EVAL 'getmetatable(_G).__newindex=nil x=1 return x' 1 key arg
EVAL 'getmetatable(_G).__newindex=function() end' 1 key arg
EVAL 'rawset(getmetatable(_G),"__newindex",nil)' 1 key arg
EVAL 'for k in pairs(getmetatable(_G)) do rawset(getmetatable(_G),k,nil) end return 1' 1 key arg
EVAL 'local t={} for k,v in pairs(getmetatable(_G)) do t[#t+1]=k end return t' 1 key arg
EVAL 'local t=setmetatable({},{__gc=function() redis.call("set","gc2",1) end}) t=nil collectgarbage() return redis.call("exists","gc2")' 1 key arg
EVAL 'local t=setmetatable({},{__mode="k"}) t[{}]=1 collectgarbage() return next(t)==nil' 1 key arg
EVAL 'local t=setmetatable({},{__pairs=function() return function() end end}) local n=0 for k in pairs(t) do n=n+1 end return n' 1 key arg
EVAL 'local t=setmetatable({},{__tostring=function() error("boom") end}) return tostring(t)' 1 key arg
EVAL 'local t=setmetatable({},{__tostring=function() return {} end}) return tostring(t)' 1 key arg
EVAL 'local t=setmetatable({},{__tostring=5}) return tostring(t)' 1 key arg
EVAL 'error(setmetatable({err="msg"},{__tostring=function() error("boom") end}))' 1 key arg
EVAL 'return setmetatable({},{__index=function(t,k) return k end})' 1 key arg
EVAL 'return setmetatable({},{__index=function(t,k) error("boom") end})' 1 key arg
EVAL 'return {pcall(error,setmetatable({},{__tostring=function() error("boom") end}))}' 1 key arg
EVAL 'return {pcall(error)}' 1 key arg
EVAL 'return {pcall(error,nil)}' 1 key arg
EVAL 'return {xpcall(error,function() error("again") end)}' 1 key arg
EVAL 'return {xpcall(function() error("a") end,function(m) return m end)}' 1 key arg
EVAL 'return {xpcall(function() error({err="a"}) end,function(m) return type(m) end)}' 1 key arg
EVAL 'return {xpcall(function() return 1,2 end,error)}' 1 key arg
EVAL 'return {pcall(pcall,error,"x")}' 1 key arg
EVAL 'return {select("#",pcall(pcall,pcall,error))}' 1 key arg
EVAL 'return string.rep("x",-1)' 1 key arg
EVAL 'return #string.rep("x",1e6)' 1 key arg
EVAL 'return {pcall(string.rep,"x",2^31)}' 1 key arg
EVAL 'return {pcall(string.rep,"x",2^40)}' 1 key arg
EVAL 'return {pcall(string.rep,"xy",2^52)}' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (5)
EVAL 'return {pcall(table.concat,{},"x",1,1e9)}' 1 key arg
EVAL 'return {pcall(table.concat,{{}})}' 1 key arg
EVAL 'return {pcall(unpack,{},1,1e8)}' 1 key arg
EVAL 'return {pcall(unpack,{},1,1e6)}' 1 key arg
EVAL 'return {pcall(unpack,{},1,7990)}' 1 key arg
EVAL 'return select("#",unpack({},1,7000))' 1 key arg
EVAL 'return {pcall(string.char,unpack({},1,300))}' 1 key arg
EVAL 'return {pcall(string.byte,string.rep("x",1e6),1,-1)}' 1 key arg
EVAL 'return {pcall(string.gsub,"hello","(","x")}' 1 key arg
EVAL 'return {pcall(string.gsub,"hello",string.rep("(",40),"x")}' 1 key arg
EVAL 'return {pcall(string.find,"x","%f")}' 1 key arg
EVAL 'return {pcall(string.find,"x","[")}' 1 key arg
EVAL 'return {pcall(string.find,"x","%")}' 1 key arg
EVAL 'return {pcall(string.format,"%99999d",1)}' 1 key arg
EVAL 'return {pcall(string.format,"%.99999f",1)}' 1 key arg
EVAL 'return {pcall(string.format,"%y",1)}' 1 key arg
EVAL 'return {pcall(string.format,"%p",1)}' 1 key arg
EVAL 'return {pcall(string.format,"%n",1)}' 1 key arg
EVAL 'return #string.format("%99s","x")' 1 key arg
EVAL 'local function f(n) if n==0 then return 0 end return 1+f(n-1) end return f(10000)' 1 key arg
EVAL 'local function f() return 1+f() end return {pcall(f)}' 1 key arg
EVAL 'local function f() return pcall(f) end return {f()}' 1 key arg
EVAL 'local function f(n) return n==0 and "end" or select(2,pcall(f,n-1)) end return f(100)' 1 key arg
EVAL 'local function f(n) return n==0 and "end" or select(2,pcall(f,n-1)) end return f(180)' 1 key arg
EVAL 'local function f(n) return n==0 and "end" or select(2,pcall(f,n-1)) end return f(250)' 1 key arg
EVAL 'local function f(n) if n==0 then return "b" end return (string.gsub("a","a",function() return f(n-1) end)) end return {pcall(f,100)}' 1 key arg
EVAL 'local function f(n) if n==0 then return "b" end return (string.gsub("a","a",function() return f(n-1) end)) end return {pcall(f,190)}' 1 key arg
EVAL 'local t=setmetatable({},{}) getmetatable(t).__index=t return {pcall(function() return t.x end)}' 1 key arg
EVAL 'local t={} for i=1,150 do t=setmetatable({},{__index=t}) end return {pcall(function() return t.x end)}' 1 key arg
EVAL 'local t={} for i=1,50 do t=setmetatable({},{__index=t}) end return {pcall(function() return t.x end)}' 1 key arg
EVAL 'local t={} for i=1,100 do t={t} end return cjson.encode(t)' 1 key arg
EVAL 'local t={} for i=1,2000 do t={t} end return {pcall(cjson.encode,t)}' 1 key arg
EVAL 'local t={} for i=1,100 do t={t} end return #cmsgpack.pack(t)' 1 key arg
EVAL 'local t={} t.t=t return #cmsgpack.pack(t)' 1 key arg
EVAL 'local t={} t.t=t return {pcall(cjson.encode,t)}' 1 key arg
EVAL 'return {pcall(cjson.decode,string.rep("[",100)..string.rep("]",100))}' 1 key arg
EVAL 'return {pcall(cjson.decode,string.rep("[",1001)..string.rep("]",1001))}' 1 key arg
EVAL 'return {pcall(cjson.decode,string.rep("[",1e6))}' 1 key arg
EVAL 'return {pcall(cjson.decode,string.rep(\'{"a":\',1e5))}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,string.rep("\145",100).."\1")}' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (6)
EVAL 'return {pcall(cmsgpack.unpack,"\221\255\255\255\255")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"\223\255\255\255\255")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"\219\255\255\255\255")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"\198\255\255\255\255")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack_limit,"\1\2\3",-1)}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack_limit,"\1\2\3",2,5)}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack_limit,"\1\2\3",2^31)}' 1 key arg
EVAL 'return {pcall(cmsgpack.pack,function() end)}' 1 key arg
EVAL 'return {pcall(struct.pack,"i99",1)}' 1 key arg
EVAL 'return {pcall(struct.pack,"i0",1)}' 1 key arg
EVAL 'return {pcall(struct.pack,"i2147483648",1)}' 1 key arg
EVAL 'return {pcall(struct.pack,"i99999999999999999999",1)}' 1 key arg
EVAL 'return {pcall(struct.pack,"c1000000000","x")}' 1 key arg
EVAL 'return {pcall(struct.pack,"c99999999999","x")}' 1 key arg
EVAL 'return {pcall(struct.pack,">!3i4",1)}' 1 key arg
EVAL 'return {pcall(struct.pack,"!1024i4",1)}' 1 key arg
EVAL 'return {pcall(struct.unpack,"c1000000000","x")}' 1 key arg
EVAL 'return {pcall(struct.unpack,"I4c0","\255\255\255\255")}' 1 key arg
EVAL 'return {pcall(struct.unpack,"i4","x",-1)}' 1 key arg
EVAL 'return {pcall(struct.unpack,"i4","xxxx",0)}' 1 key arg
EVAL 'return {pcall(struct.unpack,"s","xxxx")}' 1 key arg
EVAL 'return {pcall(struct.unpack,"c2147483647c2147483647","x")}' 1 key arg
EVAL 'return {pcall(struct.size,"c2147483647c2147483647")}' 1 key arg
EVAL 'return {pcall(struct.size,string.rep("i4",1000))}' 1 key arg
EVAL 'return {pcall(bit.lshift,1,1e20)}' 1 key arg
EVAL 'return {pcall(bit.tohex,1,-1e9)}' 1 key arg
EVAL 'return {pcall(bit.tohex,1,1e9)}' 1 key arg
EVAL 'return {pcall(setmetatable,"",{})}' 1 key arg
EVAL 'return {pcall(setmetatable,{},5)}' 1 key arg
EVAL 'return {pcall(rawset,"",1,1)}' 1 key arg
EVAL 'return {pcall(rawset,{},nil,1)}' 1 key arg
EVAL 'return {pcall(rawset,{},0/0,1)}' 1 key arg
EVAL 'return {pcall(rawget,"",1)}' 1 key arg
EVAL 'return {pcall(next,{},"nosuch")}' 1 key arg
EVAL 'return {pcall(next,5)}' 1 key arg
EVAL 'return {pcall(table.sort,{3,1,2},function() return true end)}' 1 key arg
EVAL 'local t={} for i=1,100 do t[i]=(i*7919)%101 end return {pcall(table.sort,t,function() return true end)}' 1 key arg
EVAL 'return {pcall(table.sort,{1,"a",2})}' 1 key arg
EVAL 'return {pcall(table.insert,{},1,2,3)}' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (7)
EVAL 'return {pcall(table.remove,setmetatable({},{__index=function() return 1 end}))}' 1 key arg
EVAL 'return #table.concat(setmetatable({},{__index=function() return "a" end}),",",1,5)' 1 key arg
EVAL 'return {pcall(table.concat,setmetatable({},{__index=function() return "a" end}),",",1,5)}' 1 key arg
EVAL 'return {pcall(ipairs)}' 1 key arg
EVAL 'return {pcall(tostring)}' 1 key arg
EVAL 'return {pcall(tonumber,"z",99)}' 1 key arg
EVAL 'return tostring(tonumber("0x"))' 1 key arg
EVAL 'return {pcall(assert,false,{err="x"})}' 1 key arg
EVAL 'return {pcall(assert,nil)}' 1 key arg
EVAL 'assert(false,{err="ERR mine"})' 1 key arg
EVAL 'local t={} for i=1,7900 do t[i]="k"..i end return {pcall(redis.call,"del",unpack(t))}' 1 key arg
EVAL 'local f=loadstring("x=1") f()' 1 key arg
EVAL 'local f=loadstring("return _G") return tostring(f()==_G)' 1 key arg
EVAL 'local f=loadstring("local a=... return a") return f("given")' 1 key arg
EVAL 'return loadstring(\'return redis.call("ping")\')()' 1 key arg
EVAL 'return {loadstring("syntax error here")}' 1 key arg
EVAL 'return {loadstring("return 1","=name")}' 1 key arg
EVAL 'return {loadstring(\'error("x")\',\'=name\')}' 1 key arg
EVAL 'return {pcall(loadstring(\'error("x")\',\'=name\'))}' 1 key arg
EVAL 'return {pcall(loadstring(\'error("x")\',\'@file\'))}' 1 key arg
EVAL 'return {pcall(loadstring(\'error("x")\',\'return "chunk"\'))}' 1 key arg
EVAL 'return {pcall(load,function() error("reader") end)}' 1 key arg
EVAL 'return {load(function() error("reader") end)}' 1 key arg
EVAL 'return {load(function() return {} end)}' 1 key arg
EVAL 'local n=0 return load(function() n=n+1 return ({"return"," 4","2"})[n] end)()' 1 key arg
EVAL 'return load(function() return nil end,"n","b",{})' 1 key arg
EVAL 'local x=1 local function up() return x end x=2 return up()' 1 key arg
EVAL 'return 1//2' 1 key arg
EVAL 'return 7 // 2' 1 key arg
EVAL 'return 1 & 3' 1 key arg
EVAL 'return 0x1p4' 1 key arg
EVAL 'return "\x41"' 1 key arg
EVAL 'return "\z   a"' 1 key arg
EVAL 'return "\u{41}"' 1 key arg
EVAL 'return 3 % math.huge' 1 key arg
EVAL 'return tostring(-0)' 1 key arg
EVAL 'return tostring(2^53)' 1 key arg
EVAL 'return tostring(1e14)..tostring(123456789012345)' 1 key arg
EVAL 'return math.maxinteger' 1 key arg
EVAL 'return {pcall(string.sub)}' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (8)
EVAL 'return ("x"):rep(3)' 1 key arg
EVAL 'return ("x"):nosuch()' 1 key arg
EVAL 'return {pcall(function() return ("x").y.z end)}' 1 key arg
EVAL 'return {pcall(function() return #5 end)}' 1 key arg
EVAL 'return {pcall(function() return 5 .. {} end)}' 1 key arg
EVAL 'return {pcall(function() return {} < {} end)}' 1 key arg
EVAL 'return {pcall(function() return 1 < "x" end)}' 1 key arg
EVAL 'return {pcall(function() local a=5 a.b=1 end)}' 1 key arg
EVAL 'return {pcall(function() local a=5 return a() end)}' 1 key arg
EVAL 'return {pcall(function() nosuch() end)}' 1 key arg
EVAL 'return {pcall(function() string.nosuch() end)}' 1 key arg
EVAL 'return {pcall(function() local t={} t[nil]=1 end)}' 1 key arg
EVAL 'return {pcall(function() local t={} t[0/0]=1 end)}' 1 key arg
EVAL 'return {pcall(function() for i=1,10,0 do return "ran" end return "not" end)}' 1 key arg
EVAL 'return {pcall(function() for i="a",10 do end end)}' 1 key arg
EVAL 'return {pcall(function(...) return select(-5,...) end,1)}' 1 key arg
EVAL 'return {pcall(function(...) return select("x",...) end,1)}' 1 key arg
EVAL 'return redis.sha1hex()' 1 key arg
EVAL 'return redis.sha1hex({})' 1 key arg
EVAL 'return redis.sha1hex(1,2)' 1 key arg
EVAL 'return {pcall(redis.log)}' 1 key arg
EVAL 'return {pcall(redis.log,99,"x")}' 1 key arg
EVAL 'return {pcall(redis.log,-1,"x")}' 1 key arg
EVAL 'return {pcall(redis.setresp,9)}' 1 key arg
EVAL 'return {pcall(redis.set_repl,99)}' 1 key arg
EVAL 'return {pcall(redis.set_repl)}' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd,"nosuch")}' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd)}' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd,"get")}' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd,"set","a","b")}' 1 key arg
EVAL 'return tostring(redis.acl_check_cmd("set","a","b"))' 1 key arg
EVAL 'return tostring(redis.acl_check_cmd("get","a","b","c"))' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd,{})}' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd,"config|get")}' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd,"config","get","x")}' 1 key arg
EVAL 'return {pcall(redis.acl_check_cmd,"config","nosuch")}' 1 key arg
EVAL 'return tostring(redis.replicate_commands())' 1 key arg
EVAL 'return tostring(redis.breakpoint())' 1 key arg
EVAL 'return tostring(redis.debug("x"))' 1 key arg
EVAL 'local s=tostring(print or redis.call) return s:sub(1,9)' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (9)
EVAL 'return string.format("%5.1f|%-5d|%05d|%+d|%x|%X|%o|%e|%g|%c|%i|%u",1.25,3,4,5,255,255,8,1,0.1,65,3.9,7)' 1 key arg
EVAL 'local _,g=pairs(redis) rawset(g,"call",1) return tostring(redis.call)' 1 key arg
EVAL 'local _,g=pairs(redis) g.call=function() return "hijacked" end return redis.call("get","x")' 1 key arg
EVAL 'local _,g=pairs(_G) g.hijacked=1 return hijacked' 1 key arg
EVAL 'return tostring(hijacked)' 1 key arg
EVAL 'local f,g=pairs(_G) local k,v=f(g) return type(k)..type(v)' 1 key arg
EVAL 'return {ipairs(redis)}' 1 key arg
EVAL 'return {pcall(table.sort,redis)}' 1 key arg
EVAL 'return {pcall(table.insert,redis,1)}' 1 key arg
EVAL 'return table.maxn(redis)' 1 key arg
EVAL 'return {pcall(setmetatable,redis,{})}' 1 key arg
EVAL 'return redis == redis' 1 key arg
EVAL 'return {collectgarbage("count")}[2]' 1 key arg
EVAL 'local t={collectgarbage("count")} return #t' 1 key arg
EVAL 'collectgarbage("generational")' 1 key arg
EVAL 'return tostring(getmetatable(redis))..type(getmetatable(_G))..type(getmetatable(""))' 1 key arg
EVAL 'getmetatable("").__index.upper=nil' 1 key arg
EVAL 'for k,v in pairs(string) do string[k]=nil end' 1 key arg
EVAL 'for k,v in next,string do string[k]=nil end' 1 key arg
EVAL 'return next(redis)~=nil' 1 key arg
EVAL 'local s=0 for k,v in pairs(math) do if type(v)=="number" then s=s+1 end end return s' 1 key arg
EVAL 'local f,s,v=pairs(string) return tostring(s==string)' 1 key arg
EVAL 'cjson.decode_array_with_array_mt(true)' 1 key arg
EVAL 'cjson.encode_keep_buffer(false) return 1' 1 key arg
EVAL 'return tostring(cjson.encode_keep_buffer())' 1 key arg
EVAL 'cjson.encode_max_depth(5) return cjson.encode_max_depth()' 1 key arg
EVAL 'return cjson.encode_max_depth()' 1 key arg
EVAL 'local c=cjson.new() c.encode_max_depth(7) return cjson.encode_max_depth()' 1 key arg
EVAL 'local c=cjson.new() c.x=1 return c.x' 1 key arg
EVAL 'local c=cjson.new() return tostring(c.x)' 1 key arg
EVAL 'local c=cjson.new() c.encode=nil return type(cjson.encode)' 1 key arg
EVAL 'return type(cjson.new().encode)' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,string.rep("\145",1e5))}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,string.rep("\145",1e5).."\1")}' 1 key arg
EVAL 'return type(cmsgpack.unpack(string.rep("\145",3900).."\1"))' 1 key arg
EVAL 'return cjson.encode(cmsgpack.unpack(cmsgpack.pack({1,{2,{}},{a={b=1},c={1,2,3}}})))' 1 key arg
EVAL 'return cjson.encode({cmsgpack.unpack("\147\1\130\161a\1\161b\128\144\2\3")})' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"\129\192\1")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"\129\203\127\248\0\0\0\0\0\0\1")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"\129\1\192\2")}' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg

== attempts (10)
EVAL 'return {pcall(cmsgpack.unpack,"\130\1\192\2")}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack,"\130\1\192\2\129\1\2")}' 1 key arg
EVAL 'local t=cmsgpack.unpack("\129\129\1\2\3") local k,v=next(t) return {type(k),v,k[1]}' 1 key arg
EVAL 'return {cmsgpack.unpack_one("\144\145\1\2")}' 1 key arg
EVAL 'return {cmsgpack.unpack_limit("\144\145\1\2",2)}' 1 key arg
EVAL 'return {cmsgpack.unpack_limit("\144\145\1\2",2,1)}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack_limit,"\1\2\3",2,-5)}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack_one,"\1\2\3",1e10)}' 1 key arg
EVAL 'return {pcall(cmsgpack.unpack_one,"\1\2\3",2^31)}' 1 key arg
EVAL 'return {redis.call("ping"), #KEYS, #ARGV, ("x"):upper(), cjson.encode({1})}' 1 key arg
`,
);
