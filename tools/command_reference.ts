/**
 * Keeps `docs/commands.md` in step with the definitions: writes it, or with `--check`, as the gate does, only tells
 * whether it would be written anew.
 *
 * @module
 */
import { defaultModules, Server } from "../mod.ts";
import type { Command } from "../server/commands/command.ts";
import { commandReference } from "./command_reference_text.ts";

/** Where the reference is kept. */
const REFERENCE_FILE = new URL("../docs/commands.md", import.meta.url);

/**
 * Writes the reference of these commands to `file`, or compares.
 *
 * @returns the process's exit code: 1 where `--check` finds another text than the definitions have.
 */
export async function updateCommandReference(
  commands: Iterable<Command>,
  args: readonly string[],
  file: URL = REFERENCE_FILE,
): Promise<number> {
  const text = commandReference(commands);
  if (!args.includes("--check")) {
    await Deno.mkdir(new URL(".", file), { recursive: true });
    await Deno.writeTextFile(file, text);
    return 0;
  }
  if (await textOf(file) === text) return 0;
  console.error("docs/commands.md doesn't match the commands' definitions: run tools/command_reference.ts");
  return 1;
}

/** A missing file has no text. */
async function textOf(file: URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

if (import.meta.main) {
  const server = new Server({ modules: defaultModules });
  Deno.exit(await updateCommandReference(server.parts.table, Deno.args));
}
