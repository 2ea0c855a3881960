/**
 * Imports and exports are found, and only real ones.
 *
 * @module
 */
import { assertEquals } from "./assert.ts";
import { blankText, readSource } from "./source_files.ts";

const sample = [
  'import a, { b, type C as D } from "./one.ts";',
  'import type { E } from "../two.ts";',
  'import * as all from "pkg";',
  'import "./effect.ts";',
  'export { f, type G } from "./three.ts";',
  'export * from "./four.ts";',
  'const late = await import("./five.ts");',
  'const url = new URL("./worker.ts", import.meta.url);',
  '// import { no } from "./comment.ts";',
  '/* export { no } from "./comment.ts"; */',
  "const text = \"import { no } from './string.ts'\";",
  'const code = `import { no } from "./template.ts"; ${x("}")} export * from "./template.ts"`;',
  'const pattern = /import "x"[/]"/;',
  "export const h = 1;",
  "export async function i() {}",
  "export interface J {}",
  "export abstract class K {}",
  "export type L = { from: string };",
  "export { late as m };",
].join("\n");

Deno.test("source files: imports", () => {
  const { imports } = readSource("server/x/file.ts", sample);
  assertEquals(imports.map(({ path, specifier, names }) => [path ?? specifier, names.join()]), [
    ["server/x/one.ts", "b,C,default"],
    ["server/two.ts", "E"],
    ["pkg", "*"],
    ["server/x/effect.ts", "*"],
    ["server/x/three.ts", "f,G"],
    ["server/x/four.ts", "*"],
    ["server/x/five.ts", "*"],
    ["server/x/worker.ts", "*"],
  ]);
});

Deno.test("source files: exports", () => {
  const { exportedValues, exportedTypes } = readSource("server/x/file.ts", sample);
  assertEquals(exportedValues, ["h", "i", "K", "f", "m"]);
  assertEquals(exportedTypes, ["J", "L", "G"]);
});

Deno.test("source files: blanking keeps places", () => {
  assertEquals(blankText('a("b") // c'), 'a(" ")     ');
  assertEquals(blankText('`d${e("}")}f` + 1'), '` ${e(" ")} ` + 1');
  assertEquals(blankText("x = a / b; // c"), "x = a / b;     ");
  assertEquals(blankText("x = /a'/;"), "x =     ;");
});
