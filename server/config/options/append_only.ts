/** The append-only file. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { INT32_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";
import { stringOption } from "../string_option.ts";
import { refuseEmpty, refusePath } from "./file_name.ts";

const MIB = 1024 ** 2;

/** Whether writes are appended to a file. */
export const appendonly = booleanOption("appendonly", { initial: false, live: true, refusedWhileLoading: true });

/** Beginning of the names of the files. */
export const appendfilename = stringOption("appendfilename", {
  initial: "appendonly.aof",
  check(name) {
    refuseEmpty(name, "appendfilename can't be empty");
    refusePath(name, "appendfilename can't be a path, just a filename");
  },
});

/** Name of the directory of the files, in `dir`. */
export const appenddirname = stringOption("appenddirname", {
  initial: "appendonlydir",
  check(name) {
    refuseEmpty(name, "appenddirname can't be empty");
    refusePath(name, "appenddirname can't be a path, just a dirname");
  },
});

/** When the file is flushed to disk. */
export const appendfsync = enumOption("appendfsync", {
  values: ["everysec", "always", "no"],
  initial: "everysec",
  live: true,
});

/** Whether the file is not flushed while a snapshot or a rewrite keeps the disk busy. */
export const noAppendfsyncOnRewrite = booleanOption("no-appendfsync-on-rewrite", { initial: false, live: true });

/** Growth since the last rewrite, in percent, that starts the next one; 0: none. */
export const autoAofRewritePercentage = integerOption("auto-aof-rewrite-percentage", {
  initial: 100,
  min: 0,
  max: INT32_MAX,
  live: true,
});

/** Bytes below which no rewrite starts by itself. */
export const autoAofRewriteMinSize = integerOption("auto-aof-rewrite-min-size", {
  initial: 64 * MIB,
  min: 0,
  form: "memory",
  live: true,
});

/** Whether a file that ends in the middle of a command is loaded. */
export const aofLoadTruncated = booleanOption("aof-load-truncated", { initial: true, live: true });

/** Whether a rewrite begins with a snapshot. */
export const aofUseRdbPreamble = booleanOption("aof-use-rdb-preamble", { initial: true, live: true });

/** Whether the file notes the time, so that it can be cut there. */
export const aofTimestampEnabled = booleanOption("aof-timestamp-enabled", { initial: false, live: true });

/** Whether a rewrite is flushed to disk piece by piece. */
export const aofRewriteIncrementalFsync = booleanOption("aof-rewrite-incremental-fsync", { initial: true, live: true });

/** Whether files that a rewrite has replaced are left in place. */
export const aofDisableAutoGc = booleanOption("aof-disable-auto-gc", { initial: false, live: true });
