/** What the server tells about its work. @module */
import { booleanOption } from "../boolean_option.ts";
import { integerOption } from "../integer_option.ts";

export { notifyKeyspaceEvents } from "./key_events.ts";
export { latencyTrackingInfoPercentiles } from "./percentiles.ts";

/** Microseconds from which a command is put in the slow log; 0: all, negative: none. */
export const slowlogLogSlowerThan = integerOption("slowlog-log-slower-than", { initial: 10000, min: -1, live: true });

/** Entries of the slow log. */
export const slowlogMaxLen = integerOption("slowlog-max-len", { initial: 128, min: 0, live: true });

/** Milliseconds from which an event is recorded by the latency monitor; 0: none. */
export const latencyMonitorThreshold = integerOption("latency-monitor-threshold", { initial: 0, min: 0, live: true });

/** Whether the latency of each command is kept in a histogram. */
export const latencyTracking = booleanOption("latency-tracking", { initial: true, live: true });
