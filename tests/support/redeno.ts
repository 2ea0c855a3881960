/**
 * The server under test, started the way `deno task start` starts it: the `deno` executable itself, so that its pid is
 * the server's and its CPU time and memory can be read.
 *
 * `REDENO_SERVER` names another executable to put under test, for example the compiled one.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { comparisonOptions } from "./oracle.ts";
import { type ServerProcess, startServer } from "./server_process.ts";

/** The permissions and V8 flags that the server runs with; `deno task start` and `deno compile` give the same. */
export const denoFlags: readonly string[] = [
  "--quiet",
  "--no-prompt",
  // For native_memory.ts and garbage.ts in server/base/.
  "--v8-flags=--max-old-space-size=65536,--expose-gc",
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-run",
];

const mainPath = fileURLToPath(new URL("../../server/main.ts", import.meta.url));

/** The executable and the arguments that come before the server's own. */
export function redenoCommand(): { executable: string; args: string[] } {
  const other = Deno.env.get("REDENO_SERVER");
  if (other) return { executable: other, args: [] };
  return { executable: Deno.execPath(), args: ["run", ...denoFlags, mainPath] };
}

/** Starts redeno with further `options`. */
export function startRedeno(options: readonly string[] = comparisonOptions): Promise<ServerProcess> {
  const { executable, args } = redenoCommand();
  return startServer({ name: "redeno", executable, args: [...args, ...options] });
}
