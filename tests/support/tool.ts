/**
 * The command-line tools that come with Redis, run against a server.
 *
 * @module
 */

/** What a tool did. */
export interface ToolRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether the tool is installed; its absence is an error when `CI` is set. */
export async function hasTool(name: string): Promise<boolean> {
  try {
    return (await new Deno.Command(name, { args: ["--version"], stdout: "null", stderr: "null" }).output()).success;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    if (Deno.env.get("CI")) throw new Error(`${name} is needed on CI`);
    return false;
  }
}

/** Runs the tool to its end with `input` on its standard input. */
export async function runTool(
  name: string,
  args: readonly string[],
  input: Uint8Array | string = "",
): Promise<ToolRun> {
  const child = new Deno.Command(name, { args: [...args], stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  const written = writer.write(typeof input === "string" ? new TextEncoder().encode(input) : input).then(() =>
    writer.close()
  );
  const [{ code, stdout, stderr }] = await Promise.all([child.output(), written]);
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}
