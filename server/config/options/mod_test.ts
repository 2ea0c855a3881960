import { assert, assertEquals } from "@std/assert";
import { Config } from "../config.ts";
import defaults from "../testdata/defaults.json" with { type: "json" };
import { allOptions } from "../testdata/all_options.ts";

/** What this server has beside the parameters of Redis. */
const ADDED = { maxheap: "0" };

Deno.test("options: every parameter of Redis 7.0.15 with its name, its older names and its default", () => {
  const shown = Object.fromEntries(new Config(allOptions).matching(["*"]));
  assertEquals(shown, { ...defaults.visible, ...ADDED, dir: Deno.cwd() });
});

Deno.test("options: hidden parameters answer to their names alone", () => {
  const config = new Config(allOptions);
  const names = Object.keys(defaults.hidden);
  assertEquals(Object.fromEntries(config.matching(names)), defaults.hidden);
  for (const name of names) assert(config.find(name)!.hidden, name);
});

Deno.test("options: the sensitive, the protected and those refused while loading", () => {
  const named = (trait: "sensitive" | "protected" | "refusedWhileLoading") =>
    allOptions.filter((option) => option[trait]).map((option) => option.name).sort();
  assertEquals(named("sensitive"), ["masterauth", "masteruser", "requirepass"]);
  assertEquals(named("protected"), ["dbfilename", "dir"]);
  assertEquals(named("refusedWhileLoading"), ["appendonly", "dir", "repl-diskless-load"]);
});

Deno.test("options: the default of each is a value that it accepts itself", () => {
  for (const option of allOptions) {
    const { kind } = option;
    const text = kind.format(kind.initial());
    if (option.name === "replicaof") continue; // "no master" is shown as an empty text and spelled `no one`
    const words = kind.words === "one" ? [text] : text === "" ? [] : text.split(" ");
    assertEquals(kind.format(kind.read(words, kind.initial(), false)), text, option.name);
  }
});
