/** What is logged, and where. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { stringOption } from "../string_option.ts";
import { logLevels } from "./log_levels.ts";

/** The least important messages that are still logged. */
export const loglevel = enumOption("loglevel", {
  values: logLevels,
  initial: "notice",
  live: true,
});

/** File to append the log to; empty: standard output. */
export const logfile = stringOption("logfile", { emptyIsValue: true });

/** Whether to log to the system as well. Kept, not acted on: no system log can be reached from Deno. */
export const syslogEnabled = booleanOption("syslog-enabled", { initial: false });

/** Name in the system's log. Kept, not acted on. */
export const syslogIdent = stringOption("syslog-ident", { initial: "redis", emptyIsValue: true });

/** Facility in the system's log. Kept, not acted on. */
export const syslogFacility = enumOption("syslog-facility", {
  values: ["user", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"],
  initial: "local0",
});
