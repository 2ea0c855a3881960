import { assertEquals } from "@std/assert";
import { ReplyWriter } from "../protocol/reply_writer.ts";
import { replyTree, statuses } from "./reply_tree.ts";

const tree = { name: "x", missing: undefined, list: [1, statuses(["a", "b"])], empty: {} };

function written(version: 2 | 3): string {
  const reply = new ReplyWriter();
  reply.version = version;
  replyTree(reply, tree);
  return new TextDecoder().decode(reply.buffer.subarray(0, reply.length)).replaceAll("\r\n", " ");
}

Deno.test("reply tree: RESP3 has maps and sets, and what is undefined isn't sent", () => {
  assertEquals(written(3), "%3 $4 name $1 x $4 list *2 :1 ~2 +a +b $5 empty %0 ");
});

Deno.test("reply tree: RESP2 has arrays", () => {
  assertEquals(written(2), "*6 $4 name $1 x $4 list *2 :1 *2 +a +b $5 empty *0 ");
});
