/**
 * `CLIENT`: connections, described and steered.
 * Source: https://redis.io/docs/latest/commands/client/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { replyHelp } from "../api/help.ts";
import { waitsForWork } from "../commands/blocking.ts";
import { REPLY_OFF, REPLY_ON, REPLY_SKIP_NEXT, type Session } from "../commands/session.ts";
import { classOf } from "../network/clients.ts";
import type { Connection } from "../network/connection.ts";
import { describeClient } from "../network/description.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { ReplyError, SYNTAX_ERROR } from "../protocol/errors.ts";
import type { ServerParts } from "./parts.ts";
import { Pause } from "./pause.ts";

const BAD_NAME = "cannot contain spaces, newlines or special characters.";
const BAD_ID = new ReplyError("ERR client-id should be greater than 0");
const BAD_LISTED_ID = new ReplyError("ERR Invalid client ID");
const NO_SUCH_CLIENT = new ReplyError("ERR No such client");
const BAD_TIMEOUT = new ReplyError("ERR timeout is not an integer or out of range");
const NEGATIVE_TIMEOUT = new ReplyError("ERR timeout is negative");
const BAD_PAUSE_MODE = new ReplyError("ERR CLIENT PAUSE mode must be WRITE or ALL");
const BAD_UNBLOCK_REASON = new ReplyError("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
const UNBLOCKED = "UNBLOCKED client unblocked via CLIENT UNBLOCK";

const HELP = [
  "CACHING (YES|NO)",
  "    Enable/disable tracking of the keys for next command in OPTIN/OPTOUT modes.",
  "GETREDIR",
  "    Return the client ID we are redirecting to when tracking is enabled.",
  "GETNAME",
  "    Return the name of the current connection.",
  "ID",
  "    Return the ID of the current connection.",
  "INFO",
  "    Return information about the current client connection.",
  "KILL <ip:port>",
  "    Kill connection made from <ip:port>.",
  "KILL <option> <value> [<option> <value> [...]]",
  "    Kill connections. Options are:",
  "    * ADDR (<ip:port>|<unixsocket>:0)",
  "      Kill connections made from the specified address",
  "    * LADDR (<ip:port>|<unixsocket>:0)",
  "      Kill connections made to specified local address",
  "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
  "      Kill connections by type.",
  "    * USER <username>",
  "      Kill connections authenticated by <username>.",
  "    * SKIPME (YES|NO)",
  "      Skip killing current connection (default: yes).",
  "LIST [options ...]",
  "    Return information about client connections. Options:",
  "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
  "      Return clients of specified type.",
  "UNPAUSE",
  "    Stop the current client pause, resuming traffic.",
  "PAUSE <timeout> [WRITE|ALL]",
  "    Suspend all, or just write, clients for <timeout> milliseconds.",
  "REPLY (ON|OFF|SKIP)",
  "    Control the replies sent to the current connection.",
  "SETNAME <name>",
  "    Assign the name <name> to the current connection.",
  "UNBLOCK <clientid> [TIMEOUT|ERROR]",
  "    Unblock the specified blocked client.",
  "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]",
  "         [OPTIN] [OPTOUT] [NOLOOP]",
  "    Control server assisted client side caching.",
  "TRACKINGINFO",
  "    Report tracking status for the current connection.",
  "NO-EVICT (ON|OFF)",
  "    Protect current client connection from eviction.",
];

/** The `CLIENT` command of a server. */
export function clientCommand(parts: ServerParts): CommandDefinition {
  const pause = new Pause(parts);
  return defineCommand({
    name: "CLIENT",
    summary: "A container for client connection commands",
    since: "2.4.0",
    group: "connection",
    complexity: "Depends on subcommand.",
    arity: -2,
    subcommands: [
      {
        name: "GETNAME",
        summary: "Get the current connection name",
        since: "2.6.9",
        complexity: "O(1)",
        arity: 2,
        flags: ["noscript", "loading", "stale"],
        categories: ["connection"],
        run: replyName,
      },
      {
        name: "HELP",
        summary: "Show helpful text about the different subcommands",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale"],
        categories: ["connection"],
        run: ({ reply }) => replyHelp(reply, "CLIENT", HELP),
      },
      {
        name: "ID",
        summary: "Returns the client ID for the current connection",
        since: "5.0.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["noscript", "loading", "stale"],
        categories: ["connection"],
        run: ({ client, reply }) => reply.integer(client.id),
      },
      {
        name: "INFO",
        summary: "Returns information about the current client connection.",
        since: "6.2.0",
        complexity: "O(1)",
        arity: 2,
        flags: ["noscript", "loading", "stale"],
        categories: ["connection"],
        tips: ["nondeterministic_output"],
        run: ({ client, reply }) => reply.verbatim(`${describeClient(client as Session)}\n`),
      },
      {
        name: "KILL",
        summary: "Kill the connection of a client",
        since: "2.4.0",
        complexity: "O(N) where N is the number of client connections",
        arity: -3,
        flags: ["admin", "noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [
          argument.oneOf("filter", [
            argument.string("ip:port", { deprecatedSince: "2.8.12" }),
            argument.oneOf("new-format", [
              argument.integer("client-id", { token: "ID", since: "2.8.12", optional: true }),
              argument.oneOf("normal_master_slave_pubsub", [
                argument.token("normal", "NORMAL"),
                argument.token("master", "MASTER", { since: "3.2.0" }),
                argument.token("slave", "SLAVE"),
                argument.token("replica", "REPLICA", { since: "5.0.0" }),
                argument.token("pubsub", "PUBSUB"),
              ], { token: "TYPE", since: "2.8.12", optional: true }),
              argument.string("username", { token: "USER", optional: true }),
              argument.string("ip:port", { token: "ADDR", optional: true }),
              argument.string("ip:port", { token: "LADDR", since: "6.2.0", optional: true }),
              argument.string("yes/no", { token: "SKIPME", optional: true }),
            ], { multiple: true }),
          ]),
        ],
        history: [
          ["2.8.12", "Added new filter format."],
          ["2.8.12", "`ID` option."],
          ["3.2.0", "Added `master` type in for `TYPE` option."],
          ["5.0.0", "Replaced `slave` `TYPE` with `replica`. `slave` still supported for backward compatibility."],
          ["6.2.0", "`LADDR` option."],
        ],
        run: (context) => kill(parts, context),
      },
      {
        name: "LIST",
        summary: "Get the list of client connections",
        since: "2.4.0",
        complexity: "O(N) where N is the number of client connections",
        arity: -2,
        flags: ["admin", "noscript", "loading", "stale"],
        categories: ["connection"],
        tips: ["nondeterministic_output"],
        arguments: [
          argument.oneOf("normal_master_replica_pubsub", [
            argument.token("normal", "NORMAL"),
            argument.token("master", "MASTER"),
            argument.token("replica", "REPLICA"),
            argument.token("pubsub", "PUBSUB"),
          ], { token: "TYPE", since: "5.0.0", optional: true }),
          argument.block("id", [argument.integer("client-id", { multiple: true })], {
            token: "ID",
            since: "6.2.0",
            optional: true,
          }),
        ],
        history: [
          ["2.8.12", "Added unique client `id` field."],
          ["5.0.0", "Added optional `TYPE` filter."],
          ["6.0.0", "Added `user` field."],
          ["6.2.0", "Added `argv-mem`, `tot-mem`, `laddr` and `redir` fields and the optional `ID` filter."],
          ["7.0.0", "Added `resp`, `multi-mem`, `rbs` and `rbp` fields."],
          ["7.0.3", "Added `ssub` field."],
        ],
        run: (context) => list(parts, context),
      },
      {
        name: "NO-EVICT",
        summary: "Set client eviction mode for the current connection",
        since: "7.0.0",
        complexity: "O(1)",
        arity: 3,
        flags: ["admin", "noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [argument.oneOf("enabled", [argument.token("on", "ON"), argument.token("off", "OFF")])],
        run: ({ args, client, reply }) => {
          (client as Session).exempt = parseOnOff(args, 2);
          reply.ok();
        },
      },
      {
        name: "PAUSE",
        summary: "Stop processing commands from clients for some time",
        since: "2.9.50",
        complexity: "O(1)",
        arity: -3,
        flags: ["admin", "noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [
          argument.integer("timeout"),
          argument.oneOf("mode", [argument.token("write", "WRITE"), argument.token("all", "ALL")], {
            since: "6.2.0",
            optional: true,
          }),
        ],
        history: [["6.2.0", "`CLIENT PAUSE WRITE` mode added along with the `mode` option."]],
        run: (context) => startPause(pause, context),
      },
      {
        name: "REPLY",
        summary: "Instruct the server whether to reply to commands",
        since: "3.2.0",
        complexity: "O(1)",
        arity: 3,
        flags: ["noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [
          argument.oneOf("on_off_skip", [
            argument.token("on", "ON"),
            argument.token("off", "OFF"),
            argument.token("skip", "SKIP"),
          ]),
        ],
        run: setReplyMode,
      },
      {
        name: "SETNAME",
        summary: "Set the current connection name",
        since: "2.6.9",
        complexity: "O(1)",
        arity: 3,
        flags: ["noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [argument.string("connection-name")],
        run: setName,
      },
      {
        name: "UNBLOCK",
        summary: "Unblock a client blocked in a blocking command from a different connection",
        since: "5.0.0",
        complexity: "O(log N) where N is the number of client connections",
        arity: -3,
        flags: ["admin", "noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [
          argument.integer("client-id"),
          argument.oneOf("timeout_error", [argument.token("timeout", "TIMEOUT"), argument.token("error", "ERROR")], {
            optional: true,
          }),
        ],
        run: (context) => unblock(parts, context),
      },
      {
        name: "UNPAUSE",
        summary: "Resume processing of clients that were paused",
        since: "6.2.0",
        complexity: "O(N) Where N is the number of paused clients",
        arity: 2,
        flags: ["admin", "noscript", "loading", "stale"],
        categories: ["connection"],
        run: ({ reply }) => {
          pause.end();
          reply.ok();
        },
      },
      {
        name: "NO-TOUCH",
        summary: "Controls whether commands sent by the client affect the LRU/LFU of accessed keys.",
        since: "7.2.0",
        complexity: "O(1)",
        arity: 3,
        flags: ["noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [argument.oneOf("enabled", [argument.token("on", "ON"), argument.token("off", "OFF")])],
        run: ({ args, client, reply }) => {
          (client as Session).untouching = parseOnOff(args, 2);
          reply.ok();
        },
      },
      {
        name: "SETINFO",
        summary: "Sets information specific to the client or connection.",
        since: "7.2.0",
        complexity: "O(1)",
        arity: 4,
        flags: ["noscript", "loading", "stale"],
        categories: ["connection"],
        arguments: [
          argument.oneOf("attr", [
            argument.string("libname", { token: "LIB-NAME" }),
            argument.string("libver", { token: "LIB-VER" }),
          ]),
        ],
        run: setInfo,
      },
    ],
  });
}

/** A client name from an argument: printable ASCII without blanks, or empty. */
export function checkClientName(args: Arguments, i: number): string {
  return checkPrintable(args, i, "Client names");
}

function checkPrintable(args: Arguments, i: number, what: string): string {
  for (const byte of args.view(i)) {
    if (byte < 0x21 || byte > 0x7e) throw new ReplyError(`ERR ${what} ${BAD_NAME}`);
  }
  return args.text(i);
}

function replyName({ client, reply }: CommandContext): void {
  if (client.name === "") reply.null();
  else reply.text(client.name);
}

function setName({ args, client, reply }: CommandContext): void {
  client.name = checkClientName(args, 2);
  reply.ok();
}

function setInfo({ args, client, reply }: CommandContext): void {
  const session = client as Session;
  if (args.is(2, "LIB-NAME")) session.libraryName = checkPrintable(args, 3, "lib-name");
  else if (args.is(2, "LIB-VER")) session.libraryVersion = checkPrintable(args, 3, "lib-ver");
  else throw new ReplyError(`ERR Unrecognized option '${args.text(2)}'`);
  reply.ok();
}

function setReplyMode({ args, client, reply }: CommandContext): void {
  const session = client as Session;
  if (args.is(2, "ON")) {
    session.replyMode = REPLY_ON;
    reply.ok();
  } else if (args.is(2, "OFF")) session.replyMode = REPLY_OFF;
  else if (!args.is(2, "SKIP")) throw SYNTAX_ERROR;
  else if (session.replyMode !== REPLY_OFF) session.replyMode = REPLY_SKIP_NEXT;
}

function parseOnOff(args: Arguments, i: number): boolean {
  if (args.is(i, "ON")) return true;
  if (args.is(i, "OFF")) return false;
  throw SYNTAX_ERROR;
}

function wrongArguments(args: Arguments): ReplyError {
  return new ReplyError(
    `ERR unknown subcommand or wrong number of arguments for '${args.text(1)}'. Try CLIENT HELP.`,
  );
}

function startPause(pause: Pause, { args, reply }: CommandContext): void {
  let writesOnly = false;
  if (args.count > 3) {
    if (args.count > 4) throw wrongArguments(args);
    if (args.is(3, "WRITE")) writesOnly = true;
    else if (!args.is(3, "ALL")) throw BAD_PAUSE_MODE;
  }
  const milliseconds = args.integer(2, BAD_TIMEOUT);
  if (milliseconds < 0) throw NEGATIVE_TIMEOUT;
  pause.begin(milliseconds, writesOnly);
  reply.ok();
}

function unblock(parts: ServerParts, { args, reply }: CommandContext): void {
  let withError = false;
  if (args.count > 3) {
    if (args.count > 4) throw wrongArguments(args);
    if (args.is(3, "ERROR")) withError = true;
    else if (!args.is(3, "TIMEOUT")) throw BAD_UNBLOCK_REASON;
  }
  const waiter = parts.clients.get(args.integer(2))?.waiter ?? null;
  const ends = waiter !== null && !waitsForWork(waiter);
  if (ends) {
    if (withError) parts.dispatcher.blocking.fail(waiter, UNBLOCKED);
    else parts.dispatcher.blocking.timeOut(waiter);
  }
  reply.integer(ends ? 1 : 0);
}

/** Which clients a command means. */
type ClientFilter = (client: Connection) => boolean;

function parseType(args: Arguments, i: number): ClientFilter {
  if (args.is(i, "NORMAL")) return (client) => classOf(client) === "normal";
  if (args.is(i, "PUBSUB")) return (client) => classOf(client) === "pubsub";
  if (args.is(i, "SLAVE") || args.is(i, "REPLICA")) return (client) => classOf(client) === "replica";
  if (args.is(i, "MASTER")) return () => false;
  throw new ReplyError(`ERR Unknown client type '${args.text(i)}'`);
}

function list(parts: ServerParts, { args, reply }: CommandContext): void {
  let clients = [...parts.clients.all];
  if (args.count > 2) {
    if (args.count === 4 && args.is(2, "TYPE")) clients = clients.filter(parseType(args, 3));
    else if (args.count > 3 && args.is(2, "ID")) {
      clients = Array.from({ length: args.count - 3 }, (_, i) => parts.clients.get(args.integer(3 + i, BAD_LISTED_ID)))
        .filter((client) => client !== undefined);
    } else throw SYNTAX_ERROR;
  }
  reply.verbatim(clients.map((client) => `${describeClient(client)}\n`).join(""));
}

function kill(parts: ServerParts, context: CommandContext): void {
  const { args, reply } = context;
  if (args.count === 3) {
    const address = args.text(2);
    const client = [...parts.clients.all].find((other) => other.address === address);
    if (client === undefined) throw NO_SUCH_CLIENT;
    end(client, context);
    return reply.ok();
  }
  const matches = parseKillFilter(context);
  const clients = [...parts.clients.all].filter(matches);
  for (const client of clients) end(client, context);
  reply.integer(clients.length);
}

/** The client that asks gets its reply first. */
function end(client: Connection, context: CommandContext): void {
  client.close(client === context.client);
}

function parseKillFilter({ args, client: self }: CommandContext): ClientFilter {
  const filters: ClientFilter[] = [];
  let skipsSelf = true;
  for (let i = 2; i < args.count; i += 2) {
    if (i + 1 >= args.count) throw SYNTAX_ERROR;
    if (args.is(i, "ID")) {
      const id = args.integer(i + 1, BAD_ID);
      if (id < 1) throw BAD_ID;
      filters.push((client) => client.id === id);
    } else if (args.is(i, "TYPE")) filters.push(parseType(args, i + 1));
    else if (args.is(i, "ADDR") || args.is(i, "LADDR")) {
      const address = args.text(i + 1);
      const local = args.is(i, "LADDR");
      filters.push((client) => (local ? client.localAddress : client.address) === address);
    } else if (args.is(i, "USER")) {
      const user = args.text(i + 1);
      if (user !== "default") throw new ReplyError(`ERR No such user '${user}'`);
      filters.push((client) => client.user === user);
    } else if (args.is(i, "SKIPME")) {
      if (args.is(i + 1, "YES")) skipsSelf = true;
      else if (args.is(i + 1, "NO")) skipsSelf = false;
      else throw SYNTAX_ERROR;
    } else throw SYNTAX_ERROR;
  }
  return (client) => !(skipsSelf && client === self) && filters.every((filter) => filter(client));
}
