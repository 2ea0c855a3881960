/**
 * The network layer of a whole server: requests in pieces, pipelines longer than any buffer, big values, many clients,
 * limits, Unix sockets.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "./support/assert.ts";
import { concatBytes, equalBytes, escapeBytes } from "./support/bytes.ts";
import { verifyHeap } from "./support/heap_check.ts";
import { comparisonOptions } from "./support/oracle.ts";
import { RawClient } from "./support/raw_client.ts";
import { startRedeno } from "./support/redeno.ts";
import { decode, encodeCommand } from "./support/resp.ts";
import type { ServerProcess } from "./support/server_process.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const pipeline = concatBytes([
  encodeCommand(["SET", "k", "a\r\n$3\r\nb"]),
  encodeCommand(["GET", "k"]),
  encode("ECHO 'in line'\r\n"),
  encodeCommand(["MSET", "a", "", "b", "12345678901234567890"]),
  encodeCommand(["NOSUCH", "x"]),
  encode("*0\r\n"),
  encodeCommand(["MGET", "a", "b", "c"]),
  encode("\r\nPING\r\n"),
  encodeCommand(["DEL", "k", "a", "b"]),
]);
const pipelineReplies = String.raw`+OK\r\n$8\r\na\r\n$3\r\nb\r\n$7\r\nin line\r\n+OK\r\n` +
  String.raw`-ERR unknown command 'NOSUCH', with args beginning with: 'x' \r\n` +
  String.raw`*3\r\n$0\r\n\r\n$20\r\n12345678901234567890\r\n$-1\r\n+PONG\r\n:3\r\n`;

/** Reads as many bytes as the pipeline's replies have. */
async function readPipelineReplies(client: RawClient): Promise<string> {
  const replies: Uint8Array[] = [];
  for (let left = 8; left > 0; left--) replies.push((await client.readReply())!);
  return escapeBytes(concatBytes(replies));
}

async function cutAtEveryByte(server: ServerProcess): Promise<void> {
  await using other = await RawClient.connect(server);
  for (let cut = 1; cut < pipeline.length; cut++) {
    await using client = await RawClient.connect(server);
    await client.sendRaw(pipeline.subarray(0, cut));
    await other.command("PING");
    await client.sendRaw(pipeline.subarray(cut));
    assertEquals(await readPipelineReplies(client), pipelineReplies, `cut before byte ${cut}`);
  }
}

async function byteByByte(server: ServerProcess): Promise<void> {
  await using other = await RawClient.connect(server);
  await using client = await RawClient.connect(server);
  for (const byte of pipeline) {
    await client.sendRaw(Uint8Array.of(byte));
    await other.command("PING");
  }
  assertEquals(await readPipelineReplies(client), pipelineReplies);
}

async function longPipelineBeforeReading(server: ServerProcess): Promise<void> {
  await using client = await RawClient.connect(server);
  const value = "v".repeat(1000);
  await client.command("SET", "k", value);
  const requests = 50_000;
  const get = encodeCommand(["GET", "k"]);
  const all = new Uint8Array(get.length * requests);
  for (let at = 0; at < all.length; at += get.length) all.set(get, at);
  await client.sendRaw(all);
  const expected = `$1000\\r\\n${value}\\r\\n`;
  for (let left = requests; left > 0; left--) {
    const reply = await client.readReply();
    if (reply!.length !== 1009) assertEquals(escapeBytes(reply!), expected);
  }
}

async function bigValue(server: ServerProcess): Promise<void> {
  await using client = await RawClient.connect(server);
  const value = new Uint8Array(64 * 1024 * 1024);
  for (let at = 0; at < value.length; at += 4093) value[at] = at;
  assertEquals(await client.call("SET", "big", value), "OK");
  const reply = decode(await client.command("GET", "big"), { bytes: true }) as Uint8Array;
  assert(equalBytes(reply, value));
  assertEquals(await client.call("APPEND", "big", "x"), value.length + 1);
  assertEquals(await client.call("DEL", "big"), 1);
}

