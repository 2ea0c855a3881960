/**
 * Nothing of Redis 7.0 is forgotten: each command is there or on the written list of missing ones, and each that is there
 * has oracle cases.
 *
 * @module
 */
import { assertEquals } from "../support/assert.ts";
import { commandsSent } from "../support/case_commands.ts";
import { RawClient } from "../support/raw_client.ts";
import { startRedeno } from "../support/redeno.ts";
import { areas } from "./areas.ts";
import { commandNames } from "./command_cases.ts";
import { missingCommands } from "./missing_commands.ts";

const used = new Set(areas.flatMap(({ cases }) => cases.flatMap((one) => [...commandsSent(one)])));

Deno.test("completeness: each command of Redis 7.0 is there or listed as missing", async () => {
  await using redeno = await startRedeno();
  await using client = await RawClient.connect(redeno);
  const names = [...new Set([...commandNames, ...missingCommands.keys()])];
  const infos = await client.call("COMMAND", "INFO", ...names) as unknown[];
  const wrong = names.filter((_, at) => (infos[at] === null) !== missingCommands.has(names[at]));
  assertEquals(wrong, [], "these are neither there nor listed, or both");
});

Deno.test("completeness: each command has oracle cases", () => {
  const without = commandNames.filter((name) => !used.has(name) && !missingCommands.has(name));
  assertEquals(without, []);
});
