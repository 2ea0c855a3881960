/**
 * `daemonize`: the server in a process of its own, without the terminal.
 *
 * There is no `fork()`; the program starts itself again, detached, with the same arguments, and marks that by a variable
 * of the environment.
 *
 * @module
 */
import { spawn } from "node:child_process";

const MARK = "REDENO_DAEMON";

/** Whether this process is the detached one. */
export function isDaemon(): boolean {
  return Deno.env.get(MARK) === "1";
}

/** Starts the program again, detached; resolves when it runs. */
export async function spawnDaemon(programArgs: readonly string[]): Promise<void> {
  const args = Deno.build.standalone ? [...programArgs] : [
    "run",
    "--allow-net",
    "--allow-read",
    "--allow-write",
    "--allow-env",
    "--allow-sys",
    "--allow-run",
    Deno.mainModule,
    ...programArgs,
  ];
  const child = spawn(Deno.execPath(), args, {
    detached: true,
    stdio: "ignore",
    env: { ...Deno.env.toObject(), [MARK]: "1" },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once("spawn", resolve);
  child.once("error", reject);
  await promise;
  child.unref();
}
