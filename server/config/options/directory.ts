/**
 * The working directory. A process has one, but many servers may live in it: so the directory belongs to the server, and
 * every file name of the configuration is resolved against it where the file is opened.
 *
 * @module
 */
import { resolve } from "node:path";
import { defineOption, type Option, OptionError, type OptionKind } from "../option.ts";
import { quote } from "../quoting.ts";
import { systemReason } from "../system_reason.ts";

const kind: OptionKind<string, string> = {
  words: "one",
  initial: () => Deno.cwd(),
  read: ([word], current) => realDirectory(word, current),
  value: (exact) => exact,
  format: (exact) => exact,
  lines: (exact) => [{ text: quote(exact), required: true }],
};

function realDirectory(path: string, base: string): string {
  try {
    if (path === "") throw new Deno.errors.NotFound();
    const real = Deno.realPathSync(resolve(base, path));
    if (!Deno.statSync(real).isDirectory) throw new Deno.errors.NotADirectory();
    return real;
  } catch (error) {
    throw new OptionError(systemReason(error));
  }
}

/** Absolute path of the directory of the dataset's files, and of all relative file names. */
export const dir: Option<string> = defineOption("dir", kind, {
  live: true,
  protected: true,
  refusedWhileLoading: true,
});
