/**
 * Sends the same random commands to the oracle and to redeno and compares every raw reply.
 *
 * A run is cut into rounds that start on empty databases and end with a comparison of all keys and redeno's heap
 * verifier. A round that differs is shrunk to the commands that matter before it is reported.
 *
 * @module
 */
import { escapeBytes } from "../support/bytes.ts";
import type { Address } from "../support/raw_client.ts";
import { decode } from "../support/resp.ts";
import { CommandGenerator, type FuzzCommand } from "./command_generator.ts";
import { type Difference, FuzzedPair } from "./fuzzed_pair.ts";
import { SeededRandom } from "./seeded_random.ts";
import { shrink } from "./shrink.ts";

const roundCommands = 4000;
const batchCommands = 200;
const shrinkTriesMax = 300;

/** What to run. */
export interface FuzzRun {
  readonly oracle: Address;
  readonly redeno: Address;
  readonly seed: number;
  readonly commands: number;
  /** Keys of `commandTemplates`. */
  readonly types: readonly string[];
}

function commandText({ args }: FuzzCommand): string {
  return args.map((arg) => `"${escapeBytes(arg)}"`).join(" ");
}

function keepDumped(
  generator: CommandGenerator,
  commands: readonly FuzzCommand[],
  replies: readonly Uint8Array[],
): void {
  commands.forEach(({ args: [name] }, at) => {
    if (new TextDecoder().decode(name) !== "DUMP") return;
    const payload = decode(replies[at], { bytes: true });
    if (payload instanceof Uint8Array) generator.addDumped(payload);
  });
}

async function runRound(pair: FuzzedPair, commands: readonly FuzzCommand[]): Promise<string | undefined> {
  await pair.reset();
  const { difference } = await pair.run(commands);
  return difference?.text ?? await pair.compareStates();
}

async function describe(pair: FuzzedPair, history: readonly FuzzCommand[], difference: Difference): Promise<string> {
  const shrunk = await shrink(history, async (some) => await runRound(pair, some) !== undefined, shrinkTriesMax);
  const again = await runRound(pair, shrunk);
  const context = again === undefined
    ? "  (does not happen again with the same commands)"
    : `  the shortest way there:\n${shrunk.map((command) => `    ${commandText(command)}`).join("\n")}\n  ${again}`;
  return `${difference.text}\n${context}`;
}

/** Runs the commands; what differed, as text, or `undefined`. */
export async function fuzzCommands({ oracle, redeno, seed, commands, types }: FuzzRun): Promise<string | undefined> {
  const pair = await FuzzedPair.connect(oracle, redeno);
  try {
    const generator = new CommandGenerator(new SeededRandom(seed), types);
    for (let sent = 0; sent < commands;) {
      await pair.reset();
      const history: FuzzCommand[] = [];
      while (history.length < roundCommands && sent + history.length < commands) {
        const batch = Array.from({ length: batchCommands }, () => generator.next());
        history.push(...batch);
        const { difference, replies } = await pair.run(batch);
        if (difference) {
          const upToHere = history.slice(0, history.length - batch.length + difference.at + 1);
          return `seed ${seed}, after ${sent + upToHere.length} commands: ${await describe(
            pair,
            upToHere,
            difference,
          )}`;
        }
        keepDumped(generator, batch, replies);
      }
      sent += history.length;
      const text = await pair.compareStates();
      if (text) {
        const at = history.length;
        return `seed ${seed}, after ${sent} commands the states differ: ${await describe(pair, history, { at, text })}`;
      }
    }
    return undefined;
  } finally {
    await pair.close();
  }
}
