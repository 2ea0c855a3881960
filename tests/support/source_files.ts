/**
 * The repository's source files and what each imports and exports, found without a compiler.
 *
 * Comments and the contents of strings are blanked first, so that an import that is only spoken of does not count; the
 * blanked text has the length of the original, and specifiers are read from the original at the same place.
 *
 * @module
 */
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/** Without a slash at the end. */
const repositoryRoot = normalize(fileURLToPath(new URL("../..", import.meta.url))).replace(/[/\\]$/, "");

const skippedFolders = new Set([".git", "node_modules", "dist", "coverage"]);

/** Paths of all files under a folder of the repository, relative to its root, with `/`. */
export function repositoryFiles(folder = ""): string[] {
  const paths: string[] = [];
  for (const entry of Deno.readDirSync(join(repositoryRoot, folder))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile) paths.push(path);
    else if (entry.isDirectory && !skippedFolders.has(entry.name)) paths.push(...repositoryFiles(path));
  }
  return paths.sort();
}

/** The text of a file. */
export function repositoryText(path: string): string {
  return Deno.readTextFileSync(join(repositoryRoot, path));
}

const beforeRegExp = /(?:^|[=(,:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|do|else))\s*$/;

/** The text with comments and the contents of strings and regular expressions as blanks; of the same length. */
export function blankText(text: string): string {
  let blanked = "";
  const blank = (until: number) => {
    blanked += text.slice(blanked.length, until).replaceAll(/[^\n]/g, " ");
  };
  const keep = (until: number) => {
    blanked += text.slice(blanked.length, until);
  };
  const endOf = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from;
    return pattern.exec(text) ? pattern.lastIndex : text.length;
  };
  const templateDepths: number[] = [];
  let depth = 0;
  const template = () => {
    const end = endOf(/(?:[^\\`$]|\\.|\$(?!\{))*/sy, blanked.length);
    blank(end);
    const opens = text.startsWith("${", end);
    keep(opens ? end + 2 : end + 1);
    if (opens) templateDepths.push(depth++);
  };
  while (blanked.length < text.length) {
    const at = blanked.length;
    const character = text[at];
    if (text.startsWith("//", at)) blank(endOf(/[^\n]*/y, at));
    else if (text.startsWith("/*", at)) blank(endOf(/.*?\*\//sy, at));
    else if (character === '"' || character === "'") {
      const end = endOf(character === '"' ? /"(?:[^"\\]|\\.)*"/sy : /'(?:[^'\\]|\\.)*'/sy, at);
      keep(at + 1);
      blank(end - 1);
      keep(end);
    } else if (character === "`") {
      keep(at + 1);
      template();
    } else if (character === "/" && beforeRegExp.test(blanked.slice(-40))) {
      blank(endOf(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y, at));
    } else {
      if (character === "{") depth++;
      if (character === "}") depth--;
      keep(at + 1);
      if (character === "}" && templateDepths.at(-1) === depth) {
        templateDepths.pop();
        template();
      }
    }
  }
  return blanked;
}

/** One import or re-export. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The imported file, relative to the root; `undefined` for a package. */
  readonly path: string | undefined;
  /** The names taken; `*` for all of them. */
  readonly names: readonly string[];
}

/** A source file. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The text without comments and contents of strings. */
  readonly code: string;
  readonly imports: readonly Import[];
  /** Names of exported values, those of re-exports included. */
  readonly exportedValues: readonly string[];
  /** Names of exported types. */
  readonly exportedTypes: readonly string[];
}

const importPattern =
  /\b(?:import|export)\s+(?:type\s+)?([\w$*{},\s]+?)\s*\bfrom\s*"|\bimport\s*\(?\s*"|new URL\(\s*"/g;
const declaredPattern =
  /^export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(const|let|function\*?|class|enum|interface|type)\s+([\w$]+)/gm;
const exportListPattern = /^export\s+(type\s+)?\{([^}]*)\}/gm;

function namesIn(clause: string): string[] {
  if (/\*/.test(clause)) return ["*"];
  const [before, braced = ""] = clause.split("{");
  const names = braced.replace("}", "").split(",").map((item) =>
    item.trim().replace(/^type\s+/, "").split(/\s+as\s+/)[0]
  );
  const defaultName = before.replace(",", "").trim();
  return [...names, ...(defaultName ? ["default"] : [])].filter((name) => name !== "");
}

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return normalize(join(dirname(from), specifier)).replaceAll("\\", "/");
}

function importsOf(path: string, text: string, code: string): Import[] {
  return [...code.matchAll(importPattern)].map(({ 0: whole, 1: clause, index }) => {
    const from = index + whole.length;
    const specifier = text.slice(from, text.indexOf('"', from));
    return { specifier, path: resolve(path, specifier), names: clause === undefined ? ["*"] : namesIn(clause) };
  });
}

/** Reads a source file. */
export function readSource(path: string, text = repositoryText(path)): SourceFile {
  const code = blankText(text);
  const declared = [...code.matchAll(declaredPattern)].map(([, kind, name]) => ({
    name,
    isType: kind === "interface" || kind === "type",
  }));
  const listed = [...code.matchAll(exportListPattern)].flatMap(([, allTypes, list]) =>
    list.split(",").map((item) => item.trim()).filter((item) => item !== "").map((item) => ({
      name: item.replace(/^type\s+/, "").split(/\s+as\s+/).at(-1)!,
      isType: allTypes !== undefined || item.startsWith("type "),
    }))
  );
  const all = [...declared, ...listed];
  return {
    path,
    text,
    code,
    imports: importsOf(path, text, code),
    exportedValues: all.filter(({ isType }) => !isType).map(({ name }) => name),
    exportedTypes: all.filter(({ isType }) => isType).map(({ name }) => name),
  };
}

/** Every TypeScript file of the repository. */
export function readSources(): SourceFile[] {
  return repositoryFiles().filter((path) => path.endsWith(".ts")).map((path) => readSource(path));
}
