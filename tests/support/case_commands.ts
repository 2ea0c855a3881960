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

function sentIn(step: Step): string[] {
  if (step.kind !== "command" && step.kind !== "send") return [];
  const [name, second = ""] = wordTexts(step);
  return [name, `${name}|${second}`];
}

function askedIn(step: Step): string[] {
  const [name, second = "", third = "", fourth = ""] = wordTexts(step);
  return name === "command" && asksAbout.has(second) ? [third, third.split("|")[0], `${third}|${fourth}`] : [];
}

/** Names of the commands that the case sends, and `command|second word`, in lower case. */
export function commandsSent({ steps }: Case): Set<string> {
  return new Set(steps.flatMap(sentIn));
}

/** Like {@link commandsSent}, with those that `COMMAND` is asked about. */
export function commandsOf({ steps }: Case): Set<string> {
  return new Set(steps.flatMap((step) => [...sentIn(step), ...askedIn(step)]));
}
