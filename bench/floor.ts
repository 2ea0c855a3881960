/**
 * What a request costs at least on Deno, where each comes with a read and a write of its own: an echo that does nothing else,
 * beside the two servers. What redeno costs beyond the echo is its own; the rest is the runtime's.
 *
 * @module
 */
import { freePort } from "../tests/support/free_port.ts";
import { startContender } from "./contenders.ts";
import { drive, type Target } from "./driver.ts";
import { cpuSeconds } from "./process_stat.ts";
import type { Settings } from "./settings.ts";
import { median } from "./statistics.ts";

const clientCounts = [50, 1000];
const pilotRequests = 20_000;

/** CPU time of a `PING`, in microseconds. */
export interface FloorRow {
  readonly clients: number;
  readonly redis: number;
  readonly redeno: number;
  readonly echo: number;
}

/** An echo in a process of its own. */
class Echo implements AsyncDisposable {
  private constructor(readonly port: number, readonly child: Deno.ChildProcess) {}

  static async start(): Promise<Echo> {
    const port = freePort();
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "--allow-net", new URL("./echo.ts", import.meta.url).href, String(port)],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    await reader.cancel();
    return new Echo(port, child);
  }

  get pid(): number {
    return this.child.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill();
    await this.child.status;
  }
}

/** Measures a `PING` for each number of clients, the three in turn. */
export async function measureFloor({ rounds, runSeconds }: Settings): Promise<FloorRow[]> {
  await using redis = await startContender("redis");
  await using redeno = await startContender("redeno");
  await using echo = await Echo.start();
  const targets: Record<"redis" | "redeno" | "echo", Target> = { redis, redeno, echo };
  const rows: FloorRow[] = [];
  for (const clients of clientCounts) {
    const load = { clients, pipeline: 1, keyspace: 1, arguments: ["-t", "ping_mbulk"] };
    const costOf = async ({ port, pid }: Target, requests: number) => {
      const before = cpuSeconds(pid);
      await drive(port, load, requests);
      return (cpuSeconds(pid) - before) * 1e6 / requests;
    };
    const measured = { redis: [] as number[], redeno: [] as number[], echo: [] as number[] };
    const names = Object.keys(measured) as (keyof typeof measured)[];
    for (const name of names) await drive(targets[name].port, load, pilotRequests);
    const requests = Math.ceil(runSeconds * 1e6 / await costOf(redis, pilotRequests));
    for (let round = 0; round < rounds; round++) {
      for (const name of names) measured[name].push(await costOf(targets[name], requests));
    }
    rows.push({
      clients,
      redis: median(measured.redis),
      redeno: median(measured.redeno),
      echo: median(measured.echo),
    });
  }
  return rows;
}
