/**
 * What a process has used, read from Linux's `/proc`.
 *
 * CPU time is the sum over all threads, so a server's garbage collector and workers count. Its resolution is a clock tick,
 * 10 ms: a run must take about a second of it for the figure to mean something.
 *
 * @module
 */

const ticksPerSecond = 100;

/** User and system time in seconds. Throws where there is no `/proc`. */
export function cpuSeconds(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  return (userTicks + systemTicks) / ticksPerSecond;
}

/** Resident memory in bytes, shared pages included. */
export function residentBytes(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}
