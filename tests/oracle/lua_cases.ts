/**
 * Cases for the language that scripts are written in: its operators, its library, its errors.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** Lua. */
export const lua = area(
  "lua",
  String.raw`
== what scripts return and raise (1)
SET s str
EVAL "return 1.9" 1 h arg1
EVAL "return -1.9" 1 h arg1
EVAL "return 1e18" 1 h arg1
EVAL "return 1e19" 1 h arg1
EVAL "return -1e19" 1 h arg1
EVAL "return 0/0" 1 h arg1
EVAL "return 1/0" 1 h arg1
EVAL "return {1,2,nil,4}" 1 h arg1
EVAL "return {1,2,'a',{3,{4}}}" 1 h arg1
EVAL "return {ok='fine'}" 1 h arg1
EVAL "return {err='My error'}" 1 h arg1
EVAL "return {err='MYERR x'}" 1 h arg1
EVAL "return {ok='a\\nb'}" 1 h arg1
EVAL "return true" 1 h arg1
EVAL "return false" 1 h arg1
EVAL "return nil" 1 h arg1
EVAL "return {double=3.5}" 1 h arg1
EVAL "return {map={a=1}}" 1 h arg1
EVAL "return {set={a=true}}" 1 h arg1
EVAL "return {big_number='123'}" 1 h arg1
EVAL "return {verbatim_string={string='x',format='txt'}}" 1 h arg1
EVAL "return redis.setresp(3) or {double=3.5}" 1 h arg1
EVAL "redis.setresp(3) return {map={a=1}}" 1 h arg1
EVAL "redis.setresp(3) return redis.call('hgetall',KEYS[1])" 1 h arg1
EVAL "redis.setresp(3) return {true,false}" 1 h arg1
EVAL "redis.setresp(4)" 1 h arg1
EVAL "redis.setresp()" 1 h arg1
EVAL "return redis.call()" 1 h arg1
EVAL "return redis.call('nosuch')" 1 h arg1
EVAL "return redis.call('get')" 1 h arg1
EVAL "return redis.call('get',{})" 1 h arg1
EVAL "return redis.call('get',nil)" 1 h arg1
EVAL "return redis.call('get',true)" 1 h arg1
EVAL "return redis.pcall('get')" 1 h arg1
EVAL "return redis.pcall('nosuch')" 1 h arg1
EVAL "return redis.pcall('incr','s')" 1 h arg1
EVAL "return redis.call('incr','s')" 1 h arg1
EVAL "return redis.call('set','x',1.5)" 1 h arg1
EVAL "return {redis.call('set','x',1e20),redis.call('get','x')}" 1 h arg1
EVAL "return {redis.call('set','x',12345678901234567),redis.call('get','x')}" 1 h arg1

== what scripts return and raise (2)
SET s str
EVAL "return {redis.call('set','x',0.1),redis.call('get','x')}" 1 h arg1
EVAL "return {redis.call('set','x',-0),redis.call('get','x')}" 1 h arg1
EVAL "return {redis.call('set','x',1/3),redis.call('get','x')}" 1 h arg1
EVAL "return redis.error_reply('x')" 1 h arg1
EVAL "return redis.error_reply('ERR x y')" 1 h arg1
EVAL "return redis.error_reply('-X y')" 1 h arg1
EVAL "return redis.error_reply()" 1 h arg1
EVAL "return redis.error_reply(1)" 1 h arg1
EVAL "return redis.status_reply('x')" 1 h arg1
EVAL "return redis.status_reply()" 1 h arg1
EVAL "return redis.sha1hex('')" 1 h arg1
EVAL "return redis.sha1hex()" 1 h arg1
EVAL "return redis.sha1hex(1)" 1 h arg1
EVAL "return redis.sha1hex(nil)" 1 h arg1
EVAL "return redis.log(1)" 1 h arg1
EVAL "return redis.log('a','b')" 1 h arg1
EVAL "return redis.log(9,'b')" 1 h arg1
EVAL "return redis.log(redis.LOG_DEBUG,'x')" 1 h arg1
EVAL "return redis.REDIS_VERSION" 1 h arg1
EVAL "return redis.REDIS_VERSION_NUM" 1 h arg1
EVAL "return redis.replicate_commands()" 1 h arg1
EVAL "return redis.set_repl(redis.REPL_ALL)" 1 h arg1
EVAL "return redis.set_repl()" 1 h arg1
EVAL "return redis.set_repl(99)" 1 h arg1
EVAL "return redis.breakpoint()" 1 h arg1
EVAL "return redis.debug('x')" 1 h arg1
EVAL "return redis.acl_check_cmd('get','x')" 1 h arg1
EVAL "return redis.acl_check_cmd('nosuch')" 1 h arg1
EVAL "return redis.acl_check_cmd()" 1 h arg1
EVAL "return redis.nosuch" 1 h arg1
EVAL "return nosuch" 1 h arg1
EVAL "nosuch=1" 1 h arg1
EVAL "redis.x=1" 1 h arg1
EVAL "redis.call=1" 1 h arg1
EVAL "string.x=1" 1 h arg1
EVAL "_G.x=1" 1 h arg1
EVAL "return _G.x" 1 h arg1
EVAL "return type(_G)" 1 h arg1
EVAL "return type(getfenv)" 1 h arg1
EVAL "return type(setfenv)" 1 h arg1

== what scripts return and raise (3)
SET s str
EVAL "setfenv(1,{})" 1 h arg1
EVAL "return getfenv(1)==_G" 1 h arg1
EVAL "return setfenv(function() return x end,{x=5})()" 1 h arg1
EVAL "return tostring(getfenv)" 1 h arg1
EVAL "return loadstring('return 1+1')()" 1 h arg1
EVAL "return loadstring('x=')" 1 h arg1
EVAL "return {loadstring('x=')}" 1 h arg1
EVAL "return {loadstring('return nosuch')()}" 1 h arg1
EVAL "return load(function() return nil end)" 1 h arg1
EVAL "return tostring(1e15)" 1 h arg1
EVAL "return tostring(1e14)" 1 h arg1
EVAL "return tostring(123456789012345678)" 1 h arg1
EVAL "return tostring(0.1)" 1 h arg1
EVAL "return tostring(-0)" 1 h arg1
EVAL "return tostring(1/0)" 1 h arg1
EVAL "return tostring(-1/0)" 1 h arg1
EVAL "return tostring(0/0)" 1 h arg1
EVAL "return tostring(2^53)" 1 h arg1
EVAL "return tostring(2^63)" 1 h arg1
EVAL "return tostring(nil)" 1 h arg1
EVAL "return tonumber('0x10')" 1 h arg1
EVAL "return tonumber('1e2')" 1 h arg1
EVAL "return tonumber(' 5 ')" 1 h arg1
EVAL "return tonumber('5x')" 1 h arg1
EVAL "return tonumber('z',36)" 1 h arg1
EVAL "return tonumber('9',8)" 1 h arg1
EVAL "return tonumber('')" 1 h arg1
EVAL "return tonumber()" 1 h arg1
EVAL "return 10 .. 20" 1 h arg1
EVAL "return 7 % 3" 1 h arg1
EVAL "return -7 % 3" 1 h arg1
EVAL "return 7 % -3" 1 h arg1
EVAL "return 5 % 0" 1 h arg1
EVAL "return 2^10" 1 h arg1
EVAL "return 7/2" 1 h arg1
EVAL "return math.floor(-3.5)" 1 h arg1
EVAL "return math.ceil(3.2)" 1 h arg1
EVAL "return math.max(1,5,3)" 1 h arg1
EVAL "return math.max()" 1 h arg1
EVAL "return math.min(4,2)" 1 h arg1

== what scripts return and raise (4)
SET s str
EVAL "return math.abs(-5)" 1 h arg1
EVAL "return math.fmod(7,3)" 1 h arg1
EVAL "return math.fmod(-7,3)" 1 h arg1
EVAL "return math.modf(3.7)" 1 h arg1
EVAL "return {math.modf(-3.7)}" 1 h arg1
EVAL "return tostring(math.pi)" 1 h arg1
EVAL "return tostring(math.huge)" 1 h arg1
EVAL "return math.sqrt(16)" 1 h arg1
EVAL "return math.pow(2,8)" 1 h arg1
EVAL "return tostring(math.sin(1))" 1 h arg1
EVAL "return tostring(math.log(10))" 1 h arg1
EVAL "return tostring(math.log10(1000))" 1 h arg1
EVAL "return tostring(math.exp(1))" 1 h arg1
EVAL "return {math.frexp(8)}" 1 h arg1
EVAL "return math.ldexp(1,4)" 1 h arg1
EVAL "return math.mod(7,4)" 1 h arg1
EVAL "return math.cosh(0)" 1 h arg1
EVAL "math.randomseed(1) return {math.random(100),math.random(100),math.random(100)}" 1 h arg1
EVAL "return string.format('%d',3.7)" 1 h arg1
EVAL "return string.format('%5.2f|%-5d|%05d|%+d|%x|%X|%o|%c|%s|%q|%%|%e|%g|%i|%u',1.5,3,4,5,255,255,8,65,'s','q\"\\n',1.5,1e20,7,8)" 1 h arg1
EVAL "return string.format('%s',nil)" 1 h arg1
EVAL "return string.format('%s',{}) ~= nil" 1 h arg1
EVAL "return string.format('%d','10')" 1 h arg1
EVAL "return string.format('%d','x')" 1 h arg1
EVAL "return string.format('%y',1)" 1 h arg1
EVAL "return string.format('%s')" 1 h arg1
EVAL "return string.format('%10s|%-10s|%.2s','a','b','ccc')" 1 h arg1
EVAL "return string.format('%5s',true)" 1 h arg1
EVAL "return string.rep('ab',3)" 1 h arg1
EVAL "return string.rep('ab',3,',')" 1 h arg1
EVAL "return string.rep('ab',-1)" 1 h arg1
EVAL "return string.rep()" 1 h arg1
EVAL "return string.reverse('abc')" 1 h arg1
EVAL "return string.upper('abc')" 1 h arg1
EVAL "return string.len('a\\0b')" 1 h arg1
EVAL "return #'a\\0b'" 1 h arg1
EVAL "return string.byte('abc',1,-1)" 1 h arg1
EVAL "return {string.byte('abc',1,-1)}" 1 h arg1
EVAL "return string.char(65,66)" 1 h arg1
EVAL "return string.char(256)" 1 h arg1

== what scripts return and raise (5)
SET s str
EVAL "return string.sub('hello',2,-2)" 1 h arg1
EVAL "return string.sub('hello',-3)" 1 h arg1
EVAL "return string.find('hello','l')" 1 h arg1
EVAL "return {string.find('hello','(l)(l)')}" 1 h arg1
EVAL "return string.find('hello','.',1,true)" 1 h arg1
EVAL "return {string.find('a.b','.',1,true)}" 1 h arg1
EVAL "return {string.match('key=val','(%w+)=(%w+)')}" 1 h arg1
EVAL "return string.match('hello','()ll()')" 1 h arg1
EVAL "return {string.gsub('hello','l','L',1)}" 1 h arg1
EVAL "return string.gsub('hello','(l)(l)','%2%1')" 1 h arg1
EVAL "return string.gsub('hello','l',{l='x'})" 1 h arg1
EVAL "return string.gsub('hello','','-')" 1 h arg1
EVAL "return string.gsub('abc','%f[%w]%w+','X')" 1 h arg1
EVAL "local t={} for k,v in string.gmatch('a=1,b=2','(%w+)=(%w+)') do t[#t+1]=k..v end return t" 1 h arg1
EVAL "local t={} for w in string.gfind('a b','%a') do t[#t+1]=w end return t" 1 h arg1
EVAL "return ('x'):rep(3)" 1 h arg1
EVAL "return ('%d'):format(5)" 1 h arg1
EVAL "return #{1,2,3,nil,5}" 1 h arg1
EVAL "return #{n=3}" 1 h arg1
EVAL "return table.concat({1,2,3},',')" 1 h arg1
EVAL "return table.concat({1,{},3},',')" 1 h arg1
EVAL "return table.concat({1,2,3},',',2,3)" 1 h arg1
EVAL "local t={1,2} table.insert(t,3) table.insert(t,1,0) return t" 1 h arg1
EVAL "local t={1,2} table.insert(t) return t" 1 h arg1
EVAL "local t={1,2} table.insert(t,1,2,3) return t" 1 h arg1
EVAL "local t={1,2,3} return {table.remove(t),table.remove(t,1),#t}" 1 h arg1
EVAL "return table.remove({})" 1 h arg1
EVAL "return table.getn({1,2})" 1 h arg1
EVAL "return table.maxn({1,[10]=2})" 1 h arg1
EVAL "local t={3,1,2} table.sort(t) return t" 1 h arg1
EVAL "local t={3,1,2} table.sort(t,function(a,b) return a>b end) return t" 1 h arg1
EVAL "local t={'b','a'} table.sort(t) return t" 1 h arg1
EVAL "return unpack({1,2,3})" 1 h arg1
EVAL "return {unpack({1,2,3},2)}" 1 h arg1
EVAL "return {unpack({1,2,3},2,3)}" 1 h arg1
EVAL "return table.unpack" 1 h arg1
EVAL "return table.pack" 1 h arg1
EVAL "return select('#',1,nil,3)" 1 h arg1
EVAL "return {select(2,'a','b','c')}" 1 h arg1
EVAL "return {select(-1,'a','b','c')}" 1 h arg1

== what scripts return and raise (6)
SET s str
EVAL "return select(0)" 1 h arg1
EVAL "return next({})" 1 h arg1
EVAL "return {next({5})}" 1 h arg1
EVAL "return rawequal('a','a')" 1 h arg1
EVAL "return rawget({1},1)" 1 h arg1
EVAL "return rawset({},1,2)[1]" 1 h arg1
EVAL "return rawlen" 1 h arg1
EVAL "return type(nil)" 1 h arg1
EVAL "return type()" 1 h arg1
EVAL "return {pcall(error,'x')}" 1 h arg1
EVAL "return {pcall(error,'x',0)}" 1 h arg1
EVAL "return {pcall(function() error('x') end)}" 1 h arg1
EVAL "return {pcall(function() error('x',2) end)}" 1 h arg1
EVAL "return {pcall(function() error({err='boo'}) end)}" 1 h arg1
EVAL "return {pcall(function() error() end)}" 1 h arg1
EVAL "error('boo')" 1 h arg1
EVAL "error('boo',0)" 1 h arg1
EVAL "error({err='boo'})" 1 h arg1
EVAL "error({err='BOO x'})" 1 h arg1
EVAL "error()" 1 h arg1
EVAL "error(nil)" 1 h arg1
EVAL "error(5)" 1 h arg1
EVAL "return {xpcall(function() error('x') end,function(e) return 'h:'..e end)}" 1 h arg1
EVAL "assert(false)" 1 h arg1
EVAL "assert(false,'msg')" 1 h arg1
EVAL "assert(nil,'msg')" 1 h arg1
EVAL "return assert(1,2)" 1 h arg1
EVAL "return {assert(1,2)}" 1 h arg1
EVAL "local x = nil; return x.y" 1 h arg1
EVAL "local x = 5; return x.y" 1 h arg1
EVAL "local x = nil; x()" 1 h arg1
EVAL "return 'a'+1" 1 h arg1
EVAL "return 'a'..nil" 1 h arg1
EVAL "return {} < {}" 1 h arg1
EVAL "return 1 < 'x'" 1 h arg1
EVAL "return {} .. 'x'" 1 h arg1
EVAL "return #5" 1 h arg1
EVAL "return -{}" 1 h arg1
EVAL "return nil > 1" 1 h arg1
EVAL "for i=1,'x' do end" 1 h arg1

== what scripts return and raise (7)
SET s str
EVAL "for i=1,10,0 do end" 1 h arg1
EVAL "return a.b.c" 1 h arg1
EVAL "return cjson.encode({1,2,3})" 1 h arg1
EVAL "return cjson.encode({a=1})" 1 h arg1
EVAL "return cjson.encode({})" 1 h arg1
EVAL "return cjson.encode({[1]=1,[3]=3})" 1 h arg1
EVAL "return cjson.encode({[1]=1,[20]=3})" 1 h arg1
EVAL "return cjson.encode(1.5)" 1 h arg1
EVAL "return cjson.encode(1e20)" 1 h arg1
EVAL "return cjson.encode(0.1)" 1 h arg1
EVAL "return cjson.encode('a\"b\\\\c\\n\\0\\127/')" 1 h arg1
EVAL "return cjson.encode(cjson.null)" 1 h arg1
EVAL "return cjson.encode(nil)" 1 h arg1
EVAL "return cjson.encode(true)" 1 h arg1
EVAL "return cjson.encode(function() end)" 1 h arg1
EVAL "return cjson.encode(0/0)" 1 h arg1
EVAL "return cjson.encode({1,{a={}}})" 1 h arg1
EVAL "return cjson.decode('{\"a\":[1,2,{\"b\":null}]}').a[2]" 1 h arg1
EVAL "return cjson.decode('[1,2')" 1 h arg1
EVAL "return cjson.decode('')" 1 h arg1
EVAL "return cjson.decode('nul')" 1 h arg1
EVAL "return cjson.decode('{\"a\":1,}')" 1 h arg1
EVAL "return cjson.decode('[1,]')" 1 h arg1
EVAL "return tostring(cjson.decode('1e2'))" 1 h arg1
EVAL "return cjson.decode('\"\\\\u00e9\\\\ud83d\\\\ude00\"')" 1 h arg1
EVAL "return cjson.decode('\"\\\\x\"')" 1 h arg1
EVAL "return cjson.decode('[null]')[1]==cjson.null" 1 h arg1
EVAL "return tostring(cjson.null)" 1 h arg1
EVAL "return cjson.encode_sparse_array" 1 h arg1
EVAL "cjson.encode_sparse_array(true) return cjson.encode({[1]=1,[20]=3})" 1 h arg1
EVAL "cjson.encode_max_depth(2) return cjson.encode({{{1}}})" 1 h arg1
EVAL "cjson.decode_max_depth(2) return cjson.decode('[[[1]]]')" 1 h arg1
EVAL "cjson.encode_number_precision(3) return cjson.encode(1/3)" 1 h arg1
EVAL "return cjson._NAME" 1 h arg1
EVAL "return cjson._VERSION" 1 h arg1
EVAL "return cjson.new" 1 h arg1
EVAL "return cmsgpack.pack({1,2,3})" 1 h arg1
EVAL "return cmsgpack.pack({a=1})" 1 h arg1
EVAL "return cmsgpack.pack(1.5,'x',nil,true)" 1 h arg1
EVAL "return {cmsgpack.unpack(cmsgpack.pack(1,-1,300,70000,-70000,2^40,'a'))}" 1 h arg1

== what scripts return and raise (8)
SET s str
EVAL "return cmsgpack.unpack('\\xc1')" 1 h arg1
EVAL "return cmsgpack.unpack('')" 1 h arg1
EVAL "return cmsgpack.pack()" 1 h arg1
EVAL "return {cmsgpack.unpack_one(cmsgpack.pack(1,2))}" 1 h arg1
EVAL "return {cmsgpack.unpack_limit(cmsgpack.pack(1,2,3),2)}" 1 h arg1
EVAL "return struct.pack('>I2','5')" 1 h arg1
EVAL "return struct.pack('<I4hbs',1,2,3,'abc')" 1 h arg1
EVAL "return {struct.unpack('>I2',struct.pack('>I2',515))}" 1 h arg1
EVAL "return struct.size('>I2i4')" 1 h arg1
EVAL "return struct.pack('z',1)" 1 h arg1
EVAL "return struct.unpack('>I4','ab')" 1 h arg1
EVAL "return bit.band(0xff,0x0f)" 1 h arg1
EVAL "return bit.bor(1,2,4)" 1 h arg1
EVAL "return bit.bxor(5,3)" 1 h arg1
EVAL "return bit.bnot(0)" 1 h arg1
EVAL "return bit.lshift(1,31)" 1 h arg1
EVAL "return bit.rshift(-1,28)" 1 h arg1
EVAL "return bit.arshift(-8,1)" 1 h arg1
EVAL "return bit.rol(1,33)" 1 h arg1
EVAL "return bit.ror(1,1)" 1 h arg1
EVAL "return bit.bswap(0x01020304)" 1 h arg1
EVAL "return bit.tohex(255)" 1 h arg1
EVAL "return bit.tohex(255,-4)" 1 h arg1
EVAL "return bit.tobit(2^32+5)" 1 h arg1
EVAL "return bit.band('x')" 1 h arg1
EVAL "return bit.band()" 1 h arg1
EVAL "return type(os.clock())" 1 h arg1
EVAL "return os.time" 1 h arg1
EVAL "return os" 1 h arg1
EVAL "return io" 1 h arg1
EVAL "return require" 1 h arg1
EVAL "return print" 1 h arg1
EVAL "return dofile" 1 h arg1
EVAL "return package" 1 h arg1
EVAL "return debug" 1 h arg1
EVAL "return coroutine.status(coroutine.create(function() end))" 1 h arg1
EVAL "return type(collectgarbage('count'))" 1 h arg1
EVAL "return collectgarbage('nosuch')" 1 h arg1
EVAL "return type(gcinfo())" 1 h arg1
EVAL "return newproxy" 1 h arg1

== what scripts return and raise (9)
SET s str
EVAL "return tostring(newproxy)" 1 h arg1
EVAL "return _VERSION" 1 h arg1
EVAL "return KEYS[1]" 1 h arg1
EVAL "return ARGV[1]" 1 h arg1
EVAL "return #KEYS" 1 h arg1
EVAL "KEYS[1]='z' return KEYS[1]" 1 h arg1
EVAL "KEYS=nil return 1" 1 h arg1
EVAL "return redis.call('type','s')" 1 h arg1
EVAL "return redis.call('type','s').ok" 1 h arg1
EVAL "return redis.call('get','missing')" 1 h arg1
EVAL "return redis.call('lrange','missing',0,-1)" 1 h arg1
EVAL "return redis.call('exists','s')" 1 h arg1
EVAL "return redis.call('multi')" 1 h arg1
EVAL "return redis.call('subscribe','x')" 1 h arg1
EVAL "return redis.call('eval','return 1',0)" 1 h arg1
EVAL "return redis.call('blpop','missing',0)" 1 h arg1
EVAL "return redis.call('client','id')" 1 h arg1
EVAL "return redis.call('wait',0,0)" 1 h arg1
EVAL "return redis.call('time')[1]+0 > 0" 1 h arg1
EVAL "return redis.call('config','get','maxmemory')" 1 h arg1
EVAL "return redis.call('select',1)" 1 h arg1
EVAL "return redis.call('hset','h','f','v')" 1 h arg1
EVAL "return redis.call('spop','nosuch')" 1 h arg1
EVAL "return redis.call('zadd','z',1,'a')" 1 h arg1
EVAL "return redis.call('zscore','z','a')" 1 h arg1
EVAL "return redis.call('zrange','z',0,-1,'withscores')" 1 h arg1
EVAL "return redis.call('keys','nosuch*')" 1 h arg1
EVAL "return redis.call('script','flush')" 1 h arg1
EVAL "return redis.call('quit')" 1 h arg1
EVAL "return redis.call('auth','x')" 1 h arg1
EVAL "return redis.call('hello')" 1 h arg1
EVAL "return redis.call('reset')" 1 h arg1
EVAL "return redis.call('debug','jmap')" 1 h arg1
EVAL "return redis.call('monitor')" 1 h arg1
EVAL "return redis.call('publish','c','m')" 1 h arg1
EVAL "return redis.call('pubsub','channels')" 1 h arg1
EVAL "return redis.call('object','encoding','s')" 1 h arg1
EVAL "return redis.call('sort','nosuch')" 1 h arg1
EVAL "return redis.call('echo',ARGV[1])" 1 h arg1
EVAL "return {redis.call('ping'),redis.call('ping','x')}" 1 h arg1

== what scripts return and raise (10)
SET s str
EVAL "return redis.call('command','count') > 100" 1 h arg1
EVAL "return redis.call('set','s','v','get')" 1 h arg1
EVAL "return {1,{err='inner'},{ok='in'}}" 1 h arg1
EVAL "return {[1]=1,[2]=2,x=3}" 1 h arg1
EVAL "return {nil,1}" 1 h arg1
EVAL "return function() end" 1 h arg1
EVAL "return coroutine.create(function() end)" 1 h arg1
EVAL "local t={} t[1]=t return #t" 1 h arg1
EVAL "local function f(...) return select('#',...) end return f(nil,nil)" 1 h arg1
EVAL "local function f(...) return arg.n end return f(1,2)" 1 h arg1
EVAL "local t=setmetatable({},{__index=function(t,k) return k end}) return t.foo" 1 h arg1
EVAL "local t=setmetatable({},{__call=function(self,x) return x end}) return t(5)" 1 h arg1
EVAL "local t=setmetatable({},{__tostring=function() return 'T' end}) return tostring(t)" 1 h arg1
EVAL "local t=setmetatable({},{__concat=function() return 'C' end}) return t..'x'" 1 h arg1
EVAL "local t=setmetatable({},{__pairs=function() return function() return nil end end}) for k in pairs(t) do return 1 end return 2" 1 h arg1
EVAL "local t=setmetatable({},{__metatable='m'}) return getmetatable(t)" 1 h arg1
EVAL "local t=setmetatable({},{__metatable='m'}) setmetatable(t,{})" 1 h arg1
EVAL "local a={} a[nil]=1" 1 h arg1
EVAL "local a={} a[0/0]=1" 1 h arg1
EVAL "return string.format(\"%q\",\"a\\rb\\0c\\\\\")" 1 h arg1
EVAL "return 0x10" 1 h arg1
EVAL "return 1e" 1 h arg1
EVAL "return 'unfinished" 1 h arg1
EVAL "return [[long]]" 1 h arg1
EVAL "return [==[lo]]ng]==]" 1 h arg1
EVAL "--[[comment]] return 1" 1 h arg1
EVAL "return \"\\65\\066\\x\"" 1 h arg1
EVAL "return '\\z'" 1 h arg1
EVAL "return 3 // 2" 1 h arg1
EVAL "return 3 & 2" 1 h arg1
EVAL "local x <const> = 1" 1 h arg1
EVAL "return 1;" 1 h arg1
EVAL "return" 1 h arg1
EVAL "do return 5 end" 1 h arg1
EVAL "while true do break end return 1" 1 h arg1
EVAL "repeat local x=1 until x==1 return 2" 1 h arg1
EVAL "if nil then return 1 elseif 0 then return 2 end" 1 h arg1
EVAL "for i=3,1,-1 do return i end" 1 h arg1
EVAL "for k,v in ipairs({5}) do return k,v end" 1 h arg1
EVAL "for k,v in pairs({a=5}) do return k..v end" 1 h arg1

== what scripts return and raise (11)
SET s str
EVAL "return coroutine.yield(1)" 1 h arg1
EVAL "local ok,e=pcall(coroutine.yield,1) return e" 1 h arg1
EVAL "return tostring(coroutine.running())" 1 h arg1
EVAL "local co=coroutine.create(function() pcall(coroutine.yield,1) return 2 end) local a,b=coroutine.resume(co) return {tostring(a),tostring(b)}" 1 h arg1
EVAL "local f=coroutine.wrap(function(a) local b=coroutine.yield(a+1) return b*2 end) return {f(1),f(5)}" 1 h arg1
EVAL "local f=coroutine.wrap(function() error('x') end) f()" 1 h arg1
EVAL "local f=coroutine.wrap(function() error({err='x'}) end) f()" 1 h arg1
EVAL "local f=coroutine.wrap(function() return 1 end) f() f()" 1 h arg1
EVAL "local f=coroutine.create(function() return 1 end) coroutine.resume(f) local a,b=coroutine.resume(f) return {tostring(a),b,coroutine.status(f)}" 1 h arg1
EVAL "local f=coroutine.create(function() error('x') end) local a,b=coroutine.resume(f) return {tostring(a),b}" 1 h arg1
EVAL "return coroutine.resume(1)" 1 h arg1
EVAL "return coroutine.wrap(1)" 1 h arg1
EVAL "return coroutine.create(redis.call)" 1 h arg1
EVAL "return coroutine.status(1)" 1 h arg1
EVAL "local t={3,1,2,5,4,9,8} table.sort(t,function(a,b) return true end) return t" 1 h arg1
EVAL "local t={} for i=1,60 do t[i]={i*7%10,i} end table.sort(t,function(a,b) return a[1]<b[1] end) local r={} for i,v in ipairs(t) do r[i]=v[2] end return r" 1 h arg1
EVAL "local t={3,1,{},5} table.sort(t) return t" 1 h arg1
EVAL "table.sort(5,6)" 1 h arg1
EVAL "table.sort({1,2},6)" 1 h arg1
EVAL "table.sort({2,1},nil) return 1" 1 h arg1
EVAL "table.sort(redis,function() end) return 1" 1 h arg1
EVAL "local t={3,2,1} table.sort(t,function(a,b) error('cmp') end)" 1 h arg1
EVAL "return {string.gsub('abc','%w',function(x) return x..x end)}" 1 h arg1
EVAL "return {string.gsub('abc','(',function(x) return x..x end)}" 1 h arg1
EVAL "return {string.gsub('abc','%w*',function(x) return '<'..x..'>' end)}" 1 h arg1
EVAL "return {string.gsub('abc','%w',function(x) return {} end)}" 1 h arg1
EVAL "return {string.gsub('abc','()',function(x) return x end, 2)}" 1 h arg1
EVAL "return {string.gsub('abc','%w',function(x) return x end, 'k')}" 1 h arg1
EVAL "return {string.gsub('abc','%w')}" 1 h arg1
EVAL "return {string.gsub(nil,'%w',function() end)}" 1 h arg1
EVAL "return {string.gsub('abc',nil,function() end)}" 1 h arg1
EVAL "return {string.gsub('aaa','^a',function(x) return 'z' end)}" 1 h arg1
EVAL "return {string.gsub('aaa','^a',function(x) return false end)}" 1 h arg1
EVAL "return {string.gsub('abc','b*',function(x) return '-' end)}" 1 h arg1
EVAL "return {string.gsub('abc','b*',function(x) return '-' end,-1)}" 1 h arg1
EVAL "return {string.gsub('hello world','(o)(.?)',function(a,b) return b..a end)}" 1 h arg1
EVAL "return {string.gsub('abc','%w',setmetatable({},{__index=function(t,k) return k:upper() end}))}" 1 h arg1
EVAL "return {string.gsub('abc','x*','-')}" 1 h arg1
EVAL "return {string.gsub('hello','l','%2')}" 1 h arg1
EVAL "return {('a b c'):gsub(' ',''):gsub('b','x')}" 1 h arg1

== what scripts return and raise (12)
SET s str
EVAL "return {string.gsub(12321,2,function(x) return x+1 end)}" 1 h arg1
EVAL "local function f(...) return arg[1]..arg.n end return f('a','b')" 1 h arg1
EVAL "local f=function(a,...) return #arg end return f(1,2,3)" 1 h arg1
EVAL "return string.rep('a')" 1 h arg1
EVAL "return string.rep({},2)" 1 h arg1
EVAL "return string.char('x')" 1 h arg1
EVAL "return string.char(-1)" 1 h arg1
EVAL "math.randomseed(7) return {math.random(1000),math.random(1000)}" 1 h arg1
`,
);
