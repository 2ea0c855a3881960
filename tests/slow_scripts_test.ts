/**
 * Scripts that run for long, over sockets: others wait, then hear that the server is busy, and can end the script.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "./support/assert.ts";
import { verifyHeap } from "./support/heap_check.ts";
import { RawClient } from "./support/raw_client.ts";
import { startRedeno } from "./support/redeno.ts";

const THRESHOLD = ["--busy-reply-threshold", "50"];
const BUSY = "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n";
const KILLED = "-ERR Script killed by user with SCRIPT KILL... script: ";

async function text(client: RawClient, ...args: string[]): Promise<string> {
  return new TextDecoder().decode(await client.command(...args));
}

async function nextText(client: RawClient): Promise<string> {
  return new TextDecoder().decode((await client.readReply())!);
}

/** Wherever a script loops without an end, it can be interrupted. */
const ENDLESS = {
  plain: "while true do end",
  "past pcall": "while true do pcall(function() while true do end end) end",
  commands: "while true do redis.call('GET',KEYS[1]) end",
  "coroutine.wrap": "coroutine.wrap(function() while true do end end)()",
  "a coroutine within another":
    "local f=coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end) f()",
  "coroutines that yield":
    "local f=coroutine.wrap(function() while true do coroutine.yield(1) end end) while true do f() end",
  "a comparison": "table.sort({3,2,1},function() while true do end end)",
  "a replacement": "string.gsub('x','x',function() while true do end end)",
  "a table of replacements": "string.gsub('x','x',setmetatable({},{__index=function() while true do end end}))",
  foreach: "table.foreach({1},function() while true do end end)",
  "a metamethod": "local t=setmetatable({},{__index=function() while true do end end}) return t.x",
  xpcall: "xpcall(function() while true do end end,function() return 1 end)",
};

Deno.test("slow scripts: others hear that the server is busy, and end the script, wherever it is", async () => {
  await using server = await startRedeno([...THRESHOLD, "--enable-debug-command", "yes"]);
  await using caller = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  for (const [name, script] of Object.entries(ENDLESS)) {
    await caller.send("EVAL", script, "1", "k");
    assertEquals(await text(other, "PING"), BUSY, name);
    assertEquals(await text(other, "SCRIPT", "KILL"), "+OK\r\n", name);
    assertStringIncludes(await nextText(caller), KILLED, name);
    assertEquals(await text(other, "EVAL", "return #ARGV", "0", "a"), ":1\r\n", name);
  }
  await verifyHeap(server);
});

Deno.test("slow scripts: one in a transaction is ended, what follows it runs, and replies come in order", async () => {
  await using server = await startRedeno(THRESHOLD);
  await using caller = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  const lines = [["SET", "a", "1"], ["EVAL", ENDLESS.plain, "0"], ["INCR", "a"], ["EVAL", ENDLESS.plain, "0"], [
    "INCR",
    "a",
  ]];
  await caller.pipeline([["MULTI"], ...lines]);
  await caller.send("EXEC");
  await caller.send("PING");
  for (let i = 0; i < 2; i++) {
    assertEquals(await text(other, "GET", "a"), BUSY);
    assertEquals(await text(other, "SCRIPT", "KILL"), "+OK\r\n");
  }
  const reply = await nextText(caller);
  assertEquals(reply.split("\r\n").map((line) => line.split(" ... ")[0].slice(0, 36)), [
    "*5",
    "+OK",
    "-ERR Script killed by user with SCRI",
    ":2",
    "-ERR Script killed by user with SCRI",
    ":3",
    "",
  ]);
  assertEquals(await nextText(caller), "+PONG\r\n");
});

Deno.test("slow scripts: one that wrote is not ended, goes on when its caller is gone, and can only be stopped with the server", async () => {
  await using server = await startRedeno(THRESHOLD);
  const caller = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  await using third = await RawClient.connect(server);
  const script = "redis.call('SET',KEYS[1],0) for i=1,2e7 do end redis.call('SET',KEYS[1],1)";
  await caller.send("EVAL", script, "1", "k");
  assertEquals(await text(other, "GET", "k"), BUSY);
  assertStringIncludes(
    await text(other, "SCRIPT", "KILL"),
    "-UNKILLABLE Sorry the script already executed write commands",
  );
  await caller.close();
  let reply = "";
  while ((reply = await text(other, "GET", "k")) === BUSY);
  assertEquals(reply, "$1\r\n1\r\n");
  await third.send("EVAL", "redis.call('SET',KEYS[1],2) while true do end", "1", "k");
  assertEquals(await text(other, "SHUTDOWN"), BUSY);
  await other.send("SHUTDOWN", "NOSAVE");
  assertEquals(await other.readUntilClose(), new Uint8Array(0));
});

Deno.test("slow scripts: replies before one whose own is not wanted come through", async () => {
  await using server = await startRedeno([]);
  await using client = await RawClient.connect(server);
  await client.sendRaw(
    new TextEncoder().encode("PING\r\nCLIENT REPLY SKIP\r\nEVAL 'for i=1,4e6 do end return 1' 0\r\n"),
  );
  await client.send("ECHO", "b");
  assertEquals(await nextText(client), "+PONG\r\n");
  assertEquals(await nextText(client), "$1\r\nb\r\n");
});

Deno.test("slow scripts: below the threshold others wait, and get the replies that they would have got", async () => {
  await using server = await startRedeno([]);
  await using caller = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  await caller.command("SET", "k", "v", "PX", "40");
  // Time stands still for the script: the key outlives its deadline.
  await caller.send(
    "EVAL",
    "for i=1,4e6 do end local v=redis.call('GET',KEYS[1]) redis.call('SET','l',1) return v",
    "1",
    "k",
  );
  await other.send("SCRIPT", "KILL");
  await other.send("MGET", "k", "l");
  assertEquals(await nextText(caller), "$1\r\nv\r\n");
  assertEquals(await nextText(other), "-NOTBUSY No scripts in execution right now.\r\n");
  assertEquals(await nextText(other), "*2\r\n$-1\r\n$1\r\n1\r\n");
});
