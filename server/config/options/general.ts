/** The process and its housekeeping. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { INT32_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";
import { stringOption } from "../string_option.ts";

export { oomScoreAdj, oomScoreAdjValues } from "./oom_score.ts";
export { procTitleTemplate, setProcTitle } from "./process_title.ts";
export { shutdownOnSigint, shutdownOnSigterm } from "./shutdown.ts";

/** Whether to run in the background. */
export const daemonize = booleanOption("daemonize", { initial: false });

/** Which supervisor is told that the server is ready. */
export const supervised = enumOption("supervised", {
  values: ["upstart", "systemd", "auto", "no"],
  initial: "no",
});

/** File that holds the process's id while it runs. */
export const pidfile = stringOption("pidfile");

/** Number of databases that `SELECT` knows. */
export const databases = integerOption("databases", { initial: 16, min: 1, max: INT32_MAX });

/** Whether the banner is logged even where the log is no terminal. */
export const alwaysShowLogo = booleanOption("always-show-logo", { initial: false });

/** Housekeeping rounds per second. */
export const hz = integerOption("hz", {
  initial: 10,
  min: 0,
  max: INT32_MAX,
  clamp: { min: 1, max: 500 },
  live: true,
});

/** Whether many clients raise the number of rounds. */
export const dynamicHz = booleanOption("dynamic-hz", { initial: true, live: true });

/** Whether hash tables go on growing while the server is idle. */
export const activerehashing = booleanOption("activerehashing", { initial: true, live: true });

/** Seconds that a shutdown waits for replicas that lag behind. */
export const shutdownTimeout = integerOption("shutdown-timeout", { initial: 10, min: 0, max: INT32_MAX, live: true });

/** Threads for network traffic. Kept, not acted on: JavaScript has one per heap. */
export const ioThreads = integerOption("io-threads", { initial: 1, min: 1, max: 128 });

/** Whether such threads read as well. Kept, not acted on. */
export const ioThreadsDoReads = booleanOption("io-threads-do-reads", { initial: false });

/** Processors for the main thread. Kept, not acted on. */
export const serverCpulist = stringOption("server_cpulist");

/** Processors for background threads. Kept, not acted on. */
export const bioCpulist = stringOption("bio_cpulist");

/** Processors for the append-only file's rewrite. Kept, not acted on. */
export const aofRewriteCpulist = stringOption("aof_rewrite_cpulist");

/** Processors for a snapshot. Kept, not acted on. */
export const bgsaveCpulist = stringOption("bgsave_cpulist");

/** Whether to turn transparent huge pages off for the process. Kept, not acted on. */
export const disableThp = booleanOption("disable-thp", { initial: true });

/** Names of start-up warnings to leave out, separated by blanks. */
export const ignoreWarnings = stringOption("ignore-warnings", { emptyIsValue: true, live: true });

/** Whether a crash is reported in the log. */
export const crashLogEnabled = booleanOption("crash-log-enabled", { initial: true, live: true });

/** Whether a crash report checks the memory. Kept, not acted on. */
export const crashMemcheckEnabled = booleanOption("crash-memcheck-enabled", { initial: true, live: true });

/** Whether a panic exits instead of aborting. */
export const useExitOnPanic = booleanOption("use-exit-on-panic", { initial: false, live: true, hidden: true });

/** Milliseconds after which a stuck main thread is reported; 0: never. Kept, not acted on. */
export const watchdogPeriod = integerOption("watchdog-period", {
  initial: 0,
  min: 0,
  max: INT32_MAX,
  live: true,
  hidden: true,
});
