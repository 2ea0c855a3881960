/**
 * The commands that a case is found to use.
 *
 * @module
 */
import { assertEquals } from "./assert.ts";
import { commandsOf, commandsSent } from "./case_commands.ts";
import { area } from "./cases.ts";

Deno.test("case commands: first words, sub-commands and those asked about", () => {
  const { cases: [one] } = area("sample", '== x\nSET k v\n@2 & Blpop k 0\n> "GET"\n<\nCOMMAND INFO config|get');
  const used = commandsOf(one);
  for (const name of ["set", "blpop", "command", "command|info", "config", "config|get"]) {
    assertEquals(used.has(name), true, name);
  }
  assertEquals(used.has("get"), false);
  assertEquals(commandsSent(one).has("config"), false);
});
