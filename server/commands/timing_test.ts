import { assertEquals } from "@std/assert";
import { defineCommand } from "../api/command.ts";
import { defineModule } from "../api/module.ts";
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
