/**
 * Command templates: one line says what a command's arguments may be.
 *
 * ```text
 * SET <key> <value> [NX|XX] [GET] [EX <ttl>|PX <ttlMs>|KEEPTTL]
 * MSET {<key> <value>}
 * ~near:3 TTL <key>
 * ```
 *
 * `<kind>` is an argument of that kind, `[…]` may be left out, `(…)` must be there, `|` separates alternatives, `{…}` comes
 * one to four times, `~mode` says how the replies are compared (see ../support/compare.ts). A line that begins with `!` is sent
 * as it allows, never spoilt. Templates are data, so that the
 * command table of a new data type costs the fuzzer a list of lines.
 *
 * @module
 */
import { type Argument, toBytes } from "../support/bytes.ts";
import { exactMode, type Mode, parseMode } from "../support/compare.ts";
import type { SeededRandom } from "./seeded_random.ts";

const optionalChance = 0.4;
const repeatsMax = 4;

type Part =
  | { word: string }
  | { kind: string }
  | { alternatives: Part[][]; optional: boolean }
  | { repeated: Part[] };

/** A template that has been read. */
export interface Template {
  readonly parts: readonly Part[];
  readonly mode: Mode;
  /** Whether some of the lines made are spoilt. */
  readonly spoilt: boolean;
}

/** Makes an argument of a kind. */
export type ArgumentMaker = (kind: string, random: SeededRandom) => Argument;

const closers: Record<string, string> = { "[": "]", "(": ")", "{": "}" };

class TemplateReader {
  #at = 0;
  readonly #tokens: string[];

  constructor(readonly line: string) {
    this.#tokens = line.match(/<\w+>|[[\](){}|]|[^\s[\](){}|<>]+/g) ?? [];
  }

  sequence(closer: string | undefined): Part[][] {
    const alternatives: Part[][] = [[]];
    for (;;) {
      const token = this.#tokens[this.#at++];
      if (token === closer) return alternatives;
      if (token === undefined) throw new Error(`${closer} is missing: ${this.line}`);
      if (token === "|") alternatives.push([]);
      else alternatives.at(-1)!.push(this.#part(token));
    }
  }

  #part(token: string): Part {
    if (token.startsWith("<")) return { kind: token.slice(1, -1) };
    if (token === "{") return { repeated: this.sequence("}")[0] };
    if (token in closers) return { alternatives: this.sequence(closers[token]), optional: token === "[" };
    return { word: token };
  }
}

/** Reads one template line. */
export function readTemplate(line: string): Template {
  const [, whole, modeText, body] = /^(! )?(?:~(\S+) )?(.*)$/.exec(line)!;
  return {
    parts: new TemplateReader(body).sequence(undefined)[0],
    mode: modeText === undefined ? exactMode : parseMode(modeText),
    spoilt: whole === undefined,
  };
}

/** A command line that the template allows. */
export function fillTemplate(template: Template, random: SeededRandom, make: ArgumentMaker): Uint8Array[] {
  const args: Uint8Array[] = [];
  const fill = (parts: readonly Part[]) => {
    for (const part of parts) {
      if ("word" in part) args.push(toBytes(part.word));
      else if ("kind" in part) args.push(toBytes(make(part.kind, random)));
      else if ("repeated" in part) {
        for (let left = random.integer(1, repeatsMax); left > 0; left--) fill(part.repeated);
      } else if (!part.optional || random.chance(optionalChance)) fill(random.pick(part.alternatives));
    }
  };
  fill(template.parts);
  return args;
}
