import { assertEquals } from "@std/assert";
import { basename } from "node:path";
import { includedFiles } from "./include.ts";

Deno.test("include: patterns match as in a shell", () => {
  const directory = Deno.makeTempDirSync();
  try {
    for (const name of ["one", "two"]) Deno.mkdirSync(`${directory}/${name}`);
    for (const name of ["b.conf", "a.conf", ".c.conf", "one/a.conf", "two/b.conf"]) {
      Deno.writeTextFileSync(`${directory}/${name}`, "");
    }
    const names = (pattern: string) => includedFiles(pattern, directory).map((path) => basename(path));
    assertEquals(names("*.conf"), ["a.conf", "b.conf"]);
    assertEquals(names("[!a].conf"), ["b.conf"]);
    assertEquals(names(".?.conf"), [".c.conf"]);
    assertEquals(names("*/?.conf"), ["a.conf", "b.conf"]);
    assertEquals(names("*/a.conf"), ["a.conf"]);
    assertEquals(names("none*"), []);
    assertEquals(names("none*/a.conf"), []);
    assertEquals(names("a.conf/*"), []);
    assertEquals(includedFiles("missing.conf", directory), ["missing.conf"]);
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
});
