/**
 * The commands that a case uses, by which cases of what a server does not have are left out.
 *
 * @module
 */
import type { Case, Step } from "./cases.ts";

/** Sub-commands of `COMMAND` that ask about the command after them. */
const asksAbout = new Set(["info", "docs", "getkeys", "getkeysandflags"]);

function wordTexts({ words }: Step): string[] {
  return words.map((word) => "bytes" in word ? new TextDecoder().decode(word.bytes).toLowerCase() : "");
}

function commandsOfStep(step: Step): string[] {
  if (step.kind !== "command" && step.kind !== "send") return [];
  const [name, second = "", third = "", fourth = ""] = wordTexts(step);
  const names = [name, `${name}|${second}`];
  if (name === "command" && asksAbout.has(second)) names.push(third, third.split("|")[0], `${third}|${fourth}`);
  return names;
}

/** Names of commands, and `command|second word`, in lower case; those that `COMMAND` is asked about included. */
export function commandsOf({ steps }: Case): Set<string> {
  return new Set(steps.flatMap(commandsOfStep));
}
