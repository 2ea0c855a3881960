/**
 * `redis-cli` and `redis-benchmark`, unchanged, against the oracle and against redeno.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { findOracle, startOracle } from "../support/oracle.ts";
import { startRedeno } from "../support/redeno.ts";
import type { ServerProcess } from "../support/server_process.ts";
import { hasTool, runTool } from "../support/tool.ts";

const script = String.raw`PING
SET k "a b\x00\xff"
GET k
SET n 10
INCR n
INCRBYFLOAT n 1.5
GET nosuch
MGET k n nosuch
NOSUCH a b
SET k
INCR k
EXPIRE n 33177117
OBJECT ENCODING n
COMMAND GETKEYS MSET a 1 b 2
LCS k n IDX
CONFIG GET maxmemory
DEBUG PROTOCOL map
DEBUG PROTOCOL set
DEBUG PROTOCOL double
DEBUG PROTOCOL verbatim
DEBUG PROTOCOL true
SELECT 3
DBSIZE
SELECT 99
HELP GET
SCAN 0
TYPE k
`;

async function cli(server: ServerProcess, args: string[], input = ""): Promise<string> {
  await runTool("redis-cli", ["-p", String(server.port), "FLUSHALL"]);
  const { code, stdout, stderr } = await runTool("redis-cli", ["-p", String(server.port), ...args], input);
  return `${stdout}${stderr}exit ${code}`;
}

const executable = await findOracle();
const hasCli = await hasTool("redis-cli");
const hasBenchmark = await hasTool("redis-benchmark");

Deno.test({
  name: "clients: redis-cli prints the same for both servers",
  ignore: !hasCli || !executable,
  fn: async (t) => {
    await using redeno = await startRedeno();
    await using oracle = await startOracle(executable!);
    for (
      const options of [[], ["-3"], ["--no-raw"], ["-3", "--no-raw"], ["--csv"], ["-3", "--json"], ["-e"], ["-n", "5"]]
    ) {
      await t.step(`a script with ${options.join(" ") || "no option"}`, async () => {
        assertEquals(await cli(redeno, options, script), await cli(oracle, options, script));
      });
    }
    await t.step("one command", async () => {
      for (
        const args of [["PING"], ["GET"], ["-n", "3", "SET", "k", "v"], ["-x", "SET", "k"], ["-r", "3", "INCR", "n"]]
      ) {
        assertEquals(await cli(redeno, args, "from stdin"), await cli(oracle, args, "from stdin"));
      }
    });
  },
});

Deno.test({
  name: "clients: redis-cli inserts in bulk, scans and finds big keys",
  ignore: !hasCli,
  fn: async () => {
    await using redeno = await startRedeno();
    const requests = Array.from({ length: 20_000 }, (_, at) => `SET bulk:${at} ${"v".repeat(1 + at % 50)}\r\n`).join(
      "",
    );
    const inserted = await cli(redeno, ["--pipe"], requests);
    assertStringIncludes(inserted, "errors: 0, replies: 20000");
    const port = String(redeno.port);
    const { stdout: scanned } = await runTool("redis-cli", ["-p", port, "--scan", "--pattern", "bulk:*9"]);
    assertEquals(new Set(scanned.trimEnd().split("\n")).size, 2000);
    const { stdout: big } = await runTool("redis-cli", ["-p", port, "--bigkeys"]);
    assertMatch(big, /Biggest string found '"bulk:\d+"' has 50 bytes/);
    assertMatch(big, /20000 strings with 510000 bytes/);
  },
});

Deno.test({
  name: "clients: redis-benchmark runs clean",
  ignore: !hasBenchmark,
  fn: async (t) => {
    await using redeno = await startRedeno();
    for (const options of [["-P", "1"], ["-P", "16", "-r", "1000"], ["-c", "200", "-d", "4096"], ["-3"]]) {
      await t.step(`with ${options.join(" ")}`, async () => {
        const port = String(redeno.port);
        const { code, stdout, stderr } = await runTool(
          "redis-benchmark",
          ["-p", port, "-q", "--csv", "-n", "5000", "-t", "ping,set,get,incr,mset", ...options],
        );
        assertEquals(stderr, "");
        assertEquals(code, 0);
        assertMatch(stdout, /"MSET \(10 keys\)","\d+/);
        assertEquals(stdout.trimEnd().split("\n").length, 7);
      });
    }
  },
});
