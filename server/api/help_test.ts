import { assertEquals } from "@std/assert";
import { ReplyWriter } from "../protocol/reply_writer.ts";
import { replyHelp } from "./help.ts";

Deno.test("help: the syntax line first, HELP last, all simple strings", () => {
  const reply = new ReplyWriter();
  replyHelp(reply, "THING", ["COUNT", "    Count the things."]);
  const expected = [
    "*5",
    "+THING <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
    "+COUNT",
    "+    Count the things.",
    "+HELP",
    "+    Prints this help.",
    "",
  ];
  assertEquals(new TextDecoder().decode(reply.buffer.subarray(0, reply.length)), expected.join("\r\n"));
});
