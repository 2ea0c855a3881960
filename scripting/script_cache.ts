/**
 * The scripts that a server knows: found by their text's SHA-1, or by the text itself, which costs less than to hash it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Arguments, Key, ReplyError } from "../server/api/mod.ts";
import type { Runnable } from "./interpreter.ts";
import { flagsOf, isFlag, NO_FLAGS, type ScriptFlags } from "./script_flags.ts";
import { hasShebang, readShebang } from "./shebang.ts";

/** A compiled script. Its name is the SHA-1 of its text, 40 letters of lower-case hexadecimal. */
export interface Script extends Runnable {
  readonly text: Uint8Array;
}

/** Length of a script's name. */
export const SHA_LETTERS = 40;

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

  get count(): number {
    return this.#bySha.size;
  }

  /** The script whose SHA-1 an argument is. */
  find(args: Arguments, i: number): Script | undefined {
    if (args.size(i) !== SHA_LETTERS) return undefined;
    const start = args.start(i);
    const scripts = this.#byPrefix.get(prefixOf(args.buffer, start));
    return scripts?.find(({ name }) => spells(args.buffer, start, name));
  }

  /** The script whose text an argument is. */
  findText(args: Arguments, i: number): Script | undefined {
    const { hash } = args.key(i);
    return this.#byHash.get(hash)?.find(({ text }) => isSame(args, i, text));
  }

  add(script: Script): void {
    this.#bySha.set(script.name, script);
    const letters = Uint8Array.from(script.name, (letter) => letter.charCodeAt(0));
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

/** What a script says about itself in a first line such as `#!lua flags=no-writes`; what follows that. Throws `ReplyError`. */
export function readScript(text: Uint8Array): { flags: ScriptFlags; body: Uint8Array } {
  if (!hasShebang(text)) return { flags: NO_FLAGS, body: text };
  const shebang = readShebang(text);
  if (shebang === null) throw new ReplyError("ERR Invalid script shebang");
  const { words, body } = shebang;
  if (words === null) throw new ReplyError("ERR Invalid engine in script shebang");
  if (words[0] !== "#!lua") throw new ReplyError(`ERR Unexpected engine in script shebang: ${words[0]}`);
  const names: string[] = [];
  for (const word of words.slice(1)) {
    if (!word.startsWith("flags=")) throw new ReplyError(`ERR Unknown lua shebang option: ${word}`);
    const list = word.slice("flags=".length);
    for (const name of list === "" ? [] : list.split(",")) {
      if (!isFlag(name)) throw new ReplyError(`ERR Unexpected flag in script shebang: ${name}`);
      names.push(name);
    }
  }
  return { flags: flagsOf(names), body };
}
