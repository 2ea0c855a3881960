/**
 * `DEBUG PROTOCOL`: a reply of each type that the protocol has, for tests of client libraries.
 *
 * @module
 */
import { ReplyError } from "../../protocol/errors.ts";
import type { ReplyWriter } from "../../protocol/reply_writer.ts";
import type { DebugSubcommand } from "./subcommand.ts";

const NOT_IN_RESP2 = new ReplyError("ERR RESP2 is not supported by this command");
const UNKNOWN_TYPE = new ReplyError(
  "ERR Wrong protocol type name. Please use one of the following: " +
    "string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false",
);

const REPLIES: Readonly<Record<string, (reply: ReplyWriter) => void>> = {
  string: (reply) => reply.text("Hello World"),
  integer: (reply) => reply.integer(12345),
  double: (reply) => reply.double(3.141),
  null: (reply) => reply.null(),
  array(reply) {
    reply.array(3);
    for (let i = 0; i < 3; i++) reply.integer(i);
  },
  set(reply) {
    reply.set(3);
    for (let i = 0; i < 3; i++) reply.integer(i);
  },
  map(reply) {
    reply.map(3);
    for (let i = 0; i < 3; i++) {
      reply.integer(i);
      reply.boolean(i === 1);
    }
  },
  attrib(reply) {
    if (reply.version > 2) {
      reply.attribute(1);
      reply.text("key-popularity");
      reply.array(2);
      reply.text("key:123");
      reply.integer(90);
    }
    reply.text("Some real reply following the attribute");
  },
  push(reply) {
    if (reply.version < 3) throw NOT_IN_RESP2;
    reply.push(2);
    reply.text("server-cpu-usage");
    reply.integer(42);
    reply.text("Some real reply following the push reply");
  },
  true: (reply) => reply.boolean(true),
  false: (reply) => reply.boolean(false),
  verbatim: (reply) => reply.verbatim("This is a verbatim\nstring"),
  bignum: (reply) => reply.bigNumber("1234567999999999999999999999999999999"),
};

/** The sub-command of this file. */
export const protocolSubcommand: DebugSubcommand = {
  name: "PROTOCOL",
  words: [1, 1],
  help: [
    "PROTOCOL <type>",
    "Reply with a test value of the specified type. <type> can be: string,",
    "integer, double, bignum, null, array, set, map, attrib, push, verbatim,",
    "true, false.",
  ],
  run({ args, reply }) {
    const name = args.text(2).toLowerCase();
    if (!Object.hasOwn(REPLIES, name)) throw UNKNOWN_TYPE;
    REPLIES[name](reply);
  },
};
