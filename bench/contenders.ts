/**
 * The two servers that are measured in the same run, redis-server always first.
 *
 * @module
 */
import { findOracle, startOracle } from "../tests/support/oracle.ts";
import { startRedeno } from "../tests/support/redeno.ts";
import type { ServerProcess } from "../tests/support/server_process.ts";

const options = ["--save", "", "--enable-debug-command", "yes"];

/** A figure of each server. */
export interface Pair<T> {
  readonly redis: T;
  readonly redeno: T;
}

/** A contender's name. */
export type Contender = keyof Pair<unknown>;

/** Both, in the order in which tables show them. */
export const contenders: readonly Contender[] = ["redis", "redeno"];

/** Starts a fresh server. */
export async function startContender(name: Contender): Promise<ServerProcess> {
  if (name === "redeno") return await startRedeno(options);
  const executable = await findOracle();
  if (!executable) throw new Error("there is no redis-server to compare with");
  return await startOracle(executable, options);
}

/** Measures each server alone, on a fresh process. */
export async function measureEach<T>(
  measure: (server: ServerProcess, name: Contender) => Promise<T>,
): Promise<Pair<T>> {
  const results: Partial<Record<Contender, T>> = {};
  for (const name of contenders) {
    await using server = await startContender(name);
    results[name] = await measure(server, name);
  }
  return results as Pair<T>;
}
