/** Where the server listens and how it treats connections. @module */
import { booleanOption } from "../boolean_option.ts";
import { INT32_MAX, UINT32_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";
import { stringOption } from "../string_option.ts";

export { bind } from "./bind.ts";

/** TCP port; 0: none. */
export const port = integerOption("port", { initial: 6379, min: 0, max: 65535, live: true });

/** Local address of outgoing connections, such as those to a master. */
export const bindSourceAddr = stringOption("bind-source-addr", { live: true });

/** Connections that may wait to be accepted. */
export const tcpBacklog = integerOption("tcp-backlog", { initial: 511, min: 0, max: INT32_MAX });

/** Seconds between probes of a silent connection; 0: no probes. */
export const tcpKeepalive = integerOption("tcp-keepalive", { initial: 300, min: 0, max: INT32_MAX, live: true });

/** Seconds after which an idle client is disconnected; 0: never. */
export const timeout = integerOption("timeout", { initial: 0, min: 0, max: INT32_MAX, live: true });

/** Whether a server without password refuses clients from other machines. */
export const protectedMode = booleanOption("protected-mode", { initial: true, live: true });

/** Path of a Unix socket to listen on. */
export const unixsocket = stringOption("unixsocket");

/** Permissions of the Unix socket; 0: those of the process's mask. */
export const unixsocketperm = integerOption("unixsocketperm", { initial: 0, min: 0, max: 0o777, form: "octal" });

/** Mark of the listening sockets for the system's packet filter. Kept, not acted on. */
export const socketMarkId = integerOption("socket-mark-id", { initial: 0, min: 0, max: UINT32_MAX });
