/**
 * The small language that oracle cases are written in.
 *
 * A case is a title and lines, one command each; what the server should answer is not written down, since the oracle
 * knows it. Each case starts with empty databases, fresh connections and the configuration that the server started with.
 *
 * ```text
 * # a comment
 * == SET with options {2}        a case; {2} or {3} keeps it to one protocol version
 * SET k "a b"                    a command, words as in redis-cli (see words.ts)
 * @2 GET k                       on the connection named 2
 * ~near:1000 PTTL k              the reply compared by a mode (see compare.ts)
 * DUMP k => payload              the reply kept as $payload; `=> id 1` keeps its element 1
 * @2 & CLIENT PAUSE 10           sent, no reply read
 * @2 <                           one more reply read: a push, a MONITOR line, a late reply
 * @2 <none>                      nothing to read
 * @2 <eof>                       everything up to the close of the connection
 * > "GET k\r\n"                  raw bytes sent, no reply read
 * %until "blocked_clients:1" INFO clients      repeated, on a connection of its own, until the reply contains the text
 * ```
 *
 * @module
 */
import { exactMode, type Mode, parseMode } from "./compare.ts";
import { parseWords, type Word } from "./words.ts";

/** Protocol versions that a case is run over. */
export type Door = "2" | "3";

/** One line of a case. */
export interface Step {
  /** The line as written. */
  readonly line: string;
  readonly kind: "command" | "send" | "raw" | "read" | "none" | "eof" | "until";
  /** The connection's name. */
  readonly connection: string;
  readonly mode: Mode;
  readonly words: readonly Word[];
  /** Where the reply is kept: under `name`, its element `element` when given. */
  readonly capture?: { readonly name: string; readonly element?: number };
}

/** A sequence of steps on an empty server. */
export interface Case {
  readonly title: string;
  readonly doors: readonly Door[];
  readonly steps: readonly Step[];
}

/** The cases of one area: one file of cases, one transcript, one pair of servers. */
export interface Area {
  readonly name: string;
  readonly cases: readonly Case[];
}

const reads: Record<string, Step["kind"]> = { "<": "read", "<none>": "none", "<eof>": "eof" };
const titlePattern = /^== (.*?)(?: \{([23])\})?$/;
const prefixPattern = /^(?:@(\S+)\s+)?(?:~(\S+)\s+)?(?:(&|>|%until)\s+)?/;
const prefixKinds: Record<string, Step["kind"]> = { "&": "send", ">": "raw", "%until": "until" };
const capturePattern = /\s+=>\s+([a-z]\w*)(?:\s+(\d+))?$/;

function parseStep(line: string): Step {
  const [prefix, connection = "1", modeText, marker] = prefixPattern.exec(line)!;
  const capture = capturePattern.exec(line);
  const body = line.slice(prefix.length, capture?.index);
  const kind = reads[body] ?? prefixKinds[marker] ?? "command";
  return {
    line,
    kind,
    connection,
    mode: modeText === undefined ? exactMode : parseMode(modeText),
    words: body in reads ? [] : parseWords(body),
    capture: capture
      ? { name: capture[1], element: capture[2] === undefined ? undefined : Number(capture[2]) }
      : undefined,
  };
}

/** Reads the cases of an area; throws on a line that it does not understand and on a title used twice. */
export function area(name: string, text: string): Area {
  const cases: { title: string; doors: Door[]; steps: Step[] }[] = [];
  for (const line of text.split("\n").map((line) => line.trim())) {
    if (line === "" || line.startsWith("# ")) continue;
    const title = titlePattern.exec(line);
    if (title) {
      if (cases.some((other) => other.title === title[1])) throw new Error(`${name}: two cases are called ${title[1]}`);
      cases.push({ title: title[1], doors: title[2] ? [title[2] as Door] : ["2", "3"], steps: [] });
    } else {
      const current = cases.at(-1);
      if (!current) throw new Error(`${name}: a line before the first title: ${line}`);
      current.steps.push(parseStep(line));
    }
  }
  return { name, cases };
}
