/**
 * Third-party modules: loaded at the start and while the server runs, refused, withdrawn.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "./support/assert.ts";
import { RawClient } from "./support/raw_client.ts";
import { redenoCommand, startRedeno } from "./support/redeno.ts";

const hello = fileURLToPath(new URL("../examples/hello.ts", import.meta.url));
const notLoaded = "ERR Error loading the extension. Please check the server logs.";

async function runToItsEnd(options: string[]): Promise<{ code: number; output: string }> {
  const { executable, args } = redenoCommand();
  const { code, stdout } = await new Deno.Command(executable, { args: [...args, ...options], stderr: "null" }).output();
  return { code, output: new TextDecoder().decode(stdout) };
}

async function text(client: RawClient, ...args: string[]): Promise<string> {
  return new TextDecoder().decode(await client.command(...args));
}

/** The message of an error reply. */
async function refusal(client: RawClient, ...args: string[]): Promise<string> {
  const reply = await text(client, ...args);
  assert(reply.startsWith("-"), `${args.join(" ")} was not refused: ${reply}`);
  return reply.slice(1, -2);
}

Deno.test("modules: what one brings is there after MODULE LOAD and gone after MODULE UNLOAD", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  assertEquals(await text(client, "MODULE", "LOAD", hello, "Ada"), "+OK\r\n");
  await server.waitForLog(new RegExp(`\\* Module 'hello' loaded from ${hello}$`));
  assertEquals(await text(client, "HELLO.GREET"), "$11\r\nHello, Ada!\r\n");
  const listed =
    `*8\r\n$4\r\nname\r\n$5\r\nhello\r\n$3\r\nver\r\n:1\r\n$4\r\npath\r\n$${hello.length}\r\n${hello}\r\n` +
    "$4\r\nargs\r\n*1\r\n$3\r\nAda\r\n";
  assertEquals(await text(client, "MODULE", "LIST"), `*1\r\n${listed}`);
  assertStringIncludes(await text(client, "HELLO"), `modules\r\n*1\r\n${listed}`);
  assertStringIncludes(await text(client, "COMMAND", "INFO", "hello.greet"), "+module\r\n");
  assertStringIncludes(await text(client, "INFO", "modules"), "module:name=hello,ver=1,api=1,");
  assertStringIncludes(await text(client, "INFO", "everything"), "# hello\r\ngreetings:1\r\n");
  assert(!(await text(client, "INFO", "all")).includes("# hello"));
  assertEquals(await text(client, "CONFIG", "SET", "hello.greeting", "Hi"), "+OK\r\n");
  assertEquals(await text(client, "hello.greet", "Bob"), "$8\r\nHi, Bob!\r\n");

  assertEquals(await text(client, "MODULE", "UNLOAD", "hello"), "+OK\r\n");
  await server.waitForLog(/\* Module hello unloaded$/);
  assertEquals(await text(client, "MODULE", "LIST"), "*0\r\n");
  assertStringIncludes(await refusal(client, "HELLO.GREET"), "ERR unknown command");
  assertEquals(await text(client, "CONFIG", "GET", "hello.*"), "*0\r\n");
  assertEquals(await text(client, "MODULE", "LOAD", hello), "+OK\r\n");
  assertEquals(await text(client, "HELLO.GREET"), "$11\r\nHello, you!\r\n");
});

Deno.test("modules: LOADEX sets parameters, or leaves nothing behind", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  const parameters = ["CONFIG", "HELLO.greeting", "Welcome", "ARGS", "Eve"];
  assertEquals(await text(client, "MODULE", "LOADEX", hello, ...parameters), "+OK\r\n");
  assertEquals(await text(client, "HELLO.GREET"), "$13\r\nWelcome, Eve!\r\n");
  await client.command("MODULE", "UNLOAD", "hello");

  assertEquals(await refusal(client, "MODULE", "LOADEX", hello, "CONFIG", "hello.nosuch", "x"), notLoaded);
  await server.waitForLog(/# Loadex configurations were not applied, likely due to invalid arguments\./);
  assertEquals(await refusal(client, "MODULE", "LOADEX", hello, "CONFIG", "hello.greeting"), notLoaded);
  await server.waitForLog(/\* CONFIG specified without name value pair$/);
  assertEquals(await refusal(client, "MODULE", "LOADEX", hello, "WRONG", "x"), notLoaded);
  await server.waitForLog(/\* Syntax Error from arguments to loadex around WRONG\.$/);
  assertEquals(await text(client, "MODULE", "LIST"), "*0\r\n");
  // What was set for the failed loads is forgotten.
  assertEquals(await text(client, "MODULE", "LOAD", hello), "+OK\r\n");
  assertEquals(await text(client, "HELLO.GREET"), "$11\r\nHello, you!\r\n");
});

