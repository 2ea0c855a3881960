/**
 * The debugger of scripts over sockets: whole sessions as `redis-server` has them, and what becomes of others meanwhile.
 *
 * @module
 */
import { decodeText } from "../server/base/text.ts";
import { debugSessions } from "./oracle/debugger_sessions.ts";
import { assertEquals, assertStringIncludes } from "./support/assert.ts";
import { readDebugTranscript, runDebugSession } from "./support/debug_session.ts";
import { verifyHeap } from "./support/heap_check.ts";
import { findOracle, startOracle } from "./support/oracle.ts";
import { RawClient } from "./support/raw_client.ts";
import { startRedeno } from "./support/redeno.ts";
import { hasTool, runTool } from "./support/tool.ts";

const STOPPED = "*2\r\n+* Stopped at 1, stop reason = step over\r\n+-> 1   ";
const executable = await findOracle();

async function text(client: RawClient, ...args: string[]): Promise<string> {
  return decodeText(await client.command(...args));
}

async function nextText(client: RawClient): Promise<string> {
  return decodeText((await client.readReply())!);
}

async function restText(client: RawClient): Promise<string> {
  return decodeText(await client.readUntilClose());
}

Deno.test("script debugger: sessions are those of redis-server", async (t) => {
  const recorded = await readDebugTranscript();
  await using redeno = await startRedeno();
  await using oracle = executable ? await startOracle(executable) : undefined;
  assertEquals([...recorded.keys()], debugSessions.map(({ title }) => title));
  for (const one of debugSessions) {
    await t.step(one.title, async () => {
      if (oracle) assertEquals(await runDebugSession(oracle, one), recorded.get(one.title), "the oracle");
      assertEquals(await runDebugSession(redeno, one), recorded.get(one.title));
    });
  }
  await t.step("the heap verifies", () => verifyHeap(redeno));
});

Deno.test("script debugger: it begins outside of a pipeline, by SYNC, and scripts are sent as they are", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  const replies = await client.pipeline([["PING"], ["SCRIPT", "DEBUG", "SYNC"], ["EVAL", "return 1", "0"]]);
  assertEquals(replies.map(decodeText), [
    "+PONG\r\n",
    "-ERR SCRIPT DEBUG must be called outside a pipeline\r\n",
    ":1\r\n",
  ]);
  const refusal = await text(client, "SCRIPT", "DEBUG", "YES");
  assertStringIncludes(refusal, "-ERR this server has no copy of the dataset");
  assertEquals(await text(client, "EVAL", "return redis.call('set','k',1)", "0"), refusal);
  assertEquals(await text(client, "EXISTS", "k"), ":0\r\n");
  assertEquals(await text(client, "SCRIPT", "DEBUG", "SYNC"), "+OK\r\n");
  const sha = "59b6ab2fbe0ee4b25733de0f62e6cda4899ef8e9";
  assertEquals(
    await text(client, "EVALSHA", sha, "x"),
    "-ERR Please use EVAL instead of EVALSHA for debugging\r\n",
  );
  assertEquals(await text(client, "EVALSHA", "short", "0"), "-NOSCRIPT No matching script. Please use EVAL.\r\n");
  assertEquals(await text(client, "SCRIPT", "DEBUG", "NO"), "+OK\r\n");
  assertEquals(await text(client, "EVAL", "return 1", "0"), ":1\r\n");
});

Deno.test("script debugger: what it says comes before replies that wait, and what came with the script is dropped", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  await text(client, "SCRIPT", "DEBUG", "SYNC");
  await client.send("MULTI");
  await client.send("SET", "k", "1");
  await client.send("EVAL", "redis.call('incr','k')\nreturn 7", "0");
  await client.send("SET", "l", "1");
  for (let i = 0; i < 4; i++) await nextText(client);
  await client.send("EXEC");
  assertEquals(await nextText(client), `${STOPPED}redis.call('incr','k')\r\n`);
  assertEquals((await text(client, "s")).split("\r\n").slice(0, 3), ["*4", "+<redis> incr k", "+<reply> 2"]);
  assertEquals(await text(client, "s"), "*1\r\n+<endsession>\r\n");
  assertEquals(await restText(client), "*3\r\n+OK\r\n:7\r\n");

  await using other = await RawClient.connect(server);
  assertEquals(await text(other, "MGET", "k", "l"), "*2\r\n$1\r\n2\r\n$1\r\n1\r\n");
  await text(other, "SCRIPT", "DEBUG", "SYNC");
  const [stopped] = await other.pipeline([["EVAL", "return 1", "0"]]);
  assertEquals(decodeText(stopped), `${STOPPED}return 1\r\n`);
  await other.sendRaw(new TextEncoder().encode("*1\r\n$1"));
  await other.sendRaw(new TextEncoder().encode("\r\nc\r\n"));
  assertEquals(await restText(other), "*1\r\n+<endsession>\r\n:1\r\n");
});

Deno.test("script debugger: others wait as long as the client thinks, and never hear that the server is busy", async () => {
  await using server = await startRedeno(["--busy-reply-threshold", "1"]);
  await using client = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  await text(client, "SCRIPT", "DEBUG", "SYNC");
  await text(client, "EVAL", "redis.call('set','k',1)\nredis.call('set','k',2)\nreturn 1", "0");
  await other.send("GET", "k");
  for (let i = 0; i < 20; i++) assertStringIncludes(await text(client, "l"), "+-> 1   redis.call");
  await client.send("c");
  assertEquals(await nextText(client), "*1\r\n+<endsession>\r\n");
  assertEquals(await restText(client), ":1\r\n");
  assertEquals(await nextText(other), "$1\r\n2\r\n");
});

Deno.test("script debugger: where the client goes, the script runs on to its end", async () => {
  await using server = await startRedeno();
  const client = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  await text(client, "SCRIPT", "DEBUG", "SYNC");
  await text(client, "EVAL", "redis.call('set','k',1)\nredis.call('set','k',2)\nreturn 1", "0");
  await text(client, "b", "2");
  await client.close();
  assertEquals(await text(other, "GET", "k"), "$1\r\n2\r\n");
  assertEquals(await text(other, "EVAL", "return 1", "0"), ":1\r\n");
});

Deno.test("script debugger: where the client goes from a script without an end, the script is ended", async () => {
  await using server = await startRedeno(["--busy-reply-threshold", "50"]);
  const client = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  await text(client, "SCRIPT", "DEBUG", "SYNC");
  await text(client, "EVAL", "redis.call('set','k',1)\nwhile true do end", "0");
  await client.close();
  let reply = "";
  while ((reply = await text(other, "GET", "k")).startsWith("-BUSY"));
  assertEquals(reply, "$1\r\n1\r\n");
});

Deno.test("script debugger: redis-cli --ldb-sync-mode (where it is installed)", {
  ignore: !await hasTool("redis-cli"),
}, async () => {
  await using server = await startRedeno();
  const path = await Deno.makeTempFile({ suffix: ".lua" });
  await Deno.writeTextFile(path, "local x=ARGV[1]\nreturn redis.call('set',KEYS[1],x)\n");
  const port = String(server.port);
  const args = ["-p", port, "--ldb-sync-mode", "--eval", path, "key", ",", "value"];
  const { stdout } = await runTool("redis-cli", args, "step\nprint\ncontinue\nquit\n");
  await Deno.remove(path);
  assertStringIncludes(stdout, "* Stopped at 2, stop reason = step over");
  assertStringIncludes(stdout, '<value> x = "value"');
  assertStringIncludes(stdout, "(Lua debugging session ended");
});
