/** What signals that end the server mean. @module */
import { flagsOption } from "../enum_option.ts";
import { OptionError } from "../option.ts";

const FLAGS = ["save", "nosave", "now", "force"] as const;

/** A modifier of `SHUTDOWN`. */
export type ShutdownFlag = typeof FLAGS[number];

function checkFlags(flags: readonly ShutdownFlag[]): void {
  if (flags.includes("save") && flags.includes("nosave")) {
    throw new OptionError("shutdown options SAVE and NOSAVE can't be used simultaneously");
  }
}

/** How `SIGINT` shuts the server down; no flag: as `SHUTDOWN` alone. */
export const shutdownOnSigint = flagsOption("shutdown-on-sigint", {
  none: "default",
  values: FLAGS,
  check: checkFlags,
  live: true,
});

/** How `SIGTERM` shuts the server down; no flag: as `SHUTDOWN` alone. */
export const shutdownOnSigterm = flagsOption("shutdown-on-sigterm", {
  none: "default",
  values: FLAGS,
  check: checkFlags,
  live: true,
});
