/**
 * Begins a module: `deno task new:module NAME [FOLDER]` writes `FOLDER/NAME/mod.ts` and its test, with a data type, two
 * commands and the contract of data types. The folder is `modules` unless given.
 *
 * What is written is `tools/module_template`, which is compiled and tested like everything else, with another name in it
 * and its imports pointing from the new place.
 *
 * @module
 */
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const template = join(root, "tools", "module_template");
const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const TYPE_NAME_CHARACTERS = 9;

/** The template's text for a module of this name. */
function rename(text: string, name: string): string {
  const pascal = name.split("_").map((word) => word[0].toUpperCase() + word.slice(1)).join("");
  const camel = pascal[0].toLowerCase() + pascal.slice(1);
  return text
    .replaceAll('"scaffold-"', `"${name.slice(0, TYPE_NAME_CHARACTERS).padEnd(TYPE_NAME_CHARACTERS, "-")}"`)
    .replaceAll("SCAFFOLD", name.toUpperCase())
    .replaceAll("Scaffold", pascal)
    .replaceAll(/scaffold(?=Type|,| from|\])/g, camel)
    .replaceAll("scaffold", name);
}

/** Writes a module into a folder of its own name; the paths of its files. Throws where there is one already. */
export async function newModule(name: string, folder: string): Promise<string[]> {
  if (!NAME.test(name)) throw new Error(`a module's name is lower case, digits and underscores: ${name} is not`);
  const directory = resolve(root, folder, name);
  await Deno.mkdir(dirname(directory), { recursive: true });
  await Deno.mkdir(directory);
  const paths = ["mod.ts", "mod_test.ts"].map((file) => join(directory, file));
  for (const path of paths) {
    const text = await Deno.readTextFile(join(template, basename(path)));
    await Deno.writeTextFile(
      path,
      rename(text, name).replaceAll(/"(\.\.\/.*?)"/g, (_, specifier) => {
        return `"${relative(directory, resolve(template, specifier)).replaceAll("\\", "/")}"`;
      }),
    );
  }
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", "--config", join(root, "deno.json"), ...paths] })
    .output();
  return paths;
}

if (import.meta.main) {
  const [name, folder = "modules"] = Deno.args;
  try {
    if (name === undefined) throw new Error("Usage: deno task new:module NAME [FOLDER]");
    const [path, test] = await newModule(name, folder);
    const shown = (file: string) => relative(Deno.cwd(), file);
    console.log(`${shown(path)}\n${shown(test)}\n`);
    console.log(
      `Try it:  deno test --allow-all --config deno.json ${shown(test)}\n         deno task start --loadmodule ${
        shown(path)
      }`,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
