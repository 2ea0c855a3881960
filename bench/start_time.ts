/**
 * The time from starting a server's process to its first `PONG`.
 *
 * @module
 */
import { freePort } from "../tests/support/free_port.ts";
import { redenoCommand } from "../tests/support/redeno.ts";
import { RawClient } from "../tests/support/raw_client.ts";
import { type Contender, contenders, type Pair } from "./contenders.ts";
import type { Settings } from "./settings.ts";
import { median } from "./statistics.ts";

const retryMs = 1;
const waitMsMax = 30_000;

async function firstPong(port: number): Promise<void> {
  const end = performance.now() + waitMsMax;
  for (;;) {
    try {
      await using client = await RawClient.connect({ port });
      await client.command("PING");
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused) || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

async function startOnce(name: Contender): Promise<number> {
  const { executable, args } = name === "redeno" ? redenoCommand() : { executable: "redis-server", args: [] };
  const port = freePort();
  const started = performance.now();
  const child = new Deno.Command(executable, {
    args: [...args, "--port", String(port), "--save", ""],
    stdout: "null",
    stderr: "null",
  }).spawn();
  await firstPong(port);
  const tookMs = performance.now() - started;
  child.kill("SIGTERM");
  await child.status;
  return tookMs;
}

/** Medians in milliseconds. */
export async function measureStart({ startRounds }: Settings): Promise<Pair<number>> {
  const tookMs: Record<Contender, number[]> = { redis: [], redeno: [] };
  for (let round = 0; round < startRounds; round++) {
    for (const name of contenders) tookMs[name].push(await startOnce(name));
  }
  return { redis: median(tookMs.redis), redeno: median(tookMs.redeno) };
}
