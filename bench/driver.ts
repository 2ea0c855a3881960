/**
 * Figures from `redis-benchmark`, of both servers in alternating rounds.
 *
 * Both servers are up meanwhile and take turns, so that a slow minute of the machine meets both. The figure to trust is the
 * server's CPU time per request: throughput also depends on the driver, which shares the machine. The number of requests is
 * chosen so that redis-server needs about the same CPU time for each figure.
 *
 * @module
 */
import { runTool } from "../tests/support/tool.ts";
import { type Contender, contenders, type Pair } from "./contenders.ts";
import { cpuSeconds } from "./process_stat.ts";
import { driveSequence, type Sequence } from "./sequence_driver.ts";
import type { Settings } from "./settings.ts";
import { median } from "./statistics.ts";

const usualPilotRequests = 20_000;
const p99Field = 6;

/** What `redis-benchmark` is to do, or in its place the driver of sequences. */
export interface Load {
  readonly clients: number;
  readonly pipeline: number;
  /** Its further arguments: a test's name, a size, or a command line. */
  readonly arguments: readonly string[];
  /** What is sent in place of that. */
  readonly sequence?: Sequence;
  /** `__rand_int__` is below this. */
  readonly keyspace: number;
  /** Requests for each place in the pipeline by which the number for a round is found; fewer where one takes long. */
  readonly pilotRequests?: number;
  /** Puts a server into the state that so many requests need; runs before each round, unmeasured. */
  readonly prepare?: (port: number, requests: number) => Promise<void>;
}

/** Medians over the rounds. */
export interface Figures {
  readonly cpuMicrosPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
}

/** A server under test. */
export interface Target {
  readonly port: number;
  readonly pid: number;
}

/** Sends a load to a server. */
export async function drive(
  port: number,
  load: Load,
  requests: number,
): Promise<{ requestsPerSecond: number; p99Ms: number }> {
  if (load.sequence !== undefined) return await driveSequence(port, load.sequence, load, requests);
  const { code, stdout, stderr } = await runTool("redis-benchmark", [
    ...["-p", String(port), "--csv", "--threads", "1", "-r", String(load.keyspace), "-n", String(requests)],
    ...["-c", String(load.clients), "-P", String(load.pipeline), ...load.arguments],
  ]);
  const fields = stdout.trim().split("\n").at(-1)!.split('","').map((field) => Number(field.replaceAll('"', "")));
  if (code !== 0 || !(fields[1] > 0)) throw new Error(`redis-benchmark failed:\n${stdout}${stderr}`);
  return { requestsPerSecond: fields[1], p99Ms: fields[p99Field] };
}

async function measure({ port, pid }: Target, load: Load, requests: number): Promise<Figures> {
  await load.prepare?.(port, requests);
  const before = cpuSeconds(pid);
  const driven = await drive(port, load, requests);
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

/** Measures a load on both servers. */
export async function measureLoad(targets: Pair<Target>, load: Load, settings: Settings): Promise<Pair<Figures>> {
  const pilotRequests = (load.pilotRequests ?? usualPilotRequests) * load.pipeline;
  const pilot = await measure(targets.redis, load, pilotRequests);
  await load.prepare?.(targets.redeno.port, pilotRequests);
  await drive(targets.redeno.port, load, pilotRequests);
  const requests = Math.ceil(settings.runSeconds * 1e6 / Math.max(pilot.cpuMicrosPerRequest, 0.1));
  const rounds: Record<Contender, Figures[]> = { redis: [], redeno: [] };
  for (let round = 0; round < settings.rounds; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const name of order) rounds[name].push(await measure(targets[name], load, requests));
  }
  return { redis: medians(rounds.redis), redeno: medians(rounds.redeno) };
}
