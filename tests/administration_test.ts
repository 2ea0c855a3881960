/**
 * What steers a running server and shows outside of its replies: its configuration file, its log, its end.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "./support/assert.ts";
import { freePort } from "./support/free_port.ts";
import { type Address, RawClient } from "./support/raw_client.ts";
import { redenoCommand, startRedeno } from "./support/redeno.ts";
import { startServer } from "./support/server_process.ts";

async function text(client: RawClient, ...args: string[]): Promise<string> {
  return new TextDecoder().decode(await client.command(...args));
}

async function isOpen(address: Address): Promise<boolean> {
  try {
    await (await RawClient.connect(address)).close();
    return true;
  } catch (error) {
    // Reset: the listener went while the connection waited to be accepted.
    if (error instanceof Deno.errors.ConnectionRefused || error instanceof Deno.errors.ConnectionReset) return false;
    throw error;
  }
}

Deno.test("CONFIG REWRITE tells in the log how it went", async () => {
  const directory = await Deno.makeTempDir({ prefix: "redeno-" });
  const path = `${directory}/redis.conf`;
  await Deno.writeTextFile(path, "maxmemory 100mb\n");
  try {
    const { executable, args } = redenoCommand();
    await using server = await startServer({ name: "redeno", executable, args: [...args, path] });
    await using client = await RawClient.connect(server);
    assertEquals(await text(client, "CONFIG", "REWRITE"), "+OK\r\n");
    await server.waitForLog(/# CONFIG REWRITE executed with success\.$/);
    await Deno.remove(directory, { recursive: true });
    assertEquals(
      await text(client, "CONFIG", "REWRITE"),
      "-ERR Rewriting config file: No such file or directory\r\n",
    );
    await server.waitForLog(/# CONFIG REWRITE failed: No such file or directory$/);
  } finally {
    await Deno.remove(directory, { recursive: true }).catch(() => {});
  }
});

Deno.test("CONFIG SET maxmemory below what is used warns and evicts", async () => {
  await using server = await startRedeno(["--maxmemory-policy", "allkeys-random", "--enable-debug-command", "yes"]);
  await using client = await RawClient.connect(server);
  await client.command("DEBUG", "POPULATE", "5000", "key", "1000");
  assertEquals(await text(client, "CONFIG", "SET", "maxmemory", "4mb"), "+OK\r\n");
  await server.waitForLog(
    /# WARNING: the new maxmemory value set via CONFIG SET \(4194304\) is smaller than the current memory usage \(\d+\)\./,
  );
  for (;;) {
    const [, used] = /used_memory:(\d+)/.exec(await text(client, "INFO", "memory"))!;
    if (Number(used) <= 4 * 1024 * 1024) break;
  }
  const [, evicted] = /evicted_keys:(\d+)/.exec(await text(client, "INFO", "stats"))!;
  const [, left] = /:(\d+)/.exec(await text(client, "DBSIZE"))!;
  assertEquals(Number(evicted) + Number(left), 5000);
  assertEquals(await text(client, "DEBUG", "VERIFY-HEAP"), "+OK\r\n");
});

Deno.test("CONFIG SET that cannot be put in force says so in the log and changes nothing", async () => {
  await using server = await startRedeno(["--bind", "127.0.0.1"]);
  await using client = await RawClient.connect(server);
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  assertMatch(
    await text(client, "CONFIG", "SET", "timeout", "7", "port", String(port)),
    /^-ERR CONFIG SET failed \(possibly related to argument 'port'\) - /,
  );
  await server.waitForLog(
    /# Failed applying new configuration\. Possibly related to new port setting\. Restoring previous settings\.$/,
  );
  assertStringIncludes(await text(client, "CONFIG", "GET", "timeout"), "$1\r\n0\r\n");
  await using another = await RawClient.connect(server);
  assertEquals(await text(another, "PING"), "+PONG\r\n");
});

Deno.test("CONFIG SET port moves the listener", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  const port = freePort();
  assertEquals(await text(client, "CONFIG", "SET", "port", String(port)), "+OK\r\n");
  await using moved = await RawClient.connect({ port });
  assertStringIncludes(await text(moved, "INFO", "server"), `tcp_port:${port}\r\n`);
});

Deno.test("CONFIG SET bind gives up an address and takes it back", async () => {
  await using server = await startRedeno(["--bind", "127.0.0.1 127.0.0.2"]);
  await using client = await RawClient.connect(server);
  const other = { hostname: "127.0.0.2", port: server.port };
  await (await RawClient.connect(other)).close();
  assertEquals(await text(client, "CONFIG", "SET", "bind", "127.0.0.1"), "+OK\r\n");
  while (await isOpen(other));
  assertMatch(
    await text(client, "CONFIG", "SET", "bind", "127.0.0.1 203.0.113.1"),
    /^-ERR CONFIG SET failed \(possibly related to argument 'bind'\) - Failed to bind to specified addresses\.\r\n$/,
  );
  assertEquals(await text(client, "CONFIG", "SET", "bind", "*"), "+OK\r\n");
  while (!await isOpen(other));
  assertEquals(await text(client, "CONFIG", "SET", "bind", "127.0.0.1 127.0.0.2"), "+OK\r\n");
  while (!await isOpen(server));
});

Deno.test("SHUTDOWN ends the server without a reply", async () => {
  for (const options of [[], ["NOSAVE", "NOW", "FORCE"]]) {
    await using server = await startRedeno();
    await using client = await RawClient.connect(server);
    await client.send("SHUTDOWN", ...options);
    assertEquals(await client.readReply(), null);
    assertEquals((await server.exited).code, 0);
    await server.waitForLog(/# User requested shutdown\.\.\.$/);
    await server.waitForLog(/# Redis is now ready to exit, bye bye\.\.\.$/);
  }
});

Deno.test("DEBUG PANIC, ASSERT, OOM and SEGFAULT end the server at once", async () => {
  for (const name of ["PANIC", "ASSERT", "OOM", "SEGFAULT"]) {
    const server = await startRedeno(["--enable-debug-command", "local"]);
    await using client = await RawClient.connect(server);
    await client.send("DEBUG", name);
    assertEquals(await client.readReply(), null);
    assert(!(await server.exited).success, name);
    await server.stop().catch((error) => assertStringIncludes(error.message, "ended by itself"));
  }
});

Deno.test("DEBUG LOG and CHANGE-REPL-ID", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  await client.command("DEBUG", "LOG", "note this");
  await server.waitForLog(/# DEBUG LOG: note this$/);
  const idOf = async () => /master_replid:(\w{40})/.exec(await text(client, "INFO", "replication"))![1];
  const before = await idOf();
  await client.command("DEBUG", "CHANGE-REPL-ID");
  assert(await idOf() !== before);
});

Deno.test("a monitor that does not read is closed at its output limit", async () => {
  await using server = await startRedeno(["--client-output-buffer-limit", "normal 1mb 0 0"]);
  await using monitor = await RawClient.connect(server);
  await using client = await RawClient.connect(server);
  await monitor.command("MONITOR");
  const large = "x".repeat(100_000);
  const closed = server.waitForLog(/flags=O.* scheduled to be closed ASAP for overcoming of output buffer limits\./);
  const isClosed = closed.then(() => true);
  // The sockets between may hold some megabytes before the server has to keep them.
  while (!await Promise.race([isClosed, client.command("ECHO", large).then(() => false)]));
  assert(!(await text(client, "CLIENT", "LIST")).includes("flags=O"));
});

Deno.test("commands per second and traffic are seen while they last", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  for (;;) {
    await client.pipeline(Array.from({ length: 100 }, () => ["PING"]));
    const info = await text(client, "INFO", "stats");
    const valueOf = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)![1]);
    const rates = ["ops_per_sec", "input_kbps", "output_kbps"].map((name) => valueOf(`instantaneous_${name}`));
    if (rates.every((rate) => rate > 0)) break;
  }
});
