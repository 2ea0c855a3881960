/** Who may do what. @module */
import { enumOption } from "../enum_option.ts";
import { integerOption } from "../integer_option.ts";
import { stringOption } from "../string_option.ts";

/** Password of the default user. */
export const requirepass = stringOption("requirepass", { live: true, sensitive: true });

/** File of the users; not together with `user` lines. */
export const aclfile = stringOption("aclfile", { emptyIsValue: true });

/** Entries of `ACL LOG`. */
export const acllogMaxLen = integerOption("acllog-max-len", { initial: 128, min: 0, live: true });

/** Pub/sub channels of a new user: all or none. */
export const aclPubsubDefault = enumOption("acl-pubsub-default", {
  values: ["allchannels", "resetchannels"],
  initial: "resetchannels",
  live: true,
});

const WHO = ["no", "yes", "local"] as const;

/** Who may set protected parameters: nobody, everybody, clients of this machine. */
export const enableProtectedConfigs = enumOption("enable-protected-configs", { values: WHO, initial: "no" });

/** Who may use `DEBUG`. */
export const enableDebugCommand = enumOption("enable-debug-command", { values: WHO, initial: "no" });

/** Who may use `MODULE`. */
export const enableModuleCommand = enumOption("enable-module-command", { values: WHO, initial: "no" });
