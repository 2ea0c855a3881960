/**
 * Runs chosen cases and prints what differs: `deno task cases [area] [title pattern]`, for work on one command.
 *
 * @module
 */
import { commandsOf } from "../support/case_commands.ts";
import { compareLive, runDoors } from "../support/case_runner.ts";
import { findOracle, startOracle } from "../support/oracle.ts";
import { startRedeno } from "../support/redeno.ts";
import { areas } from "./areas.ts";
import { missingCommands } from "./missing_commands.ts";

const [areaName, titlePattern = ""] = Deno.args;
const executable = await findOracle();
if (!executable) throw new Error("there is no redis-server to compare with");
await using oracle = await startOracle(executable);
await using redeno = await startRedeno();
let [same, different, leftOut] = [0, 0, 0];
for (const area of areas.filter(({ name }) => areaName === undefined || name === areaName)) {
  for (const one of area.cases.filter(({ title }) => new RegExp(titlePattern, "i").test(title))) {
    if ([...commandsOf(one)].some((name) => missingCommands.has(name))) {
      leftOut++;
      continue;
    }
    const differing = compareLive(one, await runDoors(oracle, one), await runDoors(redeno, one));
    if (differing) console.log(`${area.name}: ${one.title}\n${differing}`);
    differing ? different++ : same++;
  }
}
console.log(`${same} cases answer alike, ${different} differently, ${leftOut} use missing commands`);
