import { assertEquals } from "@std/assert";
import { beforeNul, decodeText, encodeText } from "./text.ts";

Deno.test("text: any bytes survive the way to a text and back", () => {
  const cases: [number[], string][] = [
    [[], ""],
    [[0x61, 0x62], "ab"],
    [[0xc3, 0xa9], "é"],
    [[0xf0, 0x9f, 0x98, 0x80], "😀"],
    [[0xef, 0xbb, 0xbf, 0x61], "\ufeffa"],
    [[0xff], "\udcff"],
    [[0x61, 0xff, 0xc3, 0xa9, 0x80], "a\udcffé\udc80"],
    [[0xf0, 0x9f, 0x98], "\udcf0\udc9f\udc98"],
    [[0xed, 0xb3, 0xbf], "\udced\udcb3\udcbf"],
    [[0x00, 0x0a], "\0\n"],
  ];
  for (const [bytes, text] of cases) {
    assertEquals(decodeText(Uint8Array.from(bytes)), text);
    assertEquals([...encodeText(text)], bytes);
  }
});

Deno.test("text: a string in C ends at the first zero byte", () => {
  for (const [text, shown] of [["", ""], ["ab", "ab"], ["a\0b\0", "a"], ["\0", ""]]) {
    assertEquals(decodeText(beforeNul(encodeText(text))), shown);
  }
});
