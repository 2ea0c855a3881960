/**
 * Which files an `include` line names: one, or, with a shell pattern, all that match, in alphabetical order, perhaps
 * none. As in a shell, a pattern matches within one directory's names, and hidden files only where it begins with a dot.
 *
 * @module
 */
import { parse, resolve, sep } from "node:path";
import { globMatch } from "../base/glob.ts";
import { encodeText } from "../base/text.ts";

const PATTERN_CHARACTERS = /[*?[]/;

/** Absolute paths of the files that match; what is no pattern is returned as it is, whether the file exists or not. */
export function includedFiles(pattern: string, directory: string): string[] {
  if (!PATTERN_CHARACTERS.test(pattern)) return [pattern];
  const absolute = resolve(directory, pattern);
  const { root } = parse(absolute);
  let paths = [root];
  for (const part of absolute.slice(root.length).split(sep)) {
    paths = paths.flatMap((path) => PATTERN_CHARACTERS.test(part) ? matches(path, part) : [resolve(path, part)]);
  }
  return paths.filter(exists);
}

function matches(directory: string, part: string): string[] {
  const glob = encodeText(part.replaceAll("[!", "[^"));
  const names = namesIn(directory).filter((name) => {
    return (!name.startsWith(".") || part.startsWith(".")) && globMatch(glob, encodeText(name));
  });
  return names.sort().map((name) => resolve(directory, name));
}

/** A name on the way that is no directory, or cannot be read, matches nothing. */
function namesIn(directory: string): string[] {
  try {
    return Array.from(Deno.readDirSync(directory), (entry) => entry.name);
  } catch {
    return [];
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