async function manyClients(server: ServerProcess): Promise<void> {
  const clients = await Promise.all(Array.from({ length: 1000 }, () => RawClient.connect(server)));
  const replies = await Promise.all(clients.map((client, at) => client.call("ECHO", String(at))));
  assertEquals(replies, clients.map((_, at) => String(at)));
  await Promise.all(clients.map((client) => client.close()));
}

async function vanishingClients(server: ServerProcess): Promise<void> {
  for (const piece of ["*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100\r\nabc", "PIN", "*", "GET k\r\n"]) {
    const client = await RawClient.connect(server);
    await client.sendRaw(encode(piece));
    await client.close();
  }
  await using client = await RawClient.connect(server);
  assertEquals(await client.call("PING"), "PONG");
}

async function repliesBeforeHalfClose(server: ServerProcess): Promise<void> {
  await using client = await RawClient.connect(server);
  await client.sendRaw(pipeline);
  await client.closeWrite();
  assertEquals(escapeBytes(await client.readUntilClose()), pipelineReplies);
}

async function outputBufferLimit(server: ServerProcess): Promise<void> {
  await using control = await RawClient.connect(server);
  await control.command("CONFIG", "SET", "client-output-buffer-limit", "normal 1mb 0 0");
  await control.command("SET", "k", "v".repeat(1_000_000));
  await using client = await RawClient.connect(server);
  const requests = Array.from({ length: 100 }, () => encodeCommand(["GET", "k"]));
  await client.sendRaw(concatBytes(requests));
  const got = await client.readUntilClose();
  assert(got.length < 100_000_000, "the client was not disconnected");
  await control.command("CONFIG", "SET", "client-output-buffer-limit", "normal 0 0 0");
}

async function idleTimeout(server: ServerProcess): Promise<void> {
  await using control = await RawClient.connect(server);
  await using idle = await RawClient.connect(server);
  await idle.command("PING");
  await control.command("CONFIG", "SET", "timeout", "1");
  assertEquals(await idle.readReply(), null);
}

async function clientsMax(server: ServerProcess): Promise<void> {
  await using control = await RawClient.connect(server);
  await control.command("CONFIG", "SET", "maxclients", "1");
  await using refused = await RawClient.connect(server);
  assertEquals(escapeBytes(await refused.readUntilClose()), String.raw`-ERR max number of clients reached\r\n`);
  assertMatch(String(await control.call("INFO", "stats")), /rejected_connections:1\r\n/);
  await control.command("CONFIG", "SET", "maxclients", "10000");
}

Deno.test("network", async (t) => {
  await using server = await startRedeno();
  const checks: Record<string, (server: ServerProcess) => Promise<void>> = {
    "a pipeline cut at every byte": cutAtEveryByte,
    "a pipeline sent byte by byte": byteByByte,
    "replies to a client that has closed its side": repliesBeforeHalfClose,
    "a long pipeline that is written before a reply is read": longPipelineBeforeReading,
    "a value of 64 MB": bigValue,
    "1000 clients at once": manyClients,
    "clients that vanish in the middle of a request": vanishingClients,
    "a client over its output buffer limit is disconnected": outputBufferLimit,
    "maxclients refuses with an error": clientsMax,
    "an idle client is closed after timeout": idleTimeout,
  };
  for (const [name, check] of Object.entries(checks)) await t.step(name, () => check(server));
  await t.step("the heap verifies", () => verifyHeap(server));
});

Deno.test({
  name: "network: a Unix socket",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const directory = await Deno.makeTempDir();
    const path = `${directory}/redeno.sock`;
    {
      await using _server = await startRedeno([...comparisonOptions, "--unixsocket", path, "--unixsocketperm", "700"]);
      await using client = await RawClient.connect({ path });
      await client.sendRaw(pipeline);
      assertEquals(await readPipelineReplies(client), pipelineReplies);
      assertEquals((await Deno.stat(path)).mode! & 0o777, 0o700);
      assertMatch(String(await client.call("CLIENT", "INFO")), / flags=U /);
    }
    await Deno.remove(directory, { recursive: true });
  },
});
