import { assert, assertEquals } from "@std/assert";
import { defineCommand } from "../api/command.ts";
import { defineModule } from "../api/module.ts";
import { Arguments } from "../protocol/arguments.ts";
import { InMemoryServer } from "../../tests/support/in_memory_server.ts";

Deno.test("timing: a slow command that is timed together with others is in the slow log without its arguments", () => {
  // Constant time, so that it is timed with the next one; meanwhile the connection's buffer has another request.
  const slow = defineCommand({
    name: "SLOW",
    summary: "",
    since: "1.0.0",
    group: "generic",
    complexity: "O(1)",
    arity: -1,
    run({ args, reply }) {
      server.clock.nowMs += 20;
      reply.integer(args.count);
    },
  });
  const careful = { ...slow, name: "CAREFUL", complexity: "O(N)" };
  using server = new InMemoryServer([
    defineModule({ name: "slow", version: 1, api: 1, commands: [defineCommand(slow), defineCommand(careful)] }),
  ]);
  server.call("SLOW", "secret");
  server.call("CAREFUL", "shown");
  const shown = server.parts.slowLog.entries.map(({ args }) => args.map((arg) => new TextDecoder().decode(arg)));
  assertEquals(shown, [["CAREFUL", "shown"], ["slow"]]);
});

Deno.test("timing: of calls that are timed together, the one that took a millisecond is told from the others", () => {
  const wait = defineCommand({
    name: "WAIT.MS",
    summary: "",
    since: "1.0.0",
    group: "generic",
    complexity: "O(N)",
    arity: 2,
    run({ args, reply }) {
      server.clock.nowMs += args.integer(1);
      reply.ok();
    },
  });
  using server = new InMemoryServer([defineModule({ name: "wait", version: 1, api: 1, commands: [wait] })]);
  const { dispatcher, slowLog, table } = server.parts;
  dispatcher.begin();
  for (const ms of [0, 0, 30, 0, 0]) dispatcher.execute(server.session, Arguments.of(["WAIT.MS", ms]));
  dispatcher.end();
  const shown = slowLog.entries.map(({ args, microseconds }) => [new TextDecoder().decode(args[1]), microseconds]);
  assertEquals(shown, [["30", 30_000]]);
  const { latency, microseconds } = table.get("wait.ms")!;
  assertEquals(microseconds, 30_000);
  assert(latency!.percentile(50) < 1);
  assert(latency!.percentile(100) >= 30_000);
});

Deno.test("timing: what always takes the same is not measured each time, and its time is not its neighbours'", () => {
  const wait = (name: string, arity: number, ms: number) =>
    defineCommand({
      name,
      summary: "",
      since: "1.0.0",
      group: "generic",
      complexity: "O(1)",
      arity,
      run: () => void (server.clock.nowMs += ms),
    });
  using server = new InMemoryServer([
    defineModule({ name: "wait", version: 1, api: 1, commands: [wait("TICK", 1, 1), wait("PASS", 2, 2)] }),
  ]);
  const { dispatcher, table } = server.parts;
  let readings = 0;
  const { clock } = server;
  const tick = clock.tick.bind(clock);
  clock.tick = () => {
    readings++;
    return tick();
  };
  const pairs = 128;
  const known = 64;
  dispatcher.begin();
  for (let i = 0; i < pairs; i++) {
    dispatcher.execute(server.session, Arguments.of(["TICK"]));
    dispatcher.execute(server.session, Arguments.of(["PASS", "x"]));
  }
  dispatcher.end();
  assertEquals(table.get("tick")!.latency!.count, pairs);
  assertEquals([table.get("tick")!.microseconds, table.get("pass")!.microseconds], [pairs * 1000, pairs * 2000]);
  assert(readings < 2 * known + (pairs - known) * 1.2);
});
