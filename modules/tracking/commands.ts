/**
 * `CLIENT TRACKING` and the other sub-commands about it.
 * Source: https://redis.io/docs/latest/commands/client-tracking/
 *
 * @module
 */
import {
  argument,
  type Arguments,
  type CommandContext,
  decodeText,
  ReplyError,
  type SubcommandDefinition,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { overlap } from "./bytes.ts";
import type { Tracker, TrackingMode } from "./tracker.ts";
import { trackers } from "./trackers.ts";

const REDIRECTED_TWICE = new ReplyError("ERR A client can only redirect to a single other client");
const NO_SUCH_TARGET = new ReplyError("ERR The client ID you want redirect to does not exist");
const PREFIX_WITHOUT_BROADCAST = new ReplyError("ERR PREFIX option requires BCAST mode to be enabled");
const BROADCAST_SWITCHED = new ReplyError(
  "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a " +
    "different mode.",
);
const CHOICE_WITH_BROADCAST = new ReplyError("ERR OPTIN and OPTOUT are not compatible with BCAST");
const BOTH_CHOICES = new ReplyError("ERR You can't specify both OPTIN mode and OPTOUT mode");
const CHOICE_SWITCHED = new ReplyError(
  "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then re-enabling it with a " +
    "different mode.",
);
const NOT_TRACKING = new ReplyError(
  "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled",
);
const YES_WITHOUT_OPTIN = new ReplyError(
  "ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.",
);
const NO_WITHOUT_OPTOUT = new ReplyError(
  "ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.",
);
const EVERYTHING = new Uint8Array(0);

/** The sub-commands of `CLIENT`. */
export const trackingSubcommands: readonly SubcommandDefinition[] = [
  {
    name: "CACHING",
    summary: "Instruct the server about tracking or not keys in the next request",
    since: "6.0.0",
    complexity: "O(1)",
    arity: 3,
    flags: ["noscript", "loading", "stale"],
    categories: ["connection"],
    arguments: [argument.oneOf("mode", [argument.token("yes", "YES"), argument.token("no", "NO")])],
    run: caching,
  },
  {
    name: "GETREDIR",
    summary: "Get tracking notifications redirection client ID if any",
    since: "6.0.0",
    complexity: "O(1)",
    arity: 2,
    flags: ["noscript", "loading", "stale"],
    categories: ["connection"],
    run: ({ client, reply }) => reply.integer(client.redirectId),
  },
  {
    name: "TRACKING",
    summary: "Enable or disable server assisted client side caching support",
    since: "6.0.0",
    complexity: "O(1). Some options may introduce additional complexity.",
    arity: -3,
    flags: ["noscript", "loading", "stale"],
    categories: ["connection"],
    arguments: [
      argument.oneOf("status", [argument.token("on", "ON"), argument.token("off", "OFF")]),
      argument.integer("client-id", { token: "REDIRECT", optional: true }),
      argument.string("prefix", { token: "PREFIX", optional: true, multiple: true, multipleToken: true }),
      argument.token("bcast", "BCAST", { optional: true }),
      argument.token("optin", "OPTIN", { optional: true }),
      argument.token("optout", "OPTOUT", { optional: true }),
      argument.token("noloop", "NOLOOP", { optional: true }),
    ],
    run: tracking,
  },
  {
    name: "TRACKINGINFO",
    summary: "Return information about server assisted client side caching for the current connection",
    since: "6.2.0",
    complexity: "O(1)",
    arity: 2,
    flags: ["noscript", "loading", "stale"],
    categories: ["connection"],
    run: trackingInfo,
  },
];

function tracking(context: CommandContext): void {
  const { args, client, reply } = context;
  const { mode, prefixes } = parseOptions(context);
  const all = context.state(trackers);
  if (args.is(2, "ON")) {
    const tracker = all.of(client);
    checkMode(mode, prefixes, tracker);
    if (mode.broadcast) checkPrefixes(prefixes, tracker?.prefixes ?? []);
    const everything = mode.broadcast && prefixes.length === 0;
    all.set(client, mode, everything ? [EVERYTHING] : prefixes);
  } else if (args.is(2, "OFF")) all.remove(client);
  else throw SYNTAX_ERROR;
  reply.ok();
}

function parseOptions({ args, host }: CommandContext): { mode: TrackingMode; prefixes: Uint8Array[] } {
  const mode = { broadcast: false, optIn: false, optOut: false, noLoop: false, redirectId: 0 };
  const prefixes: Uint8Array[] = [];
  for (let i = 3; i < args.count; i++) {
    const hasNext = i + 1 < args.count;
    if (args.is(i, "REDIRECT") && hasNext) {
      if (mode.redirectId !== 0) throw REDIRECTED_TWICE;
      mode.redirectId = targetOf(host.client(args.integer(++i)));
    } else if (args.is(i, "BCAST")) mode.broadcast = true;
    else if (args.is(i, "OPTIN")) mode.optIn = true;
    else if (args.is(i, "OPTOUT")) mode.optOut = true;
    else if (args.is(i, "NOLOOP")) mode.noLoop = true;
    else if (args.is(i, "PREFIX") && hasNext) prefixes.push(args.bytes(++i));
    else throw SYNTAX_ERROR;
  }
  return { mode, prefixes };
}

function targetOf(client: { readonly id: number } | null): number {
  if (client === null) throw NO_SUCH_TARGET;
  return client.id;
}

/** Some of it cannot be combined, some of it not be changed while it is on. */
function checkMode(mode: TrackingMode, prefixes: readonly Uint8Array[], tracker: Tracker | undefined): void {
  const { broadcast, optIn, optOut } = mode;
  const old = tracker?.mode;
  if (!broadcast && prefixes.length > 0) throw PREFIX_WITHOUT_BROADCAST;
  if (old !== undefined && old.broadcast !== broadcast) throw BROADCAST_SWITCHED;
  if (broadcast && (optIn || optOut)) throw CHOICE_WITH_BROADCAST;
  if (optIn && optOut) throw BOTH_CHOICES;
  if ((optIn && old?.optOut) || (optOut && old?.optIn)) throw CHOICE_SWITCHED;
}

/** A key is to match one prefix of a client at most. */
function checkPrefixes(prefixes: readonly Uint8Array[], existing: readonly Uint8Array[]): void {
  prefixes.forEach((prefix, i) => {
    for (const other of existing) if (overlap(prefix, other)) throw overlapError(prefix, "an existing", other);
    for (const other of prefixes.slice(i + 1)) {
      if (overlap(prefix, other)) throw overlapError(prefix, "another provided", other);
    }
  });
}

function overlapError(prefix: Uint8Array, which: string, other: Uint8Array): ReplyError {
  return new ReplyError(
    `ERR Prefix '${decodeText(prefix)}' overlaps with ${which} prefix '${decodeText(other)}'. ` +
      "Prefixes for a single client must not overlap.",
  );
}

function caching(context: CommandContext): void {
  const tracker = context.state(trackers).of(context.client);
  if (tracker === undefined) throw NOT_TRACKING;
  tracker.chosen = parseChoice(context.args, tracker.mode);
  context.reply.ok();
}

function parseChoice(args: Arguments, { optIn, optOut }: TrackingMode): boolean {
  if (args.is(2, "YES")) {
    if (!optIn) throw YES_WITHOUT_OPTIN;
  } else if (args.is(2, "NO")) {
    if (!optOut) throw NO_WITHOUT_OPTOUT;
  } else throw SYNTAX_ERROR;
  return true;
}

function trackingInfo(context: CommandContext): void {
  const { client, reply } = context;
  const tracker = context.state(trackers).of(client);
  const flags = tracker === undefined ? ["off"] : flagsOf(tracker);
  reply.map(3);
  reply.text("flags");
  reply.set(flags.length);
  for (const flag of flags) reply.text(flag);
  reply.text("redirect");
  reply.integer(client.redirectId);
  reply.text("prefixes");
  const prefixes = tracker?.prefixes ?? [];
  reply.array(prefixes.length);
  for (const prefix of prefixes) reply.bulk(prefix);
}

function flagsOf({ broken, chosen, mode: { broadcast, optIn, optOut, noLoop } }: Tracker): string[] {
  const flags = ["on"];
  if (broadcast) flags.push("bcast");
  if (optIn) flags.push("optin");
  if (optIn && chosen) flags.push("caching-yes");
  if (optOut) flags.push("optout");
  if (optOut && chosen) flags.push("caching-no");
  if (noLoop) flags.push("noloop");
  if (broken) flags.push("broken_redirect");
  return flags;
}