Deno.test("modules: a failing load leaves nothing behind", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  const files: [source: string, reason: string][] = [
    ["export default 5;", "has no module as default export"],
    ["throw new Error('on its own account');", "on its own account"],
    ["export default { name: 'old', version: 1, api: 99 };", "module old: is written for API 99"],
    [
      "export default { name: 'twice', version: 1, api: 1, commands: [{ name: 'PING', arity: 1, run() {} }] };",
      "command 'ping' is registered already",
    ],
  ];
  for (const [i, [source, reason]] of files.entries()) {
    const path = `${server.directory}/module${i}.js`;
    await Deno.writeTextFile(path, source);
    assertEquals(await refusal(client, "MODULE", "LOAD", path), notLoaded);
    await server.waitForLog(new RegExp(`# Module ${path} failed to load: .*${reason}`));
  }
  assertEquals(await refusal(client, "MODULE", "LOAD", hello, "one", "two"), notLoaded);
  await server.waitForLog(/takes one argument/);
  assertEquals(await text(client, "MODULE", "LIST"), "*0\r\n");
  assertEquals(await text(client, "PING"), "+PONG\r\n");
  assertEquals(await text(client, "INFO", "errorstats"), "$37\r\n# Errorstats\r\nerrorstat_ERR:count=5\r\n\r\n");
});

Deno.test("modules: an error for the client is known by its name", async () => {
  await using server = await startRedeno();
  await using client = await RawClient.connect(server);
  const path = `${server.directory}/errors.js`;
  await Deno.writeTextFile(
    path,
    `const later = (context) => context.replyLater(() => Promise.reject(refusal("LATE too late")), () => {});
     const refusal = (message) => Object.assign(new Error(message), { name: "ReplyError" });
     const now = () => { throw refusal("OWN words"); };
     const bug = () => null.nothing;
     export default { name: "errors", version: 1, api: 1, commands: [
       { name: "ERRORS.NOW", arity: 1, run: now },
       { name: "ERRORS.LATER", arity: 1, run: later },
       { name: "ERRORS.BUG", arity: 1, run: bug },
     ] };`,
  );
  await client.command("MODULE", "LOAD", path);
  assertEquals(await refusal(client, "ERRORS.NOW"), "OWN words");
  assertEquals(await refusal(client, "ERRORS.LATER"), "LATE too late");
  assertEquals(await refusal(client, "ERRORS.BUG"), "ERR internal error in 'errors.bug'");
  await server.waitForLog(/Command 'errors\.bug' failed: TypeError: Cannot read properties of null/);
});

Deno.test("modules: other clients go on while one waits for a module", async () => {
  await using server = await startRedeno();
  await using loader = await RawClient.connect(server);
  await using other = await RawClient.connect(server);
  using gate = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const path = `${server.directory}/slow.js`;
  await Deno.writeTextFile(
    path,
    `const gate = await Deno.connect({ port: ${(gate.addr as Deno.NetAddr).port} });
     await gate.read(new Uint8Array(1));
     gate.close();
     export default { name: "slow", version: 1, api: 1 };`,
  );
  const id = String(await loader.call("CLIENT", "ID"));
  await loader.send("MODULE", "LOAD", path);
  await loader.send("ECHO", "behind it");
  using waiting = await gate.accept();
  assertStringIncludes(await text(other, "INFO", "clients"), "blocked_clients:1\r\n");
  assertEquals(await text(other, "CLIENT", "UNBLOCK", id), ":0\r\n");
  await waiting.write(new Uint8Array(1));
  assertEquals(new TextDecoder().decode(await loader.readReply() ?? undefined), "+OK\r\n");
  assertEquals(new TextDecoder().decode(await loader.readReply() ?? undefined), "$9\r\nbehind it\r\n");
  assertStringIncludes(await text(other, "INFO", "clients"), "blocked_clients:0\r\n");
});

Deno.test("modules: loaded at the start, with arguments and parameters", async () => {
  await using server = await startRedeno(["--loadmodule", hello, "Zoe", "--hello.greeting", "Hey"]);
  await using client = await RawClient.connect(server);
  assertEquals(await text(client, "HELLO.GREET"), "$9\r\nHey, Zoe!\r\n");
});

Deno.test("modules: what cannot be loaded at the start ends the server", async () => {
  const missing = await runToItsEnd(["--port", "0", "--loadmodule", "/nosuch/module.ts"]);
  assertEquals(missing.code, 1);
  assertStringIncludes(missing.output, "# Module /nosuch/module.ts failed to load: ");
  assertStringIncludes(missing.output, "# Can't load module from /nosuch/module.ts: server aborting\n");
  const unclaimed = await runToItsEnd(["--port", "0", "--hello.greeting", "Hey"]);
  assertEquals(unclaimed.code, 1);
  assertStringIncludes(
    unclaimed.output,
    "# Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting\n",
  );
});

Deno.test("modules: nobody may load one unless the configuration says so", async () => {
  await using server = await startRedeno(["--requirepass", "secret"]);
  await using client = await RawClient.connect(server);
  const message =
    'ERR MODULE command not allowed. If the enable-module-command option is set to "local", you can run ' +
    "it from a local connection, otherwise you need to set this option in the configuration file, and then restart the " +
    "server.";
  for (const args of [["LOAD", hello], ["LOADEX", hello], ["UNLOAD", "hello"]]) {
    assertEquals(await refusal(client, "MODULE", ...args), message);
  }
  assertMatch(await refusal(client, "MODULE", "LIST"), /^NOAUTH/);
  assertMatch(
    await refusal(client, "DEBUG", "SLEEP", "0"),
    /^ERR DEBUG command not allowed\. If the enable-debug-command/,
  );
});

Deno.test("modules: local clients may load one where that is configured", async () => {
  await using server = await startRedeno(["--enable-module-command", "local"]);
  await using client = await RawClient.connect(server);
  assertEquals(await text(client, "MODULE", "LOAD", hello), "+OK\r\n");
});
