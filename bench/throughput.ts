/**
 * Throughput and CPU time per request of the commands on strings, by value size, number of clients and pipeline.
 *
 * @module
 */
import { runTool } from "../tests/support/tool.ts";
import { contenders, type Pair, startContender } from "./contenders.ts";
import { drive, type Figures, type Load, measureLoad, type Target } from "./driver.ts";
import type { Settings } from "./settings.ts";

const keyspace = 100_000;

/** One figure of the matrix. */
export interface Cell {
  readonly command: string;
  readonly valueBytes: number;
  readonly clients: number;
  readonly pipeline: number;
}

/** A cell with what was measured. */
export interface ThroughputRow extends Cell {
  readonly figures: Pair<Figures>;
}

const testNames: Record<string, string> = { PING: "ping_mbulk", SET: "set", GET: "get", INCR: "incr", MSET: "mset" };
const sizeMatters = new Set(["SET", "GET", "MSET"]);
const shapes = [
  { clients: 50, pipeline: 1 },
  { clients: 50, pipeline: 16 },
  { clients: 50, pipeline: 64 },
  { clients: 1000, pipeline: 1 },
];

function cells({ sizes }: Settings): Cell[] {
  return sizes.flatMap((valueBytes, at) =>
    Object.keys(testNames)
      .filter((command) => at === 0 || sizeMatters.has(command))
      .flatMap((command) => shapes.map((shape) => ({ command, valueBytes, ...shape })))
  );
}

function loadOf({ command, valueBytes, clients, pipeline }: Cell): Load {
  return { clients, pipeline, keyspace, arguments: ["-d", String(valueBytes), "-t", testNames[command]] };
}

/** `GET` must find its keys, and every `SET` must overwrite one, or sizes mean nothing. */
async function prefill(targets: Pair<Target>, valueBytes: number): Promise<void> {
  for (const name of contenders) {
    await runTool("redis-cli", ["-p", String(targets[name].port), "FLUSHALL"]);
    await drive(targets[name].port, loadOf({ command: "SET", valueBytes, clients: 50, pipeline: 64 }), 5 * keyspace);
  }
}

/** Measures the whole matrix; `onRow` sees each row when it is done. */
export async function measureThroughput(
  settings: Settings,
  onRow: (row: ThroughputRow) => void,
): Promise<ThroughputRow[]> {
  await using redis = await startContender("redis");
  await using redeno = await startContender("redeno");
  const targets = { redis, redeno };
  const rows: ThroughputRow[] = [];
  let filledWith = -1;
  for (const cell of cells(settings)) {
    if (cell.valueBytes !== filledWith) await prefill(targets, filledWith = cell.valueBytes);
    const row = { ...cell, figures: await measureLoad(targets, loadOf(cell), settings) };
    rows.push(row);
    onRow(row);
  }
  return rows;
}
