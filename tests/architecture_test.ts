/**
 * The arrows of the module graph: imports point down the core's folders, modules and scripting know the module API alone,
 * and only `mod.ts` brings them together. Examples know what `mod.ts` gives, as any module from outside does.
 *
 * @module
 */
import { assert, assertEquals } from "./support/assert.ts";
import { readSources, type SourceFile } from "./support/source_files.ts";

/** The core's folders, lowest first: a file imports its own folder and those before it. */
const coreFolders = [
  "base",
  "heap",
  "structures",
  "protocol",
  "config",
  "api",
  "keyspace",
  "observe",
  "commands",
  "registry",
  "persistence",
  "network",
  "replication",
  "cluster",
  "builtin",
];

const isTestFile = (path: string) => /_test\.ts$|\/testdata\//.test(path);
const sources = readSources();
const product = sources.filter(({ path }) =>
  /^(server|modules|scripting|examples)\/|^mod\.ts$/.test(path) && !isTestFile(path)
);

/** Modules that build on the types of others, which they name under `requires`. */
const moduleArrows: Record<string, readonly string[]> = {
  bitmaps: ["strings"],
  hyperloglog: ["strings"],
  zsets: ["sets"],
  geo: ["zsets"],
  sort: ["strings", "hashes", "lists", "sets", "zsets"],
};

/** Where a file stands: a core folder, the top of the core, a module, scripting, the library's face. */
function placeOf(path: string): string {
  const parts = path.split("/");
  if (parts[0] === "server") {
    return parts.length > 2 ? `server/${parts[1]}` : path === "server/main.ts" ? path : "server";
  }
  if (parts[0] === "modules") return `modules/${parts[1]}`;
  return parts[0];
}

function coreRank(place: string): number {
  return place === "server" ? coreFolders.length : coreFolders.indexOf(place.slice("server/".length));
}

function allows(from: string, to: string): boolean {
  if (from === to) return true;
  const toCore = to === "server" || (to.startsWith("server/") && to !== "server/main.ts");
  if (from === "mod.ts") return toCore || to.startsWith("modules/") || to === "scripting";
  if (from === "server/main.ts") return toCore || to === "mod.ts" || to === "tools";
  if (from === "examples") return to === "mod.ts" || to === "server/api";
  if (from.startsWith("modules/") && to.startsWith("modules/")) {
    return moduleArrows[from.slice("modules/".length)]?.includes(to.slice("modules/".length)) ?? false;
  }
  if (from.startsWith("modules/") || from === "scripting") return to === "server/api";
  return toCore && coreRank(to) < coreRank(from);
}

function forbiddenImports({ path, imports }: SourceFile): string[] {
  return imports
    .filter((one) => one.path !== undefined && !allows(placeOf(path), placeOf(one.path)))
    .map((one) => `${path} imports ${one.path}`);
}

Deno.test("architecture: each file stands in a known place", () => {
  const unknown = product.map(({ path }) => placeOf(path)).filter((place) =>
    place.startsWith("server/") && coreRank(place) === -1
  );
  assertEquals(unknown.filter((place) => place !== "server/main.ts"), []);
});

Deno.test("architecture: no import points up or aside", () => {
  assertEquals(product.flatMap(forbiddenImports), []);
});

Deno.test("architecture: the test sees a wrong arrow", () => {
  for (
    const [from, to] of [
      ["server/base", "server/heap"],
      ["server/heap", "modules/strings"],
      ["server/builtin", "server"],
      ["server", "mod.ts"],
      ["modules/strings", "server/keyspace"],
      ["modules/strings", "modules/hashes"],
      ["scripting", "server/commands"],
      ["mod.ts", "server/main.ts"],
      ["examples", "server/keyspace"],
    ]
  ) {
    assert(!allows(from, to), `${from} to ${to}`);
  }
  assert(
    allows("server/heap", "server/base") && allows("modules/strings", "server/api") && allows("server", "server/api"),
  );
});

Deno.test("architecture: only server/main.ts reads the command line and exits", () => {
  const reads = /\bDeno\s*\.\s*(args|exit)\b|\bprocess\s*\.\s*(argv|exit)\b/;
  assertEquals(
    product.filter(({ path, code }) => path !== "server/main.ts" && reads.test(code)).map(({ path }) => path),
    [],
  );
});

Deno.test("architecture: no state outside a server instance", () => {
  const state = /^(?:export\s+)?(?:let|var)\s+\w+/m;
  assertEquals(
    product.filter(({ path, code }) => path !== "server/main.ts" && state.test(code)).map(({ path }) => path),
    [],
  );
});

Deno.test("architecture: nothing prints but the log and the command line", () => {
  const prints = /\bconsole\s*\./;
  assertEquals(
    product.filter(({ path, code }) => path !== "server/main.ts" && prints.test(code)).map(({ path }) => path),
    [],
  );
});
