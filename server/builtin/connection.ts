/**
 * Commands about the connection itself: who it is, which protocol it speaks, which database it works on.
 * Source: https://redis.io/docs/latest/commands/?group=connection
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { defineModule, type ModuleDefinition } from "../api/module.ts";
import { REDIS_VERSION } from "../base/version.ts";
import { REPLY_ON, type Session } from "../commands/session.ts";
import { requirepass } from "../config/options/security.ts";
import { Connection } from "../network/connection.ts";
import { ReplyError } from "../protocol/errors.ts";
import { replyModules } from "./module.ts";
import { checkClientName, clientCommand } from "./client.ts";
import { databaseOf } from "./databases.ts";
import type { ServerParts } from "./parts.ts";

const NO_PASSWORD_SET = new ReplyError(
  "ERR AUTH <password> called without any password configured for the default user. " +
    "Are you sure your configuration is correct?",
);
const WRONG_PASSWORD = new ReplyError("WRONGPASS invalid username-password pair or user is disabled.");
const HELLO_WITHOUT_AUTH = new ReplyError(
  "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> " +
    "option can be used to authenticate the client and select the RESP protocol version at the same time",
);
const BAD_PROTOCOL_VERSION = new ReplyError("ERR Protocol version is not an integer or out of range");
const UNKNOWN_PROTOCOL_VERSION = new ReplyError("NOPROTO unsupported protocol version");
const DEFAULT_USER = "default";

/** The module of the connection commands. */
export function connectionModule(parts: ServerParts): ModuleDefinition {
  return defineModule({
    name: "connection",
    version: 1,
    api: 1,
    commands: [
      clientCommand(parts),
      defineCommand({
        name: "AUTH",
        summary: "Authenticate to the server",
        since: "1.0.0",
        group: "connection",
        complexity: "O(N) where N is the number of passwords defined for the user",
        arity: -2,
        flags: ["noscript", "loading", "stale", "fast", "no_auth", "allow_busy"],
        categories: ["connection"],
        arguments: [argument.string("username", { since: "6.0.0", optional: true }), argument.string("password")],
        history: [["6.0.0", "Added ACL style (username and password)."]],
        run: (context) => auth(parts, context),
      }),
      defineCommand({
        name: "ECHO",
        summary: "Echo the given string",
        since: "1.0.0",
        group: "connection",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale", "fast"],
        categories: ["connection"],
        arguments: [argument.string("message")],
        run: ({ args, reply }) => reply.bulk(args.buffer, args.start(1), args.size(1)),
      }),
      defineCommand({
        name: "HELLO",
        summary: "Handshake with Redis",
        since: "6.0.0",
        group: "connection",
        complexity: "O(1)",
        arity: -1,
        flags: ["noscript", "loading", "stale", "fast", "no_auth", "allow_busy"],
        categories: ["connection"],
        arguments: [
          argument.block("arguments", [
            argument.integer("protover"),
            argument.block("username_password", [argument.string("username"), argument.string("password")], {
              token: "AUTH",
              optional: true,
            }),
            argument.string("clientname", { token: "SETNAME", optional: true }),
          ], { optional: true }),
        ],
        history: [[
          "6.2.0",
          "`protover` made optional; when called without arguments the command reports the current connection's context.",
        ]],
        run: (context) => hello(parts, context),
      }),
      defineCommand({
        name: "PING",
        summary: "Ping the server",
        since: "1.0.0",
        group: "connection",
        complexity: "O(1)",
        arity: -1,
        flags: ["fast"],
        categories: ["connection"],
        tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
        arguments: [argument.string("message", { optional: true })],
        run: ping,
      }),
      defineCommand({
        name: "QUIT",
        summary: "Close the connection",
        since: "1.0.0",
        group: "connection",
        complexity: "O(1)",
        arity: -1,
        flags: ["noscript", "loading", "stale", "fast", "no_auth", "allow_busy"],
        categories: ["connection"],
        run: quit,
      }),
      defineCommand({
        name: "RESET",
        summary: "Reset the connection",
        since: "6.2.0",
        group: "connection",
        complexity: "O(1)",
        arity: 1,
        flags: ["noscript", "loading", "stale", "fast", "no_auth", "allow_busy"],
        categories: ["connection"],
        run: (context) => reset(parts, context),
      }),
      defineCommand({
        name: "SELECT",
        summary: "Change the selected database for the current connection",
        since: "1.0.0",
        group: "connection",
        complexity: "O(1)",
        arity: 2,
        flags: ["loading", "stale", "fast"],
        categories: ["connection"],
        arguments: [argument.integer("index")],
        run: select,
      }),
    ],
  });
}

