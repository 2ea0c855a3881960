/**
 * Short runs of the fuzzers, the same each time; `deno task fuzz` takes any seed.
 *
 * @module
 */
import { AssertionError } from "../support/assert.ts";
import { findOracle, startOracle } from "../support/oracle.ts";
import { startRedeno } from "../support/redeno.ts";
import { fuzzCommands } from "./command_fuzzer.ts";
import { commandTemplates } from "./commands.ts";
import { fuzzProtocol } from "./protocol_fuzzer.ts";

const executable = await findOracle();
const seed = 7015;

/** What is fuzzed together with each type. */
const common = ["keys", "expiry"];
const commandsPerType = 2000;

Deno.test({
  name: "fuzz",
  ignore: executable === undefined,
  fn: async (t) => {
    for (const type of Object.keys(commandTemplates).filter((type) => !common.includes(type))) {
      await t.step(`${commandsPerType} commands on ${type}`, async () => {
        await using oracle = await startOracle(executable!);
        await using redeno = await startRedeno();
        const types = [type, ...common];
        const difference = await fuzzCommands({ oracle, redeno, seed, commands: commandsPerType, types });
        if (difference) throw new AssertionError(difference);
      });
    }
    await t.step("1,000 damaged pipelines", async () => {
      await using oracle = await startOracle(executable!);
      await using redeno = await startRedeno();
      const difference = await fuzzProtocol({ oracle, redeno, seed, rounds: 1000 });
      if (difference) throw new AssertionError(difference);
    });
  },
});
