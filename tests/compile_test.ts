/**
 * The compiled executable, run for real: it starts, serves, and ends.
 *
 * Compiling needs Deno's base runtime. Where that cannot be downloaded, a script beside the repository may provide a Deno
 * together with a runtime; where there is neither, the test says so and is skipped.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "./support/assert.ts";
import { RawClient } from "./support/raw_client.ts";
import { startServer } from "./support/server_process.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const provider = fileURLToPath(new URL("../../shared/tools/denort.sh", import.meta.url));

/** The deno to compile with and the variables that it needs; null where the provider is not there. */
async function providedCompiler(): Promise<{ deno: string; env: Record<string, string> } | null> {
  try {
    const { success, stdout } = await new Deno.Command(provider, { stderr: "null" }).output();
    if (!success) return null;
    const lines = new TextDecoder().decode(stdout).trim().split("\n").map((line) => line.split("=", 2));
    const values = Object.fromEntries(lines);
    return { deno: values.DENO_2_4, env: { DENORT_BIN: values.DENORT_BIN, DENO_TLS_CA_STORE: "mozilla,system" } };
  } catch {
    return null;
  }
}

/** Arguments of the compile task, with another output. */
async function compileArguments(output: string): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
  const words = tasks.compile.split(" ").slice(1);
  words[words.indexOf("--output") + 1] = output;
  return words;
}

/** A module from outside, in JavaScript, since the executable has no compiler in it; it needs nothing from the library. */
const moduleText = `
const echo = {
  name: "MINE.ECHO",
  summary: "Returns its argument",
  since: "1.0.0",
  group: "module",
  arity: 2,
  run: ({ args, reply }) => reply.bulk(args.view(1)),
};
export default { name: "mine", version: 1, api: 1, commands: [echo] };
`;

Deno.test("compile: the executable serves", async () => {
  const compiler = await providedCompiler() ?? { deno: Deno.execPath(), env: {} };
  const directory = await Deno.makeTempDir();
  try {
    const executable = `${directory}/redeno`;
    const { success, stderr } = await new Deno.Command(compiler.deno, {
      args: await compileArguments(executable),
      cwd: root,
      env: compiler.env,
    }).output();
    if (!success && compiler.deno === Deno.execPath()) {
      console.log(
        `skipped: no base runtime to compile with: ${new TextDecoder().decode(stderr).trim().split("\n")[0]}`,
      );
      return;
    }
    assert(success, new TextDecoder().decode(stderr));
    const module = `${directory}/module.js`;
    await Deno.writeTextFile(module, moduleText);
    const args = ["--save", "", "--loadmodule", module];
    await using server = await startServer({ name: "executable", executable, args });
    await using client = await RawClient.connect(server);
    assertEquals(String(await client.call("SET", "k", "v")), "OK");
    assertEquals(String(await client.call("GET", "k")), "v");
    assertEquals(String(await client.call("MINE.ECHO", "text")), "text");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