function ping({ args, client, reply }: CommandContext): void {
  if (args.count > 2) throw new ReplyError("ERR wrong number of arguments for 'ping' command");
  if (client.version < 3 && (client as Session).subscribed) {
    reply.array(2);
    reply.text("pong");
    if (args.count === 2) reply.bulk(args.buffer, args.start(1), args.size(1));
    else reply.text("");
  } else if (args.count === 2) reply.bulk(args.buffer, args.start(1), args.size(1));
  else reply.status("PONG");
}

function quit({ client, reply }: CommandContext): void {
  reply.ok();
  (client as Session).close(true);
}

function select(context: CommandContext): void {
  (context.client as Session).db = databaseOf(context, 1);
  context.reply.ok();
}

function auth(parts: ServerParts, context: CommandContext): void {
  const { args, client, reply } = context;
  for (let i = 1; i < args.count; i++) context.redact(i);
  if (args.count > 3) throw new ReplyError("ERR syntax error");
  if (args.count === 2 && parts.config.get(requirepass) === "") throw NO_PASSWORD_SET;
  const user = args.count === 2 ? DEFAULT_USER : args.text(1);
  authenticate(parts, client as Session, user, args.bytes(args.count - 1));
  reply.ok();
}

/** Throws unless the password is right; the default user without one takes any. */
function authenticate(parts: ServerParts, client: Session, user: string, password: Uint8Array): void {
  const wanted = parts.config.get(requirepass);
  if (user !== DEFAULT_USER || (wanted !== "" && !sameSecret(wanted, password))) {
    parts.statistics.aclDeniedAuth++;
    throw WRONG_PASSWORD;
  }
  client.user = user;
  setAuthenticated(client, true);
}

function setAuthenticated(client: Session, authenticated: boolean): void {
  client.authenticated = authenticated;
  if (client instanceof Connection) client.reader.unauthenticated = !authenticated;
}

/** Compares in a time that does not depend on where the first difference is. */
function sameSecret(wanted: string, given: Uint8Array): boolean {
  const expected = new TextEncoder().encode(wanted);
  let difference = expected.length ^ given.length;
  for (let i = 0; i < given.length; i++) difference |= given[i] ^ expected[i % expected.length];
  return difference === 0;
}

/** Options act in the order in which they stand: who authenticates before a bad name is authenticated. */
function helloOptions(parts: ServerParts, context: CommandContext): { version: number; name: string | null } {
  const { args, client } = context;
  let version = client.version;
  if (args.count > 1) {
    version = args.integer(1, BAD_PROTOCOL_VERSION);
    if (version < 2 || version > 3) throw UNKNOWN_PROTOCOL_VERSION;
  }
  let name: string | null = null;
  for (let i = 2; i < args.count;) {
    const left = args.count - i - 1;
    if (args.is(i, "AUTH") && left >= 2) {
      context.redact(i + 1);
      context.redact(i + 2);
      authenticate(parts, client as Session, args.text(i + 1), args.bytes(i + 2));
      i += 3;
    } else if (args.is(i, "SETNAME") && left >= 1) {
      name = checkClientName(args, i + 1);
      i += 2;
    } else throw new ReplyError(`ERR Syntax error in HELLO option '${args.text(i)}'`);
  }
  return { version, name };
}

function hello(parts: ServerParts, context: CommandContext): void {
  const { reply } = context;
  const client = context.client as Session;
  const { version, name } = helloOptions(parts, context);
  if (!client.authenticated) throw HELLO_WITHOUT_AUTH;
  if (name !== null) client.name = name;
  reply.version = version;
  reply.map(7);
  reply.text("server");
  reply.text("redis");
  reply.text("version");
  reply.text(REDIS_VERSION);
  reply.text("proto");
  reply.integer(reply.version);
  reply.text("id");
  reply.integer(client.id);
  reply.text("mode");
  reply.text("standalone");
  reply.text("role");
  reply.text("master");
  reply.text("modules");
  replyModules(parts, reply);
}

function reset(parts: ServerParts, context: CommandContext): void {
  const client = context.client as Session;
  for (const listener of parts.clients.resetListeners) listener(client);
  client.db = parts.keyspace.databases[0];
  client.name = "";
  client.user = DEFAULT_USER;
  client.replyMode = REPLY_ON;
  client.untouching = false;
  setAuthenticated(client, parts.config.get(requirepass) === "");
  context.reply.version = 2;
  context.reply.status("RESET");
}
