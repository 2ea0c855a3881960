/**
 * Drives what `redis-benchmark` cannot, which repeats one command: commands that follow each other on a connection.
 *
 * @module
 */
import { concatBytes } from "../tests/support/bytes.ts";
import { encodeCommand } from "../tests/support/resp.ts";

const readBytes = 64 * 1024;
const percentile = 0.99;

/** Commands that are sent together, as one request. */
export interface Sequence {
  /** What a connection sends; they are numbered from 0 on. */
  readonly lines: (connection: number) => readonly (readonly string[])[];
  /** All that it is replied. */
  readonly replies: string;
}

/** Sends a sequence `requests` times in all, on each connection `pipeline` of them at once. */
export async function driveSequence(
  port: number,
  { lines, replies }: Sequence,
  { clients, pipeline }: { readonly clients: number; readonly pipeline: number },
  requests: number,
): Promise<{ requestsPerSecond: number; p99Ms: number }> {
  const connections: Deno.Conn[] = [];
  for (let i = 0; i < clients; i++) connections.push(await Deno.connect({ hostname: "127.0.0.1", port }));
  const tripsMs: number[] = [];
  let left = Math.ceil(requests / pipeline);
  const drive = async (connection: Deno.Conn, number: number) => {
    const once = concatBytes(lines(number).map(encodeCommand));
    const request = concatBytes(Array.from({ length: pipeline }, () => once));
    const scratch = new Uint8Array(readBytes);
    while (left-- > 0) {
      const sinceMs = performance.now();
      for (let at = 0; at < request.length;) at += await connection.write(request.subarray(at));
      let missing = replies.length * pipeline;
      while (missing > 0) missing -= await connection.read(scratch) ?? missing;
      if (missing < 0) throw new Error("the server replied something else");
      tripsMs.push(performance.now() - sinceMs);
    }
    connection.close();
  };
  const sinceMs = performance.now();
  await Promise.all(connections.map(drive));
  const seconds = (performance.now() - sinceMs) / 1000;
  tripsMs.sort((a, b) => a - b);
  return {
    requestsPerSecond: tripsMs.length * pipeline / seconds,
    p99Ms: tripsMs[Math.floor(tripsMs.length * percentile)],
  };
}
