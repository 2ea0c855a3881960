/** Importance of a line of the log, the least first. @module */

export const logLevels = ["debug", "verbose", "notice", "warning"] as const;
export type ServerLogLevel = typeof logLevels[number];
