/**
 * Throughput and CPU time per request, driven by `redis-benchmark`.
 *
 * Both servers are up during the whole part and take turns, so that a slow minute of the machine meets both. The figure to
 * trust is the server's CPU time per request: throughput also depends on the driver, which shares the machine. The number of
 * requests is chosen so that redis-server needs about the same CPU time for each figure.
 *
 * @module
 */
import { runTool } from "../tests/support/tool.ts";
import { type Contender, contenders, type Pair, startContender } from "./contenders.ts";
import { cpuSeconds } from "./process_stat.ts";
import type { Settings } from "./settings.ts";
import { median } from "./statistics.ts";

const keyspace = 100_000;
const pilotRequests = 20_000;

/** One figure of the matrix. */
export interface Cell {
  readonly command: string;
  readonly valueBytes: number;
  readonly clients: number;
  readonly pipeline: number;
}

/** Medians over the rounds. */
export interface Figures {
  readonly cpuMicrosPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
}

/** A cell with what was measured. */
export interface ThroughputRow extends Cell {
  readonly figures: Pair<Figures>;
}

interface Target {
  readonly port: number;
  readonly pid: number;
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

async function drive(
  port: number,
  cell: Cell,
  requests: number,
): Promise<{ requestsPerSecond: number; p99Ms: number }> {
  const { code, stdout, stderr } = await runTool("redis-benchmark", [
    ...["-p", String(port), "--csv", "--threads", "1", "-r", String(keyspace), "-n", String(requests)],
    ...["-c", String(cell.clients), "-P", String(cell.pipeline), "-d", String(cell.valueBytes)],
    ...["-t", testNames[cell.command]],
  ]);
  const [, requestsPerSecond, , , , , p99] = stdout.trim().split("\n").at(-1)!.split(",").map((field) =>
    Number(field.replaceAll('"', ""))
  );
  if (code !== 0 || !(requestsPerSecond > 0)) throw new Error(`redis-benchmark failed:\n${stdout}${stderr}`);
  return { requestsPerSecond, p99Ms: p99 };
}

async function measure({ port, pid }: Target, cell: Cell, requests: number): Promise<Figures> {
  const before = cpuSeconds(pid);
  const driven = await drive(port, cell, requests);
  return { ...driven, cpuMicrosPerRequest: (cpuSeconds(pid) - before) * 1e6 / requests };
}

function medians(rounds: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => median(rounds.map((figures) => figures[name]));
  return {
    cpuMicrosPerRequest: of("cpuMicrosPerRequest"),
    requestsPerSecond: of("requestsPerSecond"),
    p99Ms: of("p99Ms"),
  };
}

/** `GET` must find its keys, and every `SET` must overwrite one, or sizes mean nothing. */
async function prefill(targets: Pair<Target>, valueBytes: number): Promise<void> {
  for (const name of contenders) {
    await runTool("redis-cli", ["-p", String(targets[name].port), "FLUSHALL"]);
    await drive(targets[name].port, { command: "SET", valueBytes, clients: 50, pipeline: 64 }, 5 * keyspace);
  }
}

async function measureCell(targets: Pair<Target>, cell: Cell, settings: Settings): Promise<ThroughputRow> {
  const pilot = await measure(targets.redis, cell, pilotRequests * cell.pipeline);
  await drive(targets.redeno.port, cell, pilotRequests * cell.pipeline);
  const requests = Math.ceil(settings.runSeconds * 1e6 / Math.max(pilot.cpuMicrosPerRequest, 0.1));
  const rounds: Record<Contender, Figures[]> = { redis: [], redeno: [] };
  for (let round = 0; round < settings.rounds; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const name of order) rounds[name].push(await measure(targets[name], cell, requests));
  }
  return { ...cell, figures: { redis: medians(rounds.redis), redeno: medians(rounds.redeno) } };
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
    const row = await measureCell(targets, cell, settings);
    rows.push(row);
    onRow(row);
  }
  return rows;
}
