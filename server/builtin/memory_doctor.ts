/**
 * A report on the memory of a server for people. It speaks as Redis's does; the issues are those that can arise here,
 * where blocks are accounted for exactly and freed spans go back to the system.
 *
 * @module
 */
import type { MemoryReport } from "./memory_report.ts";

const MIB = 1024 ** 2;
/** With less in use nothing can be said. */
const USED_BYTES_MIN = 5 * MIB;
const PEAK_RATIO_MAX = 1.5;
const FRAGMENTATION_RATIO_MAX = 1.4;
const FRAGMENTATION_BYTES_MIN = 10 * MIB;
/** What the program and the JavaScript heap may take beside the data. */
const PROCESS_BYTES_MAX = 256 * MIB;
const CLIENT_BYTES_MAX = 200 * 1024;

const EMPTY =
  "Hi Sam, this instance is empty or is using very little memory, my issues detector can't be used in these conditions. " +
  "Please, leave for your mission on Earth and fill it with some data. The new Sam and I will be back to our programming " +
  "as soon as I finished rebooting.\n";
const NO_ISSUE =
  "Hi Sam, I can't find any memory issue in your instance. I can only account for what occurs on this base.\n";
const GREETING = "Sam, I detected a few issues in this Redis instance memory implants:\n\n";
const FAREWELL = "I'm here to keep you safe, Sam. I want to help you.\n";

const PEAK =
  "Peak memory: In the past this instance used more than 150% the memory that is currently using. Spans of memory that " +
  "are wholly free went back to the system, others are used again as soon as you fill the instance with more data, so " +
  "this is harmless.";
const FRAGMENTATION =
  "High fragmentation: The heap holds more than 1.4 times the memory that its blocks take. This usually follows a large " +
  "peak (check if there is a peak memory entry above in the report), or values of one size that gave way to values of " +
  "another. The room is used again for new values of the old sizes; restarting the server from its saved dataset packs " +
  "everything anew.";
const PROCESS =
  "High process RSS overhead: The process takes more than 256 megabytes beside its data. This can follow many or large " +
  "client buffers, large scripts, or modules that keep JavaScript objects.";
const CLIENTS =
  "Big client buffers: The buffers of clients take more than 200 kilobytes each on average. This may be the case when " +
  "clients subscribe to channels or send or read large values faster than the other side can follow. Check the clients " +
  "with CLIENT LIST.";

/** The report. */
export function memoryDoctor(report: MemoryReport, clientCount: number): string {
  const { used, peak, allocated, reserved, resident, clients } = report;
  if (used < USED_BYTES_MIN) return EMPTY;
  const issues: string[] = [];
  if (peak > used * PEAK_RATIO_MAX) issues.push(PEAK);
  if (reserved > allocated * FRAGMENTATION_RATIO_MAX && reserved - allocated > FRAGMENTATION_BYTES_MIN) {
    issues.push(FRAGMENTATION);
  }
  if (resident - reserved > PROCESS_BYTES_MAX) issues.push(PROCESS);
  if (clients > clientCount * CLIENT_BYTES_MAX) issues.push(CLIENTS);
  if (issues.length === 0) return NO_ISSUE;
  return GREETING + issues.map((issue) => ` * ${issue}\n\n`).join("") + FAREWELL;
}
