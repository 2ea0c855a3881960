import { assertEquals } from "@std/assert";
import { encodeText } from "../../server/api/mod.ts";
import { replyText } from "./reply_text.ts";

const SHOWN = {
  "+OK\r\n": '"+OK"',
  "-ERR a\r\n": '"-ERR a"',
  ":-5\r\n": "-5",
  "$4\r\na\r\nb\r\n": '"a\\r\\nb"',
  "$0\r\n\r\n": '""',
  "$-1\r\n": "NULL",
  "*-1\r\n": "NULL",
  "*0\r\n": "[]",
  "*2\r\n*1\r\n:1\r\n$1\r\na\r\n": '[[1],"a"]',
  "%2\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n_\r\n": '{"a" => 1,"b" => (null)}',
  "~2\r\n#t\r\n#f\r\n": "~(#true,#false)",
  ",1.5\r\n": "(double) 1.5",
  "=5\r\ntxt:a\r\n": '"a"',
  "|1\r\n+a\r\n:1\r\n:2\r\n": "2",
};

Deno.test("replies in the debugger: every form of the protocol", () => {
  for (const [reply, shown] of Object.entries(SHOWN)) assertEquals(replyText(encodeText(reply)), shown);
});
