/**
 * A report on latency spikes for people: what was seen, and what may help. The frame speaks as Redis's does, since tools
 * and tutorials quote it; of the advice only what can apply to this server is given (it never forks, for one).
 *
 * @module
 */
import type { LatencyMonitor, LatencySeries } from "./latency_monitor.ts";

/** What the advice depends on. */
export interface DoctorCircumstances {
  readonly nowSeconds: number;
  /** Negative: the slow log is off. */
  readonly slowLogMicroseconds: number;
}

const DISABLED =
  "I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this Redis instance. You may use \"CONFIG SET " +
  "latency-monitor-threshold <milliseconds>.\" in order to enable it. If we weren't in a deep space mission I'd suggest " +
  "to take a look at https://redis.io/topics/latency-monitor.\n";
const NOTHING_SEEN =
  "Dave, no latency spike was observed during the lifetime of this Redis instance, not in the slightest bit. I honestly " +
  "think you ought to sit down calmly, take a stress pill, and think things over.\n";
const GREETING =
  "Dave, I have observed latency spikes in this Redis instance. You don't mind talking about it, do you Dave?\n\n";
const ADVICE_FOLLOWS = "\nI have a few advices for you:\n\n";

const CHECK_SLOW_LOG =
  "Check your Slow Log to understand what are the commands you are running which are too slow to execute. Please check " +
  "https://redis.io/commands/slowlog for more information.";
const LARGE_OBJECTS =
  "Deleting, expiring or evicting (because of maxmemory policy) large objects is a blocking operation. If you have very " +
  "large objects that are often deleted, expired, or evicted, try to fragment those objects into multiple smaller " +
  "objects.";
const OUTSIDE =
  "Commands that always take constant time were slow too, so the time was probably lost outside of the server: other " +
  "processes, a virtual machine that had to wait for its processor, memory that was swapped out. " +
  "'redis-cli --intrinsic-latency 100' measures that without the server.";
const DISK =
  "The disk could not keep up with the append-only file. 'appendfsync everysec' or 'no-appendfsync-on-rewrite yes' ask " +
  "less of it.";

/** The report. */
export function latencyReport(monitor: LatencyMonitor, circumstances: DoctorCircumstances): string {
  if (monitor.thresholdMs === 0) return DISABLED;
  const series = [...monitor.series];
  if (series.length === 0) return NOTHING_SEEN;
  const spikes = series.map(([event, of], i) => `${i + 1}. ${describe(event, of, circumstances.nowSeconds)}\n`);
  const advice = new Set(series.flatMap(([event]) => adviceOn(event, monitor.thresholdMs, circumstances)));
  const advised = advice.size === 0 ? "" : ADVICE_FOLLOWS + [...advice].map((text) => `- ${text}\n`).join("");
  return GREETING + spikes.join("") + advised;
}

function describe(event: string, { samples, maxMilliseconds }: LatencySeries, nowSeconds: number): string {
  const count = samples.length;
  const mean = samples.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / count;
  const average = Math.floor(mean);
  const deviations = samples.reduce((sum, { milliseconds }) => sum + Math.abs(average - milliseconds), 0);
  const spanSeconds = Math.max(1, nowSeconds - samples[0].unixSeconds);
  const deviation = Math.floor(deviations / count);
  return `${event}: ${count} latency spikes (average ${average}ms, mean deviation ${deviation}ms, ` +
    `period ${(spanSeconds / count).toFixed(2)} sec). Worst all time event ${maxMilliseconds}ms.`;
}

function enableSlowLog(setting: string): string {
  return "There are latency issues with potentially slow commands you are using. Try to enable the Slow Log Redis " +
    `feature using the command '${setting}'. If the Slow log is disabled Redis is not able to log slow commands ` +
    "execution for you.";
}

function lowerSlowLog(setting: string): string {
  return "Your current Slow Log configuration only logs events that are slower than your configured latency monitor " +
    `threshold. Please use '${setting}'.`;
}

function adviceOn(event: string, thresholdMs: number, { slowLogMicroseconds }: DoctorCircumstances): string[] {
  const thresholdMicroseconds = thresholdMs * 1000;
  if (event === "command") {
    const setting = `CONFIG SET slowlog-log-slower-than ${thresholdMicroseconds}`;
    const slowLogAdvice = slowLogMicroseconds < 0
      ? [enableSlowLog(setting)]
      : slowLogMicroseconds > thresholdMicroseconds
      ? [lowerSlowLog(setting)]
      : [];
    return [...slowLogAdvice, CHECK_SLOW_LOG, LARGE_OBJECTS];
  }
  if (event === "fast-command") return [OUTSIDE];
  if (event.startsWith("aof-")) return [DISK];
  return [LARGE_OBJECTS];
}
