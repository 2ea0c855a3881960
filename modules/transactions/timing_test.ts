/**
 * What is measured of the commands that a transaction runs.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { defineCommand, defineModule, type ModuleDefinition } from "../../server/api/mod.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";
import transactions from "./mod.ts";

/** `WAIT.MS ms` takes so long; `SECRET.MS ms` too, and its argument is nobody's business. */
function waiting(passMs: (ms: number) => void): ModuleDefinition {
  const wait = defineCommand({
    name: "WAIT.MS",
    summary: "",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: 2,
    run({ args, reply }) {
      passMs(args.integer(1));
      reply.ok();
    },
  });
  const secret = defineCommand({
    ...wait,
    name: "SECRET.MS",
    run(context) {
      context.redact(1);
      wait.run!(context);
    },
  });
  return defineModule({ name: "waiting", version: 1, api: 1, commands: [wait, secret] });
}

function start(): InMemoryServer {
  const server: InMemoryServer = new InMemoryServer([
    transactions,
    waiting((ms) => server.clock.nowMs += ms),
  ]);
  return server;
}

function slowCommands({ parts }: InMemoryServer): string[] {
  return parts.slowLog.entries.map(({ args, microseconds }) => {
    return `${args.map((arg) => new TextDecoder().decode(arg)).join(" ")}: ${microseconds}`;
  });
}

Deno.test("transactions: each command of a transaction has its own time, its arguments, and no secrets", () => {
  using server = start();
  for (const line of ["MULTI", "WAIT.MS 20", "SECRET.MS 30", "WAIT.MS 40", "EXEC"]) server.reply(line);
  assertEquals(slowCommands(server), ["WAIT.MS 40: 40000", "SECRET.MS (redacted): 30000", "WAIT.MS 20: 20000"]);
  const microseconds = (name: string) => server.parts.table.get(name)!.microseconds;
  assertEquals(["wait.ms", "secret.ms", "exec"].map(microseconds), [60_000, 30_000, 90_000]);
});

Deno.test("transactions: equal commands of a transaction share their time", () => {
  using server = start();
  for (const line of ["MULTI", "WAIT.MS 8", "WAIT.MS 0", "WAIT.MS 1", "EXEC"]) server.reply(line);
  const { calls, microseconds, latency } = server.parts.table.get("wait.ms")!;
  assertEquals([calls, microseconds, latency!.count], [3, 9000, 3]);
  assert(Math.abs(latency!.percentile(100) - 3000) < 50);
});
