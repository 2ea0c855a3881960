import { assert, assertEquals } from "@std/assert";
import { memoryDoctor } from "./memory_doctor.ts";
import type { MemoryReport } from "./memory_report.ts";

const MIB = 1024 ** 2;

const healthy: MemoryReport = {
  used: 100 * MIB,
  peak: 110 * MIB,
  startup: MIB,
  clients: MIB,
  databases: [],
  overhead: 10 * MIB,
  dataset: 90 * MIB,
  datasetPercent: 90,
  peakPercent: 90,
  keyCount: 1000,
  allocated: 99 * MIB,
  reserved: 105 * MIB,
  resident: 200 * MIB,
};

function issues(report: Partial<MemoryReport>, clients = 10): string[] {
  const lines = memoryDoctor({ ...healthy, ...report }, clients).split("\n");
  return lines.filter((line) => line.startsWith(" * ")).map((line) => line.slice(3).split(":")[0]);
}

Deno.test("memory doctor: says when there is too little to judge, and when all is well", () => {
  assert(memoryDoctor({ ...healthy, used: MIB }, 1).startsWith("Hi Sam, this instance is empty"));
  assert(memoryDoctor(healthy, 10).startsWith("Hi Sam, I can't find any memory issue"));
});

Deno.test("memory doctor: each issue by its own sign", () => {
  assertEquals(issues({ peak: 151 * MIB }), ["Peak memory"]);
  assertEquals(issues({ reserved: 140 * MIB }), ["High fragmentation"]);
  assertEquals(issues({ allocated: 6 * MIB, reserved: 10 * MIB }), []);
  assertEquals(issues({ resident: 400 * MIB }), ["High process RSS overhead"]);
  assertEquals(issues({ clients: 10 * MIB }), ["Big client buffers"]);
  assertEquals(issues({ clients: 10 * MIB }, 100), []);
  assertEquals(issues({ peak: 200 * MIB, reserved: 200 * MIB }), ["Peak memory", "High fragmentation"]);
});
