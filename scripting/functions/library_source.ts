/**
 * What a library says about itself in its first line: `#!lua name=mylib`.
 * Source: https://redis.io/docs/latest/develop/interact/programmability/functions-intro/
 *
 * @module
 */
import { ReplyError } from "../../server/api/mod.ts";
import { hasShebang, readShebang } from "../shebang.ts";

/** A library as it was sent. */
export interface LibrarySource {
  readonly name: string;
  /** All of it. */
  readonly code: Uint8Array;
  /** What Lua gets to see. */
  readonly body: Uint8Array;
}

/** Said of functions' names, too. */
export const BAD_NAME =
  "Library names can only contain letters, numbers, or underscores(_) and must be at least one character long";

const NAME = "name=";
const NO_METADATA = new ReplyError("ERR Missing library metadata");
const BAD_METADATA = new ReplyError("ERR Invalid library metadata");
const NO_NAME = new ReplyError("ERR Library name was not given");
const TWO_NAMES = new ReplyError("ERR Invalid metadata value, name argument was given multiple times");
const BAD_LIBRARY_NAME = new ReplyError(`ERR ${BAD_NAME}`);

/** Whether a library or a function may be called so. */
export function isName(name: string): boolean {
  return /^[A-Za-z0-9_]+$/.test(name);
}

/** Reads the first line of a library. Throws `ReplyError`. */
export function readLibrary(code: Uint8Array): LibrarySource {
  if (!hasShebang(code)) throw NO_METADATA;
  const shebang = readShebang(code);
  if (shebang === null || shebang.words === null) throw BAD_METADATA;
  const [engine, ...options] = shebang.words;
  const name = nameIn(options);
  if (!isName(name)) throw BAD_LIBRARY_NAME;
  if (engine.toLowerCase() !== "#!lua") throw new ReplyError(`ERR Engine '${engine.slice(2)}' not found`);
  return { name, code, body: shebang.body };
}

function nameIn(options: readonly string[]): string {
  let name: string | null = null;
  for (const option of options) {
    if (!option.toLowerCase().startsWith(NAME)) throw new ReplyError(`ERR Invalid metadata value given: ${option}`);
    if (name !== null) throw TWO_NAMES;
    name = option.slice(NAME.length);
  }
  if (name === null) throw NO_NAME;
  return name;
}
