/**
 * The fuzzers at length: `deno task fuzz [--seed N] [--commands N] [--types strings,keys,expiry] [--protocol ROUNDS]`.
 *
 * Prints the seed first; the same seed sends the same.
 *
 * @module
 */
import { findOracle, startOracle } from "../support/oracle.ts";
import { startRedeno } from "../support/redeno.ts";
import { programOptions } from "../support/parse_args.ts";
import { fuzzCommands } from "./command_fuzzer.ts";
import { commandTemplates } from "./commands.ts";
import { fuzzProtocol } from "./protocol_fuzzer.ts";

const types = Object.keys(commandTemplates).join(",");
const options = programOptions(`deno task fuzz [--seed N] [--commands N] [--types ${types}] [--protocol ROUNDS]`, {
  string: ["seed", "commands", "types", "protocol"],
});
const seed = Number(options.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]);
console.log(`seed ${seed}`);
const executable = await findOracle();
if (!executable) throw new Error("there is no redis-server to compare with");
await using oracle = await startOracle(executable);
await using redeno = await startRedeno();
const servers = { oracle, redeno, seed };
const runs: [name: string, run: () => Promise<string | undefined>][] = [
  [
    "commands",
    () =>
      fuzzCommands({
        ...servers,
        commands: Number(options.commands ?? 200_000),
        types: (options.types ?? types).split(","),
      }),
  ],
  ["protocol", () => fuzzProtocol({ ...servers, rounds: Number(options.protocol ?? 20_000) })],
];
let failed = false;
for (const [name, run] of runs) {
  const difference = await run();
  failed ||= difference !== undefined;
  console.log(`${name}: ${difference ?? "no difference"}`);
}
if (failed) Deno.exitCode = 1;
