import { assert, assertEquals, assertThrows } from "@std/assert";
import { Arguments, encodeText } from "../server/api/mod.ts";
import { readScript, type Script, ScriptCache, sha1 } from "./script_cache.ts";
import { NO_FLAGS } from "./script_flags.ts";

function script(text: string, key: number): Script {
  const bytes = encodeText(text);
  return { text: bytes, name: sha1(bytes), key, isFunction: false, ...NO_FLAGS };
}

Deno.test("scripts: found by SHA-1 in any case, and by text", () => {
  const cache = new ScriptCache();
  const scripts = Array.from({ length: 2000 }, (_, i) => script(`return ${i}`, i));
  scripts.forEach((one) => cache.add(one));
  for (const one of scripts) {
    assertEquals(cache.find(Arguments.of([one.name.toUpperCase()]), 0), one);
    assertEquals(cache.findText(Arguments.of([one.text]), 0), one);
  }
  const [{ name: sha }] = scripts;
  for (const other of [sha.slice(1), `${sha}0`, sha.slice(0, 39) + "g", ""]) {
    assertEquals(cache.find(Arguments.of([other]), 0), undefined);
  }
  assertEquals(cache.findText(Arguments.of(["return"]), 0), undefined);
  cache.clear();
  assertEquals(cache.find(Arguments.of([sha]), 0), undefined);
});

Deno.test("scripts: what the first line says", () => {
  const read = (text: string) => readScript(encodeText(text));
  assertEquals(read("return 1").flags, NO_FLAGS);
  const { flags, body } = read("#!lua flags=no-writes,allow-oom\nreturn 1");
  assert(flags.declared && flags.noWrites && flags.allowOom);
  assertEquals(new TextDecoder().decode(body), "\nreturn 1");
  for (const text of ["#!lua", "#!js\n", "#!lua flags=fast\n", "#!lua name=x\n", '#!lua "flags\n']) {
    assertThrows(() => read(text));
  }
});
