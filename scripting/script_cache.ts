/**
 * The scripts that a server knows: found by their text's SHA-1, or by the text itself, which costs less than to hash it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Arguments, decodeText, Key, ReplyError } from "../server/api/mod.ts";

/** What a script says about itself in its first line. */
export interface ScriptFlags {
  /** Whether there is such a line: without, a script is allowed more than with. */
  readonly declared: boolean;
  readonly noWrites: boolean;
  readonly allowOom: boolean;
}

/** A compiled script. */
export interface Script extends ScriptFlags {
  readonly text: Uint8Array;
  /** SHA-1 of the text, 40 letters of lower-case hexadecimal. */
  readonly sha: string;
  /** What its function is kept under in the registry. */
  readonly key: number;
}

const SHA_LETTERS = 40;
const UNDECLARED: ScriptFlags = { declared: false, noWrites: false, allowOom: false };
const KNOWN_FLAGS = ["no-writes", "allow-oom", "allow-stale", "no-cluster", "allow-cross-slot-keys"];
const LINE_FEED = 0x0a;

/** SHA-1 in lower-case hexadecimal. */
export function sha1(bytes: Uint8Array): string {
  return createHash("sha1").update(bytes).digest("hex");
}

export class ScriptCache {
  readonly #bySha = new Map<string, Script>();
  /** By the first bytes of the SHA-1, and by the hash of the text. */
  readonly #byPrefix = new Map<number, Script[]>();
  readonly #byHash = new Map<number, Script[]>();

  get all(): Iterable<Script> {
    return this.#bySha.values();
  }

  /** The script whose SHA-1 an argument is. */
  find(args: Arguments, i: number): Script | undefined {
    if (args.size(i) !== SHA_LETTERS) return undefined;
    const start = args.start(i);
    const scripts = this.#byPrefix.get(prefixOf(args.buffer, start));
    return scripts?.find(({ sha }) => spells(args.buffer, start, sha));
  }

  /** The script whose text an argument is. */
  findText(args: Arguments, i: number): Script | undefined {
    const { hash } = args.key(i);
    return this.#byHash.get(hash)?.find(({ text }) => isSame(args, i, text));
  }

  add(script: Script): void {
    this.#bySha.set(script.sha, script);
    const letters = Uint8Array.from(script.sha, (letter) => letter.charCodeAt(0));
    append(this.#byPrefix, prefixOf(letters, 0), script);
    append(this.#byHash, Key.of(script.text).hash, script);
  }

  clear(): void {
    this.#bySha.clear();
    this.#byPrefix.clear();
    this.#byHash.clear();
  }
}

function append(map: Map<number, Script[]>, key: number, script: Script): void {
  const scripts = map.get(key);
  if (scripts === undefined) map.set(key, [script]);
  else scripts.push(script);
}

/** Four letters of hexadecimal in any case, as a number; the same for other bytes now and then. */
function prefixOf(bytes: Uint8Array, start: number): number {
  let prefix = 0;
  for (let i = 0; i < 4; i++) prefix = prefix << 7 | (bytes[start + i] | 0x20);
  return prefix;
}

function spells(bytes: Uint8Array, start: number, sha: string): boolean {
  for (let i = 0; i < SHA_LETTERS; i++) {
    const byte = bytes[start + i];
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== sha.charCodeAt(i)) return false;
  }
  return true;
}

function isSame(args: Arguments, i: number, text: Uint8Array): boolean {
  if (args.size(i) !== text.length) return false;
  const start = args.start(i);
  for (let at = 0; at < text.length; at++) if (args.buffer[start + at] !== text[at]) return false;
  return true;
}

/** Reads a first line such as `#!lua flags=no-writes`; what follows it is the script. Throws `ReplyError`. */
export function readShebang(text: Uint8Array): { flags: ScriptFlags; body: Uint8Array } {
  if (text[0] !== 0x23 || text[1] !== 0x21) return { flags: UNDECLARED, body: text };
  const end = text.indexOf(LINE_FEED);
  if (end < 0) throw new ReplyError("ERR Invalid script shebang");
  const words = splitWords(decodeText(text.subarray(0, end)));
  if (words === null || words.length === 0) throw new ReplyError("ERR Invalid engine in script shebang");
  if (words[0] !== "#!lua") throw new ReplyError(`ERR Unexpected engine in script shebang: ${words[0]}`);
  const flags = new Set<string>();
  for (const word of words.slice(1)) {
    if (!word.startsWith("flags=")) throw new ReplyError(`ERR Unknown lua shebang option: ${word}`);
    const names = word.slice("flags=".length);
    for (const name of names === "" ? [] : names.split(",")) {
      if (!KNOWN_FLAGS.includes(name)) throw new ReplyError(`ERR Unexpected flag in script shebang: ${name}`);
      flags.add(name);
    }
  }
  // The line feed stays, so that lines are counted as they are written.
  return {
    flags: { declared: true, noWrites: flags.has("no-writes"), allowOom: flags.has("allow-oom") },
    body: text.subarray(end),
  };
}

/** Words apart, those in quotes without them; null where a quote is left open. */
function splitWords(line: string): string[] | null {
  const words = line.match(/"[^"]*"(?=\s|$)|'[^']*'(?=\s|$)|[^\s"']+|["']/g) ?? [];
  if (words.some((word) => word === '"' || word === "'")) return null;
  return words.map((word) => /^["']/.test(word) ? word.slice(1, -1) : word);
}
