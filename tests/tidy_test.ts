/**
 * What no compiler looks at: exports that nobody uses, files that nobody reaches, paths in documents that lead nowhere,
 * words that must not be left in the repository.
 *
 * @module
 */
import { assertEquals } from "./support/assert.ts";
import { denoFlags } from "./support/redeno.ts";
import { readSources, repositoryFiles, repositoryText, type SourceFile } from "./support/source_files.ts";

const sources = readSources();
const byPath = new Map(sources.map((source) => [source.path, source]));

/** Files whose exports are the product's public face. */
const publicFiles = ["mod.ts", "server/api/mod.ts"];

/** Where a run starts: the library, the command line, the tasks, tests, examples. */
function roots(): string[] {
  const { exports, tasks } = JSON.parse(repositoryText("deno.json"));
  const named = [...JSON.stringify([exports, tasks]).matchAll(/[\w./-]+\.ts/g)].map(([path]) =>
    path.replace(/^\.\//, "")
  );
  const entered = sources.map(({ path }) => path).filter((path) =>
    /_test\.ts$|^examples\/|^server\/main\.ts$/.test(path)
  );
  return [...publicFiles, ...named, ...entered].filter((path) => byPath.has(path));
}

function reachable(): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string) => {
    const source = byPath.get(path);
    if (!source || seen.has(path)) return;
    seen.add(path);
    const declarations = [...source.text.matchAll(/@ts-types="(.+?)"/g)].map(([, specifier]) =>
      `${path.slice(0, path.lastIndexOf("/"))}/${specifier.replace("./", "")}`
    );
    for (const one of source.imports) if (one.path) visit(one.path);
    declarations.forEach(visit);
  };
  roots().forEach(visit);
  return seen;
}

Deno.test("tidy: each file is reached from an entry, a test or an example", () => {
  const seen = reachable();
  assertEquals(sources.map(({ path }) => path).filter((path) => !seen.has(path)), []);
});

function usedNames(): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const { imports } of sources) {
    for (const { path, names } of imports) {
      if (path === undefined) continue;
      used.set(path, new Set([...used.get(path) ?? [], ...names]));
    }
  }
  return used;
}

function isUsedAtHome({ code }: SourceFile, name: string): boolean {
  return [...code.matchAll(new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`, "g"))].length > 1;
}

Deno.test("tidy: each export is used elsewhere", () => {
  const used = usedNames();
  const dead = sources.filter(({ path }) => !publicFiles.includes(path) && !path.endsWith(".d.ts")).flatMap(
    (source) => {
      const names = used.get(source.path) ?? new Set();
      if (names.has("*")) return [];
      const values = source.exportedValues.filter((name) => !names.has(name));
      const types = source.exportedTypes.filter((name) => !names.has(name) && !isUsedAtHome(source, name));
      return [...values, ...types].map((name) => `${source.path}: ${name}`);
    },
  );
  assertEquals(dead, []);
});

/** What of a file is public: of those that the public faces name, all that they take over. */
function publicNames(): [SourceFile, Set<string>][] {
  const names = new Map<string, Set<string>>();
  const add = (path: string, taken: readonly string[]) =>
    names.set(path, new Set([...names.get(path) ?? [], ...taken]));
  for (const face of publicFiles) {
    add(face, ["*"]);
    for (const [, clause, specifier] of byPath.get(face)!.text.matchAll(/^export ([^;]*?) from "(.+?)";/gm)) {
      const { path, names } = byPath.get(face)!.imports.find((one) => one.specifier === specifier)!;
      if (!publicFiles.includes(path!)) add(path!, clause.includes("*") ? ["*"] : names);
    }
  }
  return [...names].map(([path, taken]) => [byPath.get(path)!, taken]);
}

Deno.test("tidy: each public symbol is documented", () => {
  const declared = /^export (?:abstract )?(?:const|function|class|interface|type) ([\w$]+)/;
  const undocumented = publicNames().flatMap(([{ path, text }, names]) => {
    const lines = text.split("\n").filter((line) => !line.startsWith("//"));
    const overloads = new Set<string>();
    return lines.flatMap((line, i) => {
      const name = declared.exec(line)?.[1];
      if (name === undefined || (!names.has("*") && !names.has(name)) || overloads.has(name)) return [];
      overloads.add(name);
      return /\*\/$/.test(lines[i - 1]) && !/^ \* @module|^\/\*\*.*@module/.test(lines[i - 2])
        ? []
        : [`${path}: ${name}`];
    });
  });
  assertEquals(undocumented, []);
});

const files = repositoryFiles();
const topFolders = new Set(files.filter((path) => path.includes("/")).map((path) => path.split("/")[0]));
const exists = (path: string) => files.includes(path) || files.some((file) => file.startsWith(`${path}/`));

function namedPaths(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, path]) => path);
  const linked = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, path]) => path).filter((path) =>
    !/^\w+:/.test(path)
  );
  const spoken = quoted.filter((path) => path.includes("/") && topFolders.has(path.split("/")[0]));
  return [...spoken, ...linked].map((path) => path.replace(/^\.\//, "").replace(/\/$/, ""));
}

Deno.test("tidy: paths named in documents exist", () => {
  const wrong = files.filter((path) => path.endsWith(".md")).flatMap((document) => {
    const folder = document.slice(0, document.lastIndexOf("/") + 1);
    return namedPaths(repositoryText(document))
      .filter((path) => /^[\w.@/-]+$/.test(path) && !exists(path) && !exists(folder + path))
      .map((path) => `${document}: ${path}`);
  });
  assertEquals(wrong, []);
});

/** Put together here, or this file would contain them. */
const forbidden = [
  ...["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"].map((word) => new RegExp(`\\b${word}\\b`)),
  ...["@ts-" + "ignore", "@ts-" + "nocheck"].map((word) => new RegExp(word)),
  ...["registry" + ".npmjs", "npmjs" + ".com", "jsr" + ".io"].map((host) => new RegExp(host.replace(".", "\\."))),
  ...["/wo" + "rk/", "/opt/de" + "no", "/ro" + "ot/", "\\.\\./sha" + "red"].map((path) => new RegExp(path)),
];

/** Written by programs, with words of their own. */
const generated = /^deno\.lock$|^tests\/transcripts\/|\.(json|jsonl|rdb|aof)$/;

/** Names the place of a build aid that lies outside the repository. */
const allowed = new Set(["tests/compile_test.ts"]);

Deno.test("tidy: no word that does not belong here", () => {
  const found = files.filter((path) => !generated.test(path) && !allowed.has(path)).flatMap((path) => {
    const text = repositoryText(path);
    return forbidden.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern.source}`);
  });
  assertEquals(found, []);
});

Deno.test("tidy: the start task gives the flags that the tests give", () => {
  const { tasks } = JSON.parse(repositoryText("deno.json"));
  assertEquals(denoFlags.filter((flag) => !String(tasks.start).includes(flag)), []);
});

Deno.test("tidy: each source file opens with its story, at its top or below its imports", () => {
  const imports = /^import\b[^;]*;\n|^\/\/ @ts-types=.*\n|^#!.*\n|^\n/;
  const opensWithStory = (text: string): boolean => {
    for (let rest = text;; rest = rest.replace(imports, "")) {
      if (rest.startsWith("/**")) return true;
      if (!imports.test(rest)) return false;
    }
  };
  const told = ({ path, text }: SourceFile) => path.endsWith("_test.ts") || opensWithStory(text);
  assertEquals(sources.filter((source) => !told(source)).map(({ path }) => path), []);
});
