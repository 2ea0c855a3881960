import { assert, assertEquals } from "@std/assert";
import { latencyReport } from "./latency_doctor.ts";
import { LatencyMonitor } from "./latency_monitor.ts";

type Sample = [event: string, second: number, milliseconds: number];

function monitorOf(...samples: Sample[]): LatencyMonitor {
  const monitor = new LatencyMonitor();
  monitor.thresholdMs = 10;
  for (const [event, second, milliseconds] of samples) monitor.note(event, milliseconds, second * 1000);
  return monitor;
}

const circumstances = { nowSeconds: 832, slowLogMicroseconds: 10000 };

Deno.test("latency monitor: the longest of each second, from the threshold on", () => {
  const monitor = monitorOf(["command", 1, 9.9], ["command", 1, 12.7], ["command", 1.9, 11], ["command", 2, 10]);
  assertEquals(monitor.series.get("command"), {
    samples: [{ unixSeconds: 1, milliseconds: 12 }, { unixSeconds: 2, milliseconds: 10 }],
    maxMilliseconds: 12,
  });
});

Deno.test("latency monitor: 160 samples are kept, and the longest of all", () => {
  const monitor = monitorOf(["command", 0, 500]);
  for (let second = 1; second <= 200; second++) monitor.note("command", 20, second * 1000);
  const series = monitor.series.get("command")!;
  assertEquals([series.samples.length, series.samples[0].unixSeconds, series.maxMilliseconds], [160, 41, 500]);
});

Deno.test("latency monitor: nothing is noted while it is off, and events are forgotten by name", () => {
  const monitor = monitorOf(["command", 1, 20], ["expire-cycle", 1, 20]);
  assertEquals(monitor.reset(["command", "nosuch", "command"]), 1);
  assertEquals([...monitor.series.keys()], ["expire-cycle"]);
  monitor.thresholdMs = 0;
  monitor.note("command", 1000, 1000);
  assertEquals(monitor.reset(), 1);
});

Deno.test("latency doctor: counts as redis-server does", () => {
  const values = [20, 1100, 900, 1000, 500, 1000, 1020];
  const samples = values.map((milliseconds, i): Sample => ["command", 826 + i, milliseconds]);
  const report = latencyReport(monitorOf(...samples), circumstances);
  const line = "1. command: 7 latency spikes (average 791ms, mean deviation 303ms, period 0.86 sec). " +
    "Worst all time event 1100ms.";
  assertEquals(report.split("\n")[2], line);
});

Deno.test("latency doctor: advice follows from the events, each piece once", () => {
  const report = latencyReport(monitorOf(["command", 1, 20], ["expire-cycle", 1, 20], ["eviction-cycle", 1, 20]), {
    ...circumstances,
    slowLogMicroseconds: 10001,
  });
  const advice = report.split("\n").filter((line) => line.startsWith("- "));
  assertEquals(advice.length, 3);
  assert(advice[0].startsWith("- Your current Slow Log configuration"));
  assert(advice[0].includes("slowlog-log-slower-than 10000'"));
  const withoutSlowLog = latencyReport(monitorOf(["command", 1, 20]), { ...circumstances, slowLogMicroseconds: -1 });
  assert(withoutSlowLog.includes("Try to enable the Slow Log"));
  const withSlowLog = latencyReport(monitorOf(["command", 1, 20]), circumstances);
  assert(!withSlowLog.includes("slowlog-log-slower-than"));
});

Deno.test("latency doctor: says when it can see nothing", () => {
  const off = new LatencyMonitor();
  assert(latencyReport(off, circumstances).startsWith("I'm sorry, Dave, I can't do that."));
  assert(latencyReport(monitorOf(), circumstances).startsWith("Dave, no latency spike was observed"));
});
