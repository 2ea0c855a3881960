import { assertEquals, assertThrows } from "@std/assert";
import { encodeText } from "../../server/api/mod.ts";
import { isName, readLibrary } from "./library_source.ts";

Deno.test("library source: its name and what Lua gets", () => {
  const code = encodeText("#!LUA NAME=my_lib1\nreturn 1");
  const { name, code: all, body } = readLibrary(code);
  assertEquals([name, all], ["my_lib1", code]);
  assertEquals(new TextDecoder().decode(body), "\nreturn 1");
});

Deno.test("library source: what is refused", () => {
  const refusal = (text: string) => (assertThrows(() => readLibrary(encodeText(text))) as Error).message;
  assertEquals(refusal("return 1"), "ERR Missing library metadata");
  assertEquals(refusal("#!lua name=a"), "ERR Invalid library metadata");
  assertEquals(refusal("#!lua\n"), "ERR Library name was not given");
  assertEquals(refusal("#!lua name=a name=a\n"), "ERR Invalid metadata value, name argument was given multiple times");
  assertEquals(refusal("#!lua flags=a\n"), "ERR Invalid metadata value given: flags=a");
  // The name is looked at before the engine.
  assertEquals(
    refusal("#!js name=a-b\n"),
    "ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long",
  );
  assertEquals(refusal("#!js name=a\n"), "ERR Engine 'js' not found");
});

Deno.test("library source: names", () => {
  for (const name of ["a", "A_9", "_", "0"]) assertEquals(isName(name), true, name);
  for (const name of ["", "a b", "a-b", "é", "a\n", "a\0"]) assertEquals(isName(name), false, name);
});
