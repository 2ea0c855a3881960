/**
 * Short runs of the fuzzers, each time with another seed; a failure prints it.
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
const seed = crypto.getRandomValues(new Uint32Array(1))[0];

Deno.test({
  name: "fuzz",
  ignore: executable === undefined,
  fn: async (t) => {
    await using oracle = await startOracle(executable!);
    await using redeno = await startRedeno();
    const servers = { oracle, redeno, seed };
    const types = Object.keys(commandTemplates);
    await t.step("20,000 commands", async () => {
      const difference = await fuzzCommands({ ...servers, commands: 20_000, types });
      if (difference) throw new AssertionError(difference);
    });
    await t.step("1,000 damaged pipelines", async () => {
      const difference = await fuzzProtocol({ ...servers, rounds: 1000 });
      if (difference) throw new AssertionError(difference);
    });
  },
});
