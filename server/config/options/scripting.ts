/** Scripts and functions. @module */
import { booleanOption } from "../boolean_option.ts";
import { integerOption } from "../integer_option.ts";

/** Milliseconds after which a script that still runs makes the server answer `BUSY`; 0: never. */
export const busyReplyThreshold = integerOption("busy-reply-threshold", {
  initial: 5000,
  min: 0,
  aliases: ["lua-time-limit"],
  live: true,
});

/** Whether scripts see Lua functions that are unsafe. */
export const luaEnableDeprecatedApi = booleanOption("lua-enable-deprecated-api", { initial: false, hidden: true });
