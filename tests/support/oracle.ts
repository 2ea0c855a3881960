/**
 * The oracle: Debian's `redis-server` 7.0.15, the server whose replies are right by definition.
 *
 * Another version answers differently in many small ways, so it counts as no oracle at all. Where none is installed
 * the cases are compared with the recorded transcripts; on CI its absence is a failure, or a broken installation would
 * silently thin out the tests.
 *
 * @module
 */
import { type ServerProcess, startServer } from "./server_process.ts";

const oracleVersion = "7.0.15";

/** The options that both servers of a comparison get: nothing on disk, every sub-command of `DEBUG` and `MODULE`. */
export const comparisonOptions: readonly string[] = [
  "--save",
  "",
  "--enable-debug-command",
  "yes",
  "--enable-module-command",
  "yes",
];

/** The executable of the oracle, `undefined` where it is not installed (which throws when `CI` is set). */
export async function findOracle(): Promise<string | undefined> {
  const executable = Deno.env.get("REDIS_SERVER") ?? "redis-server";
  const found = await versionOf(executable);
  if (found === oracleVersion) return executable;
  if (Deno.env.get("CI")) throw new Error(`redis-server ${oracleVersion} is needed on CI, found ${found ?? "none"}`);
  return undefined;
}

async function versionOf(executable: string): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(executable, { args: ["--version"], stderr: "null" }).output();
    return new TextDecoder().decode(stdout).match(/ v=(\S+)/)?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Starts the oracle with further `options`; `executable` comes from {@link findOracle}. */
export function startOracle(
  executable: string,
  options: readonly string[] = comparisonOptions,
): Promise<ServerProcess> {
  return startServer({ name: "redis-server", executable, args: options });
}
