/**
 * Templates give the command lines that they describe, and a seed repeats them.
 *
 * @module
 */
import { assert, assertEquals } from "../support/assert.ts";
import { CommandGenerator } from "./command_generator.ts";
import { commandTemplates } from "./commands.ts";
import { SeededRandom } from "./seeded_random.ts";
import { fillTemplate, readTemplate } from "./template.ts";

function lines(template: string): Set<string> {
  const random = new SeededRandom(1);
  const made = Array.from(
    { length: 300 },
    () =>
      fillTemplate(readTemplate(template), random, (kind) => kind).map((arg) => new TextDecoder().decode(arg)).join(
        " ",
      ),
  );
  return new Set(made);
}

Deno.test("templates: options, alternatives, nesting and repetition", () => {
  assertEquals(lines("GET <key>"), new Set(["GET key"]));
  assertEquals(lines("A [B|C <x>] (D|E)"), new Set(["A D", "A E", "A B D", "A B E", "A C x D", "A C x E"]));
  assertEquals(lines("A [B [C]]"), new Set(["A", "A B", "A B C"]));
  assertEquals(lines("A {<k> <v>}"), new Set(["A k v", "A k v k v", "A k v k v k v", "A k v k v k v k v"]));
  assertEquals(readTemplate("~near:3 TTL <key>").mode, { name: "near", argument: "3" });
});

Deno.test("templates: a seed repeats its commands", () => {
  const made = () => {
    const generator = new CommandGenerator(new SeededRandom(42), Object.keys(commandTemplates));
    return Array.from({ length: 1000 }, () => generator.next().args);
  };
  assertEquals(made(), made());
  assert(made().some(([name]) => new TextDecoder().decode(name) === "SET"));
});
