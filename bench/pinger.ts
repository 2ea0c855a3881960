/**
 * A client of its own process that sends `PING` every millisecond and notes how long each reply took:
 * `pinger.ts PORT`, until its standard input closes. It prints a line after the first reply, and at the end what it measured
 * as JSON.
 *
 * It is a process, not a worker, so that no other work of the benchmark delays it. The longest latencies are what it is
 * for: they are the pauses of the server.
 *
 * @module
 */
import { percentile } from "./statistics.ts";

const intervalMs = 1;
const samplesMax = 1_000_000;
const longestShown = 5;

/** Latencies in milliseconds. */
export interface Pings {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  /** The longest, descending. */
  readonly longestMs: number[];
}

async function measure(port: number): Promise<Pings> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  connection.setNoDelay(true);
  const request = new TextEncoder().encode("PING\r\n");
  const reply = new Uint8Array(64);
  const samples = new Float64Array(samplesMax);
  let count = 0;
  let ended = false;
  const end = Deno.stdin.read(new Uint8Array(1)).then(() => ended = true);
  while (!ended && count < samplesMax) {
    const sent = performance.now();
    await connection.write(request);
    if (await connection.read(reply) === null) throw new Error("the server closed the connection");
    samples[count++] = performance.now() - sent;
    if (count === 1) console.log();
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
  await end;
  connection.close();
  const sorted = samples.subarray(0, count).toSorted();
  return {
    count,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    p999Ms: percentile(sorted, 0.999),
    longestMs: [...sorted.subarray(-longestShown)].reverse(),
  };
}

/** Pings the port from another process while `work` runs. */
export async function pingDuring(port: number, work: () => Promise<void>): Promise<Pings> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-net", import.meta.url, String(port)],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  await output.next(); // the first reply has come
  await work();
  await child.stdin.close();
  let json = "";
  for (let part = await output.next(); !part.done; part = await output.next()) json += part.value;
  if (!(await child.status).success) throw new Error("the pinger failed");
  return JSON.parse(json);
}

if (import.meta.main) console.log(JSON.stringify(await measure(Number(Deno.args[0]))));
