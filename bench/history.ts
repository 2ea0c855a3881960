/**
 * What was measured when: `history.jsonl` keeps one line per part and run, and `RESULTS.md` shows the newest of each.
 *
 * @module
 */
import type { CommandRow } from "./commands.ts";
import type { Pair } from "./contenders.ts";
import type { FloorRow } from "./floor.ts";
import type { LargeValueRow } from "./large_values.ts";
import type { MemoryRow } from "./memory.ts";
import type { ExpiryPauses, WritePauses } from "./pauses.ts";
import type { PubsubResult } from "./pubsub.ts";
import type { ThroughputRow } from "./throughput.ts";
import type { ValueMemoryRow } from "./value_memory.ts";

/** The parts of the benchmark and what each measures. */
export interface Parts {
  throughput: ThroughputRow[];
  floor: FloorRow[];
  commands: CommandRow[];
  scripts: CommandRow[];
  memory: MemoryRow[];
  values: ValueMemoryRow[];
  pubsub: PubsubResult;
  pause: WritePauses;
  large: LargeValueRow[];
  expiry: ExpiryPauses;
  start: Pair<number>;
}

/** Where and when a part was measured. */
export interface Circumstances {
  readonly date: string;
  readonly commit: string;
  readonly deno: string;
  readonly redis: string;
  readonly machine: string;
  readonly quick: boolean;
}

/** One line of the history. */
export type Entry = { [P in keyof Parts]: Circumstances & { part: P; result: Parts[P] } }[keyof Parts];

const historyUrl = new URL("./history.jsonl", import.meta.url);

async function outputOf(executable: string, args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(executable, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout).trim();
}

/** What is true of this run. */
export async function circumstances(quick: boolean): Promise<Circumstances> {
  const model = /^model name\s*: (.*)$/m.exec(await Deno.readTextFile("/proc/cpuinfo"))?.[1] ?? Deno.build.arch;
  return {
    date: new Date().toISOString().slice(0, 19) + "Z",
    commit: await outputOf("git", ["rev-parse", "--short", "HEAD"]) || "none",
    deno: Deno.version.deno,
    redis: / v=(\S+)/.exec(await outputOf("redis-server", ["--version"]))![1],
    machine: `${navigator.hardwareConcurrency} cores, ${model}`,
    quick,
  };
}

/** Adds a line. */
export async function addToHistory(entry: Entry): Promise<void> {
  await Deno.writeTextFile(historyUrl, JSON.stringify(entry) + "\n", { append: true });
}

/** All lines, oldest first. */
export async function readHistory(): Promise<Entry[]> {
  try {
    return (await Deno.readTextFile(historyUrl)).trim().split("\n").map((line) => JSON.parse(line));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
