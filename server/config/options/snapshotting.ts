/** RDB files: when they are written, where, how, and what is done when one is loaded. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { INT32_MAX, INT32_MIN } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";
import { stringOption } from "../string_option.ts";
import { refusePath } from "./file_name.ts";

export { dir } from "./directory.ts";
export { save } from "./save_points.ts";

/** Name of the snapshot's file, in `dir`. */
export const dbfilename = stringOption("dbfilename", {
  initial: "dump.rdb",
  emptyIsValue: true,
  check: (name) => refusePath(name, "dbfilename can't be a path, just a filename"),
  live: true,
  protected: true,
});

/** Whether strings are compressed. */
export const rdbcompression = booleanOption("rdbcompression", { initial: true, live: true });

/** Whether the file ends with a checksum. */
export const rdbchecksum = booleanOption("rdbchecksum", { initial: true });

/** Whether the file is flushed to disk piece by piece while it is written. */
export const rdbSaveIncrementalFsync = booleanOption("rdb-save-incremental-fsync", { initial: true, live: true });

/** Whether files that only served a replica's synchronisation are removed. */
export const rdbDelSyncFiles = booleanOption("rdb-del-sync-files", { initial: false, live: true });

/** Whether values are checked in depth when loaded: never, always, or only those that clients restore. */
export const sanitizeDumpPayload = enumOption("sanitize-dump-payload", {
  values: ["no", "yes", "clients"],
  initial: "no",
  live: true,
});

/** Whether writes are refused while the last snapshot has failed. */
export const stopWritesOnBgsaveError = booleanOption("stop-writes-on-bgsave-error", { initial: true, live: true });

/** Bytes that are loaded between two looks at the network. */
export const loadingProcessEventsIntervalBytes = integerOption("loading-process-events-interval-bytes", {
  initial: 2097152,
  min: 1024,
  max: INT32_MAX,
  live: true,
  hidden: true,
});

/** Microseconds of delay per key saved, for tests. */
export const rdbKeySaveDelay = integerOption("rdb-key-save-delay", {
  initial: 0,
  min: INT32_MIN,
  max: INT32_MAX,
  live: true,
  hidden: true,
});

/** Microseconds of delay per key loaded, for tests. */
export const keyLoadDelay = integerOption("key-load-delay", {
  initial: 0,
  min: INT32_MIN,
  max: INT32_MAX,
  live: true,
  hidden: true,
});
