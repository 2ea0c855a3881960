import { assertEquals } from "@std/assert";
import { decodeText, encodeText } from "../base/text.ts";
import { readStrictRequest } from "./strict_request.ts";

function words(text: string): string[] | null | undefined {
  const request = readStrictRequest(encodeText(text));
  if (request === null || request === undefined) return request;
  return Array.from({ length: request.count }, (_, i) => decodeText(request.view(i)));
}

Deno.test("strict requests: an array of bulk strings, however it is cut", () => {
  const text = "*2\r\n$5\r\nprint\r\n$1\r\nx\r\n";
  for (let end = 0; end < text.length; end++) assertEquals(words(text.slice(0, end)), undefined, `${end} bytes`);
  assertEquals(words(text), ["print", "x"]);
  assertEquals(words(`${text}*1\r\n`), ["print", "x"]);
  assertEquals(words("*1024\r\n"), undefined);
});

Deno.test("strict requests: anything else is none", () => {
  for (
    const text of [
      "step\r\n",
      "\r\n",
      "*a\r\n",
      "*0\r\n",
      "*-1\r\n",
      "*1025\r\n",
      "*1\r\n:5\r\n",
      "*1\r\n$0\r\n\r\n",
      "*1\r\n$-1\r\n",
      "*1\r\n$1025\r\n",
      "*1\r\n$3\r\nstep\r\n",
    ]
  ) assertEquals(words(text), null, JSON.stringify(text));
});
